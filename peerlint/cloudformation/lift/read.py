"""Properties as the types that the model holds.

A known value that its property does not take is reported as PL902 and counts as unknown. A *default* of a parameter
that does not fit is a placeholder, to be replaced when the stack is made: it counts as unknown and is not reported.
"""

from __future__ import annotations

import re

from peerlint.cloudformation.lift.item import Item
from peerlint.cloudformation.nodes import ScalarNode, as_call, render
from peerlint.cloudformation.values import CfnValue, as_text
from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.values import Identity, Known, Unknown, Value, Why, Written

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6", "all": "-1"}


def text(item: Item, name: str) -> Value[str]:
    """A property that is a text."""
    return _as_text(item, name, item.value(name))


def _as_text(item: Item, name: str, value: CfnValue) -> Value[str]:
    if value is None or isinstance(value, Unknown):
        return value
    written = as_text(value)
    return value.read_as(written) if written is not None else item.refuse(name, f"{name} takes a text")


def reference(item: Item, name: str) -> Value[str]:
    """A property that is the id of something. An empty parameter default names nothing yet: it is unknown."""
    return _named(item, name, text(item, name))


def _named(item: Item, name: str, value: Value[str]) -> Value[str]:
    """An id; an empty one names nothing yet."""
    if isinstance(value, Known) and not value.value.strip():
        return Unknown(Why.VARIABLE, _source(item, name), item.at(name), _parameter(item, name))
    return value


def required(item: Item, name: str, value: Value[str]) -> Written[str]:
    """A value that the service demands; one that is missing is unknown."""
    return value if value is not None else Unknown(Why.INVALID, name, item.span)


def references(item: Item, name: str) -> tuple[Written[str], ...]:
    """A property that is a list of ids; one that is unknown as a whole is one unknown of many."""
    value = item.value(name)
    match value:
        case None:
            return ()
        case Known(value=tuple(items)):
            ids = (_named(item, name, _as_text(item, name, part)) for part in items)
            return tuple(written for written in ids if written is not None)
        case Unknown(of=Identity() as of):
            many = Identity(of.stack, of.address, of.attribute, many=True)
            return (Unknown(value.why, value.source, value.at, many, value.cause),)
        case Unknown():
            return (value,)
        case _:
            single = _as_text(item, name, value)
            return () if single is None else (single,)


def boolean(item: Item, name: str) -> Value[bool]:
    """A property that is true or false, also as a text."""
    value = item.value(name)
    if value is None or isinstance(value, Unknown):
        return value
    written = (as_text(value) or "").lower()
    if written in ("true", "false"):
        return value.read_as(written == "true")
    return _misfit(item, name, value, f"{name} takes true or false, not `{_shown(value)}`")


def integer(item: Item, name: str, low: int, high: int) -> Value[int]:
    """A property that is a whole number from ``low`` to ``high``, also as a text."""
    value = item.value(name)
    if value is None or isinstance(value, Unknown):
        return value
    written = as_text(value) or ""
    if _INTEGER.match(written) and low <= int(written) <= high:
        return value.read_as(int(written))
    return _misfit(item, name, value, f"{name} takes a whole number from {low} to {high}, not `{_shown(value)}`")


def cidr(item: Item, name: str, version: int, sizes: tuple[int, int] | None = None) -> Value[Cidr]:
    """A property that is a block of an address family, with a prefix length between ``sizes``."""
    value = reference(item, name)
    if value is None or isinstance(value, Unknown):
        return value
    block = parse_cidr(value.value)
    if block is None:
        return _misfit(item, name, value, f"`{_shown(value)}` is not a CIDR block")
    if block.version != version:
        return _misfit(item, name, value, f"{name} takes an IPv{version} block, not `{_shown(value)}`")
    if sizes is not None and not sizes[0] <= block.prefix <= sizes[1]:
        message = f"`{_shown(value)}`: {name} takes a prefix length from /{sizes[0]} to /{sizes[1]}"
        return _misfit(item, name, value, message)
    return value.read_as(block)


def protocol(item: Item, name: str) -> Written[str]:
    """A protocol in lower case, by name where it is one that has ports or types; ``-1`` for all."""
    value = text(item, name)
    if isinstance(value, Known):
        written = value.value.strip().lower()
        return value.read_as(_PROTOCOLS.get(written, written))
    return required(item, name, value)


def _misfit(item: Item, name: str, value: Known[object], message: str) -> Unknown:
    if value.at is not None and item.stack.evaluator.is_in_parameters(value.at):
        return Unknown(Why.VARIABLE, _source(item, name), item.at(name), _parameter(item, name))
    return item.refuse(name, message)


def _parameter(item: Item, name: str) -> Identity | None:
    """The identity of the parameter that a property is a plain reference to."""
    node = item.node(name)
    call = as_call(node) if node is not None else None
    if call is not None and call.name == "Ref" and isinstance(call.argument, ScalarNode):
        return item.stack.identity(str(call.argument.value), "")
    return None


def _source(item: Item, name: str) -> str:
    node = item.node(name)
    return render(node) if node is not None else name


def _shown(value: Known[object]) -> str:
    shown = value.value
    return (
        ("true" if shown else "false")
        if isinstance(shown, bool)
        else str(shown)[:60]
        if isinstance(shown, str | int)
        else "a collection"
    )
