"""From tables to fragments. Tables may be anybody's: nothing in them is believed before it is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
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
from peerlint.exchange.tables import Sort, Tables
from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.model import UNTOLD, Fragment, Order
from peerlint.network.order.drawn import Drawing, DrawnOrder
from peerlint.network.values import Span
from peerlint.terraform.values import TfSet

Read: TypeAlias = Callable[[Any], Any]

MAX_SIZE = 50_000_000
"""Values in fragments, each counted as often as it is named: what is told once can be meant again and again."""

MAX_DEPTH = 100
"""Values in values."""

_INTEGER = re.compile(r"-?[0-9]{1,1000}\Z")


class Malformed(Exception):
    """Tables that no encoder writes; the text says what is wrong with them."""


def decode(tables: Tables) -> tuple[Fragment, ...]:
    """The fragments of tables. Raises Malformed."""
    return _Decoder(tables).decode()


class _Decoder:
    """Makes each thing once, out of those before it."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._places = list(_places(tables))
        self._made: list[Any] = []
        self._kind_of: list[int] = []
        self._extents: list[tuple[int, int]] = []
        self._size = 0
        self._depth = 0

    def decode(self) -> tuple[Fragment, ...]:
        """All fragments."""
        kinds = model()
        readers: dict[int, tuple[type, list[Read]]] = {}
        for number, row in enumerate(self._tables.things):
            kind, *codes = row or [None]
            if type(kind) is not int or not 0 <= kind < len(kinds.all) or len(codes) != len(kinds.all[kind].fields):
                raise Malformed(f"thing {number} is of no kind")
            if kind not in readers:
                told = kinds.all[kind]
                readers[kind] = told.type, [self._reader(shape) for _, shape in told.fields]
            self._size, self._depth = 1, 0
            make, fields = readers[kind]
            self._made.append(make(*[read(code) for read, code in zip(fields, codes, strict=True)]))
            self._kind_of.append(kind)
            self._extents.append((self._size, self._depth + 1))
            if self._size > MAX_SIZE or self._depth >= MAX_DEPTH:
                raise Malformed(f"thing {number} is too large")
        self._size = 0
        fragment = self._reader(Thing((kinds.top,)))
        found = tuple([fragment(code) for code in self._tables.fragments])
        if self._size > MAX_SIZE:
            raise Malformed("all things together are too large")
        return found

    def _reader(self, shape: Shape) -> Read:
        """Reads a value of a shape."""
        match shape:
            case Plain(type=type):
                return {str: self._text, bool: _flag, int: _number, Decimal: self._decimal}[type]
            case Choice(members=members):
                return lambda code: _at(members, code)
            case Place():
                return lambda code: _at(self._places, code)
            case Range():
                return self._range
            case Path():
                return lambda code: _at(self._tables.files, code)
            case Many(item=item):
                read = self._reader(item)
                return lambda code: tuple([read(one) for one in _list(code)])
            case Way(steps=steps):
                return self._way(steps)
            case Distinct(item=item):
                each = self._reader(Many(item))
                return lambda code: frozenset(each(code))
            case Fixed(items=items):
                return self._fixed(items)
            case Pairs(key=key, value=value):
                return self._pairs(key, value)
            case Optional(item=item):
                some = self._reader(item)
                return lambda code: None if code is None else some(code)
            case Either(options=options):
                return self._either(options)
            case Thing(kinds=kinds):
                return self._thing(frozenset(kinds))
            case Anything(known=known):
                return self._anything(self._reader(known))
            case Making(drawing=drawing):
                return self._making(drawing)
        assert_never(shape)

    def _thing(self, kinds: frozenset[int]) -> Read:
        made, kind_of, extents = self._made, self._kind_of, self._extents

        def read(code: Any) -> Any:
            if type(code) is not int or not 0 <= code < len(kind_of) or kind_of[code] not in kinds:
                raise Malformed("a value is of another kind than its field takes")
            size, depth = extents[code]
            self._size += size
            if depth > self._depth:
                self._depth = depth
            return made[code]

        return read

    def _text(self, code: object) -> str:
        text: str = _at(self._tables.texts, code)
        return text

    def _decimal(self, code: object) -> Decimal:
        try:
            number = Decimal(self._text(code))
        except InvalidOperation:
            raise Malformed("a number is none") from None
        if number.is_nan() or abs(number.adjusted() if number.is_finite() else 0) > 10_000:
            raise Malformed("a number is none")
        return number

    def _range(self, code: object) -> Cidr:
        written = type(code) is int
        cidr = parse_cidr(self._text(code if written else _list(code, 1)[0]))
        if cidr is None:
            raise Malformed("an address block is none")
        return cidr if written else Cidr(cidr.version, cidr.first, cidr.prefix)

    def _way(self, steps: Many) -> Read:
        read = self._reader(steps)

        def way(code: object) -> Callable[[], object]:
            told = read(code)
            return lambda: told

        return way

    def _fixed(self, items: tuple[Shape, ...]) -> Read:
        readers = [self._reader(item) for item in items]
        count = len(readers)
        return lambda code: tuple([read(one) for read, one in zip(readers, _list(code, count), strict=True)])

    def _pairs(self, key: Shape, item: Shape) -> Read:
        read_key, read = self._reader(key), self._reader(item)

        def pairs(code: object) -> object:
            codes = iter(_list(code))
            if len(_list(code)) % 2:
                raise Malformed("a key has no value")
            return {read_key(name): read(value) for name, value in zip(codes, codes, strict=True)}

        return pairs

    def _either(self, options: tuple[Plain, ...]) -> Read:
        readers = [self._reader(option) for option in options]

        def read(code: object) -> object:
            number, value = _list(code, 2)
            return _at(readers, number)(value)

        return read

    def _making(self, drawing: Thing) -> Read:
        read = self._reader(drawing)

        def order(code: object) -> Order:
            return UNTOLD if code is None else DrawnOrder(_closed(read(code)))

        return order

    def _anything(self, thing: Read) -> Read:
        def read(code: object) -> Any:
            if code is None or isinstance(code, bool):
                return code
            sort, *codes = _list(code) or [None]
            match sort:
                case Sort.TEXT:
                    return self._text(_only(codes))
                case Sort.NUMBER:
                    return _number(self._text(_only(codes)))
                case Sort.DECIMAL:
                    return self._decimal(_only(codes))
                case Sort.LIST:
                    return tuple([read(one) for one in codes])
                case Sort.SET:
                    return TfSet(tuple([read(one) for one in codes]))
                case Sort.MAP if len(codes) % 2 == 0:
                    each = [read(one) for one in codes]
                    return dict(zip(map(str, each[::2]), each[1::2], strict=True))
                case Sort.RANGE:
                    return self._range(_only(codes))
                case Sort.THING:
                    return thing(_only(codes))
            raise Malformed("a value is of no sort")

        return read


