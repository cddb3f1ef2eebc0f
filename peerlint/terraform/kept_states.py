"""The state that a root keeps, the readings of states in it, and the outputs of a state that is kept elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import cast

from peerlint.network.cidr import parse_cidr
from peerlint.network.model import KeptState, StateLocation, StateReading
from peerlint.network.states import BACKENDS, DEFAULT_WORKSPACE
from peerlint.network.values import Identity, Known, Unknown, Why, Written
from peerlint.records import replace
from peerlint.terraform.ast import Literal
from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.root_state import RootState
from peerlint.terraform.states import asked_by, kept_by, uses_workspace
from peerlint.terraform.values import EvaluationError, TfSet, TfValue, is_null

_ADDRESSING = re.compile(r"[a-z]{1,12}-[0-9a-f]{8,17}|arn:aws[\w-]*:.+|[a-z]{2}(-[a-z]+)+-\d|\d{12}", re.ASCII)
"""Texts that name a thing of a network: an id, an ARN, a Region, an account."""


def kept_state(top: ModuleInstance, variant: str) -> KeptState | None:
    """The state that a root keeps, its outputs not told yet; ``None`` where it is not known where that is."""
    root = top.site.root
    location = kept_by(top.site.config, top.scope)
    if location is None or location.backend not in BACKENDS:
        return None
    used = uses_workspace(root.configs[root.directory])
    names = tuple(top.output_names())
    return KeptState(root.stack, root.directory, variant, location, root.workspace, used, names, top.is_complete)


def reading_in(root: RootState, address: str, arguments: BlockArguments, variant: str) -> StateReading | None:
    """What a ``terraform_remote_state`` of a root reads; ``None`` where that cannot be told."""
    location = asked_by(arguments, root.directory)
    if location is None:
        return None
    wanted = arguments.get("workspace")
    workspace: Written[object] = Known(DEFAULT_WORKSPACE) if wanted is None or is_null(wanted) else wanted
    used = uses_workspace(root.configs[root.directory])
    return StateReading(Identity(root.stack, address), root.directory, variant, location, workspace, used)


def travels(location: StateLocation, project: str) -> bool:
    """Whether a place means the same in another repository: a file means it only within its own."""
    path = location.settings.get("path")
    if location.backend != "local" or not isinstance(path, Known):
        return location.backend in BACKENDS
    return f"{path.value}".startswith(f"{project}{os.sep}")


def with_outputs(kept: KeptState, top: ModuleInstance, output: Callable[[str], TfValue | None]) -> KeptState:
    """The state with what its outputs tell of a network: no other texts, and nothing that is sensitive."""
    found: dict[str, Written[object]] = {}
    names: list[str] = []
    for name in kept.names:
        value = output(name)
        if value is not None and not is_null(value):
            names.append(name)
            told = None if _is_sensitive(top, name) else _told(value)
            if told is not None:
                found[name] = told
    return replace(kept, outputs=found, names=tuple(names))


def _is_sensitive(top: ModuleInstance, name: str) -> bool:
    body = top.site.config.outputs[name].read()
    said = body.attributes.get("sensitive") if body is not None else None
    return said is not None and not (isinstance(said.expr, Literal) and said.expr.value is False)


def _told(value: TfValue) -> Written[object] | None:
    match value:
        case Unknown() | Known(value=bool() | int() | Decimal()):
            return value
        case Known(value=str() as text):
            return value if _ADDRESSING.fullmatch(text) or parse_cidr(text) is not None else None
        case Known(value=ResourceObject() as resource):
            return _whole(resource)
        case Known(value=TfSet(items=items)):
            return value.read_as(TfSet(tuple(_inside(item) for item in items)))
        case Known(value=tuple() as items):
            return value.read_as(tuple(_inside(item) for item in items))
        case Known(value=dict() as items):
            return value.read_as({name: _inside(item) for name, item in items.items()})
    return None


def _inside(value: TfValue) -> TfValue:
    told = _told(value)
    return Unknown(Why.LOOKUP) if told is None else as_value(told)


def _whole(resource: ResourceObject) -> Unknown:
    """A whole resource, of which each attribute is asked for by name."""
    try:
        id = resource.attribute("id")
    except EvaluationError:
        return Unknown(Why.COMPUTED)
    of = id.of if isinstance(id, Unknown) else None
    return Unknown(Why.COMPUTED, of=None if of is None else replace(of, attribute=""))


def without_places(kept: KeptState) -> KeptState:
    """A state of which no output tells where it is written, as that is in files of another repository."""
    return replace(kept, outputs={name: _bare(as_value(value)) for name, value in kept.outputs.items()})


def _bare(value: TfValue) -> TfValue:
    match value:
        case Unknown():
            return replace(value, at=None, parts=())
        case Known(value=TfSet(items=items)):
            return Known(TfSet(tuple(map(_bare, items))))
        case Known(value=tuple() as items):
            return Known(tuple(map(_bare, items)))
        case Known(value=dict() as items):
            return Known({name: _bare(item) for name, item in items.items()})
    return Known(value.value)


def as_value(written: Written[object]) -> TfValue:
    """The value that was told: it is one of Terraform's, whatever the model takes it for."""
    return cast("TfValue", written)


class ToldState:
    """A state that a root of another repository keeps, as that is told of."""

    def __init__(self, kept: KeptState) -> None:
        """The state with its outputs."""
        self._kept = kept

    @property
    def is_complete(self) -> bool:
        """Whether there is no other output."""
        return self._kept.complete

    def output_names(self) -> Sequence[str]:
        """The names of its outputs."""
        return self._kept.names

    def output(self, name: str) -> TfValue | None:
        """An output, unknown where it is not told; ``None`` where there is no such output."""
        if name not in self._kept.names:
            return None
        told = self._kept.outputs.get(name)
        return Unknown(Why.LOOKUP, of=Identity(self._kept.stack, f"output.{name}")) if told is None else as_value(told)
