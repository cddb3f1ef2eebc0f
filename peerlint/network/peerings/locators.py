"""Whether the request for a peering, and what accepts it, look for the peer's VPC where it is.

A request names the Region and account of the accepter's VPC by ``peer_region`` and ``peer_owner_id``, which are the
requester's own where they are not written
(https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html). It is accepted in the
accepter's Region and account (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptVpcPeeringConnection.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.lookups.peerings import End
from peerlint.network.model import Accepter, Origin, Peering, Side
from peerlint.network.network import Network
from peerlint.network.partitions import partition_of
from peerlint.network.peerings.pairs import implied, may_be_shared, self_peered
from peerlint.network.places import Aspect, accepter_place, alike, is_told
from peerlint.network.values import Known, Maybe, Truth, Written, all_of, negate, unless


class Astray(Struct, frozen=True):
    """A request that looks for the accepter's VPC in another Region or account than it is in, or (``truth``
    undecided) may do so. ``written`` tells whether an argument says so; else it is the requester's own.
    """

    peering: Peering
    aspect: Aspect
    accepter: End
    sought: Written[str]
    actual: Written[str]
    written: bool
    truth: Truth


class Partitioned(Struct, frozen=True):
    """A request from one partition of AWS to another one."""

    peering: Peering
    regions: tuple[Written[str], Written[str]]
    partitions: tuple[str, str]
    truth: Truth


class MisplacedAccepter(Struct, frozen=True):
    """An accepter that runs in another Region or account than the accepter's VPC, or (``truth`` undecided) may."""

    peering: Peering
    accepter: Accepter
    aspect: Aspect
    end: End
    runs_in: Written[str]
    truth: Truth


def locators(network: Network, peering: Peering) -> Iterator[Astray | Partitioned | MisplacedAccepter]:
    """What of a peering looks for the accepter in a wrong place. Third parties' networks are looked up otherwise."""
    if peering.third_party is not None or self_peered(network, peering) is True:
        return
    partitioned = _partitioned(network, peering)
    if partitioned is not None:
        yield partitioned
        return
    for aspect in Aspect:
        astray = _astray(network, peering, aspect)
        if astray.truth is not False:
            yield astray
    for accepter in network.peerings.accepters(peering):
        yield from misplaced(network, peering, accepter)


def _partitioned(network: Network, peering: Peering) -> Partitioned | None:
    """No connection joins two partitions (https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html)."""
    requester, accepter = (end.place.region for end in network.peerings.ends(peering))
    sought = accepter_place(peering).region if peering.peer_region is not None else accepter
    for one in (accepter, sought):
        if isinstance(requester, Known) and isinstance(one, Known):
            partitions = partition_of(requester.value), partition_of(one.value)
            if partitions[0] != partitions[1]:
                exists = unless(_doubt(peering.origin))
                return Partitioned(peering, (requester, one), partitions, exists)
    return None


def _astray(network: Network, peering: Peering, aspect: Aspect) -> Astray:
    accepter = network.peerings.end(peering, Side.ACCEPTER)
    sought, actual = aspect.of(accepter_place(peering)), aspect.of(accepter.vpc.place)
    argument = peering.peer_region if aspect is Aspect.REGION else peering.peer_owner
    is_written = argument is not None and not (isinstance(argument, Known) and not argument.value)
    differs = negate(alike(sought, actual)) if is_told(actual) and Known in (type(sought), type(actual)) else False
    if not is_written and _requests_elsewhere(network, peering, aspect):
        differs = False
    doubts = (
        _doubt(peering.origin),
        implied(accepter.vpc.origin.presence, peering.origin.presence),
        may_be_shared(accepter.vpc) if is_written and aspect is Aspect.ACCOUNT else None,
    )
    truth = all_of((differs, *(unless(doubt) for doubt in doubts)))
    return Astray(peering, aspect, accepter, sought, actual, is_written, truth)


def _requests_elsewhere(network: Network, peering: Peering, aspect: Aspect) -> bool:
    """Whether the request itself is made in another place than the requester's VPC is in, which is the defect then."""
    requester = network.peerings.end(peering, Side.REQUESTER).vpc
    return alike(aspect.of(peering.place), aspect.of(requester.place)) is False


def misplaced(network: Network, peering: Peering, accepter: Accepter) -> Iterator[MisplacedAccepter]:
    """What keeps an accepter from being where the accepter's VPC is; at most one answer for Region and account.

    Where it runs in the requester's place, and an argument names another one, that is asked if it cannot be told.
    """
    end = network.peerings.end(peering, Side.ACCEPTER)
    exists = unless(implied(accepter.origin.presence, peering.origin.presence))
    found = []
    for aspect in Aspect:
        wanted = aspect.of(end.place if is_told(aspect.of(end.place)) else accepter_place(peering))
        runs_in = aspect.of(accepter.place)
        differs = negate(alike(runs_in, wanted))
        if isinstance(differs, Maybe) and not _asks(peering, aspect, runs_in):
            continue
        truth = all_of((differs, exists, unless(_doubt(peering.origin))))
        if truth is not False:
            found.append(MisplacedAccepter(peering, accepter, aspect, end, runs_in, truth))
    yield from sorted(found, key=lambda item: item.truth is not True)[:1]


def _asks(peering: Peering, aspect: Aspect, runs_in: Written[str]) -> bool:
    return aspect is Aspect.REGION and peering.peer_region is not None and alike(runs_in, peering.place.region) is True


def _doubt(origin: Origin) -> Maybe | None:
    return None if origin.presence.doubt is None else Maybe(origin.presence.doubt)
