"""YAML templates as nodes. Beside the schemas of attributes, this is the one file that knows cfn-lint.

cfn-lint's loader reads YAML with CloudFormation's tags on top of libyaml. Its constructed tree keeps no place for
numbers and truth values and compares every key of a mapping with every other, so the loader's *events* are taken
instead, which carry a place each and need neither recursion nor quadratic time. Of a place, only the index of the
character is taken: YAML counts lines by other characters than a line feed as well.
"""

from __future__ import annotations

import logging

import yaml
from cfnlint.decode.cfn_yaml import CfnFullLoader
from msgspec import Struct, field

from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.syntax import MAX_DEPTH, MAX_NODES, Offence, Unreadable, plain_number
from peerlint.lines import Lines
from peerlint.network.values import Span

_LOG = logging.getLogger("cfnlint")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False

_CORE = "tag:yaml.org,2002:"
_TRUE = frozenset({"true", "yes", "on"})
_UNPREFIXED = frozenset({"Ref", "Condition"})


def parse_yaml(text: str, file: str) -> tuple[Node, tuple[Offence, ...]]:
    """The tree of a YAML text, and what is wrong with it that hides nothing else. Raises Unreadable."""
    builder = _Builder(text, file)
    return builder.document(), tuple(builder.offences)


def _start_of(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark is not None else 0


def _end_of(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark is not None else 0


class _Whole(Struct, frozen=True):
    """A node that was read: how many nodes it holds, itself included, and how many levels of them."""

    node: Node
    size: int = 1
    height: int = 0


class _Open(Struct):
    """A collection that is being read."""

    start: int
    tag: str | None
    anchor: str | None
    is_mapping: bool
    is_flow: bool
    end: int
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    merged: list[Node] = field(default_factory=list)
    key: tuple[str, Span] | None = None
    merging: bool = False
    size: int = 1
    height: int = 1


class _Builder:
    """Builds nodes from the events of cfn-lint's loader."""

    def __init__(self, text: str, file: str) -> None:
        self._loader = CfnFullLoader(text, file)
        self._text = text
        self._lines = Lines(text, file)
        self.offences: list[Offence] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, _Whole] = {}
        self._root: Node | None = None

    def document(self) -> Node:
        try:
            self._read()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            message = error.problem or error.context or "not YAML"
            raise Unreadable(message, *self._lines.place(mark.index if mark else 0)) from error
        except yaml.reader.ReaderError as error:
            message = f"the character {chr(error.character)!r} is not allowed in YAML"
            raise Unreadable(message, *self._lines.place(max(self._text.find(chr(error.character)), 0))) from error
        if self._root is None:
            raise Unreadable("empty", 1, 1)
        return self._root

    def _read(self) -> None:
        while self._loader.check_event():
            event = self._loader.get_event()
            if isinstance(event, yaml.DocumentStartEvent) and self._root is not None:
                start = _start_of(event)
                message = "a template is one document, and a second one begins here, which is not read"
                self.offences.append(Offence(message, self._span(start, start + 3)))
                return
            self._take(event)

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

    def _span(self, start: int, end: int) -> Span:
        return self._lines.span(start, end)

    def _unreadable(self, message: str, at: int) -> Unreadable:
        return Unreadable(message, *self._lines.place(at))

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise self._unreadable(f"nested more than {MAX_DEPTH} levels deep", _start_of(event))
        if self._awaits_key():
            raise self._unreadable("a key must be a text", _start_of(event))
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
        whole = _Whole(self._written_out(node, done.tag, done.start), done.size, done.height)
        self._add(whole, done.end, done.anchor, done.start)

    def _alias(self, event: yaml.AliasEvent) -> None:
        known = self._anchors.get(event.anchor or "")
        if known is None:
            raise self._unreadable(f"the alias *{event.anchor} has no anchor before it", _start_of(event))
        end = _end_of(event)
        if self._awaits_key():
            raise self._unreadable("a key must be a text", _start_of(event))
        if len(self._open) + known.height > MAX_DEPTH:
            raise self._unreadable(f"nested more than {MAX_DEPTH} levels deep", _start_of(event))
        self._add(known, end, None, _start_of(event))

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
        self._add(_Whole(self._written_out(node, short, _start_of(event))), end, event.anchor, _start_of(event))

    def _scalar_end(self, event: yaml.ScalarEvent) -> int:
        """Where a scalar ends; a block scalar's end is that of its last line, not the beginning of the next."""
        start, end = _start_of(event), _end_of(event)
        if event.style not in ("|", ">"):
            return end
        return start + len(self._text[start:end].rstrip())

    def _key(self, event: yaml.ScalarEvent, tag: str, end: int) -> None:
        top = self._open[-1]
        if tag == _CORE + "merge":
            top.merging = True
            return
        if tag == _CORE + "null":
            raise self._unreadable("a key is empty", _start_of(event))
        span = self._span(_start_of(event), end)
        if event.value in top.entries:
            self.offences.append(Offence(f"the key {event.value!r} is written twice, and the last one counts", span))
        top.key = event.value, span

    def _written_out(self, node: Node, tag: str | None, start: int) -> Node:
        """``!Sub x`` as ``{"Fn::Sub": x}``."""
        if tag is None or not tag.startswith("!") or tag == "!":
            return node
        name = tag[1:] if tag[1:] in _UNPREFIXED else f"Fn::{tag[1:]}"
        key = self._span(start, start + len(tag))
        return MappingNode({name: Entry(key, node)}, node.span)

    def _add(self, whole: _Whole, end: int, anchor: str | None, start: int) -> None:
        node = whole.node
        if anchor is not None:
            self._anchors[anchor] = whole
        if not self._open:
            self._root = node
            return
        top = self._open[-1]
        top.end = end
        top.size += whole.size
        top.height = max(top.height, whole.height + 1)
        if top.size > MAX_NODES:
            raise self._unreadable(f"more than {MAX_NODES:,} values, aliases written out", start)
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
