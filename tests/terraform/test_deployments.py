"""How many times a root is deployed, with which var files, and what they make of its variables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from peerlint.network.model import Deployment, ProblemKind, Vpc
from peerlint.network.values import Known, Unknown
from peerlint.terraform import Root, TerraformOptions, deployments_of, read
from peerlint.terraform.var_files import root_of
from tests.terraform.estate import of, write
from tests.values import known

MAIN = """
    variable "a" { default = "10.0.0.0/16" }
    variable "b" {}
    resource "aws_vpc" "a" { cidr_block = var.a }
    resource "aws_vpc" "b" { cidr_block = var.b }
"""
B = 'b = "10.1.0.0/16"\n'
BOTH = 'a = "10.2.0.0/16"\nb = "10.3.0.0/16"\n'


def found(folder: Path, files: dict[str, str], main: str = MAIN, **options: Any) -> list[Deployment]:
    """The deployments of a root with these files beside its ``main.tf``."""
    write(folder, {"main.tf": main, **files})
    return list(deployments_of(Root(str(folder), "root"), TerraformOptions(str(folder), **options)))


def names(folder: Path, files: dict[str, str], main: str = MAIN, **options: Any) -> list[str]:
    return [deployment.name for deployment in found(folder, files, main, **options)]


def blocks(folder: Path, deployment: Deployment) -> dict[str, str]:
    """The block of each VPC of a deployment, or why it is unknown."""
    fragment = read(Root(str(folder), "root"), TerraformOptions(str(folder), deployment=deployment))
    cidrs = {vpc.origin.address.removeprefix("aws_vpc."): vpc.blocks[0].cidr for vpc in of(fragment, Vpc)}
    return {name: cidr.reason if isinstance(cidr, Unknown) else str(cidr.value) for name, cidr in cidrs.items()}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, [""]),
        ({"terraform.tfvars": B, "x.auto.tfvars": B}, [""]),
        ({"dev.tfvars": B, "prod.tfvars": BOTH}, ["dev.tfvars", "prod.tfvars"]),
        ({"env/dev.tfvars": B, "envs/p.tfvars.json": '{"b": "10.1.0.0/16"}'}, ["env/dev.tfvars", "envs/p.tfvars.json"]),
        ({"vars/a.tfvars": B, "environments/c.tfvars": B}, ["environments/c.tfvars", "vars/a.tfvars"]),
        ({"tfvars/b.tfvars": B}, ["tfvars/b.tfvars"]),
        ({"other/dev.tfvars": B}, [""]),
        ({"variable.tfvars/notes.txt": ""}, [""]),
        ({"example.tfvars": B, "vars/dev.sample.tfvars": B, "template.tfvars": B, ".hidden.tfvars": B}, [""]),
        ({"backend.tfvars": 'bucket = "states"\nkey = "network"\n'}, [""]),
        ({"empty.tfvars": ""}, [""]),
    ],
)
def test_a_root_is_deployed_once_with_each_of_its_var_files(
    tmp_path: Path, files: dict[str, str], expected: list[str]
) -> None:
    assert names(tmp_path, files) == expected


def test_it_is_deployed_without_them_only_where_every_variable_then_has_a_value(tmp_path: Path) -> None:
    dev = {"env/dev.tfvars": BOTH}
    assert names(tmp_path, dev) == ["env/dev.tfvars"]
    with_default = MAIN.replace('"b" {}', '"b" { default = "10.9.0.0/16" }')
    assert names(tmp_path, dev, with_default) == ["", "env/dev.tfvars"]
    assert names(tmp_path, dev, assignments=(("var", "b=10.1.0.0/16"),)) == ["", "env/dev.tfvars"]
    assert names(tmp_path, dev, environment={"TF_VAR_b": "10.1.0.0/16"}) == ["", "env/dev.tfvars"]
    assert names(tmp_path, {**dev, "terraform.tfvars": B}) == ["", "env/dev.tfvars"]


@pytest.mark.parametrize("empty", ['""', "null", "[]", "{}"])
def test_an_empty_default_that_var_files_replace_is_no_value(tmp_path: Path, empty: str) -> None:
    main = MAIN.replace('"b" {}', f'"b" {{ default = {empty} }}\nvariable "c" {{ default = {empty} }}')
    assert names(tmp_path, {"env/dev.tfvars": BOTH}, main) == ["env/dev.tfvars"]
    assert names(tmp_path, {"env/dev.tfvars": BOTH, "terraform.tfvars": B}, main) == ["", "env/dev.tfvars"]
    assert names(tmp_path, {"env/dev.tfvars": 'a = "10.2.0.0/16"\n'}, main) == ["", "env/dev.tfvars"]


def test_a_var_file_that_is_told_is_the_only_one(tmp_path: Path) -> None:
    dev = str(tmp_path / "env" / "dev.tfvars")
    files = {"env/dev.tfvars": BOTH, "env/prod.tfvars": BOTH, "broken.tfvars": "a = {"}
    assert names(tmp_path, files, assignments=(("file", dev),)) == [""]
    fragment = read(Root(str(tmp_path), "root"), TerraformOptions(str(tmp_path), (("file", dev),)))
    assert fragment.problems == ()
    assert fragment.stack == str(tmp_path)


def test_an_excluded_var_file_is_neither_a_deployment_nor_a_layer(tmp_path: Path) -> None:
    files = {"dev.tfvars": B, "old.tfvars": 'a = "10.8.0.0/16"\n', "broken.tfvars": "a = {"}
    excluded = [str(tmp_path / name) for name in ("old.tfvars", "broken.tfvars")]
    (dev,) = found(tmp_path, files, exclude=excluded)
    fragment = read(Root(str(tmp_path), "root"), TerraformOptions(str(tmp_path), exclude=excluded, deployment=dev))
    assert [str(known(vpc.blocks[0].cidr)) for vpc in of(fragment, Vpc)] == ["10.0.0.0/16", "10.1.0.0/16"]
    assert fragment.problems == ()


@pytest.mark.parametrize(
    "name", ["common", "global", "shared", "base", "defaults", "secrets", "dev-secrets", "my_common"]
)
def test_files_that_others_are_given_with_are_no_deployments_of_their_own(tmp_path: Path, name: str) -> None:
    files = {f"{name}.tfvars": B, "dev.tfvars": BOTH}
    assert names(tmp_path, files) == ["dev.tfvars"]


def test_a_layer_that_stands_alone_is_a_deployment(tmp_path: Path) -> None:
    assert names(tmp_path, {"common.tfvars": B, "secrets.tfvars": 'a = "10.8.0.0/16"\n'}) == [
        "common.tfvars",
        "secrets.tfvars",
    ]


def test_a_folder_of_an_environment_is_one_deployment_where_its_files_go_together(tmp_path: Path) -> None:
    a, b = 'a = "10.2.0.0/16"\n', 'b = "10.3.0.0/16"\n'
    files = {
        "envs/dev/network.tfvars": a,
        "envs/dev/spoke.tfvars": b,
        "envs/prod/terraform.tfvars": BOTH.replace("10.", "172."),
        "envs/test/one.tfvars": BOTH,
        "envs/test/two.tfvars": BOTH,
    }
    dev, prod, one, two = found(tmp_path, files)
    assert dev.name == "envs/dev/network.tfvars + envs/dev/spoke.tfvars"
    assert [d.name for d in (prod, one, two)] == [
        "envs/prod/terraform.tfvars",
        "envs/test/one.tfvars",
        "envs/test/two.tfvars",
    ]
    assert blocks(tmp_path, dev) == {"a": "10.2.0.0/16", "b": "10.3.0.0/16"}
    assert blocks(tmp_path, prod) == {"a": "172.2.0.0/16", "b": "172.3.0.0/16"}


def test_a_folder_that_is_shared_is_a_layer_and_the_layer_of_another_environment_is_none(tmp_path: Path) -> None:
    files = {"envs/dev/x.tfvars": B, "envs/prod/x.tfvars": B, "envs/prod/secrets.tfvars": 'a = "10.9.0.0/16"\n'}
    assert names(tmp_path, files) == ["envs/dev/x.tfvars", "envs/prod/x.tfvars"]
    dev, prod = found(tmp_path, files)
    assert blocks(tmp_path, dev)["a"] == "10.0.0.0/16"
    assert blocks(tmp_path, prod)["a"] == "`var.a` depends on which var files are given together"
    dev, prod = found(tmp_path, {"envs/common/all.tfvars": 'a = "10.7.0.0/16"\n'})
    assert blocks(tmp_path, dev)["a"] == "`var.a` depends on which var files are given together"


def test_a_folder_that_holds_a_root_keeps_its_var_files(tmp_path: Path) -> None:
    files = {
        "env/main.tf": "",
        "env/dev.tfvars": BOTH,
        "envs/dev/main.tf": "",
        "envs/dev/x.tfvars": BOTH,
        "vars/p.tfvars": BOTH,
    }
    assert names(tmp_path, files) == ["vars/p.tfvars"]


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    write(elsewhere, {"dev.tfvars": BOTH})
    root.mkdir()
    (root / "env").symlink_to(elsewhere)
    assert names(root, {}) == [""]


def test_alternatives_leave_a_default_in_force_and_layers_leave_it_open(tmp_path: Path) -> None:
    open_ = "`var.a` depends on which var files are given together"
    dev, prod = found(tmp_path, {"dev.tfvars": B, "prod.tfvars": BOTH})
    assert blocks(tmp_path, dev) == {"a": "10.0.0.0/16", "b": "10.1.0.0/16"}
    assert blocks(tmp_path, prod) == {"a": "10.2.0.0/16", "b": "10.3.0.0/16"}
    (tmp_path / "prod.tfvars").unlink()
    (dev,) = found(tmp_path, {"dev.tfvars": B, "common.tfvars": BOTH})
    assert blocks(tmp_path, dev) == {"a": open_, "b": "10.1.0.0/16"}
    (tmp_path / "common.tfvars").unlink()
    dev, net = found(tmp_path, {"dev.tfvars": B, "net.tfvars": 'a = "10.2.0.0/16"\n'})
    assert blocks(tmp_path, dev) == {"a": open_, "b": "10.1.0.0/16"}
    assert blocks(tmp_path, net) == {"a": "10.2.0.0/16", "b": "10.1.0.0/16"}


def test_files_of_different_environments_are_never_given_together(tmp_path: Path) -> None:
    files = {"env/dev/x.tfvars": B, "env/prod/x.tfvars": B + 'a = "10.9.0.0/16"\n', "env/prod/y.tfvars": BOTH}
    dev, *_ = found(tmp_path, files)
    assert blocks(tmp_path, dev) == {"a": "10.0.0.0/16", "b": "10.1.0.0/16"}


def test_a_layer_that_agrees_with_the_default_changes_nothing(tmp_path: Path) -> None:
    (dev,) = found(tmp_path, {"dev.tfvars": B, "common.tfvars": 'a = "10.0.0.0/16"\nunused = 1\n'})
    assert blocks(tmp_path, dev) == {"a": "10.0.0.0/16", "b": "10.1.0.0/16"}


def test_the_precedence_of_a_deployments_files(tmp_path: Path) -> None:
    """After what Terraform loads by itself and the environment, before ``-var``."""
    files = {
        "dev.tfvars": BOTH,
        "terraform.tfvars": 'a = "10.4.0.0/16"\n',
        "x.auto.tfvars.json": '{"b": "10.5.0.0/16"}',
    }
    *_, dev = found(tmp_path, files)
    assert blocks(tmp_path, dev) == {"a": "10.2.0.0/16", "b": "10.3.0.0/16"}
    options = TerraformOptions(str(tmp_path), (("var", "a=10.6.0.0/16"),), {"TF_VAR_b": "10.7.0.0/16"}, deployment=dev)
    vpcs = of(read(Root(str(tmp_path), "root"), options), Vpc)
    assert [str(known(vpc.blocks[0].cidr)) for vpc in vpcs] == ["10.6.0.0/16", "10.3.0.0/16"]


def test_a_file_that_cannot_be_parsed_is_said_at_its_line_and_the_others_go_on(tmp_path: Path) -> None:
    files = {"dev.tfvars": B, "prod.tfvars": B + "a = {\n", "old.tfvars.json": "{\n  'b': 1\n}\n"}
    (dev,) = found(tmp_path, files)
    assert dev.name == "dev.tfvars"
    problems = read(Root(str(tmp_path), "root"), TerraformOptions(str(tmp_path), deployment=dev)).problems
    said = {(Path(p.at.file).name, p.kind) for p in problems}
    assert said == {("prod.tfvars", ProblemKind.UNREADABLE_INPUT), ("old.tfvars.json", ProblemKind.UNREADABLE_INPUT)}
    assert {p.at.line for p in problems if p.at.file.endswith(".json")} == {2}


def test_too_many_are_left_out_and_named(tmp_path: Path) -> None:
    deployed = found(tmp_path, {f"env/{number:02}.tfvars": B for number in range(34)})
    assert [d.name for d in deployed] == [f"env/{number:02}.tfvars" for number in range(30)]
    (problem,) = read(Root(str(tmp_path), "root"), TerraformOptions(str(tmp_path), deployment=deployed[0])).problems
    assert problem.question == "whether anything is wrong with the other var files of this root"
    assert problem.message == (
        "a root is analysed with 30 var files at most: `env/30.tfvars`, `env/31.tfvars`, `env/32.tfvars` and 1 more "
        "were left out"
    )


def test_values_in_json_are_literal(tmp_path: Path) -> None:
    """``terraform plan`` shows ``a = "${1 + 1}"`` for them."""
    main = 'variable "a" {}\nresource "aws_vpc" "a" {\n  cidr_block = var.a\n  tags       = { Name = var.a }\n}\n'
    (dev,) = found(tmp_path, {"dev.tfvars.json": json.dumps({"a": "${1 + 1}"})}, main)
    (vpc,) = of(read(Root(str(tmp_path), "root"), TerraformOptions(str(tmp_path), deployment=dev)), Vpc)
    assert vpc.name == Known("${1 + 1}")


def test_stacks_of_deployments_differ(tmp_path: Path) -> None:
    deployed = found(
        tmp_path, {"dev.tfvars": BOTH, "prod.tfvars": BOTH}, MAIN.replace('"b" {}', '"b" { default = "10.9.0.0/16" }')
    )
    fragments = [read(Root(str(tmp_path), "root"), TerraformOptions(str(tmp_path), deployment=one)) for one in deployed]
    assert len({fragment.stack for fragment in fragments}) == 3
    assert [fragment.stack for fragment in fragments] == [one.stack for one in deployed]
    ids = [vpc.id for fragment in fragments for vpc in of(fragment, Vpc)]
    assert len(set(ids)) == len(ids) == 6


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("prod.tfvars", "."),
        ("env/prod.tfvars", "."),
        ("envs/prod/main.tfvars", "."),
        ("other/prod.tfvars", "other"),
        ("net/vars/prod.tfvars.json", "net"),
        ("environments/own/x.tfvars", "environments/own"),
    ],
)
def test_the_root_that_a_var_file_is_for(tmp_path: Path, path: str, expected: str) -> None:
    write(tmp_path, {"main.tf": "", "net/main.tf": "", "environments/own/main.tf": "", path: BOTH})
    assert Path(root_of(str(tmp_path / path))) == tmp_path / expected
