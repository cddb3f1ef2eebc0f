"""Roots with several deployments: what is analysed together, what is said once, and with which var files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.engine import Result
from peerlint.merge import Report
from peerlint.network.link import link
from peerlint.network.model import Deployment, Fragment, Language
from peerlint.rule import Finding
from peerlint.terraform.options import Assignment
from peerlint.worlds import MAX_WORLDS, estate_of
from tests.terraform.estate import write

PAIR = """
    provider "aws" { region = var.region }
    variable "region" { default = "eu-west-1" }
    variable "hub" {}
    variable "spoke" { default = "10.1.0.0/16" }
    resource "aws_vpc" "hub" { cidr_block = var.hub }
    resource "aws_vpc" "spoke" { cidr_block = var.spoke }
    resource "aws_vpc_peering_connection" "p" {
      vpc_id      = aws_vpc.hub.id
      peer_vpc_id = aws_vpc.spoke.id
      auto_accept = true
    }
"""
APART, OVERLAPPING, WIDER = 'hub = "10.0.0.0/16"\n', 'hub = "10.1.0.0/20"\n', 'hub = "10.1.0.0/17"\n'


def checked(folder: Path, *rules: str, assignments: tuple[Assignment, ...] = ()) -> Result:
    request = run.Request(paths=(str(folder),), today=date(2026, 1, 1), assignments=assignments)
    return run.analyse(request, Config(directory=str(folder), select=rules), lambda _: None)


def said(result: Result) -> list[tuple[str, str]]:
    """The rule of each finding, and the var files with which it holds."""
    return [(report.rule.id, report.condition.text) for report in result.active]


def test_findings_that_agree_are_reported_once_naming_the_files(tmp_path: Path) -> None:
    files = {"env/dev.tfvars": APART, "env/prod.tfvars": OVERLAPPING, "env/stage.tfvars": OVERLAPPING}
    write(tmp_path, {"main.tf": PAIR, **files})
    result = checked(tmp_path, "PL101")
    assert said(result) == [("PL101", "with env/prod.tfvars and env/stage.tfvars")]
    assert (result.stacks, result.deployments, result.peerings) == (1, 3, 1)
    assert [d.name for d in result.reports[0].condition.deployments] == ["env/prod.tfvars", "env/stage.tfvars"]
    written = [note.at.file for note in result.reports[0].finding.notes]
    first = written.index(str(tmp_path / "env" / "prod.tfvars"))
    assert written[first + 1] == str(tmp_path / "env" / "stage.tfvars")


def test_what_holds_with_every_file_is_said_briefly(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": PAIR, **{f"env/{name}.tfvars": OVERLAPPING for name in "abc"}})
    assert said(checked(tmp_path, "PL101")) == [("PL101", "with each of the 3 var files")]
    write(tmp_path, {"main.tf": PAIR.replace('"hub" {}', '"hub" { default = "10.1.0.0/20" }')})
    assert said(checked(tmp_path, "PL101")) == [("PL101", "with each of the 3 var files and without any")]
    write(tmp_path, {**{f"env/{name}.tfvars": APART for name in "abc"}})
    assert said(checked(tmp_path, "PL101")) == [("PL101", "without a var file")]


def test_findings_that_differ_in_a_value_stay_apart(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": PAIR, "dev.tfvars": OVERLAPPING, "prod.tfvars": WIDER})
    found = {report.condition.text: report.finding.message for report in checked(tmp_path, "PL101").active}
    assert set(found) == {"with dev.tfvars", "with prod.tfvars"}
    assert "10.1.0.0/20" in found["with dev.tfvars"]
    assert "10.1.0.0/17" in found["with prod.tfvars"]


@pytest.mark.parametrize("text", [APART, OVERLAPPING, 'hub = "10.7.0.0/16"\nspoke = "10.7.0.0/16"\n', 'region = "x"\n'])
def test_with_one_var_file_what_is_found_is_what_is_found_when_it_is_given_by_hand(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"main.tf": PAIR, "env/only.tfvars": text})
    alone = checked(tmp_path)
    given = checked(tmp_path, assignments=(("file", str(tmp_path / "env" / "only.tfvars")),))
    assert [r.finding.message for r in alone.reports] == [r.finding.message for r in given.reports]
    assert [bare(r) for r in alone.reports] == [bare(r) for r in given.reports]
    asked = [(q.rule.id, q.undecided.question, q.undecided.reason, q.undecided.at) for q in alone.questions]
    assert asked == [(q.rule.id, q.undecided.question, q.undecided.reason, q.undecided.at) for q in given.questions]
    assert {r.condition.text for r in alone.reports} <= {"with env/only.tfvars"}
    assert {r.condition.text for r in given.reports} <= {""}


def bare(report: Report) -> Finding:
    finding = report.finding
    return Finding(finding.message, finding.at, finding.addresses, finding.notes, finding.remedy, finding.severity)


def test_with_several_var_files_it_is_what_is_found_with_each_alone(tmp_path: Path) -> None:
    """Also where they give the same id: what is declared for one deployment is not there for the other."""
    main = """
        provider "aws" { region = var.region }
        variable "region" {}
        variable "cidr" {}
        data "aws_vpc" "hub" { id = "vpc-0a1b2c3d4e5f60718" }
        resource "aws_vpc" "spoke" { cidr_block = var.cidr }
        resource "aws_vpc_ipv4_cidr_block_association" "more" {
          vpc_id     = data.aws_vpc.hub.id
          cidr_block = cidrsubnet(var.cidr, 4, 1)
        }
        resource "aws_vpc_peering_connection" "p" {
          vpc_id      = aws_vpc.spoke.id
          peer_vpc_id = data.aws_vpc.hub.id
          auto_accept = true
        }
        resource "aws_route" "r" {
          route_table_id            = aws_vpc.spoke.main_route_table_id
          destination_cidr_block    = "10.64.0.0/16"
          vpc_peering_connection_id = aws_vpc_peering_connection.p.id
        }
    """
    files = {
        "env/dev.tfvars": 'region = "eu-west-1"\ncidr = "10.0.0.0/16"\n',
        "env/prod.tfvars": 'region = "us-east-1"\ncidr = "10.64.0.0/12"\n',
    }
    write(tmp_path, {"main.tf": main, **files})
    together = checked(tmp_path)
    for name in files:
        alone = checked(tmp_path, assignments=(("file", str(tmp_path / name)),))
        own = [r for r in together.reports if name in [d.name for d in r.condition.deployments]]
        assert [r.finding.message for r in own] == [r.finding.message for r in alone.reports]
        asked = [q for q in together.questions if name in [d.name for d in q.condition.deployments]]
        assert [q.undecided.reason for q in asked] == [q.undecided.reason for q in alone.questions]


def test_undecided_questions_are_counted_once(tmp_path: Path) -> None:
    main = PAIR.replace('"spoke" { default = "10.1.0.0/16" }', '"spoke" {}')
    write(
        tmp_path,
        {"main.tf": main, "dev.tfvars": APART, "prod.tfvars": APART + 'spoke = "10.9.0.0/16"\n', "q.tfvars": APART},
    )
    asked = [(q.undecided.reason, q.condition.text) for q in checked(tmp_path, "PL101").questions]
    assert asked == [("`var.spoke` has no value", "with dev.tfvars and q.tfvars")]


def test_a_suppression_in_one_var_file_silences_with_that_one_only(tmp_path: Path) -> None:
    silent = OVERLAPPING.rstrip() + " # peerlint: ignore[PL101] known\n"
    write(tmp_path, {"main.tf": PAIR, "dev.tfvars": OVERLAPPING, "prod.tfvars": silent})
    result = checked(tmp_path, "PL101", "PL904")
    assert said(result) == [("PL101", "with dev.tfvars")]
    assert [report.condition.text for report in result.suppressed] == ["with prod.tfvars"]


def test_a_broken_file_of_the_root_is_said_once_and_of_no_var_file(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": PAIR, "broken.tf": "resource {", "dev.tfvars": APART, "prod.tfvars": "hub = [\n"})
    assert said(checked(tmp_path, "PL901")) == [("PL901", ""), ("PL901", "")]


HUB = """
    provider "aws" { region = "eu-west-1" }
    variable "id" {}
    variable "destination" { default = "10.1.0.0/16" }
    resource "aws_vpc" "hub" { cidr_block = "10.0.0.0/16" }
    resource "aws_vpc" "spoke" {
      cidr_block = "10.1.0.0/16"
      tags       = { Name = var.id }
    }
    resource "aws_vpc_peering_connection" "p" {
      vpc_id      = aws_vpc.hub.id
      peer_vpc_id = aws_vpc.spoke.id
      auto_accept = true
      tags        = { Name = var.id }
    }
    resource "aws_route" "there" {
      route_table_id            = aws_vpc.hub.main_route_table_id
      destination_cidr_block    = var.destination
      vpc_peering_connection_id = aws_vpc_peering_connection.p.id
    }
