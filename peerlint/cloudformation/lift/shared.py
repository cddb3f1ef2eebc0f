"""What other stacks may find or read of a template, and what it reads of them by a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from peerlint.cloudformation.exports import export_name
from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.item import Item, Stack
from peerlint.cloudformation.nodes import MappingNode, ScalarNode
from peerlint.cloudformation.values import CfnValue, as_text
from peerlint.network.model import (
    CERTAIN,
    Findable,
    Language,
    Origin,
    Place,
    Published,
    Reading,
    Signature,
    Sought,
    Store,
)
from peerlint.network.values import Identity, Known, Span, Unknown, Why, Written

_KINDS: Mapping[str, Sought] = {
    "AWS::EC2::VPC": Sought.VPC,
    "AWS::EC2::Subnet": Sought.SUBNET,
    "AWS::EC2::RouteTable": Sought.TABLE,
    "AWS::EC2::SecurityGroup": Sought.GROUP,
    "AWS::EC2::VPCPeeringConnection": Sought.PEERING,
}
_PROPERTIES: Mapping[str, str] = {
    "VpcId": "vpc_id",
    "PeerVpcId": "peer_vpc_id",
    "CidrBlock": "cidr_block",
    "GroupName": "name",
    "AvailabilityZone": "availability_zone",
}
"""Properties of resources, as Terraform's data sources call them."""

_MADE_WITH_VPC: Mapping[str, str] = {
    "default_security_group_id": "DefaultSecurityGroup",
    "default_network_acl_id": "DefaultNetworkAcl",
}
_LOGICAL_ID = "tag:aws:cloudformation:logical-id"
"""The tag that the service gives to every resource it makes
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html).
"""

CROSS_REGION_WRITER, CROSS_REGION_READER = "Custom::CrossRegionExportWriter", "Custom::CrossRegionExportReader"
"""How CDK hands values to a stack of another Region: as parameters that a function writes there
(https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib-readme.html#accessing-resources-in-a-different-stack-and-region).
"""

_PARAMETER = re.compile(r"(?:.*/)?\{\{resolve:ssm:([^:{}]+)\}\}")
_LOOKED_UP_TYPE = re.compile(r"AWS::SSM::Parameter::Value<(?!List<|CommaDelimitedList)")


class Name(Struct, frozen=True):
    """A value of the template that another stack knows by a name: an export, or an output of the stack."""

    store: Store
    name: str
    value: Written[object]
    at: Span


def findables(stack: Stack) -> Iterator[Findable]:
    """What look-ups of other stacks may find."""
    for type, kind in _KINDS.items():
        for item in stack.of_type(type):
            yield Findable(kind, item.id, item.origin, item.place, (*_properties(item, kind), *_tags(item)))


def _properties(item: Item, kind: Sought) -> Iterator[tuple[str, Written[str]]]:
    for name, called in _PROPERTIES.items():
        value = _known_text(item.value(name))
        if value is not None:
            yield called, value
    if kind is Sought.PEERING:
        owner = read.reference(item, "PeerOwnerId")
        yield "owner_id", item.place.account
        yield "peer_owner_id", owner if owner is not None else item.place.account
    if kind is Sought.VPC:
        for called, attribute in _MADE_WITH_VPC.items():
            of = item.stack.identity(item.name, attribute)
            yield called, Unknown(Why.COMPUTED, f"!GetAtt {item.name}.{attribute}", item.span, of)


def _tags(item: Item) -> Iterator[tuple[str, Written[str]]]:
    yield _LOGICAL_ID, Known(item.name, item.span)
    tags = item.value("Tags")
    for tag in tags.value if isinstance(tags, Known) and isinstance(tags.value, tuple) else ():
        members = tag.value if isinstance(tag, Known) else None
        key = as_text(members.get("Key")) if isinstance(members, dict) else None
        value = _known_text(members.get("Value")) if isinstance(members, dict) else None
        if key is not None and value is not None:
            yield f"tag:{key}", value


def _known_text(value: CfnValue) -> Written[str] | None:
    if isinstance(value, Unknown):
        return value
    text = as_text(value)
    return value.read_as(text) if value is not None and text is not None else None


