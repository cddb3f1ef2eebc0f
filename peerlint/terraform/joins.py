"""Look-ups that certainly find what the same root declares.

A data source that finds a single thing fails where several match. So where its conditions are all met by a declared
resource, that is what it finds, once there is anything to find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from peerlint.network.handles import Handle, grouped, handle
from peerlint.network.mentions import identities
from peerlint.network.model import Entity, Peering, SubnetAssociation
from peerlint.network.values import Identity, Unknown, Written
from peerlint.terraform.conditions import LOOKED_UP, conditions, finds
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.values import EvaluationError


def joins(entities: Sequence[Entity], instances: Iterable[ResourceInstance]) -> Mapping[Identity, Written[object]]:
    """What look-ups tell, by its identity: the attributes of the declared resources that they find."""
    declared: dict[str, list[ResourceInstance]] = defaultdict(list)
    lookups: list[ResourceInstance] = []
    for instance in instances:
        if not instance.data:
            declared[instance.type].append(instance)
        elif not instance.presence.many:
            lookups.append(instance)
    found = {}
    for lookup in lookups:
        match = _match(lookup, declared[lookup.type])
        if match is not None:
            found[_address(lookup)] = match
    return {
        **dict(_peerings([entity for entity in entities if isinstance(entity, Peering)])),
        **dict(_tables_of_subnets(lookups, entities)),
        **dict(_attributes(found, entities)),
    }


def _match(lookup: ResourceInstance, declared: Sequence[ResourceInstance]) -> ResourceInstance | None:
    """The only declared resource that a look-up by properties certainly finds."""
    asked = conditions(lookup) if lookup.type in LOOKED_UP and declared else None
    if not asked:
        return None
    found = [resource for resource in declared if finds(asked, lookup, resource)]
    return found[0] if len(found) == 1 else None


def _address(lookup: ResourceInstance) -> str:
    of = lookup.computed("id").of
    return of.address if of is not None else lookup.address


def _attributes(
    found: Mapping[str, ResourceInstance], entities: Iterable[Entity]
) -> Iterator[tuple[Identity, Written[object]]]:
    """The attributes of a look-up that are used, as the resource that it finds has them."""
    used = {identity for entity in entities for identity in identities(entity)} if found else set()
    for identity in used:
        if identity.address in found and not identity.many:
            try:
                yield identity, found[identity.address].attribute(identity.attribute)
            except EvaluationError:
                continue


def _peerings(peerings: Iterable[Peering]) -> Iterator[tuple[Identity, Written[object]]]:
    """A look-up by both VPCs finds the connection between them, of which there can be only one
    (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations).
    """
    declared: dict[tuple[Handle, Handle], list[Peering]] = defaultdict(list)
    for peering in peerings:
        ends = _ends(peering)
        if ends is not None and not peering.outside:
            declared[ends].append(peering)
    for peering in peerings:
        ends, of = _ends(peering), peering.id.of if isinstance(peering.id, Unknown) else None
        if peering.outside and ends is not None and of is not None and not of.many and len(declared[ends]) == 1:
            yield of, declared[ends][0].id


def _ends(peering: Peering) -> tuple[Handle, Handle] | None:
    """The ids of both VPCs, where each is that of one VPC."""
    requester, accepter = handle(peering.vpc), handle(peering.peer_vpc)
    if requester is None or accepter is None:
        return None
    many = any(isinstance(end, Identity) and end.many for end in (requester, accepter))
    return None if many else (requester, accepter)


def _tables_of_subnets(
    lookups: Iterable[ResourceInstance], entities: Iterable[Entity]
) -> Iterator[tuple[Identity, Written[object]]]:
    """A look-up of a route table by a subnet finds the one that the subnet is associated with."""
    associations = grouped((e for e in entities if isinstance(e, SubnetAssociation)), lambda a: a.subnet)
    for lookup in lookups:
        if lookup.type != "aws_route_table" or lookup.arguments.names() != ["subnet_id"]:
            continue
        subnet, of = lookup.arguments.get("subnet_id"), lookup.computed("id").of
        own = associations.get(subnet.of, []) if isinstance(subnet, Unknown) and subnet.of is not None else []
        if of is not None and len(own) == 1 and own[0].origin.presence.doubt is None:
            yield of, own[0].table
