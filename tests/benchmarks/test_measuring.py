"""What the harness counts of a run, and in which order the commands take turns."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.commands import Command, Home
from benchmarks.evidence import Reading, files_read
from benchmarks.rounds import Costs, Failed, measured
from benchmarks.studies import Comparison, Study
from benchmarks.timing import timed

ROOT = Path(__file__).parent.parent.parent
HOLDS_64_MIB = "held = b'x' * 2**26"
FINISHED = frozenset({0})


def _python(name: str, code: str, home: Home = Home.KEPT) -> Command:
    return Command(name, (sys.executable, "-c", code), FINISHED, home)


def test_memory_and_cpu_time_are_those_of_descendants_too(tmp_path: Path) -> None:
    """In a process of its own, as what is timed starts with the memory of the one that starts it."""
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLDS_64_MIB!r}])"
    harness = (
        "import os, sys; from pathlib import Path; from benchmarks.timing import timed\n"
        "for code in sys.argv[1:]:\n"
        "    cost = timed((sys.executable, '-c', code), Path(), os.environ).cost\n"
        "    print(cost.memory, cost.cpu, cost.wall)\n"
    )
    command = [sys.executable, "-c", harness, "import subprocess", child]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    alone, parent = (list(map(float, line.split())) for line in done.stdout.splitlines())
    assert parent[0] > 2**26 > alone[0]
    assert all(quantity > 0 for quantity in (*alone, *parent))


def test_a_run_is_its_exit_code_and_the_end_of_what_it_complained_of(tmp_path: Path) -> None:
    code = "import sys; sys.stderr.write('a' * 5000 + 'no such folder'); sys.exit(7)"
    ended = timed((sys.executable, "-c", code), tmp_path, os.environ)
    assert (ended.code, ended.said) == (7, "a" * (2000 - len("no such folder")) + "no such folder")


def test_files_are_counted_as_read_where_they_were(tmp_path: Path) -> None:
    files = [tmp_path / "a.tf", tmp_path / "b.tf", tmp_path / "c.tf"]
    for file in files:
        file.write_text("locals {}\n")
    seen = files_read(files, lambda: (files[1].read_text(), files[2].stat(), os.listdir(tmp_path)))
    if seen is None:
        pytest.skip("this file system keeps no times of access")
    assert seen == Reading(1, 3)


def test_a_run_without_files_is_a_run_all_the_same() -> None:
    runs: list[str] = []
    assert files_read([], lambda: runs.append("run")) is None
    assert runs == ["run"]


def test_commands_take_turns_after_a_run_of_each_that_is_not_counted(tmp_path: Path) -> None:
    log = tmp_path / "log"
    a, b = (_python(name, f"open({str(log)!r}, 'a').write({name!r})") for name in "ab")
    results = measured(Study("turns", (Comparison(a, b),)), 3, tmp_path)
    assert log.read_text() == "ab" + "ababab"
    assert [len(outcome.each) for outcome in results.values() if isinstance(outcome, Costs)] == [3, 3]


def test_only_a_cold_command_finds_its_home_empty(tmp_path: Path) -> None:
    code = (
        "import os, sys; home = os.environ['HOME']; found = os.listdir(home);"
        "open(os.path.join(home, 'cached'), 'w').close(); sys.exit(bool(found))"
    )
    cold, warm = _python("cold", code, Home.EMPTIED), _python("warm", code)
    results = measured(Study("homes", (Comparison(cold, warm),)), 2, tmp_path)
    assert isinstance(results[cold], Costs)
    assert isinstance(results[warm], Failed)


def test_a_command_that_fails_is_not_run_again_and_says_why(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = f"import sys; open({str(log)!r}, 'a').write('f'); sys.exit('no network')"
    failing, other = _python("failing", code), _python("other", "")
    results = measured(Study("failures", (Comparison(failing, other),)), 3, tmp_path)
    assert results[failing] == Failed("failing ended with 1: no network")
    assert isinstance(results[other], Costs)
    assert log.read_text() == "f"
