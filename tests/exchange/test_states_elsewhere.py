"""Roots of several repositories, one of which reads the state of another."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from peerlint.cli import cli
from peerlint.engine import Result
from peerlint.exchange.exporting import Repository, exported
from peerlint.network.link import link
from peerlint.network.model import Peering, Route
from peerlint.network.values import Known, Unknown, Written
from peerlint.usage import ConfigError
from tests.exchange.made import MAX_SIZE, fragments_in, result_of

ROOT = Path(__file__).parent.parent.parent
ESTATES = ROOT / "fixtures" / "scenarios" / "remote-state"

BACKEND = """
    terraform {
      backend "s3" {
        bucket = "states"
        key    = "%s.tfstate"
      }
    }
"""
NET = """
    variable "cidr" { default = "10.0.0.0/16" }
    resource "aws_vpc" "main" { cidr_block = var.cidr }
    resource "aws_route_table" "a" { vpc_id = aws_vpc.main.id }
    resource "aws_route_table" "b" { vpc_id = aws_vpc.main.id }
"""
STATE = """
    data "terraform_remote_state" "net" {
      backend = "s3"
      config = {
        bucket = "states"
        key    = "net.tfstate"
      }
    }
    resource "aws_vpc" "own" { cidr_block = "10.9.0.0/16" }
"""


def repository(folder: Path, *texts: str) -> Path:
    """A root of one file."""
    folder.mkdir()
    (folder / "main.tf").write_text("\n".join(map(textwrap.dedent, texts)), encoding="utf-8")
    return folder


def export(folder: Path, name: str = "") -> Path:
    """The export of a repository, beside it."""
    name = name or f"acme/{folder.name}"
    file = folder.with_name(f"{folder.name}.json")
    fragments = fragments_in(folder, for_others=True)
    file.write_bytes(exported(fragments, (), Repository(str(folder), name, MAX_SIZE)))
    return file


def peer_of(tmp_path: Path, output: str, used: str, settings: str = "") -> Written[str] | None:
    """The VPC that a root peers with, by an output of another one: both exported."""
    net = repository(tmp_path / "net", BACKEND % "net", NET, output)
    peering = f"""
        resource "aws_vpc_peering_connection" "x" {{
          vpc_id      = aws_vpc.own.id
          peer_vpc_id = data.terraform_remote_state.net.{used}
        }}
    """
    shop = repository(tmp_path / "shop", BACKEND % "shop", settings or STATE, peering)
    network = link(fragments_in(export(net), export(shop)))
    return next(e for f in network.fragments for e in f.entities if isinstance(e, Peering)).peer_vpc


@pytest.mark.parametrize(
    ("output", "used"),
    [
        ("aws_vpc.main.id", "outputs.x"),
        ("aws_vpc.main.id", 'outputs["x"]'),
        ("aws_vpc.main.id", "x"),
        ("aws_vpc.main", "outputs.x.id"),
        ("{ vpcs = { main = aws_vpc.main.id } }", "outputs.x.vpcs.main"),
        ("{ vpcs = { main = aws_vpc.main } }", 'outputs.x.vpcs["main"].id'),
    ],
)
def test_an_output_that_is_used_as_it_is_read(output: str, used: str, tmp_path: Path) -> None:
    peer = peer_of(tmp_path, f'output "x" {{ value = {output} }}', used)
    assert isinstance(peer, Unknown)
    assert (str(peer.of), peer.of and peer.of.stack) == ("aws_vpc.main.id", "acme/net")


@pytest.mark.parametrize(
    ("output", "used"),
    [
        ('output "x" { value = aws_vpc.main.id }', "outputs.y"),
        ('output "x" { value = [aws_vpc.main.id] }', "outputs.x.id"),
        ('output "x" { value = null }', "outputs.x"),
        ('output "id" { value = aws_vpc.main.id }', "id"),
        ('output "x" { value = { name = "shop" } }', "outputs.x.name"),
        ('output "x" {\n  value = = 1\n}', "outputs.x"),
    ],
)
def test_what_is_no_output_stays_looked_up(output: str, used: str, tmp_path: Path) -> None:
    peer = peer_of(tmp_path, output, used)
    assert isinstance(peer, Unknown)
    assert peer.of
    assert peer.of.address == "data.terraform_remote_state.net"


def test_a_state_in_another_place_is_not_joined(tmp_path: Path) -> None:
    other = STATE.replace("net.tfstate", "other.tfstate")
    peer = peer_of(tmp_path, 'output "x" { value = aws_vpc.main.id }', "outputs.x", other)
    assert isinstance(peer, Unknown)
    assert (peer.of and peer.of.address, peer.detail) == ("data.terraform_remote_state.net", "")


def test_a_state_that_may_be_in_another_place_says_so(tmp_path: Path) -> None:
    bucket = STATE.replace('"states"', "var.bucket") + 'variable "bucket" { type = string }'
    peer = peer_of(tmp_path, 'output "x" { value = aws_vpc.main.id }', "outputs.x", bucket)
    assert isinstance(peer, Unknown)
    assert peer.detail == (
        "the bucket of the state that it reads is not known: `var.bucket` has no value; it may be that of `../net`"
    )


def test_a_state_of_several_var_files_is_that_of_the_same_ones(tmp_path: Path) -> None:
    net = repository(tmp_path / "net", BACKEND % "net", NET, 'output "x" { value = aws_vpc.main.id }')
    shop = repository(
        tmp_path / "shop",
        BACKEND % "shop",
        STATE,
        """
        variable "own" { default = "10.9.0.0/16" }
        resource "aws_vpc_peering_connection" "x" {
          vpc_id      = aws_vpc.own.id
          peer_vpc_id = data.terraform_remote_state.net.outputs.x
        }
        """,
    )
    for name in ("dev", "prod"):
        (net / f"{name}.tfvars").write_text('cidr = "10.8.0.0/16"\n', encoding="utf-8")
        (shop / f"{name}.tfvars").write_text('own = "10.9.0.0/16"\n', encoding="utf-8")
    network = link(fragments_in(export(net), export(shop)))
    peers = {f.stack: e.peer_vpc for f in network.fragments for e in f.entities if isinstance(e, Peering)}
    found = {stack: peer.of.stack for stack, peer in peers.items() if isinstance(peer, Unknown) and peer.of}
    assert found == {
        "acme/shop + dev.tfvars": "acme/net + dev.tfvars",
        "acme/shop + prod.tfvars": "acme/net + prod.tfvars",
        "acme/shop": "acme/shop",  # nothing tells which one is read without a file
    }


TOLD = """
    output "password" { value = "correct horse" }
    output "id" { value = "vpc-0123456789abcdef0" }
    output "hidden" {
      value     = "vpc-0fedcba987654321f"
      sensitive = true
    }
    output "mixed" { value = ["battery staple", "10.7.0.0/16"] }
