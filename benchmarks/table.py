"""The results as tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

from benchmarks.commands import Command
from benchmarks.evidence import Reading
from benchmarks.rounds import Failed, Outcome
from benchmarks.studies import Comparison, Quantity, Study
from benchmarks.timing import Cost

COSTS = ("work", "command", "CPU s", "wall s", "peak MiB", "files read")
RATIOS = ("work", "peerlint", "beside", "of", "target", "CPU", "wall", "memory", "met")


def costs(results: Mapping[Study, Mapping[Command, Outcome]]) -> str:
    """The median cost of every command."""
    rows = [
        (study.name, command.name, *_cost(outcome))
        for study, outcomes in results.items()
        for command, outcome in outcomes.items()
    ]
    return _table(COSTS, rows)


def ratios(results: Mapping[Study, Mapping[Command, Outcome]]) -> str:
    """Every comparison as the median of its rounds' ratios, and whether it meets its target."""
    rows = [
        _ratio_row(study, comparison, outcomes[comparison.ours], outcomes[comparison.theirs])
        for study, outcomes in results.items()
        for comparison in study.comparisons
    ]
    return _table(RATIOS, rows)


def _cost(outcome: Outcome) -> Iterator[str]:
    if isinstance(outcome, Failed):
        yield from ("-", "-", "-", outcome.why.replace("\n", " "))
        return
    yield f"{median(cost.cpu for cost in outcome.each):.2f}"
    yield f"{median(cost.wall for cost in outcome.each):.2f}"
    yield f"{median(cost.memory for cost in outcome.each) / 2**20:.0f}"
    yield _reading(outcome.reading)


def _reading(reading: Reading | None) -> str:
    return "-" if reading is None else f"{reading.read} of {reading.there}"


def _ratio_row(study: Study, comparison: Comparison, ours: Outcome, theirs: Outcome) -> tuple[str, ...]:
    names = (study.name, comparison.ours.name, comparison.theirs.name, comparison.quantity.value)
    target = "" if comparison.limit is None else f"≤ {ratio_text(comparison.limit)}"
    if isinstance(ours, Failed) or isinstance(theirs, Failed):
        return (*names, target, "-", "-", "-", "did not run")
    cpu, wall, memory = (paired(ours.each, theirs.each, quantity) for quantity in (_cpu, _wall, _memory))
    met = verdict(comparison, cpu, wall, memory)
    return (*names, target, ratio_text(cpu), ratio_text(wall), ratio_text(memory), met)


def paired(ours: Sequence[Cost], theirs: Sequence[Cost], quantity: Callable[[Cost], float]) -> float:
    """The median of the ratios of runs of the same round."""
    return median(quantity(own) / quantity(other) for own, other in zip(ours, theirs, strict=True))


def _cpu(cost: Cost) -> float:
    return cost.cpu


def _wall(cost: Cost) -> float:
    return cost.wall


def _memory(cost: Cost) -> float:
    return cost.memory


def verdict(comparison: Comparison, cpu: float, wall: float, memory: float) -> str:
    """Whether the ratios meet the target: of time, in CPU time and in wall time alike."""
    if comparison.limit is None:
        return ""
    if comparison.quantity is Quantity.MEMORY:
        return "yes" if memory <= comparison.limit else "no"
    match (cpu <= comparison.limit, wall <= comparison.limit):
        case (True, True):
            return "yes"
        case (True, False):
            return "CPU only"
        case (False, True):
            return "wall only"
        case _:
            return "no"


def ratio_text(ratio: float) -> str:
    """``1/12.5`` below one, ``2.50`` from one on."""
    return f"1/{1 / ratio:.3g}" if ratio < 1 else f"{ratio:.3g}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )
