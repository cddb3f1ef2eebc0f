"""What AWS and others are known to answer: attributes that are not free, each with the page that says so.

Pages of the provider lie under https://registry.terraform.io/providers/hashicorp/aws/latest/docs/.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tests.oracle.provider.world import Object, Plain, World


@dataclass(frozen=True, slots=True)
class Connection:
    """A configured provider: what it talks to, and as whom."""

    world: World
    configuration: Mapping[str, Plain]

    @property
    def region(self) -> str:
        """The Region it is configured for; one of the environment's, which is not known, where it names none."""
        region = self.configuration.get("region")
        return region if isinstance(region, str) and region else f"world-{self.world.name}-1"

    @property
    def account(self) -> str:
        """That of the last role it assumes, or the only allowed one, else one made up for its credentials."""
        roles = self.configuration.get("assume_role")
        last = roles[-1] if isinstance(roles, list) and roles else None
        role = last.get("role_arn") if isinstance(last, dict) else None
        if isinstance(role, str) and (found := re.match(r"arn:aws[\w-]*:iam::(\d{12}):", role)):
            return found[1]
        allowed = self.configuration.get("allowed_account_ids")
        if isinstance(allowed, list) and len(allowed) == 1 and isinstance(allowed[0], str):
            return allowed[0]
        credentials = [self.configuration.get(name) for name in ("profile", "access_key", "shared_credentials_files")]
        return f"{self.world.number('account', credentials, role) % 10**12:012}"

    def all_tags(self, tags: Plain) -> Plain:
        """The tags of a resource with the default ones of the provider, of which its own come before others
        (``index.html#default_tags-configuration-block``).
        """
        blocks = self.configuration.get("default_tags")
        block = blocks[0] if isinstance(blocks, list) and blocks else blocks
        defaults = block.get("tags") if isinstance(block, dict) else None
        return {**(defaults if isinstance(defaults, dict) else {}), **(tags if isinstance(tags, dict) else {})}


Answer: TypeAlias = Callable[[Object, Connection], Mapping[str, Plain]]
"""Attributes of a resource, out of what is configured and made up."""

Lookup: TypeAlias = Callable[[Object, Connection, Object], Mapping[str, Plain]]
"""Attributes of a data source, out of what is asked; the last argument is what would be made up."""


def default_of(vpc: Plain, kind: str) -> str:
    """The id of what AWS makes along with a VPC: of the form of all its ids, as anything else is no id."""
    return f"{kind}-{hashlib.sha256(f'{kind} of {vpc!s}'.encode()).hexdigest()[:17]}"


def _vpc(config: Object, connection: Connection) -> Object:
    """``r/vpc``: a VPC brings a main route table, a group and a network ACL along; it has IPv6 where it asks for it."""
    id = config["id"]
    table = default_of(id, "rtb")
    asks = config.get("assign_generated_ipv6_cidr_block") or config.get("ipv6_ipam_pool_id")
    return {
        **({} if asks else {"ipv6_cidr_block": "", "ipv6_association_id": ""}),
        "main_route_table_id": table,
        "default_route_table_id": table,
        "default_security_group_id": default_of(id, "sg"),
        "default_network_acl_id": default_of(id, "acl"),
        "enable_dns_hostnames": False,
    }


def _default_vpc(config: Object, connection: Connection) -> Object:
    """``r/default_vpc``: instances in it have names
    (https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html).
    """
    return {**_vpc(config, connection), "enable_dns_hostnames": True}


def _request(config: Object, connection: Connection) -> Object:
    """``r/vpc_peering_connection``: without arguments the accepter is in the requester's account and Region."""
    return {"peer_owner_id": connection.account, "peer_region": config.get("region", connection.region)}


def _accepter(config: Object, connection: Connection) -> Object:
    """``r/vpc_peering_connection_accepter``: its id is the connection's, and its VPC the accepter's."""
    id = config["vpc_peering_connection_id"]
    request = connection.world.made.get(("aws_vpc_peering_connection", str(id)), {})
    ends = {
        "vpc_id": request.get("peer_vpc_id"),
        "peer_vpc_id": request.get("vpc_id"),
        "peer_owner_id": _owner(connection.world, request.get("vpc_id")),
        "peer_region": request.get("peer_region"),
    }
    return {"id": id, **{name: value for name, value in ends.items() if value is not None}}


def _owner(world: World, vpc: Plain) -> Plain:
    """The account of a VPC that was made."""
    return world.made.get(("aws_vpc", str(vpc)), {}).get("owner_id")


