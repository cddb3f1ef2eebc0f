"""``Fn::ForEach``: the copies of a fragment that a loop makes, each node with the place of the text it is made from.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct, field

from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.syntax import MAX_MADE, Unreadable
from peerlint.cloudformation.values import CfnValue, as_text
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Known, Span
from peerlint.records import replace

PREFIX = "Fn::ForEach"
SECTIONS = ("Conditions", "Resources", "Outputs")
"""Where loops may stand."""

_LOOP = re.compile(r"Fn::ForEach::[A-Za-z0-9]+\Z")
_VARIABLE = re.compile(r"[$&]\{\s*([A-Za-z0-9]+)\s*\}")
_NOT_ALPHANUMERIC = re.compile(r"[^A-Za-z0-9]")

_NONE: Mapping[str, str] = MappingProxyType({})


def mentions_loop(content: bytes) -> bool:
    """Whether a template may have a loop at all."""
    return PREFIX.encode() in content


def first_loop(root: MappingNode) -> Span | None:
    """The key of a loop in the sections that may have one; ``None`` where there is none."""
    pending: list[Node] = [node for name in root.entries if name in SECTIONS and (node := root.get(name))]
    pending.reverse()
    while pending:
        match pending.pop():
            case MappingNode(entries=entries):
                for key, entry in entries.items():
                    if key.startswith(PREFIX):
                        return entry.key
                pending.extend(entry.value for entry in reversed(list(entries.values())))
            case SequenceNode(items=items):
                pending.extend(reversed(items))
            case ScalarNode():
                pass
    return None


def unrolled(root: MappingNode, evaluate: Callable[[Node], CfnValue]) -> tuple[MappingNode, tuple[Problem, ...]]:
    """The template with every loop written out whose collection is known, and what is wrong with its loops.

    ``evaluate`` gives the value of a collection from the parameters and mappings. A loop that stays has a collection
    that is not known, or is no loop at all. Raises Unreadable where the loops make more than the limit.
    """
    loops = _Loops(evaluate)
    entries = {
        key: replace(entry, value=loops.copy(entry.value, _NONE)) if key in SECTIONS else entry
        for key, entry in root.entries.items()
    }
    return MappingNode(entries, root.span), tuple(loops.problems)


class _Loops(Struct):
    evaluate: Callable[[Node], CfnValue]
    problems: list[Problem] = field(default_factory=list)
    made: int = 0

    def copy(self, node: Node, items: Mapping[str, str]) -> Node:
        """A node with the identifiers of the loops around it replaced by their items."""
        self.made += 1 if items else 0
        if self.made > MAX_MADE:
            raise Unreadable(f"loops make more than {MAX_MADE:,} values", node.span.line, node.span.column)
        match node:
            case ScalarNode(value=str(text)) if items:
                return ScalarNode(_replaced(text, items), node.span)
            case ScalarNode():
                return node
            case SequenceNode(items=elements):
                return SequenceNode(tuple(self.copy(element, items) for element in elements), node.span)
            case MappingNode(entries=entries):
                item = _referred(node, items)
                return item if item is not None else MappingNode(self._entries(entries, items), node.span)

    def _entries(self, entries: Mapping[str, Entry], items: Mapping[str, str]) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for key, entry in entries.items():
            if key.startswith(PREFIX):
                for name, made in self._written_out(key, entry, items):
                    if name in found or (name in entries and name != key):
                        self._refuse(f"the loop makes `{name}` a second time", made.key)
                    found[name] = made
            else:
                found[_replaced(key, items)] = Entry(entry.key, self.copy(entry.value, items))
        return found

    def _written_out(self, key: str, entry: Entry, items: Mapping[str, str]) -> Iterator[tuple[str, Entry]]:
        loop = self._read(key, entry)
        if loop is None:
            yield key, entry
            return
        collection = self._collection(self.copy(loop.collection, items))
        if collection is None:
            yield key, Entry(entry.key, self.copy(entry.value, items))
            return
        for item in collection:
            yield from self._entries(loop.fragment.entries, {**items, loop.identifier: item}).items()

    def _read(self, key: str, entry: Entry) -> _Loop | None:
        match entry.value:
            case SequenceNode(items=(ScalarNode(value=str(name)), collection, MappingNode() as fragment)):
                if _LOOP.match(key):
                    return _Loop(name, collection, fragment)
                self._refuse(f"`{key}`: a loop is named `Fn::ForEach::` and letters and digits", entry.key)
            case _:
                self._refuse(f"`{key}` takes a list of an identifier, a collection and a mapping", entry.key)
        return None

    def _collection(self, node: Node) -> tuple[str, ...] | None:
        """The items to go through; ``None`` where one of them is not known."""
        value = self.evaluate(node)
        if not isinstance(value, Known) or not isinstance(value.value, tuple):
            return None
        texts = [as_text(item) for item in value.value]
        return None if None in texts else tuple(text for text in texts if text is not None)

    def _refuse(self, message: str, at: Span) -> None:
        self.problems.append(Problem(ProblemKind.INVALID_VALUE, message, at))


class _Loop(Struct, frozen=True):
    identifier: str
    collection: Node
    fragment: MappingNode


def _referred(node: MappingNode, items: Mapping[str, str]) -> ScalarNode | None:
    """The item that ``!Ref Identifier`` is."""
    match node.get("Ref"):
        case ScalarNode(value=str(name)) if name in items and len(node.entries) == 1:
            return ScalarNode(items[name], node.span)
        case _:
            return None


def _replaced(text: str, items: Mapping[str, str]) -> str:
    """A text in which ``${Identifier}`` is the item, and ``&{Identifier}`` its letters and digits."""

    def item(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in items:
            return match.group()
        return items[name] if match.group().startswith("$") else _NOT_ALPHANUMERIC.sub("", items[name])

    return _VARIABLE.sub(item, text) if items and "{" in text else text