"""


def test_texts_that_tell_nothing_of_a_network_do_not_travel(tmp_path: Path) -> None:
    written = export(repository(tmp_path / "net", BACKEND % "net", NET, TOLD)).read_text(encoding="utf-8")
    assert "vpc-0123456789abcdef0" in written
    assert "10.7.0.0/16" in written
    for hidden in ("correct horse", "battery staple", "vpc-0fedcba987654321f"):
        assert hidden not in written


def test_a_literal_comes_with_the_place_where_it_is_written(tmp_path: Path) -> None:
    peer = peer_of(tmp_path, TOLD, "outputs.id")
    assert isinstance(peer, Known)
    assert peer.trail is not None
    assert peer.value == "vpc-0123456789abcdef0"
    assert [(step.at.file, step.at.line) for step in peer.trail()] == [("acme/net/main.tf", 17)]


def test_two_roots_that_read_each_other_end(tmp_path: Path) -> None:
    back = STATE.replace("net.tfstate", "shop.tfstate").replace('"net"', '"shop"').replace('"own"', '"second"')
    state = 'output "x" { value = data.terraform_remote_state.shop.outputs.x }'
    net = repository(tmp_path / "net", BACKEND % "net", NET, back, state)
    shop = repository(
        tmp_path / "shop",
        BACKEND % "shop",
        STATE,
        """
        output "x" { value = data.terraform_remote_state.net.outputs.x }
        resource "aws_vpc_peering_connection" "x" {
          vpc_id      = aws_vpc.own.id
          peer_vpc_id = data.terraform_remote_state.net.outputs.x
        }
        """,
    )
    network = link(fragments_in(export(net), export(shop)))
    peer = next(e for f in network.fragments for e in f.entities if isinstance(e, Peering)).peer_vpc
    assert isinstance(peer, Unknown)


ROUTES = """
    resource "aws_vpc_peering_connection" "x" {
      vpc_id      = aws_vpc.own.id
      peer_vpc_id = data.terraform_remote_state.net.outputs.vpc
    }
    resource "aws_route" "there" {
      for_each                  = toset(data.terraform_remote_state.net.outputs.tables)
      route_table_id            = each.value
      destination_cidr_block    = "10.9.0.0/16"
      vpc_peering_connection_id = aws_vpc_peering_connection.x.id
    }
"""
OUTPUTS = """
    output "vpc" { value = aws_vpc.main.id }
    output "tables" { value = [aws_route_table.a.id, aws_route_table.b.id] }
