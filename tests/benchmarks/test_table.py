"""What the tables say of given costs."""

from __future__ import annotations

import pytest

from benchmarks import table
from benchmarks.commands import Command
from benchmarks.evidence import Reading
from benchmarks.rounds import Costs, Failed, Outcome
from benchmarks.studies import Comparison, Quantity, Study
from benchmarks.timing import Cost

MIB = 2**20
OURS = Command("peerlint", ("peerlint",), frozenset({0}))
THEIRS = Command("trivy", ("trivy",), frozenset({0}))


@pytest.mark.parametrize(
    ("ratio", "text"), [(0.08, "1/12.5"), (0.25, "1/4"), (1 / 15, "1/15"), (1, "1"), (2.5, "2.5"), (0.999, "1/1")]
)
def test_ratios_below_one_are_fractions(ratio: float, text: str) -> None:
    assert table.ratio_text(ratio) == text


@pytest.mark.parametrize(
    ("cpu", "wall", "met"), [(0.25, 0.25, "yes"), (0.2, 0.3, "CPU only"), (0.3, 0.2, "wall only"), (0.3, 0.3, "no")]
)
def test_a_target_of_time_is_met_in_cpu_time_and_in_wall_time(cpu: float, wall: float, met: str) -> None:
    assert table.verdict(Comparison(OURS, THEIRS, 1 / 4), cpu, wall, memory=9) == met


@pytest.mark.parametrize(("memory", "met"), [(0.25, "yes"), (0.26, "no")])
def test_a_target_of_memory_is_met_in_memory_only(memory: float, met: str) -> None:
    assert table.verdict(Comparison(OURS, THEIRS, 1 / 4, Quantity.MEMORY), 9, 9, memory) == met


def test_a_ratio_is_the_median_of_the_rounds_and_not_that_of_the_medians() -> None:
    """The second round met a busy machine, which both commands felt."""
    ours = Costs((Cost(1, 1, MIB), Cost(8, 8, MIB), Cost(1, 1, MIB)), Reading(2, 2))
    theirs = Costs((Cost(4, 5, 4 * MIB), Cost(16, 40, 4 * MIB), Cost(16, 5, 4 * MIB)), Reading(1, 2))
    study = Study("two-file root", (Comparison(OURS, THEIRS, 1 / 4),))
    results: dict[Study, dict[Command, Outcome]] = {study: {OURS: ours, THEIRS: theirs}}
    assert table.ratios(results).splitlines()[2] == (
        "| two-file root | peerlint | trivy  | time | ≤ 1/4  | 1/4 | 1/5  | 1/4    | yes |"
    )
    assert table.costs(results).splitlines()[2:] == [
        "| two-file root | peerlint | 1.00  | 1.00   | 1        | 2 of 2     |",
        "| two-file root | trivy    | 16.00 | 5.00   | 4        | 1 of 2     |",
    ]


def test_what_failed_is_not_compared() -> None:
    study = Study("two-file root", (Comparison(OURS, THEIRS, 1 / 4),))
    outcomes: dict[Command, Outcome] = {OURS: Costs((Cost(1, 1, MIB),), None), THEIRS: Failed("it ended:\nno checks")}
    results = {study: outcomes}
    assert table.ratios(results).splitlines()[2].endswith("| -   | -    | -      | did not run |")
    assert table.costs(results).splitlines()[3].endswith("| it ended: no checks |")
