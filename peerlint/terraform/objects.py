"""A resource instance as a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from peerlint.terraform.values import TfValue


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
