"""The route table that a subnet uses, and whether any subnet uses a table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.model import Gap, Kind, Language, MainAssociation, RouteTable, Subnet, SubnetAssociation, Vpc
from peerlint.network.network import Network
from peerlint.network.routing.effective import effective_table, in_use, on_main_table
from peerlint.network.values import Maybe, Span, Unknown, Why
from peerlint.records import replace
from tests.network.build import MAYBE, NOT_MAYBE, Estate, unknown

WHERE = Span("/root.tf", 1, 1, 1, 2)


def table_of(network: Network, address: str) -> RouteTable:
    return next(table for table in network.all(RouteTable) if table.origin.address == address)


def test_a_table_with_a_subnet_is_used_and_one_without_is_not() -> None:
    estate = Estate()
    vpc = estate.vpc("a", "10.0.0.0/16")
    estate.table("used", vpc)
    estate.table("spare", vpc, subnets=0)
    network = estate.network
    assert in_use(network, table_of(network, "aws_route_table.used")) is True
    assert in_use(network, table_of(network, "aws_route_table.spare")) is False
    assert in_use(network, table_of(network, "aws_vpc.a")) is False


def test_the_main_table_is_used_by_a_subnet_without_association() -> None:
    estate = Estate()
    vpc = estate.vpc("a", "10.0.0.0/16")
    spare = estate.table("spare", vpc, subnets=0)
    estate.subnet("plain", vpc)
    network = estate.network
    assert in_use(network, table_of(network, "aws_vpc.a")) is True
    assert in_use(network, table_of(network, "aws_route_table.spare")) is False
    estate.add(MainAssociation(estate.origin("aws_main_route_table_association.a"), spare, vpc))
    network = estate.network
    assert in_use(network, table_of(network, "aws_vpc.a")) is False
    assert in_use(network, table_of(network, "aws_route_table.spare")) is True


def test_use_is_undecided_where_subnets_or_associations_are_not_all_read() -> None:
    estate = Estate()
    vpc = estate.vpc("a", "10.0.0.0/16")
    spare = estate.table("spare", vpc, subnets=0)
    assert isinstance(in_use(estate.network, table_of(estate.network, "aws_route_table.spare")), Maybe)
    assert in_use(estate.network, table_of(estate.network, "aws_vpc.a")) is True
    estate.table("used", vpc)
    assert in_use(estate.network, table_of(estate.network, "aws_route_table.spare")) is False
    estate.gaps.append(Gap("root", frozenset({Kind.ASSOCIATION}), "a module", WHERE, frozenset({spare})))
    assert in_use(estate.network, table_of(estate.network, "aws_route_table.spare")) == Maybe("a module")
    estate.gaps.clear()
    estate.associate("untold", unknown("var.table"), estate.subnet("other", vpc))
    assert isinstance(in_use(estate.network, table_of(estate.network, "aws_route_table.spare")), Maybe)


def test_no_main_table_can_be_named_in_cloudformation() -> None:
    estate = Estate(language=Language.CLOUDFORMATION)
    vpc = estate.vpc("a", "10.0.0.0/16")
    estate.entities = [e for e in estate.entities if not isinstance(e, RouteTable)]
    estate.table("spare", vpc, subnets=0)
    estate.table("used", vpc)
    assert in_use(estate.network, table_of(estate.network, "aws_route_table.spare")) is False
    estate.subnet("plain", vpc)
    assert isinstance(in_use(estate.network, table_of(estate.network, "aws_route_table.spare")), Maybe)
    assert isinstance(effective(estate, "plain"), Maybe)
    assert [subnet.origin.address for subnet in on_main_table(estate.network, vpc_of(estate.network))] == [
        "aws_subnet.plain"
    ]


def vpc_of(network: Network) -> Vpc:
    return network.all(Vpc)[0]


def effective(estate: Estate, name: str) -> str | Maybe:
    network = estate.network
    subnet = next(subnet for subnet in network.all(Subnet) if subnet.origin.address == f"aws_subnet.{name}")
    found = effective_table(network, subnet)
    return found if isinstance(found, Maybe) else found.origin.address


def test_an_association_is_stronger_than_the_main_table() -> None:
    estate = Estate()
    vpc = estate.vpc("a", "10.0.0.0/16")
    own = estate.table("own", vpc)
    estate.subnet("plain", vpc)
    assert effective(estate, "own0") == "aws_route_table.own"
    assert effective(estate, "plain") == "aws_vpc.a"
    estate.add(MainAssociation(estate.origin("aws_main_route_table_association.a"), own, vpc))
    assert effective(estate, "plain") == "aws_route_table.own"


def test_what_may_be_associated_has_no_told_table() -> None:
    estate = Estate()
    vpc = estate.vpc("a", "10.0.0.0/16")
    own = estate.table("own", vpc, subnets=0)
    subnet = estate.subnet("plain", vpc)
    kept = list(estate.entities)
    estate.add(SubnetAssociation(estate.origin("aws_route_table_association.a", MAYBE), own, subnet))
    assert effective(estate, "plain") == Maybe("it depends")
    estate.entities[-1] = SubnetAssociation(estate.origin("aws_route_table_association.a"), own, Unknown(Why.COMPUTED))
    assert isinstance(effective(estate, "plain"), Maybe)
    estate.entities[-1] = SubnetAssociation(estate.origin("aws_route_table_association.a"), own, unknown("var.subnet"))
    assert effective(estate, "plain") == "aws_vpc.a"
    estate.entities = kept
    estate.associate("a", unknown("var.table"), subnet)
    assert effective(estate, "plain") == Maybe("`var.table` has no value")
    estate.associate("b", own, subnet)
    assert isinstance(effective(estate, "plain"), Maybe)


def test_an_association_under_the_conditions_of_its_subnet_exists_with_it() -> None:
    estate = Estate()
    vpc = estate.vpc("a", "10.0.0.0/16")
    own = estate.table("own", vpc, subnets=0)
    subnet = estate.subnet("plain", vpc)
    for number, entity in enumerate(estate.entities):
        if isinstance(entity, Subnet):
            estate.entities[number] = replace(entity, origin=replace(entity.origin, presence=MAYBE))
    estate.add(SubnetAssociation(estate.origin("aws_route_table_association.a", MAYBE), own, subnet))
    assert effective(estate, "plain") == "aws_route_table.own"
    estate.entities[-1] = SubnetAssociation(estate.origin("aws_route_table_association.a", NOT_MAYBE), own, subnet)
    assert effective(estate, "plain") == "aws_vpc.a"


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=1, max_size=6),
    st.one_of(st.none(), st.integers(0, 2)),
)
def test_a_table_is_used_where_it_is_that_of_a_subnet(chosen: list[int | None], main: int | None) -> None:
    estate = Estate()
    vpc = estate.vpc("a", "10.0.0.0/16")
    tables = [estate.table(f"t{number}", vpc, subnets=0) for number in range(3)]
    for number, table in enumerate(chosen):
        subnet = estate.subnet(f"s{number}", vpc)
        if table is not None:
            estate.associate(f"s{number}", tables[table], subnet)
    if main is not None:
        estate.add(MainAssociation(estate.origin("aws_main_route_table_association.a"), tables[main], vpc))
    network = estate.network
    default = "aws_vpc.a" if main is None else f"aws_route_table.t{main}"
    meant = [default if table is None else f"aws_route_table.t{table}" for table in chosen]
    assert [effective(estate, f"s{number}") for number in range(len(chosen))] == meant
    for address in ("aws_vpc.a", *(f"aws_route_table.t{number}" for number in range(3))):
        assert in_use(network, table_of(network, address)) is (address in meant)
