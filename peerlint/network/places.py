"""The Regions and accounts that resources live in, compared."""

from __future__ import annotations

import re
from enum import Enum

from peerlint.network.model import Peering, Place
from peerlint.network.values import Known, Maybe, Truth, Unknown, Value, Written, same


class Aspect(Enum):
    """What of a place is compared."""

    REGION = "Region"
    ACCOUNT = "account"

    def of(self, place: Place) -> Written[str]:
        """This of a place."""
        return place.region if self is Aspect.REGION else place.account


STAND_IN = re.compile(r"123456789012|([0-9])\1{11}")
"""The account of AWS's examples, and twelve times one digit."""


def alike(left: Written[str], right: Written[str]) -> Truth:
    """Whether two Regions or accounts are one; undecided where an account only stands for one to be filled in."""
    answer = same(left, right)
    stand_ins = [v.value for v in (left, right) if isinstance(v, Known) and STAND_IN.fullmatch(v.value)]
    if answer is False and stand_ins:
        return Maybe(f"`{stand_ins[0]}` stands for an account that is still to be filled in")
    return answer


def same_region(left: Place, right: Place) -> Truth:
    """Whether two places are in one Region."""
    return alike(left.region, right.region)


def same_account(left: Place, right: Place) -> Truth:
    """Whether two places are in one account."""
    return alike(left.account, right.account)


def accepter_place(peering: Peering) -> Place:
    """The Region and account that the peering's own arguments say the accepter is in."""
    return Place(
        _unless_empty(peering.peer_region) or peering.place.region,
        _unless_empty(peering.peer_owner) or peering.place.account,
    )


def is_told(value: Written[str]) -> bool:
    """Whether anything tells where a VPC is: nothing does of one that is only named by an id."""
    return isinstance(value, Known) or value.of is not None


def firmest(*values: Written[str]) -> Written[str]:
    """The first that is known, else the first that has an identity, else the first."""
    with_identity = [v for v in values if isinstance(v, Unknown) and v.of is not None]
    return next((v for v in values if isinstance(v, Known)), next(iter(with_identity), values[0]))


def _unless_empty(value: Value[str]) -> Value[str]:
    """A value; the provider takes an empty text for none."""
    return None if isinstance(value, Known) and not value.value else value
