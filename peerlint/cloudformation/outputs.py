"""Outputs, as the stack that nests their template reads them back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from peerlint.cloudformation.nodes import Node, ScalarNode
from peerlint.cloudformation.template import Template
from peerlint.cloudformation.values import CfnWritten
from peerlint.network.values import Known, Step, Truth


def output_of(template: Template, name: str, truth: Callable[[str], Truth]) -> tuple[str | None, Node] | str:
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


def passing(value: CfnWritten, step: Step) -> CfnWritten:
    """A value that takes one more step on the way to its use."""
    if not isinstance(value, Known):
        return value
    before = value.trail
    return replace(value, trail=lambda: (step, *(before() if before is not None else ())))
