"""What is compared with what, and how much less it must cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from benchmarks import commands, workloads
from benchmarks.commands import Command
from benchmarks.tools import Tools
from benchmarks.workloads import Workload
from peerlint.records import replace

SMALL_MESH, LARGE_MESH = 62, 125
"""VPCs: the larger is about what AWS allows, which is 125 peerings for each of them."""


class Quantity(Enum):
    """What is compared. Time is CPU time and wall time alike: a target is met where both meet it."""

    TIME = "time"
    MEMORY = "peak memory"


@dataclass(frozen=True, slots=True)
class Comparison:
    """``ours`` beside ``theirs``; ``limit`` is the largest ratio that meets the target, where there is one."""

    ours: Command
    theirs: Command
    limit: float | None = None
    quantity: Quantity = Quantity.TIME


@dataclass(frozen=True, slots=True)
class Study:
    """The comparisons on one workload, whose commands take turns. ``files`` are what a run should read."""

    name: str
    comparisons: tuple[Comparison, ...]
    files: tuple[Path, ...] = ()

    @property
    def commands(self) -> tuple[Command, ...]:
        """Each command once, in the order of the comparisons."""
        pairs = ((comparison.ours, comparison.theirs) for comparison in self.comparisons)
        return tuple(dict.fromkeys(command for pair in pairs for command in pair))


def all_studies(tools: Tools, scratch: Path, trees: Iterable[Path]) -> tuple[Study, ...]:
    """Every study, on workloads that are written below ``scratch``."""
    return (
        start(tools),
        small_root(tools, workloads.two_files(scratch)),
        network_root(tools, workloads.ten_modules(scratch)),
        template(tools, workloads.one_template(scratch)),
        templates(tools, workloads.hundred_templates(scratch)),
        meshes(tools, workloads.mesh(scratch, SMALL_MESH), workloads.mesh(scratch, LARGE_MESH)),
        *(large_tree(tools, workloads.tree(scratch, folder)) for folder in trees),
    )


def start(tools: Tools) -> Study:
    """What starting costs."""
    return Study("start", (Comparison(commands.version(tools), commands.import_click(tools), 2.5),))


def small_root(tools: Tools, work: Workload) -> Study:
    """A run on one change, in a hook before a commit."""
    cold, warm = commands.cold(tools, work), commands.warm(tools, work)
    one_check, trivy = commands.checkov_one_check(tools, work), commands.trivy(tools, work)
    comparisons = (
        Comparison(cold, one_check, 1 / 8),
        Comparison(cold, trivy, 1 / 4),
        Comparison(warm, one_check, 1 / 20),
        Comparison(warm, trivy, 1 / 8),
        Comparison(cold, commands.checkov(tools, work)),
    )
    return Study(work.name, comparisons, work.files)


def network_root(tools: Tools, work: Workload) -> Study:
    """A run on the root of a network."""
    peers = (commands.checkov_one_check(tools, work), commands.trivy(tools, work), commands.checkov(tools, work))
    return Study(work.name, _untargeted(tools, work, peers), work.files)


def template(tools: Tools, work: Workload) -> Study:
    """A run on one CloudFormation template."""
    cold, warm, cfn_lint = commands.cold(tools, work), commands.warm(tools, work), commands.cfn_lint(tools, work)
    return Study(work.name, (Comparison(warm, cfn_lint, 1 / 4), Comparison(cold, cfn_lint)), work.files)


def templates(tools: Tools, work: Workload) -> Study:
    """A run on a folder of CloudFormation templates."""
    peers = (commands.cfn_lint(tools, work), commands.trivy(tools, work), commands.checkov_one_check(tools, work))
    return Study(work.name, _untargeted(tools, work, peers), work.files)


def large_tree(tools: Tools, work: Workload) -> Study:
    """A run on everything that an organisation has."""
    cold, warm, trivy = commands.cold(tools, work), commands.warm(tools, work), commands.trivy(tools, work)
    comparisons = (
        Comparison(cold, trivy, 1 / 15),
        Comparison(cold, commands.checkov_one_check(tools, work), 1 / 20),
        Comparison(warm, commands.hashing(tools, work), 4),
        Comparison(cold, trivy, 1 / 3, Quantity.MEMORY),
        Comparison(cold, commands.checkov(tools, work)),
    )
    return Study(work.name, comparisons, work.files)


def meshes(tools: Tools, small: Workload, large: Workload) -> Study:
    """A run on a full mesh, beside one on a smaller: the time grows no faster than the number of peerings."""
    ours, theirs = (replace(commands.cold(tools, work), name=f"peerlint, cold, {work.name}") for work in (large, small))
    return Study("full meshes", (Comparison(ours, theirs, _pairs(LARGE_MESH) / _pairs(SMALL_MESH)),))


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def _untargeted(tools: Tools, work: Workload, peers: Iterable[Command]) -> tuple[Comparison, ...]:
    ours = (commands.cold(tools, work), commands.warm(tools, work))
    return tuple(Comparison(own, peer) for peer in peers for own in ours)
