"""Intrinsic functions that moto's engine lacks or gets wrong, as its own documentation's service has them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from moto.cloudformation import parsing

_CLEAN = parsing.clean_json


@contextmanager
def completed() -> Iterator[None]:
    """moto's engine with ``Fn::Cidr``, ``Fn::Length`` and the defaults of ``Fn::FindInMap``."""
    with mock.patch.object(parsing, "clean_json", _clean):
        yield


def _clean(node: Any, resources: Any) -> Any:
    match node:
        case {"Fn::Cidr": list(arguments)}:
            return _cidr(*(_clean(argument, resources) for argument in arguments))
        case {"Fn::Length": items}:
            return len(_clean(items, resources))
        case {"Fn::FindInMap": [*keys, {"DefaultValue": default}]}:
            try:
                return _CLEAN({"Fn::FindInMap": keys}, resources)
            except KeyError:
                return _clean(default, resources)
        case _:
            return _CLEAN(node, resources)


def _cidr(block: str, count: object, bits: object = 8) -> list[str]:
    network = ipaddress.ip_network(block)
    subnets = network.subnets(new_prefix=network.max_prefixlen - int(str(bits)))
    return [str(next(subnets)) for _ in range(int(str(count)))]
