"""What the provider's schema tells of a resource, and its code does not."""

from __future__ import annotations

from collections.abc import Mapping

from peerlint.terraform.convert import convert
from peerlint.terraform.types import NUMBER, STRING, Primitive
from peerlint.terraform.values import EvaluationError, TfValue

TYPES: Mapping[tuple[str, str], Primitive] = {
    ("aws_customer_gateway", "bgp_asn"): STRING,
    ("aws_customer_gateway", "bgp_asn_extended"): STRING,
    ("aws_dx_gateway", "amazon_side_asn"): STRING,
    ("aws_ec2_transit_gateway", "amazon_side_asn"): NUMBER,
    ("aws_network_acl_rule", "from_port"): NUMBER,
    ("aws_network_acl_rule", "protocol"): STRING,
    ("aws_network_acl_rule", "rule_number"): NUMBER,
    ("aws_network_acl_rule", "to_port"): NUMBER,
    ("aws_security_group_rule", "from_port"): NUMBER,
    ("aws_security_group_rule", "protocol"): STRING,
    ("aws_security_group_rule", "to_port"): NUMBER,
    ("aws_vpc_security_group_egress_rule", "from_port"): NUMBER,
    ("aws_vpc_security_group_egress_rule", "ip_protocol"): STRING,
    ("aws_vpc_security_group_egress_rule", "to_port"): NUMBER,
    ("aws_vpc_security_group_ingress_rule", "from_port"): NUMBER,
    ("aws_vpc_security_group_ingress_rule", "ip_protocol"): STRING,
    ("aws_vpc_security_group_ingress_rule", "to_port"): NUMBER,
    ("aws_vpn_gateway", "amazon_side_asn"): STRING,
}
"""The types of arguments that are often written in another one: a port in quotes, the number of an autonomous system.

An expression that reads such an argument back gets it as the schema has it, which ``==`` tells apart:
``aws_dx_gateway.a.amazon_side_asn == 64512`` is false, as that argument is a string
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs).
"""

REGIONAL = frozenset(
    {
        "aws_customer_gateway",
        "aws_default_network_acl",
        "aws_default_route_table",
        "aws_default_security_group",
        "aws_default_subnet",
        "aws_default_vpc",
        "aws_ec2_managed_prefix_list",
        "aws_ec2_transit_gateway",
        "aws_ec2_transit_gateway_vpc_attachment",
        "aws_egress_only_internet_gateway",
        "aws_eip",
        "aws_instance",
        "aws_internet_gateway",
        "aws_nat_gateway",
        "aws_network_acl",
        "aws_network_interface",
        "aws_route",
        "aws_route_table",
        "aws_route_table_association",
        "aws_security_group",
        "aws_subnet",
        "aws_vpc",
        "aws_vpc_endpoint",
        "aws_vpc_peering_connection",
        "aws_vpc_peering_connection_accepter",
        "aws_vpc_peering_connection_options",
        "aws_vpn_connection",
        "aws_vpn_gateway",
    }
)
"""Types of which ``region``, where they have it, is the Region in which the resource is managed: from version 6 on
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support).
"""


def read_back(type: str, name: str, value: TfValue) -> TfValue:
    """The value of an argument in the provider's type; as it is written where it is not of that type."""
    wanted = TYPES.get((type, name))
    if wanted is None:
        return value
    try:
        return convert(value, wanted)
    except EvaluationError:
        return value
