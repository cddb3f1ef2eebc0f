"""Data sources: things outside the code, of which the identity, and what the look-up names, is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from peerlint.network.model import Block, BlockKind, Entity, PrefixList, RouteTable, SecurityGroup, Subnet, Vpc
from peerlint.network.values import Known, Unknown, Why, Written
from peerlint.terraform.attributes import behind, collection_of
from peerlint.terraform.lift.reader import Reader


def vpc(reader: Reader) -> Iterator[Entity]:
    """``data.aws_vpc``, unless it looks up a VPC that the same root declares."""
    found = behind(reader.instance, "id")
    if found is not None and not found.data:
        return
    origin, place, id = reader.origin, reader.place, reader.id
    block = Block(reader.cidr("cidr_block") or reader.identity("cidr_block"), 4, BlockKind.PRIMARY, reader.span)
    default = reader.flag("default")
    is_default = isinstance(default, Known) and default.value
    unknown = Unknown(Why.LOOKUP, reader.instance.address, reader.span)
    name = reader.name_tag() or next(iter(reader.filters().get("tag:Name", [])), None)
    support = replace(unknown, of=None)
    yield Vpc(origin, id, (block,), support, unknown, place, outside=True, is_default=is_default, name=name)
    table = reader.identity("main_route_table_id")
    yield RouteTable(origin, table, id, place, is_main=True, outside=True)


def _vpc_named(reader: Reader) -> Written[str]:
    """The VPC that the look-up is restricted to, by argument or by filter, else the one that it will tell."""
    return reader.text("vpc_id") or reader.filtered("vpc-id") or reader.identity("vpc_id")


def subnet(reader: Reader) -> Iterator[Entity]:
    """``data.aws_subnet``, unless it looks up a declared one."""
    found = behind(reader.instance, "id")
    if found is None or found.data:
        yield Subnet(reader.origin, reader.id, _vpc_named(reader), (), outside=True)


def route_table(reader: Reader) -> Iterator[Entity]:
    """``data.aws_route_table``: by a subnet, it is a table of that subnet's VPC."""
    if isinstance(reader.id, Unknown) and reader.id.of is not None and reader.id.of.address != reader.instance.address:
        return
    by_subnet = behind(reader.instance, "subnet_id") or collection_of(
        reader.instance, reader.instance.arguments.get("subnet_id")
    )
    vpc = reader.as_text(by_subnet.attribute("vpc_id")) if by_subnet is not None else _vpc_named(reader)
    yield RouteTable(reader.origin, reader.id, vpc, reader.place, outside=True)


def route_tables(reader: Reader) -> Iterator[Entity]:
    """``data.aws_route_tables``: one entity stands for all that it finds."""
    ids = reader.identity("ids")
    if ids.of is not None:
        each = Unknown(ids.why, of=replace(ids.of, many=True))
        yield RouteTable(reader.origin, each, _vpc_named(reader), reader.place, outside=True)


def security_group(reader: Reader) -> Iterator[Entity]:
    """``data.aws_security_group``, unless it looks up a declared one."""
    found = behind(reader.instance, "id")
    if found is None or found.data:
        name = reader.text("name")
        yield SecurityGroup(reader.origin, reader.id, _vpc_named(reader), reader.place, outside=True, name=name)


def security_groups(reader: Reader) -> Iterator[Entity]:
    """``data.aws_security_groups``: one entity stands for all that it finds."""
    ids = reader.identity("ids")
    if ids.of is not None:
        each = Unknown(ids.why, of=replace(ids.of, many=True))
        yield SecurityGroup(reader.origin, each, _vpc_named(reader), reader.place, outside=True)


def prefix_list(reader: Reader) -> Iterator[Entity]:
    """``data.aws_ec2_managed_prefix_list`` and ``data.aws_prefix_list``: AWS's own by their name."""
    name = reader.text("name") or reader.text("prefix_list_name")
    filtered = [*reader.filters().get("prefix-list-name", []), *([name] if name is not None else [])]
    own = any(isinstance(n, Known) and n.value.startswith("com.amazonaws.") for n in filtered)
    yield PrefixList(reader.origin, reader.id, aws_owned=own, outside=True)
