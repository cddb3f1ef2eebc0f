"""Private hosted zones."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.item import Item, Stack
from peerlint.network.model import Entity, HostedZone, ZoneAssociation
from peerlint.network.values import Unknown, Written


def zones(stack: Stack) -> Iterator[Entity]:
    """``AWS::Route53::HostedZone``: a zone that names VPCs is private. What some conditions add is an association."""
    for item in stack.of_type("AWS::Route53::HostedZone"):
        vpcs: list[Written[str]] = []
        conditional: list[ZoneAssociation] = []
        for element in item.elements("VPCs"):
            vpc = element if isinstance(element, Unknown) else read.reference(element, "VPCId")
            if vpc is None:
                continue
            if isinstance(element, Item) and element.presence != item.presence:
                conditional.append(ZoneAssociation(element.origin, item.id, vpc))
            else:
                vpcs.append(vpc)
        if vpcs or conditional:
            yield HostedZone(item.origin, item.id, read.text(item, "Name"), tuple(vpcs), item.place)
            yield from conditional
