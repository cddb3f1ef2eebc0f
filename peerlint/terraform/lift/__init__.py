"""Evaluated resources → the entities of the network model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from peerlint.network.model import Entity, GatewayKind
from peerlint.terraform.lift import (
    acls,
    awscc,
    gateways,
    groups,
    lookups,
    peerings,
    routes,
    third_party,
    vpcs,
    zones,
)
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.references import PEERING_TYPES

Lift: TypeAlias = Callable[[Reader], Iterator[Entity]]

RESOURCES: Mapping[str, Lift] = {
    "aws_vpc": vpcs.vpc,
    "aws_default_vpc": vpcs.default_vpc,
    "aws_vpc_ipv4_cidr_block_association": vpcs.ipv4_association,
    "aws_vpc_ipv6_cidr_block_association": vpcs.ipv6_association,
    "aws_subnet": vpcs.subnet,
    "aws_default_subnet": vpcs.default_subnet,
    "aws_route_table": routes.route_table,
    "aws_default_route_table": routes.default_route_table,
    "aws_route": routes.route,
    "aws_route_table_association": routes.route_table_association,
    "aws_main_route_table_association": routes.main_route_table_association,
    "aws_ec2_managed_prefix_list": routes.prefix_list,
    "aws_ec2_managed_prefix_list_entry": routes.prefix_list_entry,
    "aws_vpc_peering_connection": peerings.peering,
    "aws_vpc_peering_connection_accepter": peerings.accepter,
    "aws_vpc_peering_connection_options": peerings.options,
    "aws_security_group": groups.security_group,
    "aws_default_security_group": groups.default_security_group,
    "aws_security_group_rule": groups.security_group_rule,
    "aws_vpc_security_group_ingress_rule": groups.ingress_rule,
    "aws_vpc_security_group_egress_rule": groups.egress_rule,
    "aws_vpc_security_group_vpc_association": groups.group_vpc_association,
    "aws_network_acl": acls.network_acl,
    "aws_default_network_acl": acls.default_network_acl,
    "aws_network_acl_rule": acls.network_acl_rule,
    "aws_network_acl_association": acls.network_acl_association,
    "aws_route53_zone": zones.hosted_zone,
    "aws_route53_zone_association": zones.zone_association,
    "aws_route53_vpc_association_authorization": zones.zone_authorization,
    "aws_internet_gateway": gateways.simple(GatewayKind.INTERNET),
    "aws_internet_gateway_attachment": gateways.attachment("internet_gateway_id", GatewayKind.INTERNET),
    "aws_egress_only_internet_gateway": gateways.simple(GatewayKind.EGRESS_ONLY),
    "aws_vpn_gateway": gateways.simple(GatewayKind.VPN),
    "aws_vpn_gateway_attachment": gateways.attachment("vpn_gateway_id", GatewayKind.VPN),
    "aws_dx_gateway_association": gateways.direct_connect,
    "aws_nat_gateway": gateways.nat_gateway,
    "aws_vpc_endpoint": gateways.endpoint,
    "aws_vpc_endpoint_route_table_association": gateways.endpoint_table,
    "aws_vpn_gateway_route_propagation": routes.gateway_propagation,
    "aws_vpn_connection": gateways.vpn_connection,
    "aws_vpn_connection_route": gateways.vpn_route,
    "aws_ec2_transit_gateway_vpc_attachment": gateways.transit_attachment,
    "aws_ec2_transit_gateway_vpc_attachment_accepter": gateways.accepted_transit_attachment,
    **awscc.RESOURCES,
    **third_party.RESOURCES,
}
"""How each resource type enters the model."""

PEERINGS: Mapping[str, Lift] = {type: lift for type, lift in RESOURCES.items() if type in PEERING_TYPES}
"""Those of them that are a peering's own resources."""

DATA: Mapping[str, Lift] = {
    "aws_vpc": lookups.vpc,
    "aws_subnet": lookups.subnet,
    "aws_route_table": lookups.route_table,
    "aws_route_tables": lookups.route_tables,
    "aws_security_group": lookups.security_group,
    "aws_security_groups": lookups.security_groups,
    "aws_internet_gateway": gateways.looked_up(GatewayKind.INTERNET, "vpc_id", "attachment.vpc-id"),
    "aws_nat_gateway": gateways.looked_up(GatewayKind.NAT, "vpc_id", "vpc-id"),
    "aws_vpn_gateway": gateways.looked_up(GatewayKind.VPN, "attached_vpc_id", "attachment.vpc-id"),
    "aws_vpc_peering_connection": peerings.looked_up,
    "aws_ec2_managed_prefix_list": lookups.prefix_list,
    "aws_prefix_list": lookups.prefix_list,
    **awscc.DATA,
    **third_party.DATA,
}
"""How each data source enters the model."""
