"""A resource instance as a plan or state tells it."""

from __future__ import annotations

from peerlint.network.model import CERTAIN, Place, Presence
from peerlint.network.values import Identity, Known, Unknown, Why
from peerlint.terraform.attributes import special
from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.plan.arguments import PlanArguments
from peerlint.terraform.plan.table import Row
from peerlint.terraform.plan.values import has_unknown, is_empty, merged
from peerlint.terraform.resource import question_of
from peerlint.terraform.site import Site
from peerlint.terraform.values import EvaluationError, TfValue


class PlanInstance:
    """One instance: known attributes as the plan tells them, the others as evaluation tells those of the source."""

    __slots__ = ("_busy", "_first", "_row", "arguments", "configured_by", "place", "site")

    def __init__(
        self, row: Row, site: Site, arguments: PlanArguments, place: Place, configured_by: BlockArguments | None
    ) -> None:
        """An instance at its site; the source tells the arguments of its provider."""
        self._row = row
        self.site = site
        self.arguments: BlockArguments = arguments
        self.place = place
        self.configured_by = configured_by
        self._busy: set[str] = set()
        self._first: str | None = None

    @property
    def type(self) -> str:
        """Its resource type."""
        return self._row.type

    @property
    def address(self) -> str:
        """Its whole address."""
        return self._row.address

    @property
    def data(self) -> bool:
        """Whether it is a data source."""
        return self._row.data

    @property
    def presence(self) -> Presence:
        """What is in a plan exists."""
        return CERTAIN

    def attribute(self, name: str) -> TfValue:
        """An attribute as the plan tells it, else what an alias or an argument says, else an unknown."""
        told = known_attribute(self._row, name)
        if told is not None:
            return told
        if name in self._busy:
            raise EvaluationError(f"`{self.address}` refers to itself")
        self._busy.add(name)
        try:
            found = special(self, name)
            if found is None:
                found = self.arguments.get(name)
        finally:
            self._busy.discard(name)
        return found if found is not None else self.computed(name)

    def computed(self, name: str) -> Unknown:
        """An attribute that only apply (or the look-up) tells. Two look-ups of the same thing tell the same."""
        if not self.data:
            return Unknown(Why.COMPUTED, of=Identity(self.site.root.stack, self.address, name))
        if self._first is None:
            self._first = self.address
            self._first = self.site.root.first_with(question_of(self), self.address)
        return Unknown(Why.LOOKUP, of=Identity(self.site.root.stack, self._first, name))


def known_attribute(row: Row, name: str) -> TfValue | None:
    """An attribute that the plan knows as a whole, or ``None``."""
    plain, unknown = row.values.get(name), row.unknown.get(name)
    return (
        None if is_empty(plain) or has_unknown(unknown) else merged(plain, False, None, None, lambda twin: Known(None))
    )
