"""Fragments → the bytes of a file that says the same of them on any machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from msgspec import Struct

from peerlint import __version__, filesystem
from peerlint.engine import Crash
from peerlint.exchange.document import FORMAT, VERSION, Document, encode_document
from peerlint.exchange.encode import encode
from peerlint.exchange.model import model
from peerlint.exchange.relocation import Relocation
from peerlint.network.model import Directive, Fragment
from peerlint.records import replace
from peerlint.suppress import directives


class Repository(Struct, frozen=True):
    """What is exported: its absolute directory, and what it is called elsewhere.

    Suppressions are looked for in files of at most ``max_size`` bytes.
    """

    directory: str
    name: str
    max_size: int


def exported(fragments: Iterable[Fragment], crashes: Iterable[Crash], repository: Repository) -> bytes:
    """The file of what a repository declares, the same for the same input.

    ``crashes`` are the bugs that were met while reading.
    """
    tables = encode(_with_directives(fragments, repository.max_size))
    relocation = Relocation(repository.directory, tables.files)
    document = Document(
        format=FORMAT,
        version=VERSION,
        peerlint=__version__,
        model=model().digest,
        name=repository.name,
        files=[relocation.file(file) for file in tables.files],
        digests=[_digest(file) for file in tables.files],
        texts=[relocation.text(text) for text in tables.texts],
        places=tables.places,
        things=tables.things,
        fragments=tables.fragments,
        failures=[(relocation.text(met.message), relocation.file(met.at.file)) for met in crashes],
    )
    return encode_document(document)


def _with_directives(fragments: Iterable[Fragment], max_size: int) -> Iterator[Fragment]:
    """The fragments with the suppressions of their files, each with the first fragment that was read from its file."""
    told: set[str] = set()
    for fragment in fragments:
        files = [file for file in dict.fromkeys(fragment.files) if file not in told]
        told.update(files)
        found: Sequence[Directive] = [one for file in files for one in directives(file, max_size)]
        yield replace(fragment, directives=tuple(found)) if found else fragment


def _digest(file: str) -> str:
    """Tells one content of a file from another; empty where it cannot be read."""
    try:
        return sha256(filesystem.read(file)).hexdigest()[:32]
    except (OSError, ValueError):
        return ""
