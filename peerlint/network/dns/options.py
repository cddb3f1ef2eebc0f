"""DNS across a peering: what each side chose for its names, and whether the two VPCs have DNS at all.

The option of a side lets the *other* side resolve the public DNS hostnames of this side's instances to private
addresses (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.handles import Handle, handle
from peerlint.network.model import (
    Accepter,
    DnsOption,
    Origin,
    Peering,
    PeeringOptions,
    Permission,
    Place,
    Route,
    RouteTable,
    SecurityGroup,
    Shown,
    Side,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import accepted, implied, same_place, self_peered
from peerlint.network.places import same_account, same_region
from peerlint.network.remembered import remembered
from peerlint.network.values import Known, Maybe, Span, Value, all_of, same

_MODULES = re.compile(r'module\.[^.\[]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.')

Setter: TypeAlias = Peering | Accepter | PeeringOptions
"""A resource that can set the option."""


class Setting(Enum):
    """What a side says of ``allow_remote_vpc_dns_resolution``."""

    ON = "true"
    OFF = "false"
    ABSENT = "not set"


class Choice(Struct, frozen=True):
    """What one side says, or why that is undecided; ``at`` is where it says it, or where it would.

    ``value`` is what is written there. ``observed`` tells that an inventory says so, and no code.
    """

    side: Side
    vpc: Vpc
    setting: Setting | Maybe
    at: Span
    value: Value[bool] = None
    observed: bool = False


def choices(network: Network, peering: Peering) -> tuple[Choice, Choice]:
    """What the requester's side says and what the accepter's does."""
    return choice(network, peering, Side.REQUESTER), choice(network, peering, Side.ACCEPTER)


def choice(network: Network, peering: Peering, side: Side) -> Choice:
    """What one side says, read from the connection, its accepters and its options."""
    written = [
        (source, option)
        for source in network.peerings.dns_sources(peering)
        if not source.origin.presence.excludes(peering.origin.presence)
        for option in source.dns
        if option.side is side
    ]
    vpc = network.peerings.end(peering, side).vpc
    if not written and peering.shown is not None:
        return _shown(network, peering, side, vpc, peering.shown)
    at = written[0][1].at if written else _home(network, peering, side)
    value = written[0][1].value if written else None
    return Choice(side, vpc, _setting(network, peering, side, written), at, value)


def _shown(network: Network, peering: Peering, side: Side, vpc: Vpc, shown: Shown) -> Choice:
    """What an inventory shows of a side that no code sets: false is what it is where nobody set it."""
    at = _home(network, peering, side)
    option = next((option for option in shown.dns if option.side is side), None)
    if option is None:
        unseen = Maybe(f"the inventory does not show the DNS options of the {side.value}'s side")
        return Choice(side, vpc, unseen, at, observed=True)
    on = option.value == Known(True)
    doubt = None if on else _unread(network, peering, side)
    setting = Setting.ON if on else Setting.ABSENT
    return Choice(side, vpc, setting if doubt is None else doubt, option.at if on else at, observed=True)


def _setting(
    network: Network, peering: Peering, side: Side, written: Iterable[tuple[Setter, DnsOption]]
) -> Setting | Maybe:
    values: set[bool] = set()
    for source, option in written:
        doubt = implied(source.origin.presence, peering.origin.presence)
        if doubt is None:
            doubt = _misplaced(network, peering, source, side)
        if doubt is not None:
            return doubt
        if not isinstance(option.value, Known):
            return Maybe(option.value.reason)
        values.add(option.value.value)
    if len(values) == 2:
        return Maybe("it is set to true in one place and to false in another")
    if values:
        return Setting.ON if values == {True} else Setting.OFF
    doubt = _why_not_absent(network, peering, side)
    return Setting.ABSENT if doubt is None else doubt


def _why_not_absent(network: Network, peering: Peering, side: Side) -> Maybe | None:
    """Why something that is not in the input may set the option."""
    doubt = _unread(network, peering, side)
    if doubt is not None or _in_input(network, peering, side):
        return doubt
    return Maybe(f"the {side.value}'s account, Region or state is outside the input")


def _unread(network: Network, peering: Peering, side: Side) -> Maybe | None:
    """Why something of the input that was not read may set the option."""
    sources = network.peerings.dns_sources(peering)
    if sources.open:
        return sources.open[0]
    for stray in _strays(network, side):
        if isinstance(peering.id, Known) and isinstance(stray.peering, Known):
            continue
        meant = same(stray.peering, peering.id)
        if isinstance(meant, Maybe):
            return Maybe(f"{stray.origin.name} may set it: {meant.reason}")
    return None


@remembered
def _strays(network: Network, side: Side) -> tuple[Accepter | PeeringOptions, ...]:
    """The resources that set the option of a side of a connection which the input does not tell."""
    return tuple(stray for stray in _every_stray(network) if any(option.side is side for option in stray.dns))


def _every_stray(network: Network) -> Iterator[Accepter | PeeringOptions]:
    yield from network.peerings.stray_accepters
    for options in network.all(PeeringOptions):
        found = network.peerings.by_id(options.peering)
        if found is None or (found.outside and found.third_party is None and found.shown is None):
            yield options


def _misplaced(network: Network, peering: Peering, source: Setter, side: Side) -> Maybe | None:
    """A resource of the other side's account or Region cannot set this side's option."""
    place = network.peerings.end(peering, side).place
    here = all_of((same_region(source.place, place), same_account(source.place, place)))
    if here is not False:
        return None
    return Maybe(f"{source.origin.name} sets it from another account or Region than the {side.value}'s")


def _home(network: Network, peering: Peering, side: Side) -> Span:
    """The resource to which a side's option belongs: its accepter, else the connection."""
    if side is Side.ACCEPTER:
        for accepter in network.peerings.accepters(peering):
            return accepter.origin.span
    return peering.origin.span


