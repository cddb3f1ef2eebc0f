"""Generated estates as Terraform: a root with a file for each VPC, or a root for each VPC where they are apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.estates.model import ENTRIES, TRANSIT
from benchmarks.estates.shapes import (
    Connection,
    Estate,
    Source,
    Wrong,
    admitted,
    block,
    nowhere,
    premises,
    routed,
    subnet_block,
)

CONFIGURATION = """mesh-size = 100000

[quotas]
peerings-per-vpc = 100000
routes-per-table = 100000
rules-per-group = 100000
rules-per-acl = 100000

[limits]
instances = 1000000
"""
"""Nothing is said of how large an estate is: that is what is measured."""

PROVIDER = """provider "aws" {
  region = "eu-west-1"
}
"""


def write(estate: Estate, directory: Path) -> None:
    """Write an estate into a directory, which is made where it is not there."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "peerlint.toml").write_text(CONFIGURATION, encoding="utf-8")
    for vpc in range(estate.size):
        root = directory / f"v{vpc}" if estate.apart else directory
        root.mkdir(exist_ok=True)
        if estate.apart or vpc == 0:
            (root / "provider.tf").write_text(PROVIDER, encoding="utf-8")
        name = "main.tf" if estate.apart else f"v{vpc}.tf"
        (root / name).write_text("\n".join(_resources(estate, vpc)), encoding="utf-8")


def _resources(estate: Estate, vpc: int) -> Iterator[str]:
    yield from _vpc(estate, vpc)
    for table in range(estate.scale.tables):
        yield from _table(estate, vpc, table)
    yield from _group(estate, vpc)
    yield from _acl(estate, vpc)
    for connection in estate.of.get(vpc, ()):
        if connection.requester == vpc:
            yield _peering(connection)


def _block(kind: str, name: str, *lines: str) -> str:
    body = "\n".join(f"  {line}" if line else "" for line in lines)
    return f'resource "{kind}" "{name}" {{\n{body}\n}}\n'


def _vpc(estate: Estate, vpc: int) -> Iterator[str]:
    where = f'cidr_block = "{block(vpc)}"' if estate.scale.told else 'ipv4_ipam_pool_id = "pool"'
    yield _block("aws_vpc", f"v{vpc}", where, "enable_dns_hostnames = true")
    for number in range(estate.scale.subnets):
        text = f'"{subnet_block(vpc, number)}"'
        if not estate.scale.told:
            text = f"cidrsubnet(aws_vpc.v{vpc}.cidr_block, 4, {number})"
        yield _block("aws_subnet", f"v{vpc}_{number}", f"vpc_id = aws_vpc.v{vpc}.id", f"cidr_block = {text}")
    yield _block("aws_nat_gateway", f"v{vpc}", 'connectivity_type = "private"', f"subnet_id = aws_subnet.v{vpc}_0.id")


def _table(estate: Estate, vpc: int, table: int) -> Iterator[str]:
    name = f"v{vpc}_{table}"
    yield _block("aws_route_table", name, f"vpc_id = aws_vpc.v{vpc}.id")
    for subnet in range(table, estate.scale.subnets, estate.scale.tables):
        own = f"route_table_id = aws_route_table.{name}.id"
        yield _block(
            "aws_route_table_association", f"v{vpc}_{subnet}", own, f"subnet_id = aws_subnet.v{vpc}_{subnet}.id"
        )
    made = 1
    for connection in routed(estate, vpc, table):
        over = f"vpc_peering_connection_id = aws_vpc_peering_connection.{connection.name}.id"
        far = connection.far(vpc)
        to = f'"{block(far)}"' if estate.scale.told else f"aws_vpc.v{far}.cidr_block"
        yield _route(f"{name}_{connection.name}", name, to, over)
        made += 1
        if connection.wrong is Wrong.OUTSIDE and connection.requester == vpc:
            yield _route(f"{name}_{connection.name}_out", name, f'"{nowhere(connection)}"', over)
            made += 1
    yield _route(f"{name}_nat", name, '"0.0.0.0/0"', f"nat_gateway_id = aws_nat_gateway.v{vpc}.id")
    yield from _premises(name, estate.scale.routes - made)


