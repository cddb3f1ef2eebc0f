"""What the EC2 API says of the resources that a stack has made, as facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from tests.oracle.cloudformation.client import Place
from tests.oracle.cloudformation.service import Stack

Fact: TypeAlias = tuple[str, ...]
"""What is told, of what, and the values: ``("route", "Table", "10.0.0.0/16", "VPC peering connection", "Pcx")``.

A resource is called by its stack and logical id, everything else by what it is; ``*`` stands for all protocols or
ports. What AWS puts into a default group or ACL by itself is left out.
"""

_TARGETS = {
    "VpcPeeringConnectionId": "VPC peering connection",
    "NatGatewayId": "NAT gateway",
    "TransitGatewayId": "transit gateway",
    "EgressOnlyInternetGatewayId": "egress-only internet gateway",
    "NetworkInterfaceId": "network interface",
}
_GATEWAYS = {"igw-": "internet gateway", "vgw-": "virtual private gateway"}


def described(stacks: Sequence[Stack], invented: Mapping[str, str]) -> set[Fact]:
    """Every fact about the resources of stacks. ``invented`` tells what values stand for that no stack has made."""
    names = _Names(stacks, invented)
    found = [_Description(place, names) for place in sorted({place for stack in stacks for place in stack.places})]
    return {fact for each in found for part in each.parts() for fact in part()}


class _Names:
    """What resources are called: by the stack's logical ids, or as the default group or ACL of one of its VPCs."""

    def __init__(self, stacks: Sequence[Stack], invented: Mapping[str, str]) -> None:
        self._names = {id: name for stack in stacks for id, name in stack.resources.items()}
        self._invented = invented

    def __call__(self, id: str) -> str:
        return self._names.get(id) or self._invented.get(id, id)

    def __contains__(self, id: str) -> bool:
        return id in self._names

    def add(self, id: str, name: str) -> None:
        self._names.setdefault(id, name)


