"""Roots that read each other's state: which root is meant, and what comes back."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from peerlint.discover import Exclude, Sources
from peerlint.network.model import Fragment, Peering, Route, Vpc
from peerlint.network.values import Identity, Known, Unknown
from peerlint.read import read
from peerlint.read_options import ReadOptions
from tests.terraform.estate import one, write

NET = """
    resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
    output "vpc_id" { value = aws_vpc.main.id }
    output "cidr" { value = aws_vpc.main.cidr_block }
    output "nothing" { value = null }
"""
PEER = """
    resource "aws_vpc_peering_connection" "x" {
      vpc_id      = data.terraform_remote_state.net.outputs.vpc_id
      peer_vpc_id = "vpc-2"
    }
"""
S3 = """
    terraform {
      backend "s3" {
        bucket = "states"
        key    = "net.tfstate"
        region = "eu-west-1"
      }
    }
"""


def asks(backend: str, config: str, more: str = "") -> str:
    return f'data "terraform_remote_state" "net" {{\n backend = "{backend}"\n config = {{\n{config}\n}}\n{more}\n}}\n'


def keeps(backend: str, settings: str) -> str:
    return f'terraform {{\n backend "{backend}" {{\n{settings}\n}}\n}}\n'


def roots(folder: Path, files: Mapping[str, str], workspace: str | None = None) -> list[Fragment]:
    """The fragments of all roots, which are read in the order of the files, by the names of their directories."""
    write(folder, files)
    names = dict.fromkeys(str((folder / name).parent) for name in files if name.endswith(".tf"))
    sources = Sources(directories=tuple(names), given=(str(folder),))
    reading = read(sources, ReadOptions(Exclude(str(folder)), workspace=workspace), lambda _: None)
    assert [crash.trace for crash in reading.crashes] == []
    return sorted(reading.fragments, key=lambda fragment: fragment.stack)


def requester(folder: Path, net: str, peer: str, workspace: str | None = None) -> object:
    """What the peering's ``vpc_id`` is: the far VPC, or the reason why it is not known."""
    fragments = roots(folder, {"net/main.tf": NET + net, "peer/main.tf": PEER + peer}, workspace)
    value = one(fragments[1], Peering).vpc
    assert isinstance(value, Unknown)
    joined = one(fragments[0], Vpc).id
    return "joined" if value == joined else value.reason.partition("deployment")[2].strip(" ()")


