"""How stacks and the configuration join into one network."""

from __future__ import annotations

from typing import Any

from peerlint.network.blocks import overlap
from peerlint.network.cidr import Cidr
from peerlint.network.link import link
from peerlint.network.model import CidrDestination, Gap, Kind, Peering, Route, Vpc
from peerlint.network.outside import OutsideVpc
from peerlint.network.values import Identity, Known, Maybe, Span, Why
from peerlint.records import replace
from tests.network.build import Estate, known_cidr, unknown

AT = Span("/peerlint.toml", 1, 1, 1, 9)
EXPORT = Identity("", "Fn::ImportValue:shared-VpcId")


def cidrs(*texts: str) -> tuple[Cidr, ...]:
    return tuple(known_cidr(text).value for text in texts)


def stacks() -> tuple[Estate, Estate]:
    """A stack with a VPC, and one that peers with what it imports."""
    shared, team = Estate("shared"), Estate("team")
    shared.vpc("shared", "10.0.0.0/16")
    imported = replace(unknown("Fn::ImportValue:shared-VpcId", why=Why.LOOKUP), of=EXPORT)
    team.peering("pair", team.vpc("team", "10.1.0.0/16"), imported)
    return shared, team


def test_an_import_is_what_one_stack_exports() -> None:
    shared, team = stacks()
    exporting = replace(shared.fragment, provides={EXPORT: shared.id("aws_vpc.shared")})
    network = link([exporting, team.fragment])
    _, accepter = network.peerings.ends(network.peerings.declared[0])
    assert accepter.vpc.origin.address == "aws_vpc.shared"
    assert not accepter.vpc.outside


def test_two_stacks_that_export_one_name_join_nothing() -> None:
    shared, team = stacks()
    exporting = replace(shared.fragment, provides={EXPORT: shared.id("aws_vpc.shared")})
    other = replace(Estate("other").fragment, provides={EXPORT: Known("vpc-0a1b2c3d4e5f60718")})
    network = link([exporting, other, team.fragment])
    assert network.peerings.ends(network.peerings.declared[0])[1].vpc.outside


def test_an_imported_block_becomes_a_cidr() -> None:
    block = Identity("", "Fn::ImportValue:shared-Cidr")
    shared, team = stacks()
    over = team.id("aws_vpc_peering_connection.pair")
    route = team.route("there", team.table("team", team.id("aws_vpc.team")), "x", over)
    imported = replace(unknown("import", why=Why.LOOKUP), of=block)
    team.entities[-1] = replace(route, destination=CidrDestination(imported, 4))
    exporting = replace(shared.fragment, provides={block: Known("10.0.0.0/16")})
    (linked,) = link([exporting, team.fragment]).all(Route)
    assert linked.destination == CidrDestination(known_cidr("10.0.0.0/16"), 4)


def test_a_circle_of_look_ups_ends() -> None:
    first, second = Identity("", "first"), Identity("", "second")
    team = Estate("team")
    team.peering("pair", team.vpc("team", "10.1.0.0/16"), replace(unknown("x"), of=first))
    circular = {first: replace(unknown("b"), of=second), second: replace(unknown("a"), of=first)}
    network = link([replace(team.fragment, provides=circular)])
    assert network.peerings.ends(network.peerings.declared[0])[1].vpc.outside


def test_what_is_given_an_import_is_given_what_it_is() -> None:
    """A custom resource of one stack may set the options of a connection that another one exports."""
    shared, team = stacks()
    over = Identity("", "Fn::ImportValue:team-Peering")
    given = replace(unknown("import", why=Why.LOOKUP), of=over)
    gap = Gap("shared", frozenset({Kind.DNS_OPTION}), "a function is given it", AT, frozenset({given}))
    exporting = replace(shared.fragment, provides={EXPORT: shared.id("aws_vpc.shared")}, gaps=(gap,))
    peering = team.id("aws_vpc_peering_connection.pair")
    network = link([exporting, replace(team.fragment, provides={over: peering})])
    (declared,) = network.peerings.declared
    assert [doubt.reason for doubt in network.peerings.dns_sources(declared).open] == ["a function is given it"]


def told(**fields: Any) -> OutsideVpc:
    return OutsideVpc(AT, cidrs("10.8.0.0/16", "10.9.0.0/16"), region="eu-west-1", account="123456789012", **fields)


def test_the_configuration_tells_of_a_literal_id() -> None:
    estate = Estate()
    estate.peering("pair", estate.vpc("team", "10.1.0.0/16"), Known("vpc-0abc1234"))
    before = link([estate.fragment])
    assert isinstance(
        overlap(before, *(end.vpc for end in before.peerings.ends(before.peerings.declared[0]))).truth, Maybe
    )
    network = link([estate.fragment], [told(id="vpc-0abc1234")])
    team, far = network.peerings.ends(network.peerings.declared[0])
    assert overlap(network, team.vpc, far.vpc).truth is False
    assert far.place.region == Known("eu-west-1")
    assert far.place.account == Known("123456789012")


def looked_up(name: str) -> Estate:
    estate = Estate()
    far = estate.vpc("far", "data.far.cidr_block", outside=True)
    assert isinstance(estate.entities[-1], Vpc)
    estate.entities[-1] = replace(estate.entities[-1], name=Known(name))
    estate.peering("pair", estate.vpc("team", "10.1.0.0/16"), far)
    return estate


def test_the_configuration_tells_of_a_name() -> None:
    for outside in (told(name="shared"), told(tags=(("Name", "shared"),))):
        network = link([looked_up("shared").fragment], [outside])
        team, far = network.peerings.ends(network.peerings.declared[0])
        assert overlap(network, team.vpc, far.vpc).truth is False
        other = link([looked_up("another").fragment], [outside])
        ends = other.peerings.ends(other.peerings.declared[0])
        assert isinstance(overlap(other, ends[0].vpc, ends[1].vpc).truth, Maybe)


def test_what_two_rows_of_the_configuration_tell_is_not_told() -> None:
    network = link([looked_up("shared").fragment], [told(name="shared"), told(tags=(("Name", "shared"),))])
    ends = network.peerings.ends(network.peerings.declared[0])
    assert isinstance(overlap(network, ends[0].vpc, ends[1].vpc).truth, Maybe)


def test_a_peering_is_joined_with_its_request_and_nothing_else() -> None:
    estate = Estate()
    one, other = estate.vpc("one", "10.0.0.0/16"), estate.vpc("other", "10.1.0.0/16")
    over = estate.peering("pair", one, other)
    second = estate.peering("second", one, estate.vpc("third", "10.2.0.0/16"))
    estate.accepter("pair", over)
    estate.accepter("untold", unknown("var.connection"))
    network = estate.network
    first = network.peerings.by_id(over)
    assert isinstance(first, Peering)
    assert [a.origin.address for a in network.peerings.accepters(first)] == ["aws_vpc_peering_connection_accepter.pair"]
    assert [a.origin.address for a in network.peerings.stray_accepters] == [
        "aws_vpc_peering_connection_accepter.untold"
    ]
    assert network.peerings.same(over, second) is False
    assert isinstance(network.peerings.same(over, Known("pcx-0a1b2c3d4e5f60718")), Maybe)
