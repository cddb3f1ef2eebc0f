"""The source of a plan or state: the root module that it was made from, found again and evaluated for its sake.

It tells the places of what the plan holds, and what the values are of that only apply will know.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from peerlint import filesystem
from peerlint.network.model import Place
from peerlint.network.values import Known, Span
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.config import ModuleConfig, load_module
from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.evaluation import state_of
from peerlint.terraform.fragment import module_tree
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.lift import PEERINGS
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.plan.format import Document
from peerlint.terraform.plan.instance import known_attribute
from peerlint.terraform.plan.table import Row, Table, calls_of, parent_of, parsed_key
from peerlint.terraform.plan.values import agrees, merged
from peerlint.terraform.site import Site
from peerlint.terraform.values import EvaluationError, TfValue
from peerlint.terraform.variables import root_values

Declared = frozenset[tuple[str, ...]]
"""The resources, data sources and module calls of a root module."""


def find_source(path: str, table: Table, candidates: Sequence[str]) -> str | None:
    """The directory of the root module that a plan or state was made from.

    The document's own directory is, where the two have anything in common. Another one is where it declares exactly
    what the plan's configuration does (or, as a state does not tell its configuration, all that is in the state), and
    is the only one that does.
    """
    wanted = _declared_by(table)
    own = os.path.dirname(path)
    if wanted & _declared_in(own):
        return own
    exact = table.document.is_plan
    fitting = [
        directory
        for directory in dict.fromkeys(candidates)
        if wanted and ((found := _declared_in(directory)) == wanted or (not exact and found > wanted))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _declared_in(directory: str) -> Declared:
    config = load_module(directory)
    resources = {("managed", *key) for key in config.resources} | {("data", *key) for key in config.data}
    return frozenset(resources | {("module", name) for name in config.modules})


def _declared_by(table: Table) -> Declared:
    told = table.configuration("")
    if told is not None:
        resources = {(block.mode, block.type, block.name) for block in told.resources or ()}
        return frozenset(resources | {("module", name) for name in told.module_calls or ()})
    here = {("data" if row.data else "managed", row.type, row.name) for row in table.rows.values() if not row.module}
    return frozenset(here | {("module", calls_of(row.module)[0][0]) for row in table.rows.values() if row.module})


LAST = (1 << 30, 0, "", "")


class Twin(Struct, frozen=True):
    """What the source says of an instance: its block, the calls that lead there and, if it was found, its place.

    ``order`` is that in which the root itself is lifted: by module, peerings first, data sources last, by name.
    """

    span: Span
    calls: tuple[Span, ...]
    order: tuple[int, int, str, str] = LAST
    arguments: BlockArguments | None = None
    place: Place | None = None
    configured_by: BlockArguments | None = None


class Source:
    """The evaluated source of a document."""

    def __init__(self, directory: str, table: Table, stack: str, options: TerraformOptions) -> None:
        """The root module in a directory, with the variables and the known attributes of the document.

        Raises VariableError for a ``--var`` or ``--var-file`` that cannot be used.
        """
        state = state_of(stack, directory, options)
        bare = ModuleInstance(Site(state, state.module(directory)))
        self.state = state_of(stack, directory, options, _Told(table))
        config = self.state.module(directory)
        values, self.files, _ = root_values(config, options, bare.scope)
        here = (filesystem.target(directory),)
        self.top = ModuleInstance(Site(self.state, config, directories=here), _variables(table.document, values, bare))

    @cached_property
    def modules(self) -> Mapping[str, ModuleInstance]:
        """The instances of its modules that can bear on a peering, by their addresses."""
        return {module.address: module for module in module_tree(self.top)}

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {address: index for index, address in enumerate(self.modules)}

    @property
    def configs(self) -> Sequence[ModuleConfig]:
        """The modules that were read."""
        return list(self.state.configs.values()) if self.modules else []

    def twin(self, row: Row) -> Twin | None:
        """The block of an instance, else the call of the module around it that is not on disk."""
        module = self.modules.get(row.module)
        if module is None:
            return self._call(row.module)
        config = module.site.config
        declared = config.data if row.data else config.resources
        block = declared.get((row.type, row.name))
        if block is None:
            return None
        rank = 2 if row.data else 0 if row.type in PEERINGS else 1
        order = self._order[row.module], rank, row.type, row.name
        try:
            group = module.resources.group(row.data, row.type, row.name)
        except EvaluationError:
            group = None
        for instance in group.instances if group is not None else ():
            if instance.address == row.address:
                arguments, place, by = instance.arguments, instance.place, instance.configured_by
                return Twin(block.header, module.site.calls, order, arguments, place, by)
        body = block.read()
        written = Arguments(body, module.scope, block.header) if body is not None else None
        return Twin(block.header, module.site.calls, order, written)

    def _call(self, address: str) -> Twin | None:
        while address:
            name, address = calls_of(address)[-1][0], parent_of(address)
            around = self.modules.get(address)
            if around is not None:
                block = around.site.config.modules.get(name)
                return Twin(block.header, around.site.calls) if block is not None else None
        return None


def _variables(document: Document, evaluated: Mapping[str, TfValue], bare: ModuleInstance) -> dict[str, TfValue]:
    """The values of a plan's variables, at the places where the var files set them; a state does not tell them. One
    that has its default in the plan is left to it.
    """
    if document.variables is None and not document.is_plan:
        return dict(evaluated)
    found: dict[str, TfValue] = {}
    for name, variable in (document.variables or {}).items():
        told = evaluated.get(name)
        if told is None and agrees(variable.value, bare.variable(name)):
            continue
        same = isinstance(told, Known) and agrees(variable.value, told)
        at = told.at if isinstance(told, Known) and same else None
        found[name] = merged(variable.value, False, told if same else None, at, lambda twin: Known(None))
    return found


class _Told:
    """What a document tells the evaluation of its source."""

    __slots__ = ("_table",)

    def __init__(self, table: Table) -> None:
        self._table = table

    def attribute(self, address: str, name: str) -> TfValue | None:
        """A known attribute of a resource instance."""
        row = self._table.rows.get(address)
        return known_attribute(row, name) if row is not None else None

    def keys(self, address: str) -> Sequence[int | str] | None:
        """The keys of the instances of a resource or module call."""
        return list(self._keys(address)) or None

    def _keys(self, address: str) -> Iterator[int | str]:
        for row in self._table.of_resource.get(address, ()):
            if row.key is not None:
                yield row.key
        for module in self._table.modules.get(address, ()):
            key = parsed_key(calls_of(module)[-1][1])
            if key is not None:
                yield key
