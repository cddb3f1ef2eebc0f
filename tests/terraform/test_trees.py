"""Expressions are parsed once: those that are written alike have one tree, in a run and from one run to the next."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from peerlint.cache.store import Store
from peerlint.terraform.ast import Expr, Unreadable
from peerlint.terraform.syntax import parse_expression
from peerlint.terraform.trees import Trees

NAMES = '[for name in var.names : "${name}-vpc"]'
MERGED = "merge(local.tags, {\n  Name = var.name\n})"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "kept"))


def _parsed(text: str, line: int = 1, column: int = 1) -> Expr:
    return parse_expression(text, "main.tf", line, column)


def _opened(store: Store | None, project: str = "/src/network") -> Trees:
    trees = Trees()
    trees.open(store, project)
    return trees


def _saved(store: Store, *texts: str, project: str = "/src/network") -> None:
    trees = _opened(store, project)
    for text in texts:
        trees.add(text, parse_expression(text, "elsewhere.tf", 9, 30), 9, 30)
    trees.save()


@pytest.mark.parametrize("text", [NAMES, MERGED])
def test_an_expression_is_found_by_its_text_in_a_later_run(text: str, store: Store) -> None:
    _saved(store, NAMES, MERGED)
    assert _opened(store).find(text, "main.tf", 4, 12) == _parsed(text, 4, 12)


def test_one_that_is_written_otherwise_is_not_found(store: Store) -> None:
    _saved(store, NAMES)
    assert _opened(store).find(NAMES.replace("vpc", "net"), "main.tf", 1, 1) is None


def test_a_project_is_the_same_wherever_it_is_checked_out_and_another_one_is_not(store: Store) -> None:
    _saved(store, NAMES)
    assert _opened(store, "/builds/7/network").find(NAMES, "main.tf", 1, 1) == _parsed(NAMES)
    assert _opened(store, "/src/shop").find(NAMES, "main.tf", 1, 1) is None


def test_what_a_run_does_not_meet_is_still_there_for_the_next(store: Store) -> None:
    _saved(store, NAMES)
    _saved(store, MERGED)
    assert _opened(store).find(NAMES, "main.tf", 1, 1) == _parsed(NAMES)


def test_without_a_store_a_run_has_its_own_trees() -> None:
    trees = _opened(None)
    assert trees.find(NAMES, "main.tf", 1, 1) is None
    trees.add(NAMES, _parsed(NAMES), 1, 1)
    assert trees.find(NAMES, "main.tf", 2, 5) == _parsed(NAMES, 2, 5)
    trees.save()


def test_what_cannot_be_read_is_read_again(store: Store) -> None:
    trees = _opened(store)
    trees.add("a b", Unreadable("a b", "unexpected 'b'", _parsed("a").span), 1, 1)
    assert trees.find("a b", "main.tf", 1, 1) is None


def _file(store: Store) -> Path:
    (path,) = (path for path in Path(store.folder).rglob("*") if path.is_file())
    return path


@pytest.mark.parametrize(
    "content",
    [b"", b"\xc1", msgspec.msgpack.encode([1]), msgspec.msgpack.encode({"a": 1}), b"\x91" * 50_000],
    ids=["empty", "no msgpack", "a list", "another expression", "nested without end"],
)
def test_damaged_trees_are_made_anew(content: bytes, store: Store) -> None:
    _saved(store, NAMES)
    _file(store).write_bytes(content)
    assert _opened(store).find(NAMES, "main.tf", 1, 1) is None


@pytest.mark.parametrize("other", [None, [], ["z", [0, 1, 0, 1]], {"a": 1}])
def test_a_tree_that_is_none_is_made_anew(other: object, store: Store) -> None:
    _saved(store, NAMES)
    path = _file(store)
    path.write_bytes(msgspec.msgpack.encode(dict.fromkeys(msgspec.msgpack.decode(path.read_bytes()), other)))
    assert _opened(store).find(NAMES, "main.tf", 1, 1) is None
