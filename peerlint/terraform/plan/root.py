"""The instances of a plan or state, ready to be lifted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from peerlint.lines import Lines
from peerlint.network.values import Identity, Span, Unknown, Why
from peerlint.records import replace
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.plan.arguments import PlanArguments
from peerlint.terraform.plan.filled import Filled
from peerlint.terraform.plan.instance import PlanInstance
from peerlint.terraform.plan.listings import Listings
from peerlint.terraform.plan.places import Places
from peerlint.terraform.plan.references import References
from peerlint.terraform.plan.source import LAST, Source, Twin
from peerlint.terraform.plan.table import Row, Table
from peerlint.terraform.root_state import RootState
from peerlint.terraform.site import Site
from peerlint.terraform.values import EvaluationError, TfValue

_ADDRESS = re.compile(r'"address"\s*:\s*("(?:[^"\\]|\\.)*")')


class Positions:
    """Where the addresses stand in the text of a document."""

    def __init__(self, text: str, path: str) -> None:
        """The positions in a text, which is searched when the first one is asked for."""
        self._text = text
        self._path = path

    @cached_property
    def _offsets(self) -> Mapping[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for match in _ADDRESS.finditer(self._text):
            found.setdefault(json.loads(match[1]), match.span(1))
        return found

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text, self._path)

    def of(self, address: str) -> Span:
        """The place of an address, or the first character."""
        return self._lines.span(*self._offsets.get(address, (0, 1)))


class Opened(Struct, frozen=True):
    """A plan or state that was decoded, and the directory of the root it was made from, where that was found."""

    path: str
    text: str
    table: Table
    directory: str | None


class PlanRoot:
    """All instances of a document."""

    def __init__(self, opened: Opened, source: Source | None, project_dir: str) -> None:
        """The instances of a document, with those of its source where that was found."""
        directory = opened.directory or project_dir
        self.state = RootState(opened.path, directory, project_dir)
        self.instances: dict[str, PlanInstance] = {}
        self._config = ModuleConfig(directory)
        self._positions = Positions(opened.text, opened.path)
        self._references = References(opened.table, self.instances)
        self._places = Places(opened.table, opened.path, Span(opened.path, 1, 1, 1, 2))
        self._table = opened.table
        self._listings = Listings(opened.table)
        self._filled = Filled(opened.table)
        for row, twin in _in_order(opened.table, source):
            self.instances[row.address] = self._instance(row, twin)
        self.state.by_address.update(self.instances)

    def _instance(self, row: Row, twin: Twin | None) -> PlanInstance:
        span = twin.span if twin is not None else self._positions.of(row.address)
        site = Site(self.state, self._config, row.module, twin.calls if twin is not None else ())
        block = self._table.configured(row)
        expressions = block.expressions if block is not None else None
        found = twin.arguments if twin is not None else None
        own = replace(row, values=self._filled.own(row, self._listings.own(row), block, found))
        arguments = PlanArguments(own.values, own.unknown, _InstanceHoles(row, self), span, found, expressions)
        place = self._places.of(row, twin.place if twin is not None else None)
        return PlanInstance(own, site, arguments, place, twin.configured_by if twin is not None else None)

    def id_of(self, module: str, argument: str, expression: object) -> Unknown | None:
        """What an argument is by the references of its expression."""
        return self._references.id_of(module, argument, expression)

    def is_known(self, module: str, expression: object) -> bool:
        """Whether the plan knows all that an expression refers to."""
        return self._references.is_known(module, expression)

    def standing(self, unknown: Unknown) -> TfValue:
        """What the plan says of something that the source cannot tell."""
        of = unknown.of
        instance = self.instances.get(of.address) if of is not None and not of.computed else None
        if of is None or instance is None or of.many or not of.attribute.isidentifier():
            return unknown
        try:
            found = instance.attribute(of.attribute)
        except EvaluationError:
            return unknown
        return replace(found, source=unknown.source, at=unknown.at) if isinstance(found, Unknown) else found


def _in_order(table: Table, source: Source | None) -> list[tuple[Row, Twin | None]]:
    """The instances in the order of the source, with their twins in it; in the document's order without it."""
    if source is None:
        return [(row, None) for row in table.rows.values()]
    found = [(row, source.twin(row)) for row in table.rows.values()]
    return sorted(found, key=lambda pair: pair[1].order if pair[1] is not None else LAST)


class _InstanceHoles:
    """What tells the arguments of one instance that its plan does not know."""

    __slots__ = ("_root", "_row")

    def __init__(self, row: Row, root: PlanRoot) -> None:
        self._row = row
        self._root = root

    def value(self, argument: str, twin: TfValue | None, expression: object) -> TfValue:
        """What the source evaluates to, unless the plan's references lead elsewhere: the source is then another than
        the plan was made from. Without a source, what the references lead to.
        """
        referred = self._root.id_of(self._row.module, argument, expression)
        evaluated = self._root.standing(twin) if isinstance(twin, Unknown) and twin.why is not Why.UNSUPPORTED else None
        nothing = Unknown(Why.COMPUTED, f"{self._row.address}.{argument}")
        if not isinstance(evaluated, Unknown):
            return evaluated or referred or nothing
        if referred is None or evaluated.of == referred.of:
            return evaluated
        return referred if not _is_exact(evaluated.of) else nothing

    def is_known(self, expression: object) -> bool:
        """Whether the plan knows all that an expression refers to."""
        return self._root.is_known(self._row.module, expression)


def _is_exact(of: Identity | None) -> bool:
    return of is not None and not of.many and not of.computed
