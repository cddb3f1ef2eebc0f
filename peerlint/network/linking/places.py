"""Regions and accounts of stacks that are known to be one."""

from __future__ import annotations

import os
from collections.abc import Iterable

from peerlint.network.linking.substitution import Substitution
from peerlint.network.model import Language, Origin, Place
from peerlint.network.places import same_account, same_region
from peerlint.network.values import Identity, Known, Maybe, Span, Truth, Unknown, Written, all_of

TOLD_BY = {
    Language.TERRAFORM: ("`region`", "`allowed_account_ids`"),
    Language.CLOUDFORMATION: ("--region", "--account"),
}
"""What tells the Region and the account of a stack."""


def same_place(left: Place, right: Place) -> Truth:
    """Whether two places are one Region of one account."""
    return all_of((same_region(left, right), same_account(left, right)))


def may_be_one(left: Place, right: Place) -> bool:
    """Whether nothing tells two places apart."""
    return same_place(left, right) is not False


def unified(pairs: Iterable[tuple[Place, Place]]) -> Substitution:
    """One value for the Regions, and one for the accounts, of places that are one: the known one, where one is."""
    leaders: dict[Identity, Written[object]] = {}
    for left, right in pairs:
        for one, other in ((left.region, right.region), (left.account, right.account)):
            first, second = _end(one, leaders), _end(other, leaders)
            if isinstance(first, Unknown) and first.of is not None and first != second and not first.of.many:
                leaders[first.of] = second
            elif isinstance(second, Unknown) and second.of is not None and first != second and not second.of.many:
                leaders[second.of] = first
    return {of: _end(value, leaders) for of, value in leaders.items()}


def _end(value: Written[object], leaders: dict[Identity, Written[object]]) -> Written[object]:
    """What a value leads to. The way is made shorter for whoever comes next, as chains of stacks may be long."""
    passed: list[Identity] = []
    while isinstance(value, Unknown) and value.of is not None and value.of in leaders:
        passed.append(value.of)
        value = leaders[value.of]
    leaders.update(dict.fromkeys(passed, value))
    return value


def what_would_tell(*sides: tuple[Origin, Place]) -> str:
    """What would tell the places of two sides, as the end of a sentence; empty where both are told."""
    untold: list[str] = []
    for origin, place in sides:
        parts = zip(TOLD_BY[origin.language], (place.region, place.account), strict=True)
        lacking = " and ".join(said for said, value in parts if not isinstance(value, Known))
        if lacking:
            provider = f"{lacking} in the provider of {origin.address}"
            untold.append(provider if origin.language is Language.TERRAFORM else f"{lacking} for {origin.address}")
    return ", and ".join(dict.fromkeys(untold))


def doubt_about(left: Place, right: Place) -> Maybe | None:
    """Why it is undecided whether two places are one."""
    answer = same_place(left, right)
    return answer if isinstance(answer, Maybe) else None


def short(*places: Span) -> list[str]:
    """Places in a sentence: the file of each, with the directories that tell it from the others, and its line."""
    paths = [at.file.replace(os.sep, "/").split("/") for at in places]
    several = len({at.file for at in places})
    count = 2
    while len({tuple(path[-count:]) for path in paths}) < several:
        count += 1
    names = ("/".join(path[-count:]) for path in paths)
    return [f"{name}:{at.line}" for name, at in zip(names, places, strict=True)]
