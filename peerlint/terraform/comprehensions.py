"""``for`` expressions: of each element of a collection an element, or a key with one.

https://developer.hashicorp.com/terraform/language/expressions/for
"""

from __future__ import annotations

from collections.abc import Sequence

from peerlint.network.values import Known, Unknown, Why
from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.conditional import truth
from peerlint.terraform.convert import to_string
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.scope import Evaluate, Scope
from peerlint.terraform.values import (
    NULL,
    EvaluationError,
    Plain,
    TfSet,
    TfValue,
    derived,
    element_of,
    is_scalar,
    make_object,
)

NOTHING_TO_ITERATE = "a `for` expression needs a list, set, map or object"


def entries(value: Known[Plain]) -> list[tuple[TfValue, TfValue]]:
    """The keys and elements of a collection. Raises EvaluationError for what is none."""
    match value.value:
        case dict() as items:
            return [(Known(key), item) for key, item in items.items()]
        case tuple() as items:
            return [(Known(index), item) for index, item in enumerate(items)]
        case TfSet(items=items):
            return [(item, item) for item in items]
        case _:
            raise EvaluationError(NOTHING_TO_ITERATE)


def for_value(expr: ast.For, scope: Scope, evaluate: Evaluate) -> TfValue:
    """What a ``for`` expression makes. Raises EvaluationError for what Terraform would refuse."""
    collection = evaluate(expr.collection, scope)
    if isinstance(collection, Unknown):
        return _for_unknown(expr, collection, scope, evaluate)
    if isinstance(collection.value, ResourceObject):
        return Unknown(Why.COMPUTED)  # only its written attributes are known by name
    pairs: list[tuple[TfValue | None, TfValue]] = []
    open_key: Unknown | None = None
    for index, item in entries(collection):
        inner = scope.bind({expr.value: item} | ({expr.key: index} if expr.key else {}))
        if expr.condition is not None:
            wanted = evaluate(expr.condition, inner)
            if isinstance(wanted, Unknown):
                return derived(wanted)
            if not truth(wanted):
                continue
        key = evaluate(expr.result_key, inner) if expr.result_key is not None else None
        if isinstance(key, Unknown):
            open_key = open_key or key
            continue
        pairs.append((key, evaluate(expr.result, inner)))
    if open_key is not None:
        return derived(open_key)
    if expr.result_key is None:
        return Known(tuple(value for _, value in pairs), expr.span)
    return _for_object(expr, pairs)


def _for_unknown(expr: ast.For, collection: Unknown, scope: Scope, evaluate: Evaluate) -> TfValue:
    """Over an unknown collection the result is unknown; a list of its elements, or of parts of them, keeps identity."""
    if is_scalar(collection):
        raise EvaluationError(NOTHING_TO_ITERATE)
    if expr.result_key is None:
        item = element_of(collection)
        inner = scope.bind({expr.value: item} | ({expr.key: derived(collection)} if expr.key else {}))
        try:
            result = evaluate(expr.result, inner)
        except EvaluationError:
            return derived(collection)
        if isinstance(result, Unknown) and result.of is not None and result.of.many:
            return Unknown(result.why, of=replace(result.of, many=False), detail=result.detail)
    return derived(collection)


class DuplicateKeyError(EvaluationError):
    """Two elements with one key; what was made before them is an object all the same."""

    def __init__(self, message: str, items: dict[str, TfValue]) -> None:
        super().__init__(message)
        self.made = Known(make_object(items))


def _for_object(expr: ast.For, pairs: Sequence[tuple[TfValue | None, TfValue]]) -> TfValue:
    items: dict[str, TfValue] = {}
    groups: dict[str, list[TfValue]] = {}
    for key, value in pairs:
        text = to_string(key) if key is not None else NULL
        if isinstance(text, Unknown):
            return derived(text)
        if not isinstance(text.value, str):
            raise EvaluationError("a key of a `for` expression is null")
        if text.value in items and not expr.group:
            raise DuplicateKeyError(f"two elements of a `for` expression have the key {text.value!r}", items)
        items[text.value] = value
        groups.setdefault(text.value, []).append(value)
    if expr.group:
        items = {key: Known(tuple(values)) for key, values in groups.items()}
    return Known(make_object(items), expr.span)