SAME = {
    "s3": (S3, asks("s3", 'bucket = "states"\nkey = "net.tfstate"')),
    "s3 written in 0.11": (
        S3,
        asks("s3", 'bucket = "states"\nkey = "net.tfstate"').replace("config =", "config"),
    ),
    "s3 by a variable": (
        S3,
        'variable "bucket" { default = "states" }\n' + asks("s3", 'bucket = var.bucket\nkey = "net.tfstate"'),
    ),
    "s3 with another spelling of nothing": (
        S3,
        asks("s3", 'bucket = "states"\nkey = "net.tfstate"\nregion = null', 'workspace = "default"'),
    ),
    "gcs": (
        keeps("gcs", 'bucket = "b"\nprefix = "net"'),
        asks("gcs", 'bucket = "b"\nprefix = "net/"'),
    ),
    "azurerm": (
        keeps("azurerm", 'storage_account_name = "a"\ncontainer_name = "c"\nkey = "k"\nresource_group_name = "g"'),
        asks("azurerm", 'storage_account_name = "a"\ncontainer_name = "c"\nkey = "k"'),
    ),
    "consul": (keeps("consul", 'path = "net"'), asks("consul", 'path = "net"')),
    "http": (keeps("http", 'address = "https://example.com/net"'), asks("http", 'address = "https://example.com/net"')),
    "local": (keeps("local", 'path = "state/net.tfstate"'), asks("local", 'path = "../net/state/net.tfstate"')),
    "no backend at all": ("", asks("local", 'path = "${path.module}/../net/terraform.tfstate"')),
    "remote": (
        keeps("remote", 'organization = "acme"\nworkspaces { name = "net" }'),
        asks("remote", 'organization = "acme"\nworkspaces = { name = "net" }'),
    ),
    "cloud": (
        'terraform {\n cloud {\n organization = "acme"\n workspaces { name = "net" }\n }\n}\n',
        asks("remote", 'hostname = "app.terraform.io"\norganization = "acme"\nworkspaces = { name = "net" }'),
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_one_place_joins(name: str, tmp_path: Path) -> None:
    assert requester(tmp_path, *SAME[name]) == "joined"


OTHER = {
    "another key": (S3, asks("s3", 'bucket = "states"\nkey = "other.tfstate"')),
    "another bucket": (S3, asks("s3", 'bucket = "other"\nkey = "net.tfstate"')),
    "another Region": (S3, asks("s3", 'bucket = "states"\nkey = "net.tfstate"\nregion = "eu-west-2"')),
    "another backend": (S3, asks("gcs", 'bucket = "states"')),
    "another organisation": (
        keeps("remote", 'organization = "acme"\nworkspaces { name = "net" }'),
        asks("remote", 'organization = "apex"\nworkspaces = { name = "net" }'),
    ),
    "a backend that is not compared": (keeps("pg", 'conn_str = "x"'), asks("pg", 'conn_str = "x"')),
    "a local file of nobody": ("", asks("local", 'path = "../nets/terraform.tfstate"')),
    "another key and an unknown bucket": (
        S3,
        'variable "b" {}\n' + asks("s3", 'bucket = var.b\nkey = "other.tfstate"'),
    ),
    "a local file where the state is elsewhere": (S3, asks("local", 'path = "../net/terraform.tfstate"')),
}


@pytest.mark.parametrize("name", OTHER)
def test_two_places_do_not(name: str, tmp_path: Path) -> None:
    assert requester(tmp_path, *OTHER[name]) == ""


MAYBE = {
    "an unknown bucket": (
        S3,
        'variable "b" {}\n' + asks("s3", 'bucket = var.b\nkey = "net.tfstate"'),
        "the bucket of the state that it reads is not known: `var.b` has no value; it may be that of `../net`",
    ),
    "a backend that is told later": (
        'terraform {\n backend "s3" {}\n}\n',
        asks("s3", 'bucket = "states"\nkey = "net.tfstate"'),
        "the bucket of the state is written only where Terraform is run (-backend-config); it may be that of `../net`",
    ),
    "a workspace in the key": (
        S3,
        asks("s3", 'bucket = "states"\nkey = "${terraform.workspace}.tfstate"'),
        "the key of the state that it reads is not known: `terraform.workspace` has no value; "
        "it may be that of `../net`",
    ),
    "another workspace": (
        S3,
        asks("s3", 'bucket = "states"\nkey = "net.tfstate"', 'workspace = "prod"'),
        "the workspace is not known: --workspace prod would tell that it is the one that it reads; "
        "it may be that of `../net`",
    ),
    "the default one, where workspaces are in use": (
        S3 + 'locals { name = "net-${terraform.workspace}" }\n',
        asks("s3", 'bucket = "states"\nkey = "net.tfstate"'),
        "the workspace is not known: --workspace default would tell that it is the one that it reads; "
        "it may be that of `../net`",
    ),
}


@pytest.mark.parametrize("name", MAYBE)
def test_a_near_match_says_what_would_settle_it(name: str, tmp_path: Path) -> None:
    net, peer, reason = MAYBE[name]
    assert requester(tmp_path, net, peer) == reason


WORKSPACES = {
    "its own": (S3, asks("s3", 'bucket = "states"\nkey = "net.tfstate"', "workspace = terraform.workspace"), None),
    "the one of the run": (S3, asks("s3", 'bucket = "states"\nkey = "net.tfstate"', 'workspace = "prod"'), "prod"),
    "in the key": (
        S3.replace("net.tfstate", "prod.tfstate"),
        asks("s3", 'bucket = "states"\nkey = "${terraform.workspace}.tfstate"', 'workspace = "prod"'),
        "prod",
    ),
    "a prefix": (
        keeps("remote", 'organization = "acme"\nworkspaces { prefix = "net-" }'),
        asks("remote", 'organization = "acme"\nworkspaces = { name = "net-prod" }'),
        "prod",
    ),
    "the same prefix": (
        keeps("remote", 'organization = "acme"\nworkspaces { prefix = "net-" }'),
        asks("remote", 'organization = "acme"\nworkspaces = { prefix = "net-" }', "workspace = terraform.workspace"),
        None,
    ),
    "a folder of local states": (
        "",
        asks("local", 'path = "../net/terraform.tfstate.d/prod/terraform.tfstate"'),
        "prod",
    ),
}


@pytest.mark.parametrize("name", WORKSPACES)
def test_the_workspace_is_a_part_of_the_place(name: str, tmp_path: Path) -> None:
    net, peer, workspace = WORKSPACES[name]
    assert requester(tmp_path, net, peer, workspace) == "joined"
    if workspace is not None:
        assert requester(tmp_path, net, peer, "stage") == ""


def test_two_roots_with_one_state_join_nothing(tmp_path: Path) -> None:
    peer = PEER + asks("s3", 'bucket = "states"\nkey = "net.tfstate"')
    fragments = roots(tmp_path, {"a/main.tf": NET + S3, "b/main.tf": NET + S3, "peer/main.tf": peer})
    value = one(fragments[2], Peering).vpc
    assert isinstance(value, Unknown)
    assert value.of == Identity(str(tmp_path / "peer"), "data.terraform_remote_state.net", "outputs.vpc_id")
    assert value.reason.endswith("(`../a` and `../b` keep their state in one place)")


ASK = asks("local", 'path = "../net/terraform.tfstate"', 'defaults = { cidr = "10.8.0.0/16", spare = "10.9.0.0/16" }')
VALUES = {
    "data.terraform_remote_state.net.outputs.cidr": "10.0.0.0/16",
    'data.terraform_remote_state.net.outputs["cidr"]': "10.0.0.0/16",
    "data.terraform_remote_state.net.cidr": "10.0.0.0/16",
    "data.terraform_remote_state.net.outputs.spare": "10.9.0.0/16",
    'lookup(data.terraform_remote_state.net.outputs, "cidr", "10.7.0.0/16")': "10.0.0.0/16",
    'lookup(data.terraform_remote_state.net.outputs, "gone", "10.7.0.0/16")': "10.7.0.0/16",
    'try(data.terraform_remote_state.net.outputs.gone, "10.6.0.0/16")': "10.6.0.0/16",
    'try(data.terraform_remote_state.net.outputs.nothing, "10.5.0.0/16")': "10.5.0.0/16",
    "values(data.terraform_remote_state.net.outputs)[0]": "10.0.0.0/16",
    "cidrsubnet(data.terraform_remote_state.net.outputs.cidr, 4, 1)": "10.0.16.0/20",
}


@pytest.mark.parametrize("expression", VALUES)
def test_outputs_come_as_a_state_has_them(expression: str, tmp_path: Path) -> None:
    peer = f'{ASK}\nresource "aws_vpc" "other" {{ cidr_block = {expression} }}\n'
    fragments = roots(tmp_path, {"net/main.tf": NET, "peer/main.tf": peer})
    cidr = one(fragments[1], Vpc).blocks[0].cidr
    assert isinstance(cidr, Known)
    assert str(cidr.value) == VALUES[expression]
    assert fragments[1].problems == ()


def test_an_output_that_is_not_declared_is_said_at_its_reference(tmp_path: Path) -> None:
    peer = ASK + PEER.replace("vpc_id\n", "vpc_idd\n")
    fragments = roots(tmp_path, {"net/main.tf": NET, "peer/main.tf": peer})
    (problem,) = fragments[1].problems
    assert (problem.kind.value, Path(problem.at.file).name) == ("PL905", "main.tf")
    assert "has no output `vpc_idd`" in problem.message
    broken = roots(tmp_path, {"net/main.tf": NET, "net/more.tf": "output {", "peer/main.tf": peer})
    assert broken[1].problems == ()


HANDED_ON = """
    locals {
      net  = data.terraform_remote_state.net.outputs
      whole = data.terraform_remote_state.net
      name = "gone"
    }
    resource "random_id" "unknown" { byte_length = 4 }
    module "made" {
      source = "./made"
      net    = local.net
    }
"""
MADE = """
    variable "net" { type = any }
    output "tried" { value = try(var.net.gone, "10.4.0.0/16") }
    output "gone" { value = var.net.gone }
"""


def handed_on(folder: Path, expression: str) -> Fragment:
    """The fragment of a root that hands the other's state on and has a VPC with this block."""
    peer = f'{ASK}{textwrap.dedent(HANDED_ON)}resource "aws_vpc" "x" {{\n  cidr_block = {expression}\n}}\n'
    return roots(folder, {"net/main.tf": NET, "peer/main.tf": peer, "peer/made/main.tf": MADE})[1]


@pytest.mark.parametrize(
    "expression",
    [
        "local.net.gone",
        'local.net["gone"]',
        "local.net[local.name]",
        "local.net[*].gone",
        "[local.net][0].gone",
        "[for net in [local.net] : net.gone][0]",
        "local.whole.outputs.gone",
        "data.terraform_remote_state.net[*].outputs.gone",
        "local.net.nothing",
    ],
)
def test_an_output_that_is_missed_in_a_state_that_was_handed_on_is_said(expression: str, tmp_path: Path) -> None:
    fragment = handed_on(tmp_path, expression)
    (problem,) = fragment.problems
    at, line = problem.at, Path(problem.at.file).read_text().splitlines()[problem.at.line - 1]
    assert problem.kind.value == "PL905"
    assert (
        f"`data.terraform_remote_state.net` reads has no output `{'nothing' if 'nothing' in expression else 'gone'}`"
        in problem.message
    )
    assert line[at.column - 1 :] in (expression, expression.removeprefix("[for net in [local.net] : "))
    assert isinstance(one(fragment, Vpc).blocks[0].cidr, Unknown)


def test_one_that_a_module_misses_is_said_there(tmp_path: Path) -> None:
    (problem,) = handed_on(tmp_path, "module.made.gone").problems
    assert (Path(problem.at.file).parent.name, problem.at.line) == ("made", 3)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('try(local.net.gone, "10.4.0.0/16")', "10.4.0.0/16"),
        ('can(local.net[*].gone) ? "10.3.0.0/16" : "10.4.0.0/16"', "10.4.0.0/16"),
        ("module.made.tried", "10.4.0.0/16"),
        ('true ? "10.4.0.0/16" : local.net.gone', "10.4.0.0/16"),
        ("local.net.spare", "10.9.0.0/16"),
        ('merge(local.net, { cidr = "10.4.0.0/16" }).cidr', "10.4.0.0/16"),
    ],
)
def test_what_is_caught_or_not_taken_is_not_said(expression: str, expected: str, tmp_path: Path) -> None:
    fragment = handed_on(tmp_path, expression)
    cidr = one(fragment, Vpc).blocks[0].cidr
    assert fragment.problems == ()
    assert isinstance(cidr, Known)
    assert str(cidr.value) == expected


