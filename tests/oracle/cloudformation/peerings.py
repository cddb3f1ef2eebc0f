"""Peerings, whose other side may be in another Region or account, and the options that custom resources set."""

from __future__ import annotations

import json
from collections.abc import Mapping

from moto.ec2.models import ec2_backends

from tests.oracle.cloudformation.client import Place
from tests.oracle.cloudformation.types import Made, PlacedMaker, Properties, only, true


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


def custom(place: Place, name: str, properties: Properties) -> Made:
    """A custom resource: where it has the parameters of ModifyVpcPeeringConnectionOptions, this call is made."""
    said = json.loads(properties["Create"]) if isinstance(properties.get("Create"), str) else properties
    told = said.get("parameters") or said.get("Parameters") or said
    sides = {
        side: {option: true(value) for option, value in told[side].items()}
        for side in ("RequesterPeeringConnectionOptions", "AccepterPeeringConnectionOptions")
        if side in told
    }
    if sides:
        id = told["VpcPeeringConnectionId"]
        place.client("ec2").modify_vpc_peering_connection_options(VpcPeeringConnectionId=id, **sides)
    return Made(f"{name}-custom")


CUSTOM = "Custom::"
MAKERS: Mapping[str, PlacedMaker] = {"AWS::EC2::VPCPeeringConnection": peering, CUSTOM: custom}
