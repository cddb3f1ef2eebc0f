"""A template's resources written with Terraform's ``awscc`` provider, which has CloudFormation's own properties.

Only templates of resources with literal values, references to each other and parameters are written so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from cfnlint.decode import cfn_yaml

from peerlint.terraform.lift.awscc import RESOURCES

WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[0-9])(?=[A-Za-z])")
SPELLED = {"Ipv4": "Ipv_4", "Ipv6": "Ipv_6"}
ATTRIBUTES = {
    "CidrBlock": "cidr_block",
    "GroupId": "group_id",
    "VpcId": "vpc_id",
    "DefaultSecurityGroup": "default_security_group",
}
IDS = {"awscc_ec2_security_group": "group_id", "awscc_ec2_prefix_list": "prefix_list_id"}
"""The attribute of a resource that its ``Ref`` is, where it is not ``id``."""


class Unwritable(Exception):
    """A template that has more than can be written so; the text says what."""


def snake(name: str) -> str:
    """A name as the provider has it: ``Ipv6CidrBlock`` is ``ipv_6_cidr_block``."""
    for plain, apart in SPELLED.items():
        name = name.replace(plain, apart)
    return "_".join(part for part in WORD.sub("_", name).lower().split("_") if part)


def type_of(name: str) -> str:
    """The resource type of the provider. Raises Unwritable where peerlint reads none."""
    vendor, _, rest = name.partition("::")
    service, _, resource = rest.partition("::")
    found = f"awscc_{service.lower()}_{snake(resource)}"
    if vendor != "AWS" or found not in RESOURCES:
        raise Unwritable(name)
    return found


def written(text: str) -> str:
    """A template as a Terraform root. Raises Unwritable."""
    template = cfn_yaml.loads(text)
    extra = set(template) - {"AWSTemplateFormatVersion", "Description", "Resources", "Parameters"}
    if extra:
        raise Unwritable(", ".join(sorted(extra)))
    parameters: Mapping[str, Any] = template.get("Parameters", {})
    types = {name: type_of(resource["Type"]) for name, resource in template["Resources"].items()}
    blocks = [_variable(name, parameter) for name, parameter in parameters.items()]
    for name, resource in template["Resources"].items():
        if set(resource) - {"Type", "Properties", "DependsOn"}:
            raise Unwritable(f"{name}: {', '.join(resource)}")
        lines = [f"  {snake(key)} = {_value(value, types)}" for key, value in resource.get("Properties", {}).items()]
        waits = resource.get("DependsOn", [])
        names = [waits] if isinstance(waits, str) else waits
        if names:
            lines.append(f"  depends_on = [{', '.join(f'{types[each]}.{snake(each)}' for each in names)}]")
        blocks.append(f'resource "{types[name]}" "{snake(name)}" {{\n' + "\n".join(lines) + "\n}\n")
    return "\n".join(blocks)


def _variable(name: str, parameter: Mapping[str, Any]) -> str:
    if parameter["Type"] not in ("String", "AWS::EC2::VPC::Id", "AWS::EC2::SecurityGroup::Id"):
        raise Unwritable(parameter["Type"])
    default = f"\n  default = {json.dumps(str(parameter['Default']))}" if "Default" in parameter else ""
    return f'variable "{snake(name)}" {{\n  type = string{default}\n}}\n'


def _value(value: object, types: Mapping[str, str]) -> str:
    match value:
        case {"Ref": str(name)} if name in types:
            return f"{types[name]}.{snake(name)}.{IDS.get(types[name], 'id')}"
        case {"Ref": str(name)} if "::" not in name:
            return f"var.{snake(name)}"
        case {"Fn::GetAtt": [str(name), str(attribute)]} if name in types and attribute in ATTRIBUTES:
            return f"{types[name]}.{snake(name)}.{ATTRIBUTES[attribute]}"
        case dict() as items if not any(key == "Ref" or key.startswith("Fn::") for key in items):
            return "{ " + ", ".join(f"{snake(key)} = {_value(item, types)}" for key, item in items.items()) + " }"
        case dict():
            raise Unwritable(", ".join(value))
        case list():
            return "[" + ", ".join(_value(item, types) for item in value) + "]"
        case str():
            return json.dumps(str(value)).replace("${", "$${")
        case bool() | int():
            return json.dumps(value)
        case _:
            raise Unwritable(repr(value))
