"""One network out of what the stacks declare, and the look-ups that analyses and rules use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar

from peerlint.network.cidr import Cidr
from peerlint.network.model import (
    Accepter,
    Block,
    BlockAssociation,
    CidrDestination,
    DnsOption,
    Entity,
    Fragment,
    Gap,
    Gateway,
    Kind,
    MainAssociation,
    Origin,
    Peering,
    PeeringOptions,
    Permission,
    Place,
    PrefixList,
    PrefixListEntry,
    Presence,
    Problem,
    Route,
    RouteTable,
    SecurityGroup,
    Side,
    Subnet,
    SubnetAssociation,
    TargetKind,
    Vpc,
)
from peerlint.network.settings import Settings
from peerlint.network.values import Identity, Known, Maybe, Truth, Unknown, Value, Why, Written, same

T = TypeVar("T")
E_ = TypeVar("E_", bound=Entity)

Handle: TypeAlias = str | Identity
"""What an id is looked up by: its literal, or the identity of an unknown one."""


def handle(value: Value[str]) -> Handle | None:
    """The handle of an id; ``None`` for one that is not written or has no identity."""
    match value:
        case Known(value=text):
            return text
        case Unknown(of=identity):
            return identity
        case None:
            return None


@dataclass(frozen=True, slots=True)
class Members(Generic[T]):
    """A set as far as it was read. Where ``open`` is not empty, it says why there may be more."""

    items: tuple[T, ...]
    open: tuple[Maybe, ...] = ()

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    @property
    def closed(self) -> bool:
        """Whether an absence from it can be claimed."""
        return not self.open


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A VPC's block; ``doubt`` says why the resource that adds it may not exist."""

    block: Block
    doubt: Maybe | None = None


@dataclass(frozen=True, slots=True)
class End:
    """One end of a peering: its VPC, and the Region and account it lives in."""

    side: Side
    vpc: Vpc
    place: Place


