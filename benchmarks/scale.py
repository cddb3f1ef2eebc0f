"""What the model and each rule cost on growing estates: CPU seconds, and memory at its highest.

``python -m benchmarks.scale`` measures meshes up to 125 VPCs and flat estates up to 10,000, each size in a process of
its own, and prints the tables of docs/performance.md. ``python -m benchmarks.scale mesh 62`` measures one.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.estates.model import SETTINGS, fragments_of
from benchmarks.estates.shapes import Scale, estate
from peerlint import registry
from peerlint.network.link import link

SIZES: Mapping[str, Sequence[int]] = {"mesh": (31, 44, 62, 88, 125), "flat": (625, 1250, 2500, 5000, 10_000)}
"""So many VPCs have 1, 2, 4, 8 and 16 times the connections of the first (465, 946, 1,891, 3,828 and 7,750), or the
VPCs.
"""

SCALES: Mapping[str, Scale] = {"mesh": Scale(), "flat": Scale(routes=10, rules=10, subnets=2)}
LEAST = 0.2
"""Seconds that a rule takes on the largest estate to have a line of its own."""


def measured(shape: str, size: int) -> dict[str, float]:
    """Seconds of CPU time by what they are spent on (``link``, the id of a rule, ``all``), with the ``connections`` and
    ``entities`` of the estate, and the memory in MB before (``read``) and at its highest (``peak``).
    """
    made = estate(shape, size, SCALES[shape])
    fragments = fragments_of(made)
    gc.freeze()
    gc.disable()
    found = {
        "connections": float(len(made.connections)),
        "entities": float(sum(len(f.entities) for f in fragments)),
        "read": _memory(),
    }
    rules = registry.load()
    start = _seconds()
    network = link(fragments, (), SETTINGS)
    found["link"] = _seconds() - start
    for rule in rules:
        before = _seconds()
        for _ in rule.check(network):
            pass
        found[rule.id] = _seconds() - before
    found["all"] = _seconds() - start
    return {**found, "peak": _memory()}


def _seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _memory() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(shape: str, size: int) -> dict[str, float]:
    """The same, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.scale", shape, str(size)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def _table(shape: str, columns: Sequence[dict[str, float]]) -> Iterator[str]:
    yield f"| {shape} | " + " | ".join(str(size) for size in SIZES[shape]) + " | last : first |"
    yield "|---|" + "---:|" * (len(columns) + 1)
    for name in ("connections", "entities"):
        yield _row(name, [column[name] for column in columns], ",.0f")
    yield _row("memory, MB", [column["peak"] - column["read"] for column in columns], ",.0f")
    yield _row("all, s", [column["all"] for column in columns], ".2f")
    rules = [name for name in columns[-1] if name == "link" or name.startswith("PL")]
    for name in sorted(rules, key=lambda name: -columns[-1][name]):
        if columns[-1][name] >= LEAST:
            yield _row(name, [column[name] for column in columns], ".2f")


def _row(name: str, values: Sequence[float], shown: str) -> str:
    ratio = f"{values[-1] / values[0]:.1f}" if values[0] else "–"
    return f"| {name} | " + " | ".join(format(value, shown) for value in values) + f" | {ratio} |"


def main(arguments: Sequence[str]) -> None:
    """Measure one estate, or print the tables of all."""
    match arguments:
        case [shape, size]:
            print(json.dumps(measured(shape, int(size))))
        case _:
            for shape, sizes in SIZES.items():
                print("\n".join(_table(shape, [_apart(shape, size) for size in sizes])), end="\n\n")


if __name__ == "__main__":
    main(sys.argv[1:])