def published(stack: Stack, names: Iterable[Name]) -> Iterator[Published]:
    """The template's exports and outputs, and the parameters that it writes."""
    for name in names:
        origin = Origin(stack.name, name.name, name.at, Language.CLOUDFORMATION, presence=CERTAIN)
        yield Published(name.store, name.name, name.value, origin, stack.place)
    for item in stack.of_type("AWS::SSM::Parameter"):
        written, value = as_text(item.value("Name")), _known_text(item.value("Value"))
        if written is not None and value is not None:
            yield Published(Store.PARAMETER, written, value, item.origin, item.place)
    for item in stack.of_type(CROSS_REGION_WRITER):
        yield from _written_elsewhere(item)


def _written_elsewhere(item: Item) -> Iterator[Published]:
    """The parameters that a stack writes in another Region."""
    for given in item.elements("WriterProps"):
        exports = given.value("exports") if isinstance(given, Item) else None
        if not isinstance(given, Item) or not isinstance(exports, Known) or not isinstance(exports.value, dict):
            continue
        region = _known_text(given.value("region")) or Unknown(Why.UNSUPPORTED, "region", item.span)
        for name, value in exports.value.items():
            text = _known_text(value)
            if text is not None:
                yield Published(Store.PARAMETER, name, text, item.origin, Place(region, item.place.account))


def readings(stack: Stack, named: Iterable[Identity]) -> Iterator[Reading]:
    """The exports that the template imports, and the parameters that its own parameters and its dynamic references look
    up. ``named`` are the identities, each once, that what the stack and those of its family declare and publish names.
    """
    template = stack.evaluator.template
    for name, declared in template.parameters.items():
        of = stack.identity(name, "")
        looked_up = _looked_up(stack, name, declared)
        if looked_up is not None:
            yield _reading(stack, (Store.PARAMETER, looked_up), of, declared.span)
    readers = {stack.identity(item.name).address for item in stack.of_type(CROSS_REGION_READER)}
    for of in named:
        found = _found(stack, of, readers)
        if found is not None:
            yield _reading(stack, found, of, template.root.span)


def _found(stack: Stack, of: Identity, readers: Collection[str]) -> tuple[Store, str] | None:
    """The store in which an unknown value is looked up, and the name that it has there."""
    export = export_name(of, stack.place)
    if export is not None:
        return Store.EXPORT, export
    match = _PARAMETER.fullmatch(of.address) if of.stack == stack.name else None
    if match is not None and of.address.startswith(stack.evaluator.elsewhere):
        return Store.PARAMETER, match[1]
    is_read = of.stack == stack.name and of.address in readers and of.attribute.startswith("/")
    return (Store.PARAMETER, of.attribute) if is_read else None


def _looked_up(stack: Stack, name: str, declared: MappingNode) -> str | None:
    """The name of the SSM parameter whose value a parameter takes."""
    kind = declared.get("Type")
    if not isinstance(kind, ScalarNode) or _LOOKED_UP_TYPE.match(str(kind.value)) is None:
        return None
    given = stack.evaluator.given(name)
    default = declared.get("Default")
    if given is None and isinstance(default, ScalarNode) and isinstance(default.value, str):
        return default.value
    return given if isinstance(given, str) else None


def signature(stack: Stack, file: str) -> Signature:
    """What the template takes, of which nothing tells a value, and what it gives."""
    template, quietly = stack.evaluator.template, stack.evaluator.quietly
    taken = []
    for name, declared in template.parameters.items():
        of = stack.identity(name, "")
        value = stack.evaluator.reference(name, name, declared.span)
        if isinstance(value, Unknown) and value.of == of and value.why is Why.VARIABLE:
            taken.append((name, of))
    nodes = ((name, output.get("Value")) for name, output in template.outputs.items())
    values = ((name, quietly(node)) for name, node in nodes if node is not None)
    given = tuple((name, value) for name, value in values if value is not None)
    return Signature(file, stack.place, tuple(taken), given)


def _reading(stack: Stack, name: tuple[Store, str], of: Identity, at: Span) -> Reading:
    origin = Origin(stack.name, name[1], at, Language.CLOUDFORMATION, presence=CERTAIN)
    return Reading(*name, of, origin, stack.place)