"""
BACK = """
    provider "aws" { region = "eu-west-1" }
    variable "id" {}
    data "aws_vpc" "spoke" { tags = { Name = var.id } }
    data "aws_vpc_peering_connection" "p" { tags = { Name = var.id } }
    resource "aws_route" "back" {
      count                     = var.id == "dev" ? 1 : 0
      route_table_id            = data.aws_vpc.spoke.main_route_table_id
      destination_cidr_block    = "10.0.0.0/16"
      vpc_peering_connection_id = data.aws_vpc_peering_connection.p.id
    }
"""


def ids(folder: str, *names: str) -> dict[str, str]:
    return {f"{folder}/env/{name}.tfvars": f'id = "{name}"\n' for name in names}


def test_deployments_of_one_name_go_together(tmp_path: Path) -> None:
    """With ``dev`` the application's root may hold the way back; with ``prod`` it has none."""
    write(tmp_path, {"net/main.tf": HUB, "app/main.tf": BACK, **ids("net", "dev", "prod"), **ids("app", "dev", "prod")})
    result = checked(tmp_path, "PL201")
    assert said(result) == [("PL201", "with env/prod.tfvars")]
    assert [q.condition.text for q in result.questions] == ["with env/dev.tfvars"]
    assert (result.stacks, result.deployments, result.peerings) == (2, 4, 1)


