"""Templates that nest others, from the paths of a command line to what is analysed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.engine import Result
from tests.terraform.estate import write

MAIN = """\
    Resources:
      Hub:
        Type: AWS::CloudFormation::Stack
        Properties: {TemplateURL: nets/vpc.yaml, Parameters: {Cidr: 10.0.0.0/16}}
      Spoke:
        Type: AWS::CloudFormation::Stack
        Properties: {TemplateURL: nets/vpc.yaml, Parameters: {Cidr: 10.0.128.0/20}}
      Peering:
        Type: AWS::CloudFormation::Stack
        Properties:
          TemplateURL: nets/peering.yaml
          Parameters: {A: !GetAtt Hub.Outputs.Vpc, B: !GetAtt Spoke.Outputs.Vpc}
"""
VPC = """\
    Parameters: {Cidr: {Type: String, Default: 10.0.0.0/16}}
    Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}}
    Outputs: {Vpc: {Value: !Ref Vpc}}
"""
PEERING = """\
    Parameters: {A: {Type: String}, B: {Type: String}}
    Resources:
      Pcx:
        Type: AWS::EC2::VPCPeeringConnection
        Properties: {VpcId: !Ref A, PeerVpcId: !Ref B}
"""


def estate(folder: Path) -> Path:
    (folder / ".git").mkdir()
    return write(folder, {"main.yaml": MAIN, "nets/vpc.yaml": VPC, "nets/peering.yaml": PEERING})


def result(folder: Path, *paths: str, rule: str = "PL101") -> Result:
    request = run.Request(paths=tuple(str(folder / path) for path in paths or ("",)), today=date(2026, 1, 1))
    return run.analyse(request, Config(directory=str(folder), select=(rule,)), lambda _: None)


@pytest.mark.parametrize(
    "paths", [("",), ("main.yaml",), ("nets/vpc.yaml",), ("nets/peering.yaml", "nets/vpc.yaml"), ("main.yaml", "nets")]
)
def test_a_nested_template_is_analysed_through_its_callers(tmp_path: Path, paths: tuple[str, ...]) -> None:
    found = result(estate(tmp_path), *paths)
    (report,) = found.active
    finding = report.finding
    assert (Path(finding.at.file).name, finding.at.line) == ("peering.yaml", 3)
    assert [(Path(note.at.file).name, note.at.line, note.message) for note in finding.notes[-1:]] == [
        ("main.yaml", 8, "Peering is nested here")
    ]
    assert "10.0.0.0/16 of Hub/Vpc and 10.0.128.0/20 of Spoke/Vpc" in finding.message
    assert (found.stacks, found.peerings) == (1, 1)


def test_a_template_that_nothing_in_the_repository_nests_is_a_stack_of_its_own(tmp_path: Path) -> None:
    write(estate(tmp_path), {"alone.yaml": VPC})
    assert result(tmp_path, "alone.yaml", rule="PL902").stacks == 1
    assert result(tmp_path, "", rule="PL902").stacks == 2


def test_templates_that_nest_each_other_are_read_from_one_of_them(tmp_path: Path) -> None:
    text = "Resources: {Next: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: NEXT}}}\n"
    write(tmp_path, {"a.yaml": text.replace("NEXT", "b.yaml"), "b.yaml": text.replace("NEXT", "a.yaml")})
    found = result(tmp_path, rule="PL905")
    assert [(Path(r.finding.at.file).name, r.finding.at.line) for r in found.active] == [("a.yaml", 1)]
    assert found.stacks == 1


def test_a_suppression_in_a_nested_template_holds(tmp_path: Path) -> None:
    text = PEERING.replace(
        "Type: AWS::EC2::VPCP", "Metadata: {peerlint: {ignore: [PL101]}}\n        Type: AWS::EC2::VPCP"
    )
    write(estate(tmp_path), {"nets/peering.yaml": text})
    found = result(tmp_path)
    assert (found.active, len(found.suppressed)) == ((), 1)
