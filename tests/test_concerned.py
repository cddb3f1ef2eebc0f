"""What has nothing to do with any peering is not evaluated: its files are counted, and nothing else is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.engine import Result
from peerlint.terraform.options import Assignment
from peerlint.usage import ConfigError
from tests.terraform.estate import write

INVALID = 'resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/33"\n}\n'
"""PL902 where it is evaluated."""

PEERING = 'resource "aws_vpc_peering_connection" "p" {\n  vpc_id = "vpc-1"\n  peer_vpc_id = "vpc-2"\n}\n'
RULE = '''"""Every VPC.

## Why

It is there.
"""

from peerlint.network.model import Vpc
from peerlint.rule import Finding, Severity, rule


@rule("XX101", "every-vpc", Severity.NOTE)
def check(network):
    for fragment in network.fragments:
        for entity in fragment.entities:
            if isinstance(entity, Vpc):
                yield Finding("a VPC", entity.origin.span, (entity.origin.address,))
'''


def analysed(
    folder: Path, files: Mapping[str, str], rules: tuple[str, ...] = (), assignments: tuple[Assignment, ...] = ()
) -> Result:
    """The result of a run over a repository with these files."""
    write(folder, {".git/HEAD": "", **files})
    request = run.Request((str(folder),), rules=rules, assignments=assignments, today=date(2026, 1, 1))
    return run.analyse(request, Config(directory=str(folder)), lambda _: None)


def ids(result: Result) -> list[str]:
    return [report.rule.id for report in result.active]


def test_without_a_word_of_a_peering_no_root_is_evaluated(tmp_path: Path) -> None:
    call = 'module "m" {\n  source = "./m"\n}\n# a VPC peering in a comment is none\n'
    result = analysed(tmp_path, {"main.tf": INVALID + call, "m/main.tf": "", "x/main.tf": INVALID, "a.auto.tfvars": ""})
    assert (ids(result), result.questions, result.concerned) == ([], (), False)
    assert (result.stacks, result.files) == (2, 4)


@pytest.mark.parametrize(
    "mention",
    [
        {"peers.tf": PEERING},
        {"other/main.tf": PEERING},
        {"peers.tf": 'module "p" {\n  source = "./Peering"\n}\n', "Peering/main.tf": ""},
        {"peers.tf": 'module "p" {\n  source = "./p"\n}\n', "p/main.tf": 'locals {\n  a = "a VPC-Peering"\n}\n'},
        {"peers_override.tf": 'resource "aws_vpc" "a" {\n  tags = { to = "pcx-0a" }\n}\n'},
        {"peers.tf.json": '{"locals": {"a": "vpc_peering"}}'},
        {"terraform.tfvars": 'a = "pcx-0a"\n'},
        {"env/dev.tfvars": 'a = "PCX-0a"\n'},
        {"template.yaml": "Resources:\n  P:\n    Type: AWS::EC2::VPCPeeringConnection\n    Properties: {}\n"},
    ],
    ids=lambda files: "+".join(files),
)
def test_a_word_anywhere_makes_all_roots_count(tmp_path: Path, mention: Mapping[str, str]) -> None:
    variable = 'variable "a" {\n  default = ""\n}\n'
    assert "PL902" in ids(analysed(tmp_path, {"main.tf": variable + INVALID, **mention}))


def test_a_rule_of_somebody_else_sees_everything(tmp_path: Path) -> None:
    rules = write(tmp_path / "rules", {"every_vpc.py": RULE})
    repository = {"main.tf": INVALID.replace("33", "16")}
    assert ids(analysed(tmp_path / "code", repository)) == []
    assert ids(analysed(tmp_path / "code", repository, rules=(str(rules),))) == ["XX101"]


def test_a_module_that_was_not_read_may_hide_a_peering(tmp_path: Path) -> None:
    call = 'module "m" {\n  source = "acme/network/aws"\n}\n'
    (question,) = analysed(tmp_path, {"main.tf": call}).questions
    assert question.rule.id == "PL903"


def test_a_file_that_cannot_be_read_is_said_whatever_else_there_is(tmp_path: Path) -> None:
    assert ids(analysed(tmp_path, {"main.tf": "locals {\n"})) == ["PL901"]


def test_a_variable_that_no_root_declares_is_a_mistake_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no root that is checked declares this variable"):
        analysed(tmp_path, {"main.tf": 'variable "a" {}\n'}, assignments=(("var", "b=1"),))


DULL = 'resource "aws_s3_bucket" "b" {\n  count = var.undeclared\n}\n\nlocals {\n  broken = [\n}\n'
"""Nothing that a peering depends on."""


def test_beside_a_peering_a_root_on_which_none_depends_is_not_evaluated(tmp_path: Path) -> None:
    dull = {"logs/main.tf": DULL + 'module "m" {\n  source = "./m"\n}\n', "logs/m/main.tf": DULL}
    result = analysed(tmp_path, {"net/main.tf": PEERING, **dull})
    assert not {"PL901", "PL905"} & set(ids(result))
    assert (result.stacks, result.files) == (2, 3)


def test_nor_is_a_module_but_for_what_the_rest_takes_from_it(tmp_path: Path) -> None:
    module = DULL + 'output "block" {\n  value = "10.0.0.0/33"\n}\n'
    call = 'module "m" {\n  source = "./m"\n}\n' + INVALID.replace('"10.0.0.0/33"', "module.m.block")
    result = analysed(tmp_path, {"main.tf": call + PEERING, "m/main.tf": module})
    assert {"PL902"} <= set(ids(result))
    assert not {"PL901", "PL905"} & set(ids(result))
    assert result.files == 2


def test_a_suppression_in_what_is_not_evaluated_is_unused(tmp_path: Path) -> None:
    dull = {"logs/main.tf": "# peerlint: ignore[PL201]\n" + DULL}
    assert ids(analysed(tmp_path, {"net/main.tf": PEERING, **dull})).count("PL904") == 1


@pytest.mark.parametrize(
    "block",
    [
        'data "aws_vpc" "v" {\n  id = var.undeclared\n  broken = [\n}\n',
        'resource "aws_eks_cluster" "c" {\n}\nresource "aws_instance" "i" {\n  broken = [\n}\n',
        'module "m" {\n  broken = [\n}\n',
    ],
)
def test_what_a_peering_may_depend_on_is_evaluated(tmp_path: Path, block: str) -> None:
    assert "PL901" in ids(analysed(tmp_path, {"net/main.tf": PEERING, "logs/main.tf": block}))


FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted({path.parent for path in FIXTURES.glob("*/*/*.tf")})
OF_INPUT = {"PL901", "PL902", "PL905"}
"""What is said of files and values whether or not a peering depends on them."""


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_else_is_said_where_everything_is_evaluated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request, config = run.Request((str(folder),), today=date(2026, 1, 1)), Config(directory=str(folder))
    told = run.analyse(request, config, lambda _: None)
    if told.concerned:
        return
    monkeypatch.setattr("peerlint.read._is_concerned", lambda *_: True)
    monkeypatch.setattr("peerlint.terraform.bears", lambda *_: True)
    whole = run.analyse(request, config, lambda _: None)
    assert [i for i in ids(told) if i not in OF_INPUT] == [i for i in ids(whole) if i not in OF_INPUT]
    assert told.questions == whole.questions
