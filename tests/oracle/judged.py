"""Whether peerlint and Terraform disagree about an expression, in a way that is not on the page of differences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.oracle.differences import DIFFERENCES
from tests.oracle.terraform_batch import ERROR, Answer
from tests.oracle.terraform_plan import UNKNOWN

# fmt: off
_MAYBE_EMPTY = (
    "{}", "[]", " if ", "nothing[*]", "compact(", "matchkeys(", "range(", "regexall(", "setintersection(",
    "setsubtract(", "slice(",
)
# fmt: on
_RESOURCE = re.compile(r"terraform_data\.(u|each|counted)(?![.\w])")


def disagreement(text: str, ours: object, theirs: Answer) -> str:
    """What is wrong with peerlint's value; empty where it is the plan's, or differs in a way that is on the page."""
    if ours == theirs.planned:
        return ""
    if theirs.planned == ERROR:
        return ""  # what is refused is never deployed
    if _counts_from_the_end(text):
        return ""
    if ours == ERROR:
        refused = theirs.applied == ERROR or "sort(regexall(" in text
        return "" if refused else "an error where terraform has none"
    missed = [] if theirs.applied == ERROR else list(_missed(ours, theirs.planned))
    if missed and not any(listed.expression in text for listed in DIFFERENCES):
        explained = all(_is_of_type_alone(part, text) for part in missed) or _is_of_a_listed_call(text)
        return "" if explained else "unknown where the plan knows it"
    if theirs.applied == ERROR or agrees(ours, theirs.applied):
        return ""  # more is known than plan knows, and rightly
    if agrees(ours, _without_signs_of_zero(theirs.applied)):
        return ""
    if _lacks_a_type(text, ours, theirs.applied) or _is_rest_of_fractions(text):
        return ""
    return "another value than the one after apply"


def _counts_from_the_end(text: str) -> bool:
    """Whether an element may be asked for by a negative number, which is on the page."""
    return re.search(r"\belement\(.*-", text) is not None


def _lacks_a_type(text: str, ours: object, applied: object) -> bool:
    """Whether it comes of a part of no known type, as on the page: an empty collection, a null, a resource, infinity.

    Another part stays a number where the plan has its text; what is refused by its type alone is let through.
    """
    untold = any(part in text for part in (*_MAYBE_EMPTY, "/ 0")) or _has_null(text)
    if (untold or _RESOURCE.search(text)) and _asks_for_a_type(text):
        return True
    return untold and agrees(_as_texts(ours), _as_texts(applied))


def _is_rest_of_fractions(text: str) -> bool:
    """Whether a rest is taken of decimal fractions, which are binary ones in Terraform: on the page."""
    return " % " in text and re.search(r"\d\.\d", text) is not None


def _without_signs_of_zero(value: object) -> object:
    """The value as zero has no sign to peerlint, which is on the page."""
    match value:
        case dict():
            return {_unsigned(name): _without_signs_of_zero(item) for name, item in value.items()}
        case list():
            return [_without_signs_of_zero(item) for item in value]
        case str():
            return _unsigned(value)
    return value


def _unsigned(text: str) -> str:
    return re.sub(r"-0(?![.\d])", "0", text)


def _as_texts(value: object) -> object:
    match value:
        case dict():
            return {name: _as_texts(item) for name, item in value.items()}
        case list():
            return [_as_texts(item) for item in value]
        case bool():
            return "true" if value else "false"
    return str(value)


def _is_of_type_alone(part: object, text: str) -> bool:
    """Whether plan knows it from nothing but the type of an unknown, which is on the page."""
    truth = isinstance(part, bool) or part in ("true", "false")
    compared_or_chosen = truth or "?" in text or "%{" in text
    return compared_or_chosen and _asks_for_a_type(text)


def _asks_for_a_type(text: str) -> bool:
    return any(asking in text for asking in ("==", "!=", "can(", "try(", "contains("))


def _is_of_a_listed_call(text: str) -> bool:
    """Whether it calls what is on the page: no other arguments than those there are told apart here."""
    listed = any(call in text for call in ("matchkeys(", "/ 0"))
    backwards = re.search(r"\breverse\((to)?set", text) is not None
    return listed or backwards or ("format" in text and _has_null(text))


def _has_null(text: str) -> bool:
    """Whether a null may be among what is formatted, which is on the page."""
    return any(name in text for name in ("null", "local.nothing", "one("))


def _missed(ours: object, planned: object) -> Iterator[object]:
    """The parts that are unknown to peerlint, and that plan knows."""
    match ours, planned:
        case dict() as left, dict() as right:
            for name in left.keys() & right.keys():
                yield from _missed(left[name], right[name])
        case list() as left, list() as right:
            for a, b in zip(left, right if len(left) == len(right) else _once_each(right), strict=False):
                yield from _missed(a, b)
        case _ if ours == UNKNOWN and planned != UNKNOWN:
            yield planned


def _once_each(items: list[object]) -> list[object]:
    """The elements of a set without those that are alike: plan keeps apart what it cannot compare yet."""
    return [item for index, item in enumerate(items) if item not in items[:index]]


def agrees(ours: object, applied: object) -> bool:
    """Whether all that is known is as it is after apply."""
    match ours, applied:
        case dict() as left, dict() as right:
            return left.keys() == right.keys() and all(agrees(left[name], right[name]) for name in left)
        case list() as left, list() as right:
            in_order = all(agrees(a, b) for a, b in zip(left, right, strict=False))
            return len(left) == len(right) and (in_order or _holds(left, right))
    return ours == UNKNOWN or (ours == applied and type(ours) is type(applied))


def _holds(ours: list[object], applied: list[object]) -> bool:
    """Whether a set, whose unknown parts have no place before they are known, holds what it is known to."""
    left = list(applied)
    for item in ours:
        if item in left:
            left.remove(item)
        elif item != UNKNOWN:
            return False
    return UNKNOWN in ours
