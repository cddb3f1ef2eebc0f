"""Gateways and attachments of the awscc provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from peerlint.network.model import Entity, Gateway, GatewayKind
from peerlint.network.values import Value
from peerlint.terraform.lift.gateways import enabled
from peerlint.terraform.lift.reader import Reader


def unattached(kind: GatewayKind) -> Callable[[Reader], Iterator[Entity]]:
    """A gateway that is attached to its VPC by a resource of its own."""

    def lift(reader: Reader) -> Iterator[Entity]:
        yield Gateway(reader.origin, kind, reader.id, None)

    return lift


def attachment(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_vpc_gateway_attachment`` of an internet gateway or of a virtual private gateway."""
    for name, kind in (("internet_gateway_id", GatewayKind.INTERNET), ("vpn_gateway_id", GatewayKind.VPN)):
        gateway = reader.text(name)
        if gateway is not None:
            yield Gateway(reader.origin, kind, gateway, reader.text("vpc_id"))


def transit_attachment(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_transit_gateway_attachment`` and ``awscc_ec2_transit_gateway_vpc_attachment``."""
    id, vpc = reader.needed("transit_gateway_id"), reader.text("vpc_id")
    references: Value[bool] = None
    for options in reader.blocks("options"):
        references = enabled(options.text("security_group_referencing_support"))
    yield Gateway(reader.origin, GatewayKind.TRANSIT_ATTACHMENT, id, vpc, group_references=references)
