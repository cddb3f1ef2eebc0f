"""Which ACLs keep peered VPCs from talking, by the subnets that have them; and what holds for any network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.network.filtering.blockades import Blockade, Open, Shut, Unanswered, blockades
from peerlint.network.link import link
from peerlint.network.model import (
    AclAssociation,
    AclEntry,
    CidrDestination,
    Direction,
    Fragment,
    Language,
    NetworkAcl,
    Peering,
    Presence,
    Route,
    Subnet,
)
from peerlint.network.values import Known, Unknown, Why, Written
from peerlint.records import replace
from peerlint.registry import load
from peerlint.rule import Finding, Severity, Undecided
from tests.network.build import MAYBE, NOT_MAYBE, Estate, cidr_value, unknown
from tests.network.test_properties import forgotten

(RULE,) = (rule for rule in load() if rule.id == "PL407")


@dataclass
class Acls:
    """Two peered VPCs that route to each other; the second has one subnet by default, and ACLs."""

    estate: Estate = field(default_factory=Estate)

    def __post_init__(self) -> None:
        it = self.estate
        self.app, self.data = it.vpc("app", "10.0.0.0/16"), it.vpc("data", "10.1.0.0/16")
        self.peering = it.peering("p", self.app, self.data)
        self.table = it.table("data", self.data)
        it.route("back", self.table, "10.0.0.0/16", self.peering)
        self.subnet = it.id("aws_subnet.data0")

    def acl(self, name: str, *subnets: Written[str], presence: Presence | None = None, **changed: Any) -> Written[str]:
        id = self.estate.id(f"aws_network_acl.{name}")
        origin = self.estate.origin(f"aws_network_acl.{name}", presence)
        self.estate.add(replace(NetworkAcl(origin, id, self.data, subnets), **changed))
        return id

    def entry(self, acl: Written[str], direction: Direction, allow: bool = True, **changed: Any) -> None:
        origin = self.estate.origin("aws_network_acl_rule.r", changed.pop("presence", None))
        protocol, cidr = Known("-1"), cidr_value("0.0.0.0/0")
        made = AclEntry(origin, acl, direction, Known(100), Known(allow), protocol, cidr)
        self.estate.add(replace(made, **changed))

    def associate(self, acl: Written[str], subnet: Written[str], presence: Presence | None = None) -> None:
        self.estate.add(AclAssociation(self.estate.origin("aws_network_acl_association.a", presence), acl, subnet))

    @property
    def found(self) -> list[Blockade | Open]:
        network = self.estate.network
        (peering,) = network.all(Peering)
        return list(blockades(network, peering))

    @property
    def severities(self) -> list[Severity | None]:
        return [item.severity if isinstance(item, Finding) else None for item in RULE.check(self.estate.network)]


def shut(found: list[Blockade | Open]) -> list[tuple[str, bool]]:
    assert all(isinstance(item, Blockade) and isinstance(item.verdict, Shut) for item in found)
    return [(item.acl.origin.address, item.whole) for item in found if isinstance(item, Blockade)]


def test_without_an_acl_everything_passes() -> None:
    assert Acls().found == []


def test_an_acl_is_given_by_its_own_list_or_by_an_association() -> None:
    it = Acls()
    it.acl("own", it.subnet)
    assert shut(it.found) == [("aws_network_acl.own", True)]
    it = Acls()
    it.associate(it.acl("own"), it.subnet)
    assert shut(it.found) == [("aws_network_acl.own", True)]
    assert it.severities == [Severity.ERROR]


def test_a_default_acl_is_that_of_every_subnet_without_another_and_loses_its_entries_when_it_is_adopted() -> None:
    it = Acls()
    default = unknown("aws_vpc.data", "default_network_acl_id", Why.COMPUTED)
    it.estate.add(NetworkAcl(it.estate.origin("aws_vpc.data"), default, it.data, is_default=True))
    assert it.found == []
    it.entry(default, Direction.INGRESS, allow=False, number=Known(50))
    assert isinstance(it.found[0], Blockade)
    assert isinstance(it.found[0].verdict, Unanswered)
    adopted = NetworkAcl(it.estate.origin("aws_default_network_acl.data"), default, it.data, is_default=True)
    it.estate.add(adopted)
    assert shut(it.found) == [("aws_default_network_acl.data", True)]
    own = it.acl("own", it.subnet)
    for direction in Direction:
        it.entry(own, direction)
    assert it.found == []


def test_some_subnets_are_a_warning_and_so_are_all_where_there_may_be_more() -> None:
    it = Acls()
    other = it.estate.subnet("other", it.data)
    it.estate.associate("other", it.table, other)
    it.acl("own", it.subnet)
    assert shut(it.found) == [("aws_network_acl.own", False)]
    assert it.severities == [Severity.WARNING]
    it.acl("too", other)
    assert shut(it.found) == [("aws_network_acl.own", True), ("aws_network_acl.too", True)]
    it = Acls()
    it.acl("own", it.subnet)
    it.estate.add(Subnet(it.estate.origin("aws_subnet.maybe", MAYBE), Known("subnet-1"), it.data, ()))
    assert shut(it.found) == [("aws_network_acl.own", False)]


def test_a_subnet_that_does_not_send_over_the_peering_is_not_meant() -> None:
    it = Acls()
    other = it.estate.subnet("other", it.data)
    it.acl("own", other)
    assert it.found == []


def test_which_acl_a_subnet_has_is_asked_where_it_matters() -> None:
    it = Acls()
    it.associate(it.acl("own"), it.subnet, MAYBE)
    assert [type(item) for item in it.found] == [Open]
    it = Acls()
    it.acl("own", it.subnet, presence=MAYBE)
    assert [type(item) for item in it.found] == [Open]
    it = Acls()
    own, other = it.acl("own", it.subnet), it.acl("other")
    it.associate(other, it.subnet)
    assert [type(item) for item in it.found] == [Open, Open]
    for acl in (own, other):
        for direction in Direction:
            it.entry(acl, direction)
    assert it.found == []


def test_an_acl_under_the_condition_of_its_subnet_is_certain_and_one_under_the_opposite_is_none() -> None:
    for presence, expected in ((MAYBE, [("aws_network_acl.own", False)]), (NOT_MAYBE, [])):
        it = Acls()
        (subnet,) = (e for e in it.estate.entities if isinstance(e, Subnet))
        (peering,) = (e for e in it.estate.entities if isinstance(e, Peering))
        for entity in (subnet, peering):
            given = replace(entity, origin=replace(entity.origin, presence=MAYBE))
            it.estate.entities[it.estate.entities.index(entity)] = given
        it.acl("own", it.subnet, presence=presence)
        assert [name for name, _ in shut(it.found)] == [name for name, _ in expected]
        assert it.severities == [None] * len(expected)


def test_subnets_that_are_not_told_may_be_any() -> None:
    it = Acls()
    default = unknown("aws_vpc.data", "default_network_acl_id", Why.COMPUTED)
    it.estate.add(NetworkAcl(it.estate.origin("aws_default_network_acl.data"), default, it.data, is_default=True))
    assert shut(it.found) == [("aws_default_network_acl.data", True)]
    it.acl("own", Unknown(Why.UNSUPPORTED, "some(subnets)"))
    assert [type(item) for item in it.found] == [Open]


def test_what_only_an_inventory_shows_or_a_look_up_finds_is_not_blamed() -> None:
    it = Acls()
    it.associate(Known("acl-0abc"), it.subnet)
    assert it.found == []
    it = Acls()
    it.acl("own", it.subnet)
    acl = it.estate.entities[-1]
    assert isinstance(acl, NetworkAcl)
    it.estate.entities[-1] = replace(acl, origin=replace(acl.origin, language=Language.INVENTORY))
    assert it.found == []


def test_both_address_families_and_all_tables_of_an_acl_are_one_fact() -> None:
    it = Acls(Estate())
    it.estate.entities.clear()
    it.app = it.estate.vpc("app", "10.0.0.0/16", "2001:db8:0::/56")
    it.data = it.estate.vpc("data", "10.1.0.0/16", "2001:db8:1::/56")
    over = it.estate.peering("p", it.app, it.data)
    subnets = []
    for name in ("one", "two"):
        table = it.estate.table(name, it.data, subnets=0)
        it.estate.route(f"{name}4", table, "10.0.0.0/16" if name == "one" else "10.0.0.0/17", over)
        it.estate.route(f"{name}6", table, "2001:db8:0::/56", over)
        subnet = it.estate.id(f"aws_subnet.{name}")
        origin = it.estate.origin(f"aws_subnet.{name}")
        blocks = tuple(it.estate.block(text, origin) for text in ("10.1.1.0/24", "2001:db8:1::/64"))
        it.estate.add(Subnet(origin, subnet, it.data, blocks))
        it.estate.associate(name, table, subnet)
        subnets.append(subnet)
    it.acl("own", *subnets)
    (found,) = it.found
    assert isinstance(found, Blockade)
    assert (found.versions, found.whole, len(found.subnets)) == ((4, 6), True, 2)


def test_answers_matter_where_there_are_routes() -> None:
    https: dict[str, Any] = {"protocol": Known("tcp"), "from_port": Known(443), "to_port": Known(443)}
    clients: dict[str, Any] = {"protocol": Known("tcp"), "from_port": Known(1024), "to_port": Known(65535)}
    for answered, expected in (("10.0.0.0/17", 0), ("10.0.128.0/17", 1)):
        it = Acls()
        route = next(e for e in it.estate.entities if isinstance(e, Route))
        narrow = replace(route, destination=CidrDestination(cidr_value("10.0.0.0/17"), 4))
        it.estate.entities[it.estate.entities.index(route)] = narrow
        own = it.acl("own", it.subnet)
        it.entry(own, Direction.INGRESS, **https)
        it.entry(own, Direction.EGRESS, cidr=cidr_value(answered), **clients)
        assert len(it.found) == expected


# --- On any network -------------------------------------------------------------------------------------------------

ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(list(Direction)),
        st.booleans(),
        st.sampled_from(["-1", "tcp"]),
        st.sampled_from([(443, 443), (1024, 65535), (32768, 65535), (0, 65535)]),
        st.sampled_from(["10.0.0.0/16", "10.0.0.0/17", "0.0.0.0/0", "10.1.0.0/16"]),
    ),
    max_size=5,
)


def made(entries: list[Any], *, swapped: bool = False) -> Fragment:
    estate = Estate()
    app, data = estate.vpc("app", "10.0.0.0/16"), estate.vpc("data", "10.1.0.0/16")
    over = estate.peering("p", *((data, app) if swapped else (app, data)))
    table = estate.table("data", data, subnets=2)
    estate.route("back", table, "10.0.0.0/16", over)
    id = estate.id("aws_network_acl.own")
    subnets = (estate.id("aws_subnet.data0"), estate.id("aws_subnet.data1"))
    estate.add(NetworkAcl(estate.origin("aws_network_acl.own"), id, data, subnets))
    for number, (direction, allow, protocol, (first, last), cidr) in enumerate(entries):
        origin = estate.origin(f"aws_network_acl_rule.r{number}")
        named = (Known(protocol), cidr_value(cidr), Known(first), Known(last))
        estate.add(AclEntry(origin, id, direction, Known(10 * number), Known(allow), *named))
    return estate.fragment


def claims(fragment: Fragment) -> list[tuple[str, Severity | None]]:
    found = [item for item in RULE.check(link([fragment])) if not isinstance(item, Undecided)]
    return sorted(((item.message, item.severity) for item in found), key=str)


@settings(max_examples=50, deadline=None)
@given(ENTRIES)
def test_swapping_requester_and_accepter_changes_nothing(entries: list[Any]) -> None:
    assert claims(made(entries)) == claims(made(entries, swapped=True))


@settings(max_examples=15, deadline=None)
@given(ENTRIES)
def test_knowing_less_never_adds_an_error_or_warning(entries: list[Any]) -> None:
    """What is said of fewer addresses or subnets is less, not another claim; each ACL is one fact."""
    fragment = made(entries)
    bad = {severity for _, severity in claims(fragment)} & {Severity.ERROR, Severity.WARNING}
    for less in forgotten(fragment):
        worse = {severity for _, severity in claims(less)} & {Severity.ERROR, Severity.WARNING}
        assert not worse or bad
        assert Severity.ERROR not in worse or Severity.ERROR in bad
