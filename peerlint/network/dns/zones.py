"""Which private hosted zones are known on one side of a peering only.

A private zone answers in the VPCs that it is associated with, and no option of a peering changes that
(https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html). A VPC of another account than the
zone's is associated by its own account, after that of the zone has authorized it
(https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-associate-vpcs-different-accounts.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.handles import Handle, grouped, handle
from peerlint.network.model import HostedZone, Kind, Peering, Vpc, ZoneAssociation
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, unroutable
from peerlint.network.places import same_account
from peerlint.network.values import Maybe, Truth, Unknown, all_of, any_of, unless


class Unassociated(Struct, frozen=True):
    """A zone that answers in one VPC of a peering and not in the other, or (``truth`` undecided) maybe not."""

    zone: HostedZone
    knows: Vpc
    misses: Vpc
    peering: Peering
    truth: Truth


class Unauthorized(Struct, frozen=True):
    """An association with a VPC of another account that the zone's account has not authorized."""

    zone: HostedZone
    vpc: Vpc
    association: ZoneAssociation | None
    peering: Peering


def unassociated(network: Network) -> Iterator[Unassociated]:
    """Every zone and VPC peered with one that the zone answers in, each pair once.

    VPCs that are only looked up are left out, as what declares them may associate them. Nothing is said where a
    Resolver rule, an endpoint, a Profile or a DNS server of its own in the run may answer in the zone's place.
    """
    if any(Kind.ZONE in gap.kinds and gap.touches is None for gap in network.gaps):
        return
    book = _Associations(network)
    for zone in network.declared(HostedZone):
        if network.openness(Kind.ZONE, zone.origin.stack, zone.id) or (zone.left_open and not book.of(zone)):
            continue
        yield from _of_zone(network, zone, book)


def _of_zone(network: Network, zone: HostedZone, book: _Associations) -> Iterator[Unassociated]:
    seen: set[Handle | None] = set()
    for knows in book.vpcs(zone):
        for peering, side in network.peerings.of(knows):
            misses = network.peerings.end(peering, side.other).vpc
            key = handle(misses.id)
            if misses.outside or key in seen or not _counts(network, peering, zone):
                continue
            seen.add(key)
            found = book.answers(zone, misses)
            if found is not True:
                exists = unless(implied(peering.origin.presence, zone.origin.presence))
                yield Unassociated(zone, knows, misses, peering, found if isinstance(found, Maybe) else exists)


def _counts(network: Network, peering: Peering, zone: HostedZone) -> bool:
    excluded = peering.origin.presence.excludes(zone.origin.presence)
    return peering.certain_to_be and not excluded and not unroutable(network, peering)


def unauthorized(network: Network) -> Iterator[Unauthorized]:
    """Every association of a zone with a peered VPC of another account for which the run has no authorization."""
    book = _Associations(network)
    for zone in network.declared(HostedZone):
        if network.openness(Kind.ZONE, zone.origin.stack, zone.id):
            continue
        for vpc, association in book.certain(zone):
            peerings = [peering for peering, _ in network.peerings.of(vpc) if _counts(network, peering, zone)]
            if peerings and same_account(zone.place, vpc.place) is False and book.authorized(zone, vpc) is False:
                yield Unauthorized(zone, vpc, association, peerings[0])


class _Associations:
    """The associations and authorizations of zones."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._by_zone = grouped(network.all(ZoneAssociation), lambda association: association.zone)
        self._strays = [a for a in network.all(ZoneAssociation) if handle(a.zone) not in self._zones(network)]

    @staticmethod
    def _zones(network: Network) -> frozenset[Handle | None]:
        return frozenset(handle(zone.id) for zone in network.all(HostedZone))

    def of(self, zone: HostedZone) -> list[ZoneAssociation]:
        """The associations that resources of their own make."""
        return [a for a in self._all(zone) if not a.authorization]

    def _all(self, zone: HostedZone) -> list[ZoneAssociation]:
        key = handle(zone.id)
        return self._by_zone.get(key, []) if key is not None else []

    def certain(self, zone: HostedZone) -> Iterator[tuple[Vpc, ZoneAssociation | None]]:
        """The VPCs that a zone is certainly associated with, and what does so if it is not the zone itself."""
        for value in zone.vpcs:
            yield self._network.vpcs.by_id(value, zone.origin), None
        for association in self.of(zone):
            if implied(association.origin.presence, zone.origin.presence) is None:
                yield self._network.vpcs.by_id(association.vpc, association.origin), association

    def vpcs(self, zone: HostedZone) -> list[Vpc]:
        """The VPCs that a zone certainly answers in."""
        return [vpc for vpc, _ in self.certain(zone)]

    def answers(self, zone: HostedZone, vpc: Vpc) -> Truth:
        """Whether a zone answers in a VPC, or may be made to by an association whose zone is not told."""
        vpcs = self._network.vpcs
        own = [vpcs.same(vpcs.by_id(value, zone.origin), vpc) for value in zone.vpcs]
        made = [self._meets(association, vpc, zone) for association in self._all(zone)]
        untold = [association for association in self._strays if isinstance(association.zone, Unknown)]
        strays = [
            all_of((self._meets(a, vpc, zone), Maybe(f"{a.origin.name} names a zone that is not told"))) for a in untold
        ]
        return any_of((*own, *made, *strays))

    def authorized(self, zone: HostedZone, vpc: Vpc) -> Truth:
        """Whether the zone's account authorizes the association with a VPC."""
        given = [a for a in (*self._all(zone), *self._strays) if a.authorization]
        return any_of(self._meets(association, vpc, zone) for association in given)

    def _meets(self, association: ZoneAssociation, vpc: Vpc, zone: HostedZone) -> Truth:
        """Whether an association, or an authorization for one, is with a VPC."""
        exists = implied(association.origin.presence, zone.origin.presence)
        named = self._network.vpcs.by_id(association.vpc, association.origin)
        return all_of((self._network.vpcs.same(named, vpc), unless(exists)))
