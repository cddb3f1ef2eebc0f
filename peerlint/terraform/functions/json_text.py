"""JSON as Terraform reads and writes it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import NoReturn, assert_never

from peerlint.network.values import Known, Unknown
from peerlint.terraform.convert import number, number_text
from peerlint.terraform.values import NULL, EvaluationError, TfSet, TfValue, make_object

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def encode(value: TfValue) -> str:
    """The known value as JSON, compact, keys sorted. Raises EvaluationError where a part of it is unknown."""
    if isinstance(value, Unknown):
        raise EvaluationError("value is not known")
    plain = value.value
    match plain:
        case None:
            return "null"
        case bool():
            return "true" if plain else "false"
        case int() | Decimal():
            return number_text(plain)
        case str():
            return encode_string(plain)
        case tuple() | TfSet():
            items = plain if isinstance(plain, tuple) else plain.items
            return f"[{','.join(map(encode, items))}]"
        case dict():
            pairs = (f"{encode_string(name)}:{encode(item)}" for name, item in sorted(plain.items()))
            return f"{{{','.join(pairs)}}}"
    assert_never(plain)


def encode_string(text: str) -> str:
    """The text as a JSON string with ``<``, ``>`` and ``&`` escaped."""
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPES)


def decode(text: str) -> TfValue:
    """The value that the JSON text writes. Raises EvaluationError where it is not JSON."""
    try:
        parsed: object = json.loads(text, parse_int=Decimal, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, ArithmeticError) as error:
        raise EvaluationError(f"invalid JSON: {error}") from None
    return _value(parsed)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _value(parsed: object) -> TfValue:
    match parsed:
        case None:
            return NULL
        case bool():
            return Known(parsed)
        case Decimal():
            return number(parsed)
        case str():
            return Known(parsed.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        case list():
            return Known(tuple(_value(item) for item in parsed))
        case dict():
            return Known(make_object({str(name): _value(item) for name, item in parsed.items()}))
    raise EvaluationError("invalid JSON")
