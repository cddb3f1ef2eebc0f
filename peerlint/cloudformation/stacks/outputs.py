"""Outputs, as the stack that nests their template reads them back."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from peerlint.cloudformation.nodes import Node, ScalarNode
from peerlint.cloudformation.scope import MAX_STEPS
from peerlint.cloudformation.template import Template
from peerlint.cloudformation.values import CfnValue, CfnWritten, by_step
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span, Step, Truth, Unknown, Why

if TYPE_CHECKING:
    from peerlint.cloudformation.evaluate import Evaluator


class Outputs:
    """What a nested stack gives back to its parent; each output is evaluated once, in the nested stack's scope."""

    def __init__(self, parent: Evaluator, child: Evaluator) -> None:
        """The outputs of the child."""
        self._parent = parent
        self._child = child
        self._values: dict[tuple[str, bool], CfnWritten] = {}

    def value(self, name: str, source: str, at: Span) -> CfnValue:
        """The value of an output, asked for by the parent's expression ``source`` at a place."""
        key = (name, self._parent.is_quiet)
        if key not in self._values:
            self._values[key] = self._unknown(name, source, at)  # if it is made of itself
            self._values[key] = self._read_back(name, source, at)
        return self._values[key]

    def _unknown(self, name: str, source: str, at: Span) -> Unknown:
        return Unknown(Why.INVALID, source, at, self._child.identity("Outputs", name))

    def _read_back(self, name: str, source: str, at: Span) -> CfnWritten:
        parent, child = self._parent, self._child
        found = _output_of(child.template, name, child.scope().truth)
        if isinstance(found, str):
            message = f"`{source}` leads to nothing: {found}"
            if child.template.is_closed:
                parent.refuse(Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at), source)
            return self._unknown(name, source, at)
        if parent.depth >= MAX_STEPS:
            return Unknown(Why.UNSUPPORTED, source, at)
        condition, node = found
        scope = child.scope() if condition is None else child.scope().under(condition, True)
        with parent.deeper():
            value = child.quiet(lambda: scope.value(node)) if parent.is_quiet else scope.value(node)
        if value is None:
            return self._unknown(name, source, at)
        return by_step(value, Step(f"this is the output `{name}`", node.span))


def _output_of(template: Template, name: str, truth: Callable[[str], Truth]) -> tuple[str | None, Node] | str:
    """The condition of an output and its value, or what is wrong; ``truth`` answers the template's conditions."""
    found = template.outputs.get(name)
    node = found.get("Value") if found is not None else None
    condition = found.get("Condition") if found is not None else None
    if node is None:
        return f"its template {os.path.basename(template.root.span.file)} has no such output"
    if not isinstance(condition, ScalarNode) or not isinstance(condition.value, str):
        return None, node
    if truth(condition.value) is False:
        return f"that output does not exist, as its condition `{condition.value}` is false"
    return condition.value, node