def _in_input(network: Network, peering: Peering, side: Side) -> bool:
    """Whether a side's option can be set by the input, as far as is seen.

    The options belong to the connection and not to the VPC: a looked-up VPC in the requester's own account and Region
    has its option set here as well. A request that nothing here accepts, for a VPC that nothing here declares, is
    accepted by another state, and the option is that state's to set.
    """
    end = network.peerings.end(peering, side)
    if side is Side.REQUESTER or not end.vpc.outside or network.peerings.accepters(peering).items:
        return True
    if accepted(network, peering) is False:
        return False
    return same_place(network, peering) is True or any(_is_place(p, end.place) for p in _deployed(network))


@remembered
def _deployed(network: Network) -> tuple[Place, ...]:
    """The places of the resources that the input declares, each once."""
    return tuple(dict.fromkeys({id(place): place for place in _places(network)}.values()))


def _places(network: Network) -> Iterator[Place]:
    yield from (options.place for options in network.declared(PeeringOptions))
    yield from (route.place for route in network.declared(Route))
    yield from (permission.place for permission in network.declared(Permission))
    yield from (table.place for table in network.declared(RouteTable) if not table.outside)
    yield from (group.place for group in network.declared(SecurityGroup) if not group.outside)
    yield from (vpc.place for vpc in network.declared(Vpc) if not vpc.outside)


def _is_place(left: Place, right: Place) -> bool:
    return all_of((same_region(left, right), same_account(left, right))) is True


class PeeredVpc(Struct, frozen=True):
    """A VPC with the declared peerings that end in it, in the order of the VPCs at their far ends."""

    vpc: Vpc
    peerings: tuple[Peering, ...]


def peered_vpcs(network: Network) -> Iterator[PeeredVpc]:
    """Every VPC at an end of a declared peering, each once; those that third parties own are left out.

    Of a connection that an inventory shows and code only names, the VPCs that code declares count.
    """
    vpcs: dict[Handle | int, Vpc] = {}
    peerings: dict[Handle | int, list[tuple[tuple[str, ...], Peering]]] = {}
    for peering in network.peerings.judged:
        if self_peered(network, peering) is True:
            continue
        for end in network.peerings.ends(peering):
            if end.vpc.owner is None and not (peering.named and end.vpc.outside):
                key = handle(end.vpc.id) or id(end.vpc)
                far = network.peerings.end(peering, end.side.other).vpc.origin
                vpcs.setdefault(key, end.vpc)
                peerings.setdefault(key, []).append((_order(far, peering.origin), peering))
    for key, vpc in vpcs.items():
        yield PeeredVpc(vpc, tuple(p for _, p in sorted(peerings[key], key=lambda told: told[0])))


def _order(far: Origin, peering: Origin) -> tuple[str, ...]:
    """By the names in their modules first, so that moving a part into a module changes nothing."""
    names = (_MODULES.sub("", far.address), _MODULES.sub("", peering.address))
    return (*names, far.address, peering.address)


def resolves(network: Network, peering: Peering) -> bool:
    """Whether the option is certainly on for a side of a peering that certainly exists."""
    on = any(choice.setting is Setting.ON for choice in choices(network, peering))
    return on and peering.origin.presence.doubt is None
