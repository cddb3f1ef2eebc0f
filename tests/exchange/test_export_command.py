"""``peerlint export``, and ``peerlint check`` of what it writes, as a user runs them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from peerlint.cli import cli

VPCS = """
resource "aws_vpc" "a" {
  cidr_block = var.cidr
}

resource "aws_vpc" "b" {
  cidr_block = "10.0.0.0/16"
}

variable "cidr" {
  default = "10.1.0.0/16"
}
"""
PEERING = """
resource "aws_vpc_peering_connection" "this" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = aws_vpc.b.id
  auto_accept = true
}
"""


@dataclass(frozen=True)
class Ran:
    """What a run left."""

    returncode: int
    stdout: str
    stderr: str


def _peerlint(*arguments: object, cwd: Path) -> Ran:
    """A run in this process, for which no file may change that was read before."""
    with contextlib.chdir(cwd):
        ran = CliRunner().invoke(cli, list(map(str, arguments)), standalone_mode=False)
    if ran.exception is not None:
        raise ran.exception
    return Ran(ran.return_value, ran.stdout, ran.stderr)


def _apart(*arguments: object, cwd: Path, seed: int = 0) -> Ran:
    """A run in a process of its own."""
    command = [sys.executable, "-m", "peerlint", *map(str, arguments)]
    env = {**os.environ, "PYTHONHASHSEED": str(seed)}
    ran = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def _root(folder: Path, peering: str = PEERING) -> Path:
    folder.mkdir(parents=True)
    (folder / "vpcs.tf").write_text(VPCS, encoding="utf-8")
    (folder / "peering.tf").write_text(peering, encoding="utf-8")
    return folder


def _messages(done: Ran) -> list[tuple[str, str, int]]:
    document = json.loads(done.stdout)
    return [(f["rule"], f["at"]["file"], f["at"]["line"]) for f in document["findings"]]


def test_the_options_that_say_how_sources_are_read_work_in_the_export(tmp_path: Path) -> None:
    _root(tmp_path / "net")
    done = _peerlint("export", "net", "-o", "net.json", "--var", "cidr=10.0.128.0/20", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    checked = _peerlint("net.json", "--format", "json", "--select", "PL101", cwd=tmp_path)
    assert checked.returncode == 1
    assert _messages(checked) == [("PL101", "net/peering.tf", 2)]
    assert "10.0.128.0/20" in checked.stdout


def test_a_finding_is_shown_without_its_source(tmp_path: Path) -> None:
    _root(tmp_path / "net")
    _peerlint("export", "net", "-o", "net.json", "--var", "cidr=10.0.0.0/16", cwd=tmp_path)
    done = _peerlint("net.json", "--select", "PL101", cwd=tmp_path)
    assert "--> net/peering.tf:2:1" in done.stdout
    assert "resource" not in done.stdout


@pytest.mark.parametrize("name", ["net", "acme/network"])
def test_sarif_tells_where_repositories_are_by_a_base_of_their_own(name: str, tmp_path: Path) -> None:
    _root(tmp_path / "net")
    arguments = ("--name", name, "--var", "cidr=10.0.0.0/16")
    _peerlint("export", "net", "-o", "net.json", *arguments, cwd=tmp_path)
    run = json.loads(_peerlint("net.json", "--select", "PL101", "--format", "sarif", cwd=tmp_path).stdout)["runs"][0]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": f"{name}/peering.tf", "uriBaseId": "%REPOSITORIES%"}
    assert "%REPOSITORIES%" in run["originalUriBaseIds"]


def test_suppressions_travel(tmp_path: Path) -> None:
    ignored = PEERING.replace("resource", "# peerlint: ignore[PL101] moved in May until=2999-01-01\nresource", 1)
    _root(tmp_path / "net", ignored)
    _peerlint("export", "net", "-o", "net.json", "--var", "cidr=10.0.0.0/16", cwd=tmp_path)
    done = _peerlint("net.json", "--select", "PL101,PL904", "--format", "json", cwd=tmp_path)
    (found,) = json.loads(done.stdout)["findings"]
    assert found["suppressed"]["reason"] == "moved in May"
    assert found["suppressed"]["at"]["file"] == "net/peering.tf"
    assert done.returncode == 0


def test_the_bytes_are_the_same_wherever_and_whenever(tmp_path: Path) -> None:
    written = set()
    for seed, place in enumerate(("one", "two/deeper")):
        _root(tmp_path / place / "net")
        _apart("export", "net", "-o", "net.json", cwd=tmp_path / place, seed=seed)
        written.add((tmp_path / place / "net.json").read_bytes())
    (only,) = written
    assert str(tmp_path).encode() not in only
    assert b"resource" not in only


def test_estates_are_written_alike_whatever_the_order_of_pythons_sets(tmp_path: Path) -> None:
    scenarios = Path(__file__).parent.parent.parent / "fixtures" / "scenarios"
    estates = [scenarios / name for name in ("environments", "hub-and-spoke", "nested-stacks", "two-teams")]
    written = {_apart("export", *estates, cwd=tmp_path, seed=seed).stdout for seed in (1, 2)}
    (only,) = written
    assert len(only) > 10_000


def test_repositories_of_one_name_that_differ_are_told(tmp_path: Path) -> None:
    for place, text in (("one", VPCS), ("copy", VPCS), ("two", VPCS + "\n# another\n")):
        _root(tmp_path / place / "net")
        (tmp_path / place / "net" / "vpcs.tf").write_text(text, encoding="utf-8")
        _peerlint("export", f"{place}/net", "-o", f"{place}.json", cwd=tmp_path)
    copied = _peerlint("one.json", "copy.json", "--format", "json", cwd=tmp_path)
    assert _messages(copied) == _messages(_peerlint("one.json", "--format", "json", cwd=tmp_path))
    done = _peerlint("one.json", "two.json", "--format", "json", "--select", "PL901", cwd=tmp_path)
    assert done.returncode == 3
    assert _messages(done) == [("PL901", str(tmp_path / "two.json"), 1)]
    assert "`peerlint export --name` tells two repositories apart" in done.stdout
    _peerlint("export", "two/net", "-o", "named.json", "--name", "other/net", cwd=tmp_path)
    both = _peerlint("one.json", "named.json", "--format", "json", cwd=tmp_path)
    assert json.loads(both.stdout)["summary"]["peerings"] == 2


PROVIDER = """
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}
"""
SHARED = """
resource "aws_vpc" "shared" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "shared" }
}
"""
PEER = """
resource "aws_vpc" "own" {
  cidr_block = "10.0.0.0/16"
}

