"""What a root passes on to modules that were not read: told where it may concern somebody, and else not evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from peerlint.discover import Exclude, Sources
from peerlint.network.model import Fragment
from peerlint.read import read
from peerlint.read_options import ReadOptions
from peerlint.records import replace
from peerlint.terraform.aloof import IDS
from tests.terraform.estate import write

LABELS = """
    module "label" {
      source = "example.com/nobody/label/aws"
      name   = "main"
    }
    module "app" {
      source = "example.com/nobody/app/aws"
      name   = module.label.id
      note   = var.note
    }
    variable "note" { default = "none" }
    output "app" { value = module.app.id }
"""


def fragment(folder: Path, files: Mapping[str, str], **options: Any) -> Fragment:
    """The fragment of the root in ``own``, beside whichever other roots the files make."""
    write(folder, files)
    names = dict.fromkeys(str((folder / name).parent) for name in files if name.endswith(".tf"))
    sources = Sources(directories=tuple(names), given=(str(folder),))
    reading = read(sources, replace(ReadOptions(Exclude(str(folder))), **options), lambda _: None)
    assert [crash.trace for crash in reading.crashes] == []
    return next(one for one in reading.fragments if one.stack == str(folder / "own"))


def passed_on(found: Fragment) -> set[str]:
    """The identities and texts that are passed on to modules that were not read."""
    assert [gap.reason.split("`")[1] for gap in found.gaps] == ["module.app", "module.label"]
    touched = [value for gap in found.gaps for value in gap.touches or ()]
    return {str(getattr(value, "value", None) or getattr(value, "of", None)) for value in touched}


def test_of_a_root_that_concerns_nobody_nothing_is_told(tmp_path: Path) -> None:
    assert passed_on(fragment(tmp_path, {"own/main.tf": LABELS})) == set()


CONCERNS = {
    "an id": {"own/main.tf": LABELS.replace('"none"', '"vpc-0a1b2c3d4e5f60718"')},
    "an id in a var file": {"own/main.tf": LABELS, "own/terraform.tfvars": 'note = "rtb-0a1b2c3d4e5f60718"\n'},
    "a hosted zone": {"own/main.tf": LABELS.replace('"none"', '"Z0123456789ABCDEFGHI"')},
    "the beginning of an id": {"own/main.tf": LABELS.replace("var.note", '"vpc-${var.note}"')},
    "a file": {
        "own/main.tf": LABELS.replace("var.note", 'jsondecode(file("${path.module}/ids.json"))'),
        "own/ids.json": '["vpc-0a1b2c3d4e5f60718"]',
    },
    "a VPC of its own": {"own/main.tf": LABELS + '    resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }\n'},
    "a state of another root": {
        "own/main.tf": LABELS + '    data "terraform_remote_state" "o" { backend = "s3" }\n',
    },
    "a root that reads its state": {
        "own/main.tf": LABELS,
        "other/main.tf": """
            data "terraform_remote_state" "own" {
              backend = "local"
              config  = { path = "../own/terraform.tfstate" }
            }
        """,
    },
    "a root that reads some state": {
        "own/main.tf": LABELS,
        "other/main.tf": 'variable "b" {}\n data "terraform_remote_state" "own" {\n backend = var.b\n }\n',
    },
    "a backend that is not told, and a root that reads some state": {
        "own/main.tf": LABELS,
        "own/terragrunt.hcl": "",
        "other/main.tf": 'data "terraform_remote_state" "own" {\n backend = "s3"\n }\n',
    },
    "a parameter that others read": {
        "own/main.tf": LABELS
        + """
    resource "aws_ssm_parameter" "app" {
      name  = "/app/id"
      type  = "String"
      value = module.app.id
    }
    """
    },
}


@pytest.mark.parametrize("files", CONCERNS.values(), ids=CONCERNS)
def test_of_one_that_may_concern_somebody_all_is_told(files: Mapping[str, str], tmp_path: Path) -> None:
    assert any("module.label" in told for told in passed_on(fragment(tmp_path, files)))


@pytest.mark.parametrize("kind", IDS)
def test_an_id_of_anything_in_a_network_may_concern_somebody(kind: str, tmp_path: Path) -> None:
    files = {"own/main.tf": LABELS.replace('"none"', f'"{kind}-0a1b2c3d4e5f60718"')}
    assert f"{kind}-0a1b2c3d4e5f60718" in passed_on(fragment(tmp_path, files))


@pytest.mark.parametrize("text", ["ami-0a1b2c3d4e5f60718", "my-vpc-name", "AZ0123456789", "profile (main)"])
def test_other_texts_concern_nobody(text: str, tmp_path: Path) -> None:
    assert passed_on(fragment(tmp_path, {"own/main.tf": LABELS.replace('"none"', f'"{text}"')})) == set()


def test_all_is_told_where_values_are_given(tmp_path: Path) -> None:
    given = (("var", "note=vpc-0a1b2c3d4e5f60718"),)
    assert "vpc-0a1b2c3d4e5f60718" in passed_on(fragment(tmp_path, {"own/main.tf": LABELS}, assignments=given))


def test_all_is_told_to_other_repositories(tmp_path: Path) -> None:
    assert passed_on(fragment(tmp_path, {"own/main.tf": LABELS}, for_others=True)) != set()


def test_states_that_are_kept_by_another_backend_are_not_its_own(tmp_path: Path) -> None:
    other = 'data "terraform_remote_state" "net" {\n backend = "s3"\n}\n'
    assert passed_on(fragment(tmp_path, {"own/main.tf": LABELS, "other/main.tf": other})) == set()
