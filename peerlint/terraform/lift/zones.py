"""Private hosted zones and their VPCs."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Entity, HostedZone, ZoneAssociation
from peerlint.terraform.lift.reader import Reader


def hosted_zone(reader: Reader) -> Iterator[Entity]:
    """``aws_route53_zone``, where it is private: it names a VPC. What only some conditions add is an association."""
    named = [(block, vpc) for block in reader.blocks("vpc") if (vpc := block.text("vpc_id")) is not None]
    certain = [vpc for block, vpc in named if block.presence == reader.presence]
    legacy = reader.text("vpc_id")
    vpcs = (*certain, *([legacy] if legacy is not None else []))
    if named or vpcs:
        zone, left_open = reader.id, reader.is_ignored("vpc")
        yield HostedZone(reader.origin, zone, reader.text("name"), vpcs, reader.place, left_open)
        for block, vpc in named:
            if block.presence != reader.presence:
                yield ZoneAssociation(block.origin, zone, vpc)


def zone_association(reader: Reader) -> Iterator[Entity]:
    """``aws_route53_zone_association``."""
    yield ZoneAssociation(reader.origin, reader.needed("zone_id"), reader.needed("vpc_id"))


def zone_authorization(reader: Reader) -> Iterator[Entity]:
    """``aws_route53_vpc_association_authorization``."""
    yield ZoneAssociation(reader.origin, reader.needed("zone_id"), reader.needed("vpc_id"), authorization=True)
