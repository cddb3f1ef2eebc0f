"""The arguments of a resource instance in a plan or state, or of one of its nested blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from peerlint.network.model import CERTAIN, Presence
from peerlint.network.values import Known, Span, Trail, Unknown
from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.plan.format import Json
from peerlint.terraform.plan.values import agrees, has_unknown, is_empty, merged
from peerlint.terraform.values import TfValue, elements, is_null


class Holes(Protocol):
    """What tells an argument that the plan does not know."""

    def value(self, argument: str, twin: TfValue | None, expression: object) -> TfValue:
        """Its value, by its twin in the source, else by what its expression refers to."""

    def is_known(self, expression: object) -> bool:
        """Whether the plan knows all that an expression refers to."""


class PlanArguments:
    """What a plan says of a block. Null, empty text and empty lists count as not written, as the JSON names every
    argument that the resource type has; so does what the provider will compute.

    The ``twin`` is the same block in the source, where that lies beside the plan: it gives the places, and the
    identity of what is known only after apply.
    """

    __slots__ = ("_expressions", "_holes", "_memo", "_twin", "_unknown", "_values", "presence", "span")

    def __init__(
        self,
        values: Json,
        unknown: Json,
        holes: Holes,
        span: Span,
        twin: BlockArguments | None = None,
        expressions: object = None,
        presence: Presence = CERTAIN,
    ) -> None:
        """The arguments of a block; ``expressions`` are those that the plan's configuration has for it."""
        self._values = values
        self._unknown = unknown
        self._holes = holes
        self._twin = twin
        self._expressions = expressions
        self._memo: dict[str, TfValue | None] = {}
        self.span = span
        self.presence = presence

    def names(self) -> list[str]:
        """The names of the arguments that have a value."""
        return [name for name in dict.fromkeys([*self._values, *self._unknown]) if self._is_written(name)]

    def _is_written(self, name: str) -> bool:
        unknown = self._unknown.get(name)
        if unknown is True:
            return self.is_configured(name)
        return not is_empty(self._values.get(name)) or has_unknown(unknown)

    def is_configured(self, name: str) -> bool:
        """Whether the configuration sets an argument, as far as the source or the plan tells.

        One that is unknown although all that it refers to is known is set to null, and the provider's to compute; of
        one that is known only a constant tells, as after apply the value may be what the provider has computed.
        """
        if self._twin is not None and (self._twin.place(name) is not None or bool(self._twin.blocks(name))):
            return not _is_null(self._twin.get(name))
        expression = self._expression(name)
        if self._unknown.get(name) is not True and isinstance(expression, dict) and "constant_value" in expression:
            return expression["constant_value"] is not None
        return expression is not None and not self._holes.is_known(expression)

    def _expression(self, name: str) -> object:
        if not isinstance(self._expressions, dict):
            return None
        return self._expressions if is_expression(self._expressions) else self._expressions.get(name)

    def get(self, name: str) -> TfValue | None:
        """An argument's value, or ``None`` where it has none."""
        if name not in self._memo:
            self._memo[name] = self._merged(name) if self._is_written(name) else None
        return self._memo[name]

    def _merged(self, name: str) -> TfValue:
        twin, expression = (self._twin.get(name) if self._twin is not None else None), self._expression(name)

        def hole(part: TfValue | None) -> TfValue:
            return self._holes.value(name, part, expression)

        return merged(self._values.get(name), self._unknown.get(name), twin, self.place(name), hole)

    def chosen(self, name: str) -> tuple[TfValue, Presence] | None:
        """Nothing: a plan has decided its conditions."""
        return None

    def is_ignored(self, name: str) -> bool:
        """Whether the source leaves an argument to something outside Terraform."""
        return self._twin is not None and self._twin.is_ignored(name)

    def trail(self, name: str, at: Span | None) -> Trail | None:
        """The way of a value in the source, where it has the same value from the same place."""
        twin = self._twin.get(name) if self._twin is not None else None
        spots = [value.at for value in (twin, *(elements(twin) or ())) if value is not None] if twin is not None else []
        return self._twin.trail(name, at) if self._twin is not None and at in spots else None

    def place(self, name: str) -> Span | None:
        """The place of an argument in the source, else its block's; ``None`` for one without a value."""
        if not self._is_written(name):
            return None
        return (self._twin.place(name) if self._twin is not None else None) or self.span

    def places(self) -> dict[str, Span]:
        """The place of every argument that the source has."""
        return self._twin.places() if self._twin is not None else {}

    def blocks(self, type: str) -> Sequence[BlockArguments]:
        """The nested blocks of a type."""
        values, unknown = self._values.get(type), self._unknown.get(type)
        if unknown is True:
            value = self.get(type)
            return [UnreadBlock(value, self.place(type) or self.span)] if isinstance(value, Unknown) else []
        items = [values] if isinstance(values, dict) else values if isinstance(values, list) else []
        masks = [unknown] if isinstance(unknown, dict) else unknown if isinstance(unknown, list) else []
        twins = _twins(items, masks, list(self._twin.blocks(type)) if self._twin is not None else [])
        expression = self._expression(type)
        expressions = expression if isinstance(expression, list) and len(expression) == len(items) else None
        found = []
        for index, item in enumerate(items):
            if isinstance(item, dict):
                mask = masks[index] if index < len(masks) else None
                twin = twins[index]
                inner = expressions[index] if expressions is not None else expression
                span = twin.span if twin is not None else self.place(type) or self.span
                mask = mask if isinstance(mask, dict) else {}
                presence = twin.presence if twin is not None else _presence(item, mask, inner)
                found.append(PlanArguments(item, mask, self._holes, span, twin, inner, presence))
        return found


