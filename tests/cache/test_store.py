"""The folder of files that are kept: bounded, and never in the way."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from peerlint.cache.store import MAX_ENTRY, Store, default_folder

DIGEST = "ab" * 32


def _kept(store: Store) -> set[str]:
    return {path.name for path in Path(store.folder).rglob("*") if path.is_file()}


def test_what_is_put_is_got(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "kept"))
    assert store.get("a", DIGEST) is None
    store.put("a", DIGEST, b"one")
    assert store.get("a", DIGEST) == b"one"
    assert store.get("b", DIGEST) is None
    store.put("a", DIGEST, b"two")
    assert store.get("a", DIGEST) == b"two"


def test_nobody_else_may_look(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "kept"))
    store.put("a", DIGEST, b"one")
    for path in (tmp_path / "kept").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700


def test_a_folder_that_others_may_write_to_is_not_used(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "kept"))
    store.put("a", DIGEST, b"one")
    os.chmod(store.folder, 0o777)
    assert store.get("a", DIGEST) is None
    store.put("a", "cd" * 32, b"two")
    assert _kept(store) == {DIGEST}


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "kept"))
    store.put("a", DIGEST, b"one")
    path = Path(store.folder) / "a" / "ab" / DIGEST
    path.unlink()
    (tmp_path / "elsewhere").write_bytes(b"three")
    path.symlink_to(tmp_path / "elsewhere")
    assert store.get("a", DIGEST) is None
    store.put("a", DIGEST, b"four")
    assert (tmp_path / "elsewhere").read_bytes() == b"three"
    assert store.get("a", DIGEST) == b"four"
    path.unlink()
    os.mkfifo(path)
    assert store.get("a", DIGEST) is None


def test_the_longest_unused_files_make_room(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "kept"), most=100)
    names = [f"{number:02d}" * 32 for number in range(6)]
    for age, name in enumerate(names[:5]):
        store.put("a", name, b"x" * 20)
        os.utime(Path(store.folder) / "a" / name[:2] / name, (1_000_000 + age, 1_000_000 + age))
    assert store.get("a", names[0]) == b"x" * 20
    store.put("a", names[5], b"x" * 40)
    assert _kept(store) == {names[0], names[3], names[4], names[5]}


def test_what_is_too_large_is_not_kept(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "kept"))
    store.put("a", DIGEST, b"x" * (MAX_ENTRY + 1))
    assert _kept(store) == set()


def test_clearing_leaves_nothing_and_says_how_much_it_was(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "kept"))
    assert store.clear() == 0
    store.put("a", DIGEST, b"12345")
    store.put("b", DIGEST, b"678")
    assert store.clear() == 8
    assert store.get("a", DIGEST) is None


def test_the_folder_is_the_user_s_unless_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PEERLINT_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == str(tmp_path / "peerlint")
    monkeypatch.setenv("PEERLINT_CACHE_DIR", str(tmp_path / "other"))
    assert default_folder() == str(tmp_path / "other")
