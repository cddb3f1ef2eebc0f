"""Private hosted zones and their VPCs."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Entity, HostedZone, ZoneAssociation
from peerlint.terraform.lift.reader import Reader


def hosted_zone(reader: Reader) -> Iterator[Entity]:
    """``aws_route53_zone``, where it is private: it names a VPC."""
    vpcs = tuple(vpc for block in reader.blocks("vpc") if (vpc := block.text("vpc_id")) is not None)
    legacy = reader.text("vpc_id")
    if vpcs or legacy is not None:
        named = (*vpcs, legacy) if legacy is not None else vpcs
        yield HostedZone(reader.origin, reader.attribute("zone_id"), reader.text("name"), named, reader.place)


def zone_association(reader: Reader) -> Iterator[Entity]:
    """``aws_route53_zone_association``."""
    yield ZoneAssociation(reader.origin, reader.needed("zone_id"), reader.needed("vpc_id"))


def zone_authorization(reader: Reader) -> Iterator[Entity]:
    """``aws_route53_vpc_association_authorization``."""
    yield ZoneAssociation(reader.origin, reader.needed("zone_id"), reader.needed("vpc_id"), authorization=True)
