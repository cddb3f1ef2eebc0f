"""``format`` and ``formatlist`` (https://developer.hashicorp.com/terraform/language/functions/format)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

from msgspec import Struct

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.convert import arithmetic, number_text, to_bool, to_number, to_string
from peerlint.terraform.functions.json_text import encode, encode_string
from peerlint.terraform.functions.signature import MAX_ITEMS, ArgumentError, Call, Function, Param, bounded
from peerlint.terraform.functions.text import graphemes
from peerlint.terraform.refinements import text_from
from peerlint.terraform.types import STRING
from peerlint.terraform.values import (
    EvaluationError,
    TfList,
    TfSet,
    TfValue,
    derived,
    derived_as,
    first_unknown,
    is_null,
    is_scalar,
    unknown_length,
)

_VERB = re.compile(
    r"%(?P<flags>[0#\- +]*)(?P<width>[1-9][0-9]*)?(?:\.(?P<precision>[0-9]*))?(?:\[(?P<argument>[1-9][0-9]*)\])?"
    r"(?P<mode>[a-zA-Z])"
)
_BASES = {"b": ("b", "0b"), "o": ("o", "0"), "x": ("x", "0x"), "X": ("X", "0X")}


class _Verb(Struct, frozen=True):
    """One verb of a format string; ``argument`` counts from 1, ``width`` and ``precision`` are -1 where not given."""

    raw: str
    offset: int
    flags: str
    width: int
    precision: int
    argument: int
    mode: str


def _parse(template: str) -> Iterator[str | _Verb]:
    """The literal parts and the verbs of a format string, in order."""
    position, following = 0, 1
    while position < len(template):
        percent = template.find("%", position)
        if percent < 0:
            yield template[position:]
            return
        yield template[position:percent]
        if template.startswith("%%", percent):
            yield "%"
            position = percent + 2
            continue
        match = _VERB.match(template, percent)
        if match is None:
            raise EvaluationError(f"unrecognized format character at offset {percent + 1}")
        verb = _Verb(
            match[0],
            percent,
            match["flags"],
            _size(match["width"]),
            _size(match["precision"]),
            _size(match["argument"]) if match["argument"] else following,
            match["mode"],
        )
        yield verb
        following, position = verb.argument + 1, match.end()


def _size(digits: str | None) -> int:
    if digits is None:
        return -1
    size = int(digits or "0") if len(digits) < 9 else MAX_ITEMS + 1
    bounded(size)
    return size


def _render(template: str, args: Sequence[TfValue]) -> str:
    """The format string with the known arguments put in. Raises EvaluationError for what does not fit."""
    pieces: list[str] = []
    highest = length = 0
    for part in _parse(template):
        if isinstance(part, _Verb):
            highest = max(highest, part.argument)
            if part.argument > len(args):
                raise EvaluationError(
                    f'not enough arguments for "{part.raw}" at {part.offset}: '
                    f"need index {part.argument} but have {len(args)} total"
                )
            pieces.append(_format(part, args[part.argument - 1]))
        else:
            pieces.append(part)
        length += len(pieces[-1])
        bounded(length)
    if highest < len(args):
        used = f"only {highest} used by format string" if highest else "no verbs in format string"
        raise EvaluationError(f"too many arguments; {used}")
    return "".join(pieces)


def _format(verb: _Verb, value: TfValue) -> str:
    try:
        if verb.mode == "v":
            return _pad(verb, _as_is(verb, value))
        if is_null(value):
            raise EvaluationError("null value cannot be formatted")
        if verb.mode == "t":
            return encode(to_bool(value))
        if verb.mode in "sq":
            return _string(verb, to_string(value))
        if verb.mode in "bdoxXeEfgG":
            return _number(verb, to_number(value))
    except EvaluationError as error:
        raise EvaluationError(f'unsupported value for "{verb.raw}" at {verb.offset}: {error}') from None
    raise EvaluationError(f'unsupported format verb "{verb.mode}" in "{verb.raw}" at offset {verb.offset}')


def _as_is(verb: _Verb, value: TfValue) -> str:
    if isinstance(value, Known) and "#" not in verb.flags:
        match value.value:
            case str() as text:
                return text
            case (int() | Decimal()) as amount if not isinstance(amount, bool):
                return _shortest(Decimal(amount), "e")
    return encode(value)


def _string(verb: _Verb, value: TfValue) -> str:
    text = value.value if isinstance(value, Known) and isinstance(value.value, str) else ""
    if verb.precision > 0:
        text = "".join(graphemes(text)[: verb.precision])
    return _pad(verb, encode_string(text) if verb.mode == "q" else text)


def _pad(verb: _Verb, text: str) -> str:
    missing = verb.width - len(graphemes(text))
    if missing <= 0:
        return text
    padding = ("0" if "0" in verb.flags else " ") * missing
    return text + padding if "-" in verb.flags else padding + text


def _number(verb: _Verb, value: TfValue) -> str:
    amount = value.value if isinstance(value, Known) else None
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        raise EvaluationError("a number is required")
    if verb.mode in "bdoxX":
        if not isinstance(amount, int):
            raise EvaluationError("an integer is required")
        digits = _digits(verb, abs(amount))
    else:
        digits = _decimal(verb, abs(Decimal(amount)))
    sign = "-" if amount < 0 else "+" if "+" in verb.flags else " " if " " in verb.flags else ""
    missing = verb.width - len(sign) - len(digits)
    if "-" in verb.flags:
        return sign + digits + " " * missing
    zeros = "0" in verb.flags and not (verb.mode in "bdoxX" and verb.precision >= 0)
    return sign + "0" * missing + digits if zeros else " " * missing + sign + digits


def _digits(verb: _Verb, amount: int) -> str:
    letter, prefix = _BASES.get(verb.mode, ("d", ""))
    digits = f"{amount:{letter}}".rjust(max(verb.precision, 0), "0")
    if verb.precision == 0 and amount == 0:
        digits = ""
    return prefix + digits if "#" in verb.flags else digits


def _decimal(verb: _Verb, amount: Decimal) -> str:
    with localcontext(arithmetic()) as context:
        context.prec = max(context.prec, verb.precision + abs(amount.adjusted()) + 2)
        precision = 6 if verb.precision < 0 else verb.precision
        if verb.mode == "f":
            return f"{amount:.{precision}f}"
        if verb.mode in "eE":
            return _exponent(f"{amount:.{precision}{verb.mode}}", verb.mode)
        if verb.precision < 0:
            return _shortest(amount, "e" if verb.mode == "g" else "E")
        rounded = Decimal(f"{amount:.{max(precision, 1) - 1}e}")
        return _shortest(rounded, "e" if verb.mode == "g" else "E", max(precision, 1))


def _shortest(amount: Decimal, letter: str, widest: int = 6) -> str:
    """As few digits as tell the number, with an exponent where that is below -4 or at least ``widest``."""
    amount = amount.normalize() if amount else Decimal(0)
    digits = len(amount.as_tuple().digits)
    if -4 <= amount.adjusted() < widest:
        return number_text(amount)
    return _exponent(f"{amount:.{digits - 1}{letter}}", letter)


def _exponent(text: str, letter: str) -> str:
    """The number with at least two digits in its exponent."""
    mantissa, _, exponent = text.partition(letter)
    return f"{mantissa}{letter}{exponent[0]}{exponent[1:].rjust(2, '0')}"


def _format_call(call: Call) -> TfValue:
    untold = _untold(call.args[1:])
    if untold is not None:
        return untold
    template = call.args[0]
    return derived_as("string", template) if isinstance(template, Unknown) else _row(call.text(0), call.args[1:])


def _untold(args: Sequence[TfValue]) -> Unknown | None:
    """What comes of a null among the arguments: a text where the null has a type, which is not followed, else unknown
    for ever.
    """
    return Unknown(Why.UNSUPPORTED) if any(map(is_null, args)) else None


def _formatlist(call: Call) -> TfValue:
    template, args = call.text(0), call.args[1:]
    untold = _untold(args)
    if untold is not None:
        return untold
    for arg in args:
        if isinstance(arg, Unknown) and not is_scalar(arg):
            return derived(arg)
        open_set = unknown_length(arg)
        if open_set is not None:
            return derived(open_set)
    columns = {
        index: call.items(index + 1)
        for index, arg in enumerate(args)
        if isinstance(arg, Known) and isinstance(arg.value, tuple | TfSet)
    }
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise ArgumentError(len(args), "the lists have inconsistent lengths")
    rows = range(lengths.pop()) if lengths else range(1)
    bounded(len(rows) * len(template))
    return Known(
        TfList(_row(template, [columns[i][row] if i in columns else arg for i, arg in enumerate(args)]) for row in rows)
    )


def _row(template: str, args: Sequence[TfValue]) -> TfValue:
    for arg in args:
        unknown = first_unknown(arg)
        if unknown is not None:
            same = template in ("%s", "%v") and arg is unknown and len(args) == 1
            return to_string(arg) if same else text_from(unknown, template.partition("%")[0])
    return Known(_render(template, args))


_ARGS = Param("args", nullable=True, unknown=True)

FUNCTIONS = {
    "format": Function(_format_call, (Param("format", STRING, unknown=True),), _ARGS, partial=True),
    "formatlist": Function(_formatlist, (Param("format", STRING),), _ARGS, partial=True),
}