def _is_null(value: TfValue | None) -> bool:
    return value is not None and is_null(value)


def _presence(values: Json, unknown: Json, expressions: object) -> Presence:
    """Whether a block exists. A ``dynamic`` block over what is not known yet is planned as one of which nothing is
    known, and the configuration in a plan leaves ``dynamic`` blocks out.
    """
    if expressions is not None or not has_unknown(unknown) or not all(map(is_empty, values.values())):
        return CERTAIN
    return Presence("nothing of the block is known before it is applied", many=True)


def is_expression(value: object) -> bool:
    """Whether a part of the configuration is an expression, and not the arguments of a block."""
    return isinstance(value, dict) and ("constant_value" in value or isinstance(value.get("references"), list))


def _twins(
    items: Sequence[object], masks: Sequence[object], blocks: list[BlockArguments]
) -> list[BlockArguments | None]:
    """The blocks of the source that stand for the items: each the first that agrees in all that both know."""
    found: list[BlockArguments | None] = []
    for position, item in enumerate(items):
        mask = masks[position] if position < len(masks) else None
        known = item if isinstance(item, dict) else {}
        unknown = mask if isinstance(mask, dict) else {}
        index = next((i for i, block in enumerate(blocks) if _agree(known, unknown, block)), None)
        found.append(blocks.pop(index) if index is not None else None)
    return found


def _agree(values: Json, unknown: Json, block: BlockArguments) -> bool:
    return all(
        _agrees(values.get(name), block.get(name)) for name in block.names() if not has_unknown(unknown.get(name))
    )


def _agrees(plain: object, twin: TfValue | None) -> bool:
    if not is_empty(plain) or not isinstance(twin, Known):
        return agrees(plain, twin)
    return not twin.value


class UnreadBlock:
    """Stands for an unknown number of blocks, of which nothing is known."""

    __slots__ = ("_unknown", "span")

    def __init__(self, unknown: Unknown, span: Span) -> None:
        """The blocks that an unknown value gives."""
        self._unknown = unknown
        self.span = span

    @property
    def presence(self) -> Presence:
        """There may be none, one or many."""
        return Presence(self._unknown.reason, many=True)

    def names(self) -> list[str]:
        """None that is known."""
        return []

    def get(self, name: str) -> TfValue | None:
        """An unknown derived from the blocks'."""
        return Unknown(self._unknown.why, self._unknown.source, self.span, cause=self._unknown.of)

    def chosen(self, name: str) -> tuple[TfValue, Presence] | None:
        """Nothing is known of a choice."""
        return None

    def is_ignored(self, name: str) -> bool:
        """Not by anything that is known."""
        return False

    def is_configured(self, name: str) -> bool:
        """Not as far as is known."""
        return False

    def trail(self, name: str, at: Span | None) -> Trail | None:
        """Nothing is known of a value."""
        return None

    def place(self, name: str) -> Span | None:
        """No argument is written."""
        return None

    def places(self) -> dict[str, Span]:
        """No argument is written."""
        return {}

    def blocks(self, type: str) -> Sequence[BlockArguments]:
        """No block is written."""
        return []
