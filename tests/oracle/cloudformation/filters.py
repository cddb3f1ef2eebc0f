"""Security groups and network ACLs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.oracle.cloudformation.types import Made, Maker, Properties, canonical, elements, only, true


def group(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::SecurityGroup``: the rule that lets everything out stays unless egress rules are listed."""
    id = ec2.create_security_group(
        GroupName=properties.get("GroupName", name),
        Description=properties.get("GroupDescription", name),
        **only(properties, "VpcId"),
    )["GroupId"]
    for rule in elements(properties, "SecurityGroupIngress"):
        ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=[permission(rule, "Source")])
    egress = elements(properties, "SecurityGroupEgress")
    own = ec2.describe_security_groups(GroupIds=[id])["SecurityGroups"][0]["IpPermissionsEgress"]
    if egress:
        ec2.revoke_security_group_egress(GroupId=id, IpPermissions=own)
    elif not any(rule.get("Ipv6Ranges") for rule in own):  # everything out, which moto may have by IPv4 only
        everywhere = {"IpProtocol": "-1", "CidrIpv6": "::/0"}
        ec2.authorize_security_group_egress(GroupId=id, IpPermissions=[permission(everywhere, "Destination")])
    for rule in egress:
        ec2.authorize_security_group_egress(GroupId=id, IpPermissions=[permission(rule, "Destination")])
    return Made(id, {"GroupId": lambda: id, "Id": lambda: id, "VpcId": lambda: properties.get("VpcId")})


def ingress(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::SecurityGroupIngress``."""
    ec2.authorize_security_group_ingress(
        GroupId=properties["GroupId"], IpPermissions=[permission(properties, "Source")]
    )
    return Made(f"{name}-ingress")


def egress(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::SecurityGroupEgress``."""
    ec2.authorize_security_group_egress(
        GroupId=properties["GroupId"], IpPermissions=[permission(properties, "Destination")]
    )
    return Made(f"{name}-egress")


def permission(rule: Properties, side: str) -> dict[str, Any]:
    """A rule as the EC2 API keeps it, which is by the network's address of a block.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
    """
    told: dict[str, Any] = {"IpProtocol": str(rule["IpProtocol"])}
    told.update({name: int(rule[name]) for name in ("FromPort", "ToPort") if name in rule})
    if "CidrIp" in rule:
        told["IpRanges"] = [{"CidrIp": canonical(rule["CidrIp"])}]
    if "CidrIpv6" in rule:
        told["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"]}]
    if f"{side}PrefixListId" in rule:
        told["PrefixListIds"] = [{"PrefixListId": rule[f"{side}PrefixListId"]}]
    if f"{side}SecurityGroupId" in rule:
        pair = {"GroupId": rule[f"{side}SecurityGroupId"]}
        if f"{side}SecurityGroupOwnerId" in rule:
            pair["UserId"] = rule[f"{side}SecurityGroupOwnerId"]
        told["UserIdGroupPairs"] = [pair]
    return told


def acl(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::NetworkAcl``."""
    id = ec2.create_network_acl(VpcId=properties["VpcId"])["NetworkAcl"]["NetworkAclId"]
    return Made(id, {"Id": lambda: id})


def acl_entry(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::NetworkAclEntry``."""
    told = only(properties, "NetworkAclId", "CidrBlock", "Ipv6CidrBlock", "RuleAction")
    if "CidrBlock" in told:
        told["CidrBlock"] = canonical(told["CidrBlock"])
    told["RuleNumber"] = int(properties["RuleNumber"])
    told["Protocol"] = str(properties["Protocol"])
    told["Egress"] = true(properties.get("Egress", False))
    if "PortRange" in properties:
        told["PortRange"] = {end: int(port) for end, port in properties["PortRange"].items()}
    if "Icmp" in properties:
        told["IcmpTypeCode"] = {part: int(value) for part, value in properties["Icmp"].items()}
    ec2.create_network_acl_entry(**told)
    return Made(f"{name}-entry")


def acl_association(ec2: Any, name: str, properties: Properties) -> Made:
    """``AWS::EC2::SubnetNetworkAclAssociation``."""
    subnet = properties["SubnetId"]
    (now,) = ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])["NetworkAcls"]
    (association,) = (a["NetworkAclAssociationId"] for a in now["Associations"] if a["SubnetId"] == subnet)
    made = ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=properties["NetworkAclId"])
    return Made(made["NewAssociationId"])


MAKERS: Mapping[str, Maker] = {
    "AWS::EC2::SecurityGroup": group,
    "AWS::EC2::SecurityGroupIngress": ingress,
    "AWS::EC2::SecurityGroupEgress": egress,
    "AWS::EC2::NetworkAcl": acl,
    "AWS::EC2::NetworkAclEntry": acl_entry,
    "AWS::EC2::SubnetNetworkAclAssociation": acl_association,
}
