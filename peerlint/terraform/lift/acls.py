"""Network ACLs and their entries."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.cidr import Cidr
from peerlint.network.model import AclAssociation, AclEntry, Direction, Entity, NetworkAcl, directions
from peerlint.network.values import Known, Unknown, Why, Written
from peerlint.records import replace
from peerlint.terraform.lift.groups import PROTOCOLS
from peerlint.terraform.lift.reader import Reader


def network_acl(reader: Reader) -> Iterator[Entity]:
    """``aws_network_acl`` with its inline entries."""
    subnets = tuple(reader.items("subnet_ids"))
    yield NetworkAcl(reader.origin, reader.id, reader.needed("vpc_id"), subnets)
    yield from _inline(reader, reader.id)


def default_network_acl(reader: Reader) -> Iterator[Entity]:
    """``aws_default_network_acl``."""
    id = reader.needed("default_network_acl_id")
    vpc = reader.text("vpc_id") or _owner(id) or reader.attribute("vpc_id")
    yield NetworkAcl(reader.origin, id, vpc, tuple(reader.items("subnet_ids")), is_default=True)
    yield from _inline(reader, id)


def _owner(id: Written[str]) -> Unknown | None:
    if not isinstance(id, Unknown) or id.of is None or id.of.attribute != "default_network_acl_id":
        return None
    return Unknown(id.why, of=type(id.of)(id.of.stack, id.of.address, "id", id.of.many))


def _inline(reader: Reader, acl: Written[str]) -> Iterator[Entity]:
    for direction in Direction:
        for block in reader.blocks(direction.value):
            yield _entry(block, acl, direction, ("rule_no", "action", "cidr_block", "ipv6_cidr_block"), inline=True)


def network_acl_rule(reader: Reader) -> Iterator[Entity]:
    """``aws_network_acl_rule``; its ``egress`` defaults to false."""
    names = ("rule_number", "rule_action", "cidr_block", "ipv6_cidr_block")
    for origin, direction in directions(reader.origin, _direction(reader)):
        entry = _entry(reader, reader.needed("network_acl_id"), direction, names, inline=False)
        yield replace(entry, origin=origin)


def _direction(reader: Reader) -> Direction | Unknown:
    egress = reader.flag("egress")
    if isinstance(egress, Unknown):
        return egress
    return Direction.EGRESS if egress == Known(True) else Direction.INGRESS


def _entry(
    reader: Reader, acl: Written[str], direction: Direction, names: tuple[str, str, str, str], inline: bool
) -> AclEntry:
    number_name, action_name, four, six = names
    number = reader.number(number_name) or Unknown(Why.UNSUPPORTED, number_name, reader.span)
    return AclEntry(
        reader.origin,
        acl,
        direction,
        number,
        _allow(reader, action_name),
        _protocol(reader),
        _block(reader, four, six),
        reader.port("from_port"),
        reader.port("to_port"),
        reader.number("icmp_type"),
        reader.number("icmp_code"),
        inline,
        _version(reader, four, six),
    )


def _allow(reader: Reader, name: str) -> Written[bool]:
    action = reader.needed(name)
    return Known(action.value.lower() == "allow", action.at) if isinstance(action, Known) else action


def _protocol(reader: Reader) -> Written[str]:
    value = reader.needed("protocol")
    if isinstance(value, Unknown):
        return value
    lower = value.value.lower()
    return value.read_as(PROTOCOLS.get(lower, lower))


def _block(reader: Reader, four: str, six: str) -> Written[Cidr]:
    return reader.cidr(four) or reader.cidr(six) or Unknown(Why.UNSUPPORTED, "its block", reader.span)


def _version(reader: Reader, four: str, six: str) -> int | None:
    """The address family, where only one of the two arguments is written: either may be null that is not known."""
    given = [version for name, version in ((four, 4), (six, 6)) if reader.text(name) is not None]
    return given[0] if len(given) == 1 else None


def network_acl_association(reader: Reader) -> Iterator[Entity]:
    """``aws_network_acl_association``."""
    yield AclAssociation(reader.origin, reader.needed("network_acl_id"), reader.needed("subnet_id"))
