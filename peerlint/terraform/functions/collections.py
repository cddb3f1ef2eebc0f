"""Functions on lists and tuples, and those that take any collection."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from peerlint.network.values import Known, Unknown, Why
from peerlint.records import replace
from peerlint.terraform.convert import convert, number
from peerlint.terraform.functions.signature import (
    LISTING,
    SEQUENCE,
    ArgumentError,
    Call,
    Function,
    LimitError,
    Param,
    bounded,
    texts,
)
from peerlint.terraform.functions.text import graphemes
from peerlint.terraform.refinements import INFINITY, bounds_of_size
from peerlint.terraform.types import (
    ANY,
    NUMBER,
    STRING,
    AnyType,
    ListType,
    ObjectType,
    TupleType,
    element_types,
    type_of,
    unify,
)
from peerlint.terraform.values import (
    NULL,
    EvaluationError,
    Plain,
    TfList,
    TfSet,
    TfValue,
    derived,
    derived_as,
    element_of,
    elements,
    equality_key,
    first_unknown,
    is_listing,
    is_null,
    is_scalar,
    primitive_of,
    unknown_length,
)

MAX_RANGE = 1024
"""The most numbers that ``range`` makes, as Terraform has it."""

FLOAT_PRECISION = 512
"""Binary digits of Terraform's numbers (https://github.com/zclconf/go-cty/blob/main/docs/types.md)."""


def _like(original: Plain, items: Iterable[TfValue]) -> TfValue:
    """The items as a list where the original is a list or a set, else as a tuple."""
    return Known(TfList(items) if isinstance(original, TfList | TfSet) else tuple(items))


def _length(call: Call) -> TfValue:
    value = call.args[0]
    if isinstance(value, Unknown) and isinstance(structure := type_of(value), TupleType | ObjectType):
        return Known(len(element_types(structure)))
    if isinstance(value, Unknown) and primitive_of(value) in ("", "string"):
        return replace(derived_as("number", value), bounds=(len(graphemes(value.beginning)), INFINITY))
    match call.plain(0):
        case TfSet() as items if (open_set := unknown_length(value)) is not None:
            return replace(derived_as("number", open_set), bounds=bounds_of_size(items))
        case str() as text:
            return Known(len(graphemes(text)))
        case dict() as mapping:
            return Known(len(mapping))
        case tuple() | TfSet():
            return Known(len(call.items(0)))
    raise ArgumentError(0, "argument must be a string, a collection type, or a structural type")


def _concat(call: Call) -> TfValue:
    if not call.args:
        raise EvaluationError("at least one argument is required")
    if len(call.args) == 1 and isinstance(call.args[0], Unknown):
        return call.args[0]
    for index, arg in enumerate(call.args):
        if isinstance(arg, Unknown):
            return derived(arg)
        if not isinstance(arg.value, tuple):
            raise ArgumentError(index, "all arguments must be lists or tuples")
    joined = tuple(item for index in range(len(call.args)) for item in call.items(index))
    bounded(len(joined))
    common = unify([type_of(arg) for arg in call.args])
    if isinstance(common, ListType) and all(isinstance(call.plain(index), TfList) for index in range(len(call.args))):
        return convert(Known(joined), common)
    return Known(joined)


def _element(call: Call) -> TfValue:
    if isinstance(call.args[0], Unknown):
        return element_of(call.args[0])
    items = call.plain(0)
    if not isinstance(items, tuple):
        raise ArgumentError(0, "cannot read elements from a value that is not a list or tuple")
    if not items:
        raise EvaluationError("cannot use element function with an empty list")
    if isinstance(call.args[1], Unknown):
        return derived(call.args[1])
    return items[call.integer(1) % len(items)]


def _flatten(call: Call) -> TfValue:
    if isinstance(call.args[0], Unknown):
        return call.args[0]
    items = call.plain(0)
    if not isinstance(items, tuple | TfSet):
        raise ArgumentError(0, "can only flatten lists, sets and tuples")
    flat: list[TfValue] = []
    unknown = _flatten_into(call.args[0], flat)
    return Known(tuple(flat)) if unknown is None else derived(unknown)


