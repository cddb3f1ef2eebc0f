"""The parse tables of a grammar: making them takes seconds, so they come with peerlint, or are kept for later runs.

The ones that come with peerlint fit one release of python-hcl2 and of lark. lark would keep tables itself, but as a
pickle, which runs what it holds, and beside its own code, where not everybody may write.
"""

from __future__ import annotations

import gzip
import os
import zlib
from hashlib import sha256

import lark
import msgspec
from lark import Lark
from lark.lark import PostLex
from msgspec import Struct

from peerlint.cache.store import Store, default_folder
from peerlint.terraform import lalr

SHIPPED = os.path.join(os.path.dirname(__file__), "tables.msgpack.gz")
KIND = "tables-3"
"""Changes with the format of what is kept."""


def parser(grammar: str, postlex: PostLex) -> Lark:
    """The LALR parser of a grammar in lark's language; the places of what it finds are those of the tokens."""
    digest = _digest(grammar)
    found = _loaded(_shipped(), digest, postlex)
    if found is not None:
        return found
    store = Store(default_folder())
    found = _loaded(store.get(KIND, digest), digest, postlex)
    if found is not None:
        return found
    made = _made(grammar, postlex)
    store.put(KIND, digest, _encoded(made, digest))
    return made


def ship(grammar: str, postlex: PostLex) -> None:
    """Write the tables that come with peerlint."""
    with open(SHIPPED, "wb") as file:
        file.write(_encoded(_made(grammar, postlex), _digest(grammar)))


def _digest(grammar: str) -> str:
    return sha256(f"{lark.__version__}\n{grammar}".encode()).hexdigest()


def _made(grammar: str, postlex: PostLex) -> Lark:
    return Lark(grammar, parser="lalr", propagate_positions=False, postlex=postlex)


class _Kept(Struct, array_like=True, frozen=True):
    digest: str
    tables: lalr.Tables


def _encoded(parser: Lark, digest: str) -> bytes:
    """The tables of a parser as compressed MessagePack, under the digest of what they were made from."""
    return gzip.compress(msgspec.msgpack.encode(_Kept(digest, lalr.tables_of(parser))), mtime=0)


def _shipped() -> bytes | None:
    try:
        with open(SHIPPED, "rb") as file:
            return file.read()
    except OSError:
        return None


def _loaded(content: bytes | None, digest: str, postlex: PostLex) -> Lark | None:
    """The parser with these tables; ``None`` where they are others, or damaged."""
    if content is None:
        return None
    try:
        kept = msgspec.msgpack.decode(gzip.decompress(content), type=_Kept)
        return lalr.parser_of(kept.tables, postlex) if kept.digest == digest else None
    except (OSError, EOFError, zlib.error, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
