"""Resource types for moto's CloudFormation engine, made through the EC2 API.

moto's engine reads the template: functions, conditions, references, the order of creation. Its own versions of these
types are missing (network ACLs, egress rules, secondary blocks, prefix lists) or drop properties (the DNS attributes of
a VPC, IPv6 routes, the Region of a peer), so each is made here by the calls that
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_EC2.html names for its properties.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any, TypeAlias

from tests.oracle.cloudformation.client import Place

Properties: TypeAlias = Mapping[str, Any]
Attributes: TypeAlias = Mapping[str, Callable[[], object]]


@dataclass
class Made:
    """A resource: its physical id, and what its attributes return."""

    id: str
    attributes: Attributes = field(default_factory=dict)


PlacedMaker: TypeAlias = Callable[[Place, str, Properties], Made]
"""Makes a resource in a place with a name of its own, and its properties."""


class UnsupportedError(Exception):
    """What moto's EC2 does not have."""


Maker: TypeAlias = Callable[[Any, str, Properties], Made]
"""Makes a resource with a client of EC2, where that is all it takes."""


def true(value: object) -> bool:
    """A boolean property, which a template may write as a text."""
    return str(value).lower() == "true"


def tags(kind: str, properties: Properties) -> list[dict[str, object]]:
    """The tags of a resource, for the call that makes it."""
    written = elements(properties, "Tags")
    return [{"ResourceType": kind, "Tags": written}] if written else []


def only(properties: Properties, *names: str) -> dict[str, Any]:
    """The properties that are written, out of some."""
    return {name: properties[name] for name in names if name in properties}


def elements(properties: Properties, name: str) -> list[Any]:
    """The elements of a property that is a list, without those that are ``AWS::NoValue``."""
    return [element for element in properties.get(name, ()) if element is not None]


def canonical(block: str) -> str:
    """A block with its network's address, which EC2 keeps in place of another (moto keeps what is written).

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html
    """
    return str(ip_network(block, strict=False)) if ":" not in block else block


