"""DNS options that are set from where they cannot be.

Within one account and Region one call may set the options of both sides. Otherwise each side's are set in its own
account and Region (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcPeeringConnectionOptions.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.dns.options import Setter
from peerlint.network.model import DnsOption, Peering, Presence, Side
from peerlint.network.network import Network
from peerlint.network.peerings.locators import misplaced
from peerlint.network.peerings.pairs import implied, same_place, self_peered
from peerlint.network.places import same_account, same_region
from peerlint.network.presence import uncertain
from peerlint.network.values import Maybe, Truth, all_of, any_of, negate, unless


class WrongSide(Struct, frozen=True):
    """A resource that sets the option of a side which is not its own, or (``truth`` undecided) may do so.

    ``both`` tells that it sets the other side's as well.
    """

    peering: Peering
    source: Setter
    option: DnsOption
    both: bool
    truth: Truth


def wrong_sides(network: Network, peering: Peering) -> Iterator[WrongSide]:
    """The resources that set the options of a side from elsewhere, each once.

    One that runs where neither side is, or an accepter that runs in a wrong place, is another rule's matter.
    """
    if peering.third_party is not None or self_peered(network, peering) is True:
        return
    for source in network.peerings.dns_sources(peering):
        found = wrong_side(network, peering, source)
        if found is not None and found.truth is not False:
            yield found


def is_wrong_side(network: Network, peering: Peering, source: Setter) -> bool:
    """Whether a resource certainly sets the option of a side which is not its own."""
    found = wrong_side(network, peering, source)
    return found is not None and found.truth is True


def written_options(source: Setter) -> tuple[DnsOption, ...]:
    """The options that a resource writes, without those that it leaves to others."""
    return tuple(option for option in source.dns if option.written)


def wrong_side(network: Network, peering: Peering, source: Setter) -> WrongSide | None:
    """The option that a resource sets and that is not its own to set; the first certain one, else one in doubt."""
    options = written_options(source)
    if (
        not options
        or source.origin.presence.excludes(peering.origin.presence)
        or _is_misplaced(network, peering, source)
    ):
        return None
    found = [_judged(network, peering, source, option) for option in options]
    return min(
        found, key=lambda item: (item.truth is not True, item.truth is False, item.option.side is Side.REQUESTER)
    )


def presence_of(source: Setter, option: DnsOption) -> Presence:
    """Whether an option is set: whether its block exists, which may depend on more than its resource does."""
    return source.origin.presence if option.presence is None else option.presence


def _judged(network: Network, peering: Peering, source: Setter, option: DnsOption) -> WrongSide:
    own, given = presence_of(source, option), peering.origin.presence
    both = _is_with_other(source, option)
    answers = [_is_wrong(network, peering, source, option.side, each) for each in _possible(both)]
    wrong = answers[0] if all(answer == answers[0] for answer in answers) else both
    truth = all_of((wrong, unless(uncertain(given)), unless(implied(own, given))))
    return WrongSide(peering, source, option, both is True, truth)


def _is_with_other(source: Setter, option: DnsOption) -> Truth:
    """Whether a resource that sets this option sets that of the other side with it."""
    own = presence_of(source, option)
    others = (presence_of(source, other) for other in written_options(source) if other.side is not option.side)
    return any_of(unless(implied(other, own)) for other in others if not other.excludes(own))


def _possible(truth: Truth) -> tuple[bool, ...]:
    return (True, False) if isinstance(truth, Maybe) else (truth,)


def _is_misplaced(network: Network, peering: Peering, source: Setter) -> bool:
    """Whether another rule speaks of where a resource runs, or of an accepter that runs there as well."""
    for accepter in network.peerings.accepters(peering):
        is_there = accepter is source or accepter.place == source.place
        if is_there and any(item.truth is True for item in misplaced(network, peering, accepter)):
            return True
    return all(_is_at(network, peering, source, side) is False for side in Side)


def _is_wrong(network: Network, peering: Peering, source: Setter, side: Side, both: bool) -> Truth:
    """Whether a side is not a resource's own. What sets both is wrong about one of two that are apart."""
    here, there = (_is_at(network, peering, source, each) for each in (side, side.other))
    near = same_place(network, peering)
    if near is True:
        return False
    if near is False and both:
        return here is False or there is True or (here is not True and side is Side.ACCEPTER)
    if isinstance(here, Maybe):
        return negate(here) if both or there is True else False
    return not here


def _is_at(network: Network, peering: Peering, source: Setter, side: Side) -> Truth:
    place = network.peerings.end(peering, side).place
    return all_of((same_region(source.place, place), same_account(source.place, place)))
