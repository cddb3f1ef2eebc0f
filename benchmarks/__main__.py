"""``python -m benchmarks``: see benchmarks/README.md."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import table
from benchmarks.rounds import measured
from benchmarks.studies import all_studies
from benchmarks.tools import installed, versions


def main(arguments: Sequence[str]) -> None:
    """Runs the studies and prints the tables of each as soon as it has ended."""
    options = _options().parse_args(arguments)
    tools = installed(options.own, options.peers)
    with tempfile.TemporaryDirectory(prefix="peerlint-bench-") as folder:
        scratch = Path(folder)
        studies = [study for study in all_studies(tools, scratch, options.trees) if options.only in study.name]
        print(f"{versions(tools, scratch)}; {os.cpu_count()} CPUs, {options.rounds} rounds\n", flush=True)
        for study in studies:
            results = {study: measured(study, options.rounds, scratch)}
            print(table.costs(results), table.ratios(results), sep="\n\n", end="\n\n", flush=True)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What peerlint costs beside others.")
    parser.add_argument("trees", nargs="*", type=Path, metavar="TREE", help="large trees of Terraform files")
    parser.add_argument("--own", type=Path, required=True, help="the environment that peerlint is installed in")
    parser.add_argument("--peers", type=Path, required=True, help="the folder of the other tools' environments")
    parser.add_argument("--rounds", type=int, default=5, help="how often each command is timed")
    parser.add_argument("--only", default="", metavar="TEXT", help="the studies whose names have this in them")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