def vpc(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::VPC``."""
    if "CidrBlock" not in properties:
        raise UnsupportedError("moto has no pools of addresses")
    block = canonical(properties["CidrBlock"])
    id = ec2.create_vpc(CidrBlock=block, TagSpecifications=tags("vpc", properties))["Vpc"]["VpcId"]
    for attribute in ("EnableDnsSupport", "EnableDnsHostnames"):
        if attribute in properties:
            ec2.modify_vpc_attribute(VpcId=id, **{attribute: {"Value": true(properties[attribute])}})
    mine = [{"Name": "vpc-id", "Values": [id]}]

    def group() -> object:
        found = ec2.describe_security_groups(Filters=[*mine, {"Name": "group-name", "Values": ["default"]}])
        return found["SecurityGroups"][0]["GroupId"]

    def acl() -> object:
        found = ec2.describe_network_acls(Filters=[*mine, {"Name": "default", "Values": ["true"]}])
        return found["NetworkAcls"][0]["NetworkAclId"]

    def ipv6() -> object:
        found = ec2.describe_vpcs(VpcIds=[id])["Vpcs"][0].get("Ipv6CidrBlockAssociationSet", [])
        return [block["Ipv6CidrBlock"] for block in found]

    return Made(
        id,
        {
            "VpcId": lambda: id,
            "CidrBlock": lambda: block,
            "DefaultSecurityGroup": group,
            "DefaultNetworkAcl": acl,
            "Ipv6CidrBlocks": ipv6,
        },
    )


def subnet(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::Subnet``."""
    made = ec2.create_subnet(**only(properties, "VpcId", "CidrBlock", "AvailabilityZone"))["Subnet"]
    id = made["SubnetId"]
    return Made(
        id,
        {
            "SubnetId": lambda: id,
            "VpcId": lambda: properties["VpcId"],
            "CidrBlock": lambda: properties["CidrBlock"],
            "AvailabilityZone": lambda: made["AvailabilityZone"],
        },
    )


def route_table(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::RouteTable``."""
    id = ec2.create_route_table(VpcId=properties["VpcId"])["RouteTable"]["RouteTableId"]
    return Made(id, {"RouteTableId": lambda: id})


def attachment(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::VPCGatewayAttachment``."""
    if "InternetGatewayId" in properties:
        ec2.attach_internet_gateway(**only(properties, "VpcId", "InternetGatewayId"))
    if "VpnGatewayId" in properties:
        ec2.attach_vpn_gateway(**only(properties, "VpcId", "VpnGatewayId"))
    return Made(f"{name}-attachment")


def vpc_cidr_block(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::VPCCidrBlock``."""
    amazon = true(properties.get("AmazonProvidedIpv6CidrBlock", False))
    if not amazon and "CidrBlock" not in properties:
        raise UnsupportedError("moto has no pools of addresses")
    told = {"AmazonProvidedIpv6CidrBlock": True} if amazon else {"CidrBlock": canonical(properties["CidrBlock"])}
    made = ec2.associate_vpc_cidr_block(VpcId=properties["VpcId"], **told)
    block = made.get("CidrBlockAssociation") or made.get("Ipv6CidrBlockAssociation")
    return Made(block["AssociationId"])


def association(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::SubnetRouteTableAssociation``."""
    made = ec2.associate_route_table(RouteTableId=properties["RouteTableId"], SubnetId=properties["SubnetId"])
    return Made(made["AssociationId"])


def nat_gateway(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::NatGateway``."""
    id = ec2.create_nat_gateway(**only(properties, "SubnetId", "AllocationId", "ConnectivityType"))["NatGateway"][
        "NatGatewayId"
    ]
    return Made(id, {"NatGatewayId": lambda: id})


def customer_gateway(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::CustomerGateway``."""
    made = ec2.create_customer_gateway(
        BgpAsn=int(properties["BgpAsn"]), PublicIp=properties["IpAddress"], Type=properties["Type"]
    )
    return Made(made["CustomerGateway"]["CustomerGatewayId"])


def vpn_connection(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::VPNConnection``."""
    made = ec2.create_vpn_connection(**only(properties, "Type", "CustomerGatewayId", "VpnGatewayId"))
    return Made(made["VpnConnection"]["VpnConnectionId"])


def transit_gateway(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::TransitGateway``."""
    id = ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    return Made(id, {"Id": lambda: id})


def nothing(ec2: Any, name: str, properties: Properties) -> Made:
    """A type of which no fact is compared: nothing is made, and no code is run."""
    return Made(f"{name}-nothing", {"Arn": lambda: f"arn:aws:none:::{name}"})


def egress_only_gateway(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::EgressOnlyInternetGateway``."""
    made = ec2.create_egress_only_internet_gateway(VpcId=properties["VpcId"])
    id = made["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
    return Made(id, {"Id": lambda: id})


def prefix_list(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::PrefixList``."""
    made = ec2.create_managed_prefix_list(
        PrefixListName=properties["PrefixListName"],
        AddressFamily=properties["AddressFamily"],
        MaxEntries=int(properties.get("MaxEntries", 10)),
        Entries=properties.get("Entries", []),
    )["PrefixList"]
    id = made["PrefixListId"]
    return Made(id, {"PrefixListId": lambda: id})


MAKERS: Mapping[str, Maker] = {
    "AWS::EC2::VPC": vpc,
    "AWS::EC2::VPCCidrBlock": vpc_cidr_block,
    "AWS::EC2::Subnet": subnet,
    "AWS::EC2::RouteTable": route_table,
    "AWS::EC2::VPCGatewayAttachment": attachment,
    "AWS::EC2::NatGateway": nat_gateway,
    "AWS::EC2::TransitGateway": transit_gateway,
    "AWS::EC2::CustomerGateway": customer_gateway,
    "AWS::EC2::VPNConnection": vpn_connection,
    "AWS::EC2::VPNConnectionRoute": nothing,
    "AWS::EC2::SecurityGroupVpcAssociation": nothing,
    "AWS::EC2::TransitGatewayVpcAttachment": nothing,
    "AWS::EKS::Cluster": nothing,
    "AWS::IAM::Policy": nothing,
    "AWS::IAM::Role": nothing,
    "AWS::Lambda::Function": nothing,
    "AWS::Route53Profiles::Profile": nothing,
    "AWS::Route53Profiles::ProfileAssociation": nothing,
    "AWS::Route53Profiles::ProfileResourceAssociation": nothing,
    "AWS::Route53Resolver::ResolverRule": nothing,
    "AWS::Route53Resolver::ResolverRuleAssociation": nothing,
    "AWS::EC2::SubnetRouteTableAssociation": association,
    "AWS::EC2::EgressOnlyInternetGateway": egress_only_gateway,
    "AWS::EC2::PrefixList": prefix_list,
}
