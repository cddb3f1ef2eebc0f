"""What holds for the rules of peering and routing on any network."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_network
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint import registry
from peerlint.network.link import link
from peerlint.network.model import Fragment, Origin, Place
from peerlint.network.network import Network
from peerlint.network.values import Known, Span, Unknown, Why
from peerlint.records import field_names, is_record, replace
from peerlint.rule import Finding
from tests.network.build import Estate, findings

ROUTE_RULES = ("PL206", "PL207", "PL208", "PL209", "PL210", "PL211", "PL212", "PL213", "PL214", "PL218")
PAIR_RULES = ("PL101", "PL103", "PL104", "PL105", "PL106", "PL107", "PL108", "PL219")
WAY_RULES = ("PL201", "PL202", "PL203", "PL204", "PL205")
RULES = [rule for rule in registry.load() if rule.id in (*PAIR_RULES, *ROUTE_RULES, *WAY_RULES)]
CIDRS = ("10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16")
DESTINATIONS = (*CIDRS, "10.0.8.0/21", "10.1.8.0/21", "10.0.0.0/8", "192.168.0.0/16", "0.0.0.0/0")
TABLES = 6


@dataclass(frozen=True)
class Plan:
    """Three VPCs, some of their pairs peered, and routes as (peering, end, table of that end, destination).

    The third end is the VPC that the peering does not join.

    Every table is used: of one that is not, another rule speaks, and with less known it is this one's matter.
    """

    pairs: tuple[tuple[int, int], ...]
    accepts: tuple[bool, ...]
    routes: tuple[tuple[int, int, int, str], ...]

    def fragment(self, *, swapped: bool = False) -> Fragment:
        estate = Estate()
        vpcs = [estate.vpc(f"v{n}", cidr) for n, cidr in enumerate(CIDRS)]
        tables = [estate.table(f"t{n}", vpcs[n % 3]) for n in range(TABLES)]
        peerings = []
        for number, ((one, other), accept) in enumerate(zip(self.pairs, self.accepts, strict=True)):
            ends = (vpcs[other], vpcs[one]) if swapped else (vpcs[one], vpcs[other])
            peerings.append(estate.peering(f"p{number}", *ends, auto_accept=Known(accept)))
        for number, (over, end, table, to) in enumerate(self.routes):
            pair = self.pairs[over % len(peerings)]
            vpc = (*pair, 3 - sum(pair))[end]
            estate.route(f"r{number}", tables[vpc + 3 * table], to, peerings[over % len(peerings)])
        return estate.fragment

    def leads(self, number: int, near: int, far: int) -> bool:
        """Whether a table of one VPC sends to an address of another over a peering."""
        return any(
            over % len(self.pairs) == number
            and (*self.pairs[number], 3 - sum(self.pairs[number]))[end] == near
            and ip_network(to).overlaps(ip_network(CIDRS[far]))
            for over, end, _, to in self.routes
        )

    def bears_out(self, id: str, peering: str, silent: str) -> bool:
        """Whether the plan has what a rule says of a peering, and PL201 of its silent side: as much as can be told
        without subnets.
        """
        if id not in ("PL201", "PL202", "PL203"):
            return False
        number = int(peering[-1])
        if id == "PL201":
            near = int(silent[-1])
            far = sum(self.pairs[number]) - near
            return self.leads(number, far, near) and not self.leads(number, near, far)
        if id == "PL202":
            one, other = self.pairs[number]
            return self.leads(number, one, other) and self.leads(number, other, one)
        return all(over % len(self.pairs) != number for over, *_ in self.routes)


pairs = st.sampled_from([(0, 1), (1, 2), (0, 2), (1, 0), (2, 1)])
routes = st.tuples(
    st.integers(0, 2), st.sampled_from([0, 0, 0, 1, 1, 1, 2]), st.integers(0, 1), st.sampled_from(DESTINATIONS)
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    chosen = draw(st.lists(pairs, min_size=1, max_size=3, unique_by=lambda pair: frozenset(pair)))
    accepts = draw(st.lists(st.booleans(), min_size=len(chosen), max_size=len(chosen)))
    return Plan(tuple(chosen), tuple(accepts), tuple(draw(st.lists(routes, max_size=6))))


def found(network: Network) -> list[tuple[str, Finding]]:
    return [(rule.id, finding) for rule in RULES for finding in findings(rule, network)]


def facts(network: Network) -> set[tuple[str, Span, frozenset[str]]]:
    return {(id, finding.at, frozenset(finding.addresses)) for id, finding in found(network)}


@given(plans())
def test_swapping_requester_and_accepter_swaps_the_sides_and_nothing_else(plan: Plan) -> None:
    assert facts(link([plan.fragment()])) == facts(link([plan.fragment(swapped=True)]))


@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_resources_does_not_matter(plan: Plan, random: Random) -> None:
    fragment = plan.fragment()
    shuffled = list(fragment.entities)
    random.shuffle(shuffled)
    assert facts(link([fragment])) == facts(link([replace(fragment, entities=tuple(shuffled))]))


@given(plans())
def test_every_finding_names_what_it_compares(plan: Plan) -> None:
    for id, finding in found(link([plan.fragment()])):
        if id in ("PL101", "PL201", *ROUTE_RULES):
            vpcs = [address for address in finding.addresses if address.startswith("aws_vpc.")]
            text = " ".join((finding.message, finding.remedy, *(note.message for note in finding.notes)))
            assert all(address in text for address in vpcs), finding
        assert finding.remedy


def values(thing: object) -> int:
    """How many values an argument holds that can be made unknown."""
    match thing:
        case Known() | Unknown():
            return 1
        case tuple():
            return sum(map(values, thing))
        case Origin() | Place():
            return 0
        case _ if is_record(thing):
            return sum(values(getattr(thing, name)) for name in field_names(thing))
    return 0


def forget(thing: object, index: int) -> Any:
    """An argument with the ``index``-th of its values made unknown, without an identity."""
    match thing:
        case Known() | Unknown():
            return Unknown(Why.VARIABLE, "var.forgotten") if index == 0 else thing
        case tuple():
            changed: list[object] = []
            for item in thing:
                changed.append(forget(item, index))
                index -= values(item)
            return tuple(changed)
        case Origin() | Place():
            return thing
        case _ if is_record(thing):
            new: dict[str, Any] = {}
            for name in field_names(thing):
                new[name] = forget(getattr(thing, name), index)
                index -= values(getattr(thing, name))
            return replace(thing, **new)
    return thing


def forgotten(fragment: Fragment) -> list[Fragment]:
    """The fragment with one argument's value forgotten, in every way. What a resource's own id is stays known."""
    return [
        replace(fragment, entities=(*fragment.entities[:number], changed, *fragment.entities[number + 1 :]))
        for number, entity in enumerate(fragment.entities)
        for name in field_names(entity)
        if name != "id"
        for index in range(values(getattr(entity, name)))
        for arguments in [{name: forget(getattr(entity, name), index)}]
        for changed in [replace(entity, **arguments)]
    ]


def defects(network: Network) -> set[tuple[object, object, object]]:
    """Findings by the fact they state: of a route, whichever of its rules speaks; of a side of a peering."""
    return {
        ("route", finding.at, "")
        if id in ROUTE_RULES
        else (id, finding.addresses[0], finding.addresses[2] if id == "PL201" else "")
        for id, finding in found(network)
    }


@settings(max_examples=30, deadline=None)
@given(plans())
def test_knowing_less_never_adds_a_finding(plan: Plan) -> None:
    """Where the rule about a route falls silent, one about the peering may speak instead, which it came before: what
    that says is so in the plan.
    """
    fragment = plan.fragment()
    known = defects(link([fragment]))
    for less in forgotten(fragment):
        added = defects(link([less])) - known
        assert {fact for fact in added if not plan.bears_out(*map(str, fact))} == set()
