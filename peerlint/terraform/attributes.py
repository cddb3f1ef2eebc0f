"""Attributes that are not simply what is configured: aliases of one id, and what data sources tell without a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from peerlint.network.partitions import partition_of
from peerlint.network.values import Known, Unknown
from peerlint.records import replace
from peerlint.terraform.declaration import Declaration
from peerlint.terraform.remote_state import REMOTE_STATE, remote_attribute
from peerlint.terraform.root_state import Declared
from peerlint.terraform.schema_facts import REGIONAL
from peerlint.terraform.types import named, type_of
from peerlint.terraform.values import NULL, TfSet, TfValue, is_null

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
    ("aws_route53_zone", "zone_id"): "id",
    ("awscc_ec2_vpc", "vpc_id"): "id",
    ("awscc_ec2_subnet", "subnet_id"): "id",
    ("awscc_ec2_route_table", "route_table_id"): "id",
    ("awscc_ec2_prefix_list", "prefix_list_id"): "id",
    ("awscc_ec2_vpc_peering_connection", "vpc_peering_connection_id"): "id",
    ("awscc_ec2_security_group", "group_id"): "id",
    ("awscc_ec2_security_group", "security_group_id"): "id",
    ("awscc_ec2_network_acl", "network_acl_id"): "id",
    ("awscc_ec2_internet_gateway", "internet_gateway_id"): "id",
    ("awscc_ec2_egress_only_internet_gateway", "egress_only_internet_gateway_id"): "id",
    ("awscc_ec2_vpn_gateway", "vpn_gateway_id"): "id",
    ("awscc_ec2_nat_gateway", "nat_gateway_id"): "id",
    ("awscc_ec2_vpc_endpoint", "vpc_endpoint_id"): "id",
    ("awscc_ec2_vpn_connection", "vpn_connection_id"): "id",
    ("awscc_route53_hosted_zone", "hosted_zone_id"): "id",
}
"""Two attributes that have one value, mapped to one of them."""

OWN_DEFAULTS: Mapping[str, str] = {
    "aws_default_security_group": "default_security_group_id",
    "aws_default_network_acl": "default_network_acl_id",
    "aws_default_route_table": "main_route_table_id",
}
"""Resources that adopt a default of the VPC named by ``vpc_id``, and the VPC's attribute that is their id."""

ARN_PARTS = ("arn", "partition", "service", "region", "account", "resource")
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"""


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
    return resource_of(instance, instance.arguments.get(argument))


def resource_of(instance: Declaration, value: TfValue | None) -> Declared | None:
    """The declared resource or data source whose id a value is."""
    if isinstance(value, Unknown) and value.of is not None and value.of.attribute in IDS:
        return instance.site.root.declared(value.of)
    return None


def collection_of(instance: Declaration, value: TfValue | None) -> Declared | None:
    """The data source of whose ``ids`` a value is one."""
    if isinstance(value, Unknown) and value.of is not None and value.of.attribute == "ids":
        return instance.site.root.by_address.get(value.of.address)
    return None


def _region(instance: Declaration, name: str) -> TfValue | None:
    """``data.aws_region``: the provider's Region, or the one that ``name`` (``region`` since v6) asks for."""
    if name not in ("name", "id", "region"):
        return None
    return instance.arguments.get("name") or instance.place.region


def _arn(instance: Declaration, name: str) -> TfValue | None:
    """``data.aws_arn``: the parts of an ARN, or the place of the resource whose ARN it is."""
    value = instance.arguments.get("arn")
    if isinstance(value, Known) and isinstance(value.value, str):
        parts = value.value.split(":", 5)
        return Known(parts[ARN_PARTS.index(name)]) if len(parts) == 6 and name in ARN_PARTS else None
    if not isinstance(value, Unknown) or value.of is None or value.of.attribute != "arn":
        return None
    found = instance.site.root.by_address.get(value.of.address)
    if found is None or not found.type.startswith("aws_"):
        return None
    return {"region": found.place.region, "account": found.place.account}.get(name)


def _caller(instance: Declaration, name: str) -> TfValue | None:
    return instance.place.account if name in ("account_id", "id") else None


def _partition(instance: Declaration, name: str) -> TfValue | None:
    region = instance.place.region
    if name not in ("partition", "id") or not isinstance(region, Known):
        return None
    return Known(partition_of(region.value))