class Network:
    """Everything that was read, joined. Look-ups are by the value of an id."""

    def __init__(self, fragments: Sequence[Fragment], settings: Settings) -> None:
        """Index the fragments, whose look-ups of one another :mod:`peerlint.network.link` has already joined."""
        self.settings = settings
        self.fragments = tuple(fragments)
        self.problems: tuple[Problem, ...] = tuple(p for f in fragments for p in f.problems)
        self.gaps: tuple[Gap, ...] = tuple(g for f in fragments for g in f.gaps)
        self._by_type: dict[type, list[Entity]] = defaultdict(list)
        for fragment in fragments:
            for entity in fragment.entities:
                self._by_type[type(entity)].append(entity)
        self._synthetic: dict[Handle, Vpc] = {}

    def all(self, kind: type[E_]) -> tuple[E_, ...]:
        """Every declared entity of a kind, in the order of the stacks."""
        return tuple(self._by_type[kind])  # type: ignore[arg-type]

    @cached_property
    def peerings(self) -> tuple[Peering, ...]:
        """The peerings that the input declares; looked-up ones are not among them."""
        return tuple(p for p in self.all(Peering) if not p.outside)

    # --- VPCs -------------------------------------------------------------------------------------------------------

    @cached_property
    def _vpcs(self) -> dict[Handle, Vpc]:
        return _index(self.all(Vpc), lambda vpc: vpc.outside)

    @cached_property
    def _vpc_of_block(self) -> dict[Identity, Vpc]:
        found: dict[Identity, Vpc] = {}
        for vpc in self.all(Vpc):
            for block in self.blocks(vpc):
                if isinstance(block.cidr, Unknown) and block.cidr.of is not None:
                    found.setdefault(block.cidr.of, self.vpc(vpc.id, vpc.origin))
        return found

    def vpc(self, id: Written[str], origin: Origin) -> Vpc:
        """The VPC with this id; one that nothing declares is an outside VPC of which only the id is known.

        ``origin`` is that of the entity that names it.
        """
        key = handle(id)
        if key is None:
            return _outside_vpc(id, origin)
        if key in self._vpcs:
            return self._vpcs[key]
        if key not in self._synthetic:
            self._synthetic[key] = _outside_vpc(id, origin)
        return self._synthetic[key]

    def same_vpc(self, left: Vpc, right: Vpc) -> Truth:
        """Whether two are one VPC. Two declared ones never are; a declared and a looked-up one may be."""
        if left is right:
            return same(left.id, right.id)
        if (not left.outside and not right.outside) or (left.owner is None) != (right.owner is None):
            return False
        places = (self.same_region(left.place, right.place), self.same_account(left.place, right.place))
        return False if False in places else same(left.id, right.id)

    def blocks(self, vpc: Vpc) -> Members[Block]:
        """Every address block of a VPC, those of association resources included."""
        placed = self.placed_blocks(vpc)
        return Members(tuple(item.block for item in placed), placed.open)

    def placed_blocks(self, vpc: Vpc) -> Members[PlacedBlock]:
        """Every address block of a VPC, with the doubt about those that may not be added."""
        items = list(vpc.blocks)
        key = handle(vpc.id)
        for other in self._outside_twins.get(key, ()) if key is not None else ():
            items += [block for block in other.blocks if block not in items]
        placed = [PlacedBlock(block) for block in items]
        added = self._associations.get(key, ()) if key is not None else ()
        placed += [PlacedBlock(a.block, uncertain(a.origin.presence)) for a in added]
        return Members(tuple(placed), self._open_blocks(vpc))

    @cached_property
    def _outside_twins(self) -> dict[Handle, list[Vpc]]:
        twins: dict[Handle, list[Vpc]] = defaultdict(list)
        for vpc in self.all(Vpc):
            key = handle(vpc.id)
            if key is not None and vpc.outside and self._vpcs[key] is not vpc:
                twins[key].append(vpc)
        return twins

    @cached_property
    def _associations(self) -> dict[Handle, list[BlockAssociation]]:
        return _group(self.all(BlockAssociation), lambda a: a.vpc)

    def _open_blocks(self, vpc: Vpc) -> tuple[Maybe, ...]:
        reasons = list(self.openness(Kind.BLOCK, vpc.origin.stack, vpc.id))
        for association in self._stray_associations.get(vpc.origin.stack, ()):
            if association.vpc != vpc.id:
                reasons.append(Maybe(f"{association.origin.address} may add an address block to {vpc.origin.address}"))
        if vpc.outside and not self.all_stated(vpc):
            reasons.append(Maybe(f"the address blocks of {vpc.origin.address} are declared elsewhere"))
        return tuple(reasons)

    def all_stated(self, vpc: Vpc) -> bool:
        """Whether the blocks of an outside VPC are all told: by the configuration, or by a third party's resource.

        A block of it that is unknown is then one of those that are known.
        """
        key = handle(vpc.id)
        described = (vpc, *(self._outside_twins.get(key, ()) if key is not None else ()))
        return any(v.complete or (v.owner is not None and v.blocks) for v in described)

    @cached_property
    def _stray_associations(self) -> dict[str, list[BlockAssociation]]:
        """Those whose VPC is not told to be a declared one, by the stack that they and the VPC may share."""
        found: dict[str, list[BlockAssociation]] = defaultdict(list)
        for association in self.all(BlockAssociation):
            key = handle(association.vpc)
            vpc = self._vpcs.get(key) if key is not None else None
            if vpc is None or vpc.outside:
                found[association.origin.stack].append(association)
        return found

    def vpc_of_destination(self, route: Route) -> Vpc | None:
        """The VPC whose own address block, known or not, is written as the route's destination."""
        match route.destination:
            case CidrDestination(cidr=Unknown(of=Identity() as identity)):
                return self._vpc_of_block.get(identity)
            case _:
                return None

    def vpc_of_cidr(self, cidr: Written[Cidr]) -> Vpc | None:
        """The VPC of which this unknown value is an address block, or the block of one of its subnets."""
        if not isinstance(cidr, Unknown) or cidr.of is None:
            return None
        subnet = self.subnet_of_cidr(cidr)
        of_subnet = self.vpc(subnet.vpc, subnet.origin) if subnet is not None else None
        return self._vpc_of_block.get(cidr.of) or of_subnet

    def subnet_of_cidr(self, cidr: Written[Cidr]) -> Subnet | None:
        """The subnet of which this unknown value is an address block."""
        return self._subnet_of_block.get(cidr.of) if isinstance(cidr, Unknown) and cidr.of is not None else None

    @cached_property
    def _subnet_of_block(self) -> dict[Identity, Subnet]:
        found: dict[Identity, Subnet] = {}
        for subnet in self.all(Subnet):
            for block in subnet.blocks:
                if isinstance(block.cidr, Unknown) and block.cidr.of is not None:
                    found.setdefault(block.cidr.of, subnet)
        return found

    # --- Peerings ---------------------------------------------------------------------------------------------------

    @cached_property
    def _peerings(self) -> dict[Handle, Peering]:
        return _index(self.all(Peering), lambda peering: peering.outside)

    def peering(self, id: Value[str]) -> Peering | None:
        """The peering with this id, declared or looked up; ``None`` where nothing in the input tells its ends."""
        key = handle(id)
        return self._peerings.get(key) if key is not None else None

    def same_peering(self, left: Written[str], right: Written[str]) -> Truth:
        """Whether two ids are those of one peering. Two declared peerings never are one."""
        first, second = self.peering(left), self.peering(right)
        if first is not None and second is not None and first is not second:
            return False if not first.outside and not second.outside else same(left, right)
        return same(left, right)

    def end(self, peering: Peering, side: Side) -> End:
        """One end of a peering.

        The place is that of the VPC where the input declares or looks it up, else what the peering's arguments say:
        without ``peer_region`` and ``peer_owner_id`` the accepter is in the requester's own Region and account.
        """
        vpc = self.vpc(peering.vpc if side is Side.REQUESTER else peering.peer_vpc, peering.origin)
        named = peering.place if side is Side.REQUESTER else accepter_place(peering)
        region = _firmest(vpc.place.region, named.region)
        return End(side, vpc, Place(region, _firmest(vpc.place.account, named.account)))

    def ends(self, peering: Peering) -> tuple[End, End]:
        """The requester's end and the accepter's."""
        return self.end(peering, Side.REQUESTER), self.end(peering, Side.ACCEPTER)

    def same_region(self, left: Place, right: Place) -> Truth:
        """Whether two places are in one Region."""
        return same(left.region, right.region)

    def same_account(self, left: Place, right: Place) -> Truth:
        """Whether two places are in one account."""
        return same(left.account, right.account)

    def peerings_of(self, vpc: Vpc) -> tuple[tuple[Peering, Side], ...]:
        """Every peering (looked-up ones included) that ends in a VPC, with the side that the VPC is."""
        key = handle(vpc.id)
        return tuple(self._peerings_by_vpc.get(key, ())) if key is not None else ()

    @cached_property
    def _peerings_by_vpc(self) -> dict[Handle, list[tuple[Peering, Side]]]:
        found: dict[Handle, list[tuple[Peering, Side]]] = defaultdict(list)
        for peering in self._peerings.values():
            for side, value in ((Side.REQUESTER, peering.vpc), (Side.ACCEPTER, peering.peer_vpc)):
                key = handle(value)
                if key is not None:
                    found[key].append((peering, side))
        return found

    def accepters(self, peering: Peering) -> Members[Accepter]:
        """The ``_accepter`` resources that adopt a peering's request."""
        key = handle(peering.id)
        items = self._accepters.get(key, []) if key is not None else []
        return Members(tuple(items), self.openness(Kind.ACCEPTER, peering.origin.stack, peering.id))

    @cached_property
    def _accepters(self) -> dict[Handle, list[Accepter]]:
        return _group(self.all(Accepter), lambda a: a.peering)

    @cached_property
    def stray_accepters(self) -> tuple[Accepter, ...]:
        """The ``_accepter`` resources that may adopt the request of a peering that the input does not tell."""
        return tuple(
            accepter
            for accepter in self.all(Accepter)
            if (found := self.peering(accepter.peering)) is None or (found.outside and found.third_party is None)
        )

    @cached_property
    def _options(self) -> dict[Handle, list[PeeringOptions]]:
        return _group(self.all(PeeringOptions), lambda o: o.peering)

    def dns_options(self, peering: Peering, side: Side) -> Members[DnsOption]:
        """Everything that sets DNS resolution for one side: the connection's blocks, accepters', options'."""
        sources = self.dns_sources(peering)
        items = tuple(option for source in sources for option in source.dns if option.side is side)
        return Members(items, sources.open)

    def dns_sources(self, peering: Peering) -> Members[Peering | Accepter | PeeringOptions]:
        """The resources that can set a peering's DNS options: the connection, its accepters, its options."""
        key = handle(peering.id)
        sources: list[Peering | Accepter | PeeringOptions] = [peering]
        if key is not None:
            sources += self._accepters.get(key, [])
            sources += self._options.get(key, [])
        return Members(tuple(sources), self.openness(Kind.DNS_OPTION, peering.origin.stack, peering.id))

    # --- Routing ----------------------------------------------------------------------------------------------------

    @cached_property
    def _tables(self) -> dict[Handle, RouteTable]:
        return _index(self.all(RouteTable), lambda table: (table.outside, table.origin.address in self._vpc_addresses))

    @cached_property
    def _vpc_addresses(self) -> frozenset[str]:
        return frozenset(vpc.origin.address for vpc in self.all(Vpc))

    def table(self, id: Value[str]) -> RouteTable | None:
        """The route table with this id; ``None`` where nothing in the input tells its VPC."""
        key = handle(id)
        return self._tables.get(key) if key is not None else None

    def tables(self, vpc: Vpc) -> Members[RouteTable]:
        """The route tables of a VPC, its default one included where the language can name it."""
        key = handle(vpc.id)
        items = self._tables_by_vpc.get(key, ()) if key is not None else ()
        reasons = self.openness(Kind.ROUTE, vpc.origin.stack, vpc.id)
        if vpc.outside:
            reasons = (*reasons, Maybe(f"the route tables of {vpc.origin.address} are declared elsewhere"))
        return Members(tuple(items), reasons)

    @cached_property
    def _tables_by_vpc(self) -> dict[Handle, list[RouteTable]]:
        return _group(self._tables.values(), lambda t: t.vpc)

    @cached_property
    def _routes(self) -> dict[Handle, list[Route]]:
        return _group(self.all(Route), lambda r: r.table)

    def routes(self, table: RouteTable) -> Members[Route]:
        """The routes of a table, inline and stand-alone."""
        key = handle(table.id)
        items = self._routes.get(key, []) if key is not None else []
        reasons = self.openness(Kind.ROUTE, table.origin.stack, table.id, table.vpc)
        if table.outside:
            reasons = (*reasons, Maybe(f"the routes of {table.origin.address} are declared elsewhere"))
        return Members(tuple(items), reasons)

    @cached_property
    def _routes_by_peering(self) -> dict[Handle, list[Route]]:
        return _group(self.all(Route), lambda r: r.target.id)

    def routes_over(self, peering: Peering) -> tuple[Route, ...]:
        """Every route in the input whose target is this peering, whatever its table."""
        key = handle(peering.id)
        return tuple(self._routes_by_peering.get(key, ())) if key is not None else ()

    @cached_property
    def peering_routes(self) -> tuple[Route, ...]:
        """Every route that is sent over some peering, declared or not."""
        return tuple(
            route
            for route in self.all(Route)
            if route.target.kind is TargetKind.PEERING or self.peering(route.target.id) is not None
        )

    @cached_property
    def stray_routes(self) -> tuple[Route, ...]:
        """Every route that may be sent over a peering that the input does not tell."""
        return tuple(
            route
            for route in self.all(Route)
            if route.target.kind in (TargetKind.PEERING, TargetKind.UNKNOWN)
            and ((found := self.peering(route.target.id)) is None or found.outside)
        )

    @cached_property
    def _subnets_by_vpc(self) -> dict[Handle, list[Subnet]]:
        return _group(self.all(Subnet), lambda s: s.vpc)

    def subnets(self, vpc: Vpc) -> Members[Subnet]:
        """The subnets of a VPC."""
        key = handle(vpc.id)
        items = tuple(self._subnets_by_vpc.get(key, ())) if key is not None else ()
        reasons = self.openness(Kind.SUBNET, vpc.origin.stack, vpc.id)
        if vpc.outside:
            reasons = (*reasons, Maybe(f"the subnets of {vpc.origin.address} are declared elsewhere"))
        return Members(items, reasons)

    @cached_property
    def _subnet_associations(self) -> dict[Handle, list[SubnetAssociation]]:
        return _group(self.all(SubnetAssociation), lambda a: a.subnet)

    def associations(self, subnet: Subnet) -> Members[SubnetAssociation]:
        """The explicit route table associations of a subnet."""
        key = handle(subnet.id)
        items = self._subnet_associations.get(key, []) if key is not None else []
        return Members(tuple(items), self.openness(Kind.ASSOCIATION, subnet.origin.stack, subnet.id, subnet.vpc))

    def table_associations(self, table: RouteTable) -> tuple[SubnetAssociation, ...]:
        """The explicit associations of subnets with a route table."""
        key = handle(table.id)
        return tuple(self._associations_by_table.get(key, ())) if key is not None else ()

    @cached_property
    def _associations_by_table(self) -> dict[Handle, list[SubnetAssociation]]:
        return _group(self.all(SubnetAssociation), lambda a: a.table)

    @cached_property
    def stray_associations(self) -> tuple[SubnetAssociation, ...]:
        """The associations with a route table that the input does not tell."""
        return tuple(a for a in self.all(SubnetAssociation) if self.table(a.table) is None)

    @cached_property
    def _main_associations(self) -> dict[Handle, list[MainAssociation]]:
        return _group(self.all(MainAssociation), lambda a: a.vpc)

    def main_table(self, vpc: Vpc) -> RouteTable | Maybe:
        """The main route table: what ``aws_main_route_table_association`` names, else the default one."""
        key = handle(vpc.id)
        for association in self._main_associations.get(key, ()) if key is not None else ():
            table = self.table(association.table)
            return table if table is not None else Maybe(f"the main table of {vpc.origin.address} is not in the input")
        for table in self.tables(vpc):
            if table.is_default or table.is_main:
                return table
        return Maybe(f"the main route table of {vpc.origin.address} is not in the input")

    # --- Prefix lists, groups, gateways -----------------------------------------------------------------------------

    def prefix_list(self, id: Value[str]) -> PrefixList | None:
        """The prefix list with this id."""
        key = handle(id)
        return self._prefix_lists.get(key) if key is not None else None

    @cached_property
    def _prefix_lists(self) -> dict[Handle, PrefixList]:
        return _index(self.all(PrefixList), lambda p: p.outside)

    def entries(self, id: Value[str]) -> Members[PrefixListEntry]:
        """The entries of the prefix list with this id; open where the list is not declared here."""
        key = handle(id)
        items = self._entries.get(key, []) if key is not None else []
        found = self.prefix_list(id)
        if found is None or found.outside:
            reason = id.reason if isinstance(id, Unknown) else "the prefix list is declared elsewhere"
            return Members(tuple(items), (Maybe(reason),))
        return Members(tuple(items), self.openness(Kind.ANY, found.origin.stack, found.id))

    @cached_property
    def _entries(self) -> dict[Handle, list[PrefixListEntry]]:
        return _group(self.all(PrefixListEntry), lambda e: e.list)

    def group(self, id: Value[str]) -> SecurityGroup | None:
        """The security group with this id, declared or looked up."""
        key = handle(id)
        return self._groups.get(key) if key is not None else None

    @cached_property
    def _groups(self) -> dict[Handle, SecurityGroup]:
        return _index(self.all(SecurityGroup), lambda g: g.outside)

    def permissions(self, group: SecurityGroup) -> Members[Permission]:
        """The rules of a security group, inline and stand-alone."""
        key = handle(group.id)
        items = self._permissions.get(key, []) if key is not None else []
        reasons = self.openness(Kind.PERMISSION, group.origin.stack, group.id)
        if group.outside:
            reasons = (*reasons, Maybe(f"the rules of {group.origin.address} are declared elsewhere"))
        return Members(tuple(items), reasons)

    @cached_property
    def _permissions(self) -> dict[Handle, list[Permission]]:
        return _group(self.all(Permission), lambda p: p.group)

    def gateways(self, vpc: Vpc) -> tuple[Gateway, ...]:
        """The gateways of a VPC; a NAT gateway's VPC is that of its subnet."""
        key = handle(vpc.id)
        return tuple(self._gateways_by_vpc.get(key, ())) if key is not None else ()

    @cached_property
    def _gateways_by_vpc(self) -> dict[Handle, list[Gateway]]:
        found: dict[Handle, list[Gateway]] = defaultdict(list)
        for gateway in self.all(Gateway):
            key = self._gateway_vpc(gateway)
            if key is not None:
                found[key].append(gateway)
        return found

    def _gateway_vpc(self, gateway: Gateway) -> Handle | None:
        if gateway.vpc is not None:
            return handle(gateway.vpc)
        if gateway.subnet is None:
            return self._vpc_at_end(gateway)
        key = handle(gateway.subnet)
        subnet = self._subnets.get(key) if key is not None else None
        return handle(subnet.vpc) if subnet is not None else None

    def _vpc_at_end(self, gateway: Gateway) -> Handle | None:
        """The VPC of the gateway that a VPN connection, or a route of one, goes through."""
        connections = [gateway] if gateway.through is not None else self._gateways_with(gateway.id)
        ends = [end for c in connections for end in self._gateways_with(c.through) if end.vpc is not None]
        return handle(ends[0].vpc) if ends else None

    def _gateways_with(self, id: Value[str]) -> list[Gateway]:
        key = handle(id)
        return self._gateways_by_id.get(key, []) if key is not None else []

    @cached_property
    def _gateways_by_id(self) -> dict[Handle, list[Gateway]]:
        return _group(self.all(Gateway), lambda gateway: gateway.id)

    @cached_property
    def _subnets(self) -> dict[Handle, Subnet]:
        return _index(self.all(Subnet), lambda s: s.outside)

    def subnet(self, id: Value[str]) -> Subnet | None:
        """The subnet with this id, declared or looked up."""
        key = handle(id)
        return self._subnets.get(key) if key is not None else None

    # --- Closed worlds ----------------------------------------------------------------------------------------------

    def openness(self, kind: Kind, stack: str, *ids: Value[str]) -> tuple[Maybe, ...]:
        """Why more things of a kind may exist for the entities with these ids; empty where all was read."""
        keys: set[Handle | None] = {handle(id) for id in ids}
        places: list[Handle | tuple[str]] = [(stack,), *(key for key in keys if key is not None)]
        numbers = sorted({number for place in places for number in self._gaps_at.get(place, ())})
        gaps = (self.gaps[number] for number in numbers)
        found = (gap.reason for gap in gaps if kind in gap.kinds or Kind.ANY in gap.kinds)
        return tuple(Maybe(reason) for reason in dict.fromkeys(found))

    @cached_property
    def _gaps_at(self) -> dict[Handle | tuple[str], list[int]]:
        """The numbers of the gaps that touch an id, or (a tuple of its name) a whole stack."""
        found: dict[Handle | tuple[str], list[int]] = defaultdict(list)
        for number, gap in enumerate(self.gaps):
            touched = [(gap.stack,)] if gap.touches is None else [handle(value) for value in gap.touches]
            for place in touched:
                if place is not None:
                    found[place].append(number)
        return found


