"""What permissions admit, which of them are wider than the peerings need, and which name groups out of reach."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.filtering.permissions import Addresses, Inside, Ports, Unread, ports_of, sources, whole_world
from peerlint.network.link import link
from peerlint.network.model import (
    CidrPeer,
    Direction,
    Gateway,
    GatewayKind,
    GroupPeer,
    Language,
    Permission,
    PermissionPeer,
    Place,
    PrefixList,
    PrefixListEntry,
    PrefixListPeer,
    Presence,
    SecurityGroup,
    SelfPeer,
    Subnet,
    UnknownPeers,
)
from peerlint.network.settings import Settings
from peerlint.network.values import Known, Maybe, Span, Unknown, Why, Written
from peerlint.records import replace
from peerlint.registry import load
from peerlint.rule import Finding, Severity, Undecided
from tests.network.build import MAYBE, NOT_MAYBE, Estate, cidr_value, unknown

RULES = {rule.id: rule for rule in load()}
IRELAND = Place(Known("eu-west-1"), Known("111122223333"))
AT = Span("/root.tf", 1, 1, 1, 9)


@dataclass
class Groups:
    """The security groups of an estate; each source stands on a line of its own, from 1000 on."""

    estate: Estate
    lines: count[int]

    def group(self, name: str, vpc: Written[str] | None, place: Place | None = None) -> Written[str]:
        id = self.estate.id(f"aws_security_group.{name}")
        origin = self.estate.origin(f"aws_security_group.{name}")
        self.estate.add(SecurityGroup(origin, id, vpc, place or self.estate.place))
        return id

    def peer(self, source: object) -> PermissionPeer:
        line = next(self.lines)
        at = Span("/root.tf", line, 1, line, 9)
        match source:
            case str():
                return CidrPeer(cidr_value(source), at)
            case Unknown() if "aws_security_group" in str(source.of):
                return GroupPeer(source, at)
            case Unknown():
                return CidrPeer(source, at)
            case GroupPeer() | PrefixListPeer() | UnknownPeers() | SelfPeer():
                return replace(source, at=at)
        raise AssertionError(source)

    def admit(
        self,
        group: Written[str],
        *from_: object,
        ports: tuple[int, int] | None = (5432, 5432),
        protocol: str = "tcp",
        direction: Direction = Direction.INGRESS,
        presence: Presence | None = None,
    ) -> Permission:
        first, last = (Known(ports[0]), Known(ports[1])) if ports is not None else (None, None)
        origin = self.estate.origin("aws_security_group_rule.it", presence)
        peers = tuple(self.peer(source) for source in from_)
        permission = Permission(origin, group, direction, Known(protocol), first, last, peers, self.estate.place)
        self.estate.add(permission)
        return permission

    def run(self, rule: str = "PL405", settings: Settings | None = None) -> list[Finding | Undecided]:
        return list(RULES[rule].check(link([self.estate.fragment], settings=settings)))


def groups(language: Language = Language.TERRAFORM) -> Groups:
    return Groups(Estate(language=language), count(1000))


def pair(own: str = "10.20.0.0/16", *peer: str) -> tuple[Groups, Written[str], Written[str]]:
    """Two peered VPCs, and a group in the first."""
    it = groups()
    app = it.estate.vpc("app", own)
    data = it.estate.vpc("data", *(peer or ("10.30.0.0/16",)))
    it.estate.peering("app_data", app, data)
    return it, it.group("hosts", app), data


# --- What a permission admits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("protocol", "first", "last", "text"),
    [
        ("-1", None, None, "every protocol and port"),
        ("-1", 22, 22, "every protocol and port"),
        ("tcp", 22, 22, "TCP port 22"),
        ("6", 22, 23, "TCP ports 22 to 23"),
        ("17", 0, 65535, "every UDP port"),
        ("tcp", 1, 65535, "every TCP port"),
        ("tcp", 2, 65535, "TCP ports 2 to 65535"),
        ("icmp", -1, -1, "every type of ICMP"),
        ("icmp", 8, 0, "ICMP"),
        ("50", 0, 0, "protocol 50"),
    ],
)
def test_ports_are_told_in_words(protocol: str, first: int | None, last: int | None, text: str) -> None:
    it = groups()
    ports = None if first is None or last is None else (first, last)
    assert str(ports_of(it.admit(Known("sg-1"), ports=ports, protocol=protocol))) == text


def test_ports_that_are_not_told_are_undecided() -> None:
    it = groups()
    permission = it.admit(Known("sg-1"))
    assert isinstance(ports_of(replace(permission, from_port=unknown("port"))), Maybe)
    assert isinstance(ports_of(replace(permission, protocol=unknown("protocol"))), Maybe)
    assert isinstance(ports_of(replace(permission, to_port=None)), Maybe)


def test_only_ports_of_tcp_and_udp_can_be_public() -> None:
    assert Ports("tcp", 443, 443).within({80, 443})
    assert Ports("tcp", 80, 81).within({80, 81})
    assert not Ports("tcp", 80, 443).within({80, 443})
    assert not Ports("icmp", 80, 80).within({80, 443})
    assert not Ports("-1", 0, 65535).within(set(range(65536)))


def block(text: str) -> Cidr:
    cidr = parse_cidr(text)
    assert cidr is not None
    return cidr


@given(st.lists(st.integers(1, 32), min_size=0, max_size=6), st.data())
def test_a_world_in_pieces_is_the_world_and_without_one_piece_it_is_not(splits: list[int], data: st.DataObject) -> None:
    pieces = [ipaddress.ip_network("0.0.0.0/0")]
    for prefix in splits:
        chosen = data.draw(st.sampled_from(pieces))
        if chosen.prefixlen < min(prefix, 32):
            pieces.remove(chosen)
            pieces += chosen.subnets()
    found = [Addresses(block(str(piece)), AT) for piece in data.draw(st.permutations(pieces))]
    assert {str(source) for source in whole_world(found, 4)} == {str(piece) for piece in pieces}
    missing = data.draw(st.sampled_from(found))
    assert whole_world([source for source in found if source is not missing], 4) == ()
    assert whole_world(found, 6) == ()


def test_sources_are_addresses_vpcs_or_unread() -> None:
    it, hosts, data = pair()
    clients = it.group("clients", data)
    it.estate.add(
        Subnet(
            it.estate.origin("aws_subnet.s"), Known("subnet-1"), data, (it.estate.block("sub", it.estate.origin("x")),)
        )
    )
    lists = {"pl-0a": False, "pl-0b": True}
    for name, aws_owned in lists.items():
        it.estate.add(PrefixList(it.estate.origin(name), Known(name), aws_owned=aws_owned))
        it.estate.add(PrefixListEntry(it.estate.origin(name), Known(name), cidr_value("0.0.0.0/0")))
    it.estate.add(PrefixListEntry(it.estate.origin("pl-0a", MAYBE), Known("pl-0a"), cidr_value("10.0.0.0/8")))
    permission = it.admit(
        hosts,
        "10.30.0.0/16",
        "nobody",
        clients,
        GroupPeer(Known("sg-2"), AT),
        PrefixListPeer(Known("pl-0a"), AT),
        PrefixListPeer(Known("pl-0b"), AT),
        UnknownPeers(Unknown(Why.LOOKUP, "a"), AT),
        SelfPeer(AT),
        "sub",
    )
    found = sources(it.estate.network, permission)
    assert [type(source) for source in found] == [Addresses, Unread, Inside, Unread, Addresses, Unread, Unread, Inside]


# --- PL405 ----------------------------------------------------------------------------------------------------------


def said(found: list[Finding | Undecided]) -> list[str]:
    return [type(item).__name__ for item in found]


@pytest.mark.parametrize(
    ("from_", "ports", "protocol", "expected"),
    [
        (["0.0.0.0/0"], (22, 22), "tcp", ["Finding"]),
        (["::/0"], (22, 22), "tcp", ["Finding"]),
        (["0.0.0.0/0", "::/0"], (22, 22), "tcp", ["Finding"]),
        (["0.0.0.0/0"], (443, 443), "tcp", []),
        (["0.0.0.0/0"], (80, 443), "tcp", ["Finding"]),
        (["0.0.0.0/1", "128.0.0.0/1"], (443, 443), "tcp", []),
        (["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"], (22, 22), "tcp", ["Finding"]),
        (["0.0.0.0/0"], (-1, -1), "icmp", ["Finding"]),
        (["0.0.0.0/0"], (8, -1), "icmp", []),
        (["10.0.0.0/8"], (-1, -1), "icmp", []),
        (["0.0.0.0/0"], (0, 0), "50", []),
        (["10.0.0.0/8"], (22, 22), "tcp", ["Finding"]),
        (["10.30.0.0/15"], (22, 22), "tcp", ["Finding"]),
        (["10.30.0.0/16"], (22, 22), "tcp", []),
        (["10.30.0.0/16"], (0, 65535), "tcp", ["Finding"]),
        (["10.30.7.0/24"], (0, 65535), "udp", ["Finding"]),
        (["10.30.7.0/24"], (1024, 65535), "tcp", []),
        (["10.20.0.0/16"], None, "-1", []),
        (["192.168.0.0/16"], None, "-1", []),
        (["somewhere"], (22, 22), "tcp", ["Undecided"]),
        ([SelfPeer(AT)], None, "-1", []),
    ],
    ids=str,
)
def test_the_three_shapes(
    from_: list[object], ports: tuple[int, int] | None, protocol: str, expected: list[str]
) -> None:
    it, hosts, _ = pair()
    it.admit(hosts, *from_, ports=ports, protocol=protocol)
    assert said(it.run()) == expected


def test_one_finding_for_a_permission_and_its_other_sources_are_notes() -> None:
    it, hosts, _ = pair()
    permission = it.admit(hosts, "10.30.0.0/16", "10.0.0.0/8", "0.0.0.0/0", ports=None, protocol="-1")
    (found,) = it.run()
    assert isinstance(found, Finding)
    assert found.at == permission.peers[2].at
    assert [note.at for note in found.notes[:2]] == [permission.peers[1].at, permission.peers[0].at]
    assert "10.20.0.0/16" in found.message
    assert "10.30.0.0/16" in found.message


def test_egress_is_never_wide() -> None:
    it, hosts, _ = pair()
    it.admit(hosts, "0.0.0.0/0", ports=None, protocol="-1", direction=Direction.EGRESS)
    assert it.run() == []


def test_halves_of_the_world_in_two_rules_are_said_once_and_only_of_one_port() -> None:
    it, hosts, _ = pair()
    first = it.admit(hosts, "0.0.0.0/1")
    it.admit(hosts, "128.0.0.0/1")
    other = it.admit(hosts, "0.0.0.0/1", ports=(9000, 9000))
    world, supernet = it.run()
    assert isinstance(world, Finding)
    assert isinstance(supernet, Finding)
    assert (world.at, supernet.at) == (first.peers[0].at, other.peers[0].at)
    assert "0.0.0.0/1 and 128.0.0.0/1" in world.message


def test_public_ports_may_be_none() -> None:
    it, hosts, _ = pair()
    it.admit(hosts, "0.0.0.0/0", ports=(443, 443))
    assert said(it.run(settings=Settings(public_ports=frozenset()))) == ["Finding"]


def test_an_exact_aggregate_needs_every_peer() -> None:
    it = groups()
    hub, east, west = (
        it.estate.vpc(n, c) for n, c in [("h", "10.0.0.0/16"), ("e", "10.2.0.0/16"), ("w", "10.3.0.0/16")]
    )
    it.estate.peering("east", hub, east)
    hosts = it.group("hosts", hub)
    it.admit(hosts, "10.2.0.0/15")
    assert said(it.run()) == ["Finding"]
    it.estate.peering("west", west, hub)
    assert it.run() == []


def test_blocks_that_were_not_read_may_fill_a_small_supernet_but_not_a_large_one() -> None:
    it = groups()
    hub, east = it.estate.vpc("hub", "10.0.0.0/16"), it.estate.vpc("east", "10.2.0.0/16")
    it.estate.peering("east", hub, east)
    it.estate.peering("office", hub, it.estate.vpc("office", outside=True))
    hosts = it.group("hosts", hub)
    it.admit(hosts, "10.2.0.0/15")
    assert said(it.run()) == ["Undecided"]
    it.admit(hosts, "10.0.0.0/8")
    assert said(it.run()) == ["Undecided", "Finding"]


def test_a_block_of_the_peer_is_recognised_whatever_its_value() -> None:
    it, hosts, data = pair("10.20.0.0/16", "peer_block")
    it.admit(hosts, "peer_block")
    assert it.run() == []
    it.admit(hosts, "peer_block", ports=None, protocol="-1")
    (found,) = it.run()
    assert isinstance(found, Finding)
    clients = it.group("clients", data)
    it.admit(hosts, clients, ports=None, protocol="-1")
    assert said(it.run()) == ["Finding", "Finding"]


def test_a_rule_or_a_peering_that_may_not_exist_is_undecided_and_one_that_excludes_it_nothing() -> None:
    it, hosts, _ = pair()
    it.admit(hosts, "0.0.0.0/0", presence=MAYBE)
    assert said(it.run()) == ["Undecided"]
    other = groups()
    app, data = other.estate.vpc("app", "10.20.0.0/16"), other.estate.vpc("data", "10.30.0.0/16")
    other.estate.peering("app_data", app, data, MAYBE)
    hosts = other.group("hosts", app)
    other.admit(hosts, "0.0.0.0/0")
    other.admit(hosts, "0.0.0.0/0", presence=NOT_MAYBE)
    assert said(other.run()) == ["Undecided"]


def test_groups_elsewhere_are_left_alone_and_of_an_unknown_vpc_noted() -> None:
    it, _, _ = pair()
    sandbox = it.group("sandbox", it.estate.vpc("sandbox", "10.40.0.0/16"))
    looked_up = it.group("looked_up", it.estate.vpc("other", outside=True))
    by_default = it.group("by_default", None)
    for group in (sandbox, looked_up, by_default):
        it.admit(group, "0.0.0.0/0")
    assert it.run() == []
    chosen = it.group("chosen", Unknown(Why.UNSUPPORTED, "var.a ? x : y"))
    it.admit(chosen, "0.0.0.0/0")
    it.admit(chosen, "10.0.0.0/8")
    it.admit(chosen, "10.16.0.0/13")
    it.admit(chosen, "10.30.0.0/16", ports=None, protocol="-1")
    found = it.run()
    assert said(found) == ["Finding", "Finding", "Undecided", "Undecided"]
    assert {item.severity for item in found if isinstance(item, Finding)} == {Severity.NOTE}


def test_a_vpc_peered_with_itself_has_no_peer() -> None:
    it = groups()
    app = it.estate.vpc("app", "10.20.0.0/16")
    it.estate.peering("mistaken", app, app)
    it.admit(it.group("hosts", app), "0.0.0.0/0")
    assert it.run() == []


texts = st.sampled_from(["10.20.0.0/16", "10.30.0.0/16", "10.30.9.0/24", "10.30.0.0/15", "10.0.0.0/8", "0.0.0.0/0"])


@given(texts, st.booleans(), st.sampled_from(["own", "peer", "source"]), st.booleans())
def test_an_unknown_adds_no_finding_and_the_sides_are_alike(text: str, every: bool, hidden: str, swapped: bool) -> None:
    def run(own: str, peer: str, source: str) -> list[Finding | Undecided]:
        it = groups()
        app, data = it.estate.vpc("app", own), it.estate.vpc("data", peer)
        it.estate.peering("app_data", *((data, app) if swapped else (app, data)))
        protocol, ports = ("-1", None) if every else ("tcp", (22, 22))
        it.admit(it.group("hosts", app), source, ports=ports, protocol=protocol)
        return it.run()

    values = {"own": "10.20.0.0/16", "peer": "10.30.0.0/16", "source": text}
    plain, less = run(**values), run(**{**values, hidden: "hidden"})
    assert said(less).count("Finding") <= said(plain).count("Finding")
    expected = text in ("10.30.0.0/15", "10.0.0.0/8", "0.0.0.0/0") or (every and text.startswith("10.30"))
    assert said(plain).count("Finding") == expected


# --- PL401 ----------------------------------------------------------------------------------------------------------


def template(peer_region: str, owner: str | None) -> Groups:
    """A template in Ireland, of which one VPC is peered with another account's, and a group of some account named."""
    it = groups(Language.CLOUDFORMATION)
    own = it.estate.vpc("Own", "10.20.0.0/16", place=IRELAND)
    abroad = Known(peer_region)
    it.estate.peering("Far", own, Known("vpc-1"), peer_owner=Known("444455556666"), peer_region=abroad)
    hosts = it.group("Hosts", own, IRELAND)
    account = Known(owner) if owner is not None else None
    it.admit(hosts, GroupPeer(Known("sg-9"), AT, account))
    return it


