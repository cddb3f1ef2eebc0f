"""Where moto's service makes no stack, or another than the real one would: by the directory of the templates.

Every entry is asserted, so that nothing is left out silently, and an entry that no longer holds fails.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracle.cloudformation.estate import Comparison

_NO_POOLS = "moto has no pools of addresses"
_NO_BUCKET = "The specified bucket does not exist"
_NOT_YAML = "not YAML"

_NO_GATEWAY_TABLES = "Tried to parse AWS::EC2::GatewayRouteTableAssociation"

REFUSED: Mapping[str, str] = {
    "fixtures/missing-reciprocal-route/unknown_propagated": "AWS::EC2::VPNGatewayRoutePropagation",
    "fixtures/route-to-own-cidr/good_pool_beside_peer": _NO_POOLS,
    "fixtures/shadowed-peer-route/good_attached_peer": "AWS::EC2::TransitGatewayAttachment",
    "fixtures/cidr-overlap/bad_ipv6": _NO_POOLS,
    "fixtures/cidr-overlap/good_ipam_pool": _NO_POOLS,
    "fixtures/partial-reciprocal-route/bad_ipv6_subnet": _NO_POOLS,
    # a nested stack whose template is in a bucket
    "fixtures/dns-resolution-disabled/unknown_options_elsewhere": _NO_BUCKET,
    "fixtures/unresolved-module/unknown_other_modules": _NO_BUCKET,
    "fixtures/unresolved-module/bad_not_fetched": _NO_BUCKET,
    # ids of what exists outside the template
    "fixtures/edge-to-edge-route/bad_literal_connection": "InvalidVpcPeeringConnectionId.NotFound",
    "fixtures/route-outside-peer/bad_untold_table": "InvalidRouteTableID.NotFound",
    "fixtures/broad-peer-route/unknown_table": "InvalidRouteTableID.NotFound",
    "fixtures/foreign-peering-route/unknown_connection": "InvalidVpcPeeringConnectionId.NotFound",
    "fixtures/misplaced-route-target/bad_literal": "InvalidVpcPeeringConnectionId.NotFound",
    "fixtures/secondary-cidr-blocked/good_firewall": "InvalidNetworkInterfaceID.NotFound",
    "fixtures/sg-cross-account-format/good_owner": "InvalidGroup.NotFound",
    # a type of resource that it does not make
    "fixtures/gateway-table-route/bad_shared_table": _NO_GATEWAY_TABLES,
    "fixtures/gateway-table-route/bad_vpn_gateway": _NO_GATEWAY_TABLES,
    "fixtures/gateway-table-route/good_ingress_to_a_firewall": _NO_GATEWAY_TABLES,
    "fixtures/precedence/gateway-table-before-missing": _NO_GATEWAY_TABLES,
    "fixtures/shadowed-peer-route/bad_propagated": "Tried to parse AWS::EC2::VPNGatewayRoutePropagation",
    # more than the default quota, which the account has had raised, or has not
    "fixtures/quota-exceeded/bad_blocks": "CidrLimitExceeded",
    "fixtures/quota-exceeded/good_unpeered": "CidrLimitExceeded",
    # cfn-lint, which writes out the loops, leaves the variable in the name of a `Ref`
    "fixtures/missing-reciprocal-route/bad_loop": "KeyError: '${Name}'",
    # what is wrong on purpose
    "fixtures/duplicate-route/bad_said_twice": "RouteAlreadyExists",
    "fixtures/duplicate-route/bad_two_targets": "RouteAlreadyExists",
    "fixtures/precedence/duplicate-before-shadowed": "RouteAlreadyExists",
    "fixtures/secondary-cidr-blocked/bad_after_the_route": "RouteAlreadyExists",
    "fixtures/invalid-value/bad_two_destinations": "a route has one destination",
    "fixtures/sg-cross-account-format/bad_account_in_the_id": "InvalidGroup.NotFound",
    "fixtures/sg-cross-account-format/bad_account_joined_to_the_id": "InvalidGroup.NotFound",
    "fixtures/misplaced-route-target/bad_other_targets": "pcx- is no id for NatGatewayId",
    "fixtures/misplaced-route-target/bad_vpc": "vpc- is no id for GatewayId",
    "fixtures/scenarios/two-regions/broken": "InvalidGroup.NotFound",  # a group from another Region
    "fixtures/invalid": "not a mapping",
    "fixtures/unresolved-reference/bad_nested_stack": "Missing parameter Block",
    "fixtures/invalid-value/bad_calls": "StopIteration",
    "fixtures/unreadable-input/bad_second_document": _NOT_YAML,
    "fixtures/unresolved-reference/bad_circle": "RecursionError",
    "fixtures/unresolved-reference/bad_names": "KeyError: 'IsProduction'",
    "fixtures/invalid-value/bad_blocks": "InvalidVpc.Range",
    "fixtures/unreadable-input/bad_unclosed_block": _NOT_YAML,
    "fixtures/unresolved-reference/bad_peering_ends": "KeyError: 'Application'",
    # the names that a macro makes
    "fixtures/unresolved-reference/unknown_generated": "KeyError: 'Hub'",
}
"""Part of the reason for which no stack is made."""

REFUSED_BY_ANSWER: Mapping[tuple[str, int], str] = {
    ("fixtures/misplaced-route-target/unknown_vpc", 0): "vpc- is no id for GatewayId",
    ("fixtures/quota-exceeded/unknown_block", 0): "CidrLimitExceeded",
}
"""The same, where it depends on how the parameters are answered."""

_ICMP = ("entry", "net/Filter", "ingress", "90", "deny", "1", "10.0.0.0/8", "*", "*")
_PORTS = ("permission", "template/AppGroup", "ingress", "tcp", "1024")

DIFFERENT: Mapping[str, Comparison] = {
    # moto's EC2 does not tell type and code of an entry
    "tests/oracle/cloudformation/templates/acls": Comparison([(*_ICMP, "*", "*")], [(*_ICMP, "8", "-1")]),
    # moto's EC2 takes any port
    "fixtures/invalid-value/bad_ports": Comparison(
        [(*_PORTS, "65536", "10.20.0.0/16")],
        [(*_PORTS, "unknown: `65536` is not a valid value", "10.20.0.0/16")],
    ),
}
"""What the two say differently."""
