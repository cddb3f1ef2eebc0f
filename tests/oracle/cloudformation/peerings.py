"""Peerings, whose other side may be in another Region or account."""

from __future__ import annotations

from collections.abc import Mapping

from moto.ec2.models import ec2_backends

from tests.oracle.cloudformation.client import Place
from tests.oracle.cloudformation.types import Made, PlacedMaker, Properties, only


def peering(place: Place, name: str, properties: Properties) -> Made:
    """``AWS::EC2::VPCPeeringConnection``; a peer of which the template only has the id is there."""
    _ensure(properties["VpcId"], place)
    peer = Place(properties.get("PeerRegion", place.region), properties.get("PeerOwnerId", place.account))
    _ensure(properties["PeerVpcId"], peer)
    told = only(properties, "VpcId", "PeerVpcId", "PeerOwnerId", "PeerRegion")
    made = place.client("ec2").create_vpc_peering_connection(**told)["VpcPeeringConnection"]
    id = made["VpcPeeringConnectionId"]
    return Made(id, {"Id": lambda: id})


def _ensure(id: str, place: Place) -> None:
    """Make a VPC with an id that a template has."""
    backend = ec2_backends[place.account][place.region]
    if id not in backend.vpcs:
        made = backend.create_vpc("10.255.0.0/16")
        backend.vpcs[id] = backend.vpcs.pop(made.id)
        made.id = id


MAKERS: Mapping[str, PlacedMaker] = {"AWS::EC2::VPCPeeringConnection": peering}
