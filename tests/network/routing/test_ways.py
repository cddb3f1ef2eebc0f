"""What the routes of a side do together, against packet by packet judgement of small networks.

Every VPC has two blocks of 16 addresses, four subnets of four addresses in the first and two in the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint import registry
from peerlint.network.cidr import parse_cidr
from peerlint.network.link import link
from peerlint.network.model import Fragment, Peering, Side, Subnet
from peerlint.network.network import Network
from peerlint.network.routing.destinations import name_of
from peerlint.network.routing.ineffective import Ineffective, ineffective
from peerlint.network.routing.reciprocity import OneWay, one_ways
from peerlint.network.routing.returns import Lack, Partial, partials
from peerlint.network.routing.unrouted import Unrouted, unrouted, unrouted_blocks
from peerlint.network.routing.ways import SideRoutes
from tests.network.build import Estate, findings
from tests.network.test_properties import forgotten

BLOCKS = (("10.0.0.0/28", "10.0.1.0/28"), ("10.1.0.0/28", "10.1.1.0/28"))
SUBNETS = tuple(
    (*(f"10.{vpc}.0.{4 * n}/30" for n in range(4)), *(f"10.{vpc}.1.{4 * n}/30" for n in range(2))) for vpc in (0, 1)
)
TABLES = 3
SIDES = (Side.REQUESTER, Side.ACCEPTER)


def destinations(vpc: int) -> list[str]:
    """Where a route to a VPC may lead: its blocks, half a block, its subnets, a single address, all of it and more."""
    return [
        *BLOCKS[vpc],
        f"10.{vpc}.0.0/29",
        *SUBNETS[vpc],
        f"10.{vpc}.0.5/32",
        f"10.{vpc}.0.0/23",
        f"10.{vpc}.1.0/27",
    ]


@dataclass(frozen=True)
class Plan:
    """The table of each subnet of each VPC (``None`` is the main one), and routes as (VPC, table, destination)."""

    tables: tuple[tuple[int | None, ...], tuple[int | None, ...]]
    routes: tuple[tuple[int, int | None, str], ...]

    @property
    def fragment(self) -> Fragment:
        estate = Estate()
        vpcs = [estate.vpc(f"v{n}", blocks[0]) for n, blocks in enumerate(BLOCKS)]
        for n, (_, more) in enumerate(BLOCKS):
            estate.secondary(f"v{n}", vpcs[n], more)
        over = estate.peering("pair", vpcs[0], vpcs[1])
        ids = [[estate.table(f"v{n}t{k}", vpc, subnets=0) for k in range(TABLES)] for n, vpc in enumerate(vpcs)]
        for n, chosen in enumerate(self.tables):
            for k, table in enumerate(chosen):
                subnet = estate.subnet(f"v{n}s{k}", vpcs[n], SUBNETS[n][k])
                if table is not None:
                    estate.associate(f"v{n}s{k}", ids[n][table], subnet)
        for k, (n, table, to) in enumerate(self.routes):
            estate.route(f"r{k}", estate.main(f"v{n}") if table is None else ids[n][table], to, over)
        return estate.fragment

    # What follows is judged address by address, and knows nothing of the analyses.

    def led_to(self, n: int, table: int | None) -> set[int]:
        """The addresses that a table of a VPC leads to over the peering."""
        return {a for vpc, own, to in self.routes if (vpc, own) == (n, table) for a in addresses(to)}

    def used(self, n: int) -> set[int | None]:
        return set(self.tables[n])

    def answering(self, n: int) -> set[int]:
        """The subnets of a VPC whose table leads to any address of the other one."""
        return {k for k, table in enumerate(self.tables[n]) if self.led_to(n, table) & everything(1 - n)}

    def sent(self, n: int) -> list[set[int]]:
        """What the used tables of a VPC lead to, one set for each destination."""
        return [addresses(to) for vpc, table, to in self.routes if vpc == n and table in self.used(n)]

    def targets(self, n: int) -> set[int]:
        """The subnets that the other side routes into, and that cannot answer."""
        aimed = {k for k in range(len(SUBNETS[n])) for to in self.sent(1 - n) if to <= addresses(SUBNETS[n][k])}
        return aimed - self.answering(n)

    def skipped(self, n: int) -> set[int]:
        """The subnets that the other side's routes lead to among others, and that cannot answer as others do."""
        met = {k for k in range(len(SUBNETS[n])) for to in self.sent(1 - n) if to & addresses(SUBNETS[n][k])}
        return met - self.answering(n) if self.answering(n) else set()

    def unanswered(self, n: int) -> set[int]:
        """The subnets of the *other* VPC that send and that no route of this one leads back to."""
        back = {address for vpc, _, to in self.routes if vpc == n for address in addresses(to)}
        return {k for k in self.answering(1 - n) if not addresses(SUBNETS[1 - n][k]) & back}


