"""What network ACLs let pass, against a simulation of every packet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.network.filtering.acls import Match, Outcome, Part, first_match, passing
from peerlint.network.filtering.services import EVERYTHING, NOTHING, PORTS, Services, ports
from peerlint.network.intervals import Addresses
from peerlint.network.model import AclEntry, Direction, Gap, Kind, NetworkAcl, Peering, Vpc
from peerlint.network.values import Known, Span, Unknown, Why, Written
from peerlint.records import replace
from tests.network.build import MAYBE, NOT_MAYBE, Estate, cidr_value, unknown

PACKETS = [protocol * PORTS + port for protocol in (6, 17, 50) for port in range(6)]
RANGES = st.sampled_from([ports(6, 0, 2), ports(6, 2, 4), ports(6), ports(17, 1, 3), ports(50), EVERYTHING, NOTHING])


def has(services: Services, packet: int) -> bool:
    return any(first <= packet <= last for first, last in services.intervals)


@st.composite
def matches(draw: st.DrawFn) -> Match:
    most = draw(RANGES)
    least = most if draw(st.booleans()) else draw(st.sampled_from([NOTHING, most & ports(6, 1, 3)]))
    number = draw(st.sampled_from([1, 2, 3, 3, None]))
    return Match(number, draw(st.sampled_from([True, False, True, False, None])), least, most)


def orders(entries: Sequence[Match]) -> Iterator[tuple[Match, ...]]:
    """Every order in which AWS may read entries: by their numbers, those without one anywhere."""
    for order in permutations(entries):
        numbers = [entry.number for entry in order if entry.number is not None]
        if numbers == sorted(numbers):
            yield order


def decisions(order: Sequence[Match], packet: int) -> set[bool]:
    """Every way in which entries in an order may decide about a packet."""
    found: set[bool] = set()
    for entry in order:
        if has(entry.most, packet):
            found |= {True, False} if entry.allow is None else {entry.allow}
        if has(entry.least, packet):
            return found
    return found | {False}


@settings(deadline=None)
@given(st.lists(matches(), max_size=4))
def test_first_match_is_what_every_order_says(entries: list[Match]) -> None:
    found = first_match(entries)
    ways = list(orders(entries))
    for packet in PACKETS:
        told = {decision for order in ways for decision in decisions(order, packet)}
        assert has(found.certain, packet) <= (told == {True})
        assert has(found.possible, packet) >= (True in told)
        if all(entry.number is not None for entry in entries):
            assert has(found.certain, packet) == (told == {True})
            assert has(found.possible, packet) == (True in told)


# --- An ACL and a peer -----------------------------------------------------------------------------------------------

BLOCKS = ["10.0.0.0/29", "10.0.0.0/30", "10.0.0.4/30", "10.0.0.2/31", "10.0.0.5/32", "10.0.0.0/28", "0.0.0.0/0"]
BLOCKS += ["10.9.0.0/16", "::/0"]
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(list(Direction)),
        st.booleans(),
        st.sampled_from(["-1", "tcp", "17"]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(BLOCKS),
    ),
    max_size=6,
)


def estate(*peer: str) -> tuple[Estate, NetworkAcl]:
    """Two peered VPCs, and an ACL in the second."""
    it = Estate()
    app, data = it.vpc("app", *peer), it.vpc("data", "10.9.0.0/16")
    it.peering("p", app, data)
    acl = NetworkAcl(it.origin("aws_network_acl.a"), it.id("aws_network_acl.a"), data)
    it.add(acl)
    return it, acl


def entry(it: Estate, acl: NetworkAcl, number: int, cidr: Written[Any] | str, **changed: Any) -> AclEntry:
    made = AclEntry(
        it.origin(f"aws_network_acl_rule.r{number}", changed.pop("presence", None)),
        acl.id,
        changed.pop("direction", Direction.INGRESS),
        Known(number),
        Known(True),
        Known("-1"),
        cidr_value(cidr) if isinstance(cidr, str) else cidr,
    )
    return replace(made, **changed)


def outcomes(it: Estate, acl: NetworkAcl, version: int = 4) -> dict[Part, tuple[Outcome, Outcome]]:
    network = it.network
    (peering,) = network.all(Peering)
    peer = network.vpcs.by_id(peering.vpc, peering.origin)
    return {item.part: (item.inbound, item.outbound) for item in passing(network, acl, peer, version)}


def first_decision(entries: Sequence[AclEntry], direction: Direction, address: int, protocol: int, port: int) -> bool:
    """What AWS does with one packet."""
    for each in sorted(entries, key=lambda e: e.number.value if isinstance(e.number, Known) else 0):
        assert isinstance(each.cidr, Known)
        assert isinstance(each.protocol, Known)
        if each.direction is not direction or each.cidr.value.version != 4:
            continue
        if not each.cidr.value.first <= address <= each.cidr.value.last:
            continue
        if each.protocol.value != "-1":
            assert isinstance(each.from_port, Known)
            assert isinstance(each.to_port, Known)
            named = {"tcp": 6, "17": 17}[each.protocol.value]
            if named != protocol or not each.from_port.value <= port <= each.to_port.value:
                continue
        return each.allow == Known(True)
    return False


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.randoms(use_true_random=False), st.data())
def test_an_acl_is_what_happens_to_each_packet(
    written: list[tuple[Direction, bool, str, int, int, str]], random: Any, data: st.DataObject
) -> None:
    it, acl = estate("10.0.0.0/29")
    made = [
        entry(
            it,
            acl,
            10 * number,
            cidr,
            direction=direction,
            allow=Known(allow),
            protocol=Known(protocol),
            from_port=Known(min(one, other)),
            to_port=Known(max(one, other)),
        )
        for number, (direction, allow, protocol, one, other, cidr) in enumerate(written)
    ]
    random.shuffle(made)
    for each in made:
        it.add(each)
    found = outcomes(it, acl)
    base = 10 << 24
    seen = set()
    for part, sides in found.items():
        assert isinstance(part.addresses, Addresses)
        ((first, last),) = part.addresses.intervals
        seen |= set(range(first, last + 1))
        for address, direction in product(range(first, last + 1), Direction):
            outcome = sides[0] if direction is Direction.INGRESS else sides[1]
            assert outcome.certain == outcome.possible
            for protocol, port in product((6, 17, 50), range(5)):
                told = first_decision(made, direction, address, protocol, port)
                assert has(outcome.certain, protocol * PORTS + port) == told
    assert seen == set(range(base, base + 8))
    if made:
        _less_is_never_more(it, acl, made, data)


def _less_is_never_more(it: Estate, acl: NetworkAcl, made: list[AclEntry], data: st.DataObject) -> None:
    """With one value forgotten, less is certain and more is possible."""
    chosen = data.draw(st.sampled_from(made))
    name = data.draw(st.sampled_from(["number", "allow", "protocol", "cidr", "from_port", "to_port"]))
    less = Estate(entities=[*it.entities])
    forgotten: dict[str, Any] = {name: Unknown(Why.VARIABLE, "var.x")}
    less.entities[less.entities.index(chosen)] = replace(chosen, **forgotten)
    before, after = outcomes(it, acl), outcomes(less, acl)
    for part, sides in before.items():
        for wider, others in after.items():
            assert isinstance(part.addresses, Addresses)
            assert isinstance(wider.addresses, Addresses)
            if part.addresses & wider.addresses:
                for full, fewer in zip(sides, others, strict=True):
                    assert full.certain.covers(fewer.certain)
                    assert fewer.possible.covers(full.possible)


def test_an_unknown_block_is_matched_by_itself_and_by_the_whole_world() -> None:
    for cidr in ("app_cidr", "0.0.0.0/0"):
        it, acl = estate("app_cidr")
        it.add(entry(it, acl, 100, cidr))
        ((part, (inbound, outbound)),) = outcomes(it, acl).items()
        assert part.addresses == unknown("app_cidr")
        assert (inbound.certain, outbound.possible) == (EVERYTHING, NOTHING)


def test_an_unknown_block_may_be_in_a_known_one_and_is_not_in_that_of_its_peer() -> None:
    it, acl = estate("app_cidr")
    it.add(entry(it, acl, 100, "10.0.0.0/8"))
    ((_, (inbound, _)),) = outcomes(it, acl).items()
    assert (inbound.certain, inbound.possible) == (NOTHING, EVERYTHING)
    assert inbound.doubt is not None
    assert "app_cidr" in inbound.doubt.reason
    it, acl = estate("app_cidr")
    it.add(entry(it, acl, 100, "10.9.1.0/24"))
    ((_, (inbound, _)),) = outcomes(it, acl).items()
    assert inbound.possible == NOTHING


def test_an_entry_that_may_not_exist_decides_nothing_and_one_under_the_acls_condition_does() -> None:
    it, acl = estate("10.0.0.0/29")
    it.add(entry(it, acl, 50, "10.0.0.0/29", allow=Known(False), presence=MAYBE))
    it.add(entry(it, acl, 100, "0.0.0.0/0"))
    ((_, (inbound, _)),) = outcomes(it, acl).items()
    assert (inbound.certain, inbound.possible) == (NOTHING, EVERYTHING)
    it.entities[it.entities.index(acl)] = acl = replace(acl, origin=replace(acl.origin, presence=MAYBE))
    ((_, (inbound, _)),) = outcomes(it, acl).items()
    assert (inbound.certain, inbound.possible) == (NOTHING, NOTHING)
    it.entities[it.entities.index(acl)] = acl = replace(acl, origin=replace(acl.origin, presence=NOT_MAYBE))
    ((_, (inbound, _)),) = outcomes(it, acl).items()
    assert inbound.certain == EVERYTHING


def test_two_entries_with_one_number_leave_open_which_is_first() -> None:
    it, acl = estate("10.0.0.0/29")
    it.add(entry(it, acl, 100, "0.0.0.0/0"))
    it.add(entry(it, acl, 100, "0.0.0.0/0", allow=Known(False), protocol=Known("tcp")))
    ((_, (inbound, _)),) = outcomes(it, acl).items()
    assert (inbound.certain, inbound.possible) == (EVERYTHING - ports(6), EVERYTHING)


def test_an_acl_that_others_may_add_to_and_one_with_too_many_entries_are_open() -> None:
    it, acl = estate("10.0.0.0/29")
    at = Span("/root.tf", 1, 1, 1, 9)
    it.gaps.append(Gap("root", frozenset({Kind.ACL}), "others add to it", at, frozenset({acl.id})))
    ((_, (inbound, outbound)),) = outcomes(it, acl).items()
    assert (inbound.certain, outbound.possible) == (NOTHING, EVERYTHING)
    it, acl = estate("10.0.0.0/29")
    for number in range(201):
        it.add(entry(it, acl, number + 1, "10.9.0.0/16"))
    ((_, (inbound, _)),) = outcomes(it, acl).items()
    assert inbound.doubt is not None
    assert "too many" in inbound.doubt.reason


def test_address_families_are_apart() -> None:
    it, acl = estate("10.0.0.0/29", "2001:db8::/56")
    it.add(entry(it, acl, 100, "0.0.0.0/0"))
    assert [inbound.certain for inbound, _ in outcomes(it, acl, 4).values()] == [EVERYTHING]
    assert [inbound.possible for inbound, _ in outcomes(it, acl, 6).values()] == [NOTHING]


def test_a_vpc_that_is_not_told_has_a_part_of_which_nothing_is_known() -> None:
    it, acl = estate("10.0.0.0/29")
    vpc = next(each for each in it.entities if isinstance(each, Vpc) and "app" in each.origin.address)
    it.entities[it.entities.index(vpc)] = replace(vpc, outside=True)
    it.add(entry(it, acl, 100, "10.0.0.0/29"))
    known, rest = outcomes(it, acl).items()
    assert known[1][0].certain == EVERYTHING
    assert rest[0].doubt is not None
    assert rest[1][0].certain == NOTHING
