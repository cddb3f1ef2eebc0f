"""Private hosted zones."""

from __future__ import annotations

from msgspec import Struct

from peerlint.network.model.origin import Origin, Place
from peerlint.network.values import Value, Written


class HostedZone(Struct, frozen=True):
    """A private hosted zone and the VPCs its own block names; with ``left_open``, it leaves more of them to others."""

    origin: Origin
    id: Written[str]
    name: Value[str]
    vpcs: tuple[Written[str], ...]
    place: Place
    left_open: bool = False


class ZoneAssociation(Struct, frozen=True):
    """A private zone's association with a VPC, or (``authorization``) the permission for one."""

    origin: Origin
    zone: Written[str]
    vpc: Written[str]
    authorization: bool = False