def _empty(answer: Answer, *lists: str) -> Answer:
    """``r/security_group``: what is not configured lets nothing pass, and a new table or ACL lists nothing either."""
    return lambda config, connection: {**{name: [] for name in lists}, **answer(config, connection)}


def _default_of_vpc(attribute: str, *lists: str) -> Answer:
    """``r/default_route_table``: the resource adopts what a VPC brought along."""

    def answer(config: Object, connection: Connection) -> Object:
        id = config[attribute]
        owners = (vpc for (type, _), vpc in connection.world.made.items() if type in ("aws_vpc", "aws_default_vpc"))
        vpc = next((vpc for vpc in owners if vpc.get(attribute) == id), None)
        return {"id": id, **{name: [] for name in lists}, **({"vpc_id": vpc["id"]} if vpc is not None else {})}

    return answer


def _route(_: Object, __: Connection) -> Object:
    """``r/route``: instance and interface are those of a route to one of them."""
    return {"instance_id": "", "instance_owner_id": "", "network_interface_id": ""}


_ROUTE = (
    "carrier_gateway_id",
    "core_network_arn",
    "destination_cidr_block",
    "destination_ipv_6_cidr_block",
    "destination_prefix_list_id",
    "egress_only_internet_gateway_id",
    "gateway_id",
    "instance_id",
    "local_gateway_id",
    "nat_gateway_id",
    "network_interface_id",
    "odb_network_arn",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id",
)


def _nothing(*names: str) -> Answer:
    """``hashicorp/awscc``: what is not configured of a resource, and what the service does not choose, is null."""
    return lambda _, __: dict.fromkeys(names)


def _same(**names: str) -> Answer:
    """Attributes that have the value of an argument."""
    return lambda config, _: {attribute: config[argument] for attribute, argument in names.items()}


def _own_default(kind: str) -> Answer:
    """``r/default_security_group``: the resource adopts what the VPC brought along."""

    def answer(config: Object, _: Connection) -> Object:
        return {"id": default_of(config["vpc_id"], kind)}

    return answer


def _with_arn(answer: Answer, service: str) -> Answer:
    """An ARN that names the Region and the account
    (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html).
    """

    def answered(config: Object, connection: Connection) -> Object:
        place = f"{config['region']!s}:{connection.account}"
        return {"arn": f"arn:aws:{service}:{place}:{config['id']!s}", **answer(config, connection)}

    return answered


def _cloud_control_peering(config: Object, connection: Connection) -> Object:
    """``hashicorp/awscc`` ``r/ec2_vpc_peering_connection``: the account and Region of the peer are one's own."""
    place: Object = {"peer_owner_id": connection.account, "peer_region": connection.region}
    return {**place, "vpc_peering_connection_id": config["id"]}


def _cloud_control_vpc(config: Object, _: Connection) -> Object:
    """``hashicorp/awscc`` ``r/ec2_vpc``: resolution is on and names are off where nothing is said."""
    return {"vpc_id": config["id"], "enable_dns_support": True, "enable_dns_hostnames": False}


def _redis_peering(config: Object, _: Connection) -> Object:
    """``RedisLabs/rediscloud`` ``r/rediscloud_subscription_peering``: the block and the blocks are the same."""
    several = config["vpc_cidrs"]
    return {"vpc_cidrs": [config["vpc_cidr"]], "vpc_cidr": several[0] if isinstance(several, list) else None}


def _confluent_network(config: Object, _: Connection) -> Object:
    """``confluentinc/confluent`` ``r/confluent_network``: details of the one cloud that it is in."""
    clouds: dict[str, Plain] = {}
    for cloud in ("aws", "azure", "gcp"):
        details = config[cloud]
        clouds[cloud] = details[:1] if isinstance(details, list) and config["cloud"] == cloud.upper() else []
    return clouds


MADE: Mapping[str, Answer] = {
    "aws_vpc": _with_arn(_vpc, "ec2"),
    "aws_default_vpc": _with_arn(_default_vpc, "ec2"),
    "aws_vpc_peering_connection": _request,
    "aws_vpc_peering_connection_accepter": _accepter,
    "aws_vpc_peering_connection_options": _same(id="vpc_peering_connection_id"),
    "aws_route_table": _empty(_same(), "route", "propagating_vgws"),
    "aws_network_acl": _empty(_same(), "ingress", "egress"),
    "aws_default_route_table": _default_of_vpc("default_route_table_id", "route"),
    "aws_default_network_acl": _default_of_vpc("default_network_acl_id"),
    "aws_route": _route,
    "aws_default_security_group": _empty(_own_default("sg"), "ingress", "egress"),
    "aws_route53_zone": _same(id="zone_id"),
    "aws_security_group": _empty(_same(), "ingress", "egress"),
    "awscc_ec2_route": _nothing(*_ROUTE),
    "awscc_ec2_route_table": _same(route_table_id="id"),
    "awscc_ec2_subnet": _same(subnet_id="id"),
    "awscc_ec2_vpc": _cloud_control_vpc,
    "awscc_ec2_vpc_peering_connection": _cloud_control_peering,
    "confluent_network": _confluent_network,
    "rediscloud_subscription_peering": _redis_peering,
}
"""Facts about resources that have been created, by type."""


