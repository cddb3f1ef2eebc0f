"""Runs the commands of a study in turns: A B C, A B C, so that a busy machine is busy for all of them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.commands import Command, Home
from benchmarks.evidence import Reading, files_read
from benchmarks.studies import Study
from benchmarks.timing import Cost, Ended, timed
from benchmarks.tools import environment


@dataclass(frozen=True, slots=True)
class Costs:
    """What a command cost in each round, and what it read in the run before the first."""

    each: tuple[Cost, ...]
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A command that did not do its work, and what it said."""

    why: str


Outcome = Costs | Failed


def measured(study: Study, rounds: int, scratch: Path) -> Mapping[Command, Outcome]:
    """What each command of a study costs, after a run of each that fills its caches and is not counted."""
    runner = _Runner(study, scratch)
    readings = {command: runner.rehearsed(command) for command in study.commands}
    costs: dict[Command, list[Cost]] = {command: [] for command in study.commands}
    for _ in range(rounds):
        for command in study.commands:
            if command not in runner.failures:
                costs[command].append(runner.run(command).cost)
    return {
        command: runner.failures.get(command) or Costs(tuple(costs[command]), readings[command])
        for command in study.commands
    }


class _Runner:
    """The home folders of the commands of one study, and which of them failed."""

    def __init__(self, study: Study, scratch: Path) -> None:
        self._study = study
        self._scratch = scratch
        self.failures: dict[Command, Failed] = {}

    def rehearsed(self, command: Command) -> Reading | None:
        return files_read(self._study.files, lambda: self.run(command))

    def run(self, command: Command) -> Ended:
        home = self._scratch / "homes" / self._study.name / command.name
        if command.home is Home.EMPTIED:
            shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True, exist_ok=True)
        print(f"{self._study.name}: {command.name}", file=sys.stderr)
        ended = timed(command.arguments, home, environment(home))
        if ended.code not in command.codes:
            self.failures[command] = Failed(f"{command.name} ended with {ended.code}: {ended.said.strip()}")
        return ended
