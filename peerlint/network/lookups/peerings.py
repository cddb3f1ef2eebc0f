"""Look-ups of peerings, of their ends, and of what accepts them or sets their options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from peerlint.network.handles import VPC_ID, Handle, grouped, handle, indexed
from peerlint.network.lookups.by_vpc import ByVpc
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.kept import kept
from peerlint.network.lookups.repeats import Direction, Repeat, repeats
from peerlint.network.lookups.vpcs import Vpcs
from peerlint.network.members import Members
from peerlint.network.model import Accepter, Kind, Peering, PeeringOptions, Place, Side, Vpc
from peerlint.network.places import accepter_place, firmest, same_account, same_region
from peerlint.network.values import Known, Maybe, Truth, Unknown, Value, Written, same

T = TypeVar("T")


class End(Struct, frozen=True):
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
        self._ends: dict[tuple[int, bool], tuple[Peering, End]] = {}

    @cached_property
    def requested(self) -> tuple[Peering, ...]:
        """The peerings that the input declares, those included that repeat another one."""
        return tuple(p for p in self._declarations.all(Peering) if not p.outside)

    @cached_property
    def declared(self) -> tuple[Peering, ...]:
        """The peerings that the input declares; neither looked-up ones are among them, nor a second one of a pair."""
        return tuple(p for p in self.requested if id(p) not in self._repeated)

    @cached_property
    def judged(self) -> tuple[Peering, ...]:
        """The declared peerings, and those of an inventory in which code takes part."""
        judged = (p for p in self._declarations.all(Peering) if not p.outside or p.named)
        return tuple(p for p in judged if id(p) not in self._repeated)

    @cached_property
    def repeats(self) -> tuple[Repeat, ...]:
        """The declared peerings that certainly join a pair which another one joins already.

        Of these only one rule speaks. What refers to one of them refers to the first one of its pair.
        """
        return tuple(repeats(self.requested, self._certain_direction))

    @cached_property
    def _repeated(self) -> dict[int, Repeat]:
        return {id(repeat.peering): repeat for repeat in self.repeats}

    @cached_property
    def _firsts(self) -> dict[Handle, Repeat]:
        """The repeats by their own ids."""
        keys = ((handle(repeat.peering.id), repeat) for repeat in self.repeats)
        return {key: repeat for key, repeat in keys if key is not None}

    @kept
    def repeats_of(self, peering: Peering) -> tuple[Repeat, ...]:
        """Those that repeat a peering."""
        return tuple(self._by_first.get(id(peering), ()))

    @cached_property
    def _by_first(self) -> dict[int, list[Repeat]]:
        found: dict[int, list[Repeat]] = defaultdict(list)
        for repeat in self.repeats:
            found[id(repeat.first)].append(repeat)
        return found

    @kept
    def alike(self, peering: Peering) -> tuple[Peering, ...]:
        """A peering, and those that request it a second time: AWS knows all of them by one id."""
        again = (repeat.peering for repeat in self.repeats_of(peering) if repeat.direction is Direction.SAME)
        return (peering, *again)

    def _certain_direction(self, first: Peering, other: Peering) -> Direction | None:
        return None if self.may_be_copies(first, other) else self.direction(first, other)

    def may_be_copies(self, first: Peering, other: Peering) -> bool:
        """Whether only literal ids, as examples and copies of a root have in common, join peerings of two stacks.

        That an inventory shows the VPCs does not tell that both stacks are deployed.
        """
        return first.origin.stack != other.origin.stack and all(end.vpc.outside for end in self.ends(first))

    def direction(self, first: Peering, other: Peering) -> Direction | None:
        """How a peering certainly joins the pair that the first one joins; ``None`` for another pair, and for a VPC
        with itself.
        """
        if self._vpcs.same(self.end(first, Side.REQUESTER).vpc, self.end(first, Side.ACCEPTER).vpc) is True:
            return None
        if all(self._is_one(first, other, side, side) for side in Side):
            return Direction.SAME
        return Direction.OTHER if all(self._is_one(first, other, side, side.other) for side in Side) else None

    def _is_one(self, left: Peering, right: Peering, side: Side, other: Side) -> bool:
        """Whether an end of one peering certainly is an end of the other."""
        one, two = self.end(left, side), self.end(right, other)
        apart = False in (same_region(one.place, two.place), same_account(one.place, two.place))
        id = one.vpc.id
        real = not isinstance(id, Known) or VPC_ID.fullmatch(id.value) is not None
        return real and not apart and self._vpcs.same(one.vpc, two.vpc) is True

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
        if key is None:
            return None
        repeat = self._firsts.get(key)
        return self._index.get(key) if repeat is None else repeat.first

    def same(self, left: Written[str], right: Written[str]) -> Truth:
        """Whether two ids are those of one peering. Two declared peerings never are one, unless one repeats the other:
        the ids of both then count as one.
        """
        first, second = self.by_id(left), self.by_id(right)
        if first is not None and first is second and handle(left) != handle(right):
            return True
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
        key = (id(peering), side is Side.REQUESTER)
        if key not in self._ends:
            self._ends[key] = peering, self._end(peering, side)
        return self._ends[key][1]

    def _end(self, peering: Peering, side: Side) -> End:
        vpc = self._vpcs.by_id(peering.vpc if side is Side.REQUESTER else peering.peer_vpc, peering.origin)
        named = peering.place if side is Side.REQUESTER else accepter_place(peering)
        own = vpc.place
        return End(side, vpc, Place(_where(vpc, own.region, named.region), _where(vpc, own.account, named.account)))

    def ends(self, peering: Peering) -> tuple[End, End]:
        """The requester's end and the accepter's."""
        return self.end(peering, Side.REQUESTER), self.end(peering, Side.ACCEPTER)

    def that_may_join(self, one: Vpc, other: Vpc) -> list[Peering]:
        """The peerings, looked-up ones included, among which are all that may join two VPCs, in their order."""
        return self._by_ends.may_be_of(one, other)

    @cached_property
    def _by_ends(self) -> ByVpc[Peering]:
        return ByVpc((p, tuple(end.vpc for end in self.ends(p))) for p in self._declarations.all(Peering))

    @kept
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
            if id(peering) in self._repeated:
                continue
            for side, value in ((Side.REQUESTER, peering.vpc), (Side.ACCEPTER, peering.peer_vpc)):
                key = handle(value)
                if key is not None:
                    found[key].append((peering, side))
        return {key: sorted(items, key=self._far_name) for key, items in found.items()}

    def _far_name(self, item: tuple[Peering, Side]) -> tuple[str, str]:
        peering, side = item
        return self.end(peering, side.other).vpc.origin.address, peering.origin.address

    @kept
    def accepters(self, peering: Peering) -> Members[Accepter]:
        """The ``_accepter`` resources that adopt a peering's request."""
        items = tuple(self._of_each(peering, self._accepters))
        return Members(items, self._declarations.openness(Kind.ACCEPTER, peering.origin.stack, peering.id))

    def _of_each(self, peering: Peering, found: Mapping[Handle, Iterable[T]]) -> Iterator[T]:
        """What names a peering, or one that is the same to AWS."""
        keys = dict.fromkeys(handle(each.id) for each in self.alike(peering))
        return (item for key in keys if key is not None for item in found.get(key, ()))

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

    def strays_that_may_adopt(self, peering: Peering) -> tuple[Accepter, ...]:
        """Those of them that may adopt a peering's request and do not leave it pending."""
        strays = self._accepting_strays
        if not isinstance(peering.id, Known):
            return strays
        numbers = sorted((*self._strays_by_id.get(peering.id.value, ()), *self._strays_by_id.get(None, ())))
        return tuple(strays[number] for number in numbers)

    @cached_property
    def _accepting_strays(self) -> tuple[Accepter, ...]:
        return tuple(a for a in self.stray_accepters if a.auto_accept is not None and a.auto_accept != Known(False))

    @cached_property
    def _strays_by_id(self) -> Mapping[str | None, list[int]]:
        """Their numbers by the known id of the connection that they name, and (``None``) those of unknown ones."""
        found: dict[str | None, list[int]] = defaultdict(list)
        for number, accepter in enumerate(self._accepting_strays):
            found[accepter.peering.value if isinstance(accepter.peering, Known) else None].append(number)
        return found

    @cached_property
    def _options(self) -> dict[Handle, list[PeeringOptions]]:
        return grouped(self._declarations.all(PeeringOptions), lambda o: o.peering)

    @kept
    def dns_sources(self, peering: Peering) -> Members[Peering | Accepter | PeeringOptions]:
        """The resources that can set a peering's DNS options: the connection, its accepters, its options."""
        sources: tuple[Peering | Accepter | PeeringOptions, ...] = (
            *self.alike(peering),
            *self._of_each(peering, self._accepters),
            *self._of_each(peering, self._options),
        )
        return Members(sources, self._declarations.openness(Kind.DNS_OPTION, peering.origin.stack, peering.id))


def _where(vpc: Vpc, own: Written[str], named: Written[str]) -> Written[str]:
    """The Region or account of an end: its VPC's, else what the peering's arguments say.

    Of a VPC that only an inventory shows, what equals the other end's decides more than a name for one end only.
    """
    if vpc.shown is not None and isinstance(named, Unknown) and named.of is not None:
        return named
    return firmest(own, named)
