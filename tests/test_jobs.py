"""Stacks that several processes read: the same is found, in the same order, whoever read what."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from peerlint import filesystem
from peerlint.discover import Exclude, discover
from peerlint.engine import Crash
from peerlint.jobs import Job, Outcome, outcomes
from peerlint.jobs.sent import Sent, pack, unpack
from peerlint.network.model import Fragment, Gap, Language
from peerlint.network.values import Known, Span, Step, Trail
from peerlint.read import read
from peerlint.read_options import ReadOptions
from peerlint.records import field_names
from peerlint.usage import ConfigError
from tests.command_line import started

FIXTURES = Path(__file__).parent.parent / "fixtures"
ESTATES = sorted(path for path in (FIXTURES / "scenarios").iterdir())
THIS = os.getpid()
SPAN = Span("a.tf", 1, 1, 1, 1)


def _quiet(_: str) -> None:
    """Nobody looks on."""


def test_several_processes_print_what_one_does() -> None:
    scenarios = FIXTURES / "scenarios"
    alone, together = (
        started(scenarios, "check", ".", "--format", "json", "--show-undecided", "--quiet", "--jobs", jobs)
        for jobs in ("1", "3")
    )
    assert _untimed(alone.stdout) == _untimed(together.stdout)
    assert (alone.returncode, alone.stderr) == (together.returncode, together.stderr) == (1, "")


def _untimed(report: str) -> str:
    return re.sub(r'"seconds": [\d.]+', "", report)


def _trails(fragment: Fragment) -> Iterator[Trail]:
    """The ways of the values that the entities hold."""
    for entity in fragment.entities:
        for name in field_names(entity):
            value = getattr(entity, name)
            if isinstance(value, Known) and value.trail is not None:
                yield value.trail


@pytest.mark.parametrize("estate", ESTATES, ids=lambda path: path.name)
def test_what_is_sent_is_what_was_read(estate: Path) -> None:
    exclude = Exclude(str(estate), ())
    fragments = read(discover([str(estate)], exclude), ReadOptions(exclude, processes=1), _quiet).fragments
    assert fragments
    for fragment in fragments:
        there = unpack(pack(Sent([fragment], [], {})))
        assert there is not None
        assert isinstance(there.outcome, list)
        (arrived,) = there.outcome
        assert (arrived.entities, arrived.problems, arrived.files) == (
            fragment.entities,
            fragment.problems,
            fragment.files,
        )
        assert [trail() for trail in _trails(arrived)] == [trail() for trail in _trails(fragment)]
        addresses = [entity.origin.address for entity in fragment.entities]
        assert _waits(arrived, addresses) == _waits(fragment, addresses)


def _waits(fragment: Fragment, addresses: Sequence[str]) -> list[object]:
    return [fragment.order.waits_for(later, earlier) for later in addresses for earlier in addresses]


def _stack(name: str, made: Callable[[], None] = lambda: None) -> Job:
    def reader() -> list[Fragment]:
        made()
        return [Fragment(name, Language.TERRAFORM, files=(f"{name} read by {_who()}",))]

    return name, f"{name}.tf", reader


def _who() -> str:
    return "this process" if os.getpid() == THIS else "a helper"


def _names(made: Sequence[Outcome]) -> list[object]:
    return [one[0].stack if isinstance(one, list) else one for one in made]


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_outcomes_keep_the_order_of_the_jobs(processes: int) -> None:
    names = [f"stack {number}" for number in range(40)]
    told: list[str] = []
    made = list(outcomes([_stack(name) for name in names], processes, told.append))
    assert _names(made) == names == told
    readers = {file for one in made if isinstance(one, list) for file in one[0].files}
    who = "this process" if processes == 1 else "a helper"
    assert readers == {f"{name} read by {who}" for name in names}


def test_few_and_quick_stacks_are_read_by_one_process() -> None:
    (one, other) = outcomes([_stack("a"), _stack("b")], None, _quiet)
    assert isinstance(one, list)
    assert isinstance(other, list)
    assert (one[0].files, other[0].files) == (("a read by this process",), ("b read by this process",))


def _fail() -> None:
    raise KeyError("aws_vpc.gone")


def _refuse() -> None:
    raise ConfigError("--var cidr: a number is required")


def test_a_reader_that_fails_costs_only_its_own_stack() -> None:
    jobs = [_stack("a"), _stack("b", _fail), _stack("c", _refuse), _stack("d")]
    a, b, c, d = outcomes(jobs, 2, _quiet)
    assert _names([a, d]) == ["a", "d"]
    assert isinstance(b, Crash)
    assert (b.message, b.at.file) == ("reading b failed: KeyError: 'aws_vpc.gone'", "b.tf")
    assert "aws_vpc.gone" in b.trace
    assert isinstance(c, ConfigError)
    assert str(c) == "--var cidr: a number is required"


def _unsendable() -> tuple[Step, ...]:
    raise KeyError("aws_vpc.gone")


def test_what_cannot_be_sent_is_read_here() -> None:
    sides = Known("vpc-0a", trail=partial(_unsendable))
    fragment = Fragment("a", Language.TERRAFORM, gaps=(Gap("a", frozenset(), "", SPAN, frozenset({sides})),))
    jobs: list[Job] = [("a", "a.tf", lambda: [fragment]), _stack("b")]
    one, other = outcomes(jobs, 2, _quiet)
    assert isinstance(one, list)
    assert one[0] is fragment
    assert _names([other]) == ["b"]


def _die() -> None:
    if os.getpid() != THIS:
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_helper_did_not_live_to_send_is_read_here() -> None:
    jobs = [_stack("a"), _stack("b", _die), *(_stack(f"c{number}") for number in range(9))]
    assert _names(list(outcomes(jobs, 2, _quiet))) == [label for label, _, _ in jobs]


def test_what_helpers_see_of_the_file_system_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "seen").write_text("10.0.0.0/16")
    path = str(tmp_path / "seen")
    filesystem.forget()

    def look() -> None:
        filesystem.read(path)

    list(outcomes([_stack("a", look), _stack("b")], 2, _quiet))
    sights = filesystem.seen()
    assert sights is not None
    assert [path for _, path, _ in sights] == [path]
    filesystem.forget()


ROOT = """
resource "aws_vpc" "a" {
  cidr_block = trimspace(file("${path.module}/cidr.txt"))
}
resource "aws_vpc" "b" {
  cidr_block = "10.1.0.0/16"
}
resource "aws_vpc_peering_connection" "ab" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = aws_vpc.b.id
  auto_accept = true
}
"""


def test_a_run_is_not_recalled_once_something_is_changed_that_a_helper_read(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / "code" / name).mkdir(parents=True)
        (tmp_path / "code" / name / "main.tf").write_text(ROOT)
        (tmp_path / "code" / name / "cidr.txt").write_text("10.0.0.0/16\n")
    assert _overlaps(tmp_path) == []
    (tmp_path / "code" / "three" / "cidr.txt").write_text("10.1.0.0/20\n")
    assert _overlaps(tmp_path) == ["three/main.tf"]


def _overlaps(folder: Path) -> list[str]:
    kept = {"PEERLINT_CACHE": "1", "PEERLINT_CACHE_DIR": str(folder / "kept")}
    arguments = ("check", "code", "--format", "json", "--select", "PL101", "--jobs", "3")
    report = json.loads(started(folder, *arguments, **kept).stdout)
    return [finding["at"]["file"].partition("code/")[2] for finding in report["findings"]]
