"""Sets of addresses against Python's own sets, on the addresses of small blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from netaddr import IPNetwork, IPSet

from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.intervals import Addresses

BASES = {4: 0xFFFFFF00, 6: (1 << 128) - 256}
"""The last 256 addresses of a family, where an end that is counted wrongly shows."""

versions = st.sampled_from([4, 6])


def block(version: int, offset: int, size: int) -> Cidr:
    bits = 32 if version == 4 else 128
    return Cidr(version, (BASES[version] + offset) >> size << size, bits - size)


def blocks(version: int) -> st.SearchStrategy[list[Cidr]]:
    made = st.builds(block, st.just(version), st.integers(0, 255), st.integers(0, 6))
    return st.lists(made, max_size=12)


def counted(cidrs: list[Cidr]) -> set[int]:
    return {address for cidr in cidrs for address in range(cidr.first, cidr.last + 1)}


def of_set(found: Addresses) -> set[int]:
    return {address for first, last in found.intervals for address in range(first, last + 1)}


@given(st.data(), versions)
def test_every_operation_is_that_of_sets_of_addresses(data: st.DataObject, version: int) -> None:
    one, other = data.draw(blocks(version)), data.draw(blocks(version))
    left, right = Addresses.of(version, one), Addresses.of(version, other)
    assert of_set(left) == counted(one)
    assert of_set(left | right) == counted(one) | counted(other)
    assert of_set(left & right) == counted(one) & counted(other)
    assert of_set(left - right) == counted(one) - counted(other)
    assert left.covers(right) is (counted(other) <= counted(one))
    assert bool(left) is bool(one)


@given(st.data(), versions)
def test_equal_sets_are_equal_and_come_back_as_the_fewest_blocks(data: st.DataObject, version: int) -> None:
    cidrs = data.draw(blocks(version))
    found = Addresses.of(version, cidrs)
    again = list(found.cidrs())
    assert Addresses.of(version, again) == found
    assert Addresses.of(version, reversed([*cidrs, *again])) == found
    assert [str(cidr) for cidr in again] == [
        str(cidr) for cidr in IPSet(IPNetwork(str(cidr)) for cidr in cidrs).iter_cidrs()
    ]


def test_a_set_is_of_one_family() -> None:
    cidrs = [cidr for text in ("10.0.0.0/24", "2001:db8::/56") if (cidr := parse_cidr(text)) is not None]
    assert [str(Addresses.of(version, cidrs)) for version in (4, 6)] == ["10.0.0.0/24", "2001:db8::/56"]
    with pytest.raises(ValueError, match="never compared"):
        Addresses.of(4, cidrs).covers(Addresses.of(6, cidrs))


def test_the_whole_of_a_family_is_one_block() -> None:
    everything = [Cidr(4, 0, 1), Cidr(4, 1 << 31, 1)]
    assert [str(cidr) for cidr in Addresses.of(4, everything).cidrs()] == ["0.0.0.0/0"]
