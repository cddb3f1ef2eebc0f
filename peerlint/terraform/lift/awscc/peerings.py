"""Peering connections of the awscc provider."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Entity, Peering
from peerlint.terraform.lift import peerings
from peerlint.terraform.lift.reader import Reader


def peering(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_vpc_peering_connection``.

    As in CloudFormation, a request inside one account is accepted by the service, and one to another account by the
    role that ``peer_role_arn`` names
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcpeeringconnection.html).
    """
    yield Peering(
        reader.origin,
        reader.id,
        reader.needed("vpc_id"),
        reader.needed("peer_vpc_id"),
        reader.place,
        peer_owner=reader.text("peer_owner_id"),
        peer_region=reader.text("peer_region"),
        peer_role=reader.text("peer_role_arn"),
        service_accepts=True,
    )


looked_up = peerings.looked_up
"""``data.awscc_ec2_vpc_peering_connection``."""
