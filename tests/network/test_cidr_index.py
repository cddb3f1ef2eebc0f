"""What meets a block, against looking at every block."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.cidr import Cidr
from peerlint.network.cidr_index import CidrIndex


def _block(version: int, prefix: int, number: int) -> Cidr:
    bits = 32 if version == 4 else 128
    size = bits - prefix
    base = (10 << 24) if version == 4 else (0xFD << 120)
    return Cidr(version, (base | number << (size if prefix else 0)) >> size << size, prefix)


near = st.tuples(st.sampled_from([0, 8, 22, 24, 28, 30, 32]), st.integers(0, 15)).map(lambda b: _block(4, *b))
far = st.tuples(st.sampled_from([0, 48, 60, 64, 128]), st.integers(0, 15)).map(lambda b: _block(6, *b))
blocks = st.one_of(near, far)


@given(st.lists(blocks, max_size=40), blocks)
def test_what_meets_a_block_is_found_in_the_order_given(found: list[Cidr], asked: Cidr) -> None:
    index = CidrIndex((cidr, number) for number, cidr in enumerate(found))
    assert index.meeting(asked) == [number for number, cidr in enumerate(found) if cidr.overlaps(asked)]


def test_an_empty_index_finds_nothing() -> None:
    index: CidrIndex[str] = CidrIndex([])
    assert index.meeting(_block(4, 0, 0)) == []
    assert index.meeting(_block(6, 0, 0)) == []
