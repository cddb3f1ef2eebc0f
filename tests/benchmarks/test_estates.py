"""Generated estates: right ones are right, wrong ones are wrong, and their Terraform says what the model does."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.estates.model import network_of
from benchmarks.estates.shapes import SHAPES, Scale, Wrong, estate
from benchmarks.estates.terraform import write
from peerlint import registry, run
from peerlint.config import load
from peerlint.network.network import Network
from peerlint.records import replace
from peerlint.rule import Finding

RIGHT = Scale(routes=14, rules=12)
SIZE = 7


def _found(network: Network) -> set[tuple[str, bool, tuple[str, ...]]]:
    """What the rules say: the rule, whether it is a finding, and what it is about."""
    return {
        (rule.id, isinstance(item, Finding), item.addresses) for rule in registry.load() for item in rule.check(network)
    }


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_wrong_with_a_right_estate(shape: str) -> None:
    assert _found(network_of(estate(shape, SIZE, RIGHT))) == set()


EXPECTED = {
    Wrong.SILENT: "PL201",
    Wrong.PENDING: "PL106",
    Wrong.OUTSIDE: "PL206",
    Wrong.PARTIAL: "PL202",
    Wrong.NAMES: "PL301",
    Wrong.WIDE: "PL405",
}
"""The rule that speaks of what is wrong."""


def test_each_wrong_connection_is_found() -> None:
    made = estate("chain", SIZE, replace(RIGHT, wrong=1))
    found = _found(network_of(made))
    for connection in made.connections:
        assert connection.wrong is not None
        name = f"aws_vpc_peering_connection.{connection.name}"
        group = f"aws_vpc_security_group_ingress_rule.v{connection.accepter}_{connection.name}"
        assert any(id == EXPECTED[connection.wrong] and {name, group} & {*about} for id, _, about in found)
    assert {id for id, _, _ in found} == set(EXPECTED.values())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("wrong", [0, 1])
def test_the_terraform_of_an_estate_says_what_its_model_does(shape: str, wrong: int, tmp_path: Path) -> None:
    made = estate(shape, 4, replace(RIGHT, wrong=wrong))
    write(made, tmp_path)
    result = run.analyse(run.Request(paths=(str(tmp_path),)), load(str(tmp_path / "peerlint.toml")), lambda _: None)
    findings = {(report.rule.id, True, report.finding.addresses) for report in result.reports}
    questions = {(asked.rule.id, False, asked.undecided.addresses) for asked in result.questions}
    assert findings | questions == _found(network_of(made))
