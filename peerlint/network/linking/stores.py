"""Values that one stack writes under a name and another reads by it.

A name has one value in a Region of an account. Where one stack of the run writes it, and nothing tells that the reader
is elsewhere, this is the value; so the two are in one place. Names are made to be shared, and are not met by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from peerlint.network.linking.places import may_be_one, same_place, unified
from peerlint.network.linking.substitution import Substitution
from peerlint.network.model import Fragment, Place, Published, Reading, Store
from peerlint.network.values import Identity, Written


def stored(fragments: Sequence[Fragment]) -> Substitution:
    """What the readings of all stacks read, by their identities, and the places that are one because of it."""
    written: dict[tuple[Store, str], list[Published]] = defaultdict(list)
    for published in (published for fragment in fragments for published in fragment.published):
        written[published.store, published.name].append(published)
    values: dict[Identity, Written[object]] = {}
    pairs: list[tuple[Place, Place]] = []
    for reading in (reading for fragment in fragments for reading in fragment.readings):
        source = _source(reading, written[reading.store, reading.name])
        if source is not None:
            values[reading.of] = source.value
            pairs.append((reading.place, source.place))
    return {**values, **unified(pairs)}


def _source(reading: Reading, written: Sequence[Published]) -> Published | None:
    """What writes the value that is read: the only one in the reader's place, or that may be in it."""
    near = [p for p in written if may_be_one(reading.place, p.place)]
    certain = [p for p in near if same_place(reading.place, p.place) is True]
    found = certain or near
    if not found or any(p.origin.presence.doubt is not None or p.value != found[0].value for p in found):
        return None
    return found[0]