def _delegate(argument: str) -> Callable[[Declaration, str], TfValue | None]:
    """A data source that looks a declared resource up by its id tells what that resource tells."""

    def handler(instance: Declaration, name: str) -> TfValue | None:
        found = behind(instance, argument)
        return found.attribute(name) if found is not None and not found.data else None

    return handler


def _route_table(instance: Declaration, name: str) -> TfValue | None:
    """A look-up by its VPC, and at most by being the main one, finds the main table of a VPC that was just made."""
    if name == "vpc_id":
        return _restricted(instance, name)
    if name not in ("id", "route_table_id"):
        return None
    given = set(instance.arguments.names())
    if "route_table_id" in given:
        return instance.arguments.get("route_table_id")
    filters = _filters(instance)
    if given <= {"vpc_id", "filter"} and filters is not None and filters.keys() <= {"vpc-id", "association.main"}:
        vpc = resource_of(instance, _restricted(instance, "vpc_id"))
        if filters.get("association.main", Known("true")) != Known("true"):
            return instance.computed("id")
        if vpc is not None and not vpc.data:
            return vpc.attribute("main_route_table_id")
    return instance.computed("id")


def _filters(instance: Declaration) -> dict[str, TfValue] | None:
    """The filters of a data source that have one value each; ``None`` where one has several, or is not told."""
    found: dict[str, TfValue] = {}
    for block in instance.arguments.blocks("filter"):
        match block.get("name"), block.get("values"):
            case Known(value=str() as name), Known(value=(value,)) | Known(value=TfSet(items=(value,))):
                found[name] = value
            case _:
                return None
    return found


def _restricted(instance: Declaration, name: str) -> TfValue | None:
    """``vpc_id`` of what a look-up is restricted to by a filter."""
    if name != "vpc_id" or instance.arguments.get("vpc_id") is not None:
        return instance.arguments.get(name)
    filters = _filters(instance)
    return filters.get("vpc-id") if filters is not None else None


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
    """``output`` repeats ``input`` after apply, and has its type before; what is not configured is null."""
    if name not in ("input", "output", "triggers_replace"):
        return None
    value = instance.arguments.get("input" if name == "output" else name)
    if value is None or is_null(value):
        return NULL
    return replace(instance.computed(name), type=named(type_of(value))) if name == "output" else None


CONFLUENT_ON_AWS = ("account", "private_link_endpoint_service", "vpc")
"""https://registry.terraform.io/providers/confluentinc/confluent/latest/docs/resources/confluent_network"""


def _confluent_network(instance: Declaration, name: str) -> TfValue | None:
    """``aws`` of a network on AWS is one object, known only once the network exists."""
    cloud = instance.arguments.get("cloud")
    if name != "aws" or (not instance.data and cloud != Known("AWS")):
        return None
    return Known((Known({part: instance.computed(f"aws.{part}") for part in CONFLUENT_ON_AWS}),))


def _confluent_peering(instance: Declaration, name: str) -> TfValue | None:
    """``aws[0]`` of a peering is its ``aws`` block."""
    blocks = instance.arguments.blocks("aws") if name == "aws" else []
    return (
        Known(tuple(Known({key: b.get(key) or Known(None) for key in b.names()}) for b in blocks)) if blocks else None
    )


MANAGED: Mapping[str, Callable[[Declaration, str], TfValue | None]] = {
    "aws_vpc": _vpc,
    "aws_vpc_peering_connection": _peering,
    "aws_vpc_peering_connection_accepter": _accepter,
    "aws_default_security_group": _own_default,
    "terraform_data": _terraform_data,
    "confluent_network": _confluent_network,
    "confluent_peering": _confluent_peering,
}

DATA: Mapping[str, Callable[[Declaration, str], TfValue | None]] = {
    "aws_region": _region,
    "aws_caller_identity": _caller,
    "aws_partition": _partition,
    "aws_arn": _arn,
    "aws_subnets": _restricted,
    "aws_vpc": _delegate("id"),
    "aws_subnet": _delegate("id"),
    "aws_security_group": _delegate("id"),
    "aws_vpc_peering_connection": _delegate("id"),
    "awscc_ec2_vpc": _delegate("id"),
    "awscc_ec2_subnet": _delegate("id"),
    "awscc_ec2_route_table": _delegate("id"),
    "awscc_ec2_security_group": _delegate("id"),
    "awscc_ec2_vpc_peering_connection": _delegate("id"),
    "aws_route_table": _route_table,
    "confluent_network": _confluent_network,
    REMOTE_STATE: remote_attribute,
}