class _Description:
    def __init__(self, place: Place, names: _Names) -> None:
        self._ec2 = place.client("ec2")
        self._place = place
        self._names = names
        self._groups = self._ec2.describe_security_groups()
        self._acls = self._ec2.describe_network_acls()
        self._vpcs = self._ec2.describe_vpcs()
        for group in self._groups["SecurityGroups"]:
            if group["GroupName"] == "default" and group["VpcId"] in names:
                names.add(group["GroupId"], f"{names(group['VpcId'])}.DefaultSecurityGroup")
        for acl in self._acls["NetworkAcls"]:
            if acl["IsDefault"] and acl["VpcId"] in names:
                names.add(acl["NetworkAclId"], f"{names(acl['VpcId'])}.DefaultNetworkAcl")
        for vpc in self._vpcs["Vpcs"]:
            for block in vpc.get("Ipv6CidrBlockAssociationSet", []):
                names.add(block["Ipv6CidrBlock"], f"{names(block['AssociationId'])}.Ipv6CidrBlock")

    def parts(self) -> Sequence[Callable[[], Iterator[Fact]]]:
        """Each kind of facts."""
        return (
            self.vpcs,
            self.subnets,
            self.tables,
            self.groups,
            self.acls,
            self.peerings,
            self.prefix_lists,
            self.exports,
            self.parameters,
        )

    def exports(self) -> Iterator[Fact]:
        for export in self._place.client("cloudformation").list_exports()["Exports"]:
            yield "export", self._place.region, export["Name"], self._names(export["Value"])

    def parameters(self) -> Iterator[Fact]:
        pages = self._place.client("ssm").get_paginator("get_parameters_by_path").paginate(Path="/", Recursive=True)
        for entry in (entry for page in pages for entry in page["Parameters"]):
            if self._names(entry["Value"]) != f"ssm:{entry['Name']}":
                yield "parameter", self._place.region, entry["Name"], self._names(entry["Value"])

    def _own(self, things: Mapping[str, Any], kind: str, id: str) -> Iterator[tuple[str, Any]]:
        for thing in things[kind]:
            if thing[id] in self._names:
                yield self._names(thing[id]), thing

    def vpcs(self) -> Iterator[Fact]:
        for name, vpc in self._own(self._vpcs, "Vpcs", "VpcId"):
            for block in vpc["CidrBlockAssociationSet"]:
                yield "block", name, block["CidrBlock"]
            for block in vpc.get("Ipv6CidrBlockAssociationSet", []):
                yield "block", name, self._names(block["Ipv6CidrBlock"])
            for attribute in ("enableDnsSupport", "enableDnsHostnames"):
                told = self._ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute=attribute)
                yield attribute, name, str(told[f"E{attribute[1:]}"]["Value"])
            for tag in vpc.get("Tags", []):
                if tag["Key"] == "Name":
                    yield "name", name, tag["Value"]

    def subnets(self) -> Iterator[Fact]:
        for name, subnet in self._own(self._ec2.describe_subnets(), "Subnets", "SubnetId"):
            yield "subnet", name, self._names(subnet["VpcId"]), subnet["CidrBlock"]

    def tables(self) -> Iterator[Fact]:
        for table in self._ec2.describe_route_tables()["RouteTables"]:
            name = self._names(table["RouteTableId"])
            if table["RouteTableId"] in self._names:
                yield "table", name, self._names(table["VpcId"])
                for association in table["Associations"]:
                    yield "association", name, self._names(association["SubnetId"])
            for route in table["Routes"]:
                if route.get("GatewayId") != "local":
                    yield "route", name, _destination(route, self._names), *self._target(route)

    def _target(self, route: Mapping[str, str]) -> tuple[str, str]:
        gateway = route.get("GatewayId")
        if gateway is not None:
            return _GATEWAYS[gateway[:4]], self._names(gateway)
        key = next(key for key in _TARGETS if key in route)
        return _TARGETS[key], self._names(route[key])

    def groups(self) -> Iterator[Fact]:
        for name, group in self._own(self._groups, "SecurityGroups", "GroupId"):
            is_default = group["GroupName"] == "default"
            if not is_default:
                yield "group", name, self._names(group["VpcId"])
            for direction, key in (("ingress", "IpPermissions"), ("egress", "IpPermissionsEgress")):
                for rule in group[key]:
                    if is_default and rule["IpProtocol"] == "-1":
                        continue
                    ports = str(rule.get("FromPort", "*")), str(rule.get("ToPort", "*"))
                    protocol = "*" if rule["IpProtocol"] == "-1" else rule["IpProtocol"]
                    if protocol == "*":
                        ports = "*", "*"
                    for peer in _peers(rule, self._names):
                        yield "permission", name, direction, protocol, *ports, peer

    def acls(self) -> Iterator[Fact]:
        for name, acl in self._own(self._acls, "NetworkAcls", "NetworkAclId"):
            if not acl["IsDefault"]:
                yield "acl", name, self._names(acl["VpcId"])
                for association in acl["Associations"]:
                    yield "acl association", name, self._names(association["SubnetId"])
            for entry in acl["Entries"]:
                if not (acl["IsDefault"] and str(entry["Protocol"]) == "-1"):
                    yield "entry", name, *_entry(entry)

    def peerings(self) -> Iterator[Fact]:
        found = self._ec2.describe_vpc_peering_connections()
        for name, peering in self._own(found, "VpcPeeringConnections", "VpcPeeringConnectionId"):
            requester, accepter = peering["RequesterVpcInfo"], peering["AccepterVpcInfo"]
            yield "peering", name, self._names(requester["VpcId"]), self._names(accepter["VpcId"])
            yield "peer Region", name, accepter["Region"]
            yield "peer account", name, accepter["OwnerId"]
            for side, of in (("requester", requester), ("accepter", accepter)):
                if of.get("PeeringOptions", {}).get("AllowDnsResolutionFromRemoteVpc"):
                    yield "DNS", name, side

    def prefix_lists(self) -> Iterator[Fact]:
        found = self._ec2.describe_managed_prefix_lists()
        for name, prefix_list in self._own(found, "PrefixLists", "PrefixListId"):
            entries = self._ec2.get_managed_prefix_list_entries(PrefixListId=prefix_list["PrefixListId"])["Entries"]
            for entry in entries:
                yield "prefix", name, entry["Cidr"]


def _destination(route: Mapping[str, str], names: Callable[[str], str]) -> str:
    keys = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
    return names(next(route[key] for key in keys if route.get(key)))


def _peers(rule: Mapping[str, Any], names: Callable[[str], str]) -> Iterator[str]:
    for block in rule.get("IpRanges", []):
        yield names(block["CidrIp"])
    for block in rule.get("Ipv6Ranges", []):
        yield names(block["CidrIpv6"])
    for pair in rule.get("UserIdGroupPairs", []):
        yield names(pair["GroupId"])
    for prefix_list in rule.get("PrefixListIds", []):
        yield names(prefix_list["PrefixListId"])


def _entry(entry: Mapping[str, Any]) -> Fact:
    ports = entry.get("PortRange", {})
    icmp = entry.get("IcmpTypeCode", {})
    return (
        "egress" if entry["Egress"] else "ingress",
        str(entry["RuleNumber"]),
        entry["RuleAction"],
        "*" if str(entry["Protocol"]) == "-1" else str(entry["Protocol"]),
        entry.get("CidrBlock") or entry["Ipv6CidrBlock"],
        str(ports.get("From", "*")),
        str(ports.get("To", "*")),
        str(icmp.get("Type", "*")),
        str(icmp.get("Code", "*")),
    )