"""


def test_sources_are_evaluated_with_the_outputs_of_an_export(tmp_path: Path) -> None:
    net = repository(tmp_path / "net", BACKEND % "net", NET, OUTPUTS)
    shop = repository(tmp_path / "shop", BACKEND % "shop", STATE, ROUTES)
    routes = [e for f in fragments_in(shop, export(net)) for e in f.entities if isinstance(e, Route)]
    assert [str(r.table.of) for r in routes if isinstance(r.table, Unknown)] == [
        "aws_route_table.a.id", "aws_route_table.b.id"
    ]  # fmt: skip


def test_an_export_is_joined_with_the_outputs_of_sources(tmp_path: Path) -> None:
    net = repository(tmp_path / "net", BACKEND % "net", NET, OUTPUTS)
    shop = repository(tmp_path / "shop", BACKEND % "shop", STATE, ROUTES)
    network = link(fragments_in(net, export(shop)))
    peer = next(e for f in network.fragments for e in f.entities if isinstance(e, Peering)).peer_vpc
    assert isinstance(peer, Unknown)
    assert peer.of
    assert (peer.of.stack, str(peer.of)) == (str(net), "aws_vpc.main.id")


def test_a_root_without_anything_of_a_peering_tells_its_outputs(tmp_path: Path) -> None:
    names = repository(tmp_path / "net", BACKEND % "net", 'output "x" { value = "vpc-0123456789abcdef0" }')
    shop = repository(tmp_path / "shop", BACKEND % "shop", STATE, ROUTES.replace("outputs.vpc", "outputs.x"))
    network = link(fragments_in(export(names), export(shop)))
    peer = next(e for f in network.fragments for e in f.entities if isinstance(e, Peering)).peer_vpc
    assert isinstance(peer, Known)
    assert peer.value == "vpc-0123456789abcdef0"


def _said(result: Result) -> Sequence[tuple[str, str, int]]:
    found = {(r.rule.id, Path(r.finding.at.file).parent.name, r.finding.at.line) for r in result.reports}
    return sorted(found)


def _parts(estate: Path) -> Mapping[str, Path]:
    return {name: estate / name for name in ("networks", "peering", "database")}


@pytest.mark.parametrize("edition", ["clean", "broken"])
def test_an_estate_of_which_the_networks_are_exported(edition: str, tmp_path: Path) -> None:
    estate = ESTATES / edition
    whole = result_of(fragments_in(estate))
    file = tmp_path / "networks.json"
    networks = fragments_in(estate / "networks", for_others=True)
    file.write_bytes(exported(networks, (), Repository(str(estate), "acme/networks", MAX_SIZE)))
    result = result_of(fragments_in(estate / "peering", estate / "database", file))
    assert _said(result) == _said(whole)
    assert len(result.questions) == len(whole.questions) == 0


@pytest.mark.parametrize(("edition", "found"), [("clean", ["PL503"]), ("broken", ["PL301", "PL401", "PL503"])])
def test_an_estate_that_is_exported_in_parts(edition: str, found: list[str], tmp_path: Path) -> None:
    """What is used as it is read is judged; the routes whose number is computed are undecided, and said to be."""
    files = []
    for name, folder in _parts(ESTATES / edition).items():
        fragments = fragments_in(folder, for_others=True)
        files.append(tmp_path / f"{name}.json")
        files[-1].write_bytes(exported(fragments, (), Repository(str(ESTATES / edition), f"acme/{name}", MAX_SIZE)))
    result = result_of(fragments_in(*files))
    assert [rule for rule, _, _ in _said(result)] == found
    assert "PL201" in {question.rule.id for question in result.questions}


@pytest.mark.parametrize("edition", ["clean", "broken"])
def test_an_estate_of_which_the_readers_are_exported_with_the_states(edition: str, tmp_path: Path) -> None:
    estate = ESTATES / edition
    whole = result_of(fragments_in(estate))
    files = [tmp_path / f"{name}.json" for name in _parts(estate)]
    for file in files:
        states = [] if file.stem == "networks" else ["--states", str(files[0])]
        arguments = ["export", str(estate / file.stem), "--name", f"acme/{file.stem}", "-o", str(file), *states]
        assert CliRunner().invoke(cli, arguments, standalone_mode=False).return_value == 0
    result = result_of(fragments_in(*files))
    assert _said(result) == _said(whole)
    assert len(result.questions) == 0


def test_states_are_told_by_exports(tmp_path: Path) -> None:
    net = repository(tmp_path / "net", BACKEND % "net", NET)
    ran = CliRunner().invoke(cli, ["export", str(net), "--states", str(net / "main.tf")], standalone_mode=False)
    assert isinstance(ran.exception, ConfigError)
    assert "main.tf: no file that `peerlint export` wrote" in str(ran.exception)


def test_a_reading_in_a_module(tmp_path: Path) -> None:
    net = repository(tmp_path / "net", BACKEND % "net", NET, OUTPUTS)
    shop = repository(tmp_path / "shop", BACKEND % "shop", 'module "m" { source = "./m" }')
    repository(shop / "m", STATE, ROUTES)
    network = link(fragments_in(export(net), export(shop)))
    peer = next(e for f in network.fragments for e in f.entities if isinstance(e, Peering)).peer_vpc
    assert isinstance(peer, Unknown)
    assert peer.of
    assert (peer.of.stack, str(peer.of)) == ("acme/net", "aws_vpc.main.id")
