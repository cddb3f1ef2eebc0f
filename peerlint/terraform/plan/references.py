"""What an expression refers to, by the references that a plan's configuration lists.

The plan does not tell the expression itself, so a reference is taken for the value only where nothing else that the
expression refers to is unknown, and both the argument and the attribute hold an id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from peerlint.network.values import Known, Unknown
from peerlint.terraform.plan.arguments import is_expression
from peerlint.terraform.plan.table import Table, key_of, parent_of, parsed_key
from peerlint.terraform.values import EvaluationError, TfValue

ID = re.compile(r"(?:\A|_)(?:ids?|arns?|link|groups|vpc)\Z")
"""The arguments and attributes that hold ids."""

_STEP = re.compile(r'\.?([\w-]+)|(\[(?:\d+|"(?:[^"\\]|\\.)*")\])')
_TOLD = frozenset({"path", "terraform", "tofu", "count"})
MAX_DEPTH = 40
"""References through module calls and outputs that are followed."""

KNOWN = Known(None)
"""What a reference leads to that the plan knows."""


class Attributed(Protocol):
    """A resource instance."""

    def attribute(self, name: str) -> TfValue:
        """An attribute. Raises EvaluationError where it refers to itself."""


class References:
    """Resolves the references of a plan."""

    __slots__ = ("_instances", "_table")

    def __init__(self, table: Table, instances: Mapping[str, Attributed]) -> None:
        """References among these instances."""
        self._table = table
        self._instances = instances

    def id_of(self, module: str, argument: str, expression: object) -> Unknown | None:
        """The id that an argument is, as its expression refers to one unknown id only; else ``None``."""
        if not ID.search(argument):
            return None
        found = self._of_expression(module, expression, "", 0)
        return found if isinstance(found, Unknown) else None

    def is_known(self, module: str, expression: object) -> bool:
        """Whether the plan knows all that an expression refers to."""
        return self._of_expression(module, expression, "", 0) is KNOWN

    def _of_expression(self, module: str, expression: object, rest: str, depth: int) -> TfValue | None:
        """The one unknown that an expression refers to; ``KNOWN`` if there is none, ``None`` if it cannot be told."""
        if not is_expression(expression) or not isinstance(expression, dict) or depth > MAX_DEPTH:
            return None
        named = expression.get("references")
        listed = separate([str(name) for name in named]) if isinstance(named, list) else []
        if rest and len(listed) != 1:
            return KNOWN if not listed else None
        found = [self._of_reference(module, name + rest, depth) for name in listed]
        unknown = [value for value in found if not isinstance(value, Known)]
        return unknown[0] if len(unknown) == 1 else None if unknown else KNOWN

    def _of_reference(self, module: str, reference: str, depth: int) -> TfValue | None:
        steps = _steps(reference)
        match steps:
            case [name, *_] if name in _TOLD:
                return KNOWN
            case ["each", "key"]:
                return KNOWN
            case ["var", name, *rest]:
                return self._variable(module, name, "".join(map(_joined, rest)), depth)
            case ["module", name, *rest]:
                return self._output(module, name, rest, depth)
            case ["data", type, name, *rest]:
                return self._attribute(module, f"data.{type}.{name}", rest)
            case ["local" | "each" | "self" | "ephemeral", *_]:
                return None
            case [type, name, *rest]:
                return self._attribute(module, f"{type}.{name}", rest)
            case _:
                return None

    def _variable(self, module: str, name: str, rest: str, depth: int) -> TfValue | None:
        if not module:
            return KNOWN
        call = self._table.call(module)
        expression = (call.expressions or {}).get(name) if call is not None else None
        if call is not None and expression is None:
            return KNOWN  # its default, which is a constant
        return self._of_expression(parent_of(module), expression, rest, depth + 1)

    def _output(self, module: str, name: str, rest: Sequence[str], depth: int) -> TfValue | None:
        call = f"{module}.module.{name}" if module else f"module.{name}"
        keyed = bool(rest) and rest[0].startswith("[")
        wanted = parsed_key(rest[0]) if keyed else None
        steps = rest[1:] if keyed else rest
        children = [child for child in self._table.modules.get(call, (call,)) if key_of(child) == wanted]
        if len(children) != 1 or not steps:
            return None
        told = self._table.configuration(children[0])
        output = (told.outputs or {}).get(steps[0]) if told is not None else None
        if output is None:
            return None
        return self._of_expression(children[0], output.expression, "".join(map(_joined, steps[1:])), depth + 1)

    def _attribute(self, module: str, name: str, rest: Sequence[str]) -> TfValue | None:
        keyed = bool(rest) and rest[0].startswith("[")
        wanted = parsed_key(rest[0]) if keyed else None
        found = self._table.by_key.get((f"{module}.{name}" if module else name, wanted))
        steps = rest[1:] if keyed else rest
        if found is None or len(steps) != 1:
            return None
        try:
            value = self._instances[found.address].attribute(steps[0])
        except EvaluationError:
            return None
        if isinstance(value, Unknown) and not ID.search(steps[0]):
            return None
        return KNOWN if isinstance(value, Known) else value


def separate(references: Sequence[str]) -> list[str]:
    """The references of an expression: each is listed before its own beginnings (``aws_vpc.a.id``, ``aws_vpc.a``)."""
    found: list[str] = []
    last = ""
    for name in references:
        if not (last.startswith(name) and last[len(name) : len(name) + 1] in (".", "[")):
            found.append(name)
        last = name
    return list(dict.fromkeys(found))


def _steps(reference: str) -> list[str]:
    return [name or index for name, index in _STEP.findall(reference)]


def _joined(step: str) -> str:
    return step if step.startswith("[") else f".{step}"
