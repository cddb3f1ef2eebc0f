"""Templates as nodes, from YAML or JSON."""

from __future__ import annotations

from peerlint.cloudformation.json_nodes import parse_json
from peerlint.cloudformation.nodes import Node
from peerlint.cloudformation.syntax import Offence, Unreadable
from peerlint.cloudformation.yaml_nodes import parse_yaml


def decode(content: bytes, file: str) -> Node:
    """The tree of a file. ``file`` is the absolute path for its places.

    Text that begins with ``{`` is JSON, as the service reads it: a trailing comma is an error there. Raises Unreadable
    for what is not UTF-8, does not parse, or is nested or expanded beyond the limits.
    """
    return decoded(content, file)[0]


def decoded(content: bytes, file: str) -> tuple[Node, tuple[Offence, ...]]:
    """The tree of a file, as ``decode`` gives it, and what is wrong with its text that hides nothing else."""
    text = _text(content)
    is_json = text.lstrip().startswith("{") and not file.lower().endswith((".yaml", ".yml"))
    return parse_json(text, file) if is_json else parse_yaml(text, file)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        raise Unreadable("not UTF-8", line, len(before) - (before.rfind("\n") + 1) + 1) from error
