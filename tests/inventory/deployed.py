"""The inventory that an account would have once the code of a network is deployed, as the AWS CLI prints it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from peerlint.network.handles import handle
from peerlint.network.model import (
    CidrDestination,
    Peering,
    Place,
    Route,
    RouteTable,
    Side,
    Subnet,
    SubnetAssociation,
    TargetKind,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.values import Known, Value

OWNER = "111122223333"
REGION = "eu-west-1"


def real_id(prefix: str, id: Value[str]) -> str:
    """The id that a thing has: the one that is written, or one that is made up for its identity."""
    if isinstance(id, Known):
        return id.value
    return f"{prefix}-{hashlib.sha256(repr(handle(id)).encode()).hexdigest()[:17]}"


def printed(network: Network) -> str:
    """What the ``describe-…`` commands print, one document after the other."""
    vpcs = [vpc for vpc in network.all(Vpc) if not vpc.outside]
    documents = (
        {"Vpcs": [_vpc(network, vpc) for vpc in vpcs]},
        {"Subnets": list(_subnets(network))},
        {"RouteTables": list(_tables(network, vpcs))},
        {"VpcPeeringConnections": [_peering(network, peering) for peering in network.peerings.declared]},
    )
    return "\n".join(json.dumps(document, indent=4) for document in documents)


def _place(place: Place) -> tuple[str, str]:
    region = place.region.value if isinstance(place.region, Known) else REGION
    return region, place.account.value if isinstance(place.account, Known) else OWNER


def _cidrs(network: Network, vpc: Vpc) -> list[str]:
    known = [str(b.cidr.value) for b in network.vpcs.blocks(vpc) if isinstance(b.cidr, Known) and b.version == 4]
    return known or ["10.255.0.0/16"]


def _vpc(network: Network, vpc: Vpc) -> dict[str, Any]:
    cidrs = _cidrs(network, vpc)
    name = vpc.name.value if isinstance(vpc.name, Known) else "main"
    return {
        "VpcId": real_id("vpc", vpc.id),
        "CidrBlock": cidrs[0],
        "CidrBlockAssociationSet": [
            {"CidrBlock": cidr, "CidrBlockState": {"State": "associated"}} for cidr in dict.fromkeys(cidrs)
        ],
        "IsDefault": vpc.is_default,
        "OwnerId": _place(vpc.place)[1],
        "Tags": [{"Key": "Name", "Value": name}],
    }


def _subnets(network: Network) -> Iterator[dict[str, Any]]:
    """Those that are declared, and one for each VPC whose subnets the code leaves to others."""
    for subnet in network.all(Subnet):
        if not subnet.outside:
            yield _subnet(network, real_id("subnet", subnet.id), network.vpcs.by_id(subnet.vpc, subnet.origin))
    for vpc in network.all(Vpc):
        if not vpc.outside:
            yield _subnet(network, real_id("subnet", vpc.id), vpc)


def _subnet(network: Network, id: str, vpc: Vpc) -> dict[str, Any]:
    region, owner = _place(vpc.place)
    return {
        "SubnetId": id,
        "VpcId": real_id("vpc", vpc.id),
        "CidrBlock": _cidrs(network, vpc)[0],
        "AvailabilityZone": f"{region}a",
        "OwnerId": owner,
        "SubnetArn": f"arn:aws:ec2:{region}:{owner}:subnet/{id}",
    }


def _tables(network: Network, vpcs: list[Vpc]) -> Iterator[dict[str, Any]]:
    tables = {handle(table.id): table for table in network.all(RouteTable) if not table.outside}
    mains = {handle(table.vpc) for table in tables.values() if table.is_main or table.is_default}
    for table in tables.values():
        vpc = network.vpcs.by_id(table.vpc, table.origin)
        yield _table(network, real_id("rtb", table.id), vpc, table)
    for vpc in vpcs:
        if handle(vpc.id) not in mains:
            yield _table(network, real_id("rtb", vpc.id), vpc, None)


def _table(network: Network, id: str, vpc: Vpc, table: RouteTable | None) -> dict[str, Any]:
    associations = network.tables.associations(table) if table is not None else ()
    main = table is None or table.is_main or table.is_default
    routes = network.routes.of(table).items if table is not None else ()
    return {
        "RouteTableId": id,
        "VpcId": real_id("vpc", vpc.id),
        "OwnerId": _place(vpc.place)[1],
        "Routes": [
            {"DestinationCidrBlock": _cidrs(network, vpc)[0], "GatewayId": "local", "State": "active"},
            *(route for route in map(_route, routes) if route is not None),
        ],
        "Associations": [*([{"Main": True}] if main else []), *map(_association, associations)],
    }


def _association(association: SubnetAssociation) -> dict[str, Any]:
    return {"Main": False, "SubnetId": real_id("subnet", association.subnet)}


def _route(route: Route) -> dict[str, Any] | None:
    destination = route.destination
    if not isinstance(destination, CidrDestination) or not isinstance(destination.cidr, Known):
        return None
    member = "DestinationCidrBlock" if destination.cidr.value.version == 4 else "DestinationIpv6CidrBlock"
    if route.target.kind is TargetKind.PEERING:
        target = {"VpcPeeringConnectionId": real_id("pcx", route.target.id)}
    else:
        target = {"GatewayId": real_id("igw", route.target.id)}
    return {member: str(destination.cidr.value), **target, "State": "active"}


def _peering(network: Network, peering: Peering) -> dict[str, Any]:
    requester, accepter = (_end(network, peering, side) for side in Side)
    return {
        "VpcPeeringConnectionId": real_id("pcx", peering.id),
        "RequesterVpcInfo": requester,
        "AccepterVpcInfo": accepter,
        "Status": {"Code": "active", "Message": "Active"},
    }


def _end(network: Network, peering: Peering, side: Side) -> dict[str, Any]:
    end = network.peerings.end(peering, side)
    region, owner = _place(end.place)
    if end.vpc.outside and not any(isinstance(block.cidr, Known) for block in end.vpc.blocks):
        return {"VpcId": real_id("vpc", end.vpc.id)}
    cidrs = _cidrs(network, end.vpc)
    return {
        "VpcId": real_id("vpc", end.vpc.id),
        "OwnerId": owner,
        "Region": region,
        "CidrBlock": cidrs[0],
        "CidrBlockSet": [{"CidrBlock": cidr} for cidr in cidrs],
        "PeeringOptions": {"AllowDnsResolutionFromRemoteVpc": False},
    }