def _premises(table: str, number: int) -> Iterator[str]:
    if number > 0:
        listed = "\n".join(f'    "{premises(each)}",' for each in range(number))
        yield _block(
            "aws_route",
            f"{table}_premises",
            f"for_each = toset([\n{listed}\n  ])",
            "",
            f"route_table_id = aws_route_table.{table}.id",
            "destination_cidr_block = each.value",
            f'transit_gateway_id = "{TRANSIT.value}"',
        )


def _route(name: str, table: str, to: str, target: str) -> str:
    own = f"route_table_id = aws_route_table.{table}.id"
    return _block("aws_route", name, own, f"destination_cidr_block = {to}", target)


def _group(estate: Estate, vpc: int) -> Iterator[str]:
    yield _block("aws_security_group", f"v{vpc}", f"vpc_id = aws_vpc.v{vpc}.id")
    for number, source in enumerate(admitted(estate, vpc)):
        yield _ingress(vpc, f"v{vpc}_{number}", "tcp", (source.port, source.port), *_source(estate, source))
    yield _ingress(vpc, f"v{vpc}_ping", "icmp", (8, 0), 'cidr_ipv4 = "10.0.0.0/8"')
    out = (f"security_group_id = aws_security_group.v{vpc}.id", 'ip_protocol = "-1"', 'cidr_ipv4 = "0.0.0.0/0"')
    yield _block("aws_vpc_security_group_egress_rule", f"v{vpc}", *out)
    for connection in estate.of.get(vpc, ()):
        if connection.wrong is Wrong.WIDE and connection.accepter == vpc:
            yield _ingress(vpc, f"v{vpc}_{connection.name}", "tcp", (0, 65535), 'cidr_ipv4 = "10.0.0.0/8"')


def _source(estate: Estate, source: Source) -> Iterator[str]:
    if source.by_group and source.connection is not None:
        yield f"referenced_security_group_id = aws_security_group.v{source.peer}.id"
        yield f"depends_on = [aws_vpc_peering_connection.{source.connection.name}]"
    elif estate.scale.told:
        yield f'cidr_ipv4 = "{subnet_block(source.peer, 0)}"'
    else:
        yield f"cidr_ipv4 = aws_subnet.v{source.peer}_0.cidr_block"


def _ingress(vpc: int, name: str, protocol: str, ports: tuple[int, int], *source: str) -> str:
    lines = (
        f"security_group_id = aws_security_group.v{vpc}.id",
        f'ip_protocol = "{protocol}"',
        f"from_port = {ports[0]}",
        f"to_port = {ports[1]}",
    )
    return _block("aws_vpc_security_group_ingress_rule", name, *lines, *source)


def _acl(estate: Estate, vpc: int) -> Iterator[str]:
    subnets = ", ".join(f"aws_subnet.v{vpc}_{number}.id" for number in range(estate.scale.subnets))
    yield _block("aws_network_acl", f"v{vpc}", f"vpc_id = aws_vpc.v{vpc}.id", f"subnet_ids = [{subnets}]")
    for direction in ("ingress", "egress"):
        for number, allow, to in ENTRIES:
            yield _block(
                "aws_network_acl_rule",
                f"v{vpc}_{direction}_{number}",
                f"network_acl_id = aws_network_acl.v{vpc}.id",
                f"rule_number = {number}",
                f"egress = {str(direction == 'egress').lower()}",
                f'rule_action = "{"allow" if allow else "deny"}"',
                'protocol = "-1"',
                f'cidr_block = "{to}"',
            )


def _peering(connection: Connection) -> str:
    lines = [f"vpc_id = aws_vpc.v{connection.requester}.id", f"peer_vpc_id = aws_vpc.v{connection.accepter}.id"]
    lines += [] if connection.wrong is Wrong.PENDING else ["auto_accept = true"]
    for side in ("requester", "accepter"):
        on = connection.wrong is not Wrong.NAMES or side == "requester"
        lines += [f"{side} {{", f"  allow_remote_vpc_dns_resolution = {str(on).lower()}", "}"]
    return _block("aws_vpc_peering_connection", connection.name, *lines)
