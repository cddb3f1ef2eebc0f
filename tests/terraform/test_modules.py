"""Where modules are found, which provider configurations they are given, and how override files change them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peerlint import filesystem
from peerlint.network.model import Route, RouteTable, SecurityGroup, Vpc
from peerlint.network.values import Known, Unknown
from peerlint.terraform.terragrunt import has_units
from tests.terraform.estate import estate, of, one, write

VPC = 'resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }\n'
CALL = 'module "net" {\n  source  = "example/net/aws"\n  version = "1.0"\n}\n'
PEERING = 'resource "aws_vpc_peering_connection" "x" {\n  vpc_id      = "vpc-1"\n  peer_vpc_id = "vpc-2"\n}\n'


def manifest(*rows: object) -> str:
    return json.dumps({"Modules": [{"Key": "", "Source": "", "Dir": "."}, *rows]})


def row(key: str, directory: object) -> dict[str, object]:
    return {"Key": key, "Source": "registry.terraform.io/example/net/aws", "Version": "1.0.0", "Dir": directory}


DIRECTORIES = [
    ".terraform/modules/net",
    ".terraform\\modules\\net",
    "./.terraform/modules/net",
    "ABSOLUTE/.terraform/modules/net",
]


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_an_installed_module_is_where_the_manifest_says(directory: str, tmp_path: Path) -> None:
    rows = manifest(row("net", directory.replace("ABSOLUTE", str(tmp_path))), {"Key": "odd"}, "odd", row("x", 1))
    files = {
        "main.tf": CALL,
        ".terraform/modules/modules.json": rows,
        ".terraform/modules/net/main.tf": VPC,
        "example/net/aws/main.tf": "",
    }
    assert one(estate(tmp_path, files), Vpc).origin.address == "module.net.aws_vpc.a"


def test_a_part_of_a_package_and_what_it_calls_are_found(tmp_path: Path) -> None:
    outer = 'module "module" {\n  for_each = toset(["x.y]", "z"])\n  source   = "git::https://example.com/net.git//part"\n}\n'
    rows = manifest(row("module", ".terraform/modules/net/part"), row("module.deep", ".terraform/modules/module.deep"))
    files = {
        "main.tf": outer,
        ".terraform/modules/modules.json": rows,
        ".terraform/modules/net/part/main.tf": 'module "b" { source = "../b" }\n' + CALL.replace("net", "deep", 1),
        ".terraform/modules/net/b/main.tf": VPC,
        ".terraform/modules/module.deep/main.tf": VPC,
    }
    assert {vpc.origin.address for vpc in of(estate(tmp_path, files), Vpc)} == {
        f'module.module["{key}"].module.{name}.aws_vpc.a' for key in ("x.y]", "z") for name in ("b", "deep")
    }


@pytest.mark.parametrize("directory", ["../outside", "OUTSIDE", ".terraform/modules/link"])
def test_a_manifest_leads_nowhere_outside_the_project(directory: str, tmp_path: Path) -> None:
    write(tmp_path, {"outside/main.tf": VPC})
    project = tmp_path / "project"
    (project / ".terraform" / "modules").mkdir(parents=True)
    (project / ".terraform" / "modules" / "link").symlink_to(tmp_path / "outside")
    rows = manifest(row("net", directory.replace("OUTSIDE", str(tmp_path / "outside"))))
    fragment = estate(project, {"main.tf": PEERING + CALL, ".terraform/modules/modules.json": rows})
    assert of(fragment, Vpc) == []
    (problem,) = fragment.problems
    assert problem.kind.value == "PL903"
    assert problem.message.endswith("is on disk outside of what was given")
    assert problem.at.line == 6


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '{"Modules": 1}', '{"Modules": [1, null]}', "[" * 100_000])
def test_a_broken_manifest_is_as_none(text: str, tmp_path: Path) -> None:
    fragment = estate(tmp_path, {"main.tf": VPC + PEERING + CALL, ".terraform/modules/modules.json": text})
    assert one(fragment, Vpc)
    assert [problem.kind.value for problem in fragment.problems] == ["PL903"]


PROVIDERS = """
    provider "aws" { region = "eu-west-1" }
    provider "aws" {
      alias  = "far"
      region = "us-east-1"
    }
    provider "aws" {
      alias    = "by_region"
      for_each = toset(["eu-central-1", "eu-north-1"])
      region   = each.value
    }
    module "mid" {
      source    = "./mid"
      providers = { aws.left = aws.far, aws.right = aws }
    }
    module "plain" { source = "./leaf" }
    module "each" {
      source    = "./leaf"
      for_each  = toset(["eu-central-1", "eu-north-1"])
      providers = { aws = aws.by_region[each.key] }
    }
    module "gone" {
      source    = "./leaf"
      providers = { aws = aws.by_region["eu-south-1"] }
    }
    module "own" { source = "./own" }
    resource "aws_vpc" "keyed" {
      for_each   = toset(["eu-central-1"])
      provider   = aws.by_region[each.key]
      cidr_block = "10.0.0.0/16"
    }
    variable "somewhere" {}
    resource "aws_vpc" "unknown" {
      provider   = aws.by_region[var.somewhere]
      cidr_block = "10.0.0.0/16"
    }
