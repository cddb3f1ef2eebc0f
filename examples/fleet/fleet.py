"""Checks the network of many repositories: each is exported by itself, and all exports are checked together.

python fleet.py --repositories 1000
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dask.bag
from repositories import make

from peerlint.cli import cli


def exported(repository: str, folder: str) -> str:
    """Runs ``peerlint export`` on one repository, in this process; the file that it wrote."""
    file = Path(folder, f"{Path(repository).name}.json")
    cli.main(["export", repository, "--output", str(file)], standalone_mode=False)
    return str(file)


def checked(paths: list[str]) -> dict[str, object]:
    """What ``peerlint check`` reports of some exports or directories."""
    command = [sys.executable, "-m", "peerlint", "check", *paths, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr or f"peerlint left with {done.returncode}")
    report: dict[str, object] = json.loads(done.stdout)
    return report


def mapped(repositories: list[Path], folder: Path, scheduler: str | None) -> list[str]:
    """The exports of all repositories: on the cluster of a scheduler, or in processes of this machine."""
    bag = dask.bag.from_sequence(map(str, repositories), npartitions=min(len(repositories), 100))
    work = bag.map(exported, folder=str(folder))
    if scheduler is None:
        return list(work.compute(scheduler="processes"))
    from dask.distributed import Client

    with Client(scheduler) as client:
        return list(work.compute(scheduler=client))


def findings(report: dict[str, object], top: Path | None = None) -> str:
    """The findings and questions of a report, with files below ``top`` as the exports name them."""
    said = json.dumps([report["findings"], report["undecided"]], indent=1)
    return said if top is None else said.replace(f"{top}/", "")


def main() -> None:
    """Makes the repositories, maps, reduces, and compares with one run over all sources."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=int, default=1000, help="how many, an even number")
    parser.add_argument("--scheduler", help="the address of a Dask scheduler [processes of this machine]")
    parser.add_argument("--folder", type=Path, help="where they are made [a temporary folder]")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        top = (given.folder or Path(temporary)).resolve()
        repositories, exports = make(top / "repositories", given.repositories), top / "exports"
        exports.mkdir(exist_ok=True)
        began = time.perf_counter()
        files = mapped(repositories, exports, given.scheduler)
        halfway = time.perf_counter()
        report = checked(files)
        ended = time.perf_counter()
        alike = findings(report) == findings(checked([str(top / "repositories")]), top / "repositories")
        size = sum(Path(file).stat().st_size for file in files)
    print(f"{len(files)} exports of {size:,} bytes in {halfway - began:.1f} s, checked in {ended - halfway:.1f} s")
    print(json.dumps(report["summary"]))
    print(f"peak memory of a child: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10} MiB")
    print("the same as one run over all sources" if alike else "NOT the same as one run over all sources")
    sys.exit(not alike)


if __name__ == "__main__":
    main()
