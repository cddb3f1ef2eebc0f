"""Any fragment that the types of the model allow, and all that one holds in plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, assert_never

from hypothesis import strategies as st

from peerlint.exchange.model import model
from peerlint.exchange.shapes import (
    Anything,
    Choice,
    Distinct,
    Either,
    Fixed,
    Making,
    Many,
    Optional,
    Pairs,
    Path,
    Place,
    Plain,
    Range,
    Shape,
    Thing,
    Way,
)
from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.model import UNTOLD, Fragment, Untold
from peerlint.network.order.drawn import Drawing, DrawnOrder, Wait
from peerlint.network.values import Span
from peerlint.records import field_names, is_record

TEXTS = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(["vpc-0abc", "10.0.0.0/16", "é\u2028"])
FILES = st.sampled_from(["/srv/net/main.tf", "/srv/net/modules/vpc/main.tf", "/elsewhere/x.tfvars"])
NUMBERS = st.integers(-3, 70_000) | st.sampled_from([-(2**70), 2**53, 2**63])
DECIMALS = st.decimals(allow_nan=False, places=3, min_value=-1000, max_value=1000) | st.just(Decimal("Infinity"))
PLACES = st.builds(
    lambda file, line, column, more, end: Span(file, line, column, line + more, end),
    FILES,
    *[st.integers(1, 300)] * 2,
    st.integers(0, 9),
    st.integers(1, 300),
)
WRITTEN = st.sampled_from(["10.0.0.0/16", "10.0.0.5/16", "2001:db8::/32", "0.0.0.0/0"]).map(parse_cidr)
RANGES = WRITTEN | st.builds(lambda first: Cidr(4, first << 8, 24), st.integers(0, (1 << 24) - 1))
PLAIN: Mapping[type, st.SearchStrategy[Any]] = {str: TEXTS, bool: st.booleans(), int: NUMBERS, Decimal: DECIMALS}

DRAWINGS = st.integers(1, 3).flatmap(
    lambda count: st.builds(
        Drawing,
        st.dictionaries(TEXTS, st.integers(0, count - 1), max_size=3),
        st.tuples(
            *[st.lists(st.builds(Wait, st.none() | st.integers(0, count - 1), TEXTS), max_size=2).map(tuple)] * count
        ),
    )
)


def fragments() -> st.SearchStrategy[Fragment]:
    """Fragments with a few values of every kind that they may hold."""
    found: st.SearchStrategy[Fragment] = _of_kind(model().top, 6)
    return found


@cache
def _of_kind(number: int, depth: int) -> st.SearchStrategy[Any]:
    """Values of a kind that hold others to a depth."""
    kind = model().all[number]
    return st.builds(kind.type, **{name: _of(shape, depth - 1) for name, shape in kind.fields})


@cache
def _of(shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    match shape:
        case Plain(type=type):
            return PLAIN[type]
        case Choice(members=members):
            return st.sampled_from(members)
        case Place():
            return PLACES
        case Range():
            return RANGES
        case Path():
            return FILES
        case Many(item=item) | Distinct(item=item):
            few = st.lists(st.deferred(lambda: _of(item, depth)), max_size=2 if depth > 0 else 0)
            return few.map(tuple if isinstance(shape, Many) else frozenset)
        case Fixed(items=items):
            return st.tuples(*[_of(item, depth) for item in items])
        case Pairs(key=key, value=value):
            return st.dictionaries(_of(key, depth), _of(value, depth), max_size=2)
        case Optional(item=item):
            return st.none() | st.deferred(lambda: _of(item, depth)) if depth > 0 else st.none()
        case Either(options=options):
            return st.one_of([_of(option, depth) for option in options])
        case Thing(kinds=kinds):
            return st.sampled_from(kinds).flatmap(lambda number: _of_kind(number, depth))
        case Way(steps=steps):
            return _of(steps, depth).map(_told)
        case Anything(known=known):
            return _anything(known, depth)
        case Making():
            return st.just(UNTOLD) | DRAWINGS.map(DrawnOrder)
    assert_never(shape)


def _told(steps: object) -> Callable[[], object]:
    return lambda: steps


def _anything(known: Thing, depth: int) -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | NUMBERS | TEXTS | RANGES | st.decimals(allow_nan=False, places=2)
    some = leaves if depth <= 0 else leaves | st.deferred(lambda: _of(known, depth))
    return some | st.lists(some, max_size=2).map(tuple) | st.dictionaries(TEXTS, some, max_size=2)


def unfolded(value: object) -> object:
    """All that a value holds, also where the comparison of two values leaves it out."""
    match value:
        case Untold():
            return None
        case DrawnOrder(drawn=drawn):
            return unfolded(drawn)
        case Cidr():
            return ("Cidr", str(value), value.written)
        case frozenset():
            return frozenset(map(repr, map(unfolded, value)))
        case tuple():
            return tuple(map(unfolded, value))
        case Mapping():
            return {repr(unfolded(key)): unfolded(item) for key, item in value.items()}
        case _ if is_record(value):
            return (type(value).__name__, *(unfolded(getattr(value, name)) for name in field_names(value)))
        case _ if callable(value):
            return unfolded(value())
        case _:
            return (type(value).__name__, value)
