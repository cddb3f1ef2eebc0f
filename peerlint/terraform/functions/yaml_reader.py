"""YAML as Terraform reads it: neither 1.1 nor 1.2, but what its own library makes of plain scalars."""

from __future__ import annotations

import base64
import binascii
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.convert import number, to_string
from peerlint.terraform.functions.signature import TooLarge
from peerlint.terraform.functions.times import yaml_timestamp
from peerlint.terraform.values import NULL, EvaluationError, TfValue, make_object

if TYPE_CHECKING:
    from yaml import SafeLoader
    from yaml.nodes import MappingNode, Node, ScalarNode

_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_TEXT = 200_000
"""The longest text, in characters, that is read as YAML."""

_MAX_NODES = 100_000
"""The most values that are made of a text, aliases counted each time."""

_MAX_DEPTH = 200
"""How deep the values in a text may be nested."""

_TAG = "tag:yaml.org,2002:"
_PLAIN: dict[str, TfValue] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), NULL),
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), Known(True)),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), Known(False)),
}
_OCTAL_OR_HEXADECIMAL = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,9})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def decode(text: str) -> TfValue:
    """The value of the one document in the text. Raises EvaluationError where it is not YAML."""
    if len(text) > _MAX_TEXT:
        raise TooLarge(f"is given a text of more than {_MAX_TEXT:,} characters")
    import yaml

    try:
        node = yaml.compose(text, Loader=_loader())
    except (yaml.YAMLError, ValueError) as error:
        if re.search(r"\n *\t", text):
            return Unknown(Why.UNSUPPORTED)  # Terraform's reader takes tabs that begin a line
        raise EvaluationError(f"invalid YAML: {error}") from None
    if node is None:
        raise EvaluationError("invalid YAML: missing start of document")
    return _Reader().value(node)


@cache
def _loader() -> type[SafeLoader]:
    """The class of the reader: made when YAML is first read, as importing it takes its time."""
    import yaml

    class Loader(yaml.SafeLoader):
        """Leaves the tags of untagged nodes empty, counts how deep they are nested, and takes tabs for blanks."""

        depth = 0

        def compose_node(self, parent: Node | None, index: int) -> Node | None:
            self.depth += 1
            if self.depth > _MAX_DEPTH:
                raise TooLarge("nests values too deeply")
            try:
                return super().compose_node(parent, index)
            finally:
                self.depth -= 1

        def resolve(self, kind: type[Node], value: str | None, implicit: object) -> str:
            return ""

        def scan_to_next_token(self) -> None:
            super().scan_to_next_token()
            while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
                self.forward()
                super().scan_to_next_token()

        def scan_plain_spaces(self, indent: int, start_mark: object) -> list[str] | None:
            length = 0
            while self.peek(length) in " \t":
                length += 1
            blanks = self.prefix(length)
            if "\t" not in blanks:
                return super().scan_plain_spaces(indent, start_mark)
            self.forward(length)
            at_end_of_line = self.peek() in "\r\n\x85\u2028\u2029"
            return super().scan_plain_spaces(indent, start_mark) if at_end_of_line else [blanks]

    return Loader


class _Reader:
    """Makes values of nodes, counting them: aliases may repeat a node without end."""

    def __init__(self) -> None:
        self._count = 0
        self._open: set[int] = set()

    def value(self, node: Node) -> TfValue:
        """The value of a node. Raises EvaluationError for a node that holds itself, TooLarge for too many."""
        from yaml.nodes import MappingNode, ScalarNode, SequenceNode

        self._count += 1
        if self._count > _MAX_NODES:
            raise TooLarge(f"reads more than {_MAX_NODES:,} values")
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if id(node) in self._open:
            raise EvaluationError("invalid YAML: an anchor refers to itself")
        self._open.add(id(node))
        try:
            if isinstance(node, SequenceNode) and node.tag in ("", f"{_TAG}seq"):
                return Known(tuple(self.value(item) for item in node.value))
            if isinstance(node, MappingNode) and node.tag in ("", f"{_TAG}map"):
                return Known(make_object(self._mapping(node)))
        finally:
            self._open.discard(id(node))
        raise EvaluationError(f"invalid YAML: unsupported tag {node.tag}")

    def _mapping(self, node: MappingNode) -> dict[str, TfValue]:
        items: dict[str, TfValue] = {}
        for key, item in node.value:
            if key.tag == f"{_TAG}merge" or (key.tag == "" and key.value == "<<"):
                for inherited in self._inherited(item):
                    items |= inherited
                continue
            name = to_string(self.value(key))
            if not isinstance(name, Known) or not isinstance(name.value, str):
                raise EvaluationError("invalid YAML: only strings are allowed as mapping keys")
            items[name.value] = self.value(item)
        return items

    def _inherited(self, node: Node) -> list[dict[str, TfValue]]:
        value = self.value(node)
        sources = value.value if isinstance(value, Known) and isinstance(value.value, tuple) else (value,)
        mappings = [source.value for source in sources if isinstance(source, Known) and isinstance(source.value, dict)]
        if len(mappings) != len(sources):
            raise EvaluationError("invalid YAML: only mappings can be merged into a mapping")
        return mappings


def _scalar(node: ScalarNode) -> TfValue:
    text, tag = str(node.value), node.tag.removeprefix(_TAG)
    if _SURROGATE.search(text):
        raise EvaluationError("invalid YAML: found invalid Unicode character escape code")
    if tag not in ("", "str", "binary", "bool", "int", "float", "null", "timestamp"):
        raise EvaluationError(f"invalid YAML: unsupported tag {node.tag}")
    if tag == "binary":
        _check_base64(text)
    if tag in ("str", "binary") or node.style in ("'", '"'):
        return Known(text)
    resolved = _plain(text, tag)
    if tag == "" or resolved != Known(text):
        return resolved
    if tag == "null":
        return NULL
    raise EvaluationError(f'invalid YAML: cannot parse "{text}" as {tag}')


def _plain(text: str, tag: str) -> TfValue:
    """What an unquoted scalar means: null, a bool, a timestamp, a number, or just its text."""
    if text in _PLAIN:
        return _PLAIN[text]
    if _NOT_FINITE.fullmatch(text):
        return Unknown(Why.UNSUPPORTED)
    moment = yaml_timestamp(text) if tag in ("", "timestamp") else None
    if moment is not None:
        return Known(moment)
    if _OCTAL_OR_HEXADECIMAL.fullmatch(text):
        return number(int(text, 0))
    return number(Decimal(text)) if _DECIMAL.fullmatch(text) else Known(text)


def _check_base64(text: str) -> None:
    try:
        base64.b64decode(text.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        raise EvaluationError(f'invalid YAML: cannot parse "{text[:40]}" as binary') from None
