"""Which root a plan or state was made from, and that nothing is found twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.engine import Result
from peerlint.terraform.plan import open_plan
from tests.terraform.estate import write
from tests.terraform.plan.made import Json, Planned, plan, state, written

SOURCE = """
    resource "aws_vpc" "app" {
      cidr_block = var.block
    }

    resource "aws_vpc" "data" {
      cidr_block = "10.20.0.0/16"
    }

    variable "block" {
      default = "10.30.0.0/16"
    }

    resource "aws_vpc_peering_connection" "app_data" {
      vpc_id      = aws_vpc.app.id
      peer_vpc_id = aws_vpc.data.id
      auto_accept = true
    }
"""


def _document(block: str = "10.20.0.0/16") -> Json:
    """The plan of the root, made with another block than the default."""
    ends = {"vpc_id": ["aws_vpc.app.id"], "peer_vpc_id": ["aws_vpc.data.id"]}
    unknown = {"id": True, "vpc_id": True, "peer_vpc_id": True}
    return plan(
        Planned("aws_vpc.app", {"cidr_block": block}, {"id": True}, {"cidr_block": ["var.block"]}),
        Planned("aws_vpc.data", {"cidr_block": "10.20.0.0/16"}, {"id": True}),
        Planned("aws_vpc_peering_connection.app_data", {"auto_accept": True}, unknown, ends),
        variables={"block": {"value": block}},
    )


def _result(top: Path, *paths: Path) -> Result:
    request = run.Request(paths=tuple(map(str, paths)), select=("PL101",))
    return run.analyse(request, Config(directory=str(top)), lambda _: None)


def _found(top: Path, *paths: Path) -> list[tuple[str, str]]:
    result = _result(top, *paths)
    assert result.crashes == ()
    return [(r.rule.id, os.path.relpath(r.finding.at.file, top) + f":{r.finding.at.line}") for r in result.reports]


def test_a_plan_replaces_the_root_that_it_lies_beside(tmp_path: Path) -> None:
    root = write(tmp_path / "root", {"main.tf": SOURCE})
    tfplan = written(root / "tfplan.json", _document())
    assert _found(tmp_path, root) == []
    assert _found(tmp_path, tfplan) == [("PL101", "root/main.tf:13")]
    assert _found(tmp_path, root, tfplan) == [("PL101", "root/main.tf:13")]
    assert _result(tmp_path, root, tfplan).stacks == 1


def test_a_comment_in_the_root_suppresses_what_its_plan_shows(tmp_path: Path) -> None:
    root = write(tmp_path, {"main.tf": SOURCE.replace('"app_data" {', '"app_data" { # peerlint: ignore[PL101]')})
    (report,) = _result(tmp_path, written(root / "tfplan.json", _document())).reports
    assert report.suppressed is not None


@pytest.mark.parametrize("place", ["plans/tfplan.json", "tfplan.json", "root/build/tfplan.json"])
def test_a_plan_elsewhere_finds_a_root_that_declares_the_same(tmp_path: Path, place: str) -> None:
    root = write(tmp_path / "root", {"main.tf": SOURCE})
    tfplan = written(tmp_path / place, _document())
    assert ("PL101", "root/main.tf:13") in _found(tmp_path, root, tfplan)
    assert _result(tmp_path, root, tfplan).stacks == 1


def test_a_plan_below_its_root_finds_it_though_only_the_plan_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": SOURCE, ".git/HEAD": "ref: refs/heads/main\n"})
    tfplan = written(tmp_path / "build" / "out" / "tfplan.json", _document())
    assert open_plan(str(tfplan), [str(tmp_path)]).directory == str(tmp_path)
    assert ("PL101", "main.tf:13") in _found(tmp_path, tfplan)


def test_a_root_that_declares_something_else_is_not_a_plans_root(tmp_path: Path) -> None:
    more = SOURCE + '\n    resource "aws_vpc" "more" {\n      cidr_block = "10.40.0.0/16"\n    }\n'
    other = write(tmp_path / "other", {"main.tf": more})
    tfplan = written(tmp_path / "plans" / "tfplan.json", _document())
    assert open_plan(str(tfplan), [str(other)]).directory is None
    assert ("PL101", "plans/tfplan.json:1") in _found(tmp_path, tfplan, other)


def test_one_of_two_twins_is_no_plans_root(tmp_path: Path) -> None:
    twins = [write(tmp_path / name, {"main.tf": SOURCE}) for name in ("dev", "prod")]
    tfplan = written(tmp_path / "plans" / "tfplan.json", _document())
    assert open_plan(str(tfplan), [str(twin) for twin in twins]).directory is None


def test_a_state_needs_no_more_of_its_root_than_that_it_declares_what_exists(tmp_path: Path) -> None:
    root = write(tmp_path / "root", {"main.tf": SOURCE})
    applied = state(Planned("aws_vpc.data", {"id": "vpc-1", "cidr_block": "10.20.0.0/16"}))
    assert open_plan(str(written(tmp_path / "state.json", applied)), [str(root)]).directory == str(root)


def test_modules_that_are_not_on_disk_stand_at_their_call(tmp_path: Path) -> None:
    source = """
        module "link" {
          source  = "app.example.com/network/peering/aws"
          version = "1.2.0"
        }
    """
    root = write(tmp_path / "root", {"main.tf": source})
    values = dict.fromkeys(("vpc_id", "peer_vpc_id"), "vpc-0a1b2c3d4e5f60718")
    peering = Planned("module.link.aws_vpc_peering_connection.this", values, {"id": True})
    written(root / "tfplan.json", plan(peering, calls={"link": {}}))
    request = run.Request(paths=(str(root / "tfplan.json"),), select=("PL103", "PL903"))
    result = run.analyse(request, Config(directory=str(tmp_path)), lambda _: None)
    places = [(report.rule.id, report.finding.at.file, report.finding.at.line) for report in result.reports]
    assert places == [("PL103", str(root / "main.tf"), 1)]
