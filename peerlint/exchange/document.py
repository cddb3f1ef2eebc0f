"""The file that one repository's part of a network is written to: a JSON document with a version."""

from __future__ import annotations

import re

import msgspec

from peerlint import filesystem
from peerlint.encodings import encoding_of
from peerlint.exchange.tables import Tables
from peerlint.network.values import Span

FORMAT = "peerlint-network"
VERSION = 1
"""Raised when the document, and not only what the tables hold, is another one."""

MAX_SIZE = 256 << 20
"""Bytes; a larger file is PL901. A thousand peerings with their routes have about a megabyte."""

NAME = re.compile(r"(?!\.{1,2}(?:/|\Z))[\w.@+-]+(?:/(?!\.{1,2}(?:/|\Z))[\w.@+-]+)*")
"""What a repository may be called: a path of names, such as ``acme/network``, that leads nowhere else."""

Text = str | list[str]
"""A text; where the repository's directory is named in it, the parts around its names."""


class DocumentError(Exception):
    """A file that is no document of this version of peerlint; ``at`` is the place of the mistake."""

    def __init__(self, message: str, at: Span) -> None:
        """A mistake at its place."""
        super().__init__(message)
        self.at = at


class Header(msgspec.Struct):
    """What tells whether the rest can be read."""

    format: str = ""
    version: int = 0
    peerlint: str = ""
    model: str = ""


class Document(msgspec.Struct):
    """The part of the network that is declared in the repository called ``name``.

    ``model`` is the digest of the kinds of value that the tables hold. ``files`` are relative to the repository,
    ``digests`` those of the content of each, empty for one that was not read. ``failures`` are the bugs that were met
    while reading, and in which file. The rest is :class:`Tables`.
    """

    format: str
    version: int
    peerlint: str
    model: str
    name: str
    files: list[str]
    digests: list[str]
    texts: list[Text]
    places: list[int]
    things: list[list[object]]
    fragments: list[int]
    failures: list[tuple[Text, str]]

    def tables(self) -> Tables:
        """The tables, as they are on this machine: every path begins with the name of the repository."""
        files = [f"{self.name}/{file}" for file in self.files]
        texts = [text if isinstance(text, str) else self.name.join(text) for text in self.texts]
        return Tables(files, texts, self.places, self.things, self.fragments)


_DECODER = msgspec.json.Decoder(Document)
_HEADER = msgspec.json.Decoder(Header)
_BYTE = re.compile(r" \(byte (\d+)\)")


def encode_document(document: Document) -> bytes:
    """The bytes of a document, with a final line end."""
    return msgspec.json.encode(document) + b"\n"


def read_document(path: str, model: str) -> Document:
    """The document in a file, where its tables hold the kinds of value of a model. Raises DocumentError."""
    data = _data(path)
    try:
        _checked(_HEADER.decode(data), model, path)
        document = _DECODER.decode(data)
    except msgspec.ValidationError as error:
        raise DocumentError(f"not as `peerlint export` writes it: {error}", start_of(path)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(str(error), data, path) from None
    except RecursionError:
        raise DocumentError("nested too deeply", start_of(path)) from None
    if not NAME.fullmatch(document.name):
        raise DocumentError(f"{document.name[:40]!r} is no name of a repository", start_of(path))
    if len(document.digests) != len(document.files):
        raise DocumentError("not as `peerlint export` writes it: a file has no digest", start_of(path))
    return document


def _checked(header: Header, model: str, path: str) -> None:
    if header.format != FORMAT:
        raise DocumentError(f"its format is {header.format[:40]!r}, not {FORMAT!r}", start_of(path))
    if header.version != VERSION or header.model != model:
        message = f"peerlint {header.peerlint[:20]} wrote it in a form that this version does not read"
        raise DocumentError(f"{message}: export it again with this version", start_of(path))


def _data(path: str) -> bytes:
    try:
        data = filesystem.read(path, MAX_SIZE + 1)
    except OSError as error:
        raise DocumentError(f"{error.strerror}", start_of(path)) from None
    if len(data) > MAX_SIZE:
        raise DocumentError(f"larger than {MAX_SIZE >> 20} MiB", start_of(path))
    encoding = encoding_of(data)
    return data if encoding == "utf-8" else data.decode(encoding, errors="replace").encode(errors="replace")


def _malformed(message: str, data: bytes, path: str) -> DocumentError:
    found = _BYTE.search(message)
    offset = int(found[1]) if found is not None else len(data.rstrip())
    before = data[:offset].decode(errors="replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    reason = "it ends too early" if found is None else _BYTE.sub("", message).removeprefix("JSON is malformed: ")
    return DocumentError(f"not JSON: {reason}", Span(path, line, column, line, column + 1))


def start_of(path: str) -> Span:
    """The beginning of a file."""
    return Span(path, 1, 1, 1, 1)
