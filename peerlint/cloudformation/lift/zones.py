"""Private hosted zones."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.item import Stack
from peerlint.network.model import Entity, HostedZone
from peerlint.network.values import Unknown, Written


def zones(stack: Stack) -> Iterator[Entity]:
    """``AWS::Route53::HostedZone``: a zone that names VPCs is private."""
    for item in stack.of_type("AWS::Route53::HostedZone"):
        vpcs: list[Written[str]] = []
        for element in item.elements("VPCs"):
            vpc = element if isinstance(element, Unknown) else read.reference(element, "VPCId")
            if vpc is not None:
                vpcs.append(vpc)
        if vpcs:
            yield HostedZone(item.origin, item.id, read.text(item, "Name"), tuple(vpcs), item.place)
