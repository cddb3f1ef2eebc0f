"""What an argument's value is: known, unknown with a reason and an identity, or not written (``None``)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeAlias, TypeVar

from msgspec import Struct

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Span(Struct, frozen=True, order=True):
    """A place in a file: absolute path, lines and columns counted from 1, the end column exclusive.

    Columns count Unicode code points. The path of a file that is not at hand, as only what another run exported of it
    is, begins with the name of its repository, and is not absolute: see :func:`is_at_hand`.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def has_line_of(self, other: Span) -> bool:
        """Whether another place begins on one of the lines of this one."""
        return self.file == other.file and self.line <= other.line <= self.end_line

    def holds(self, other: Span) -> bool:
        """Whether another place lies wholly in this one."""
        return (
            self.file == other.file
            and (self.line, self.column) <= (other.line, other.column)
            and (other.end_line, other.end_column) <= (self.end_line, self.end_column)
        )


def is_at_hand(file: str) -> bool:
    """Whether the file of a place is one of this machine, which may be read again."""
    return os.path.isabs(file)


class Step(Struct, frozen=True):
    """A place that a value passed on its way to its use, with a sentence about it.

    ``call`` is the header of the module call that hands the value on there.
    """

    message: str
    at: Span
    call: Span | None = None


Trail: TypeAlias = Callable[[], tuple[Step, ...]]
"""Finds the way of a value, from its use to its origin, when it is asked; the use itself is no step of it."""


class Why(Enum):
    """Why a value is unknown."""

    VARIABLE = "a variable or parameter without a value"
    LOOKUP = "the result of a data source or other look-up"
    COMPUTED = "known only after apply"
    MODULE = "an output of a module that was not read"
    UNSUPPORTED = "an expression that peerlint does not evaluate"
    INVALID = "not a valid value"
    CHOICE = "set by a var file that may be given as well"


class Identity(Struct, frozen=True):
    """What an unknown value is *of*: two uses of one identity are one thing.

    ``stack`` keeps equal addresses of two stacks apart; ``address`` is that of a resource, data source,
    variable, parameter or module call; ``attribute`` is empty for a variable. With ``many`` the identity is that of
    *some element* of a collection, so that two uses need not be the same element. With ``computed`` the address is a
    computation from other unknowns.
    """

    stack: str
    address: str
    attribute: str = ""
    many: bool = False
    computed: bool = False

    def __hash__(self) -> int:
        """What nearly always tells two apart; look-ups by identity are what a run does most."""
        return hash((self.stack, self.address, self.attribute))

    def __str__(self) -> str:
        dot = "." if self.attribute and not self.attribute.startswith("[") else ""
        name = f"{self.address}{dot}{self.attribute}"
        return f"{name}[*]" if self.many else name


class Known(Struct, Generic[T_co], frozen=True, eq=False):
    """A value that is the same wherever it is written; ``at`` is where this one is, ``trail`` its way from there."""

    value: T_co
    at: Span | None = None
    trail: Trail | None = None

    def __eq__(self, other: object) -> bool:
        return self.value == other.value if isinstance(other, Known) else NotImplemented

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"Known(value={self.value!r}, at={self.at!r})"

    def read_as(self, value: T) -> Known[T]:
        """What is read out of this value: another one, from the same place and by the same way."""
        return Known(value, self.at, self.trail)


