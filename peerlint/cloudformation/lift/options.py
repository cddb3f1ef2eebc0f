"""DNS options that a custom resource sets, for which CloudFormation has no property.

A custom resource whose properties name the API call ModifyVpcPeeringConnectionOptions and state its parameters sets
what they say: those of CDK's AwsCustomResource as JSON in ``Create`` and ``Update``
(https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html), those of others as
plain properties.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from peerlint.cloudformation.lift.item import Item, Stack, open_item
from peerlint.cloudformation.nodes import Node, SequenceNode, as_call, texts
from peerlint.cloudformation.template import Resource
from peerlint.cloudformation.values import CfnValue, CfnWritten, as_text
from peerlint.network.model import DnsOption, Entity, PeeringOptions, Place, Side
from peerlint.network.values import Known, Span, Unknown, Value, Why, Written

DNS_CALL = re.compile(r"modify[_-]?vpc[_-]?peering[_-]?connection[_-]?options", re.IGNORECASE)

_PEERING = "VpcPeeringConnectionId"
_SIDES: Mapping[str, Side] = {
    "RequesterPeeringConnectionOptions": Side.REQUESTER,
    "AccepterPeeringConnectionOptions": Side.ACCEPTER,
}
_OPTION = "AllowDnsResolutionFromRemoteVpc"
_MARK = re.compile("\x00([0-9]+)\x00")
"""An unknown part of a JSON text, by its number."""


def is_custom(resource: Resource) -> bool:
    """Whether a resource is not AWS's but the work of a function."""
    return resource.type.startswith("Custom::") or resource.type == "AWS::CloudFormation::CustomResource"


def calls_for_options(resource: Resource) -> bool:
    """Whether something in a resource names the API call."""
    return any(isinstance(scalar.value, str) and DNS_CALL.search(scalar.value) for scalar in texts(resource.body))


def peering_options(stack: Stack) -> Iterator[Entity]:
    """What the custom resources of a template that state it set."""
    for resource in stack.evaluator.template.resources.values():
        yield from stated_options(stack, resource)


def stated_options(stack: Stack, resource: Resource) -> tuple[PeeringOptions, ...]:
    """What a custom resource sets, for each way it is called; empty where it does not state that."""
    if not is_custom(resource) or not calls_for_options(resource):
        return ()
    item = open_item(stack, resource)
    return tuple(_options(item)) if item is not None else ()


def _options(item: Item) -> Iterator[PeeringOptions]:
    found: dict[object, PeeringOptions] = {}
    places = item.origin.arguments
    for name, entry in item.properties.entries.items():
        for parameters in _parameters(_property(item, name, entry.value)):
            peering = _text(parameters.get(_PEERING))
            dns = tuple(_dns(parameters, places, entry.span))
            if peering is not None and dns:
                said = (peering, *((option.side, option.value) for option in dns))
                found.setdefault(said, PeeringOptions(item.origin, peering, _place(item), dns))
    yield from found.values()


def _property(item: Item, name: str, node: Node) -> CfnValue:
    """A property's value; a JSON text as what it stands for."""
    value = item.stack.evaluator.quietly(node)
    unknown: list[Unknown] = []
    text = _marked(item, node, unknown)
    if text is None or not text.lstrip().startswith("{"):
        return value
    try:
        return _read(json.loads(text, strict=False), unknown, item.at(name))
    except (ValueError, RecursionError):
        return value


def _marked(item: Item, node: Node, unknown: list[Unknown]) -> str | None:
    """A text, or texts joined with nothing between them, whose unknown parts are marked by their numbers."""
    call = as_call(node)
    match call.argument if call is not None and call.name == "Fn::Join" else None:
        case SequenceNode(items=(delimiter, SequenceNode(items=parts))):
            if as_text(item.stack.evaluator.quietly(delimiter)) != "":
                return None
            found = [_part(item.stack.evaluator.quietly(part), unknown) for part in parts]
            return None if None in found else "".join(part for part in found if part is not None)
        case _:
            return as_text(item.stack.evaluator.quietly(node))


def _part(value: CfnValue, unknown: list[Unknown]) -> str | None:
    if isinstance(value, Unknown):
        unknown.append(value)
        return f"\x00{len(unknown) - 1}\x00"
    return as_text(value)


def _read(value: object, unknown: list[Unknown], at: Span) -> CfnValue:
    match value:
        case dict():
            return Known({k: v for k, item in value.items() if (v := _read(item, unknown, at)) is not None}, at)
        case list():
            return Known(tuple(v for item in value if (v := _read(item, unknown, at)) is not None), at)
        case str() if (mark := _MARK.fullmatch(value)) is not None:
            return unknown[int(mark[1])]
        case str() if "\x00" in value:
            return Unknown(Why.UNSUPPORTED, _MARK.sub("…", value), at)
        case bool() | int() | str():
            return Known(value, at)
        case _:
            return None


def _parameters(value: CfnValue) -> Iterator[Mapping[str, CfnWritten]]:
    """The mappings, at any depth, that name a connection and the options of a side."""
    match value:
        case Known(value=dict(members)):
            if _PEERING in members and any(side in members for side in _SIDES):
                yield members
            else:
                yield from _in_all(members.values())
        case Known(value=tuple(items)):
            yield from _in_all(items)
        case _:
            return


def _in_all(values: Iterable[CfnValue]) -> Iterator[Mapping[str, CfnWritten]]:
    for value in values:
        yield from _parameters(value)


def _dns(parameters: Mapping[str, CfnWritten], places: Mapping[str, Span], whole: Span) -> Iterator[DnsOption]:
    """The options of a call; each stands at its property, or, in a JSON text, at that of the text."""
    for name, side in _SIDES.items():
        at = next((span for path, span in places.items() if path.endswith(f"{name}.{_OPTION}")), whole)
        match parameters.get(name):
            case Known(value=dict(options)):
                value = _flag(options.get(_OPTION))
                if value is not None:
                    yield DnsOption(side, value, at)
            case Unknown() as unknown:
                yield DnsOption(side, unknown, at)
            case _:
                continue


def _flag(value: CfnValue) -> Value[bool]:
    if value is None or isinstance(value, Unknown):
        return value
    written = (as_text(value) or "").lower()
    return value.read_as(written == "true") if written in ("true", "false") else None


def _text(value: CfnValue) -> Written[str] | None:
    if isinstance(value, Unknown):
        return value
    text = as_text(value)
    return value.read_as(text) if value is not None and text else None


def _place(item: Item) -> Place:
    """Where the call is made: a function may call another Region, or under a role of another account."""
    words = {str(scalar.value) for scalar in texts(item.properties)}
    elsewhere = any("assumedRoleArn" in word or '"region"' in word for word in words)
    named = {"region", "Region", "RoleArn", "AssumedRoleArn"} & item.properties.entries.keys()
    if elsewhere or named:
        unknown = Unknown(Why.UNSUPPORTED, "the place of the call", item.span)
        return Place(unknown, unknown)
    return item.place
