"""The values of a root in each of its deployments, as the real ``terraform plan -var-file`` gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.values import Known
from peerlint.terraform.config import load_module
from peerlint.terraform.deployments import deployments_of
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.root_state import RootState
from peerlint.terraform.site import Site
from peerlint.terraform.variables import root_values
from tests.oracle.terraform_plan import TERRAFORM, planned_outputs
from tests.terraform.estate import write

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="the terraform binary is not installed")

MAIN = """
    variable "region" {}
    variable "cidr" { default = "10.0.0.0/16" }
    variable "count_of" {
      type    = number
      default = 1
    }
    variable "tags" {
      type    = map(string)
      default = { owner = "net" }
    }
    variable "zones" { default = ["a"] }
    variable "quiet" { default = "yes" }
    output "all" {
      value = jsonencode([var.region, var.cidr, var.count_of, var.tags, var.zones, var.quiet])
    }
"""
FILES = {
    "terraform.tfvars": 'region = "eu-west-1"\nzones  = ["a", "b"]\n',
    "net.auto.tfvars": 'cidr = "10.1.0.0/16"\n',
    "env/dev.tfvars": 'region = "eu-west-2"\ncidr = "10.2.0.0/16"\ncount_of = "2"\nundeclared = 1\n',
    "env/prod.tfvars.json": '{"region": "us-east-1", "cidr": "${literal}", "count_of": 3, "tags": {"owner": "%{x}"}}',
    "envs/test/a.tfvars": 'region = "eu-north-1"\ncidr = "fd00::/64"\n',
    "envs/test/b.tfvars": 'tags = { owner = "ops" }\ncount_of = 4\nquiet = "no"\n',
}


def test_each_deployment_has_the_values_of_the_plan_with_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"main.tf": MAIN, **FILES})
    deployed = deployments_of(str(tmp_path), TerraformOptions(str(tmp_path)))
    assert [one.name for one in deployed] == [
        "",
        "env/dev.tfvars",
        "env/prod.tfvars.json",
        "envs/test/a.tfvars + envs/test/b.tfvars",
    ]
    for one in deployed:
        monkeypatch.setenv("TF_CLI_ARGS_plan", " ".join(f"-var-file={path}" for path in one.files))
        planned = planned_outputs(tmp_path)
        config, state = load_module(str(tmp_path)), RootState(one.stack, str(tmp_path), str(tmp_path))
        scope = ModuleInstance(Site(state, config)).scope
        values, _, problems = root_values(config, TerraformOptions(str(tmp_path), deployment=one), scope)
        assert problems == []
        assert ModuleInstance(Site(state, config), values).output("all") == Known(planned["all"])