def test_what_only_a_deployment_of_another_name_may_hold_is_not_absent(tmp_path: Path) -> None:
    write(tmp_path, {"net/main.tf": HUB, "app/main.tf": BACK, **ids("net", "a", "b"), **ids("app", "dev", "prod")})
    result = checked(tmp_path, "PL201")
    assert said(result) == []
    assert [q.condition.text for q in result.questions] == ["with env/a.tfvars and env/b.tfvars"]


def test_what_depends_on_the_var_files_of_another_root_is_a_question(tmp_path: Path) -> None:
    net = HUB.replace('variable "id" {}', 'variable "id" { default = "x" }')
    write(tmp_path, {"net/main.tf": net, "app/main.tf": BACK, **ids("app", "dev", "prod")})
    result = checked(tmp_path, "PL201")
    assert said(result) == []
    assert len(result.questions) == 2
    assert {q.undecided.reason for q in result.questions} >= {
        "it depends on which var files other roots are deployed with"
    }


def test_a_module_of_two_roots_names_the_files_of_both(tmp_path: Path) -> None:
    root = 'module "pair" {\n  source = "../pair"\n  hub = var.hub\n}\nvariable "hub" {}\n'
    module = PAIR.replace('provider "aws" { region = var.region }', "")
    write(tmp_path, {"pair/main.tf": module, "a/main.tf": root, "b/main.tf": root})
    write(
        tmp_path,
        {"a/dev.tfvars": OVERLAPPING, "a/prod.tfvars": APART, "b/dev.tfvars": OVERLAPPING, "b/prod.tfvars": APART},
    )
    result = checked(tmp_path, "PL101")
    assert said(result) == [("PL101", "with a/dev.tfvars and b/dev.tfvars")]


def fragments(root: str, *names: str) -> list[Fragment]:
    deployments = [Deployment(root, (f"{root}/env/{name}.tfvars",)) for name in names]
    return [Fragment(d.stack, Language.TERRAFORM, deployment=d) for d in deployments]


def test_roots_with_one_deployment_make_one_world() -> None:
    read = [*fragments("/a", "dev"), *fragments("/b", "prod"), Fragment("/t.yaml", Language.CLOUDFORMATION)]
    estate = estate_of(read, link)
    assert [[f.stack for f in world.network.fragments] for world in estate.worlds] == [[f.stack for f in read]]
    assert len(estate_of([], link).worlds) == 1


def test_there_are_no_more_worlds_than_names_and_no_more_names_than_the_limit() -> None:
    estate = estate_of([*fragments("/a", "dev", "prod"), *fragments("/b", "dev", "prod", "test")], link)
    assert [sorted(world.judged) for world in estate.worlds] == [
        ["/a + env/dev.tfvars", "/b + env/dev.tfvars"],
        ["/a + env/prod.tfvars", "/b + env/prod.tfvars"],
        ["/b + env/test.tfvars"],
    ]
    assert len(estate.worlds[2].network.fragments) == 3
    many = [f for root in range(MAX_WORLDS) for f in fragments(f"/{root}", f"x{root}", f"y{root}", "z")]
    assert len(estate_of(many, link).worlds) == 3


def test_a_suppression_in_a_layer_counts(tmp_path: Path) -> None:
    common = 'spoke = "10.1.0.0/16" # peerlint: ignore[PL101] known\n'
    main = PAIR.replace('"spoke" { default = "10.1.0.0/16" }', '"spoke" {}')
    write(tmp_path, {"main.tf": main, "common.tfvars": common, "dev.tfvars": OVERLAPPING})
    result = checked(tmp_path, "PL101", "PL904")
    assert said(result) == []
    assert [report.condition.text for report in result.suppressed] == ["with dev.tfvars"]
