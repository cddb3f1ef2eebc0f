"""``terraform_remote_state``: the outputs of the root of the run that keeps the state it reads.

https://developer.hashicorp.com/terraform/language/state/remote-state-data
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from peerlint.network.model import Problem, ProblemKind
from peerlint.network.states import OWN_ATTRIBUTES
from peerlint.network.values import Known, Maybe, Span, Unknown
from peerlint.records import replace
from peerlint.terraform.declaration import Declaration
from peerlint.terraform.objects import MissingOutputError, OutputsObject
from peerlint.terraform.root_state import OutputSource
from peerlint.terraform.values import TfValue, is_null

REMOTE_STATE = "terraform_remote_state"


def remote_attribute(instance: Declaration, name: str) -> TfValue | None:
    """``outputs`` as a whole, or one that is named as 0.11 does."""
    if name == "outputs":
        return _outputs(instance)
    return None if name in OWN_ATTRIBUTES else remote_output(instance, name, instance.arguments.span)


def remote_output(instance: Declaration, name: str, at: Span) -> TfValue:
    """An output of the state that a data source reads; ``at`` is where it is referred to.

    Raises MissingOutputError for one that the other root does not declare.
    """
    source = _source(instance)
    if source is None or isinstance(source, Maybe):
        return _unjoined(instance, f"outputs.{name}", source)
    value = _output(instance, source, name)
    if value is not None and not is_null(value):
        return value
    defaults = _defaults(instance)
    if defaults is None or not source.is_complete:
        return instance.computed(f"outputs.{name}")
    if name not in defaults:
        raise _missing(instance, source, name, at)
    return defaults[name]


def _source(instance: Declaration) -> OutputSource | Maybe | None:
    if instance.presence.many:
        return None
    return instance.site.root.read_by(instance.address, instance.arguments)


def _unjoined(instance: Declaration, attribute: str, doubt: Maybe | None) -> Unknown:
    unknown = instance.computed(attribute)
    return unknown if doubt is None else replace(unknown, detail=doubt.reason)


def _output(instance: Declaration, source: OutputSource, name: str) -> TfValue | None:
    others = instance.site.root.others
    return others.output(source, name) if others is not None else None


def _outputs(instance: Declaration) -> TfValue:
    source = _source(instance)
    if source is None or isinstance(source, Maybe):
        return _unjoined(instance, "outputs", source)
    told = {name: _output(instance, source, name) for name in source.output_names()}
    kept = {name: value for name, value in told.items() if value is not None and not is_null(value)}
    defaults = _defaults(instance)
    if defaults is None or not source.is_complete:
        return instance.computed("outputs")
    return Known(OutputsObject({**defaults, **kept}, partial(_missing, instance, source)), instance.arguments.span)


def _defaults(instance: Declaration) -> Mapping[str, TfValue] | None:
    """What stands in for outputs that the state lacks; ``None`` where it is not known which."""
    match instance.arguments.get("defaults"):
        case Known(value=dict() as defaults):
            return defaults
        case Unknown():
            return None
        case _:
            return {}


def _missing(instance: Declaration, source: OutputSource, name: str, at: Span) -> MissingOutputError:
    """The PL905 of an output that the state does not have."""
    why = "it is null, and is not kept" if name in source.output_names() else "its root does not declare it"
    message = f"the state that `{instance.address}` reads has no output `{name}`: {why}"
    problem = Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at, instance.address)
    return MissingOutputError(problem, f"{instance.address}.outputs.{name}")
