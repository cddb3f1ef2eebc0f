"""Blocks that are written with host bits, and what becomes of them."""

from __future__ import annotations

import pytest

from peerlint.network.model import (
    AclEntry,
    CidrPeer,
    Direction,
    Language,
    NetworkAcl,
    Origin,
    Permission,
    SecurityGroup,
)
from peerlint.network.routing.host_bits import Fate, host_bits
from peerlint.network.values import Known, Written
from peerlint.records import replace
from tests.network.build import Estate, known_cidr


class Pair:
    """Two peered VPCs and one that is not."""

    def __init__(self, language: Language = Language.TERRAFORM) -> None:
        self.estate = Estate(language=language)
        self.left, self.right = self.estate.vpc("left", "10.0.0.0/16"), self.estate.vpc("right", "10.1.0.0/16")
        self.alone = self.estate.vpc("alone", "10.9.0.1/16")
        self.over = self.estate.peering("pair", self.left, self.right)

    def acl(self, address: str, vpc: Written[str], cidr: str) -> None:
        acl = self.estate.id("acl")
        self.estate.add(NetworkAcl(self.estate.origin("aws_network_acl.x"), acl, vpc))
        entry = AclEntry(
            self.origin(address), acl, Direction.INGRESS, Known(1), Known(True), Known("-1"), known_cidr(cidr)
        )
        self.estate.add(entry)

    def origin(self, address: str) -> Origin:
        return self.estate.origin(address)

    def found(self) -> list[tuple[str, str, Fate]]:
        return [(bits.origin.address, str(bits.value.value), bits.fate) for bits in host_bits(self.estate.network)]


def test_nothing_is_said_of_a_vpc_without_a_peering() -> None:
    pair = Pair()
    pair.acl("aws_network_acl_rule.x", pair.alone, "10.0.0.1/8")
    assert pair.found() == []


@pytest.mark.parametrize(
    ("address", "fate"),
    [
        ("aws_network_acl.x", Fate.REFUSED),
        ('module.net["a.b"].aws_network_acl.x[0]', Fate.REFUSED),
        ("aws_network_acl_rule.x", Fate.REPLACED),
        ('module.net.aws_network_acl_rule.x["a.b/c"]', Fate.REPLACED),
        ("awscc_ec2_network_acl_entry.x", Fate.TAKEN),
    ],
)
def test_the_provider_checks_some_arguments_only(address: str, fate: Fate) -> None:
    pair = Pair()
    pair.acl(address, pair.left, "10.1.2.3/16")
    assert pair.found() == [(address, "10.1.0.0/16", fate)]


def test_cloudformation_leaves_it_to_aws() -> None:
    pair = Pair(Language.CLOUDFORMATION)
    pair.acl("FromRight", pair.left, "10.1.2.3/16")
    assert pair.found() == [("FromRight", "10.1.0.0/16", Fate.TAKEN)]


def test_the_routes_of_other_providers_are_their_own() -> None:
    pair = Pair()
    route = pair.estate.route("x", pair.estate.main("left"), "10.1.0.1/16", pair.over)
    pair.estate.entities[-1] = replace(route, origin=pair.origin("hcp_hvn_route.x"))
    assert pair.found() == []


def test_every_argument_that_takes_a_block_is_looked_at() -> None:
    pair = Pair()
    estate = pair.estate
    estate.secondary("more", pair.left, "10.7.0.1/16")
    estate.route("x", estate.main("left"), "10.1.0.1/17", pair.over)
    group = estate.id("aws_security_group.x")
    estate.add(SecurityGroup(estate.origin("aws_security_group.x"), group, pair.right, estate.place))
    for direction, cidr in ((Direction.INGRESS, "10.0.0.1/18"), (Direction.EGRESS, "10.0.0.1/19")):
        origin = estate.origin("aws_security_group_rule.x")
        peers = (CidrPeer(known_cidr(cidr), origin.span), CidrPeer(known_cidr("10.0.0.0/20"), origin.span))
        estate.add(Permission(origin, group, direction, Known("tcp"), Known(1), Known(1), peers, estate.place))
    assert {block for _, block, _ in pair.found()} == {"10.7.0.0/16", "10.1.0.0/17", "10.0.0.0/18", "10.0.0.0/19"}
