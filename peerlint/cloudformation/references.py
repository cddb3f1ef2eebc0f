"""What the functions in a node refer to, by name and without evaluating anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.cloudformation.nodes import Call, MappingNode, Node, ScalarNode, SequenceNode, calls

VARIABLE = re.compile(r"\$\{(!?)([^{}]*)\}")
"""A variable of ``Fn::Sub``; with an exclamation mark it is the text itself."""


def references(node: Node) -> Iterator[tuple[str, Call]]:
    """The logical ids and parameters that ``Ref``, ``Fn::GetAtt`` and ``Fn::Sub`` name, each with its call."""
    for call in calls(node):
        yield from ((name, call) for name in named(call))


def named(call: Call) -> Iterator[str]:
    """The logical ids and parameters that one call names itself."""
    match call:
        case Call(name="Ref", argument=ScalarNode(value=str(name))):
            yield name
        case Call(name="Fn::GetAtt", argument=ScalarNode(value=str(text))):
            yield text.partition(".")[0]
        case Call(name="Fn::GetAtt", argument=SequenceNode(items=(ScalarNode(value=str(name)), *_))):
            yield name
        case Call(name="Fn::Sub", argument=ScalarNode(value=str(text))):
            yield from _variables(text)
        case Call(name="Fn::Sub", argument=SequenceNode(items=(ScalarNode(value=str(text)), MappingNode() as own, *_))):
            yield from (name for name in _variables(text) if name not in own.entries)
        case _:
            pass


def _variables(text: str) -> Iterator[str]:
    for match in VARIABLE.finditer(text):
        if not match.group(1):
            yield match.group(2).strip().partition(".")[0]