def addresses(text: str) -> set[int]:
    cidr = parse_cidr(text)
    assert cidr is not None
    return set(range(cidr.first, cidr.last + 1))


def everything(n: int) -> set[int]:
    return {address for block in BLOCKS[n] for address in addresses(block)}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    table = st.one_of(st.none(), st.integers(0, TABLES - 1))
    tables = [tuple(draw(st.lists(table, min_size=6, max_size=6))) for _ in range(2)]
    routes = []
    for n in range(2):
        one = st.tuples(st.just(n), table, st.sampled_from(destinations(1 - n)))
        routes += draw(st.lists(one, max_size=5))
    return Plan((tables[0], tables[1]), tuple(routes))


def pair(network: Network) -> Peering:
    return network.peerings.declared[0]


def numbers(subnets: tuple[Subnet, ...]) -> set[int]:
    return {int(subnet.origin.address[-1]) for subnet in subnets}


@settings(max_examples=30, deadline=None)
@given(plans())
def test_what_a_peering_is_routed_for_is_the_union_of_its_routes(plan: Plan) -> None:
    network = link([plan.fragment])
    for n, side in enumerate(SIDES):
        here = SideRoutes(network, pair(network), side)
        tables: dict[int | None, str] = {None: f"aws_vpc.v{n}"}
        tables |= {k: f"aws_route_table.v{n}t{k}" for k in range(TABLES)}
        for number, address in tables.items():
            table = next(t for t in network.tables.of(here.near) if t.origin.address == address)
            found = here.routed(4, table)
            led = {a for first, last in found.certain.intervals for a in range(first, last + 1)}
            assert led == plan.led_to(n, number)
            assert found.possible == found.certain
            assert found.open == ()
            assert here.leads_over(table, 4) is bool(led & everything(1 - n))
            assert here.routed(6, table).possible.intervals == ()
        for item in network.vpcs.placed_blocks(here.far):
            led = {a for vpc, _, to in plan.routes if vpc == n for a in addresses(to)}
            assert here.meets(item) is bool(led & addresses(name_of(item.block.cidr)))


@settings(max_examples=60, deadline=None)
@given(plans())
def test_what_has_no_way_back_is_what_no_packet_comes_back_from(plan: Plan) -> None:
    network = link([plan.fragment])
    items = list(partials(network, pair(network)))
    found = {item.silent.side: item for item in items if isinstance(item, Partial)}
    assert len(found) == len(items)
    for n, side in enumerate(SIDES):
        expected = _expected(plan, n)
        item = found.get(side)
        assert (None if item is None else (item.lack, numbers(item.subnets))) == expected


def _expected(plan: Plan, n: int) -> tuple[Lack, set[int]] | None:
    """The gravest lack of a side. Of one without a way that is used other rules speak; one may not be sent to."""
    if not plan.sent(n) or not plan.sent(1 - n):
        return None
    in_second = {k for k in plan.unanswered(n) if k >= 4}
    lost = {a for vpc, _, to in plan.routes if vpc == n for a in addresses(to)}
    whole = [{k for k in plan.unanswered(n) if (k >= 4) is second} for second in (False, True)]
    blocks = [k for second, ks in enumerate(whole) if not lost & addresses(BLOCKS[1 - n][second]) for k in ks]
    senders = plan.unanswered(n) - set(blocks)
    skipped = plan.skipped(n) - plan.targets(n)
    assert in_second <= plan.unanswered(n)
    for lack, subnets in (
        (Lack.TARGET, plan.targets(n)),
        (Lack.BLOCK, set(blocks)),
        (Lack.SUBNET, skipped),
        (Lack.SENDER, senders),
    ):
        if subnets:
            return lack, subnets
    return None


