"""The settings that rules and analyses read."""

from __future__ import annotations

from msgspec import Struct

from peerlint.network.cidr import Cidr

SHARED_ADDRESS_SPACE = Cidr(4, 0x64400000, 10)
"""100.64.0.0/10, from which pods get addresses that are left unrouted on purpose (RFC 6598)."""


class Quotas(Struct, frozen=True):
    """What an account may have; the defaults are the default quotas of AWS
    (https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html,
    https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-connection-quotas.html).

    ``rules_per_group`` are those of one direction and address family, ``rules_per_acl`` those of one direction.
    """

    peerings_per_vpc: int = 50
    pending_requests: int = 25
    routes_per_table: int = 500
    rules_per_group: int = 60
    rules_per_acl: int = 20
    blocks_per_vpc: int = 5


class Settings(Struct, frozen=True):
    """What the configuration lets a user change about the rules.

    ``public_ports`` may be open to the world. ``ignored_ranges`` are left unrouted on purpose. ``mesh_size`` is the
    number of VPCs from which a mesh or hub is one. ``third_parties`` are accounts that accept requests by hand.
    """

    public_ports: frozenset[int] = frozenset({80, 443})
    ignored_ranges: tuple[Cidr, ...] = (SHARED_ADDRESS_SPACE,)
    mesh_size: int = 5
    third_parties: frozenset[str] = frozenset()
    quotas: Quotas = Quotas()
