"""The resource instances of a plan or state, by their addresses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from peerlint.terraform.plan.format import (
    ConfiguredModule,
    ConfiguredProvider,
    ConfiguredResource,
    Document,
    Instance,
    Json,
    Module,
    ModuleCall,
    Values,
)

_KEY = r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]'
_CALL = re.compile(rf"module\.([^.\[]+)({_KEY})?")
_LAST_KEY = re.compile(rf"({_KEY})\Z")


class Row(Struct, frozen=True):
    """One instance. ``unknown`` has ``True`` in place of each value that is known only after apply."""

    address: str
    module: str
    type: str
    name: str
    data: bool
    key: int | str | None
    values: Json
    unknown: Json

    @property
    def resource(self) -> str:
        """The address of its resource, without the instance key."""
        name = f"data.{self.type}.{self.name}" if self.data else f"{self.type}.{self.name}"
        return f"{self.module}.{name}" if self.module else name


class Table:
    """What a document holds, and what the configuration in a plan says of it."""

    def __init__(self, document: Document) -> None:
        """The instances that exist once the plan is applied, or that a state tells."""
        self.document = document
        self.rows: Mapping[str, Row] = {row.address: row for row in _rows(document)}

    @cached_property
    def of_resource(self) -> Mapping[str, Sequence[Row]]:
        """The instances of each resource."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows.values():
            found[row.resource].append(row)
        return found

    @cached_property
    def by_key(self) -> Mapping[tuple[str, int | str | None], Row]:
        """The instances by their resource and key."""
        return {(row.resource, row.key): row for row in self.rows.values()}

    @cached_property
    def modules(self) -> Mapping[str, Sequence[str]]:
        """The addresses of the instances of each module call that hold anything."""
        found: dict[str, list[str]] = defaultdict(list)
        for address in dict.fromkeys(row.module for row in self.rows.values()):
            for instance in _above(address):
                call = _LAST_KEY.sub("", instance)
                if instance not in found[call]:
                    found[call].append(instance)
        return found

    @cached_property
    def before(self) -> Sequence[Row]:
        """What existed before: the refreshed state that the plan was made from."""
        prior = self.document.prior_state
        return [_row(i, m, {}) for i, m in _instances(prior.values if prior is not None else None)]

    @property
    def providers(self) -> Mapping[str, ConfiguredProvider]:
        """The provider configurations of a plan, by their keys."""
        told = self.document.configuration
        return (told.provider_config or {}) if told is not None else {}

    def configuration(self, module: str) -> ConfiguredModule | None:
        """The configuration of a module instance, or ``None`` where the document does not tell it."""
        told = self.document.configuration
        found = told.root_module if told is not None else None
        for name, _ in calls_of(module):
            call = (found.module_calls or {}).get(name) if found is not None else None
            found = call.module if call is not None else None
        return found

    def call(self, module: str) -> ModuleCall | None:
        """The call that makes a module instance, or ``None`` where the document does not tell it."""
        outer = self.configuration(parent_of(module))
        names = calls_of(module)
        return (outer.module_calls or {}).get(names[-1][0]) if outer is not None and names else None

    def configured(self, row: Row) -> ConfiguredResource | None:
        """The block of an instance, or ``None`` where the document does not tell it."""
        return self._configured.get(row.resource)

    @cached_property
    def _configured(self) -> Mapping[str, ConfiguredResource]:
        found: dict[str, ConfiguredResource] = {}
        for module in dict.fromkeys(row.module for row in self.rows.values()):
            told = self.configuration(module)
            for block in (told.resources or ()) if told is not None else ():
                name = f"{block.type}.{block.name}"
                name = f"data.{name}" if block.mode == "data" else name
                found[f"{module}.{name}" if module else name] = block
        return found


def calls_of(module: str) -> list[tuple[str, str]]:
    """The names and keys of the calls that lead to a module instance: ``[("net", '["eu"]'), ("subnets", "")]``."""
    return _CALL.findall(module)


def parent_of(module: str) -> str:
    """The address of the module instance that calls this one."""
    return _above(module)[-2] if len(calls_of(module)) > 1 else ""


def key_of(module: str) -> int | str | None:
    """The instance key of a module instance."""
    return parsed_key(calls_of(module)[-1][1])


def parsed_key(text: str) -> int | str | None:
    """The key out of ``[0]`` or ``["eu"]``; ``None`` without one."""
    if not text:
        return None
    inner = text[1:-1]
    return re.sub(r"\\(.)", r"\1", inner[1:-1]) if inner.startswith('"') else int(inner)


def _above(module: str) -> list[str]:
    """The addresses of the module instances from the root to this one."""
    ends = [found.end() for found in _CALL.finditer(module)]
    return [module[:end] for end in ends]


def _rows(document: Document) -> Iterator[Row]:
    """The planned instances, then the data sources that were read, then those that will be."""
    changes = {change.address: change.change for change in document.resource_changes or () if change.deposed is None}
    known: set[str] = set()
    for instance, module in _instances(document.planned_values or document.values):
        change = changes.get(instance.address)
        row = _row(instance, module, change.after_unknown if change is not None else {})
        known.add(row.address)
        yield row
    prior = document.prior_state.values if document.prior_state is not None else None
    for instance, module in _instances(prior):
        if instance.mode == "data" and instance.address not in known:
            known.add(instance.address)
            yield _row(instance, module, {})
    for later in document.resource_changes or ():
        if later.mode == "data" and later.address not in known and isinstance(later.change.after, dict):
            unknown = _object(later.change.after_unknown)
            after: Json = later.change.after
            yield Row(later.address, later.module_address, later.type, later.name, True, later.index, after, unknown)


def _instances(values: Values | None) -> Iterator[tuple[Instance, str]]:
    pending: list[Module] = [values.root_module] if values is not None else []
    while pending:
        module = pending.pop(0)
        pending = [*(module.child_modules or ()), *pending]
        for instance in module.resources or ():
            if instance.deposed_key is None:
                yield instance, module.address


def _row(instance: Instance, module: str, unknown: object) -> Row:
    address = instance.address
    if module and not address.startswith(f"{module}."):  # Terraform 0.12 leaves the module out
        address = f"{module}.{address}"
    is_data = instance.mode == "data"
    values = instance.values or {}
    return Row(address, module, instance.type, instance.name, is_data, instance.index, values, _object(unknown))


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}
