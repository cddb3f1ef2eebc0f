"""Values for the variables that a root requires: two of each, so that what depends on one is told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias, assert_never

from peerlint.terraform.config import load_module
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.typeexpr import type_constraint
from peerlint.terraform.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    AnyType,
    AsWritten,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    TypeConstraint,
)
from peerlint.terraform.variables import root_values
from tests.oracle.ours import module_of

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

TEXTS: Mapping[str, tuple[str, str]] = {
    r"ipv6.*cidr": ("2600:1f16:{0}00::/56", "2600:1f18:{0}00::/56"),
    r"cidr|block|network": ("10.{0}0.0.0/16", "10.{0}1.0.0/16"),
    r"region": ("eu-west-{0}", "us-east-{0}"),
    r"account|owner": ("11112222333{0}", "44445555666{0}"),
    r"zone|az": ("eu-west-1{0}", "us-east-1{0}"),
    r"arn|role": ("arn:aws:iam::11112222333{0}:role/x", "arn:aws:iam::44445555666{0}:role/x"),
    r"port": ("44{0}", "54{0}"),
    r"vpc": ("vpc-0aaaaaaaaaaaaaaa{0}", "vpc-0bbbbbbbbbbbbbbb{0}"),
    r"peering|pcx|connection": ("pcx-0aaaaaaaaaaaaaaa{0}", "pcx-0bbbbbbbbbbbbbbb{0}"),
    r"": ("first-{0}", "second-{0}"),
}
"""Texts for names that match a pattern, the first that does; ``{0}`` is a digit."""


def required_variables(directory: Path) -> list[str]:
    """The variables of a root that have no value unless one is given."""
    config = load_module(str(directory))
    set_, _, _ = root_values(config, TerraformOptions(str(directory)), module_of(directory, directory).scope)
    return [
        name for name, block in config.variables.items() if "default" not in block.body.attributes and name not in set_
    ]


def values(directory: Path, world: int) -> dict[str, Json]:
    """A value for each required variable, in the first (0) or second (1) world."""
    config = load_module(str(directory))
    text = "".join(Path(path).read_text(encoding="utf-8", errors="replace") for path in config.files)
    found = {}
    for name in required_variables(directory):
        written = config.variables[name].body.attributes.get("type")
        indexed = re.search(rf"\bvar\.{name}(\[|\.\d)", text) is not None
        kind: TypeConstraint = ListType(STRING) if indexed else ANY
        found[name] = invented(type_constraint(written.expr) if written is not None else kind, name, world)
    return found


def invented(kind: TypeConstraint, name: str, world: int, digit: int = 1) -> Json:
    """A value of a type, for something of that name."""
    match kind:
        case Primitive():
            return _primitive(kind, name, world, digit)
        case AnyType() | AsWritten():
            return invented(_kind_by_name(name), name, world, digit)
        case ListType(element=element) | SetType(element=element):
            return [invented(element, name, world, n) for n in range(1, world + 3)]
        case MapType(element=element):
            return {f"key{n}": invented(element, name, world, n) for n in range(1, world + 3)}
        case TupleType(items=items):
            return [invented(item, name, world, n) for n, item in enumerate(items)]
        case ObjectType(attributes=attributes):
            return {
                inner: invented(attribute.type, inner, world, digit)
                for inner, attribute in attributes.items()
                if world or not attribute.optional
            }
    assert_never(kind)


def _kind_by_name(name: str) -> TypeConstraint:
    """What a variable without a type may take, as far as its name tells."""
    if re.search(r"tags\Z|labels\Z", name):
        return MapType(STRING)
    return ListType(STRING) if re.search(r"(ids|cidrs|blocks|subnets|zones|azs|lists?)\Z", name) else STRING


def _primitive(kind: Primitive, name: str, world: int, digit: int) -> Json:
    if kind == BOOL:
        return world == 0
    text = next(texts for pattern, texts in TEXTS.items() if re.search(pattern, name.lower()))[world].format(digit)
    if kind == NUMBER:
        return int(text) if text.isdigit() else 1 + world + digit
    return text
