"""Templates written to a folder and read, for the tests of the CloudFormation front end."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from peerlint.cloudformation import CloudFormationOptions, read
from peerlint.network.model import Fragment, Problem, ProblemKind, Vpc
from peerlint.network.values import Span, Value

T = TypeVar("T")

PEERING = "  P: {Type: 'AWS::EC2::VPCPeeringConnection', Properties: {VpcId: vpc-1, PeerVpcId: vpc-2}}\n"
"""A resource that makes a template one with a peering, at its end."""

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"


def fragment(folder: Path, text: str, options: CloudFormationOptions | None = None, name: str = "net.yaml") -> Fragment:
    """The fragment of a template with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(str(path), options or CloudFormationOptions())


def only(found: Fragment, kind: type[T]) -> T:
    """The one entity of a kind."""
    (entity,) = all_of(found, kind)
    return entity


def all_of(found: Fragment, kind: type[T]) -> list[T]:
    """The entities of a kind, in order."""
    return [entity for entity in found.entities if isinstance(entity, kind)]


def value_of(
    folder: Path, expression: str, head: str = "", options: CloudFormationOptions | None = None, *, json: bool = False
) -> Value[str]:
    """What an expression evaluates to, as the name of a VPC."""
    if json:
        text = (
            f'{{{head + "," if head else ""}"Resources": {{"Named": {{"Type": "AWS::EC2::VPC", "Properties": '
            f'{{"CidrBlock": "10.0.0.0/16", "Tags": [{{"Key": "Name", "Value": {expression}}}]}}}}}}}}'
        )
        return only(fragment(folder, text, options, "net.json"), Vpc).name
    text = f"""{head}
Resources:
  Named:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
      Tags:
        - Key: Name
          Value: {expression}
"""
    vpcs = all_of(fragment(folder, text, options), Vpc)
    return next(vpc.name for vpc in vpcs if vpc.origin.address == "Named")


def problems(found: Fragment) -> list[tuple[str, int, int, str]]:
    """Each problem as rule, line, column and resource."""
    return [(problem.kind.value, problem.at.line, problem.at.column, problem.address) for problem in found.problems]


def unreadable(found: Fragment) -> Problem:
    """The one PL901 of a fragment that has nothing else."""
    (problem,) = found.problems
    assert problem.kind is ProblemKind.UNREADABLE_INPUT
    assert not found.entities
    return problem


def place(span: Span) -> tuple[int, int, int, int]:
    """A span without its file."""
    return span.line, span.column, span.end_line, span.end_column
