"""Peerings whose VPCs and resources live in places that a test chooses."""

from __future__ import annotations

from hypothesis import strategies as st

from peerlint.network.model import Peering, Place
from peerlint.network.values import Known, Written
from tests.network.build import Estate, unknown

Told = tuple[str, str]
"""A Region and an account; what begins with a question mark is unknown."""

REGIONS = ("eu-west-1", "us-east-1", "cn-north-1")
ACCOUNTS = ("111122223333", "444455556666")
told = st.tuples(st.sampled_from(REGIONS), st.sampled_from(ACCOUNTS))


def value(text: str) -> Written[str]:
    return unknown(f"var.{text[1:]}") if text.startswith("?") else Known(text)


def place(at: Told) -> Place:
    return Place(value(at[0]), value(at[1]))


def pair(
    requester: Told, accepter: Told, request: Told, peer_region: str | None = None, peer_owner: str | None = None
) -> tuple[Estate, Peering]:
    """A peering that is requested in one place, with its VPCs in others."""
    estate = Estate()
    near = estate.vpc("near", "10.0.0.0/16", place=place(requester))
    far = estate.vpc("far", "10.1.0.0/16", place=place(accepter))
    peering = Peering(
        estate.origin("aws_vpc_peering_connection.pair"),
        estate.id("aws_vpc_peering_connection.pair"),
        near,
        far,
        place(request),
        peer_owner=None if peer_owner is None else value(peer_owner),
        peer_region=None if peer_region is None else value(peer_region),
    )
    estate.add(peering)
    return estate, peering


def forgotten(at: Told) -> list[Told]:
    """A place without its Region, and one without its account."""
    return [("?region", at[1]), (at[0], "?account")]
