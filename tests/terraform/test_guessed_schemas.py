"""Roots with types that no schema here describes are planned all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("tf", reason="the provider framework is not installed")

from tests.oracle.check_roots import check
from tests.oracle.terraform_plan import TERRAFORM
from tests.terraform.estate import write

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="the terraform binary is not installed")

UNDESCRIBED = """
terraform {
  required_providers {
    example = { source = "example/example" }
  }
}
resource "example_key" "a" {
  aws { key = "k" }
}
data "example_cluster" "a" {
  environment {
    id    = example_key.a.id
    zones = ["a", "b"]
    tags  = { Name = "a" }
  }
  depends_on = [example_key.a]
}
output "key" { value = example_key.a.aws[0].key }
output "roles" { value = example_key.a.aws[0].roles }
output "endpoint" { value = data.example_cluster.a.endpoint }
"""


def test_blocks_have_what_is_read_from_them_and_may_wait_for_apply(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": UNDESCRIBED})
    assert check(tmp_path, tmp_path) == []