data "aws_vpc" "shared" {
  tags = { Name = "shared" }
}

resource "aws_vpc_peering_connection" "this" {
  vpc_id      = aws_vpc.own.id
  peer_vpc_id = data.aws_vpc.shared.id
  auto_accept = true
}
"""


def test_a_repository_that_knows_of_no_peering_is_exported_for_those_that_do(tmp_path: Path) -> None:
    for name, text in (("shared", SHARED), ("own", PEER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(PROVIDER + text, encoding="utf-8")
        _peerlint("export", name, "-o", f"{name}.json", cwd=tmp_path)
    for given in (("own.json", "shared.json"), ("own", "shared.json"), ("own.json", "shared")):
        done = _peerlint(*given, "--format", "json", "--select", "PL101", cwd=tmp_path)
        ((rule, file, line),) = _messages(done)
        assert (rule, file.endswith("own/main.tf"), line) == ("PL101", True, 15)


def test_what_could_not_be_read_is_told_by_the_check(tmp_path: Path) -> None:
    folder = _root(tmp_path / "net")
    (folder / "broken.tf").write_text('resource "aws_vpc" "c" {\n', encoding="utf-8")
    assert _peerlint("export", "net", "-o", "net.json", cwd=tmp_path).returncode == 0
    done = _peerlint("net.json", "--format", "json", "--select", "PL901", cwd=tmp_path)
    assert done.returncode == 3
    assert [(rule, file) for rule, file, _ in _messages(done)] == [("PL901", "net/broken.tf")]


def test_a_directory_of_exports_is_passed_over_as_none_was_named(tmp_path: Path) -> None:
    _root(tmp_path / "net")
    (tmp_path / "exports").mkdir()
    _peerlint("export", "net", "-o", "exports/net.json", cwd=tmp_path)
    assert "no VPC peering" in _peerlint("exports", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "net.json"), "it is exported already"),
        (("export", "net", "--name", "../net"), "'../net' is no name of a repository"),
        (("export", "net", "--var", "missing=1"), "--var missing: no root that is checked declares this variable"),
        (("export", "nowhere"), "nowhere: no such file or directory"),
        (("export", "net", "-o", "no/such/folder.json"), "No such file or directory"),
    ],
)
def test_misuse_is_said(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    _root(tmp_path / "net")
    (tmp_path / "net.json").write_text('{"format": "peerlint-network"}', encoding="utf-8")
    done = _apart(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
