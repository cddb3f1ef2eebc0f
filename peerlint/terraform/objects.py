"""Objects that know more than their attributes: a resource instance, and the outputs of a state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from peerlint.network.model import Problem
from peerlint.network.values import Span
from peerlint.terraform.values import EvaluationError, TfValue


class Attributed(Protocol):
    """A thing with attributes that are found on demand."""

    def attribute(self, name: str) -> TfValue:
        """One of them. Raises EvaluationError where it refers to itself."""


class ResourceObject(dict[str, TfValue]):
    """What is configured, as an object; the rest of the resource's attributes on demand."""

    __slots__ = ("_resource",)

    def __init__(self, resource: Attributed, configured: Mapping[str, TfValue]) -> None:
        """The object of a resource instance, with its configured arguments."""
        super().__init__(sorted(configured.items()))
        self._resource = resource

    def attribute(self, name: str) -> TfValue:
        """An attribute, configured or computed."""
        return self._resource.attribute(name)


class MissingOutputError(EvaluationError):
    """A reference to an output that a state does not have: its ``source`` is missed, and the ``problem`` is to be
    reported where nothing catches the error.
    """

    def __init__(self, problem: Problem, source: str) -> None:
        """The error that says what the problem does."""
        super().__init__(problem.message)
        self.problem = problem
        self.source = source


class OutputsObject(dict[str, TfValue]):
    """The outputs of a state, all of which are known by name, wherever the object is handed on to."""

    __slots__ = ("missing",)

    def __init__(self, outputs: Mapping[str, TfValue], missing: Callable[[str, Span], MissingOutputError]) -> None:
        """The object of these outputs; ``missing`` makes the error for another name and the place that refers to it."""
        super().__init__(sorted(outputs.items()))
        self.missing = missing
