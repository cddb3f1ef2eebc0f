"""``provider::terraform::encode_tfvars``, ``decode_tfvars`` and ``encode_expr``: values as text of the language.

https://developer.hashicorp.com/terraform/language/functions/terraform-encode_tfvars
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import assert_never

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.convert import number_text
from peerlint.terraform.functions.signature import ArgumentError, Call, Function, Param
from peerlint.terraform.types import STRING
from peerlint.terraform.values import EvaluationError, Plain, TfSet, TfValue

_IDENTIFIER = re.compile(r"[^\W\d][\w-]*")
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_TEMPLATE = re.compile(r"([$%])(?=\{)")


class _Unaligned(Exception):
    """Text whose indentation Terraform computes in a way of its own."""


def _encode_tfvars(call: Call) -> TfValue:
    attributes = call.plain(0)
    if not isinstance(attributes, dict):
        raise ArgumentError(0, "invalid value to encode: must be an object")
    wrong = next((name for name in attributes if not _IDENTIFIER.fullmatch(name)), None)
    if wrong is not None:
        raise ArgumentError(0, f'invalid variable name "{wrong}": must be a valid identifier')
    return _written(lambda: "".join(line + "\n" for line in _lines(attributes)))


def _encode_expr(call: Call) -> TfValue:
    plain = call.plain(0)
    return _written(lambda: _expression(plain))


def _written(write: Callable[[], str]) -> TfValue:
    try:
        return Known(write())
    except _Unaligned:
        return Unknown(Why.UNSUPPORTED)


def _expression(plain: Plain) -> str:
    match plain:
        case None:
            return "null"
        case bool():
            return "true" if plain else "false"
        case int() | Decimal():
            return number_text(plain)
        case str():
            return _quoted(plain)
        case TfSet(items=items) | (tuple() as items):
            return f"[{', '.join(_elements(items))}]"
        case dict():
            lines = "".join(f"  {line}\n" for text in _lines(plain) for line in text.split("\n"))
            return "{\n" + lines + "}" if plain else "{}"
    assert_never(plain)


def _elements(items: tuple[TfValue, ...]) -> list[str]:
    texts = [_expression(_plain(item)) for item in items]
    if len(texts) > 1 and any("\n" in text for text in texts):
        raise _Unaligned
    return texts


def _lines(attributes: Mapping[str, TfValue]) -> list[str]:
    """``name = value`` for each attribute, the equals signs of neighbours that take one line each aligned."""
    pairs = [(_name(name), _expression(_plain(value))) for name, value in sorted(attributes.items())]
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    for name, value in [*pairs, ("", "\n")]:
        if "\n" not in value:
            run.append((name, value))
            continue
        widest = max((len(each) for each, _ in run), default=0)
        lines += [f"{each.ljust(widest)} = {text}" for each, text in run]
        lines += [f"{name} = {value}"] if name else []
        run = []
    return lines


def _plain(value: TfValue) -> Plain:
    if isinstance(value, Unknown):
        raise EvaluationError("value is not known")
    return value.value


def _name(name: str) -> str:
    return name if _IDENTIFIER.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    characters = (_ESCAPES.get(c) or (c if c.isprintable() else _code(c)) for c in text)
    return '"' + _TEMPLATE.sub(r"\1\1", "".join(characters)) + '"'


def _code(character: str) -> str:
    point = ord(character)
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def _decode_tfvars(call: Call) -> TfValue:
    if call.context.read_variables is None:
        return Unknown(Why.UNSUPPORTED)
    return call.context.read_variables(call.text(0))


FUNCTIONS = {
    "provider::terraform::decode_tfvars": Function(_decode_tfvars, (Param("src", STRING),)),
    "provider::terraform::encode_expr": Function(_encode_expr, (Param("value"),)),
    "provider::terraform::encode_tfvars": Function(_encode_tfvars, (Param("value"),)),
}
