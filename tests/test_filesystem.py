"""What a run sees of the file system: all of it goes through one place, and is asked again as it was asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from peerlint import filesystem
from peerlint.filesystem import Entry, Kind, Look

FIXTURES = Path(__file__).parent.parent / "fixtures"

AUDITED = """
import json, os, sys
watched = [os.path.realpath(path) for path in sys.argv[1:]]
opened = set()
def hook(event, args):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(args[0], str):
        path = os.path.abspath(args[0])
        if any(path == top or path.startswith(top + os.sep) for top in watched):
            opened.add((event, path))
sys.addaudithook(hook)
from peerlint import filesystem
from peerlint.cli import cli
try:
    cli.main(["check", *sys.argv[1:]], standalone_mode=False)
except SystemExit:
    pass
seen = filesystem.seen()
told = [(look, os.path.abspath(path)) for look, path, _ in seen]
print("\\n" + json.dumps({"opened": sorted(opened), "told": told}))
"""


def test_a_run_opens_and_lists_nothing_that_is_not_remembered() -> None:
    folders = [str(FIXTURES / "scenarios")]
    ran = subprocess.run([sys.executable, "-c", AUDITED, *folders], capture_output=True, text=True, check=True)
    found = json.loads(ran.stdout.splitlines()[-1])
    told = {tuple(each) for each in found["told"]}
    opened = [(event, path) for event, path in found["opened"] if "__pycache__" not in path]
    assert len(opened) > 100
    asked = {"open": Look.CONTENT, "os.listdir": Look.ENTRIES, "os.scandir": Look.ENTRIES}
    assert [(event, path) for event, path in opened if (asked[event], path) not in told] == []


@pytest.fixture(autouse=True)
def _as_in_a_new_process() -> None:
    filesystem.forget()


def _estate(top: Path) -> None:
    (top / "below").mkdir()
    (top / "main.tf").write_text("a = 1\n")
    (top / "link").symlink_to("main.tf")


ASKED: list[tuple[Look, str, Callable[[str], object]]] = [
    (Look.CONTENT, "main.tf", filesystem.read),
    (Look.CONTENT, "gone.tf", filesystem.read),
    (Look.ENTRIES, "gone", filesystem.names),
    (Look.KIND, "main.tf", filesystem.kind),
    (Look.KIND, "gone.tf", filesystem.exists),
    (Look.IS_LINK, "link", filesystem.is_link),
    (Look.TARGET, "link", filesystem.target),
    (Look.SIZE, "main.tf", filesystem.size),
    (Look.READABLE, "main.tf", filesystem.is_readable),
    (Look.ENTRIES, ".", filesystem.entries),
]

CHANGES: dict[str, Callable[[Path], object]] = {
    "content": lambda top: (top / "main.tf").write_text("a = 22\n"),
    "new file": lambda top: (top / "gone.tf").write_text(""),
    "new folder": lambda top: (top / "gone").mkdir(),
    "file removed": lambda top: (top / "main.tf").unlink(),
    "link replaced": lambda top: (top / "main.tf").replace(top / "link"),
}

NOTICED = {
    "content": {"read main.tf", "size main.tf"},
    "new file": {"read gone.tf", "entries .", "exists gone.tf"},
    "new folder": {"names gone", "entries ."},
    "file removed": {"read main.tf", "entries .", "kind main.tf", "size main.tf", "is_readable main.tf"},
    "link replaced": {
        "read main.tf",
        "entries .",
        "kind main.tf",
        "is_link link",
        "target link",
        "size main.tf",
        "is_readable main.tf",
    },
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_noticed_and_nothing_else(change: str, tmp_path: Path) -> None:
    _estate(tmp_path)
    asked = {}
    for look, name, ask in ASKED:
        path = str(tmp_path / name)
        with suppress(OSError):
            ask(path)
        seen = filesystem.seen()
        assert seen is not None
        sight = (look, path, -1 if look is Look.CONTENT else 0)
        asked[f"{ask.__name__} {name}"] = (sight, seen[sight])
    assert all(filesystem.still_holds(sight, answer) for sight, answer in asked.values())
    CHANGES[change](tmp_path)
    assert {name for name, (sight, answer) in asked.items() if not filesystem.still_holds(sight, answer)} == NOTICED[
        change
    ]


def test_only_as_much_is_read_as_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(b"0123456789")
    assert filesystem.read(str(path), 4) == b"0123"
    seen = filesystem.seen()
    assert seen is not None
    sight = (Look.CONTENT, str(path), 4)
    path.write_bytes(b"0123and the rest is another")
    assert filesystem.still_holds(sight, seen[sight])


def test_a_process_in_which_an_answer_changes_has_nothing_to_be_kept(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from peerlint import filesystem
path = Path({str(tmp_path / "a")!r})
path.write_text("1")
filesystem.read(str(path))
first = filesystem.seen() is not None
path.write_text("2")
filesystem.read(str(path))
print(first, filesystem.seen())
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "None"]


def test_the_walk_is_that_of_the_system(tmp_path: Path) -> None:
    for name in ("b/c", "a", "b/a"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "b/c/file.tf").write_text("")
    (tmp_path / "a/link").symlink_to(tmp_path / "b")
    (tmp_path / "a/broken").symlink_to(tmp_path / "nowhere")
    theirs = [(place, sorted(below), sorted(names)) for place, below, names in os.walk(tmp_path)]
    assert sorted(filesystem.walk(str(tmp_path))) == sorted(theirs)
    assert filesystem.entries(str(tmp_path / "a")) == [
        Entry("broken", Kind.NOTHING, True),
        Entry("link", Kind.DIRECTORY, True),
    ]


def test_what_can_not_be_listed_is_told(tmp_path: Path) -> None:
    told: list[OSError] = []
    assert list(filesystem.walk(str(tmp_path / "gone"), told.append)) == []
    assert [error.filename for error in told] == [str(tmp_path / "gone")]


def test_a_fifo_and_an_impossible_path_are_neither_file_nor_directory(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert filesystem.kind(str(tmp_path / "fifo")) is Kind.OTHER
    assert filesystem.kind("a\0b") is Kind.NOTHING


def test_what_a_listing_tells_is_not_asked_again(tmp_path: Path) -> None:
    _estate(tmp_path)
    filesystem.entries(str(tmp_path))
    path = str(tmp_path / "link")
    assert (filesystem.kind(path), filesystem.is_link(path)) == (Kind.FILE, True)
    seen = filesystem.seen()
    assert seen is not None
    assert [look for look, about, _ in seen if about == path] == []


def test_a_pipe_is_not_read_and_a_directory_is_said_to_be_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(OSError, match="not a regular file"):
        filesystem.read(str(tmp_path / "fifo"))
    with pytest.raises(IsADirectoryError):
        filesystem.read(str(tmp_path))
