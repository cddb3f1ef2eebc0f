"""The parameter store: what the stacks of an estate read there and none of them writes is invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.oracle.cloudformation.client import Place
from tests.oracle.cloudformation.parameters import invented

_LOOKED_UP = "AWS::SSM::Parameter::Value<"


def looked_up(declared: Mapping[str, Mapping[str, Any]], given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The entries of the store that parameters take their values from, each with the type of the value."""
    for name, parameter in declared.items():
        if parameter["Type"].startswith(_LOOKED_UP):
            kind = parameter["Type"].removeprefix(_LOOKED_UP).removesuffix(">")
            yield given.get(name) or parameter["Default"], kind


def fill(declared: Mapping[str, Mapping[str, Any]], given: Mapping[str, str], place: Place) -> dict[str, str]:
    """What each value stands for that is written into the store for a template, where nothing has: ``ssm:/name``,
    and ``ssm:/name[0]`` for the elements of a list.
    """
    store = place.client("ssm")
    found: dict[str, str] = {}
    for number, (entry, kind) in enumerate(looked_up(declared, given)):
        if not store.get_parameters(Names=[entry])["Parameters"]:
            value = invented(entry, {"Type": kind}, place, 30 + number, 0)
            store.put_parameter(Name=entry, Value=value, Type="String")
            found.update({part: f"ssm:{entry}[{index}]" for index, part in enumerate(value.split(","))})
            found[value] = f"ssm:{entry}"
    return found
