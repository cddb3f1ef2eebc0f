"""From fragments to tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias, assert_never

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
from peerlint.exchange.tables import SAFE, Code, Sort, Tables
from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.model import Fragment
from peerlint.network.order.as_data import with_drawn_order
from peerlint.network.values import Known, Span, Unknown
from peerlint.terraform.values import TfSet

Write: TypeAlias = Callable[[Any], Code]


def encode(fragments: Iterable[Fragment]) -> Tables:
    """The tables of fragments, the same for equal ones. Raises TypeError for a value that its type does not allow."""
    return _Encoder().encode(map(with_drawn_order, fragments))


class _Numbers(dict[Any, int]):
    """The numbers of things in the order in which they come."""

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        return number


class _Encoder:
    """Writes each thing once."""

    def __init__(self) -> None:
        self._kinds = model()
        self._texts, self._files, self._places, self._things = _Numbers(), _Numbers(), _Numbers(), _Numbers()
        self._rows: dict[int, Callable[[Any], int]] = {}

    def encode(self, fragments: Iterable[Fragment]) -> Tables:
        """The tables of some fragments."""
        write = self._row(self._kinds.top)
        numbers = [write(fragment) for fragment in fragments]
        return Tables(
            files=list(self._files),
            texts=list(self._texts),
            places=[number for place in self._places for number in place],
            things=list(self._things),
            fragments=numbers,
        )

    def _writer(self, shape: Shape) -> Write:
        """Writes a value of a shape."""
        match shape:
            case Plain(type=type):
                return self._plain(type)
            case Choice(members=members):
                return {member: number for number, member in enumerate(members)}.__getitem__
            case Place():
                return self._place
            case Range():
                return self._range
            case Path():
                return self._files.__getitem__
            case Many(item=item) | Way(steps=Many(item=item)):
                return self._many(item) if isinstance(shape, Many) else self._way(item)
            case Distinct(item=item):
                return self._distinct(item)
            case Fixed(items=items):
                return self._fixed(items)
            case Pairs(key=key, value=value):
                return self._pairs(key, value)
            case Optional(item=item):
                write = self._writer(item)
                return lambda value: None if value is None else write(value)
            case Either(options=options):
                return self._either(options)
            case Thing(kinds=kinds):
                return self._thing(kinds)
            case Anything(known=known):
                return self._anything(known)
            case Making(drawing=drawing):
                told = self._writer(Optional(drawing))
                return lambda order: told(order.drawing(()))
        assert_never(shape)

    def _thing(self, kinds: tuple[int, ...]) -> Write:
        """Writes a value of one of some kinds, by its number."""
        rows = {self._kinds.all[number].type: self._row(number) for number in kinds}
        if len(rows) == 1:
            return next(iter(rows.values()))

        def write(value: Any) -> Code:
            return rows[type(value)](value)

        return write

    def _row(self, number: int) -> Callable[[Any], int]:
        """Writes a value of a kind, and gives its number.

        What comes again is found by its id, for which it is kept; what is equal, by its fields.
        """
        if number in self._rows:
            return self._rows[number]
        kind, things = self._kinds.all[number], self._things
        known: dict[int, tuple[int, object]] = {}
        writers: list[tuple[str, Write]] = []

        def write(value: Any) -> int:
            seen = known.get(id(value))
            if seen is None:
                if type(value) is not kind.type:
                    raise TypeError(f"{value!r} is no {kind.name}")
                row = (number, *[write_field(getattr(value, name)) for name, write_field in writers])
                known[id(value)] = seen = things[row], value
            return seen[0]

        self._rows[number] = write
        writers += [(name, self._writer(shape)) for name, shape in kind.fields]
        return write

    def _plain(self, kind: type) -> Write:
        texts = self._texts

        def text(value: str) -> int:
            if not isinstance(value, str):
                raise TypeError(f"{value!r} is no text")
            return texts[value]

        def exactly(value: object) -> Code:
            if type(value) is not kind:
                raise TypeError(f"{value!r} is no {kind.__name__}")
            match value:
                case Decimal():
                    return texts[str(value)]
                case int() if abs(value) >= SAFE:
                    return str(value)
                case int():
                    return value
            raise TypeError(f"values of {kind} are not exchanged")

        return text if kind is str else exactly

    def _place(self, at: Span) -> int:
        return self._places[self._files[at.file], at.line, at.column, at.end_line - at.line, at.end_column]

    def _range(self, cidr: Cidr) -> Code:
        """A block as it is written; in a list, where it is not."""
        if cidr.written and parse_cidr(cidr.written) == cidr:
            return self._texts[cidr.written]
        return (self._texts[str(cidr)],)

    def _many(self, item: Shape) -> Write:
        write = self._writer(item)
        return lambda values: tuple([write(value) for value in values])

    def _way(self, item: Shape) -> Write:
        steps = self._many(item)
        return lambda trail: steps(trail())

    def _distinct(self, item: Shape) -> Write:
        """A set, in an order that does not depend on how Python keeps it."""
        write = self._writer(item)
        return lambda values: tuple([write(value) for value in sorted(values, key=repr)])

    def _fixed(self, items: tuple[Shape, ...]) -> Write:
        writers = [self._writer(item) for item in items]
        return lambda values: tuple([write(value) for write, value in zip(writers, values, strict=True)])

    def _pairs(self, key: Shape, item: Shape) -> Write:
        write_key, write = self._writer(key), self._writer(item)

        def pairs(values: Mapping[Any, Any]) -> Code:
            keys = sorted(values, key=str if key == Plain(str) else repr)
            return tuple([code for name in keys for code in (write_key(name), write(values[name]))])

        return pairs

    def _either(self, options: tuple[Plain, ...]) -> Write:
        writers = {option.type: (number, self._writer(option)) for number, option in enumerate(options)}

        def write(value: object) -> Code:
            number, write_option = writers[type(value)]
            return (number, write_option(value))

        return write

    def _anything(self, known: Thing) -> Write:
        thing = self._thing(known.kinds)

        def write(value: object) -> Code:
            match value:
                case None | bool():
                    return value
                case str():
                    return (Sort.TEXT, self._texts[value])
                case int() | Decimal():
                    return (Sort.NUMBER if isinstance(value, int) else Sort.DECIMAL, self._texts[str(value)])
                case TfSet(items=items):
                    return (Sort.SET, *[write(item) for item in items])
                case tuple() | list():
                    return (Sort.LIST, *[write(item) for item in value])
                case dict():
                    return (Sort.MAP, *[code for pair in value.items() for code in map(write, pair)])
                case Cidr():
                    return (Sort.RANGE, self._range(value))
                case Known() | Unknown():
                    return (Sort.THING, thing(value))
                case _:
                    raise TypeError(f"{value!r} is not exchanged")

        return write
