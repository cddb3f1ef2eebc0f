"""Network ACLs of the awscc provider, which has no resource for their entries."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import AclAssociation, Entity, NetworkAcl
from peerlint.terraform.lift.reader import Reader


def network_acl(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_network_acl``."""
    yield NetworkAcl(reader.origin, reader.id, reader.needed("vpc_id"))


def association(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_subnet_network_acl_association``."""
    yield AclAssociation(reader.origin, reader.needed("network_acl_id"), reader.needed("subnet_id"))
