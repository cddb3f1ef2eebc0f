"""Meshes and hubs, against the definition taken word by word."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.peerings.topology import hubs, meshes
from peerlint.network.values import Known
from tests.network.build import MAYBE, Estate

NAMES = "abcdefg"
PAIRS = list(combinations(NAMES, 2))


def _estate(links: set[tuple[str, str]], optional: set[tuple[str, str]]) -> Estate:
    estate = Estate()
    ids = {name: estate.vpc(name, f"10.{number}.0.0/16") for number, name in enumerate(NAMES)}
    for one, other in sorted(links):
        presence = MAYBE if (one, other) in optional else None
        estate.peering(f"{one}{other}", ids[one], ids[other], presence)
    return estate


def _largest(links: set[tuple[str, str]], least: int) -> set[str]:
    """The largest set of VPCs of which each has enough links within, found by trying every set."""
    sets = chain.from_iterable(combinations(NAMES, size) for size in range(len(NAMES), 0, -1))
    for members in map(set, sets):
        degrees = {m: sum(m in link and members >= set(link) for link in links) for m in members}
        if all(degree >= least for degree in degrees.values()):
            return members
    return set()


@given(st.sets(st.sampled_from(PAIRS)), st.sets(st.sampled_from(PAIRS), max_size=4), st.integers(3, 6))
def test_the_meshes_are_the_largest_set_in_which_each_has_enough_links(
    links: set[tuple[str, str]], optional: set[tuple[str, str]], size: int
) -> None:
    found = list(meshes(_estate(links, optional).network, size))
    certain = {vpc.origin.address for mesh in found if mesh.doubt is None for vpc in mesh.vpcs}
    assert certain == {f"aws_vpc.{name}" for name in _largest(links - optional, size - 1)}
    doubtful = {vpc.origin.address for mesh in found if mesh.doubt is not None for vpc in mesh.vpcs}
    assert doubtful <= {f"aws_vpc.{name}" for name in _largest(links, size - 1)}
    assert not certain & doubtful
    assert bool(certain or doubtful) == bool(_largest(links, size - 1))


def test_two_variables_may_be_one_vpc() -> None:
    estate = Estate()
    hub = estate.vpc("hub", "10.0.0.0/16")
    others = [estate.vpc(f"other{number}", outside=True) for number in range(3)]
    for number, other in enumerate([hub, *others]):
        for later, far in enumerate([hub, *others]):
            if number < later:
                estate.peering(f"p{number}{later}", other, far)
    (mesh,) = meshes(estate.network, 4)
    assert mesh.doubt is not None


def test_a_hub_counts_where_a_spoke_sends_through_it() -> None:
    estate = Estate()
    hub = estate.vpc("hub", "10.0.0.0/16")
    spokes = [estate.vpc(f"s{number}", f"10.{number}.0.0/16") for number in range(1, 5)]
    links = [estate.peering(f"p{number}", spoke, hub, auto_accept=Known(True)) for number, spoke in enumerate(spokes)]
    assert list(hubs(estate.network, 4)) == []
    estate.route("through", estate.table("t", spokes[0]), "10.2.0.0/16", links[0])
    (found,) = hubs(estate.network, 4)
    assert (found.vpc.origin.address, len(found.spokes)) == ("aws_vpc.hub", 4)
    assert list(hubs(estate.network, 5)) == []
