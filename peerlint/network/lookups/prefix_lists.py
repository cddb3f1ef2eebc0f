"""Look-ups of prefix lists and their entries."""

from __future__ import annotations

from functools import cached_property

from peerlint.network.handles import Handle, grouped, handle, indexed
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.members import Members
from peerlint.network.model import Kind, PrefixList, PrefixListEntry
from peerlint.network.values import Maybe, Unknown, Value


class PrefixLists:
    """The prefix lists and their entries."""

    def __init__(self, declarations: Declarations) -> None:
        """Look up what these declarations hold."""
        self._declarations = declarations

    def by_id(self, id: Value[str]) -> PrefixList | None:
        """The prefix list with this id."""
        key = handle(id)
        return self._index.get(key) if key is not None else None

    @cached_property
    def _index(self) -> dict[Handle, PrefixList]:
        return indexed(self._declarations.all(PrefixList), lambda p: (p.outside,))

    def entries(self, id: Value[str]) -> Members[PrefixListEntry]:
        """The entries of the prefix list with this id; open where the list is not declared here."""
        key = handle(id)
        items = self._entries.get(key, []) if key is not None else []
        found = self.by_id(id)
        if found is None or found.outside:
            reason = id.reason if isinstance(id, Unknown) else "the prefix list is declared elsewhere"
            return Members(tuple(items), (Maybe(reason),))
        return Members(tuple(items), self._declarations.openness(Kind.ANY, found.origin.stack, found.id))

    @cached_property
    def _entries(self) -> dict[Handle, list[PrefixListEntry]]:
        return grouped(self._declarations.all(PrefixListEntry), lambda e: e.list)
