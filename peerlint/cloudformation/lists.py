"""The intrinsic functions that make lists or choose from lists and maps."""

from __future__ import annotations

from functools import lru_cache

from netaddr import IPNetwork

from peerlint.cloudformation.calls import Scope, arguments_of, invalid, is_written, source, unevaluated, written_text
from peerlint.cloudformation.nodes import Call, Entry, MappingNode, Node, ScalarNode, SequenceNode, as_call, calls
from peerlint.cloudformation.values import CfnValue, as_text, known_texts, split_apart, unknowns
from peerlint.network.cidr import parse_cidr
from peerlint.network.values import Identity, Known, Maybe, Unknown, Why

_MAX_CIDRS = 256


def select(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Select``: one element, even of a list whose other elements are unknown."""
    arguments = arguments_of(call)
    if len(arguments) != 2:
        return scope.refuse(call, "takes an index and a list")
    index, items = (scope.value(argument) for argument in arguments)
    if _may_shrink(scope, arguments[1]):
        return Unknown(Why.VARIABLE, source(call), call.span)
    position = as_text(index)
    if position is not None and isinstance(items, Known) and isinstance(items.value, tuple):
        if position.isdecimal() and len(position) < 6 and int(position) < len(items.value):
            return items.value[int(position)]
        if all(map(is_written, arguments)):
            return scope.refuse(call, f"selects element {position[:20]} of a list of {len(items.value)}")
        return invalid(call)
    if isinstance(items, Known) and is_written(arguments[1]):
        return scope.refuse(call, "takes an index and a list")
    return unevaluated(scope, call, index, items)


def split(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Split``, by a delimiter that is written."""
    arguments = arguments_of(call)
    if len(arguments) != 2:
        return scope.refuse(call, "takes a delimiter and a text")
    separator, value = written_text(arguments[0]), scope.value(arguments[1])
    if separator is None:
        return scope.refuse(call, "takes a delimiter that is a text, no function")
    if not separator:
        return invalid(call)
    elements = split_apart(scope.stack, value, separator, call.span)
    return elements if elements is not None else unevaluated(scope, call, Known(separator), value)


def cidr(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Cidr``: the first ``count`` blocks of ``cidrBits`` host bits inside a block."""
    nodes = arguments_of(call)
    if len(nodes) not in (2, 3):
        return scope.refuse(call, "takes a block, a count and the number of host bits")
    arguments = tuple(scope.value(argument) for argument in nodes)
    written = [as_text(argument) for argument in arguments]
    if any(unknowns(arguments)):
        return unevaluated(scope, call, *arguments)
    blocks = _blocks(tuple(text or "" for text in written))
    if isinstance(blocks, str):
        return scope.refuse(call, blocks) if all(map(is_written, nodes)) else invalid(call)
    return known_texts(blocks, call.span)


@lru_cache(maxsize=256)
def _blocks(arguments: tuple[str, ...]) -> tuple[str, ...] | str:
    """The blocks that ``Fn::Cidr`` returns, or why there are none; each subnet of a VPC asks for the same ones."""
    block = parse_cidr(arguments[0])
    if block is None:
        return f"takes a block, not `{arguments[0][:60]}`"
    numbers = [int(text) for text in arguments[1:] if text.isdecimal() and len(text) < 4]
    if len(numbers) != len(arguments) - 1 or not 0 < numbers[0] <= _MAX_CIDRS:
        return f"takes a count from 1 to {_MAX_CIDRS} and a number of host bits"
    count, host_bits = numbers[0], numbers[1] if len(numbers) == 2 else 8
    prefix = block.bits - host_bits
    if prefix < block.prefix or count > 1 << min(prefix - block.prefix, 8):
        return f"finds no {count} blocks of {host_bits} host bits in {arguments[0][:60]}"
    firsts = (block.first + (number << host_bits) for number in range(count))
    return tuple(str(IPNetwork((first, prefix), 4 if block.version == 4 else 6)) for first in firsts)


def find_in_map(scope: Scope, call: Call) -> CfnValue:
    """``Fn::FindInMap``, with a ``DefaultValue``; of functions, only the language extensions allow all in its keys.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
    """
    arguments = arguments_of(call)
    if len(arguments) not in (3, 4):
        return scope.refuse(call, "takes a map, two keys and, where one is given, a mapping with `DefaultValue`")
    others = [inner.name for key in arguments[:3] for inner in calls(key) if inner.name not in ("Ref", call.name)]
    if others and not scope.is_extended:
        return scope.refuse(call, f"takes {others[0]} for a key only with the transform AWS::LanguageExtensions")
    fallback = arguments[3] if len(arguments) == 4 else None
    default = fallback.get("DefaultValue") if isinstance(fallback, MappingNode) else None
    if fallback is not None and default is None:
        return scope.refuse(call, "takes a mapping with `DefaultValue` as the fourth argument")
    keys = [scope.value(argument) for argument in arguments[:3]]
    if any(unknowns(keys)):
        return unevaluated(scope, call, *keys, *((scope.value(default),) if default is not None else ()))
    return _found(scope, call, [as_text(key) or "" for key in keys], default)


def _found(scope: Scope, call: Call, keys: list[str], default: Node | None) -> CfnValue:
    found: Node | None = scope.lookup(keys[0])
    for key in keys[1:]:
        found = found.get(key) if isinstance(found, MappingNode) else None
    if found is not None:
        return scope.value(found)
    if default is not None:
        return scope.value(default)
    if all(map(_is_stated, arguments_of(call))):
        return scope.lost(call, f"`{source(call)}` names what the template's mappings lack")
    return invalid(call)


def _is_stated(node: Node) -> bool:
    """Whether a key is written, or one that the user states: no default stands for it until the stack is made."""
    inner = as_call(node)
    pseudo = written_text(inner.argument) if inner is not None and inner.name == "Ref" else None
    return is_written(node) or (pseudo or "").startswith("AWS::")


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


def _may_shrink(scope: Scope, node: Node) -> bool:
    """Whether a list has an element that an undecided condition may leave out."""
    return isinstance(node, SequenceNode) and any(_may_vanish(scope, item) for item in node.items)


def _may_vanish(scope: Scope, node: Node) -> bool:
    match node:
        case MappingNode(entries={"Fn::If": Entry(value=SequenceNode(items=(ScalarNode(value=str(name)), *arms)))}):
            return isinstance(scope.truth(name), Maybe) and any(scope.value(arm) is None for arm in arms)
        case _:
            return False


def length(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Length`` of the language extensions: also of a list whose elements are unknown."""
    if not scope.is_extended:
        return scope.refuse(call, "needs the transform AWS::LanguageExtensions")
    value = scope.value(call.argument)
    if isinstance(value, Known) and not isinstance(value.value, tuple):
        return scope.refuse(call, "takes a list")
    if _may_shrink(scope, call.argument):
        return Unknown(Why.VARIABLE, source(call), call.span)
    if isinstance(value, Known) and isinstance(value.value, tuple):
        return Known(len(value.value), call.span)
    return unevaluated(scope, call, value)
