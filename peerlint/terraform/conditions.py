"""Whether a look-up finds a declared resource: every condition that it sets is certainly met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from peerlint.network.places import same_account, same_region
from peerlint.network.values import Known
from peerlint.terraform.convert import to_string
from peerlint.terraform.declaration import Declaration
from peerlint.terraform.identity import canonical
from peerlint.terraform.values import EvaluationError, TfSet, TfValue

LOOKED_UP = frozenset({"aws_vpc", "aws_subnet", "aws_route_table", "aws_security_group"})
"""Data sources that find a single thing by its properties, and fail where several match."""

PEERING = "aws_vpc_peering_connection"

ARGUMENTS = frozenset({"vpc_id", "cidr_block", "name", "availability_zone"})
"""Arguments of theirs that the resource of the same name takes as well."""

OF_PEERINGS = frozenset({"vpc_id", "peer_vpc_id", "cidr_block", "peer_cidr_block", "owner_id", "peer_owner_id"})
"""Arguments of the look-up of a connection that tell connections apart."""

PEERING_FILTERS: Mapping[str, str] = {
    "requester-vpc-info.vpc-id": "vpc_id",
    "requester-vpc-info.cidr-block": "cidr_block",
    "requester-vpc-info.owner-id": "owner_id",
    "accepter-vpc-info.vpc-id": "peer_vpc_id",
    "accepter-vpc-info.cidr-block": "peer_cidr_block",
    "accepter-vpc-info.owner-id": "peer_owner_id",
    "status-code": "status",
}
"""Filters of connections, and the argument that each is the same as
(https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html).
"""

STATES = ("pending-acceptance", "provisioning", "active")
"""The states that a connection goes through as it is made; what is looked up in one of them is being made, or is."""

FILTERS: Mapping[str, str] = {
    "vpc-id": "vpc_id",
    "cidr": "cidr_block",
    "cidr-block": "cidr_block",
    "cidrBlock": "cidr_block",
    "group-name": "name",
    "availability-zone": "availability_zone",
    "availabilityZone": "availability_zone",
}
"""Filters, and the argument that tells what they compare."""

ALWAYS: Mapping[str, str] = {
    "default": "false",
    "isDefault": "false",
    "is-default": "false",
    "state": "available",
}
"""Conditions that whatever a stack has made meets, with the value that they have then."""

Condition = tuple[str, tuple[TfValue, ...]]
"""An argument, or ``tag:`` and a tag, and the values of which it must have one."""


def conditions(lookup: Declaration) -> list[Condition] | None:
    """What a look-up asks for; ``None`` where it asks for something that is not told apart here."""
    found: list[Condition] = []
    told = OF_PEERINGS if lookup.type == PEERING else ARGUMENTS
    for name, values in _asked(lookup):
        if any(isinstance(v, Known) and isinstance(v.value, str) and set(v.value) & set("*?") for v in values):
            return None
        if name in told or name.startswith("tag:"):
            found.append((name, values))
        elif not _is_met_anyway(lookup, name, values):
            return None
    return found


def _is_met_anyway(lookup: Declaration, name: str, values: Sequence[TfValue]) -> bool:
    """Whether whatever a stack has made meets a condition."""
    texts = [_text(value, lookup.site.root.stack) for value in values]
    if lookup.type == PEERING:
        return name == "status" and bool(texts) and set(texts) <= {repr(state) for state in STATES}
    return name in ALWAYS and texts == [repr(ALWAYS[name])]


def _asked(lookup: Declaration) -> Iterator[Condition]:
    for name in lookup.arguments.names():
        value = lookup.arguments.get(name)
        match value:
            case None | Known(value=None):
                continue
            case Known(value=dict() as tags) if name == "tags":
                yield from ((f"tag:{key}", (tag,)) for key, tag in tags.items())
            case _ if name not in ("region", "filter"):
                yield name, (value,)
    for block in lookup.arguments.blocks("filter"):
        match block.get("name"), block.get("values"):
            case Known(value=str() as name), Known(value=tuple() as values) | Known(value=TfSet(items=values)):
                yield (PEERING_FILTERS if lookup.type == PEERING else FILTERS).get(name, name), values
            case _:
                yield "filter", ()


def finds(asked: Sequence[Condition], lookup: Declaration, declared: Declaration) -> bool:
    """Whether a declared resource certainly exists in the place of the look-up and meets all that it asks for."""
    if declared.presence.doubt is not None or declared.presence.many:
        return False
    if same_region(lookup.place, declared.place) is not True or same_account(lookup.place, declared.place) is not True:
        return False
    return all(_meets(declared, name, values) for name, values in asked)


def _meets(declared: Declaration, name: str, values: Sequence[TfValue]) -> bool:
    value = _tag(declared, name.removeprefix("tag:")) if name.startswith("tag:") else declared.arguments.get(name)
    stack = declared.site.root.stack
    own = _text(value, stack) if value is not None else None
    return own is not None and any(_text(wanted, stack) == own for wanted in values)


def _tag(declared: Declaration, key: str) -> TfValue | None:
    match declared.arguments.get("tags"):
        case Known(value=dict() as tags):
            return tags.get(key)
        case _:
            return None


def _text(value: TfValue, stack: str) -> str | None:
    """A text that is equal for equal values; ``None`` for one that cannot be told."""
    try:
        return canonical(to_string(value), stack)
    except EvaluationError:
        return None
