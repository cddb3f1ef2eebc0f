"""The versions of the AWS provider that a root may be run with."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import ProviderVersions
from peerlint.network.values import Maybe
from peerlint.terraform.fragment import fragment_of
from peerlint.terraform.options import TerraformOptions

FIVE = (5, 0, 0)


CLASSIC_LINK = """
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = "vpc-1"
  peer_vpc_id = "vpc-2"
  requester {
    allow_classic_link_to_remote_vpc = true
  }
}
"""
"""What it depends on the version of the provider for."""


def versions(directory: Path, text: str, **files: str) -> ProviderVersions:
    directory = directory / str(len(list(directory.iterdir())))
    directory.mkdir()
    for name, content in {"main.tf": text, "classic_link.tf": CLASSIC_LINK, **files}.items():
        path = directory / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    found = fragment_of(str(directory), TerraformOptions(project_dir=str(directory))).aws_provider
    assert found is not None
    return found


def required(constraint: str, source: str = "hashicorp/aws") -> str:
    provider = f'{{ source = "{source}", version = "{constraint}" }}'
    return f"terraform {{\n  required_providers {{\n    aws = {provider}\n  }}\n}}\n"


LOCK = 'provider "registry.{}/hashicorp/aws" {{\n  version = "{}"\n}}\n'


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", True),
        (required(">= 3.0"), True),
        (required("~> 5.0"), True),
        (required("6.43.0"), True),
        (required("~> 4.0"), False),
        (required("~> 4.67.0"), False),
        (required(">= 3.0, < 5.0.0"), False),
        (required("<= 5.0.0"), True),
        (required("< 5.0.1"), True),
        (required("= 4.67.0"), False),
        (required("< 5.0", "opentofu/aws"), False),
        (required("< 5.0", "acme/aws"), True),
        ('terraform {\n  required_providers {\n    aws = "~> 2.7"\n  }\n}\n', False),
        ('provider "aws" {\n  version = "~> 3.0"\n}\n', False),
        ('provider "google" {\n  version = "~> 3.0"\n}\n', True),
    ],
)
def test_the_newest_version_that_the_constraints_allow_is_taken(tmp_path: Path, text: str, answer: bool) -> None:
    assert versions(tmp_path, text).is_at_least(FIVE) is answer


def test_the_constraints_of_all_modules_count(tmp_path: Path) -> None:
    call = 'module "m" {\n  source = "./m"\n}\n'
    found = versions(tmp_path, required(">= 3.0") + call, **{"m__main.tf": required("< 5.0")})
    assert found.is_at_least(FIVE) is False
    assert found.at is not None
    assert found.at.file.endswith("m/main.tf")


def test_a_module_that_was_not_read_may_require_an_older_one(tmp_path: Path) -> None:
    call = 'module "m" {\n  source = "acme/naming/aws"\n}\n'
    assert isinstance(versions(tmp_path, call).is_at_least(FIVE), Maybe)
    assert versions(tmp_path, call + required(">= 5.0")).is_at_least(FIVE) is True
    assert versions(tmp_path, call + required("< 5.0")).is_at_least(FIVE) is False


@pytest.mark.parametrize(
    ("host", "version", "answer"), [("terraform.io", "4.67.0", False), ("opentofu.org", "5.0.0", True)]
)
def test_the_lock_file_decides(tmp_path: Path, host: str, version: str, answer: bool) -> None:
    lock = {".terraform.lock.hcl": LOCK.format(host, version)}
    assert versions(tmp_path, required(">= 4.0"), **lock).is_at_least(FIVE) is answer


def test_a_lock_file_that_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    assert versions(tmp_path, required("~> 4.0"), **{".terraform.lock.hcl": "provider {"}).is_at_least(FIVE) is False


def test_one_doubt_is_enough(tmp_path: Path) -> None:
    call = 'module "m" {\n  source = "acme/naming/aws"\n}\n'
    for more in (required("latest"), "terraform {\n  required_providers {\n    aws = [\n  }\n}\n"):
        answer = versions(tmp_path, call + more).is_at_least(FIVE)
        assert isinstance(answer, Maybe)
        assert answer.reason == "module `module.m`, which was not read, may require an older provider"