# --- Look-ups --------------------------------------------------------------------------------------------------------


def _of_made(type: str, argument: str) -> Lookup:
    """A look-up of a resource that exists tells what that resource has; what has another form is left out."""

    def answer(asked: Object, connection: Connection, _: Object) -> Object:
        found = connection.world.made.get((type, str(asked.get(argument))), {})
        return {name: value for name, value in found.items() if name in asked and not isinstance(value, list)}

    return answer


def _peering(asked: Object, connection: Connection, made_up: Object) -> Object:
    """``d/vpc_peering_connection``: its blocks are the primary ones of the requester's and the accepter's VPC.

    What nobody here has made is remembered, as somebody else's request.
    """
    found = _of_made("aws_vpc_peering_connection", "id")(asked, connection, {})
    if not found:
        ends = {name: asked[name] for name in ("vpc_id", "peer_vpc_id") if asked.get(name) is not None}
        connection.world.made["aws_vpc_peering_connection", str(made_up["id"])] = ends
    blocks: Object = {}
    for end, name in (("vpc_id", "cidr_block"), ("peer_vpc_id", "peer_cidr_block")):
        for type in ("aws_vpc", "aws_default_vpc"):
            if (vpc := connection.world.made.get((type, str(found.get(end))))) is not None:
                blocks[name] = vpc["cidr_block"]
    return {**found, **blocks}


def _region(asked: Object, connection: Connection, _: Object) -> Object:
    """``d/region``: without arguments, the provider's."""
    region = asked.get("region") or asked.get("name") or connection.region
    return {"region": region, "name": region, "id": region}


def _caller(asked: Object, connection: Connection, _: Object) -> Object:
    """``d/caller_identity``: the account of the credentials."""
    return {"account_id": connection.account, "id": connection.account}


def _partition(asked: Object, connection: Connection, _: Object) -> Object:
    """``d/partition``: that of the Region."""
    region = str(connection.region)
    partitions = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
    partition = next((p for prefix, p in partitions.items() if region.startswith(prefix)), "aws")
    return {"partition": partition, "id": partition}


def _zones(asked: Object, connection: Connection, _: Object) -> Object:
    """``d/availability_zones``: each is the Region with a letter."""
    names: list[Plain] = [f"{connection.region}{letter}" for letter in "abcd"[: connection.world.size + 1]]
    return {"names": names, "id": connection.region}


MAIN: Plain = [{"name": "association.main", "values": ["true"]}]


def _route_table(asked: Object, connection: Connection, found: Object) -> Object:
    """``d/route_table``: by its VPC, and at most by being the main one, the main table of a VPC that was just made;
    by its id, the table with it."""
    table = asked.get("route_table_id") or found["id"]
    by_vpc = asked.get("vpc_id") is not None and asked.get("subnet_id") is None
    if by_vpc and (not asked.get("filter") or asked.get("filter") == MAIN):
        made = connection.world.made.get(("aws_vpc", str(asked["vpc_id"])))
        table = made["main_route_table_id"] if made is not None else table
    return {"route_table_id": table, "id": table}


def _arn(asked: Object, _: Connection, __: Object) -> Object:
    """``d/arn``: the parts of an ARN."""
    parts = str(asked["arn"]).split(":", 5)
    names = ("partition", "service", "region", "account", "resource")
    return {"id": asked["arn"], **dict(zip(names, parts[1:], strict=True))} if len(parts) == 6 else {}


LOOKED_UP: Mapping[str, Lookup] = {
    "aws_arn": _arn,
    "aws_region": _region,
    "aws_caller_identity": _caller,
    "aws_partition": _partition,
    "aws_availability_zones": _zones,
    "aws_route_table": _route_table,
    "aws_vpc": _of_made("aws_vpc", "id"),
    "aws_subnet": _of_made("aws_subnet", "id"),
    "aws_security_group": _of_made("aws_security_group", "id"),
    "aws_vpc_peering_connection": _peering,
}
"""Facts about what data sources find, by type."""
