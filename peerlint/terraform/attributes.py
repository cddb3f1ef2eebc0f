"""Attributes that are not simply what is configured: aliases of one id, and what data sources tell without a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from peerlint.network.values import Known, Unknown
from peerlint.terraform.declaration import Declaration
from peerlint.terraform.remote_state import REMOTE_STATE, remote_attribute
from peerlint.terraform.root_state import Declared
from peerlint.terraform.values import NULL, TfValue, is_null

SAME_AS_ARGUMENT: Mapping[tuple[str, str], str] = {
    ("aws_vpc_peering_connection_accepter", "id"): "vpc_peering_connection_id",
    ("aws_vpc_peering_connection_options", "id"): "vpc_peering_connection_id",
    ("aws_default_route_table", "id"): "default_route_table_id",
    ("aws_default_network_acl", "id"): "default_network_acl_id",
    ("aws_vpc_ipv4_cidr_block_association", "vpc"): "vpc_id",
    ("aws_vpn_gateway_attachment", "id"): "vpn_gateway_id",
}
"""Attributes that have the value of an argument."""

CANONICAL: Mapping[tuple[str, str], str] = {
    ("aws_vpc", "default_route_table_id"): "main_route_table_id",
    ("aws_default_vpc", "default_route_table_id"): "main_route_table_id",
    ("aws_security_group", "security_group_id"): "id",
    ("aws_route_table", "route_table_id"): "id",
    ("aws_subnet", "subnet_id"): "id",
    ("hcp_hvn", "self_link"): "routes",
    ("hcp_aws_network_peering", "self_link"): "provider_peering_id",
}
"""Two names of one thing, mapped to one of them."""

OWN_DEFAULTS: Mapping[str, str] = {
    "aws_default_security_group": "default_security_group_id",
    "aws_default_network_acl": "default_network_acl_id",
    "aws_default_route_table": "main_route_table_id",
}
"""Resources that adopt a default of the VPC named by ``vpc_id``, and the VPC's attribute that is their id."""

REGIONAL = frozenset(
    {
        "aws_default_vpc",
        "aws_internet_gateway",
        "aws_nat_gateway",
        "aws_route_table",
        "aws_security_group",
        "aws_subnet",
        "aws_vpc",
        "aws_vpc_peering_connection",
        "aws_vpc_peering_connection_accepter",
        "aws_vpn_gateway",
    }
)
"""Types of which ``region``, where they have it, is the Region in which the resource is managed: from version 6 on
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support).
"""

IDS = frozenset({"id", "container_id"})
"""Attributes that are the id of their own resource."""


def special(instance: Declaration, name: str) -> TfValue | None:
    """An attribute with a meaning of its own, or ``None`` for one that is as configured or computed."""
    handler = (DATA if instance.data else MANAGED).get(instance.type)
    found = handler(instance, name) if handler is not None else None
    if found is not None:
        return found
    if name == "region" and instance.type in REGIONAL:
        return instance.place.region
    argument = None if instance.data else SAME_AS_ARGUMENT.get((instance.type, name))
    if argument is not None:
        value = instance.arguments.get(argument)
        if value is not None:
            return value
    canonical = CANONICAL.get((instance.type, name))
    return instance.attribute(canonical) if canonical is not None else None


def behind(instance: Declaration, argument: str) -> Declared | None:
    """The declared resource whose id an argument is."""
    value = instance.arguments.get(argument)
    if isinstance(value, Unknown) and value.of is not None and value.of.attribute in IDS:
        return instance.site.root.declared(value.of)
    return None


def _region(instance: Declaration, name: str) -> TfValue | None:
    return instance.place.region if name in ("name", "id", "region") else None


def _caller(instance: Declaration, name: str) -> TfValue | None:
    return instance.place.account if name in ("account_id", "id") else None


def _partition(instance: Declaration, name: str) -> TfValue | None:
    region = instance.place.region
    if name not in ("partition", "id") or not isinstance(region, Known):
        return None
    prefixes = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b"}
    return Known(next((p for prefix, p in prefixes.items() if region.value.startswith(prefix)), "aws"))


def _delegate(argument: str) -> Callable[[Declaration, str], TfValue | None]:
    """A data source that looks a declared resource up by its id tells what that resource tells."""

    def handler(instance: Declaration, name: str) -> TfValue | None:
        found = behind(instance, argument)
        return found.attribute(name) if found is not None and not found.data else None

    return handler


def _route_table(instance: Declaration, name: str) -> TfValue | None:
    """A look-up by ``vpc_id`` alone finds the main table of a VPC that has just been made."""
    if name not in ("id", "route_table_id"):
        return None
    given = set(instance.arguments.names())
    if "route_table_id" in given:
        return instance.arguments.get("route_table_id")
    if given == {"vpc_id"} and not instance.arguments.blocks("filter"):
        vpc = behind(instance, "vpc_id")
        if vpc is not None and not vpc.data:
            return vpc.attribute("main_route_table_id")
    return instance.computed("id")


def _accepter(instance: Declaration, name: str) -> TfValue | None:
    """``vpc_id`` of an accepter is the accepter's VPC, ``peer_vpc_id`` the requester's."""
    swapped = {"vpc_id": "peer_vpc_id", "peer_vpc_id": "vpc_id"}
    request = behind(instance, "vpc_peering_connection_id")
    if name not in swapped or request is None:
        return None
    return request.attribute(swapped[name])


def _peering(instance: Declaration, name: str) -> TfValue | None:
    """A peering's ``cidr_block`` is its requester's primary block, ``peer_cidr_block`` its accepter's."""
    ends = {"cidr_block": "vpc_id", "peer_cidr_block": "peer_vpc_id"}
    vpc = behind(instance, ends[name]) if name in ends else None
    return vpc.attribute("cidr_block") if vpc is not None else None


def _vpc(instance: Declaration, name: str) -> TfValue | None:
    return instance.place.account if name == "owner_id" else None


def _own_default(instance: Declaration, name: str) -> TfValue | None:
    if name != "id":
        return None
    value = instance.arguments.get("vpc_id")
    if isinstance(value, Unknown) and value.of is not None and value.of.attribute == "id":
        return Unknown(value.why, of=replace(value.of, attribute=OWN_DEFAULTS[instance.type]))
    return None


def _terraform_data(instance: Declaration, name: str) -> TfValue | None:
    """``output`` repeats ``input`` after apply, and what is not configured is null."""
    if name not in ("input", "output", "triggers_replace"):
        return None
    value = instance.arguments.get("input" if name == "output" else name)
    return None if value is not None and not is_null(value) else NULL


MANAGED: Mapping[str, Callable[[Declaration, str], TfValue | None]] = {
    "aws_vpc": _vpc,
    "aws_vpc_peering_connection": _peering,
    "aws_vpc_peering_connection_accepter": _accepter,
    "aws_default_security_group": _own_default,
    "terraform_data": _terraform_data,
}

DATA: Mapping[str, Callable[[Declaration, str], TfValue | None]] = {
    "aws_region": _region,
    "aws_caller_identity": _caller,
    "aws_partition": _partition,
    "aws_vpc": _delegate("id"),
    "aws_subnet": _delegate("id"),
    "aws_security_group": _delegate("id"),
    "aws_vpc_peering_connection": _delegate("id"),
    "aws_route_table": _route_table,
    REMOTE_STATE: remote_attribute,
}
