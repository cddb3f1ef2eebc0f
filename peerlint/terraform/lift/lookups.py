"""Data sources: things outside the code, of which the identity, and what the look-up names, is known."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import (
    Block,
    BlockKind,
    Entity,
    PrefixList,
    PrefixListEntry,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
)
from peerlint.network.values import Known, Unknown, Why, Written
from peerlint.records import replace
from peerlint.terraform.attributes import behind, collection_of
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.lift.vpcs import subnet_blocks


def vpc(reader: Reader) -> Iterator[Entity]:
    """``data.aws_vpc``, unless it looks up a VPC that the same root declares."""
    found = behind(reader.instance, "id")
    if found is not None and not found.data:
        return
    origin, place, id = reader.origin, reader.place, reader.id
    default = reader.flag("default")
    is_default = isinstance(default, Known) and default.value
    unknown = Unknown(Why.LOOKUP, reader.instance.address, reader.span)
    name = reader.name_tag() or next(iter(reader.filters().get("tag:Name", [])), None)
    support = reader.flag("enable_dns_support") or unknown
    hostnames = reader.flag("enable_dns_hostnames") or unknown
    blocks, complete = _blocks(reader)
    yield Vpc(
        origin, id, blocks, support, hostnames, place, outside=True, is_default=is_default, name=name, complete=complete
    )
    table = reader.attribute("main_route_table_id")
    yield RouteTable(origin, table, id, place, is_main=True, outside=True)


def _blocks(reader: Reader) -> tuple[tuple[Block, ...], bool]:
    """The blocks of a VPC, and whether they are all there are: a plan tells every IPv4 block that a look-up found."""
    primary = reader.cidr("cidr_block") or reader.identity("cidr_block")
    associated = [block.cidr("cidr_block") for block in reader.blocks("cidr_block_associations") if _is_in_use(block)]
    six = reader.cidr("ipv6_cidr_block")
    cidrs = [primary, *(cidr for cidr in associated if cidr is not None and cidr != primary), *([six] if six else [])]
    kinds = (BlockKind.PRIMARY, *(BlockKind.SECONDARY for _ in cidrs[1:]))
    blocks = zip(cidrs, kinds, strict=True)
    complete = bool(associated) and six is None and all(isinstance(cidr, Known) for cidr in (*associated, primary))
    return tuple(Block(cidr, 6 if cidr is six else 4, kind, reader.span) for cidr, kind in blocks), complete


def _is_in_use(association: Reader) -> bool:
    state = association.text("state")
    return not isinstance(state, Known) or state.value in ("associated", "associating")


def _vpc_named(reader: Reader) -> Written[str]:
    """The VPC that the look-up is restricted to, by argument or by filter, else the one that it will tell."""
    return reader.text("vpc_id") or reader.filtered("vpc-id") or reader.attribute("vpc_id")


def subnet(reader: Reader) -> Iterator[Entity]:
    """``data.aws_subnet``, unless it looks up a declared one."""
    found = behind(reader.instance, "id")
    if found is None or found.data:
        zone = reader.text("availability_zone")
        yield Subnet(reader.origin, reader.id, _vpc_named(reader), subnet_blocks(reader), zone, outside=True)


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
    """``data.aws_route_tables``: one entity stands for all that it finds, or each, where a plan tells them."""
    for id in reader.items("ids"):
        yield RouteTable(reader.origin, id, _vpc_named(reader), reader.place, outside=True)
    if reader.written("ids"):
        return
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
    """``data.aws_ec2_managed_prefix_list`` and ``data.aws_prefix_list``: AWS's own by their name or owner."""
    name = reader.text("name") or reader.text("prefix_list_name")
    filtered = [*reader.filters().get("prefix-list-name", []), *([name] if name is not None else [])]
    own = any(isinstance(n, Known) and n.value.startswith("com.amazonaws.") for n in filtered)
    own = own or reader.text("owner_id") == Known("AWS")
    yield PrefixList(reader.origin, reader.id, aws_owned=own, outside=True)
    for block in reader.blocks("entries"):
        cidr = block.cidr("cidr")
        if cidr is not None:
            yield PrefixListEntry(block.origin, reader.id, cidr)