def test_a_group_of_the_peers_account_is_out_of_reach_where_every_peering_leaves_the_region() -> None:
    (found,) = template("eu-central-1", "444455556666").run("PL401")
    assert isinstance(found, Finding)
    assert "eu-west-1" in found.message
    assert "eu-central-1" in found.message


def test_a_group_that_may_be_near_is_undecided_and_one_that_must_be_is_fine() -> None:
    assert said(template("eu-central-1", None).run("PL401")) == ["Undecided"]
    assert said(template("eu-central-1", "777788889999").run("PL401")) == ["Undecided"]
    assert template("eu-west-1", "444455556666").run("PL401") == []


def test_a_transit_gateway_may_bring_groups_near() -> None:
    it = template("eu-central-1", "444455556666")
    attachment = GatewayKind.TRANSIT_ATTACHMENT
    it.estate.add(Gateway(it.estate.origin("Attachment"), attachment, Known("tgw-attach-1"), Known("vpc-2")))
    assert said(it.run("PL401")) == ["Undecided"]


def test_a_reference_that_may_not_exist_is_undecided() -> None:
    it = groups()
    app = it.estate.vpc("app", "10.20.0.0/16", place=IRELAND)
    hosts = it.group("hosts", app, IRELAND)
    far = it.group("far", it.estate.vpc("data", "10.30.0.0/16"), Place(Known("eu-central-1"), Known("111122223333")))
    it.admit(hosts, far, direction=Direction.EGRESS)
    it.admit(hosts, far, presence=MAYBE)
    it.admit(hosts, hosts)
    assert said(it.run("PL401")) == ["Finding", "Undecided"]