@pytest.mark.parametrize("net", ["local.net", "data.terraform_remote_state.net.outputs"])
def test_a_condition_that_is_not_known_leaves_open_whether_one_is_missed(net: str, tmp_path: Path) -> None:
    fragment = handed_on(tmp_path, f'random_id.unknown.hex == "a" ? {net}.gone : "10.4.0.0/16"')
    assert fragment.problems == ()
    assert isinstance(one(fragment, Vpc).blocks[0].cidr, Unknown)


@pytest.mark.parametrize("net", ["local.net", "data.terraform_remote_state.net.outputs"])
def test_defaults_that_are_not_known_may_have_every_output(net: str, tmp_path: Path) -> None:
    ask = 'variable "defaults" {}\n' + asks("local", 'path = "../net/terraform.tfstate"', "defaults = var.defaults")
    peer = f"{ask}locals {{\n  net = data.terraform_remote_state.net.outputs\n}}\n{PEER}"
    fragments = roots(
        tmp_path,
        {
            "net/main.tf": NET,
            "peer/main.tf": peer.replace("data.terraform_remote_state.net.outputs.vpc_id", f"{net}.gone"),
        },
    )
    assert fragments[1].problems == ()


def test_routes_for_tables_of_the_other_root_are_those_tables(tmp_path: Path) -> None:
    net = NET + 'output "table" { value = aws_vpc.main.main_route_table_id }\n'
    peer = ASK + textwrap.dedent("""
        resource "aws_route" "there" {
          route_table_id            = data.terraform_remote_state.net.outputs.table
          destination_cidr_block    = "10.1.0.0/16"
          vpc_peering_connection_id = "pcx-1"
        }
    """)
    fragments = roots(tmp_path, {"net/main.tf": net, "peer/main.tf": peer})
    table = one(fragments[1], Route).table
    assert isinstance(table, Unknown)
    assert table.of == Identity(str(tmp_path / "net"), "aws_vpc.main", "main_route_table_id")


