"""What is counted against the quotas of an account."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.link import link
from peerlint.network.model import (
    AclEntry,
    CidrPeer,
    Direction,
    NetworkAcl,
    Peering,
    Permission,
    PrefixList,
    PrefixListEntry,
    SecurityGroup,
)
from peerlint.network.quotas import Count, Quota, counts
from peerlint.network.settings import Quotas, Settings
from peerlint.network.values import Known
from peerlint.records import replace
from tests.network.build import MAYBE, Estate, known_cidr, unknown

FEW = Settings(
    quotas=Quotas(
        peerings_per_vpc=2, pending_requests=2, routes_per_table=2, rules_per_group=2, rules_per_acl=2, blocks_per_vpc=2
    )
)


def _counted(estate: Estate) -> list[Count]:
    return list(counts(link([estate.fragment], (), FEW)))


@given(st.integers(0, 3), st.integers(0, 3))
def test_blocks_are_counted_with_the_primary_one(certain: int, optional: int) -> None:
    estate = Estate()
    hub, spoke = estate.vpc("hub", "10.0.0.0/16"), estate.vpc("spoke", "10.100.0.0/16")
    estate.peering("p", hub, spoke, auto_accept=Known(True))
    for number in range(certain + optional):
        estate.secondary(f"b{number}", hub, f"10.{number + 1}.0.0/16", None if number < certain else MAYBE)
    found = [c for c in _counted(estate) if c.quota is Quota.BLOCKS]
    if 1 + certain + optional <= 2:
        assert found == []
    else:
        (count,) = found
        assert (count.certain, count.possible) == (1 + certain, 1 + certain + optional)
        assert (count.doubt is None) == (optional == 0)


def test_peerings_and_pending_requests() -> None:
    estate = Estate()
    hub = estate.vpc("hub", "10.0.0.0/16")
    for number in range(1, 4):
        estate.peering(f"p{number}", hub, estate.vpc(f"s{number}", f"10.{number}.0.0/16"))
    assert {(c.quota, c.of.address, c.certain) for c in _counted(estate)} == {
        (Quota.PEERINGS, "aws_vpc.hub", 3),
        (Quota.PENDING, "aws_vpc_peering_connection.p1", 3),
    }
    accepted = [replace(e, auto_accept=Known(True)) if isinstance(e, Peering) else e for e in estate.entities]
    estate.entities = accepted
    assert {c.quota for c in _counted(estate)} == {Quota.PEERINGS}


def test_a_prefix_list_counts_with_the_most_it_may_have_in_its_own_family() -> None:
    estate = Estate()
    hub, spoke = estate.vpc("hub", "10.0.0.0/16"), estate.vpc("spoke", "10.1.0.0/16")
    over = estate.peering("p", hub, spoke, auto_accept=Known(True))
    origin = estate.origin("aws_ec2_managed_prefix_list.l")
    estate.add(PrefixList(origin, Known("pl-0a1b2c3d4e5f60718"), Known(2)))
    estate.add(PrefixListEntry(origin, Known("pl-0a1b2c3d4e5f60718"), known_cidr("10.1.0.0/16")))
    table = estate.table("t", hub)
    estate.route("list", table, "pl-0a1b2c3d4e5f60718", over)
    estate.route("six", table, "fd00::/64", over)
    assert [c for c in _counted(estate) if c.quota is Quota.ROUTES] == []
    estate.route("four", table, "10.1.2.0/24", over)
    (count,) = (c for c in _counted(estate) if c.quota is Quota.ROUTES)
    assert (count.kind, count.certain) == ("IPv4", 3)


def test_each_source_of_a_group_counts_and_so_does_the_last_entry_of_an_acl() -> None:
    estate = Estate()
    hub, spoke = estate.vpc("hub", "10.0.0.0/16"), estate.vpc("spoke", "10.1.0.0/16")
    estate.peering("p", hub, spoke, auto_accept=Known(True))
    group = estate.id("aws_security_group.g")
    origin = estate.origin("aws_security_group.g")
    estate.add(SecurityGroup(origin, group, hub, estate.place))
    peers = tuple(CidrPeer(known_cidr(f"10.1.{n}.0/24"), origin.span) for n in range(3))
    for direction in Direction:
        own = peers if direction is Direction.INGRESS else peers[:2]
        estate.add(Permission(origin, group, direction, Known("tcp"), Known(22), Known(22), own, estate.place))
    acl = estate.id("aws_network_acl.a")
    estate.add(NetworkAcl(origin, acl, hub))
    for number in range(2):
        estate.add(
            AclEntry(origin, acl, Direction.EGRESS, Known(number), Known(True), Known("-1"), known_cidr("10.1.0.0/16"))
        )
    assert [(c.quota, c.kind, c.certain) for c in _counted(estate)] == [
        (Quota.GROUP_RULES, "ingress IPv4", 3),
        (Quota.ACL_RULES, "egress IPv4", 3),
    ]


def test_an_entry_counts_in_its_family_whether_or_not_its_block_is_told() -> None:
    estate = Estate()
    hub, spoke = estate.vpc("hub", "10.0.0.0/16"), estate.vpc("spoke", "10.1.0.0/16")
    estate.peering("p", hub, spoke, auto_accept=Known(True))
    origin, acl = estate.origin("aws_network_acl.a"), estate.id("aws_network_acl.a")
    estate.add(NetworkAcl(origin, acl, hub))
    for number in range(2):
        block = unknown(f"var.block{number}")
        estate.add(AclEntry(origin, acl, Direction.EGRESS, Known(number), Known(True), Known("-1"), block, version=6))
    (count,) = (c for c in _counted(estate) if c.quota is Quota.ACL_RULES)
    assert (count.kind, count.certain, count.doubt) == ("egress IPv6", 3, None)
