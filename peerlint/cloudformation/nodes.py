"""A decoded template: scalars, sequences and mappings, each with its place.

YAML's short forms are written out (``!Sub x`` is ``{"Fn::Sub": x}``), so that YAML and JSON give the same tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.values import Span


class ScalarNode(Struct, frozen=True):
    """A text, a truth value, a whole number in plain decimal notation, or ``None`` for null.

    Every other number is the text that stands in the file, since properties of CloudFormation are texts in the end
    (an account id with leading zeros must keep them).
    """

    value: str | bool | int | None
    span: Span


class SequenceNode(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Entry(Struct, frozen=True):
    """A key of a mapping and its value."""

    key: Span
    value: Node

    @property
    def span(self) -> Span:
        """From the key's first column to the value's last; the value alone where an alias put it elsewhere."""
        start, end = self.key, self.value.span
        if (end.end_line, end.end_column) < (start.line, start.column):
            return start
        return Span(start.file, start.line, start.column, end.end_line, end.end_column)


class MappingNode(Struct, frozen=True):
    """A mapping, in the order of the file."""

    entries: Mapping[str, Entry]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value of a key, or ``None`` where it is not written."""
        entry = self.entries.get(key)
        return entry.value if entry is not None else None


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


class Call(Struct, frozen=True):
    """An intrinsic function with its argument: a mapping whose only key is the function's name."""

    name: str
    argument: Node
    node: MappingNode

    @property
    def span(self) -> Span:
        """The place of the whole expression."""
        return self.node.span


def as_call(node: Node) -> Call | None:
    """The intrinsic function that a node is, or ``None``.

    ``Condition`` is one too, but only inside ``Conditions``, so it is left to those who read that section.
    """
    if not isinstance(node, MappingNode) or len(node.entries) != 1:
        return None
    ((name, entry),) = node.entries.items()
    if name == "Ref" or name.startswith("Fn::"):
        return Call(name, entry.value, node)
    return None


def texts(node: Node) -> Iterator[ScalarNode]:
    """Every text inside a node, keys excluded."""
    pending = [node]
    while pending:
        match pending.pop():
            case ScalarNode(value=str()) as scalar:
                yield scalar
            case SequenceNode(items=items):
                pending.extend(reversed(items))
            case MappingNode(entries=entries):
                pending.extend(entry.value for entry in reversed(list(entries.values())))
            case _:
                pass


def calls(node: Node) -> Iterator[Call]:
    """Every intrinsic function inside a node, outer ones first."""
    pending = [node]
    while pending:
        current = pending.pop()
        call = as_call(current)
        if call is not None:
            yield call
        match current:
            case SequenceNode(items=items):
                pending.extend(reversed(items))
            case MappingNode(entries=entries):
                pending.extend(entry.value for entry in reversed(list(entries.values())))
            case _:
                pass


def render(node: Node, limit: int = 60) -> str:
    """A node as a reader would write it in YAML on one line, cut to ``limit`` characters."""
    text = _render(node, 0)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _render(node: Node, depth: int) -> str:
    if depth > 4:
        return "…"
    match node:
        case ScalarNode(value=None):
            return "null"
        case ScalarNode(value=bool(truth)):
            return "true" if truth else "false"
        case ScalarNode(value=value):
            return str(value)
        case SequenceNode(items=items):
            return "[" + ", ".join(_render(item, depth + 1) for item in items[:8]) + "]"
        case MappingNode():
            return _render_mapping(node, depth)


def _render_mapping(node: MappingNode, depth: int) -> str:
    call = as_call(node)
    if call is None:
        shown = list(node.entries.items())[:8]
        return "{" + ", ".join(f"{key}: {_render(entry.value, depth + 1)}" for key, entry in shown) + "}"
    argument = call.argument
    if call.name == "Fn::GetAtt" and isinstance(argument, SequenceNode):
        return "!GetAtt " + ".".join(_render(item, depth + 1) for item in argument.items)
    return f"!{call.name.removeprefix('Fn::')} {_render(argument, depth + 1)}"
