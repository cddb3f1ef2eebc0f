"""Stacks in a place that nothing tells, which would read the values of several places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from peerlint.network.model import Published, Reading
from peerlint.network.values import Identity, Known, Unknown

TORN = "the stacks that write what this one reads are in several places: its own Region and account would tell"
"""Why what such a stack reads is undecided."""


def places_of(reading: Reading) -> frozenset[Identity]:
    """The Region and account in which a value is read, as far as they are unknown."""
    values = (reading.place.region, reading.place.account)
    return frozenset(value.of for value in values if isinstance(value, Unknown) and value.of is not None)


def torn_places(sources: Iterable[tuple[Reading, Published]]) -> frozenset[Identity]:
    """The unknown Regions and accounts that, by what is read in them, would be several known ones."""
    told: dict[Identity, set[object]] = defaultdict(set)
    for reading, source in sources:
        here, there = reading.place, source.place
        for own, other in ((here.region, there.region), (here.account, there.account)):
            if isinstance(own, Unknown) and own.of is not None and isinstance(other, Known):
                told[own.of].add(other.value)
    return frozenset(identity for identity, values in told.items() if len(values) > 1)
