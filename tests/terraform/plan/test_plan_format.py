"""Plans that cannot be read: each says so at its place, and costs only itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.terraform.plan.format import PlanError, read_document
from tests.terraform.plan.made import Planned, plan, state, written

VPC = Planned("aws_vpc.app", {"cidr_block": "10.20.0.0/16"})
PRETTY = json.dumps(plan(VPC), indent=2)


@pytest.mark.parametrize(
    ("text", "said", "line", "column"),
    [
        (PRETTY[: PRETTY.index("10.20")], "ends too early", PRETTY[: PRETTY.index("10.20")].count("\n") + 1, None),
        (PRETTY.replace('"type": "aws_vpc"', '"type": aws_vpc', 1), "invalid character", None, None),
        ('{"format_version": "2.0", "terraform_version": "9.0.0"}', "format_version is '2.0'", 1, 2),
        ('{"format_version": "1.2", "planned_values": []}', "$.planned_values", 1, 1),
        ('{"format_version": "1.2", "values": {"root_module": {"resources": [{"type": 1}]}}}', "resources[0]", 1, 1),
        ('{"format_version": "1.2", "variables": ' + '{"value": ' * 100_000, "nested too deeply", 1, 1),
    ],
)
def test_a_mistake_is_said_at_its_place(
    tmp_path: Path, text: str, said: str, line: int | None, column: int | None
) -> None:
    path = tmp_path / "tfplan.json"
    path.write_text(text)
    with pytest.raises(PlanError) as raised:
        read_document(str(path))
    assert said in str(raised.value)
    if line is not None:
        assert raised.value.at.line == line
    if column is not None:
        assert raised.value.at.column == column


def test_a_malformed_character_is_pointed_at(tmp_path: Path) -> None:
    path = tmp_path / "tfplan.json"
    path.write_text(PRETTY.replace("10.20.0.0/16", 'schön", x "', 1))
    with pytest.raises(PlanError) as raised:
        read_document(str(path))
    at = raised.value.at
    assert path.read_text().splitlines()[at.line - 1][at.column - 1] == "x"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_other_shells_write_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(json.dumps(state(VPC)).encode(encoding))
    assert not read_document(str(path))[0].is_plan


def test_an_unreadable_plan_costs_only_itself(tmp_path: Path) -> None:
    broken, sound = tmp_path / "a" / "tfplan.json", tmp_path / "b" / "tfplan.json"
    written(broken, plan(VPC))
    broken.write_text(broken.read_text()[:-20])
    pair = [Planned(f"aws_vpc.{name}", {"cidr_block": "10.0.0.0/16"}, {"id": True}) for name in ("a", "b")]
    ends = {"vpc_id": ["aws_vpc.a.id"], "peer_vpc_id": ["aws_vpc.b.id"]}
    unknown = {"id": True, "vpc_id": True, "peer_vpc_id": True}
    written(sound, plan(*pair, Planned("aws_vpc_peering_connection.ab", {"auto_accept": True}, unknown, ends)))
    request = run.Request(paths=(str(broken), str(sound)), select=("PL101",))
    result = run.analyse(request, Config(directory=str(tmp_path)), lambda _: None)
    assert [(report.rule.id, report.finding.at.file) for report in result.reports] == [
        ("PL901", str(broken)),
        ("PL101", str(sound)),
    ]
    assert result.crashes == ()


@pytest.mark.parametrize("depth", [400, 700, 950, 5_000])
def test_deep_nesting_ends_at_once(tmp_path: Path, depth: int) -> None:
    text = json.dumps(plan(Planned("aws_vpc.app", {"cidr_block": "DEEP"}, {"id": True})))
    path = tmp_path / "tfplan.json"
    path.write_text(text.replace('"DEEP"', "[" * depth + '"10.20.0.0/16"' + "]" * depth))
    result = run.analyse(run.Request(paths=(str(path),)), Config(directory=str(tmp_path)), lambda _: None)
    assert result.crashes == ()
    assert {report.rule.id for report in result.reports} <= {"PL901"}
    assert depth < 5_000 or result.unreadable
