"""Peering connections, accepters and options.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Accepter, DnsOption, Entity, Peering, PeeringOptions, Side
from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.lift.tagging import tags

ACCEPTED = (Known("active"), Known("provisioning"))
"""The states of a connection whose request has been accepted
(https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle).
"""

DNS_ARGUMENT = "allow_remote_vpc_dns_resolution"


def dns_options(reader: Reader) -> tuple[DnsOption, ...]:
    """What the ``requester`` and ``accepter`` blocks say of DNS resolution."""
    found = []
    for side in Side:
        for block in reader.blocks(side.value):
            value, at = block.flag(DNS_ARGUMENT), block.at(DNS_ARGUMENT)
            own = block.presence if block.presence != reader.presence else None
            if value is not None and own is not None:
                value = Unknown(Why.UNSUPPORTED, f"dynamic {side.value}", at)
            if value is not None:
                found.append(DnsOption(side, value, at, own))
        elsewhere = reader.managed_elsewhere(side.value)
        if elsewhere is not None:
            found.append(DnsOption(side, elsewhere, reader.span, written=False))
    return tuple(found)


def peering(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_peering_connection``."""
    yield Peering(
        reader.origin,
        reader.id,
        reader.needed("vpc_id"),
        reader.needed("peer_vpc_id"),
        reader.place,
        peer_owner=reader.text("peer_owner_id"),
        peer_region=reader.text("peer_region"),
        auto_accept=reader.flag("auto_accept"),
        dns=dns_options(reader),
        accepted=reader.text("accept_status") in ACCEPTED,
        tags=tags(reader),
    )


def accepter(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_peering_connection_accepter``."""
    request = reader.needed("vpc_peering_connection_id")
    auto = reader.flag("auto_accept")
    yield Accepter(reader.origin, request, reader.place, auto_accept=auto, dns=dns_options(reader), tags=tags(reader))


def options(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_peering_connection_options``."""
    request = reader.needed("vpc_peering_connection_id")
    yield PeeringOptions(reader.origin, request, reader.place, dns=dns_options(reader))


def looked_up(reader: Reader) -> Iterator[Entity]:
    """``data.aws_vpc_peering_connection``."""
    if isinstance(reader.id, Known) or reader.id.of is None or reader.id.of.address == reader.instance.address:
        vpc = reader.filtered("requester-vpc-info.vpc-id") or reader.attribute("vpc_id")
        peer = reader.filtered("accepter-vpc-info.vpc-id") or reader.attribute("peer_vpc_id")
        yield Peering(reader.origin, reader.id, vpc, peer, reader.place, outside=True)
