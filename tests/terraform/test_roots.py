"""Which directories are roots, and which files make up a module."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import Vpc
from peerlint.network.values import Known
from peerlint.terraform.module_files import module_files
from peerlint.terraform.roots import find_roots
from tests.terraform.estate import estate, one, write
from tests.values import known

CALL = 'module "net" { source = "../modules/net" }\n'
VPC = 'resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }\n'


def roots(folder: Path, *names: str) -> list[str]:
    return [Path(root.directory).name for root in find_roots([str(folder / name) for name in names])]


def test_a_called_directory_is_no_root(tmp_path: Path) -> None:
    write(tmp_path, {"live/main.tf": CALL, "modules/net/main.tf": VPC, "modules/lone/main.tf": VPC})
    assert roots(tmp_path, "live", "modules/net", "modules/lone") == ["live", "lone"]


def test_a_called_directory_that_configures_a_provider_or_backend_is_a_root_as_well(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "live/main.tf": CALL
            + 'module "b" { source = "../modules/b" }\nmodule "old" { source = "../modules/old" }\n',
            "modules/net/main.tf": VPC + 'provider "aws" { region = "eu-west-1" }\n',
            "modules/b/main.tf": 'terraform {\n  backend "s3" {}\n}\n',
            "modules/old/main.tf": 'provider "aws" { alias = "peer" }\n',
        },
    )
    assert roots(tmp_path, "live", "modules/net", "modules/b", "modules/old") == ["live", "net", "b"]


@pytest.mark.parametrize(
    "provider",
    [
        'provider "aws" { region = var.r }\n',
        'provider "aws" {\n  region = local.r\n  assume_role { role_arn = var.r }\n}\n',
    ],
)
def test_a_called_module_whose_provider_takes_variables_is_no_root(tmp_path: Path, provider: str) -> None:
    write(
        tmp_path,
        {
            "live/main.tf": CALL,
            "modules/net/main.tf": VPC + 'variable "r" {}\n' + provider,
        },
    )
    assert roots(tmp_path, "live", "modules/net") == ["live"]


def test_a_provider_in_an_override_file_goes_over_its_twin(tmp_path: Path) -> None:
    provider = 'provider "aws" {\n  alias  = "b"\n  region = "%s"\n}\n'
    vpc = VPC.replace("{ ", "{\n  provider = aws.b\n  ").replace(" }", "\n}")
    files = {"main.tf": vpc + provider % "eu-central-1", "dev_override.tf": provider % "eu-west-1"}
    assert one(estate(tmp_path, files), Vpc).place.region == Known("eu-west-1")


def test_a_link_to_a_file_of_another_kind_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("root:x:0:0\n")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a.tf").symlink_to(tmp_path / "secret")
    (tmp_path / "root" / "gone.tf").symlink_to(tmp_path / "nothing.tf")
    (tmp_path / "shared.tf").write_text(VPC)
    (tmp_path / "root" / "shared.tf").symlink_to(tmp_path / "shared.tf")
    fragment = estate(tmp_path / "root", {})
    assert [p.kind.value for p in fragment.problems] == ["PL901", "PL901"]
    assert [Path(p.at.file).name for p in fragment.problems] == ["a.tf", "gone.tf"]
    assert "root:x" not in fragment.problems[0].message
    assert one(fragment, Vpc)


def test_modules_that_call_each_other_in_a_circle_hide_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, {"a/main.tf": VPC, "b/main.tf": 'module "self" { source = "./" }\n'})
    assert roots(tmp_path, "a", "b") == ["a", "b"]


def test_a_tofu_file_replaces_its_twin_and_overrides_come_last(tmp_path: Path) -> None:
    files = {
        "main.tf": VPC.replace("10.0", "10.1"),
        "main.tofu": VPC.replace("10.0", "10.2"),
        "a_override.tf": 'resource "aws_vpc" "a" { cidr_block = "10.3.0.0/16" }\n',
        "z.tf": "locals {}\n",
        "notes.tf.txt": "not Terraform",
        ".hidden.tf": "locals {",
        "backup.tf~": "locals {",
    }
    fragment = estate(tmp_path, files)
    names = [Path(path).name for path in module_files(str(tmp_path))]
    assert names == ["main.tofu", "z.tf", "a_override.tf"]
    assert str(known(one(fragment, Vpc).blocks[0].cidr)) == "10.3.0.0/16"
    assert not fragment.problems


def test_an_installed_module_is_found_by_its_manifest(tmp_path: Path) -> None:
    manifest = '{"Modules": [{"Key": "", "Dir": "."}, {"Key": "net", "Source": "x", "Dir": ".terraform/modules/net"}]}'
    fragment = estate(
        tmp_path,
        {
            "main.tf": 'module "net" { source = "registry.example.com/a/net/aws" }\n',
            ".terraform/modules/modules.json": manifest,
            ".terraform/modules/net/main.tf": VPC,
        },
    )
    assert one(fragment, Vpc).origin.address == "module.net.aws_vpc.a"


def test_a_module_outside_the_project_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"outside/main.tf": VPC})
    fragment = estate(tmp_path / "project", 'module "out" { source = "../outside" }\n')
    assert not fragment.entities
    assert [p.kind.value for p in fragment.problems] == ["PL903"]


def test_why_a_module_was_not_read_is_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {"outside/main.tf": VPC})
    peering = 'resource "aws_vpc_peering_connection" "x" {\n  vpc_id = "vpc-1"\n  peer_vpc_id = "vpc-2"\n}\n'
    sources = ("../outside", "./nowhere", "example/net/aws")
    calls = "".join(f'module "m{n}" {{ source = "{source}" }}\n' for n, source in enumerate(sources))
    problems = estate(tmp_path / "project", peering + calls).problems
    assert [problem.remedy.split(":")[0] for problem in problems] == [
        "give a directory that holds both, or run in the repository",
        "correct the path",
        "run `terraform get` (or `terraform init`) first",
    ]
