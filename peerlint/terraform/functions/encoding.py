"""Functions that encode and decode: Base64, JSON, YAML, CSV, URLs."""

from __future__ import annotations

import base64
import binascii
import csv
import zlib
from collections.abc import Callable
from urllib.parse import quote_plus, unquote_to_bytes

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.functions import json_text, yaml_reader
from peerlint.terraform.functions.signature import MAX_ITEMS, ArgumentError, Call, Function, Param, TooLarge
from peerlint.terraform.refinements import text_from
from peerlint.terraform.types import STRING
from peerlint.terraform.values import (
    EvaluationError,
    TfList,
    TfValue,
    first_unknown,
    is_present,
    make_object,
    primitive_of,
)


def _base64(call: Call, index: int = 0) -> bytes:
    text = call.text(index).replace("\r", "").replace("\n", "")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ArgumentError(index, f'failed to decode Base64 data "{text[:40]}"') from None


def _base64encode(call: Call) -> TfValue:
    return Known(base64.b64encode(call.text(0).encode()).decode())


def _base64decode(call: Call) -> TfValue:
    return Known(_utf8(_base64(call)))


def _utf8(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise ArgumentError(0, "the result of decoding the provided string is not valid UTF-8") from None


def _base64gzip(call: Call) -> TfValue:
    """Terraform's compressor writes other bytes than Python's."""
    return Unknown(Why.UNSUPPORTED)


def _base64gunzip(call: Call) -> TfValue:
    """OpenTofu's ``base64gunzip``."""
    try:
        stream = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        content = stream.decompress(_base64(call), MAX_ITEMS)
    except zlib.error:
        raise ArgumentError(0, "failed to gunzip bytes") from None
    if stream.unconsumed_tail:
        raise TooLarge(f"makes a text of more than {MAX_ITEMS:,} characters")
    if not stream.eof:
        raise ArgumentError(0, "failed to gunzip bytes: unexpected end")
    return Known(_utf8(content))


def _codec(name: str) -> str:
    import codecs

    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise ArgumentError(1, f'"{name}" is not a supported IANA encoding name or alias') from None


def _textencodebase64(call: Call) -> TfValue:
    try:
        return Known(base64.b64encode(call.text(0).encode(_codec(call.text(1)))).decode())
    except UnicodeEncodeError:
        raise ArgumentError(0, "the given string contains characters that cannot be represented") from None


def _textdecodebase64(call: Call) -> TfValue:
    try:
        return Known(_base64(call).decode(_codec(call.text(1))))
    except UnicodeDecodeError:
        raise ArgumentError(0, "the given string contains symbols that are not defined for the encoding") from None


def _urlencode(call: Call) -> TfValue:
    return Known(quote_plus(call.text(0), safe="~"))


def _urldecode(call: Call) -> TfValue:
    """OpenTofu's ``urldecode``."""
    return Known(_utf8(unquote_to_bytes(call.text(0).replace("+", " "))))


def _csvdecode(call: Call) -> TfValue:
    lines = call.text(0).splitlines(keepends=True)
    try:
        header, *rows = [row for row in csv.reader(lines, strict=True) if row]
    except csv.Error as error:
        raise EvaluationError(f"CSV parse error: {error}") from None
    except ValueError:
        raise EvaluationError("missing header line") from None
    if len(set(header)) < len(header):
        raise EvaluationError("duplicate column name")
    if any(len(row) != len(header) for row in rows):
        raise EvaluationError("CSV parse error: wrong number of fields")
    cells = [{name: Known(text) for name, text in zip(header, row, strict=True)} for row in rows]
    return Known(TfList(Known(make_object(cell)) for cell in cells))


def _jsonencode(call: Call) -> TfValue:
    value = call.args[0]
    unknown = first_unknown(value)
    return Known(json_text.encode(value)) if unknown is None else text_from(unknown, _json_opening(value))


def _json_opening(value: TfValue) -> str:
    """The first character of the JSON of a value that is known in part."""
    match value:
        case Unknown():
            return '"' if primitive_of(value) == "string" and is_present(value) else ""
        case Known(value=dict()):
            return "{"
        case _:
            return "["


def _reader(decode: Callable[[str], TfValue]) -> Callable[[Call], TfValue]:
    return lambda call: decode(call.text(0))


def _yamlencode(call: Call) -> TfValue:
    from peerlint.terraform.functions import yaml_writer  # its patterns take longer to make than most modules

    return Known(yaml_writer.encode(call.args[0]))


_STR = Param("str", STRING)
_ENCODING = Param("encoding", STRING)

FUNCTIONS = {
    "base64decode": Function(_base64decode, (_STR,)),
    "base64encode": Function(_base64encode, (_STR,)),
    "base64gunzip": Function(_base64gunzip, (_STR,)),
    "base64gzip": Function(_base64gzip, (_STR,)),
    "csvdecode": Function(_csvdecode, (_STR,)),
    "jsondecode": Function(_reader(json_text.decode), (_STR,)),
    "jsonencode": Function(_jsonencode, (Param("val", nullable=True, unknown=True),), partial=True),
    "textdecodebase64": Function(_textdecodebase64, (Param("source", STRING), _ENCODING)),
    "textencodebase64": Function(_textencodebase64, (Param("string", STRING), _ENCODING)),
    "urldecode": Function(_urldecode, (_STR,)),
    "urlencode": Function(_urlencode, (_STR,)),
    "yamldecode": Function(_reader(yaml_reader.decode), (Param("src", STRING),)),
    "yamlencode": Function(_yamlencode, (Param("value", nullable=True),)),
}
