"""What the two sides of a peering choose for DNS, and what is said of VPCs without it."""

from __future__ import annotations

from typing import Any

import pytest

from peerlint.network.dns.options import Setting, choice
from peerlint.network.link import link
from peerlint.network.model import (
    Accepter,
    DnsOption,
    Gap,
    Kind,
    Language,
    Peering,
    PeeringOptions,
    Place,
    Presence,
    Side,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.values import Known, Maybe, Span, Unknown, Written
from peerlint.records import replace
from peerlint.registry import load
from peerlint.rule import Finding, Severity, Undecided
from tests.network.build import MAYBE, NOT_MAYBE, Estate, unknown

RULES = {rule.id: rule for rule in load()}
AT = Span("/root.tf", 500, 1, 500, 9)
HERE = Place(Known("eu-west-1"), Known("111122223333"))
THERE = Place(Known("eu-west-1"), Known("444455556666"))
ON, OFF = Known(True), Known(False)


def option(side: Side, value: Written[bool]) -> DnsOption:
    return DnsOption(side, value, AT)


def options(estate: Estate, peering: Written[str], *dns: DnsOption, presence: Presence | None = None) -> None:
    """An ``_options`` resource."""
    origin = estate.origin("aws_vpc_peering_connection_options.it", presence)
    estate.add(PeeringOptions(origin, peering, estate.place, dns))


def run(rule: str, estate: Estate | Network) -> list[Finding | Undecided]:
    network = estate if isinstance(estate, Network) else link([estate.fragment])
    return list(RULES[rule].check(network))


def pair(*dns: DnsOption, language: Language = Language.TERRAFORM, **arguments: Any) -> tuple[Estate, Written[str]]:
    """Two VPCs of one account and Region, and their peering on line 3."""
    estate = Estate(language=language)
    app, data = estate.vpc("app", "10.20.0.0/16"), estate.vpc("data", "10.30.0.0/16")
    return estate, estate.peering("app_data", app, data, dns=dns, auto_accept=Known(True), **arguments)


def severities(found: list[Finding | Undecided]) -> list[Severity | str]:
    return [item.severity or Severity.WARNING if isinstance(item, Finding) else "undecided" for item in found]


W, N, U = Severity.WARNING, Severity.NOTE, "undecided"
ASKED = unknown("dns")


@pytest.mark.parametrize(
    ("requester", "accepter", "expected"),
    [
        (ON, ON, []),
        (ON, None, [W]),
        (None, ON, [W]),
        (None, None, [W]),
        (ON, OFF, [N]),
        (OFF, ON, [N]),
        (OFF, OFF, [N]),
        (OFF, None, [N]),
        (None, OFF, [N]),
        (ON, ASKED, [U]),
        (ASKED, ASKED, [U, U]),
        (None, ASKED, [W, U]),
        (ASKED, OFF, [U, N]),
    ],
)
def test_each_pair_of_choices(
    requester: Written[bool] | None, accepter: Written[bool] | None, expected: list[object]
) -> None:
    chosen = [(Side.REQUESTER, requester), (Side.ACCEPTER, accepter)]
    estate, _ = pair(*(option(side, value) for side, value in chosen if value is not None))
    assert severities(run("PL301", estate)) == expected


def test_the_names_that_do_not_resolve_are_those_of_the_side_without_the_option() -> None:
    estate, _ = pair(option(Side.REQUESTER, ON))
    (found,) = run("PL301", estate)
    assert isinstance(found, Finding)
    assert "hostnames of aws_vpc.data give public addresses in aws_vpc.app" in found.message
    assert found.at.line == 3
    assert [note.at for note in found.notes] == [AT]


def test_all_resources_that_set_the_option_count_and_may_not_contradict_each_other() -> None:
    estate, peering = pair(option(Side.REQUESTER, ON))
    estate.accepter("it", peering, dns=(option(Side.ACCEPTER, ON),))
    assert run("PL301", estate) == []
    options(estate, peering, option(Side.ACCEPTER, OFF))
    assert severities(run("PL301", estate)) == ["undecided"]


def test_an_option_that_may_not_be_there_is_undecided_and_one_that_excludes_the_peering_is_not_its() -> None:
    estate, peering = pair(option(Side.REQUESTER, ON))
    options(estate, peering, option(Side.ACCEPTER, ON), presence=MAYBE)
    assert severities(run("PL301", estate)) == ["undecided"]
    estate = Estate()
    app, data = estate.vpc("app", "10.20.0.0/16"), estate.vpc("data", "10.30.0.0/16")
    peering = estate.peering("app_data", app, data, MAYBE, dns=(option(Side.REQUESTER, ON),))
    options(estate, peering, option(Side.ACCEPTER, ON), presence=NOT_MAYBE)
    network = estate.network
    assert choice(network, network.peerings.declared[0], Side.ACCEPTER).setting is Setting.ABSENT


def test_options_under_the_peerings_own_condition_are_as_certain_as_it_is() -> None:
    estate = Estate()
    app, data = estate.vpc("app", "10.20.0.0/16"), estate.vpc("data", "10.30.0.0/16")
    peering = estate.peering("app_data", app, data, MAYBE, auto_accept=Known(True))
    options(estate, peering, option(Side.ACCEPTER, ON), option(Side.REQUESTER, ON), presence=MAYBE)
    network = estate.network
    assert [choice(network, network.peerings.declared[0], side).setting for side in Side] == [Setting.ON, Setting.ON]


def test_what_was_not_read_may_set_the_option_of_the_connection_it_was_given() -> None:
    estate, peering = pair()
    gap = Gap("root", frozenset({Kind.ANY}), "the module was not read", AT, frozenset({peering}))
    estate.gaps.append(gap)
    assert severities(run("PL301", estate)) == ["undecided", "undecided"]
    estate.gaps[0] = replace(gap, touches=frozenset({unknown("another")}))
    assert severities(run("PL301", estate)) == [W]


def test_options_of_a_connection_that_is_not_told_may_be_this_ones() -> None:
    estate, _ = pair(option(Side.REQUESTER, ON))
    options(estate, unknown("connection_id"), option(Side.ACCEPTER, ON))
    assert severities(run("PL301", estate)) == ["undecided"]
    estate, _ = pair(option(Side.REQUESTER, ON))
    options(estate, unknown("connection_id"), option(Side.REQUESTER, ON))
    assert severities(run("PL301", estate)) == [W]


def far(dns: tuple[DnsOption, ...] = (), **arguments: Any) -> tuple[Estate, Written[str]]:
    """A peering with a VPC of another account that only its id is known of."""
    estate = Estate()
    app = estate.vpc("app", "10.20.0.0/16", place=HERE)
    peering = estate.id("aws_vpc_peering_connection.far")
    origin = estate.origin("aws_vpc_peering_connection.far")
    estate.add(Peering(origin, peering, app, Known("vpc-1"), HERE, dns=dns, **arguments))
    return estate, peering


def test_the_side_of_another_account_is_undecided_and_the_near_one_judged() -> None:
    owner = Known("444455556666")
    estate, _ = far((option(Side.REQUESTER, ON),), peer_owner=owner)
    assert severities(run("PL301", estate)) == ["undecided"]
    estate, _ = far(peer_owner=owner)
    assert severities(run("PL301", estate)) == [W, "undecided"]


def test_the_side_of_another_account_is_judged_where_its_accepter_is_here() -> None:
    estate, peering = far((option(Side.REQUESTER, ON),), peer_owner=Known("444455556666"))
    estate.add(Accepter(estate.origin("aws_vpc_peering_connection_accepter.far"), peering, THERE, Known(True)))
    (found,) = run("PL301", estate)
    assert isinstance(found, Finding)
    assert found.at.line == 3


def test_a_looked_up_vpc_of_the_own_account_is_judged_if_the_request_is_accepted_here() -> None:
    estate, _ = far((option(Side.REQUESTER, ON),), auto_accept=Known(True))
    assert severities(run("PL301", estate)) == [W]
    estate, _ = far((option(Side.REQUESTER, ON),))
    assert severities(run("PL301", estate)) == ["undecided"]


def test_an_option_set_from_the_wrong_account_is_not_taken_for_set() -> None:
    dns = (option(Side.REQUESTER, ON), option(Side.ACCEPTER, ON))
    estate, _ = far(dns, peer_owner=Known("444455556666"))
    (asked,) = run("PL301", estate)
    assert isinstance(asked, Undecided)
    assert "another account or Region" in asked.reason


def test_a_third_party_decides_for_itself() -> None:
    estate, _ = pair(third_party="MongoDB Atlas")
    assert severities(run("PL301", estate)) == ["undecided"]


def test_a_template_cannot_set_the_option_and_a_custom_resource_may() -> None:
    estate, peering = pair(language=Language.CLOUDFORMATION)
    assert severities(run("PL301", estate)) == [N]
    gap = Gap("root", frozenset({Kind.DNS_OPTION}), "a custom resource sets it", AT, frozenset({unknown("another")}))
    for touches, expected in ((gap.touches, [N]), (frozenset({peering}), [U, U]), (None, [U, U])):
        estate.gaps[:] = [replace(gap, touches=touches)]
        assert severities(run("PL301", estate)) == expected


def with_dns(estate: Estate, name: str, support: Written[bool], hostnames: Written[bool]) -> None:
    """Give one of an estate's VPCs these attributes."""
    for index, entity in enumerate(estate.entities):
        if isinstance(entity, Vpc) and entity.origin.address == f"aws_vpc.{name}":
            estate.entities[index] = replace(entity, dns_support=support, dns_hostnames=hostnames)


@pytest.mark.parametrize(
    ("support", "hostnames", "expected"),
    [
        (ON, ON, []),
        (ON, OFF, ["enable_dns_hostnames = false (the default)"]),
        (OFF, ON, ["enable_dns_support = false (the default)"]),
        (OFF, OFF, ["enable_dns_support = false (the default) and enable_dns_hostnames = false (the default)"]),
        (OFF, ASKED, ["enable_dns_support = false (the default)"]),
    ],
)
def test_attributes_that_are_off_are_named(support: Known[bool], hostnames: Written[bool], expected: list[str]) -> None:
    estate, _ = pair()
    with_dns(estate, "app", ON, ON)
    with_dns(estate, "data", support, hostnames)
    said = [item.message if isinstance(item, Finding) else item.question for item in run("PL302", estate)]
    assert [message.split(" has ")[1].split(" and is peered")[0] for message in said] == expected


@pytest.mark.parametrize("dns", [(), (option(Side.REQUESTER, ON),), (option(Side.REQUESTER, ASKED),)], ids=len)
def test_attributes_weigh_more_where_the_option_is_on(dns: tuple[DnsOption, ...]) -> None:
    estate, _ = pair(*dns)
    with_dns(estate, "app", ON, ON)
    is_on = any(isinstance(item.value, Known) for item in dns)
    assert severities(run("PL302", estate)) == [W if is_on else N]


def test_a_vpc_is_said_once_whatever_its_peerings_and_weighed_by_the_worst() -> None:
    estate = Estate()
    blocks = {"hub": "10.0.0.0/16", "l": "10.1.0.0/16", "r": "10.2.0.0/16"}
    hub, left, right = (estate.vpc(name, cidr) for name, cidr in blocks.items())
    estate.peering("left", hub, left)
    estate.peering("right", right, hub, dns=(option(Side.ACCEPTER, ON),), auto_accept=Known(True))
    for name in ("l", "r"):
        with_dns(estate, name, ON, ON)
    (found,) = run("PL302", estate)
    assert isinstance(found, Finding)
    assert found.severity is None
    assert "aws_vpc.r" in found.message
    assert found.addresses == ("aws_vpc.hub",)


def test_attributes_of_vpcs_that_are_not_declared_are_undecided_and_of_third_parties_nothing() -> None:
    estate = Estate()
    app = estate.vpc("app", "10.20.0.0/16")
    with_dns(estate, "app", ON, ON)
    estate.peering("office", app, Known("vpc-1"))
    (asked,) = run("PL302", estate)
    assert isinstance(asked, Undecided)
    assert asked.reason == "vpc-1 is not declared in the input, so that its DNS settings are not told"
    nothing = Unknown(ASKED.why, "nothing")
    id = estate.id("mongodbatlas_network_peering.it")
    origin = estate.origin("mongodbatlas_network_peering.it")
    estate.entities[-1] = Vpc(origin, id, (), nothing, nothing, HERE, outside=True, owner="MongoDB Atlas")
    estate.peering("atlas", id, app, third_party="MongoDB Atlas")
    assert run("PL302", estate) == []


def test_a_vpc_that_may_not_be_peered_is_undecided() -> None:
    estate = Estate()
    app, data = estate.vpc("app", "10.20.0.0/16"), estate.vpc("data", "10.30.0.0/16")
    estate.peering("app_data", app, data, MAYBE)
    assert severities(run("PL302", estate)) == ["undecided", "undecided"]


def test_a_vpc_peered_with_itself_is_another_rules_matter() -> None:
    estate = Estate()
    app = estate.vpc("app", "10.20.0.0/16")
    estate.peering("mistaken", app, app)
    assert run("PL301", estate) == []
    assert run("PL302", estate) == []


def test_questions_of_a_side_carry_their_reason() -> None:
    estate, _ = pair(option(Side.REQUESTER, ON), option(Side.ACCEPTER, ASKED))
    network = estate.network
    setting = choice(network, network.peerings.declared[0], Side.ACCEPTER).setting
    assert setting == Maybe("`dns` has no value")
