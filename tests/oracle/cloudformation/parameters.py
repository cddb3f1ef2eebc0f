"""Values for the parameters of a template that have no default: what a user would give, made where it is to exist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.oracle.cloudformation.client import client

_ADDRESSES = re.compile(r"Cidr|Block|Range|Destination|Reachable")
_VPC = re.compile(r"Vpc(Id)?\Z|Vpc\Z|\AVpc")


def given(declared: Mapping[str, Mapping[str, Any]], region: str, answer: int) -> dict[str, str]:
    """A value for each of the declared parameters without a default. Of allowed values the ``answer``-th is taken.

    A default that is a list is given as well, since moto's engine leaves it a text.
    """
    missing = {name: parameter for name, parameter in declared.items() if "Default" not in parameter}
    lists = {
        name: parameter["Default"]
        for name, parameter in declared.items()
        if name not in missing and "List" in parameter["Type"]
    }
    values = {
        name: _value(name, parameter, region, number, answer)
        for number, (name, parameter) in enumerate(missing.items())
    }
    return {**values, **lists}


def _value(name: str, parameter: Mapping[str, Any], region: str, number: int, answer: int) -> str:
    kind = parameter["Type"]
    if "AllowedValues" in parameter:
        return str(parameter["AllowedValues"][answer % len(parameter["AllowedValues"])])
    block = f"10.{200 + number}.0.0/16"
    ec2 = client("ec2", region)
    if kind != "AWS::EC2::VPC::Id" and _ADDRESSES.search(name):
        return block
    if kind == "AWS::EC2::VPC::Id" or _VPC.search(name):
        return str(ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"])
    if name.startswith("TransitGateway"):
        return str(ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"])
    if "Address" in name:
        return "203.0.113.7"
    if kind == "Number":
        return "443"
    return "210987654321" if name.endswith("Account") else ("yes", "no")[answer % 2]
