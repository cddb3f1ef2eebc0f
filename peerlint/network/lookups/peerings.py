"""Look-ups of peerings, of their ends, and of what accepts them or sets their options."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from peerlint.network.handles import Handle, grouped, handle, indexed
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.vpcs import Vpcs
from peerlint.network.members import Members
from peerlint.network.model import Accepter, Kind, Peering, PeeringOptions, Place, Side, Vpc
from peerlint.network.places import accepter_place, firmest
from peerlint.network.values import Maybe, Truth, Unknown, Value, Written, same


@dataclass(frozen=True, slots=True)
class End:
    """One end of a peering: its VPC, and the Region and account it lives in."""

    side: Side
    vpc: Vpc
    place: Place


class Peerings:
    """The peerings, declared and looked up."""

    def __init__(self, declarations: Declarations, vpcs: Vpcs) -> None:
        """Look up what these declarations hold."""
        self._declarations = declarations
        self._vpcs = vpcs

    @cached_property
    def declared(self) -> tuple[Peering, ...]:
        """The peerings that the input declares; looked-up ones are not among them."""
        return tuple(p for p in self._declarations.all(Peering) if not p.outside)

    @cached_property
    def judged(self) -> tuple[Peering, ...]:
        """The declared peerings, and those of an inventory in which code takes part."""
        return tuple(p for p in self._declarations.all(Peering) if not p.outside or p.named)

    @cached_property
    def observed(self) -> tuple[Peering, ...]:
        """The peerings that an inventory shows."""
        return tuple(p for p in self._index.values() if p.shown is not None)

    @cached_property
    def _index(self) -> dict[Handle, Peering]:
        return indexed(self._declarations.all(Peering), lambda peering: (peering.outside, not peering.named))

    def by_id(self, id: Value[str]) -> Peering | None:
        """The peering with this id, declared or looked up; ``None`` where nothing in the input tells its ends."""
        key = handle(id)
        return self._index.get(key) if key is not None else None

    def same(self, left: Written[str], right: Written[str]) -> Truth:
        """Whether two ids are those of one peering. Two declared peerings never are one."""
        first, second = self.by_id(left), self.by_id(right)
        if first is None or second is None or first is second:
            return same(left, right)
        if (not first.outside and not second.outside) or self._apart(first, second) or self._apart(second, first):
            return False
        return same(left, right)

    def _apart(self, declared: Peering, other: Peering) -> bool:
        """Whether a declared peering cannot be one that an inventory shows, because that joins other VPCs."""
        return not declared.outside and other.shown is not None and not self.may_join_alike(declared, other)

    def may_join_alike(self, left: Peering, right: Peering) -> bool:
        """Whether two peerings may have the same requester and the same accepter."""
        return all(self._may_be_one(left, right, side) for side in Side)

    def may_join_one_pair(self, left: Peering, right: Peering) -> bool:
        """Whether two peerings may join the same two VPCs, either of them as the requester."""
        return self.may_join_alike(left, right) or all(self._may_be_one(left, right, s, s.other) for s in Side)

    def _may_be_one(self, left: Peering, right: Peering, side: Side, other: Side | None = None) -> bool:
        """Whether an end of one peering may be an end of the other, by default that of the same side."""
        return self._vpcs.same(self.end(left, side).vpc, self.end(right, other or side).vpc) is not False

    def may_exist(self, peering: Peering) -> Maybe | None:
        """Why a declared peering may be one that an inventory shows; ``None`` where none there may be it."""
        for other in self.observed if peering.shown is None else ():
            if other.accepted and self.may_join_alike(peering, other):
                return Maybe(
                    f"{peering.origin.address} may be {other.origin.address}, which the inventory shows accepted"
                )
        return None

    def end(self, peering: Peering, side: Side) -> End:
        """One end of a peering.

        The place is that of the VPC where the input declares or looks it up, else what the peering's arguments say:
        without ``peer_region`` and ``peer_owner_id`` the accepter is in the requester's own Region and account.
        """
        vpc = self._vpcs.by_id(peering.vpc if side is Side.REQUESTER else peering.peer_vpc, peering.origin)
        named = peering.place if side is Side.REQUESTER else accepter_place(peering)
        own = vpc.place
        return End(side, vpc, Place(_where(vpc, own.region, named.region), _where(vpc, own.account, named.account)))

    def ends(self, peering: Peering) -> tuple[End, End]:
        """The requester's end and the accepter's."""
        return self.end(peering, Side.REQUESTER), self.end(peering, Side.ACCEPTER)

    def of(self, vpc: Vpc) -> tuple[tuple[Peering, Side], ...]:
        """Every peering (looked-up ones included) that ends in a VPC, with the side that the VPC is.

        They are in the order of the VPCs at their far ends, which files do not change.
        """
        key = handle(vpc.id)
        return tuple(self._by_vpc.get(key, ())) if key is not None else ()

    @cached_property
    def _by_vpc(self) -> dict[Handle, list[tuple[Peering, Side]]]:
        found: dict[Handle, list[tuple[Peering, Side]]] = defaultdict(list)
        for peering in self._index.values():
            for side, value in ((Side.REQUESTER, peering.vpc), (Side.ACCEPTER, peering.peer_vpc)):
                key = handle(value)
                if key is not None:
                    found[key].append((peering, side))
        return {key: sorted(items, key=self._far_name) for key, items in found.items()}

    def _far_name(self, item: tuple[Peering, Side]) -> tuple[str, str]:
        peering, side = item
        return self.end(peering, side.other).vpc.origin.address, peering.origin.address

    def accepters(self, peering: Peering) -> Members[Accepter]:
        """The ``_accepter`` resources that adopt a peering's request."""
        key = handle(peering.id)
        items = self._accepters.get(key, []) if key is not None else []
        return Members(tuple(items), self._declarations.openness(Kind.ACCEPTER, peering.origin.stack, peering.id))

    @cached_property
    def _accepters(self) -> dict[Handle, list[Accepter]]:
        return grouped(self._declarations.all(Accepter), lambda a: a.peering)

    @cached_property
    def stray_accepters(self) -> tuple[Accepter, ...]:
        """The ``_accepter`` resources that may adopt the request of a peering that the input does not tell."""
        return tuple(
            accepter
            for accepter in self._declarations.all(Accepter)
            if (found := self.by_id(accepter.peering)) is None or (found.outside and found.third_party is None)
        )

    @cached_property
    def _options(self) -> dict[Handle, list[PeeringOptions]]:
        return grouped(self._declarations.all(PeeringOptions), lambda o: o.peering)

    def dns_sources(self, peering: Peering) -> Members[Peering | Accepter | PeeringOptions]:
        """The resources that can set a peering's DNS options: the connection, its accepters, its options."""
        key = handle(peering.id)
        sources: list[Peering | Accepter | PeeringOptions] = [peering]
        if key is not None:
            sources += self._accepters.get(key, [])
            sources += self._options.get(key, [])
        return Members(tuple(sources), self._declarations.openness(Kind.DNS_OPTION, peering.origin.stack, peering.id))


def _where(vpc: Vpc, own: Written[str], named: Written[str]) -> Written[str]:
    """The Region or account of an end: its VPC's, else what the peering's arguments say.

    Of a VPC that only an inventory shows, what equals the other end's decides more than a name for one end only.
    """
    if vpc.shown is not None and isinstance(named, Unknown) and named.of is not None:
        return named
    return firmest(own, named)
