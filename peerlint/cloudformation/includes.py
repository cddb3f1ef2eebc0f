"""The transform ``AWS::Include``: what a local file adds to a template, each node with its place in that file.

``Location`` is a path relative to the template, as ``aws cloudformation package`` takes it; what lies in S3 or outside
the project is not read, and the transform stays where it stands.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
"""

from __future__ import annotations

import os

from msgspec import Struct, field

from peerlint import filesystem
from peerlint.cloudformation.decode import decode_mapping
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.source import content_of
from peerlint.cloudformation.syntax import Offence, Unreadable
from peerlint.links import lies_in
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span

NAME = "AWS::Include"
_FUNCTION = "Fn::Transform"
_MAX_FILES = 50


class Included(Struct, frozen=True):
    """A template with what it includes, the files that were read for it, and those that could not be."""

    root: MappingNode
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def mentions_include(content: bytes) -> bool:
    """Whether a template may have an ``AWS::Include`` at all."""
    return NAME.encode() in content


def unreadable_at(offence: Offence) -> Problem:
    """The problem of what can be read all the same."""
    return Problem(ProblemKind.UNREADABLE_INPUT, offence.message, offence.at)


def included(root: MappingNode, file: str, project: str) -> Included:
    """The template with every local include in place. Nothing outside the directory ``project`` is read."""
    reading = _Includes(os.path.dirname(file), project)
    entries = dict(root.entries)
    top = entries.get("Transform")
    if top is not None:
        entries["Transform"], added = reading.of_section(top)
        entries = {**added, **entries} if added else entries
    return Included(reading.mapping(MappingNode(entries, root.span)), tuple(reading.read), tuple(reading.problems))


class _Includes(Struct):
    directory: str
    project: str
    read: dict[str, MappingNode | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of_section(self, entry: Entry) -> tuple[Entry, dict[str, Entry]]:
        """The ``Transform`` of a template without its local includes, and the sections that these bring."""
        items = entry.value.items if isinstance(entry.value, SequenceNode) else (entry.value,)
        kept: list[Node] = []
        added: dict[str, Entry] = {}
        for item in items:
            snippet = self._snippet(item)
            if snippet is None:
                kept.append(item)
            else:
                added.update(snippet.entries)
        return Entry(entry.key, SequenceNode(tuple(kept), entry.value.span)), added

    def filled(self, node: Node) -> Node:
        """A node with the includes inside it in place; one that has none is the same object."""
        match node:
            case ScalarNode():
                return node
            case SequenceNode(items=items):
                filled = tuple(self.filled(item) for item in items)
                same = all(new is old for new, old in zip(filled, items, strict=True))
                return node if same else SequenceNode(filled, node.span)
            case MappingNode():
                return self.mapping(node)

    def mapping(self, node: MappingNode) -> MappingNode:
        """A mapping with what it includes itself, its own keys before those of a file, and the includes inside it."""
        entries = node.entries
        own = entries.get(_FUNCTION)
        snippet = self._snippet(own.value) if own is not None else None
        rest = {key: entry for key, entry in entries.items() if snippet is None or key != _FUNCTION}
        filled = {key: Entry(entry.key, self.filled(entry.value)) for key, entry in rest.items()}
        if snippet is None and all(filled[key].value is entry.value for key, entry in entries.items()):
            return node
        return MappingNode({**(snippet.entries if snippet is not None else {}), **filled}, node.span)

    def _snippet(self, transform: Node) -> MappingNode | None:
        """What a transform includes; ``None`` where it is another one, or is not local."""
        match transform:
            case MappingNode() if _text(transform.get("Name")) == NAME:
                parameters = transform.get("Parameters")
                location = parameters.get("Location") if isinstance(parameters, MappingNode) else None
                written = _text(location)
                return self._file(written, location.span) if location is not None and written else None
            case _:
                return None

    def _file(self, location: str, at: Span) -> MappingNode | None:
        path = os.path.join(self.directory, location)
        if "://" in location or not filesystem.is_file(path):
            return None
        if not lies_in(path, self.project):
            return None
        path = os.path.normpath(path)
        if path not in self.read and len(self.read) < _MAX_FILES:
            self.read[path] = self._decoded(path)
        return self.read.get(path)

    def _decoded(self, path: str) -> MappingNode | None:
        try:
            root, offences = decode_mapping(content_of(path), path)
            self.problems.extend(map(unreadable_at, offences))
            return root
        except Unreadable as error:
            self.problems.append(error.problem(path))
            return None


def _text(node: Node | None) -> str:
    return node.value if isinstance(node, ScalarNode) and isinstance(node.value, str) else ""
