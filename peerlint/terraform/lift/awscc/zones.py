"""Private hosted zones of the awscc provider."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Entity, HostedZone
from peerlint.terraform.lift.reader import Reader


def hosted_zone(reader: Reader) -> Iterator[Entity]:
    """``awscc_route53_hosted_zone``, where it is private: it names VPCs in ``vp_cs``."""
    vpcs = tuple(vpc for block in reader.blocks("vp_cs") if (vpc := block.text("vpc_id")) is not None)
    if vpcs:
        yield HostedZone(reader.origin, reader.id, reader.text("name"), vpcs, reader.place)
