"""Accepters that adopt a connection where it was requested.

In the requester's own account and Region the connection and its accepter are one object, with one set of tags; tags
belong to an account and Region (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.model import Accepter, Peering, Tags
from peerlint.network.network import Network
from peerlint.network.peerings.locators import misplaced
from peerlint.network.peerings.pairs import implied, is_true, same_place, self_peered
from peerlint.network.places import same_account, same_region
from peerlint.network.presence import uncertain
from peerlint.network.values import Known, Maybe, Truth, Unknown, Value, all_of, any_of, negate, same, unless


class Adoption(Struct, frozen=True):
    """An accepter that overwrites the tags of its own connection, or (``truth`` undecided) may do so.

    ``key`` is a tag in which the two differ, with what the connection says of it and what the accepter does.
    """

    peering: Peering
    accepter: Accepter
    truth: Truth
    key: str
    requested: Value[str]
    adopted: Value[str]


def adoptions(network: Network, peering: Peering) -> Iterator[Adoption]:
    """The accepters that certainly are one object with their connection, where the tags of the two differ.

    One that runs in a wrong place is another rule's matter.
    """
    if peering.third_party is not None or self_peered(network, peering) is True:
        return
    for accepter in network.peerings.accepters(peering):
        if any(item.truth is True for item in misplaced(network, peering, accepter)):
            continue
        if _is_one_object(network, peering, accepter) is True:
            adoption = _adoption(peering, accepter)
            if adoption.truth is not False:
                yield adoption


def _is_one_object(network: Network, peering: Peering, accepter: Accepter) -> Truth:
    """Whether an accepter adopts in the place of the request, and nothing tells that the other end is elsewhere:
    ``auto_accept`` works only where both are there.
    """
    near = same_place(network, peering)
    accepts_itself = is_true(peering.auto_accept) if near is not False else False
    here = (same_region(accepter.place, peering.place), same_account(accepter.place, peering.place))
    return all_of((any_of((near, accepts_itself)), *here))


def _adoption(peering: Peering, accepter: Accepter) -> Adoption:
    differs, key = _differ(peering.tags, accepter.tags)
    doubts = (uncertain(peering.origin.presence), implied(accepter.origin.presence, peering.origin.presence))
    truth = all_of((differs, *(unless(doubt) for doubt in doubts)))
    if accepter.origin.presence.excludes(peering.origin.presence):
        truth = False
    return Adoption(peering, accepter, truth, key, _value(peering.tags, key), _value(accepter.tags, key))


def _differ(left: Tags | None, right: Tags | None) -> tuple[Truth, str]:
    """Whether two resources write different tags on one object, and the first that certainly differs."""
    if left is None or right is None or _is_one(left, right):
        return False, ""
    answers = [(key, _differs(left, right, key)) for key in sorted({*_keys(left), *_keys(right)})]
    certain = next((key for key, answer in answers if answer is True), "")
    parts = (left.entries, right.entries, left.defaults, right.defaults)
    others = (Maybe(part.reason) for part in parts if isinstance(part, Unknown))
    return any_of((*(answer for _, answer in answers), *others)), certain


def _is_one(left: Tags, right: Tags) -> bool:
    """Whether two resources certainly write the same tags."""
    return same(left.entries, right.entries) is True and same(left.defaults, right.defaults) is True


def _keys(tags: Tags) -> Iterator[str]:
    for entries in (tags.entries, tags.defaults):
        yield from (key for key, _ in entries.value) if isinstance(entries, Known) else ()


def _differs(left: Tags, right: Tags, key: str) -> Truth:
    """Whether two resources write different values of a key; one that is not known may be null, which is none."""
    one, other = _value(left, key), _value(right, key)
    is_on_one = isinstance(one or other, Known) and (one is None or other is None)
    different = True if is_on_one else negate(same(one, other))
    return all_of((different, *(negate(_ignores(tags, key)) for tags in (left, right))))


def _ignores(tags: Tags, key: str) -> Truth:
    """Whether a provider leaves a key to others."""
    if isinstance(tags.ignored, Unknown):
        return Maybe(tags.ignored.reason)
    return any(key == name or (name.endswith("*") and key.startswith(name[:-1])) for name in tags.ignored.value)


def _value(tags: Tags | None, key: str) -> Value[str]:
    """What a resource writes for a key: its own value before that of its provider."""
    for entries in (tags.entries, tags.defaults) if tags is not None else ():
        if isinstance(entries, Unknown):
            return entries
        if key in (own := dict(entries.value)):
            return own[key]
    return None
