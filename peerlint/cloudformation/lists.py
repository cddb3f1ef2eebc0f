"""The intrinsic functions that make lists or choose from lists and maps."""

from __future__ import annotations

from netaddr import IPNetwork

from peerlint.cloudformation.calls import Scope, arguments_of, invalid, source, unevaluated
from peerlint.cloudformation.nodes import Call, MappingNode, Node
from peerlint.cloudformation.values import CfnValue, as_text, known_texts, unknowns
from peerlint.network.cidr import parse_cidr
from peerlint.network.values import Identity, Known, Unknown, Why

_MAX_CIDRS = 256


def select(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Select``: one element, even of a list whose other elements are unknown."""
    arguments = arguments_of(call)
    if len(arguments) != 2:
        return invalid(call)
    index, items = (scope.value(argument) for argument in arguments)
    position = as_text(index)
    if position is not None and isinstance(items, Known) and isinstance(items.value, tuple):
        if position.isdecimal() and len(position) < 6 and int(position) < len(items.value):
            return items.value[int(position)]
        return invalid(call)
    return unevaluated(scope, call, index, items)


def split(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Split``."""
    arguments = arguments_of(call)
    if len(arguments) != 2:
        return invalid(call)
    delimiter, value = (scope.value(argument) for argument in arguments)
    separator, text = as_text(delimiter), as_text(value)
    if not separator or text is None:
        return unevaluated(scope, call, delimiter, value)
    return known_texts(text.split(separator), call.span)


def cidr(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Cidr``: the first ``count`` blocks of ``cidrBits`` host bits inside a block."""
    arguments = tuple(scope.value(argument) for argument in arguments_of(call))
    if len(arguments) not in (2, 3):
        return invalid(call)
    written = [as_text(argument) for argument in arguments]
    if any(unknowns(arguments)) or None in written:
        return unevaluated(scope, call, *arguments)
    block = parse_cidr(written[0] or "")
    numbers = [int(text) for text in written[1:] if text and text.isdecimal() and len(text) < 4]
    if block is None or len(numbers) != len(written) - 1:
        return invalid(call)
    count = numbers[0]
    host_bits = numbers[1] if len(numbers) == 2 else 8
    prefix = block.bits - host_bits
    fits = block.prefix <= prefix and (prefix - block.prefix > 8 or count <= 1 << (prefix - block.prefix))
    if not fits or not 0 < count <= _MAX_CIDRS:
        return invalid(call)
    blocks = (
        IPNetwork((block.first + (number << host_bits), prefix), 4 if block.version == 4 else 6)
        for number in range(count)
    )
    return known_texts(map(str, blocks), call.span)


def find_in_map(scope: Scope, call: Call) -> CfnValue:
    """``Fn::FindInMap``, with the ``DefaultValue`` of the language extensions."""
    arguments = arguments_of(call)
    if len(arguments) not in (3, 4):
        return invalid(call)
    keys = [scope.value(argument) for argument in arguments[:3]]
    texts = [as_text(key) for key in keys]
    default = (
        arguments[3].get("DefaultValue") if len(arguments) == 4 and isinstance(arguments[3], MappingNode) else None
    )
    if any(unknowns(keys)):
        return unevaluated(scope, call, *keys)
    found: Node | None = scope.lookup(texts[0] or "")
    for text in texts[1:]:
        found = found.get(text or "") if isinstance(found, MappingNode) else None
    if found is not None:
        return scope.value(found)
    return scope.value(default) if default is not None else invalid(call)


def get_azs(scope: Scope, call: Call) -> CfnValue:
    """``Fn::GetAZs``: unknown, and equal to itself in one stack."""
    region = scope.value(call.argument)
    text = as_text(region)
    if region is None or text == "":
        region = scope.reference("AWS::Region", "AWS::Region", call.span)
    name = as_text(region)
    if name is not None:
        return Unknown(Why.LOOKUP, source(call), call.span, Identity(scope.stack, f"Fn::GetAZs({name})"))
    return unevaluated(scope, call, region)


def length(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Length`` of the language extensions: also of a list whose elements are unknown."""
    value = scope.value(call.argument)
    if isinstance(value, Known) and isinstance(value.value, tuple):
        return Known(len(value.value), call.span)
    return unevaluated(scope, call, value)
