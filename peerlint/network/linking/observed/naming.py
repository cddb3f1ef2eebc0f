"""The connections of an inventory that code names by their ids: code takes part in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from peerlint.network.handles import handle
from peerlint.network.linking.observed.things import Observed
from peerlint.network.model import NO_ARGUMENTS, Accepter, Entity, Fragment, Origin, Peering, PeeringOptions, Route
from peerlint.network.values import Known
from peerlint.records import replace


def naming(code: Sequence[Fragment], observed: Observed) -> Iterator[Fragment]:
    """The fragments of code, each with the connections of the inventory that it is the first to take part in."""
    known = {handle(e.id) for f in code for e in f.entities if isinstance(e, Peering) and not e.outside}
    for fragment in code:
        named: dict[str, Peering] = {}
        for use in _uses(fragment.entities):
            peering = observed.peerings.get(use.id.value)
            if peering is not None and use.id.value not in known:
                named.setdefault(use.id.value, _named(peering, use))
        known |= named.keys()
        yield replace(fragment, entities=(*fragment.entities, *named.values())) if named else fragment


class _Use(Struct, frozen=True):
    """Where code names a connection by its id."""

    id: Known[str]
    origin: Origin
    argument: str


def _uses(entities: Iterable[Entity]) -> Iterator[_Use]:
    """The routes over known connections, and what accepts them or sets their options."""
    for entity in entities:
        match entity:
            case Route(target=target) if isinstance(target.id, Known):
                yield _Use(target.id, entity.origin, target.argument)
            case Accepter(peering=Known() as id) | PeeringOptions(peering=Known() as id):
                yield _Use(id, entity.origin, "vpc_peering_connection_id")


def _named(peering: Peering, use: _Use) -> Peering:
    """A connection of the inventory as one of the stack that names it, at the place where it does."""
    presence = peering.origin.presence
    origin = replace(
        use.origin, address=use.id.value, span=use.origin.at(use.argument), arguments=NO_ARGUMENTS, presence=presence
    )
    return replace(peering, origin=origin, named=True)