def uncertain(presence: Presence) -> Maybe | None:
    """Why a resource may not exist, or ``None`` where it certainly does."""
    return None if presence.doubt is None else Maybe(presence.doubt)


def _index(items: Iterable[E_], rank: Callable[[E_], object]) -> dict[Handle, E_]:
    """The entities by their id; of several with one id the one that ``rank`` puts first."""
    found: dict[Handle, E_] = {}
    for item in sorted(items, key=rank):  # type: ignore[arg-type]
        key = handle(item.id)  # type: ignore[union-attr]
        if key is not None:
            found.setdefault(key, item)
    return found


def _group(items: Iterable[E_], id: Callable[[E_], Value[str]]) -> dict[Handle, list[E_]]:
    found: dict[Handle, list[E_]] = defaultdict(list)
    for item in items:
        key = handle(id(item))
        if key is not None:
            found[key].append(item)
    return found


def _outside_vpc(id: Written[str], origin: Origin) -> Vpc:
    """A VPC that is only referred to. It borrows the origin of what names it, under its own name."""
    name = id.value if isinstance(id, Known) else str(id.of or id.source or "an unknown VPC")
    nothing = Unknown(Why.LOOKUP, name, id.at)
    place = Place(nothing, nothing)
    return Vpc(replace(origin, address=name), id, (), nothing, nothing, place, outside=True)


def _firmest(*values: Written[str]) -> Written[str]:
    """The first that is known, else the first that has an identity, else the first."""
    with_identity = [v for v in values if isinstance(v, Unknown) and v.of is not None]
    return next((v for v in values if isinstance(v, Known)), next(iter(with_identity), values[0]))


def accepter_place(peering: Peering) -> Place:
    """The Region and account that the peering's own arguments say the accepter is in."""
    return Place(
        _unless_empty(peering.peer_region) or peering.place.region,
        _unless_empty(peering.peer_owner) or peering.place.account,
    )


def _unless_empty(value: Value[str]) -> Value[str]:
    """A value; the provider takes an empty text for none."""
    return None if isinstance(value, Known) and not value.value else value
