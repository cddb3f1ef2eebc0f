"""Argument values written once, as Python literals, for Terraform and for peerlint."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from peerlint.network.values import Known
from peerlint.terraform.convert import convert, number
from peerlint.terraform.types import ANY, STRING, ListType, MapType, SetType, TypeConstraint
from peerlint.terraform.values import NULL, TfValue, make_object


@dataclass(frozen=True, slots=True)
class Converted:
    """A value given to ``tolist``, ``toset`` or ``tomap``."""

    function: str
    kind: TypeConstraint
    of: Literal


Literal: TypeAlias = "bool | int | Decimal | str | Sequence[Literal] | Mapping[str, Literal] | Converted | None"


_ESCAPE = re.compile(r"\\.")
_NOT_IN_HCL = {r"\b": r"\u0008", r"\f": r"\u000c"}
"""The escapes of JSON that HCL does not have, as it writes them."""

NOTHING = Converted("tostring", STRING, None)
"""A null whose type Terraform knows; it takes a bare ``null`` argument of any type for unknown."""


def tolist(*items: Literal) -> Converted:
    """``tolist([…])``."""
    return Converted("tolist", ListType(ANY), items)


def toset(*items: Literal) -> Converted:
    """``toset([…])``."""
    return Converted("toset", SetType(ANY), items)


def tomap(**items: Literal) -> Converted:
    """``tomap({…})``."""
    return Converted("tomap", MapType(ANY), items)


def value(literal: Literal) -> TfValue:
    """The literal as peerlint's value."""
    match literal:
        case None:
            return NULL
        case bool() | str():
            return Known(literal)
        case int() | Decimal():
            return number(literal)
        case Converted(kind=kind, of=inner):
            return convert(value(inner), kind)
        case Mapping():
            return Known(make_object({name: value(item) for name, item in literal.items()}))
    return Known(tuple(value(item) for item in literal))


def hcl(literal: Literal) -> str:
    """The literal as Terraform's text, on one line."""
    match literal:
        case None:
            return "null"
        case bool():
            return "true" if literal else "false"
        case str():
            quoted = json.dumps(literal, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
            return _ESCAPE.sub(lambda escape: _NOT_IN_HCL.get(escape[0], escape[0]), quoted)
        case int() | Decimal():
            return f"{literal:f}" if isinstance(literal, Decimal) else str(literal)
        case Converted(function=function, of=inner):
            return f"{function}({hcl(inner)})"
        case Mapping():
            return "{" + ", ".join(f"{hcl(name)} = {hcl(item)}" for name, item in literal.items()) + "}"
    return "[" + ", ".join(map(hcl, literal)) + "]"
