"""What groups of peered VPCs let pass, against every packet between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.network.filtering.isolation import isolated
from peerlint.network.link import link
from peerlint.network.model import (
    CidrPeer,
    Direction,
    Fragment,
    Gap,
    GroupPeer,
    GroupVpcAssociation,
    Kind,
    Peering,
    Permission,
    PermissionPeer,
    PrefixList,
    PrefixListEntry,
    PrefixListPeer,
    SecurityGroup,
    SelfPeer,
    UnknownPeers,
)
from peerlint.network.network import Network
from peerlint.network.values import Known, Maybe, Span, Unknown, Why, Written
from peerlint.records import replace
from peerlint.registry import load
from peerlint.rule import Finding
from tests.network.build import MAYBE, Estate, cidr_value, unknown
from tests.network.test_properties import forgotten

(RULE,) = (rule for rule in load() if rule.id == "PL406")
AT = Span("/root.tf", 1, 1, 1, 9)
BLOCKS = {"app": "10.0.0.0/16", "data": "10.1.0.0/16"}


def pair(*, swapped: bool = False) -> tuple[Estate, dict[str, Written[str]]]:
    """Two peered VPCs and a group in each."""
    it = Estate()
    vpcs = {name: it.vpc(name, cidr) for name, cidr in BLOCKS.items()}
    ends = (vpcs["data"], vpcs["app"]) if swapped else (vpcs["app"], vpcs["data"])
    it.peering("p", *ends)
    for name, vpc in vpcs.items():
        it.add(
            SecurityGroup(it.origin(f"aws_security_group.{name}"), it.id(f"aws_security_group.{name}"), vpc, it.place)
        )
    return it, {name: it.id(f"aws_security_group.{name}") for name in vpcs}


def permit(it: Estate, group: Written[str], direction: Direction, *peers: PermissionPeer, **changed: Any) -> Permission:
    origin = it.origin("aws_security_group_rule.r", changed.pop("presence", None))
    made = Permission(origin, group, direction, Known("tcp"), Known(443), Known(443), peers, it.place)
    it.add(replace(made, **changed))
    return made


def cidr(text: str) -> CidrPeer:
    return CidrPeer(cidr_value(text), AT)


def answer(network: Network) -> bool | Maybe | None:
    """Whether the ends are isolated; ``None`` where nothing is said."""
    (peering,) = network.all(Peering)
    found = isolated(network, peering)
    return found if isinstance(found, Maybe) or found is None else True


RULES = st.lists(
    st.tuples(
        st.sampled_from(["app", "data"]),
        st.sampled_from(list(Direction)),
        st.sampled_from(["tcp", "udp", "-1"]),
        st.sampled_from([(1, 3), (3, 5), (4, 4)]),
        st.sampled_from(
            ["10.0.0.0/16", "10.1.0.0/24", "10.0.0.0/8", "192.168.0.0/16", "group app", "group data", "self"]
        ),
    ),
    max_size=5,
)


def written(rules: Sequence[Any], *, swapped: bool = False) -> Fragment:
    it, groups = pair(swapped=swapped)
    for owner, direction, protocol, (first, last), peer in rules:
        named: PermissionPeer = cidr(peer) if "/" in peer else SelfPeer(AT)
        if peer.startswith("group"):
            named = GroupPeer(groups[peer.split()[1]], AT)
        everything = protocol == "-1"
        low, high = (None, None) if everything else (Known(first), Known(last))
        permit(it, groups[owner], direction, named, protocol=Known(protocol), from_port=low, to_port=high)
    return it.fragment


def passes(rules: Sequence[Any], source: str, target: str, protocol: str, port: int) -> bool:
    """Whether a packet passes from an interface with one VPC's group to one with the other's, at some addresses."""

    def allows(rule: Any, owner: str, direction: Direction, far: str) -> bool:
        group, way, named, (first, last), peer = rule
        reaches = {
            "10.0.0.0/16": far == "app",
            "10.1.0.0/24": far == "data",
            "10.0.0.0/8": True,
            "192.168.0.0/16": False,
            "group app": far == "app",
            "group data": far == "data",
            "self": False,
        }[peer]
        right = named == "-1" or (named == protocol and first <= port <= last)
        return bool(group == owner and way is direction and reaches and right)

    sent = any(allows(rule, source, Direction.EGRESS, target) for rule in rules)
    return sent and any(allows(rule, target, Direction.INGRESS, source) for rule in rules)


@settings(max_examples=150, deadline=None)
@given(RULES)
def test_ends_are_isolated_where_no_packet_passes(rules: list[Any]) -> None:
    ways = (("app", "data"), ("data", "app"))
    any_passes = any(
        passes(rules, *way, protocol, port) for way in ways for protocol in ("tcp", "udp") for port in range(7)
    )
    assert answer(link([written(rules)])) == (None if any_passes else True)
    assert answer(link([written(rules, swapped=True)])) == (None if any_passes else True)


@settings(max_examples=15, deadline=None)
@given(RULES)
def test_knowing_less_never_isolates(rules: list[Any]) -> None:
    fragment = written(rules)
    if answer(link([fragment])) is None:
        for less in forgotten(fragment):
            assert not [item for item in RULE.check(link([less])) if isinstance(item, Finding)]


def test_only_known_groups_of_both_sides_are_judged() -> None:
    it, _ = pair()
    assert answer(it.network) is True
    group = it.entities.pop()
    assert isinstance(group, SecurityGroup)
    assert answer(it.network) is None
    it.add(replace(group, is_default=True))
    assert answer(it.network) is None


@pytest.mark.parametrize("touched", ["vpc", "stack"])
def test_a_vpc_that_may_have_more_groups_is_left_alone(touched: str) -> None:
    it, _ = pair()
    (peering,) = (e for e in it.entities if isinstance(e, Peering))
    touches = frozenset({peering.peer_vpc}) if touched == "vpc" else None
    it.gaps.append(Gap("root", frozenset({Kind.GROUP}), "a cluster makes groups", AT, touches))
    assert answer(it.network) is None


def test_a_group_with_rules_that_are_not_told_is_asked_about() -> None:
    for peer in (
        UnknownPeers(Unknown(Why.VARIABLE, "var.a"), AT),
        CidrPeer(unknown("var.b"), AT),
        GroupPeer(Known("sg-0abc"), AT),
        PrefixListPeer(Known("pl-0abc"), AT),
    ):
        it, groups = pair()
        permit(it, groups["app"], Direction.EGRESS, cidr("0.0.0.0/0"))
        permit(it, groups["data"], Direction.INGRESS, peer)
        assert isinstance(answer(it.network), Maybe)
    it, groups = pair()
    permit(it, groups["app"], Direction.EGRESS, cidr("0.0.0.0/0"))
    permit(it, groups["data"], Direction.INGRESS, cidr("10.0.0.0/16"), presence=MAYBE)
    assert isinstance(answer(it.network), Maybe)
    it, groups = pair()
    it.gaps.append(Gap("root", frozenset({Kind.PERMISSION}), "it is exported", AT, frozenset({groups["data"]})))
    permit(it, groups["app"], Direction.EGRESS, cidr("0.0.0.0/0"))
    assert isinstance(answer(it.network), Maybe)


def test_prefix_lists_are_expanded_and_those_of_services_hold_no_vpc() -> None:
    for aws_owned, expected in ((False, None), (True, True)):
        it, groups = pair()
        it.add(PrefixList(it.origin("pl"), Known("pl-0a"), aws_owned=aws_owned))
        it.add(PrefixListEntry(it.origin("pl"), Known("pl-0a"), cidr_value("10.0.0.0/16")))
        permit(it, groups["app"], Direction.EGRESS, cidr("0.0.0.0/0"))
        permit(it, groups["data"], Direction.INGRESS, PrefixListPeer(Known("pl-0a"), AT))
        assert answer(it.network) == expected


def test_a_group_of_both_vpcs_admits_itself_and_a_lent_group_counts() -> None:
    it, groups = pair()
    (peering,) = (e for e in it.entities if isinstance(e, Peering))
    permit(it, groups["app"], Direction.EGRESS, SelfPeer(AT))
    permit(it, groups["app"], Direction.INGRESS, SelfPeer(AT))
    assert answer(it.network) is True
    it.add(GroupVpcAssociation(it.origin("a"), groups["app"], peering.peer_vpc))
    assert answer(it.network) is None


def test_a_default_group_counts_where_it_is_used() -> None:
    it, groups = pair()
    default = it.id("aws_vpc.app.default")
    it.add(SecurityGroup(it.origin("aws_vpc.app"), default, it.id("aws_vpc.app"), it.place, is_default=True))
    permit(it, groups["data"], Direction.INGRESS, cidr("10.0.0.0/16"))
    assert answer(it.network) is True
    permit(it, default, Direction.EGRESS, cidr("0.0.0.0/0"))
    assert answer(it.network) is None