@settings(max_examples=30, deadline=None)
@given(plans())
def test_routes_are_in_vain_where_no_subnet_has_their_table(plan: Plan) -> None:
    network = link([plan.fragment])
    items = list(ineffective(network, pair(network)))
    found = {item.near.side for item in items if isinstance(item, Ineffective)}
    assert len(found) == len(items)
    routed = {n for n, _, _ in plan.routes}
    assert found == {side for n, side in enumerate(SIDES) if n in routed and not plan.sent(n)}


@settings(max_examples=30, deadline=None)
@given(plans())
def test_a_peering_is_unrouted_where_it_has_no_route(plan: Plan) -> None:
    network = link([plan.fragment])
    assert unrouted(network, pair(network)) is (plan.routes == ())


@settings(max_examples=30, deadline=None)
@given(plans())
def test_a_block_is_unrouted_where_the_primary_one_is_routed_and_it_is_not(plan: Plan) -> None:
    network = link([plan.fragment])
    found = {i.sender.side for i in unrouted_blocks(network, pair(network)) if isinstance(i, Unrouted)}
    for n, side in enumerate(SIDES):
        led = {a for vpc, _, to in plan.routes if vpc == n for a in addresses(to)}
        sent = {a for to in plan.sent(n) for a in to}
        primary, second = (addresses(block) for block in BLOCKS[1 - n])
        expected = bool(sent & primary) and not led & second
        sending = _expected(plan, n)
        lacking = sending is not None and sending[0] is Lack.BLOCK and any(k >= 4 for k in sending[1])
        assert (side in found) is (expected and not lacking)


@settings(max_examples=30, deadline=None)
@given(plans())
def test_of_one_side_one_rule_speaks_of_the_way_back(plan: Plan) -> None:
    network = link([plan.fragment])
    sides = [
        *(item.silent.side for item in one_ways(network, pair(network)) if isinstance(item, OneWay)),
        *(item.silent.side for item in partials(network, pair(network)) if isinstance(item, Partial)),
        *(item.near.side for item in ineffective(network, pair(network)) if isinstance(item, Ineffective)),
    ]
    assert len(sides) == len(set(sides))
    assert not (sides and unrouted(network, pair(network)) is True)


RULES = [rule for rule in registry.load() if rule.id in ("PL202", "PL203", "PL204", "PL205")]


def claims(network: Network) -> Iterator[tuple[object, ...]]:
    """Findings by what they claim: a rule, a severity and a side; which subnets are counted is told in the message."""
    for rule in RULES:
        for finding in findings(rule, network):
            yield rule.id, finding.at, finding.addresses


@settings(max_examples=10, deadline=None)
@given(plans(), st.randoms(use_true_random=False))
def test_knowing_less_never_adds_a_claim(plan: Plan, random: Random) -> None:
    fragment = plan.fragment
    network = link([fragment])
    known = set(claims(network))
    if any(isinstance(way, OneWay) for way in one_ways(network, pair(network))):
        return  # where that rule falls silent, these may speak instead
    weaker = {"PL205"} if any(claim[0] == "PL202" for claim in known) else set()  # that a block is left out stays true
    for less in random.sample(forgotten(fragment), 20):
        assert {claim for claim in claims(link([less])) if claim[0] not in weaker} - known == set()


def test_a_subnet_that_is_routed_into_and_cannot_answer_comes_before_all_else() -> None:
    plan = Plan(((0, 1, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0)), ((0, 0, "10.1.0.0/28"), (1, 0, "10.0.0.4/30")))
    network = link([plan.fragment])
    items = [item for item in partials(network, pair(network)) if isinstance(item, Partial)]
    assert [(i.silent.side, i.lack, numbers(i.subnets)) for i in items] == [
        (Side.REQUESTER, Lack.TARGET, {1}),
        (Side.ACCEPTER, Lack.BLOCK, {4, 5}),
    ]
