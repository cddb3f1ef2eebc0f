"""Accepters that adopt a connection where it was requested.

In the requester's own account and Region the connection and its accepter are one object, with one set of tags; tags
belong to an account and Region (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peerlint.network.locators import misplaced
from peerlint.network.model import Accepter, Peering, Tags
from peerlint.network.network import Network
from peerlint.network.pairs import implied, is_true, same_place, self_peered
from peerlint.network.places import same_account, same_region
from peerlint.network.presence import uncertain
from peerlint.network.values import Known, Truth, Unknown, Value, all_of, any_of, negate, same, unless


@dataclass(frozen=True, slots=True)
class Adoption:
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
    """Whether an accepter adopts in the place of the request: ``auto_accept`` works only where both ends are there."""
    near = same_place(network, peering)
    accepts_itself = is_true(peering.auto_accept) if near is not False else False
    here = (same_region(accepter.place, peering.place), same_account(accepter.place, peering.place))
    return any_of((all_of((near, *here)), accepts_itself))


def _adoption(peering: Peering, accepter: Accepter) -> Adoption:
    differs, key = _differ(peering.tags, accepter.tags)
    doubts = (uncertain(peering.origin.presence), implied(accepter.origin.presence, peering.origin.presence))
    truth = all_of((differs, *(unless(doubt) for doubt in doubts)))
    if accepter.origin.presence.excludes(peering.origin.presence):
        truth = False
    return Adoption(peering, accepter, truth, key, _value(peering.tags, key), _value(accepter.tags, key))


def _differ(left: Tags | None, right: Tags | None) -> tuple[Truth, str]:
    """Whether two resources write different tags on one object, and the first that differs."""
    if left is None or right is None:
        return False, ""
    if isinstance(left.entries, Unknown) or isinstance(right.entries, Unknown):
        return negate(same(left.entries, right.entries)), ""
    one, other = dict(left.entries.value), dict(right.entries.value)
    keys = sorted({*one, *other})
    answers = [(key, negate(same(one[key], other[key])) if key in one and key in other else True) for key in keys]
    certain = next((key for key, answer in answers if answer is True), "")
    return any_of(answer for _, answer in answers), certain


def _value(tags: Tags | None, key: str) -> Value[str]:
    entries = tags.entries if tags is not None else None
    return dict(entries.value).get(key) if isinstance(entries, Known) else None
