"""``AWS::Include``: local files inside a template, and what is not local."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions
from peerlint.network.model import Direction, Kind, Permission, SecurityGroup, Vpc
from tests.cloudformation.written import all_of, fragment, only, place, problems
from tests.values import known

SECTION = """\
Transform: {Name: 'AWS::Include', Parameters: {Location: parts/mappings.yaml}}
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !FindInMap [Nets, dev, cidr]}}
"""
RESOURCES = """\
Resources:
  Fn::Transform: {Name: 'AWS::Include', Parameters: {Location: ./parts/resources.json}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      Fn::Transform:
        Name: AWS::Include
        Parameters: {Location: parts/rules.yaml}
      VpcId: !Ref Vpc
"""


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    folder = tmp_path / "parts"
    folder.mkdir()
    (folder / "mappings.yaml").write_text("Mappings:\n  Nets:\n    dev: {cidr: 10.1.0.0/16}\n")
    (folder / "resources.json").write_text(
        '{"Vpc": {"Type": "AWS::EC2::VPC",\n "Properties": {"CidrBlock": "10.2.0.0/16"}}}'
    )
    (folder / "rules.yaml").write_text("SecurityGroupIngress:\n  - {IpProtocol: '-1', CidrIp: 10.9.0.0/16}\n")
    return tmp_path


def test_sections_of_a_file(parts: Path) -> None:
    found = fragment(parts, SECTION)
    assert known(only(found, Vpc).blocks[0].cidr).written == "10.1.0.0/16"
    assert found.files == (str(parts / "net.yaml"), str(parts / "parts/mappings.yaml"))
    assert (found.gaps, problems(found)) == ((), [])


def test_a_template_that_includes_all_of_its_network(parts: Path) -> None:
    text = """\
Transform: [{Name: 'AWS::Include', Parameters: {Location: parts/mappings.yaml}}, 'AWS::Serverless-2016-10-31']
Fn::Transform: {Name: 'AWS::Include', Parameters: {Location: parts/all.yaml}}
AWSTemplateFormatVersion: '2010-09-09'
"""
    (parts / "parts/all.yaml").write_text(
        "Resources:\n  V:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: !FindInMap [Nets, dev, cidr]}\n"
    )
    found = fragment(parts, text)
    assert known(only(found, Vpc).blocks[0].cidr).written == "10.1.0.0/16"
    assert (found.gaps, problems(found)) == ((), [])


def test_resources_and_properties_of_files_with_their_places(parts: Path) -> None:
    found = fragment(parts, RESOURCES)
    vpc = only(found, Vpc)
    assert vpc.origin.at("CidrBlock").file == str(parts / "parts/resources.json")
    assert place(vpc.origin.at("CidrBlock")) == (2, 17, 2, 43)
    (rule,) = (p for p in all_of(found, Permission) if p.direction is Direction.INGRESS)
    assert place(rule.origin.span) == (2, 5, 2, 44)
    assert rule.origin.span.file == str(parts / "parts/rules.yaml")
    assert only(found, SecurityGroup).origin.span.file == str(parts / "net.yaml")
    assert found.gaps == ()


@pytest.mark.parametrize("location", ["s3://bucket/resources.json", "parts/none.json", "../outside.json", "/etc/hosts"])
def test_what_is_not_in_the_project_leaves_the_template_open(parts: Path, location: str) -> None:
    (parts.parent / "outside.json").write_text('{"Outside": {"Type": "AWS::EC2::VPC"}}')
    found = fragment(parts, RESOURCES.replace("./parts/resources.json", location))
    assert all_of(found, Vpc) == []
    assert [gap.kinds for gap in found.gaps] == [{Kind.ANY}]


def test_the_project_may_be_more_than_the_templates_directory(parts: Path) -> None:
    (parts / "app").mkdir()
    text = RESOURCES.replace("parts/", "../parts/")
    assert all_of(fragment(parts / "app", text), Vpc) == []
    assert only(fragment(parts / "app", text, CloudFormationOptions(project=str(parts))), Vpc)


def test_a_link_that_leads_out_of_the_project_is_not_followed(parts: Path) -> None:
    (parts.parent / "outside.json").write_text('{"Outside": {"Type": "AWS::EC2::VPC"}}')
    (parts / "parts/resources.json").unlink()
    os.symlink(parts.parent / "outside.json", parts / "parts/resources.json")
    assert all_of(fragment(parts, RESOURCES), Vpc) == []


def test_an_included_file_that_cannot_be_read_costs_only_itself(parts: Path) -> None:
    (parts / "parts/resources.json").write_text('{"Vpc": {,}}')
    found = fragment(parts, RESOURCES)
    (problem,) = found.problems
    assert (problem.kind.value, problem.at.file) == ("PL901", str(parts / "parts/resources.json"))
    assert (problem.at.line, problem.at.column) == (1, 10)
    assert only(found, SecurityGroup)
