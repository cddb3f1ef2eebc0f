"""``regex``, ``regexall`` and ``replace``: Terraform's patterns are RE2's (https://github.com/google/re2/wiki/Syntax).

Patterns whose meaning differs between RE2 and the engine used here are not evaluated, nor are those that take long: RE2
is linear in the length of the text, a backtracking engine is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from peerlint.network.values import Known, Unknown, Why
from peerlint.records import replace
from peerlint.terraform.functions.signature import ArgumentError, Call, Function, Param, TooSlow, bounded
from peerlint.terraform.types import STRING
from peerlint.terraform.values import NULL, EvaluationError, TfList, TfValue, derived, derived_as, make_object

if TYPE_CHECKING:
    from regex import Match, Pattern

SECONDS = 1.0
"""How long one search may take."""

SLOW = f"takes longer than {SECONDS:g} second"

_REFUSED = re.compile(r"\((\?=|\?!|\?<=|\?<!|\?>|\?#|\?\(|\?P=|\?\||\?[R&0-9]|\*)|[*+?}]\+")
"""What RE2 refuses: look-around, atomic groups, comments, conditions, recursion, possessive repetition."""

_ELSEWHERE = re.compile(r"\(\?[a-zA-Z]*[UuaLx]|.\(\?[a-zA-Z-]+\)|\{[,a-z]", re.DOTALL)
"""What means something else, or nothing, in RE2: some flags, flags in the middle, ``{,n}``, fuzzy matching."""

_BACK_REFERENCES = frozenset("123456789")
_ESCAPES_ELSEWHERE = frozenset("CQEzZGKRXNLMmupPxhHkg0")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")
_CLASS_ELSEWHERE = re.compile(r".\[|&&|~~|\|\||--", re.DOTALL)
_REFERENCE = re.compile(r"\$(?:(\$)|\{(\w+)\}|(\w+))", re.ASCII)


def _compile(text: str, argument: int) -> Pattern[str] | None:
    """The pattern; ``None`` where it is not evaluated. Raises ArgumentError where it is none in RE2 either."""
    escapes = frozenset(_ESCAPE.findall(text))
    unescaped = _ESCAPE.sub("e", text)
    bare = _CLASS.sub("c", unescaped)
    if _REFUSED.search(bare) or escapes & _BACK_REFERENCES:
        raise ArgumentError(argument, "invalid regexp: look-around, back references and the like are not supported")
    classes = _CLASS.findall(unescaped)
    if _ELSEWHERE.search(bare) or escapes & _ESCAPES_ELSEWHERE or any(map(_CLASS_ELSEWHERE.search, classes)):
        return None
    import regex

    try:
        return regex.compile(_end_of_text(text), regex.ASCII | regex.VERSION0)
    except (regex.error, RecursionError) as error:
        raise ArgumentError(argument, f"invalid regexp pattern: {error}") from None


def _end_of_text(text: str) -> str:
    """``$`` is the end of the text, not the place before its last line feed, unless the pattern is multi-line."""
    if re.match(r"\(\?[a-z]*m", text):
        return text
    inside = False
    parts = re.findall(r"\\.|.", text, re.DOTALL)
    for index, part in enumerate(parts):
        if part == "[" and not inside:
            inside = True
        elif part == "]" and parts[index - 1] not in ("[", "^"):
            inside = False
        elif part == "$" and not inside:
            parts[index] = r"\Z"
    return "".join(parts)


def _matches(pattern: Pattern[str], text: str) -> Iterator[Match[str]]:
    """All matches as Go counts them: an empty one is left out where it touches the one before."""
    end = -1
    for match in pattern.finditer(text, timeout=SECONDS):
        if match.end() > match.start() or match.start() != end:
            yield match
        end = match.end()


def _captures(match: Match[str]) -> TfValue:
    """The whole match, or its groups: a tuple, or an object where they have names."""
    names = match.re.groupindex
    if not match.re.groups:
        return Known(match.group())
    if names:
        return Known(make_object({name: _captured(match.group(name)) for name in names}))
    return Known(tuple(_captured(text) for text in match.groups()))


def _captured(text: str | None) -> TfValue:
    return NULL if text is None else Known(text)


def _captures_of(pattern: Pattern[str], unknown: Unknown) -> TfValue:
    """What a match in an unknown text is made of; a group that is not matched is null."""
    if not pattern.groups:
        return derived_as("string", unknown)
    if pattern.groupindex:
        return Known(make_object({name: _maybe_captured(unknown) for name in pattern.groupindex}))
    return Known(tuple(_maybe_captured(unknown) for _ in range(pattern.groups)))


def _maybe_captured(unknown: Unknown) -> Unknown:
    return replace(derived(unknown), type="string")


def _searching(
    search: Callable[[Pattern[str], str], TfValue], of_unknown: Callable[[Pattern[str], Unknown], TfValue]
) -> Callable[[Call], TfValue]:
    def function(call: Call) -> TfValue:
        pattern = _compile(call.text(0), 0)
        if pattern is None:
            return Unknown(Why.UNSUPPORTED)
        if pattern.groupindex and len(pattern.groupindex) != pattern.groups:
            raise ArgumentError(0, "cannot mix both named and unnamed capture groups")
        text = call.args[1]
        if isinstance(text, Unknown):
            return of_unknown(pattern, text)
        try:
            return search(pattern, call.text(1))
        except TimeoutError:
            raise TooSlow(SLOW) from None

    return function


def _first(pattern: Pattern[str], text: str) -> TfValue:
    match = pattern.search(text, timeout=SECONDS)
    if match is None:
        raise EvaluationError("pattern did not match any part of the given string")
    return _captures(match)


def _all(pattern: Pattern[str], text: str) -> TfValue:
    return Known(TfList(_captures(match) for match in _matches(pattern, text)))


def _some(pattern: Pattern[str], unknown: Unknown) -> TfValue:
    """As many matches as an unknown text has."""
    return derived_as("list(any)" if pattern.groups else "list(string)", unknown)


def _replace(call: Call) -> TfValue:
    text, wanted, replacement = call.text(0), call.text(1), call.text(2)
    if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
        pattern = _compile(wanted[1:-1], 1)
        if pattern is None:
            return Unknown(Why.UNSUPPORTED)
        try:
            return Known(_substitute(pattern, text, replacement))
        except TimeoutError:
            raise TooSlow(SLOW) from None
    bounded(len(text) + (text.count(wanted) if wanted else len(text) + 1) * len(replacement))
    return Known(text.replace(wanted, replacement))


def _substitute(pattern: Pattern[str], text: str, replacement: str) -> str:
    pieces: list[str] = []
    position = length = 0
    for match in _matches(pattern, text):
        pieces += (text[position : match.start()], _expand(match, replacement))
        position = match.end()
        length += len(pieces[-1])
        bounded(length)
    return "".join([*pieces, text[position:]])


def _expand(match: Match[str], replacement: str) -> str:
    """The replacement with ``$1``, ``$name`` and ``${name}`` filled in; a group that is not there is empty."""

    def group(reference: re.Match[str]) -> str:
        if reference[1]:
            return "$"
        name = reference[2] or reference[3]
        if name.isdigit():
            return match.group(int(name)) or "" if int(name) <= match.re.groups else ""
        return match.group(name) or "" if name in match.re.groupindex else ""

    return _REFERENCE.sub(group, replacement)


_SEARCH = (Param("pattern", STRING), Param("string", STRING, unknown=True))

FUNCTIONS = {
    "regex": Function(_searching(_first, _captures_of), _SEARCH),
    "regexall": Function(_searching(_all, _some), _SEARCH),
    "replace": Function(_replace, (Param("str", STRING), Param("substr", STRING), Param("replace", STRING))),
}
