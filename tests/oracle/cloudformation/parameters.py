"""Values for the parameters of a template that have no default: what a user would give, made where it is to exist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.oracle.cloudformation.client import Place

_ADDRESSES = re.compile(r"cidr|block|range|destination|reachable", re.IGNORECASE)
_VPC = re.compile(r"Vpc(Id)?\Z|\AVpc|vpc-id\Z")
_LISTS = re.compile(r"List<(.*)>\Z")


def given(declared: Mapping[str, Mapping[str, Any]], place: Place, answer: int) -> dict[str, str]:
    """A value for each of the declared parameters without a default. Of allowed values the ``answer``-th is taken."""
    missing = {name: parameter for name, parameter in declared.items() if "Default" not in parameter}
    return {
        name: f"/invented/{name}" if "SSM" in parameter["Type"] else invented(name, parameter, place, number, answer)
        for number, (name, parameter) in enumerate(missing.items())
    }


def has_answers(declared: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether what is given depends on the answer."""
    return any("Default" not in parameter and _is_chosen(name, parameter) for name, parameter in declared.items())


def _is_chosen(name: str, parameter: Mapping[str, Any]) -> bool:
    return "AllowedValues" in parameter or (parameter["Type"] == "String" and not _ADDRESSES.search(name))


def invented(name: str, parameter: Mapping[str, Any], place: Place, number: int, answer: int) -> str:
    """A value for a parameter; ``number`` tells it from the others."""
    kind = parameter["Type"]
    if "AllowedValues" in parameter:
        return str(parameter["AllowedValues"][answer % len(parameter["AllowedValues"])])
    elements = _LISTS.match(kind)
    if elements is not None or kind == "CommaDelimitedList":
        inner = elements[1] if elements is not None else "String"
        numbers = (number, number + 20)
        return ",".join(invented(name, {"Type": inner}, place, each, answer) for each in numbers)
    block = f"10.{200 + number}.0.0/16"
    if kind == "AWS::EC2::VPC::Id" or (not _ADDRESSES.search(name) and _VPC.search(name)):
        return _vpc(place, block)
    made = _made(name, kind, place, block)
    if made is not None:
        return made
    if _ADDRESSES.search(name):
        return block
    if "Address" in name:
        return "203.0.113.7"
    if name.endswith("Action"):
        return ("allow", "deny")[answer % 2]
    if name.endswith("Region"):
        return ("eu-west-1", "us-west-2")[answer % 2]
    if kind == "Number":
        return str(number % 2 if name.startswith("Which") else 443 + number)
    return "210987654321" if name.endswith("Account") else ("yes", "no")[answer % 2]


def _made(name: str, kind: str, place: Place, block: str) -> str | None:
    """The id of a thing that is made for a parameter that is to name one."""
    ec2 = place.client("ec2")
    match kind:
        case "AWS::EC2::Subnet::Id":
            return str(ec2.create_subnet(VpcId=_vpc(place, block), CidrBlock=block)["Subnet"]["SubnetId"])
        case "AWS::EC2::SecurityGroup::Id":
            told = {"GroupName": f"given-{block}", "Description": "given", "VpcId": _vpc(place, block)}
            return str(ec2.create_security_group(**told)["GroupId"])
        case _ if name.startswith("TransitGateway"):
            return str(ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"])
        case _ if name.endswith("RouteTable"):
            return str(ec2.create_route_table(VpcId=_vpc(place, block))["RouteTable"]["RouteTableId"])
        case _ if "PrefixList" in name:
            made = ec2.create_managed_prefix_list(PrefixListName=name, AddressFamily="IPv4", MaxEntries=5)
            return str(made["PrefixList"]["PrefixListId"])
        case _:
            return None


def _vpc(place: Place, block: str) -> str:
    return str(place.client("ec2").create_vpc(CidrBlock=block)["Vpc"]["VpcId"])
