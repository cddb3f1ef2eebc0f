"""The things of an inventory by their ids, and what they tell of what code looks up under an id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from peerlint.network.handles import Handle, handle
from peerlint.network.model import Entity, Fragment, Peering, Place, RouteTable, SecurityGroup, Subnet, Vpc
from peerlint.network.values import Unknown, Written
from peerlint.records import replace

T = TypeVar("T")


class Observed:
    """The things of an inventory by their ids."""

    def __init__(self, shown: Sequence[Fragment]) -> None:
        """What the fragments of inventories hold."""
        entities = [entity for fragment in shown for entity in fragment.entities]
        mains = [e for e in entities if isinstance(e, RouteTable) and e.is_main]
        within = [e for e in entities if isinstance(e, RouteTable | Subnet | SecurityGroup)]
        self.vpcs = _by_id((e.id, e) for e in entities if isinstance(e, Vpc))
        self.peerings = _by_id((e.id, e) for e in entities if isinstance(e, Peering))
        self.vpc_of = _by_id((e.id, e.vpc) for e in within if e.vpc is not None)
        self.main_tables = _by_id((e.vpc, e.id) for e in mains)
        self._mains = _by_id((e.id, e) for e in mains)

    def told(self, entity: Entity) -> Entity:
        """What code declares or looks up, with what the inventory shows of the thing with its id."""
        match entity:
            case Vpc(outside=True, owner=None):
                vpc = self.vpcs.get(handle(entity.id))
                return entity if vpc is None else _described(entity, vpc)
            case Peering():
                peering = self.peerings.get(handle(entity.id))
                return entity if peering is None else _shown(entity, peering)
            case RouteTable(outside=False) if handle(entity.id) in self._mains:
                return replace(entity, is_main=True)
            case _:
                return entity


def _by_id(pairs: Iterable[tuple[Written[str], T]]) -> dict[Handle | None, T]:
    """The things by their ids; those whose id stands for one that is to be filled in are left out."""
    return {key: thing for id, thing in pairs if (key := handle(id)) is not None}


def _described(entity: Vpc, vpc: Vpc) -> Vpc:
    """A looked-up VPC with the blocks and attributes that the inventory shows."""
    return replace(
        entity,
        blocks=vpc.blocks if vpc.complete else (*vpc.blocks, *entity.blocks),
        dns_support=_known(entity.dns_support, vpc.dns_support),
        dns_hostnames=_known(entity.dns_hostnames, vpc.dns_hostnames),
        place=Place(_known(entity.place.region, vpc.place.region), _known(entity.place.account, vpc.place.account)),
        complete=entity.complete or vpc.complete,
        shown=vpc.shown,
    )


def _known(own: Written[T], shown: Written[T]) -> Written[T]:
    """What is known of itself, or has an identity, else what the inventory shows."""
    return shown if isinstance(own, Unknown) and own.of is None else own


def _shown(entity: Peering, peering: Peering) -> Peering:
    """A declared or looked-up connection of an id that the inventory shows; the ends of a looked-up one are told."""
    ends = (peering.vpc, peering.peer_vpc) if entity.outside else (entity.vpc, entity.peer_vpc)
    return replace(
        entity,
        vpc=ends[0],
        peer_vpc=ends[1],
        accepted=entity.accepted or peering.accepted,
        shown=peering.shown,
    )
