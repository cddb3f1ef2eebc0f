"""Look-ups of routes: by table and by peering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from peerlint.network.handles import Handle, grouped, handle
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.elsewhere import elsewhere
from peerlint.network.lookups.kept import kept
from peerlint.network.lookups.peerings import Peerings
from peerlint.network.members import Members
from peerlint.network.model import Kind, Peering, Route, RouteTable, TargetKind


class Routes:
    """The routes, by their table and by the peering that they are sent over."""

    def __init__(self, declarations: Declarations, peerings: Peerings) -> None:
        """Look up what these declarations hold."""
        self._declarations = declarations
        self._peerings = peerings

    @cached_property
    def _by_table(self) -> dict[Handle, list[Route]]:
        return grouped(self._declarations.all(Route), lambda r: r.table)

    @kept
    def of(self, table: RouteTable) -> Members[Route]:
        """The routes of a table, inline and stand-alone."""
        key = handle(table.id)
        items = self._by_table.get(key, []) if key is not None else []
        reasons = self._declarations.openness(Kind.ROUTE, table.origin.stack, table.id, table.vpc)
        if table.outside:
            reasons = (*reasons, elsewhere("routes", table))
        return Members(tuple(items), reasons)

    @cached_property
    def _by_peering(self) -> dict[Handle, list[Route]]:
        return grouped(self._declarations.all(Route), lambda r: r.target.id)

    @kept
    def over(self, peering: Peering) -> tuple[Route, ...]:
        """Every route in the input whose target is this peering, or one that repeats it, whatever its table."""
        ids = (peering.id, *(repeat.peering.id for repeat in self._peerings.repeats_of(peering)))
        keys = dict.fromkeys(handle(id) for id in ids)
        return tuple(route for key in keys if key is not None for route in self._by_peering.get(key, ()))

    def in_table_over(self, table: RouteTable, peering: Peering) -> list[Route]:
        """The routes of a table whose target is this very peering."""
        key, target = handle(table.id), handle(peering.id)
        if key is None or target is None:
            return []
        return [route for route in self._by_peering.get(target, ()) if handle(route.table) == key]

    @cached_property
    def over_peerings(self) -> tuple[Route, ...]:
        """Every route of code that is sent over some peering, declared or not."""
        return tuple(
            route
            for route in self._declarations.all(Route)
            if not route.origin.observed
            if route.target.kind is TargetKind.PEERING or self._peerings.by_id(route.target.id) is not None
        )

    @cached_property
    def stray(self) -> tuple[Route, ...]:
        """Every route of code that may be sent over a peering that the input does not tell."""
        return tuple(route for route in self._strays if not route.origin.observed)

    def observed_strays(self, tables: Iterable[RouteTable]) -> Iterator[Route]:
        """The routes of some tables that an inventory shows, over peerings that are not declared."""
        for table in tables:
            key = handle(table.id)
            yield from self._observed_strays.get(key, ()) if key is not None else ()

    @cached_property
    def _observed_strays(self) -> dict[Handle, list[Route]]:
        return grouped((route for route in self._strays if route.origin.observed), lambda r: r.table)

    @cached_property
    def _strays(self) -> tuple[Route, ...]:
        return tuple(
            route
            for route in self._declarations.all(Route)
            if route.target.kind in (TargetKind.PEERING, TargetKind.UNKNOWN)
            and ((found := self._peerings.by_id(route.target.id)) is None or found.outside)
        )
