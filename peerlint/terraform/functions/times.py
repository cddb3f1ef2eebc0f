"""Functions on RFC 3339 timestamps."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from peerlint.network.values import Known
from peerlint.terraform.functions.signature import ArgumentError, Call, Function, Param
from peerlint.terraform.types import STRING
from peerlint.terraform.values import EvaluationError, TfValue

_TIMESTAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII)
_DURATION = re.compile(r"[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)", re.ASCII)
_DURATION_PART = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)", re.ASCII)
_NANOSECONDS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_FORMAT_TOKEN = re.compile(r"''|'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _parse(text: str, argument: int) -> tuple[datetime, int]:
    """The time to the second, in its own offset, and its nanoseconds."""
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        raise ArgumentError(argument, f'not a valid RFC3339 timestamp: "{text}"')
    year, month, day, hour, minute, second = (int(match[group]) for group in range(1, 7))
    try:
        zone = UTC
        if match[8]:
            hours, minutes = int(match[9]), int(match[10])
            if hours > 23 or minutes > 59:
                raise ValueError("the offset is out of range")
            zone = timezone((-1 if match[8] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
        moment = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError as error:
        raise ArgumentError(argument, f"not a valid RFC3339 timestamp: {error}") from None
    return moment, int((match[7] or "0")[:9].ljust(9, "0"))


def _duration(text: str) -> int:
    """The nanoseconds of a duration such as ``1h30m``."""
    if not _DURATION.fullmatch(text):
        raise EvaluationError(f'time: invalid duration "{text}"')
    total = sum(int(Decimal(amount) * _NANOSECONDS[unit]) for amount, unit in _DURATION_PART.findall(text))
    if total >= 1 << 63:
        raise EvaluationError(f'time: invalid duration "{text}"')
    return -total if text.startswith("-") else total


def _timeadd(call: Call) -> TfValue:
    moment, nanoseconds = _parse(call.text(0), 0)
    seconds = (nanoseconds + _duration(call.text(1))) // 10**9
    try:
        return Known(_rfc3339(moment + timedelta(seconds=seconds)))
    except OverflowError:
        raise EvaluationError("the year is out of range") from None


def _rfc3339(moment: datetime) -> str:
    return moment.strftime(f"{moment.year:04d}-%m-%dT%H:%M:%S") + _zone(moment, "Z", ":")


_YAML_TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:([Tt ])(\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)


def yaml_timestamp(text: str) -> str | None:
    """The RFC 3339 form of what an unquoted YAML scalar writes as a date or time; ``None`` where it is neither."""
    match = _YAML_TIMESTAMP.fullmatch(text)
    if match is None or (match[4] is not None and (match[4] == " ") != (match[8] is None)):
        return None
    date, clock = (int(part) for part in match.group(1, 2, 3)), (int(part or "0") for part in match.group(5, 6, 7))
    year, month, day = date
    hour, minute, second = clock
    canonical = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{match[8] or 'Z'}"
    try:
        return _rfc3339(_parse(canonical, 0)[0])
    except EvaluationError:
        return None


def _zone(moment: datetime, utc: str, colon: str) -> str:
    offset = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    if offset == 0 and utc:
        return utc
    return f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}{colon}{abs(offset) % 60:02d}"


def _timecmp(call: Call) -> TfValue:
    left, right = _parse(call.text(0), 0), _parse(call.text(1), 1)
    return Known((left > right) - (left < right))


def _formatdate(call: Call) -> TfValue:
    moment, _ = _parse(call.text(1), 1)
    return Known("".join(_token(match[0], moment) for match in _FORMAT_TOKEN.finditer(call.text(0))))


def _token(token: str, moment: datetime) -> str:
    if token.startswith("'"):
        if len(token) == 1:
            raise ArgumentError(0, "unterminated literal '")
        return "'" if token == "''" else token[1:-1].replace("''", "'")
    if not token[0].isalpha() or not token.isascii():
        return token
    forms = _forms(moment).get(token[0], {})
    if len(token) not in forms:
        raise ArgumentError(0, f'invalid date format verb "{token}"')
    return forms[len(token)]


def _forms(moment: datetime) -> dict[str, dict[int, str]]:
    """What each letter means by how often it is repeated."""
    month, day, half = _MONTHS[moment.month - 1], _DAYS[moment.weekday()], "PM" if moment.hour >= 12 else "AM"
    clock = moment.hour % 12 or 12
    return {
        "Y": {2: f"{moment.year % 100:02d}", 4: f"{moment.year:04d}"},
        "M": {1: str(moment.month), 2: f"{moment.month:02d}", 3: month[:3], 4: month},
        "D": {1: str(moment.day), 2: f"{moment.day:02d}"},
        "E": {3: day[:3], 4: day},
        "h": {1: str(moment.hour), 2: f"{moment.hour:02d}"},
        "H": {1: str(clock), 2: f"{clock:02d}"},
        "A": {2: half},
        "a": {2: half.lower()},
        "m": {1: str(moment.minute), 2: f"{moment.minute:02d}"},
        "s": {1: str(moment.second), 2: f"{moment.second:02d}"},
        "Z": {
            1: _zone(moment, "Z", ":"),
            3: _zone(moment, "UTC", ""),
            4: _zone(moment, "", ""),
            5: _zone(moment, "", ":"),
        },
    }


FUNCTIONS = {
    "formatdate": Function(_formatdate, (Param("format", STRING), Param("time", STRING))),
    "timeadd": Function(_timeadd, (Param("timestamp", STRING), Param("duration", STRING))),
    "timecmp": Function(_timecmp, (Param("timestamp_a", STRING), Param("timestamp_b", STRING))),
}
