"""The EC2 and Route 53 resources of the awscc provider: CloudFormation's, with their properties in snake case.

https://registry.terraform.io/providers/hashicorp/awscc/latest/docs. A list of objects, or an object, takes the place of
each nested block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from peerlint.network.model import Entity, GatewayKind
from peerlint.terraform.lift import gateways as aws_gateways
from peerlint.terraform.lift import lookups
from peerlint.terraform.lift.awscc import filters, gateways, groups, peerings, routes, vpcs, zones
from peerlint.terraform.lift.reader import Reader

RESOURCES: Mapping[str, Callable[[Reader], Iterator[Entity]]] = {
    "awscc_ec2_vpc": vpcs.vpc,
    "awscc_ec2_vpc_cidr_block": vpcs.cidr_block,
    "awscc_ec2_subnet": vpcs.subnet,
    "awscc_ec2_route_table": routes.route_table,
    "awscc_ec2_route": routes.route,
    "awscc_ec2_subnet_route_table_association": routes.subnet_association,
    "awscc_ec2_gateway_route_table_association": routes.gateway_association,
    "awscc_ec2_prefix_list": routes.prefix_list,
    "awscc_ec2_vpc_peering_connection": peerings.peering,
    "awscc_ec2_security_group": groups.security_group,
    "awscc_ec2_security_group_ingress": groups.ingress_rule,
    "awscc_ec2_security_group_egress": groups.egress_rule,
    "awscc_ec2_security_group_vpc_association": groups.vpc_association,
    "awscc_ec2_network_acl": filters.network_acl,
    "awscc_ec2_subnet_network_acl_association": filters.association,
    "awscc_ec2_internet_gateway": gateways.unattached(GatewayKind.INTERNET),
    "awscc_ec2_vpn_gateway": gateways.unattached(GatewayKind.VPN),
    "awscc_ec2_vpc_gateway_attachment": gateways.attachment,
    "awscc_ec2_egress_only_internet_gateway": aws_gateways.simple(GatewayKind.EGRESS_ONLY),
    "awscc_ec2_nat_gateway": aws_gateways.nat_gateway,
    "awscc_ec2_vpc_endpoint": aws_gateways.endpoint,
    "awscc_ec2_vpn_connection": aws_gateways.vpn_connection,
    "awscc_ec2_vpn_connection_route": aws_gateways.vpn_route,
    "awscc_ec2_transit_gateway_attachment": gateways.transit_attachment,
    "awscc_ec2_transit_gateway_vpc_attachment": gateways.transit_attachment,
    "awscc_directconnect_direct_connect_gateway_association": aws_gateways.direct_connect,
    "awscc_route53_hosted_zone": zones.hosted_zone,
}
"""How each resource type of the provider enters the model."""

DATA: Mapping[str, Callable[[Reader], Iterator[Entity]]] = {
    "awscc_ec2_vpc": lookups.vpc,
    "awscc_ec2_subnet": lookups.subnet,
    "awscc_ec2_route_table": lookups.route_table,
    "awscc_ec2_security_group": lookups.security_group,
    "awscc_ec2_vpc_peering_connection": peerings.looked_up,
    "awscc_ec2_prefix_list": lookups.prefix_list,
}
"""How each data source of the provider, which takes an ``id``, enters the model."""
