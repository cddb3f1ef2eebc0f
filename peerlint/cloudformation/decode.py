"""YAML and JSON templates as nodes. This is the one file that knows cfn-lint.

cfn-lint's loader reads YAML with CloudFormation's tags on top of libyaml. Its constructed tree keeps no place for
numbers and truth values and compares every key of a mapping with every other, so the loader's *events* are taken
instead, which carry a place each and need neither recursion nor quadratic time.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from cfnlint.decode.cfn_yaml import CfnFullLoader

from peerlint.cloudformation.json_nodes import parse_json
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.syntax import MAX_DEPTH, MAX_NODES, Unreadable, plain_number
from peerlint.network.values import Span

_LOG = logging.getLogger("cfnlint")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False

_CORE = "tag:yaml.org,2002:"
_TRUE = frozenset({"true", "yes", "on"})
_UNPREFIXED = frozenset({"Ref", "Condition"})


def decode(content: bytes, file: str) -> Node:
    """The tree of a file. ``file`` is the absolute path for its places.

    Text that begins with ``{`` is JSON, as the service reads it: a trailing comma is an error there. Raises Unreadable
    for what is not UTF-8, does not parse, has a key twice, or is nested or expanded beyond the limits.
    """
    text = _text(content)
    is_json = text.lstrip().startswith("{") and not file.lower().endswith((".yaml", ".yml"))
    return parse_json(text, file) if is_json else _parse_yaml(text, file)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        raise Unreadable("not UTF-8", line, len(before) - (before.rfind("\n") + 1) + 1) from error


def _parse_yaml(text: str, file: str) -> Node:
    try:
        return _Builder(text, file).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = error.problem or error.context or "not YAML"
        raise Unreadable(message, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1) from error
    except yaml.reader.ReaderError as error:
        raise Unreadable(
            f"the character {chr(error.character)!r} is not allowed in YAML", *_find(text, error)
        ) from error


def _find(text: str, error: yaml.reader.ReaderError) -> tuple[int, int]:
    position = text.find(chr(error.character))
    line_start = text.rfind("\n", 0, max(position, 0)) + 1
    return text.count("\n", 0, max(position, 0)) + 1, max(position, 0) - line_start + 1


_Position: TypeAlias = tuple[int, int]
"""Line and column from 1."""


def _start_of(event: yaml.Event) -> _Position:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _end_of(event: yaml.Event) -> _Position:
    mark = event.end_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    start: _Position
    tag: str | None
    anchor: str | None
    is_mapping: bool
    is_flow: bool
    end: _Position
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    merged: list[Node] = field(default_factory=list)
    key: tuple[str, Span] | None = None
    merging: bool = False
    size: int = 1


class _Builder:
    """Builds nodes from the events of cfn-lint's loader."""

    def __init__(self, text: str, file: str) -> None:
        self._loader = CfnFullLoader(text, file)
        self._lines = text.split("\n")
        self._file = file
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._root: Node | None = None

    def document(self) -> Node:
        documents = 0
        while self._loader.check_event():
            event = self._loader.get_event()
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _unreadable("a template is one document, and a second one begins here", _start_of(event))
            self._take(event)
        if self._root is None:
            raise Unreadable("empty", 1, 1)
        return self._root

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._start(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._finish(event)
            case yaml.AliasEvent():
                self._alias(event)
            case _:
                pass

    def _span(self, start: _Position, end: _Position) -> Span:
        return Span(self._file, *start, *end)

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _unreadable(f"nested more than {MAX_DEPTH} levels deep", _start_of(event))
        if self._awaits_key():
            raise _unreadable("a key must be a text", _start_of(event))
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._open.append(
            _Open(_start_of(event), event.tag, event.anchor, is_mapping, bool(event.flow_style), _end_of(event))
        )

    def _finish(self, event: yaml.MappingEndEvent | yaml.SequenceEndEvent) -> None:
        done = self._open.pop()
        if done.is_flow:
            done.end = _end_of(event)
        span = self._span(done.start, done.end)
        node = MappingNode(_merge(done), span) if done.is_mapping else SequenceNode(tuple(done.items), span)
        self._add(self._written_out(node, done.tag, done.start), done.size, done.end, done.anchor, done.start)

    def _alias(self, event: yaml.AliasEvent) -> None:
        known = self._anchors.get(event.anchor or "")
        if known is None:
            raise _unreadable(f"the alias *{event.anchor} has no anchor before it", _start_of(event))
        end = _end_of(event)
        if self._awaits_key():
            raise _unreadable("a key must be a text", _start_of(event))
        self._add(known[0], known[1], end, None, _start_of(event))

    def _awaits_key(self) -> bool:
        return (
            bool(self._open) and self._open[-1].is_mapping and self._open[-1].key is None and not self._open[-1].merging
        )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        end = self._scalar_end(event)
        tag = event.tag
        if tag is None or event.implicit[0]:
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if self._awaits_key():
            self._key(event, tag, end)
            return
        short = event.tag if event.tag and not event.tag.startswith(_CORE) else None
        node = ScalarNode(event.value if short else _scalar_value(tag, event.value), self._span(_start_of(event), end))
        self._add(self._written_out(node, short, _start_of(event)), 1, end, event.anchor, _start_of(event))

    def _scalar_end(self, event: yaml.ScalarEvent) -> _Position:
        """Where a scalar ends; a block scalar's end is that of its last line, not the beginning of the next."""
        line, column = _end_of(event)
        if event.style not in ("|", ">"):
            return line, column
        line = min(line if column > 1 else line - 1, len(self._lines))
        while line > _start_of(event)[0] and not self._lines[line - 1].strip():
            line -= 1
        return line, len(self._lines[line - 1].rstrip("\r")) + 1

    def _key(self, event: yaml.ScalarEvent, tag: str, end: _Position) -> None:
        top = self._open[-1]
        if tag == _CORE + "merge":
            top.merging = True
            return
        if tag == _CORE + "null":
            raise _unreadable("a key is empty", _start_of(event))
        if event.value in top.entries:
            raise _unreadable(f"the key {event.value!r} is written twice", _start_of(event))
        top.key = event.value, self._span(_start_of(event), end)

    def _written_out(self, node: Node, tag: str | None, start: _Position) -> Node:
        """``!Sub x`` as ``{"Fn::Sub": x}``."""
        if tag is None or not tag.startswith("!") or tag == "!":
            return node
        name = tag[1:] if tag[1:] in _UNPREFIXED else f"Fn::{tag[1:]}"
        key = self._span(start, (start[0], start[1] + len(tag)))
        return MappingNode({name: Entry(key, node)}, node.span)

    def _add(self, node: Node, size: int, end: _Position, anchor: str | None, start: _Position) -> None:
        if anchor is not None:
            self._anchors[anchor] = node, size
        if not self._open:
            self._root = node
            return
        top = self._open[-1]
        top.end = end
        top.size += size
        if top.size > MAX_NODES:
            raise _unreadable(f"more than {MAX_NODES:,} values, aliases written out", start)
        if not top.is_mapping:
            top.items.append(node)
        elif top.merging:
            top.merged.append(node)
            top.merging = False
        elif top.key is not None:
            name, span = top.key
            top.entries[name] = Entry(span, node)
            top.key = None


def _scalar_value(tag: str, written: str) -> str | bool | int | None:
    match tag.removeprefix(_CORE):
        case "null":
            return None
        case "bool":
            return written.lower() in _TRUE
        case "int" | "float":
            return plain_number(written)
        case _:
            return written


def _merge(done: _Open) -> dict[str, Entry]:
    """A mapping's own entries over those that ``<<`` brings in, earlier ones first."""
    entries: dict[str, Entry] = {}
    sources = [item for node in done.merged for item in (node.items if isinstance(node, SequenceNode) else (node,))]
    for source in reversed(sources):
        if not isinstance(source, MappingNode):
            raise Unreadable("only mappings can be merged", source.span.line, source.span.column)
        entries.update(source.entries)
    return {**entries, **done.entries}


def _unreadable(message: str, at: _Position) -> Unreadable:
    return Unreadable(message, *at)