def _flatten_into(value: TfValue, flat: list[TfValue]) -> Unknown | None:
    """Add the leaves of a sequence; returns the first unknown that could be a sequence itself."""
    unknown = unknown_length(value)
    for item in elements(value) or ():
        match item:
            case Unknown() if is_listing(item) or isinstance(type_of(item), AnyType):
                unknown = unknown or item
            case Known(value=tuple() | TfSet()):
                unknown = _flatten_into(item, flat) or unknown
            case _:
                flat.append(item)
        bounded(len(flat))
    return unknown


def _distinct(call: Call) -> TfValue:
    if isinstance(call.args[0], Unknown):
        return call.args[0]
    items = call.items(0)
    unknown = first_unknown(call.args[0])
    if unknown is not None and len(items) > 1:
        return derived(unknown)
    found: dict[object, TfValue] = {}
    for item in items:
        found.setdefault(equality_key(item), item)
    return Known(TfList(found.values()))


def _compact(call: Call) -> TfValue:
    if isinstance(call.args[0], Unknown):
        return call.args[0]
    unknown = first_unknown(call.args[0])
    if unknown is not None:
        return derived(unknown)
    return Known(TfList(item for item in call.items(0) if isinstance(item, Known) and item.value not in (None, "")))


def _coalescelist(call: Call) -> TfValue:
    if not call.args:
        raise EvaluationError("at least one argument is required")
    candidates = [arg for arg in call.args if not is_null(arg) and arg != Known(())]
    if any(isinstance(arg, Known) and not isinstance(arg.value, tuple) for arg in candidates):
        raise EvaluationError("coalescelist arguments must be lists or tuples")
    for arg in candidates:
        if isinstance(arg, Unknown):
            return arg if len(candidates) == 1 else derived(arg)
        return arg
    raise EvaluationError("no non-null arguments")


TOLD_TO_PLAN = frozenset({Why.LOOKUP, Why.MODULE, Why.VARIABLE})
"""Why a list may be unknown here and known to plan."""


def _slice(call: Call) -> TfValue:
    """Of a list that plan knows, as many elements as are asked for: with fewer in it, plan fails."""
    length = _sliceable_length(call)
    start, end = _slice_index(call, 1, "start", length), _slice_index(call, 2, "end", length)
    if start is None or end is None:
        return derived(next(arg for arg in call.args if isinstance(arg, Unknown)))
    if start > end:
        raise ArgumentError(1, "start index must not be greater than end index")
    items = call.args[0]
    if isinstance(items, Unknown):
        return _elements_of(items, end - start) if items.why in TOLD_TO_PLAN else derived(items)
    return _like(items.value, call.items(0)[start:end])


def _sliceable_length(call: Call) -> int | None:
    """How many elements there are; ``None`` where that is open."""
    items = call.args[0]
    match items:
        case Unknown() if not is_scalar(items):
            return None
        case Known(value=tuple() as known):
            return len(known)
        case Known(value=TfSet()):
            raise ArgumentError(0, "cannot slice a set, because its elements do not have indices")
    raise ArgumentError(0, "must be a list or tuple value")


def _slice_index(call: Call, index: int, name: str, length: int | None) -> int | None:
    """One end of a slice; ``None`` where it is unknown."""
    if isinstance(call.args[index], Unknown):
        return None
    bound = call.integer(index)
    if bound < 0:
        raise ArgumentError(index, f"{name} index must not be less than zero")
    if length is not None and bound > length:
        raise ArgumentError(index, f"{name} index must not be greater than the length of the list")
    return bound


def _elements_of(items: Unknown, count: int) -> TfValue:
    bounded(count)
    return Known(TfList(element_of(items) for _ in range(count)))


def _sort(call: Call) -> TfValue:
    if isinstance(call.args[0], Unknown):
        return call.args[0]
    unknown = first_unknown(call.args[0])
    if unknown is not None:
        several = len(call.items(0)) > 1
        texts_in_order = (replace(derived(unknown), type="string") for _ in call.items(0))
        return Known(TfList(texts_in_order)) if several else call.args[0]
    return Known(TfList(Known(text) for text in sorted(texts(call.items(0)))))


def _reverse(call: Call) -> TfValue:
    if isinstance(call.args[0], Unknown):
        return call.args[0]
    plain = call.plain(0)
    open_set = unknown_length(call.args[0])
    if open_set is not None:
        return derived(open_set)
    if not isinstance(plain, tuple | TfSet):
        raise ArgumentError(0, "can only reverse list or tuple values")
    return _like(plain, reversed(call.items(0)))


