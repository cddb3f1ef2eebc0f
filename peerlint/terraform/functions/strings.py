"""Functions on strings."""

from __future__ import annotations

from collections.abc import Callable

from peerlint.network.values import Known, Unknown
from peerlint.terraform.functions.signature import ArgumentError, Call, Function, Param, bounded
from peerlint.terraform.functions.text import SPACE, graphemes, lower, title, upper
from peerlint.terraform.refinements import begins_with, ends_with
from peerlint.terraform.types import NUMBER, STRING, ListType
from peerlint.terraform.values import EvaluationError, TfList, TfValue, derived, first_unknown


def _one(operation: Callable[[str], str]) -> Callable[[Call], TfValue]:
    return lambda call: Known(operation(call.text(0)))


def _two(operation: Callable[[str, str], str | bool]) -> Callable[[Call], TfValue]:
    return lambda call: Known(operation(call.text(0), call.text(1)))


def _join(call: Call) -> TfValue:
    lists = call.args[1:]
    if not lists:
        raise EvaluationError("at least one list is required")
    items = [item for index in range(1, len(call.args)) for item in call.items(index)]
    if len(items) == 1 and first_unknown(items[0]) is not None:
        return items[0]
    pieces: list[str] = []
    for position, item in enumerate(items):
        unknown = first_unknown(item)
        if unknown is not None:
            return derived(unknown)
        if not isinstance(item, Known) or not isinstance(item.value, str):
            raise EvaluationError(f"element {position} is null; cannot concatenate null values")
        pieces.append(item.value)
    separator = call.text(0)
    bounded(sum(map(len, pieces)) + len(separator) * len(pieces))
    return Known(separator.join(pieces))


def _split(call: Call) -> TfValue:
    separator, text = call.text(0), call.text(1)
    parts = text.split(separator) if separator else list(text)
    return Known(TfList(Known(part) for part in parts))


def _edge(
    known: Callable[[str, str], bool], unknown: Callable[[Unknown, str], bool | None]
) -> Callable[[Call], TfValue]:
    """Whether a text begins or ends with another, which may be certain of an unknown one too."""

    def function(call: Call) -> TfValue:
        value = call.args[0]
        if isinstance(value, Known):
            return Known(known(call.text(0), call.text(1)))
        answer = unknown(value, call.text(1))
        return derived(value) if answer is None else Known(answer)

    return function


def _substr(call: Call) -> TfValue:
    characters, offset, length = graphemes(call.text(0)), call.integer(1), call.integer(2)
    if offset < 0:
        offset = max(0, offset + len(characters))
    elif length == 0:
        return Known("")
    end = None if length <= 0 else offset + length
    return Known("".join(characters[offset:end]))


def _indent(call: Call) -> TfValue:
    spaces, text = call.integer(0), call.text(1)
    if spaces < 0:
        raise ArgumentError(0, "the number of spaces must not be negative")
    bounded(len(text) + spaces * text.count("\n"))
    return Known(text.replace("\n", "\n" + " " * spaces))


def _reversed(text: str) -> str:
    return "".join(reversed(graphemes(text)))


def _chomp(text: str) -> str:
    return text.rstrip("\r\n")


_STR = Param("str", STRING)
_OPEN = Param("str", STRING, unknown=True)

FUNCTIONS = {
    "chomp": Function(_one(_chomp), (_STR,)),
    "endswith": Function(_edge(str.endswith, ends_with), (_OPEN, Param("suffix", STRING))),
    "indent": Function(_indent, (Param("spaces", NUMBER), _STR)),
    "join": Function(_join, (Param("separator", STRING),), Param("lists", ListType(STRING)), partial=True),
    "lower": Function(_one(lower), (_STR,)),
    "split": Function(_split, (Param("separator", STRING), _STR)),
    "startswith": Function(_edge(str.startswith, begins_with), (_OPEN, Param("prefix", STRING))),
    "strcontains": Function(_two(str.__contains__), (_STR, Param("substr", STRING))),
    "strrev": Function(_one(_reversed), (_STR,)),
    "substr": Function(_substr, (_STR, Param("offset", NUMBER), Param("length", NUMBER))),
    "title": Function(_one(title), (_STR,)),
    "trim": Function(
        _two(lambda text, cutset: text.strip(cutset) if cutset else text), (_STR, Param("cutset", STRING))
    ),
    "trimprefix": Function(_two(str.removeprefix), (_STR, Param("prefix", STRING))),
    "trimspace": Function(_one(lambda text: text.strip(SPACE)), (_STR,)),
    "trimsuffix": Function(_two(str.removesuffix), (_STR, Param("suffix", STRING))),
    "upper": Function(_one(upper), (_STR,)),
}
