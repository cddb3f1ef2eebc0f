"""Peering connections."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.item import Stack
from peerlint.network.model import Entity, Peering


def peerings(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::VPCPeeringConnection``.

    It has no property for the DNS options and none that accepts: a request inside one account is accepted by the
    service, one to another account by the role that PeerRoleArn names
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcpeeringconnection.html).
    """
    for item in stack.of_type("AWS::EC2::VPCPeeringConnection"):
        yield Peering(
            origin=item.origin,
            id=item.id,
            vpc=read.required(item, "VpcId", read.reference(item, "VpcId")),
            peer_vpc=read.required(item, "PeerVpcId", read.reference(item, "PeerVpcId")),
            place=item.place,
            peer_owner=read.reference(item, "PeerOwnerId"),
            peer_region=read.reference(item, "PeerRegion"),
            peer_role=read.reference(item, "PeerRoleArn"),
            service_accepts=True,
        )
