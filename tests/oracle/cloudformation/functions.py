"""Intrinsic functions that moto's engine lacks or gets wrong, as its own documentation's service has them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from moto.cloudformation import parsing

from tests.oracle.cloudformation.client import Place

_CLEAN, _LOAD = parsing.clean_json, parsing.ResourceMap.load_parameters
_STORED = re.compile(r"\{\{resolve:ssm:([^:}]+)\}\}")


@contextmanager
def completed() -> Iterator[None]:
    """moto's engine with ``Fn::Cidr``, ``Fn::Length``, the defaults of ``Fn::FindInMap``, functions in the index of
    ``Fn::Select``, outputs of nested stacks, entries of the parameter store, conditions of exports,
    and lists of parameters, whose elements are trimmed.
    """
    exports = mock.patch.object(parsing.OutputMap, "exports", property(_exports))
    lists = mock.patch.object(parsing.ResourceMap, "load_parameters", _load_parameters)
    with mock.patch.object(parsing, "clean_json", _clean), exports, lists:
        yield


def _load_parameters(resources: Any) -> None:
    """The values of the parameters, of which those of lists are lists, also as defaults
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html).
    """
    _LOAD(resources)
    for name, declared in (resources._template.get("Parameters") or {}).items():
        value = resources.resolved_parameters[name]
        if "List" in declared["Type"]:
            elements = value.split(",") if isinstance(value, str) else value
            resources._parsed_resources[name] = [str(element).strip() for element in elements]


def _exports(outputs: Any) -> list[parsing.Export]:
    """What a stack exports: an output whose condition is false does not exist
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html).
    """
    every = outputs._output_json_map or {}
    written = {key: output["Export"]["Name"] for key, output in every.items() if "Export" in output}
    found = ((name, outputs[key]) for key, name in written.items())
    return [
        parsing.Export(outputs._stack_id, _clean(name, outputs._resource_map), output.value)
        for name, output in found
        if output is not None
    ]


def _clean(node: Any, resources: Any) -> Any:
    match node:
        case {"Fn::Cidr": list(arguments)}:
            return _cidr(*(_clean(argument, resources) for argument in arguments))
        case {"Fn::Length": items}:
            return len(_clean(items, resources))
        case {"Fn::GetAtt": [name, *parts]} if len(parts) > 1:
            return _CLEAN({"Fn::GetAtt": [name, ".".join(parts)]}, resources)
        case {"Fn::Select": [dict(index), items]}:
            return _CLEAN({"Fn::Select": [_clean(index, resources), items]}, resources)
        case {"Fn::FindInMap": [*keys, {"DefaultValue": default}]}:
            try:
                return _CLEAN({"Fn::FindInMap": keys}, resources)
            except KeyError:
                return _clean(default, resources)
        case str() if "{{resolve:ssm:" in node:
            store = Place(resources["AWS::Region"], resources["AWS::AccountId"]).client("ssm")
            return _STORED.sub(lambda found: str(store.get_parameter(Name=found[1])["Parameter"]["Value"]), node)
        case _:
            return _CLEAN(node, resources)


def _cidr(block: str, count: object, bits: object = 8) -> list[str]:
    network = ipaddress.ip_network(block)
    subnets = network.subnets(new_prefix=network.max_prefixlen - int(str(bits)))
    return [str(next(subnets)) for _ in range(int(str(count)))]