def _chunklist(call: Call) -> TfValue:
    items, size = call.items(0), call.integer(1)
    if size < 0:
        raise ArgumentError(1, "the size argument must be positive")
    if size == 0:
        return Known(TfList((call.args[0],) if items else ()))
    return Known(TfList(Known(TfList(items[at : at + size])) for at in range(0, len(items), size)))


def _one(call: Call) -> TfValue:
    value = call.args[0]
    if isinstance(value, Unknown):
        return element_of(value)
    open_set = unknown_length(value)
    if open_set is not None:
        return derived(open_set)
    if not isinstance(value.value, tuple | TfSet) or len(call.items(0)) > 1:
        raise ArgumentError(0, "must be a list, set, or tuple value with either zero or one elements")
    return call.items(0)[0] if call.items(0) else NULL


def _range(call: Call) -> TfValue:
    if not 1 <= len(call.args) <= 3:
        raise EvaluationError("must have one, two, or three arguments")
    start = call.amount(0) if len(call.args) > 1 else 0
    end = call.amount(min(1, len(call.args) - 1))
    step = call.amount(2) if len(call.args) == 3 else (-1 if end < start else 1)
    if step == 0 and start != end:
        raise ArgumentError(2, "step must not be zero")
    if step < 0 and end > start:
        raise EvaluationError("end must be less than start when step is negative")
    if step > 0 and end < start:
        raise EvaluationError("end must be greater than start when step is positive")
    numbers: list[TfValue] = []
    reached, last, by = _binary(start), _binary(end), _binary(step)
    while reached > last if step < 0 else reached < last:
        if len(numbers) >= MAX_RANGE:
            raise LimitError(f"more than {MAX_RANGE} values were generated")
        numbers.append(number(start))
        start += step
        reached = _binary(reached + by)
    return Known(TfList(numbers))


def _binary(value: Decimal | Fraction | int) -> Fraction | int:
    """A number as Terraform holds it, with 512 binary digits: twenty times 0.1 does not reach 2."""
    if value == int(value):
        return int(value)
    exact = Fraction(value)
    digits = exact.numerator.bit_length() - exact.denominator.bit_length()
    digits += abs(exact) >= Fraction(2) ** digits
    unit = Fraction(2) ** (digits - FLOAT_PRECISION)
    return round(exact / unit) * unit


def _list(call: Call) -> TfValue:
    """0.11's ``list()``."""
    return convert(Known(call.args), ListType(ANY))


_ANY_LIST = Param("list", unknown=True, kinds=LISTING)
_SEQUENCE = Param("list", unknown=True, kinds=SEQUENCE)
_LIST = Param("list", ListType(ANY), unknown=True)

FUNCTIONS = {
    "chunklist": Function(_chunklist, (Param("list", ListType(ANY)), Param("size", NUMBER)), partial=True),
    "coalescelist": Function(_coalescelist, rest=Param("vals", nullable=True, unknown=True), partial=True),
    "compact": Function(_compact, (Param("list", ListType(STRING), unknown=True),), partial=True),
    "concat": Function(_concat, rest=Param("seqs", unknown=True, kinds=SEQUENCE), partial=True),
    "distinct": Function(_distinct, (_LIST,), partial=True),
    "element": Function(_element, (_SEQUENCE, Param("index", NUMBER, unknown=True)), partial=True),
    "flatten": Function(_flatten, (_ANY_LIST,), partial=True),
    "length": Function(_length, (Param("value", unknown=True),), partial=True),
    "list": Function(_list, rest=Param("vals", nullable=True, unknown=True), partial=True),
    "one": Function(_one, (_ANY_LIST,), partial=True),
    "range": Function(_range, rest=Param("params", NUMBER)),
    "reverse": Function(_reverse, (_ANY_LIST,), partial=True),
    "slice": Function(
        _slice,
        (
            _SEQUENCE,
            Param("start_index", NUMBER, unknown=True),
            Param("end_index", NUMBER, unknown=True),
        ),
        partial=True,
    ),
    "sort": Function(_sort, (Param("list", ListType(STRING), unknown=True),), partial=True),
}
