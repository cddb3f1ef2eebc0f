"""YAML as Terraform reads and writes it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.convert import number, number_text, to_string
from peerlint.terraform.functions.json_text import encode_string
from peerlint.terraform.functions.signature import MAX_ITEMS
from peerlint.terraform.values import NULL, EvaluationError, TfSet, TfValue, is_null, make_object

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_INTEGER = re.compile(r"[-+]?(0b[01]+|0o?[0-7]+|0x[0-9a-fA-F]+|0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF|nan|NaN|NAN)")


def encode(value: TfValue) -> str:
    """The known value as YAML in Terraform's block style, ending in a line feed."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: TfValue) -> list[str]:
    if isinstance(value, Unknown):
        raise EvaluationError("value is not known")
    match value.value:
        case dict() as mapping if mapping:
            return [line for name, item in sorted(mapping.items()) for line in _entry(f"{encode_string(name)}:", item)]
        case tuple() | TfSet():
            items = value.value if isinstance(value.value, tuple) else value.value.items
            return [line for item in items for line in _item(item)] or ["[]"]
        case dict():
            return ["{}"]
        case str() as text if "\n" in text:
            return _literal(text)
        case str() as text:
            return [encode_string(text)]
        case bool() as truth:
            return ["true" if truth else "false"]
        case None:
            return ["null"]
        case int() | Decimal() as amount:
            return [number_text(amount)]
    raise EvaluationError("value cannot be written as YAML")


def _entry(key: str, item: TfValue) -> list[str]:
    lines = _lines(item)
    if _is_block(item):
        indent = "  " if isinstance(item, Known) and isinstance(item.value, dict) else ""
        return [key, *(indent + line for line in lines)]
    return [f"{key} {lines[0]}", *lines[1:]]


def _item(item: TfValue) -> list[str]:
    first, *rest = _lines(item)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _is_block(value: TfValue) -> bool:
    match value:
        case Known(value=dict() | tuple() as container):
            return bool(container)
        case Known(value=TfSet(items=items)):
            return bool(items)
    return False


def _literal(text: str) -> list[str]:
    """A string of several lines as a literal block."""
    body = text.removesuffix("\n")
    mark = "|" if text != body else "|-"
    return [mark, *(f"  {line}" for line in body.split("\n"))]


def decode(text: str) -> TfValue:
    """The value of the one document in the text. Raises EvaluationError where it is not YAML."""
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise EvaluationError(f"invalid YAML: {error}") from None
    return NULL if node is None else _Reader().value(node)


class _Reader:
    """Makes values of nodes, counting them: aliases may repeat a node without end."""

    def __init__(self) -> None:
        self._count = 0
        self._open: set[int] = set()

    def value(self, node: Node) -> TfValue:
        """The value of a node. Raises EvaluationError for a node that holds itself, and for too many of them."""
        from yaml.nodes import MappingNode, ScalarNode, SequenceNode

        self._count += 1
        if self._count > MAX_ITEMS:
            raise EvaluationError("invalid YAML: too many values")
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if id(node) in self._open:
            raise EvaluationError("invalid YAML: an anchor refers to itself")
        self._open.add(id(node))
        try:
            if isinstance(node, SequenceNode):
                return self._sequence(node)
            if isinstance(node, MappingNode):
                return Known(make_object(self._mapping(node)))
        finally:
            self._open.discard(id(node))
        raise EvaluationError("invalid YAML")

    def _sequence(self, node: SequenceNode) -> TfValue:
        return Known(tuple(self.value(item) for item in node.value))

    def _mapping(self, node: MappingNode) -> dict[str, TfValue]:
        merged: dict[str, TfValue] = {}
        own: dict[str, TfValue] = {}
        for key, item in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                for inherited in self._inherited(item):
                    merged = inherited | merged
                continue
            name = to_string(self.value(key))
            if is_null(name) or not isinstance(name, Known) or not isinstance(name.value, str):
                raise EvaluationError("invalid YAML: a key is not a string")
            own[name.value] = self.value(item)
        return merged | own

    def _inherited(self, node: Node) -> list[dict[str, TfValue]]:
        value = self.value(node)
        sources = value.value if isinstance(value, Known) and isinstance(value.value, tuple) else (value,)
        mappings = [source.value for source in sources if isinstance(source, Known) and isinstance(source.value, dict)]
        if len(mappings) != len(sources):
            raise EvaluationError("invalid YAML: map merge requires map or sequence of maps as the value")
        return mappings


def _scalar(node: ScalarNode) -> TfValue:
    text = str(node.value)
    if node.style is not None:
        return Known(text)
    if text in _NULL:
        return NULL
    if text in _TRUE | _FALSE:
        return Known(text in _TRUE)
    if _INTEGER.fullmatch(text):
        return number(_integer(text))
    if _FLOAT.fullmatch(text):
        return number(Decimal(text))
    return Unknown(Why.UNSUPPORTED) if _NOT_A_NUMBER.fullmatch(text) else Known(text)


def _integer(text: str) -> int | Decimal:
    digits = text.lstrip("+-")
    sign = -1 if text.startswith("-") else 1
    for prefix, base in (("0b", 2), ("0o", 8), ("0x", 16)):
        if digits.startswith(prefix):
            return sign * int(digits[2:], base)
    if len(digits) > 1 and digits.startswith("0"):
        return sign * int(digits, 8)
    return Decimal(text)
