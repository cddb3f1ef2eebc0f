"""One network out of what the stacks declare, and the look-ups that analyses and rules use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from peerlint.network.handles import Handle, handle
from peerlint.network.labels import Labels
from peerlint.network.lookups.acls import NetworkAcls
from peerlint.network.lookups.gateways import Gateways
from peerlint.network.lookups.groups import SecurityGroups
from peerlint.network.lookups.peerings import Peerings
from peerlint.network.lookups.prefix_lists import PrefixLists
from peerlint.network.lookups.routes import Routes
from peerlint.network.lookups.subnets import Subnets
from peerlint.network.lookups.tables import RouteTables
from peerlint.network.lookups.vpcs import Vpcs
from peerlint.network.mentions import literals
from peerlint.network.model import (
    UNTOLD,
    Entity,
    Fragment,
    Gap,
    Kind,
    Language,
    Order,
    Origin,
    Peering,
    RouteTable,
    SecurityGroup,
    Subnet,
)
from peerlint.network.settings import Settings
from peerlint.network.values import Maybe, Truth, Value
from peerlint.records import replace

E_ = TypeVar("E_", bound=Entity)


class Network:
    """Everything that was read, joined.

    Look-ups are by the value of an id, and stand in one attribute for each topic: ``network.vpcs``,
    ``network.peerings``, ``network.routes``, …. ``answers`` are those of analyses that are
    :func:`peerlint.network.remembered.remembered`.
    """

    def __init__(self, fragments: Sequence[Fragment], settings: Settings) -> None:
        """Index the fragments, whose look-ups of one another :mod:`peerlint.network.link` has already joined."""
        self.settings = settings
        self.answers: defaultdict[object, dict[tuple[int, ...], tuple[Any, Any]]] = defaultdict(dict)
        self._labels = Labels(fragments)
        self.fragments = tuple(fragments)
        self.gaps: tuple[Gap, ...] = tuple(g for f in fragments for g in f.gaps)
        self._by_type = _by_type(entity for fragment in fragments for entity in fragment.entities)
        self._declared: dict[type, tuple[Any, ...]] = {}
        self.subnets = Subnets(self)
        self.vpcs = Vpcs(self, self.subnets)
        self.peerings = Peerings(self, self.vpcs)
        self.tables = RouteTables(self)
        self.routes = Routes(self, self.peerings)
        self.gateways = Gateways(self, self.subnets)
        self.prefix_lists = PrefixLists(self)
        self.groups = SecurityGroups(self)
        self.acls = NetworkAcls(self)

    def all(self, kind: type[E_]) -> tuple[E_, ...]:
        """Every declared entity of a kind, in the order of the stacks."""
        return self._by_type.get(kind, ())

    def seen_from(self, origin: Origin, stack: str) -> Origin:
        """An origin, with a label where it is that of something which another stack declares."""
        label = self._labels.of(origin, stack)
        return origin if label == origin.label else replace(origin, label=label)

    def declared(self, kind: type[E_]) -> tuple[E_, ...]:
        """Those of a kind that code declares or looks up: what only an inventory shows is left out."""
        if kind not in self._declared:
            self._declared[kind] = tuple(entity for entity in self.all(kind) if not entity.origin.observed)
        return self._declared[kind]

    @cached_property
    def named_vpcs(self) -> Mapping[str, frozenset[str]]:
        """The ids of VPCs that each stack of code names, or looks up."""
        found: dict[str, frozenset[str]] = defaultdict(frozenset)
        for fragment in self.fragments:
            if fragment.language is not Language.INVENTORY:
                ids = (known.value for entity in filter(_is_written, fragment.entities) for known in literals(entity))
                found[fragment.stack] |= frozenset(id for id in ids if id.startswith("vpc-"))
        return found

    def waits_for(self, later: Origin, earlier: Origin) -> Truth:
        """Whether one thing is made only once another one is; undecided for things of stacks deployed apart."""
        if later.stack != earlier.stack:
            return Maybe(f"{later.name} and {earlier.name} are deployed apart")
        order = self._orders.get(later.stack, UNTOLD)
        return order.waits_for(later.address, earlier.address)

    @cached_property
    def _orders(self) -> Mapping[str, Order]:
        return {fragment.stack: fragment.order for fragment in self.fragments}

    def openness(self, kind: Kind, stack: str, *ids: Value[str]) -> tuple[Maybe, ...]:
        """Why more things of a kind may exist for the entities with these ids; empty where all was read."""
        if not self.gaps:
            return ()
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


def _by_type(entities: Iterable[Entity]) -> Mapping[type, tuple[Any, ...]]:
    found: dict[type, list[Entity]] = defaultdict(list)
    for entity in entities:
        found[type(entity)].append(entity)
    return {kind: tuple(items) for kind, items in found.items()}


def _is_written(entity: Entity) -> bool:
    """Whether the VPCs that an entity names are named by the code; those of things it looks up by an id are found."""
    match entity:
        case Peering(outside=True) | RouteTable(outside=True) | Subnet(outside=True) | SecurityGroup(outside=True):
            return False
        case _:
            return True
