"""moto's EC2, made by calls, printed as the AWS CLI prints it, read, and compared with what was made.

The CLI prints the answer of a call as JSON, with times in ISO 8601.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from peerlint.inventory import read
from peerlint.limits import LIMITS
from peerlint.network.link import link
from peerlint.network.model import (
    AclEntry,
    CidrDestination,
    CidrPeer,
    Direction,
    GroupPeer,
    NetworkAcl,
    Permission,
    Route,
    RouteTable,
    SecurityGroup,
    Side,
    Subnet,
    TargetKind,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.values import Known

REGION = "eu-west-1"
COMMANDS = (
    "describe_vpcs",
    "describe_subnets",
    "describe_route_tables",
    "describe_vpc_peering_connections",
    "describe_security_groups",
    "describe_security_group_rules",
    "describe_network_acls",
    "describe_managed_prefix_lists",
)


@dataclass
class Made:
    """What was made, and the network that its inventory tells."""

    ids: dict[str, str]
    network: Network


def _printed(answer: dict[str, Any]) -> str:
    """An answer as the CLI prints it."""

    def plain(value: object) -> str:
        assert isinstance(value, datetime)
        return value.isoformat()

    return json.dumps({k: v for k, v in answer.items() if k != "ResponseMetadata"}, indent=4, default=plain)


def _make(ec2: Any) -> dict[str, str]:
    """Two VPCs, peered, with tables, groups, ACLs and a prefix list."""
    ids: dict[str, str] = {}
    for name, cidr in (("app", "10.0.0.0/16"), ("data", "10.1.0.0/16")):
        vpc = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        ids[name] = vpc
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": name}])
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr.replace("0.0/16", "1.0/24"), AvailabilityZone=f"{REGION}b")
        ids[f"{name} subnet"] = subnet["Subnet"]["SubnetId"]
        ids[f"{name} table"] = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=ids[f"{name} table"], SubnetId=ids[f"{name} subnet"])
        group = ec2.create_security_group(GroupName=f"{name} group", Description=name, VpcId=vpc)
        ids[f"{name} group"] = group["GroupId"]
    ec2.associate_vpc_cidr_block(VpcId=ids["data"], CidrBlock="10.2.0.0/20")
    ec2.associate_vpc_cidr_block(VpcId=ids["data"], AmazonProvidedIpv6CidrBlock=True)
    gone = ec2.associate_vpc_cidr_block(VpcId=ids["data"], CidrBlock="10.3.0.0/20")
    ec2.disassociate_vpc_cidr_block(AssociationId=gone["CidrBlockAssociation"]["AssociationId"])
    request = ec2.create_vpc_peering_connection(VpcId=ids["app"], PeerVpcId=ids["data"])
    ids["pcx"] = request["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=ids["pcx"])
    ec2.modify_vpc_peering_connection_options(
        VpcPeeringConnectionId=ids["pcx"], RequesterPeeringConnectionOptions={"AllowDnsResolutionFromRemoteVpc": True}
    )
    for name, cidr in (("app", "10.1.0.0/16"), ("data", "10.0.0.0/16")):
        ec2.create_route(
            RouteTableId=ids[f"{name} table"], DestinationCidrBlock=cidr, VpcPeeringConnectionId=ids["pcx"]
        )
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=ids["app"])
    ec2.create_route(RouteTableId=ids["app table"], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    sources: list[dict[str, Any]] = [
        {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5433, "IpRanges": [{"CidrIp": "10.0.0.0/16"}]},
        {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": ids["app group"]}]},
    ]
    ec2.authorize_security_group_ingress(GroupId=ids["data group"], IpPermissions=sources)
    ids["acl"] = ec2.create_network_acl(VpcId=ids["data"])["NetworkAcl"]["NetworkAclId"]
    ec2.create_network_acl_entry(
        NetworkAclId=ids["acl"],
        RuleNumber=110,
        Protocol="6",
        RuleAction="deny",
        Egress=True,
        CidrBlock="10.0.0.0/16",
        PortRange={"From": 22, "To": 23},
    )
    listed = ec2.create_managed_prefix_list(
        PrefixListName="peers", MaxEntries=5, AddressFamily="IPv4", Entries=[{"Cidr": "10.0.0.0/16"}]
    )
    ids["list"] = listed["PrefixList"]["PrefixListId"]
    ec2.modify_vpc_attribute(VpcId=ids["app"], EnableDnsHostnames={"Value": True})
    return ids


def _attributes(ec2: Any, vpc: str) -> Iterator[str]:
    for attribute in ("enableDnsSupport", "enableDnsHostnames"):
        yield _printed(ec2.describe_vpc_attribute(VpcId=vpc, Attribute=attribute))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder: Path = tmp_path_factory.mktemp("inventory")
    with mock_aws():
        ec2 = boto3.client("ec2", region_name=REGION, aws_access_key_id="-", aws_secret_access_key="-")
        ids = _make(ec2)
        answers = [_printed(getattr(ec2, command)()) for command in COMMANDS]
        answers += [text for name in ("app", "data") for text in _attributes(ec2, ids[name])]
        (folder / "all.json").write_text("\n".join(answers), encoding="utf-8")
        entries = _printed(ec2.get_managed_prefix_list_entries(PrefixListId=ids["list"]))
        (folder / f"{ids['list']}.json").write_text(entries, encoding="utf-8")
    fragment = read([str(path) for path in folder.iterdir()], LIMITS)
    assert fragment.problems == ()
    return Made(ids, link([fragment]))


def _vpc(made: Made, name: str) -> Vpc:
    (vpc,) = (vpc for vpc in made.network.all(Vpc) if vpc.id == Known(made.ids[name]))
    return vpc


def test_vpcs(made: Made) -> None:
    app, data = _vpc(made, "app"), _vpc(made, "data")
    assert [str(b.cidr.value) for b in app.blocks if isinstance(b.cidr, Known)] == ["10.0.0.0/16"]
    four = [str(b.cidr.value) for b in data.blocks if isinstance(b.cidr, Known) and b.version == 4]
    assert four == ["10.1.0.0/16", "10.2.0.0/20"]
    assert [b.version for b in data.blocks].count(6) == 1
    assert (app.name, data.name) == (Known("app"), Known("data"))
    assert app.place.region == Known(REGION)
    assert (app.dns_support, app.dns_hostnames) == (Known(True), Known(True))
    assert (data.dns_support, data.dns_hostnames) == (Known(True), Known(False))
    assert [vpc.is_default for vpc in made.network.all(Vpc)].count(True) == 1


def test_subnets_and_tables(made: Made) -> None:
    (subnet,) = (s for s in made.network.all(Subnet) if s.id == Known(made.ids["app subnet"]))
    assert subnet.vpc == Known(made.ids["app"])
    assert subnet.zone == Known(f"{REGION}b")
    tables = made.network.tables.of(_vpc(made, "app"))
    assert tables.closed
    assert {table.is_main for table in tables} == {True, False}
    table = made.network.tables.by_id(Known(made.ids["app table"]))
    assert isinstance(table, RouteTable)
    assert [a.subnet for a in made.network.tables.associations(table)] == [Known(made.ids["app subnet"])]


def test_routes(made: Made) -> None:
    routes = [route for route in made.network.all(Route) if route.table == Known(made.ids["app table"])]
    found = {
        str(route.destination.cidr.value): (route.target.kind, route.target.id)
        for route in routes
        if isinstance(route.destination, CidrDestination) and isinstance(route.destination.cidr, Known)
    }
    assert found["10.1.0.0/16"] == (TargetKind.PEERING, Known(made.ids["pcx"]))
    assert found["10.0.0.0/16"][0] is TargetKind.LOCAL
    assert found["0.0.0.0/0"][0] is TargetKind.INTERNET
    assert len(found) == len(routes) == 3


def test_the_connection(made: Made) -> None:
    (peering,) = made.network.peerings.observed
    assert (peering.id, peering.vpc, peering.peer_vpc) == tuple(Known(made.ids[n]) for n in ("pcx", "app", "data"))
    assert peering.accepted
    assert peering.shown is not None
    assert {option.side: option.value for option in peering.shown.dns}[Side.REQUESTER] == Known(True)
    assert peering.origin.presence.doubt is None


def test_groups(made: Made) -> None:
    (group,) = (g for g in made.network.all(SecurityGroup) if g.id == Known(made.ids["data group"]))
    assert (group.vpc, group.name) == (Known(made.ids["data"]), Known("data group"))
    permissions = made.network.groups.permissions(group)
    assert permissions.closed
    ingress = [p for p in permissions if p.direction is Direction.INGRESS]
    by_block, by_group = sorted(ingress, key=lambda p: isinstance(p.peers[0], GroupPeer))
    assert (by_block.protocol, by_block.from_port, by_block.to_port) == (Known("tcp"), Known(5432), Known(5433))
    assert isinstance(by_block.peers[0], CidrPeer)
    assert isinstance(by_block.peers[0].cidr, Known)
    assert str(by_block.peers[0].cidr.value) == "10.0.0.0/16"
    assert isinstance(by_group.peers[0], GroupPeer)
    assert by_group.peers[0].group == Known(made.ids["app group"])
    assert len([p for p in made.network.all(Permission) if p.group == group.id]) == len(permissions.items)


def test_acls(made: Made) -> None:
    (acl,) = (a for a in made.network.all(NetworkAcl) if a.id == Known(made.ids["acl"]))
    assert acl.vpc == Known(made.ids["data"])
    (entry,) = (e for e in made.network.all(AclEntry) if e.acl == acl.id and e.number == Known(110))
    assert (entry.direction, entry.allow, entry.protocol) == (Direction.EGRESS, Known(False), Known("6"))
    assert (entry.from_port, entry.to_port) == (Known(22), Known(23))
    covered = {subnet for a in made.network.all(NetworkAcl) for subnet in a.subnets}
    assert {Known(made.ids["app subnet"]), Known(made.ids["data subnet"])} <= covered


def test_prefix_lists(made: Made) -> None:
    entries = made.network.prefix_lists.entries(Known(made.ids["list"]))
    assert entries.closed
    assert [str(entry.cidr.value) for entry in entries if isinstance(entry.cidr, Known)] == ["10.0.0.0/16"]
