"""Routes, as EC2 takes them: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html."""

from __future__ import annotations

from collections.abc import Mapping

from moto.ec2.models import ec2_backends

from tests.oracle.cloudformation.client import Place
from tests.oracle.cloudformation.types import Made, PlacedMaker, Properties, UnsupportedError, canonical, only

_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
_PREFIXES: Mapping[str, tuple[str, ...]] = {
    "GatewayId": ("igw-", "vgw-", "vpce-"),
    "NatGatewayId": ("nat-",),
    "TransitGatewayId": ("tgw-",),
}
"""What the ids begin with that an argument takes: for another, moto makes a route without a target."""

_TARGETS = (*_PREFIXES, "NetworkInterfaceId", "EgressOnlyInternetGatewayId", "VpcPeeringConnectionId")


def route(place: Place, name: str, properties: Properties) -> Made:
    """``AWS::EC2::Route``: a peering connection may stand as a gateway, and a block is kept by its network's address.

    A transit gateway of which the template only has the id is there.
    """
    told = only(properties, "RouteTableId", *_DESTINATIONS, *_TARGETS)
    if len(told.keys() & set(_DESTINATIONS)) != 1:  # moto takes one of them
        raise UnsupportedError("a route has one destination")
    for key in told.keys() & {"DestinationCidrBlock", "DestinationIpv6CidrBlock"}:
        told[key] = canonical(told[key])
    if told.get("GatewayId", "").startswith("pcx-"):
        told["VpcPeeringConnectionId"] = told.pop("GatewayId")
    for key in told.keys() & _PREFIXES.keys():
        if not told[key].startswith(_PREFIXES[key]):
            raise UnsupportedError(f"{told[key][:4]} is no id for {key}")
    if "TransitGatewayId" in told:
        _ensure(told["TransitGatewayId"], place)
    place.client("ec2").create_route(**told)
    return Made(f"{name}-route")


def _ensure(id: str, place: Place) -> None:
    """Make a transit gateway with an id that a template has."""
    backend = ec2_backends[place.account][place.region]
    if id not in backend.transit_gateways:
        made = backend.create_transit_gateway(description="given")
        backend.transit_gateways[id] = backend.transit_gateways.pop(made.id)
        made.id = id


MAKERS: Mapping[str, PlacedMaker] = {"AWS::EC2::Route": route}
