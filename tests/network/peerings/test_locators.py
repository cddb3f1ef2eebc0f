"""Where a request looks for the peer's VPC, and where it is accepted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.link import link
from peerlint.network.model import Accepter, Language, Peering
from peerlint.network.outside import OutsideVpc
from peerlint.network.peerings.locators import Astray, MisplacedAccepter, Partitioned, locators
from peerlint.network.values import Known, Span
from tests.network.build import Estate
from tests.network.places import ACCOUNTS, REGIONS, Told, forgotten, pair, place, told

regions = st.none() | st.sampled_from(REGIONS)
owners = st.none() | st.sampled_from(ACCOUNTS)


def found(
    requester: Told, accepter: Told, region: str | None, owner: str | None, adopter: Told | None = None
) -> list[Astray | Partitioned | MisplacedAccepter]:
    estate, peering = pair(requester, accepter, requester, region, owner)
    if adopter is not None:
        origin = estate.origin("aws_vpc_peering_connection_accepter.pair")
        estate.add(Accepter(origin, peering.id, place(adopter)))
    return [item for item in locators(estate.network, peering) if item.truth is True]


def partition(region: str) -> bool:
    return region.startswith("cn-")


@given(told, told, regions, owners)
def test_what_a_request_seeks_is_where_the_peer_lives(
    requester: Told, accepter: Told, region: str | None, owner: str | None
) -> None:
    sought = region or requester[0], owner or requester[1]
    across = {partition(requester[0]), partition(accepter[0]), partition(sought[0])} == {True, False}
    expected = [] if across else [aspect for aspect in (0, 1) if sought[aspect] != accepter[aspect]]
    items = found(requester, accepter, region, owner)
    assert any(isinstance(item, Partitioned) for item in items) is across
    names = [item.aspect.value for item in items if isinstance(item, Astray)]
    assert names == [("Region", "account")[aspect] for aspect in expected]


@given(told, told, told)
def test_an_accepter_runs_where_the_peer_lives(requester: Told, accepter: Told, adopter: Told) -> None:
    items = found(requester, accepter, accepter[0], accepter[1], adopter)
    across = partition(requester[0]) != partition(accepter[0])
    misplaced = [item for item in items if isinstance(item, MisplacedAccepter)]
    assert len(misplaced) == (adopter != accepter and not across)


@given(told, told, regions, owners, told)
def test_knowing_less_of_a_place_never_adds_a_finding(
    requester: Told, accepter: Told, region: str | None, owner: str | None, adopter: Told
) -> None:
    if found(requester, accepter, region, owner, adopter):
        return
    for less in forgotten(requester):
        assert found(less, accepter, region, owner, adopter) == []
    for less in forgotten(accepter):
        assert found(requester, less, region, owner, adopter) == []
    for less in forgotten(adopter):
        assert found(requester, accepter, region, owner, less) == []
    assert region is None or found(requester, accepter, "?region", owner, adopter) == []
    assert owner is None or found(requester, accepter, region, "?owner", adopter) == []


def test_a_request_that_is_made_in_a_wrong_place_is_not_said_to_seek_a_wrong_one() -> None:
    here, there = ("eu-west-1", ACCOUNTS[0]), ("us-east-1", ACCOUNTS[0])
    estate, peering = pair(here, here, there)
    assert [item for item in locators(estate.network, peering) if item.truth is True] == []


def test_the_configuration_tells_where_a_peer_of_a_template_is() -> None:
    estate = Estate(language=Language.CLOUDFORMATION)
    here = place(("eu-west-1", ACCOUNTS[0]))
    near = estate.vpc("near", "10.0.0.0/16", place=here)
    id = Known("vpc-0a1b2c3d4e5f60718")
    estate.add(Peering(estate.origin("NearFar"), estate.id("NearFar"), near, id, here, service_accepts=True))
    row = OutsideVpc(Span("/peerlint.toml", 1, 1, 1, 8), id=id.value, region="us-east-1")
    network = link([estate.fragment], [row])
    (peering,) = network.peerings.declared
    (item,) = locators(network, peering)
    assert isinstance(item, Astray)
    assert (item.aspect.value, item.sought, item.actual) == ("Region", Known("eu-west-1"), Known("us-east-1"))
    assert item.truth is True