def _places(tables: Tables) -> list[Span]:
    numbers, files = tables.places, tables.files
    if len(numbers) % 5:
        raise Malformed("a place is cut off")
    found = []
    for index in range(0, len(numbers), 5):
        file, line, column, lines, end = numbers[index : index + 5]
        if line < 1 or column < 1 or lines < 0 or end < 1:
            raise Malformed("a place is none")
        found.append(Span(_at(files, file), line, column, line + lines, end))
    return found


def _closed(drawing: Drawing) -> Drawing:
    count = len(drawing.waits)
    steps = [*drawing.nodes.values(), *(wait.to for waits in drawing.waits for wait in waits if wait.to is not None)]
    if any(not 0 <= step < count for step in steps):
        raise Malformed("an order leads to nothing")
    return drawing


def _list(code: object, length: int | None = None) -> list[Any]:
    if not isinstance(code, list) or (length is not None and len(code) != length):
        raise Malformed("a list is none, or of another length")
    return code


def _only(codes: list[Any]) -> object:
    return _list(codes, 1)[0]


def _at(table: Sequence[Any], code: object) -> Any:
    if type(code) is not int or not 0 <= code < len(table):
        raise Malformed("a number leads to nothing")
    return table[code]


def _flag(code: object) -> bool:
    if isinstance(code, bool):
        return code
    raise Malformed("a truth value is none")


def _number(code: object) -> int:
    if type(code) is int:
        return code
    if isinstance(code, str) and _INTEGER.match(code):
        return int(code)
    raise Malformed("a number is none")
