"""Templates as nodes, from YAML or JSON."""

from __future__ import annotations

from peerlint.cloudformation.json_nodes import parse_json
from peerlint.cloudformation.nodes import MappingNode, Node
from peerlint.cloudformation.syntax import Offence, Unreadable
from peerlint.cloudformation.yaml_nodes import parse_yaml


def decode(content: bytes, file: str) -> tuple[Node, tuple[Offence, ...]]:
    """The tree of a file, and what is wrong with its text that hides nothing else. ``file`` is the absolute path.

    Text that begins with ``{`` is JSON, as the service reads it: a trailing comma is an error there. Raises Unreadable
    for what is not UTF-8, does not parse, or is nested or expanded beyond the limits.
    """
    text = _text(content)
    is_json = text.lstrip().startswith("{") and not file.lower().endswith((".yaml", ".yml"))
    return parse_json(text, file) if is_json else parse_yaml(text, file)


def decode_mapping(content: bytes, file: str) -> tuple[MappingNode, tuple[Offence, ...]]:
    """The tree of a file that is a mapping, as ``decode`` gives it. Raises Unreadable for anything else, too."""
    root, offences = decode(content, file)
    if not isinstance(root, MappingNode):
        raise Unreadable("not a mapping", root.span.line, root.span.column)
    return root, offences


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        raise Unreadable("not UTF-8", line, len(before) - (before.rfind("\n") + 1) + 1) from error