"""
MID = """
    terraform {
      required_providers {
        aws = {
          source                = "hashicorp/aws"
          configuration_aliases = [aws.left, aws.right]
        }
      }
    }
    module "left" {
      source    = "../leaf"
      providers = { aws = aws.left }
    }
    module "right" {
      source    = "../leaf"
      providers = { aws = aws.right }
    }
    module "inherits" { source = "../leaf" }
"""
REGIONS = {
    "module.mid.module.left.aws_vpc.a": "us-east-1",
    "module.mid.module.right.aws_vpc.a": "eu-west-1",
    "module.mid.module.inherits.aws_vpc.a": "eu-west-1",
    "module.plain.aws_vpc.a": "eu-west-1",
    'module.each["eu-central-1"].aws_vpc.a': "eu-central-1",
    'module.each["eu-north-1"].aws_vpc.a': "eu-north-1",
    "module.gone.aws_vpc.a": None,
    "module.own.aws_vpc.a": "ap-south-1",
    "module.own.module.below.aws_vpc.a": "ap-south-1",
    'aws_vpc.keyed["eu-central-1"]': "eu-central-1",
    "aws_vpc.unknown": None,
}


def test_provider_configurations_are_passed_inherited_and_keyed(tmp_path: Path) -> None:
    own = 'provider "aws" { region = "ap-south-1" }\nmodule "below" { source = "../leaf" }\n'
    files = {"main.tf": PROVIDERS, "mid/main.tf": MID, "leaf/main.tf": VPC, "own/main.tf": own + VPC}
    found = {vpc.origin.address: vpc.place.region for vpc in of(estate(tmp_path, files), Vpc)}
    assert {
        address: region.value if isinstance(region, Known) else None for address, region in found.items()
    } == REGIONS


def test_blocks_of_an_override_replace_those_of_their_type_also_dynamic_ones(tmp_path: Path) -> None:
    base = """
        resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
        resource "aws_route_table" "t" {
          vpc_id = aws_vpc.v.id
          dynamic "route" {
            for_each = ["10.1.0.0/16", "10.2.0.0/16"]
            content {
              cidr_block                = route.value
              vpc_peering_connection_id = "pcx-1"
            }
          }
          lifecycle { ignore_changes = [route] }
        }
        resource "aws_security_group" "g" {
          vpc_id = aws_vpc.v.id
          ingress {
            from_port   = 1
            to_port     = 1
            protocol    = "tcp"
            cidr_blocks = ["10.0.0.0/8"]
          }
        }
    """
    over = """
        resource "aws_route_table" "t" {
          route {
            cidr_block                = "10.3.0.0/16"
            vpc_peering_connection_id = "pcx-1"
          }
          lifecycle { create_before_destroy = true }
        }
        resource "aws_security_group" "g" {
          description = "changed"
        }
    """
    fragment = estate(tmp_path, {"main.tf": base, "override.tf": over})
    assert len(of(fragment, Route)) == 1
    assert one(fragment, RouteTable, "aws_route_table.t")
    assert one(fragment, SecurityGroup, "aws_security_group.g")
    assert fragment.problems == ()


LONE = {
    'resource "aws_vpc" "b" { cidr_block = "10.0.0.0/16" }': 'resource "aws_vpc" "b"',
    'data "aws_vpc" "b" {}': 'data "aws_vpc" "b"',
    'variable "b" {}': 'variable "b"',
    'output "b" { value = 1 }': 'output "b"',
    'module "b" { source = "./b" }': 'module "b"',
    "locals { b = 1 }": "locals",
    'provider "aws" { alias = "b" }': 'provider "aws"',
}


@pytest.mark.parametrize("block", LONE)
def test_an_override_of_nothing_is_said(block: str, tmp_path: Path) -> None:
    files = {"main.tf": VPC + PEERING, "dev_override.tf": f"# for development\n{block}\n", "b/main.tf": ""}
    fragment = estate(tmp_path, files)
    (problem,) = fragment.problems
    assert (problem.kind.value, Path(problem.at.file).name, problem.at.line) == ("PL905", "dev_override.tf", 2)
    assert f"`{LONE[block]}`" in problem.message


def test_the_default_provider_and_settings_can_be_overridden_where_they_are_not_written(tmp_path: Path) -> None:
    over = 'provider "aws" { region = "eu-west-1" }\nterraform {\n  backend "s3" {}\n}\n'
    fragment = estate(tmp_path, {"main.tf": VPC, "override.tf": over})
    assert fragment.problems == ()
    assert one(fragment, Vpc).place.region == Known("eu-west-1")


def test_nothing_is_said_of_overrides_where_there_is_no_peering(tmp_path: Path) -> None:
    """They may be kept for another module, over which something copies them."""
    patch = 'locals { size = 1 }\nresource "aws_subnet" "b" {}\n'
    assert estate(tmp_path, {"size_override.tf": patch, "more.tf": VPC}).problems == ()


def test_nothing_is_said_of_overrides_that_stand_beside_no_other_file(tmp_path: Path) -> None:
    assert estate(tmp_path, {"size_override.tf": VPC + PEERING}).problems == ()


@pytest.mark.parametrize("unit", ["live/dev/terragrunt.hcl", "terragrunt.hcl"])
def test_what_a_root_does_not_declare_may_be_added_by_terragrunt(unit: str, tmp_path: Path) -> None:
    root = {"main.tf": VPC.replace('"10.0.0.0/16"', "var.block") + 'module "m" { source = "./m" }\n'}
    inner = {"m/main.tf": VPC.replace('"10.0.0.0/16"', "var.inner")}
    assert VPC not in (*root.values(), *inner.values())

    def names() -> list[str]:
        return sorted(p.message.split("`")[1] for p in estate(tmp_path, {**root, **inner}).problems)

    assert names() == ["block", "inner"]
    write(tmp_path, {unit: 'terraform {\n  source = "../..//network"\n}\n'})
    has_units.cache_clear()
    assert names() == ["inner"]


def test_nothing_is_said_of_an_override_where_a_file_could_not_be_read(tmp_path: Path) -> None:
    fragment = estate(tmp_path, {"main.tf": "locals {\n", "override.tf": "locals { a = 1 }\n"})
    assert [problem.kind.value for problem in fragment.problems] == ["PL901"]


def test_a_json_twin_of_opentofu_replaces_only_the_json_file(tmp_path: Path) -> None:
    files = {
        "a.tf": VPC,
        "a.tf.json": '{"resource": {"aws_vpc": {"b": {"cidr_block": "10.1.0.0/16"}}}}',
        "a.tofu.json": '{"resource": {"aws_vpc": {"c": {"cidr_block": "10.2.0.0/16"}}}}',
        "x.tofutest.hcl": "run {",
        "x.tftest.hcl": "run {",
    }
    fragment = estate(tmp_path, files)
    assert [vpc.origin.address for vpc in of(fragment, Vpc)] == ["aws_vpc.a", "aws_vpc.c"]
    assert fragment.problems == ()


def test_the_workspace_is_known_where_it_is_said_and_itself_elsewhere(tmp_path: Path) -> None:
    text = 'resource "aws_vpc" "v" {\n  cidr_block = { prod = "10.1.0.0/16" }[terraform.workspace]\n}\n'
    known = one(estate(tmp_path, text, workspace="prod"), Vpc).blocks[0].cidr
    assert isinstance(known, Known)
    assert str(known.value) == "10.1.0.0/16"
    two = 'resource "aws_vpc" "NAME" {\n  cidr_block = "${terraform.workspace}"\n}\n'
    first, second = of(estate(tmp_path, two.replace("NAME", "a") + two.replace("NAME", "b")), Vpc)
    assert isinstance(first.blocks[0].cidr, Unknown)
    assert first.blocks[0].cidr == second.blocks[0].cidr


def test_an_empty_source_names_no_module(tmp_path: Path) -> None:
    fragment = estate(tmp_path, PEERING + 'module "net" {\n  source = ""\n}\n')
    assert [(problem.kind.value, problem.at.line) for problem in fragment.problems] == [("PL903", 6)]


def test_units_are_not_looked_for_in_a_whole_file_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystem, "walk", lambda _: pytest.fail("it is walked"))
    assert not has_units("/")
