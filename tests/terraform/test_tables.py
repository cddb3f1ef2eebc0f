"""The parse tables that come with peerlint, and those that are kept where they do not fit."""

from __future__ import annotations

import gzip
import pickle
from pathlib import Path

import msgspec
import pytest
from hcl2.postlexer import OPERATOR_TYPES
from lark import Lark

from peerlint.terraform import tables
from peerlint.terraform.grammar import JOINED, Newlines, corrected

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
SMALL = 'start: "a" ("b" | "c")*\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No tables come with peerlint, and what is kept is kept here."""
    monkeypatch.setattr(tables, "SHIPPED", str(tmp_path / "none"))
    monkeypatch.setenv("PEERLINT_CACHE_DIR", str(tmp_path / "kept"))
    return tmp_path / "kept"


def _unbuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, whoever makes tables fails."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("tables are made")

    monkeypatch.setattr(Lark, "__init__", refused)


def test_the_tables_that_come_with_peerlint_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where this fails, the installed python-hcl2 or lark is another one: `make tables` writes them anew."""
    _unbuilt(monkeypatch)
    assert tables.parser(corrected(), Newlines()).parse("a = 1\n").data == "start"


def test_they_parse_as_tables_do_that_are_made_of_the_grammar(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tables.parser(corrected(), Newlines())
    monkeypatch.undo()
    shipped = tables.parser(corrected(), Newlines())
    texts = [path.read_text() + "\n" for path in sorted(FIXTURES.glob("*/*/*.tf"))[::12]]
    assert len(texts) > 20
    assert [shipped.parse(text) for text in texts] == [made.parse(text) for text in texts]


def test_what_had_to_be_made_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = tables.parser(SMALL, Newlines()).parse("abc")
    _unbuilt(monkeypatch)
    assert tables.parser(SMALL, Newlines()).parse("abc") == first
    with pytest.raises(AssertionError):
        tables.parser(SMALL.replace("c", "d"), Newlines())


def test_a_newline_is_joined_to_the_operators_that_python_hcl2_joins_it_to() -> None:
    assert {*OPERATOR_TYPES, "FOR_OBJECT_ARROW"} == JOINED


class _Trap:
    def __reduce__(self) -> tuple[object, ...]:
        return exec, ("raise SystemExit('it was executed')",)


def _of_another_grammar(content: bytes) -> bytes:
    kept = msgspec.msgpack.decode(gzip.decompress(content))
    digest, (_, *others) = kept
    return gzip.compress(msgspec.msgpack.encode([digest, [{"rules": []}, *others]]))


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-9],
        lambda content: pickle.dumps(_Trap()),
        lambda content: gzip.compress(pickle.dumps(_Trap())),
        lambda content: gzip.compress(b"\x91" * 100_000),
        lambda content: gzip.compress(b'{"digest": 1}'),
        _of_another_grammar,
    ],
    ids=["empty", "cut off", "a pickle", "a packed pickle", "nested without end", "another shape", "no rules"],
)
def test_what_is_damaged_is_made_anew_and_nothing_in_it_is_executed(damage: object, folder: Path) -> None:
    assert callable(damage)
    first = tables.parser(SMALL, Newlines()).parse("ab")
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    path.write_bytes(damage(path.read_bytes()))
    assert tables.parser(SMALL, Newlines()).parse("ab") == first