def test_look_ups_by_an_id_of_the_other_root_tell_what_it_declares(tmp_path: Path) -> None:
    """A resource of the same address in the asking root is another one."""
    peer = ASK + textwrap.dedent("""
        resource "aws_vpc" "main" { cidr_block = data.aws_vpc.far.cidr_block }
        data "aws_vpc" "far" { id = data.terraform_remote_state.net.outputs.vpc_id }
    """)
    fragments = roots(tmp_path, {"net/main.tf": NET, "peer/main.tf": peer})
    assert str(getattr(one(fragments[1], Vpc).blocks[0].cidr, "value", None)) == "10.0.0.0/16"


def test_roots_that_read_each_other_agree_in_every_order(tmp_path: Path) -> None:
    def root(other: str, *more: str) -> str:
        ask = asks("local", f'path = "../{other}/terraform.tfstate"')
        vpc = 'resource "aws_vpc" "v" { cidr_block = data.terraform_remote_state.net.outputs.peer }\n'
        return "\n".join([ask, vpc, 'output "peer" { value = aws_vpc.v.cidr_block }\n', *more])

    files = {"a/main.tf": root("b"), "b/main.tf": root("c"), "c/main.tf": root("a"), "d/main.tf": root("a")}
    forth = roots(tmp_path, files)
    back = roots(tmp_path, dict(reversed(files.items())))
    assert [f.entities for f in forth] == [f.entities for f in back]
    assert [f.problems for f in forth] == [()] * 4
    assert all(isinstance(one(fragment, Vpc).blocks[0].cidr, Unknown) for fragment in forth)