class Unknown(Struct, frozen=True, eq=False):
    """A value that reading the code cannot tell; ``source`` is the expression as written.

    ``of`` is what it *is*; ``cause`` is the unknown that it was computed from, where it is only derived from one.
    ``type`` is the type that it certainly has, as its language writes it (``list(string)``); ``not_null`` says that it
    is certainly not null. ``beginning`` and ``ending`` are how a text certainly begins and ends: "/32" of
    ``"${var.ip}/32"``. ``parts`` are what a text was joined from, where that was kept: values of texts, in their order.
    ``bounds`` are the least and the greatest number that it can be, one of them infinite perhaps. ``detail`` says what
    would make it known, where that is not plain from ``why``.
    """

    why: Why
    source: str = ""
    at: Span | None = None
    of: Identity | None = None
    cause: Identity | None = None
    type: str = ""
    not_null: bool = False
    beginning: str = ""
    ending: str = ""
    detail: str = ""
    parts: tuple[Known[str] | Unknown, ...] = ()
    bounds: tuple[int | Decimal, int | Decimal] | None = None

    def __eq__(self, other: object) -> bool:
        return (self.why, self.of) == (other.why, other.of) if isinstance(other, Unknown) else NotImplemented

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.why, self.of))

    def __repr__(self) -> str:
        told = ((name, getattr(self, name)) for name in self.__struct_fields__ if name != "parts")
        return f"Unknown({', '.join(f'{name}={value!r}' for name, value in told)})"

    @property
    def name(self) -> str:
        """What a message calls it: its identity, or, where it is computed, the expression as written."""
        if self.of is not None and (not self.of.computed or not self.source):
            return str(self.of)
        return self.source or str(self.cause or "an unknown value")

    @property
    def reason(self) -> str:
        """Why this is unknown, as the end of a sentence: "`var.peer_cidr` has no value"."""
        return self._reason + (f" ({self.detail})" if self.detail else "")

    @property
    def _reason(self) -> str:
        name = f"`{self.cause or self.name}`"
        match self.why:
            case Why.VARIABLE:
                return f"{name} has no value"
            case Why.LOOKUP:
                return f"{name} is looked up only at deployment"
            case Why.COMPUTED:
                return f"{name} is known only once it is created"
            case Why.MODULE:
                return f"{name} comes from a module that was not read"
            case Why.UNSUPPORTED:
                return f"{name} is not evaluated"
            case Why.INVALID:
                return f"{name} is not a valid value"
            case Why.CHOICE:
                return f"{name} depends on which var files are given together"


Written: TypeAlias = Known[T_co] | Unknown
"""A value that is written."""

Value: TypeAlias = Known[T_co] | Unknown | None
"""A value, or ``None`` where the argument is not written and the provider's default applies."""


class Maybe(Struct, frozen=True):
    """The third truth value, with the reason why the question is undecided."""

    reason: str

    def __bool__(self) -> bool:
        """Refuse: an undecided answer is neither true nor false. Raises TypeError."""
        raise TypeError(f"undecided: {self.reason}")


Truth: TypeAlias = bool | Maybe


def same(left: Value[object], right: Value[object]) -> Truth:
    """Whether two values are equal; undecided where an unknown could be equal to the other."""
    if isinstance(left, Known) and isinstance(right, Known):
        return left.value == right.value
    if isinstance(left, Unknown) and isinstance(right, Unknown) and left.of is not None and left.of == right.of:
        return Maybe(left.reason) if left.of.many else True
    for value in (left, right):
        if isinstance(value, Unknown):
            return Maybe(value.reason)
    if left is None and right is None:
        return True
    return Maybe("one of the two is not written")


def negate(truth: Truth) -> Truth:
    """The opposite answer; undecided stays undecided."""
    return truth if isinstance(truth, Maybe) else not truth


def any_of(truths: Iterable[Truth]) -> Truth:
    """True where one is true, false where all are false, otherwise the first undecided one."""
    undecided: Maybe | None = None
    for truth in truths:
        if truth is True:
            return True
        if isinstance(truth, Maybe) and undecided is None:
            undecided = truth
    return undecided if undecided is not None else False


def all_of(truths: Iterable[Truth]) -> Truth:
    """False where one is false, true where all are true, otherwise the first undecided one."""
    return negate(any_of(negate(truth) for truth in truths))


def unless(doubt: Maybe | None) -> Truth:
    """True, or the doubt where there is one."""
    return True if doubt is None else doubt


def first_doubt(*doubts: Maybe | None) -> Maybe | None:
    """The first doubt there is."""
    return next((doubt for doubt in doubts if doubt is not None), None)
