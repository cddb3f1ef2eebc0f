"""Code that is deployed already: its own inventory beside it adds no finding.

Nothing in an inventory tells which of its VPCs is the one that code declares, so the most dangerous mistake would be to
take a VPC and its own deployed self for two that overlap, or a connection and its own deployed self for two.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.discover import Exclude, discover
from peerlint.engine import Result
from peerlint.network.link import link
from peerlint.read import read
from peerlint.read_options import ReadOptions
from tests.inventory.deployed import printed

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
CASES = sorted(
    path
    for folder in FIXTURES.iterdir()
    for path in folder.iterdir()
    if path.is_dir() and folder.name not in ("scenarios", "invalid")
)
SCENARIOS = sorted(
    path for path in (FIXTURES / "scenarios").glob("*/*") if path.is_dir() and path.parent.name != "with-inventory"
)


def _analysed(folder: Path, *inventory: str) -> Result:
    return run.analyse(
        run.Request(paths=(str(folder),), inventory=inventory), Config(directory=str(folder)), lambda _: None
    )


def _found(result: Result) -> set[tuple[object, ...]]:
    assert [crash.trace for crash in result.crashes] == []
    return {(r.rule.id, r.finding.at, r.finding.message, r.severity, r.condition.text) for r in result.reports}


def _named(path: Path) -> str:
    return f"{path.parent.name}-{path.name}"


@pytest.mark.metamorphic
@pytest.mark.parametrize("folder", CASES, ids=_named)
def test_the_inventory_of_a_deployed_fixture_adds_no_finding(folder: Path, tmp_path: Path) -> None:
    _compare(folder, tmp_path)


@pytest.mark.parametrize("folder", SCENARIOS, ids=_named)
def test_the_inventory_of_a_deployed_estate_adds_no_finding(folder: Path, tmp_path: Path) -> None:
    _compare(folder, tmp_path)


def _compare(folder: Path, tmp_path: Path) -> None:
    """What is found beside the inventory of the own deployment is found without it."""
    exclude = Exclude(str(folder))
    network = link(read(discover((str(folder),), exclude), ReadOptions(exclude), lambda _: None).fragments)
    inventory = tmp_path / "inventory.json"
    inventory.write_text(printed(network), encoding="utf-8")
    assert _found(_analysed(folder, str(inventory))) <= _found(_analysed(folder))