def test_roots_may_read_different_outputs_of_each_other(tmp_path: Path) -> None:
    a = asks("local", 'path = "../b/terraform.tfstate"') + (
        'output "own" { value = "10.0.0.0/16" }\n'
        'resource "aws_vpc" "v" { cidr_block = data.terraform_remote_state.net.outputs.of_a }\n'
    )
    b = asks("local", 'path = "../a/terraform.tfstate"') + (
        'output "of_a" { value = data.terraform_remote_state.net.outputs.own }\n'
    )
    fragments = roots(tmp_path, {"a/main.tf": a, "b/main.tf": b})
    assert str(getattr(one(fragments[0], Vpc).blocks[0].cidr, "value", None)) == "10.0.0.0/16"


DEPLOYED = """
    variable "cidr" {}
    resource "aws_vpc" "main" { cidr_block = var.cidr }
    output "vpc_id" { value = aws_vpc.main.id }
"""


def test_a_deployment_reads_the_state_of_the_one_with_the_same_var_files(tmp_path: Path) -> None:
    files = {
        "net/main.tf": DEPLOYED,
        "net/env/dev.tfvars": 'cidr = "10.0.0.0/16"\n',
        "net/env/prod.tfvars": 'cidr = "10.1.0.0/16"\n',
        "peer/main.tf": PEER + ASK + 'variable "name" {}\n',
        "peer/env/dev.tfvars": 'name = "dev"\n',
        "peer/env/stage.tfvars": 'name = "stage"\n',
    }
    fragments = roots(tmp_path, files)
    vpcs = {f.deployment.label: one(f, Vpc).id for f in fragments if f.deployment and f.deployment.root.endswith("net")}
    ends = {f.deployment.label: one(f, Peering).vpc for f in fragments if f.deployment and "peer" in f.deployment.root}
    assert ends["dev"] == vpcs["dev"] != vpcs["prod"]
    stage = ends["stage"]
    assert isinstance(stage, Unknown)
    assert stage.reason.endswith("(`../net` is deployed with several var files, and it is not known with which)")
