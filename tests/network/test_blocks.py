"""What the blocks of two VPCs share."""

from __future__ import annotations

import ipaddress

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.blocks import overlap
from peerlint.network.model import Block, BlockKind, Entity, Vpc
from peerlint.network.network import Network
from peerlint.network.values import Known, Maybe, Unknown, Why
from peerlint.records import replace
from tests.network.build import MAYBE, Estate, unknown
from tests.values import known

blocks = st.tuples(st.integers(0, 2**12 - 1), st.integers(16, 28)).map(
    lambda pair: str(ipaddress.ip_network((0x0A000000 + (pair[0] << 12), pair[1]), strict=False))
)


def pair(estate: Estate) -> tuple[Network, Vpc, Vpc]:
    network = estate.network
    left, right = network.all(Vpc)
    return network, left, right


def two(left: list[str], right: list[str]) -> tuple[Network, Vpc, Vpc]:
    estate = Estate()
    estate.vpc("left", *left)
    estate.vpc("right", *right)
    return pair(estate)


def named(pairs: tuple[tuple[Block, Block], ...]) -> set[tuple[str, str]]:
    return {(str(known(one.cidr)), str(known(other.cidr))) for one, other in pairs}


@given(st.lists(blocks, max_size=8), st.lists(blocks, max_size=8))
def test_finds_the_pairs_that_ipaddress_finds(left: list[str], right: list[str]) -> None:
    expected = {
        (one, other)
        for one in left
        for other in right
        if ipaddress.ip_network(one).overlaps(ipaddress.ip_network(other))
    }
    network, first, second = two(left, right)
    found = overlap(network, first, second)
    assert named(found.pairs) == expected
    assert found.truth is bool(expected)


@given(st.lists(blocks, max_size=5), st.lists(blocks, max_size=5))
def test_is_symmetric(left: list[str], right: list[str]) -> None:
    network, first, second = two(left, right)
    there, back = overlap(network, first, second), overlap(network, second, first)
    assert named(there.pairs) == {(one, other) for other, one in named(back.pairs)}
    assert there.truth == back.truth


def test_host_bits_do_not_hide_an_overlap() -> None:
    network, left, right = two(["100.68.0.18/18"], ["100.68.32.0/24"])
    assert overlap(network, left, right).truth is True


def test_families_are_apart() -> None:
    network, left, right = two(["10.0.0.0/16", "2001:db8::/56"], ["10.1.0.0/16", "2001:db8:0:100::/56"])
    assert overlap(network, left, right).truth is False


def test_one_unknown_value_overlaps_itself_and_two_are_undecided() -> None:
    network, left, right = two(["var.cidr"], ["var.cidr"])
    assert overlap(network, left, right).truth is True
    network, left, right = two(["var.cidr"], ["var.other"])
    assert overlap(network, left, right).truth == Maybe("`var.cidr` has no value")


def test_some_element_of_a_collection_need_not_be_the_same() -> None:
    estate = Estate()
    estate.vpc("left", "var.cidr")
    estate.vpc("right", "var.cidr")
    some = unknown("var.cidrs")
    assert some.of is not None
    some = replace(some, of=replace(some.of, many=True))
    estate.entities = [
        replace(e, blocks=(replace(e.blocks[0], cidr=some),)) if isinstance(e, Vpc) else e for e in estate.entities
    ]
    network, left, right = pair(estate)
    assert isinstance(overlap(network, left, right).truth, Maybe)


def test_an_uncertain_block_is_a_doubt() -> None:
    estate = Estate()
    left = estate.vpc("left", "10.0.0.0/16")
    estate.vpc("right", "10.1.0.0/16")
    estate.secondary("more", left, "10.1.128.0/17", MAYBE)
    network, one, other = pair(estate)
    assert overlap(network, one, other).truth == Maybe("it depends")


def allocated(kind: BlockKind, pools: tuple[str, str], version: int) -> tuple[Network, Vpc, Vpc]:
    estate = Estate()
    estate.vpc("left", "10.0.0.0/16")
    estate.vpc("right", "10.1.0.0/16")
    entities: list[Entity] = []
    for entity in estate.entities:
        if isinstance(entity, Vpc):
            pool = unknown(pools[len(entities) and 1])
            cidr = Unknown(Why.COMPUTED, of=unknown(entity.origin.address, "block").of)
            block = Block(cidr, version, kind, entity.origin.span, pool)
            entities.append(replace(entity, blocks=(*entity.blocks, block)))
    estate.entities = list(entities)
    return pair(estate)


def test_blocks_of_amazon_and_of_one_pool_are_apart() -> None:
    assert overlap(*allocated(BlockKind.AMAZON, ("", ""), 6)).truth is False
    assert overlap(*allocated(BlockKind.IPAM, ("pool", "pool"), 6)).truth is False
    assert isinstance(overlap(*allocated(BlockKind.IPAM, ("pool", "other"), 6)).truth, Maybe)


def test_default_vpcs_have_one_block() -> None:
    estate = Estate()
    estate.vpc("left", "a")
    estate.vpc("right", "b", outside=True)
    estate.entities = [replace(e, is_default=True) if isinstance(e, Vpc) else e for e in estate.entities]
    network, left, right = pair(estate)
    assert overlap(network, left, right).truth is True


def test_what_an_outside_vpc_has_is_open_unless_all_is_stated() -> None:
    estate = Estate()
    estate.vpc("left", "10.0.0.0/16")
    estate.vpc("right", "10.1.0.0/16", "data.right", outside=True)
    assert isinstance(overlap(*pair(estate)).truth, Maybe)
    estate.entities = [replace(e, complete=e.outside) if isinstance(e, Vpc) else e for e in estate.entities]
    assert overlap(*pair(estate)).truth is False
    assert isinstance(estate.entities[0], Vpc)
    assert isinstance(estate.entities[0].blocks[0].cidr, Known)
