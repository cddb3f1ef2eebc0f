"""What waits for what in a stack."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import Order
from peerlint.network.values import Maybe
from tests.cloudformation.written import fragment

TEMPLATE = """
Parameters:
  Given: {Type: String}
Conditions:
  Always: !Equals [a, a]
  Open: !Equals [!Ref Given, a]
Resources:
  A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  ByRef: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref A, CidrBlock: 10.0.0.0/24}}
  ByAttribute: {Type: AWS::EC2::Subnet, Properties: {VpcId: !GetAtt A.VpcId}}
  BySub: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Sub "${A}"}}
  ByLiteral: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Sub ["${A}", {A: x}]}}
  ByDependsOn: {Type: AWS::EC2::EIP, DependsOn: [ByRef, B]}
  ByArm: {Type: AWS::EC2::Subnet, Properties: {VpcId: !If [Always, !Ref A, !Ref B]}}
  ByOpenArm: {Type: AWS::EC2::Subnet, Properties: {VpcId: !If [Open, !Ref A, !Ref B]}}
  ByCondition: {Type: AWS::EC2::EIP, Condition: Open}
  ByMetadata: {Type: AWS::EC2::EIP, Metadata: {For: !Ref A}}
"""


def order_of(folder: Path, text: str, name: str = "net.yaml") -> Order:
    return fragment(folder, text, name=name).order


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        ("ByRef", "A", True),
        ("ByRef", "B", False),
        ("ByAttribute", "A", True),
        ("BySub", "A", True),
        ("ByLiteral", "A", False),
        ("ByDependsOn", "B", True),
        ("ByDependsOn", "A", True),
        ("ByArm", "A", True),
        ("ByArm", "B", False),
        ("ByOpenArm", "A", Maybe("condition `Open` is undecided: `Given` has no value")),
        ("ByCondition", "A", False),
        ("ByMetadata", "A", Maybe("`ByMetadata` refers to it in its Metadata")),
        ("A", "ByRef", False),
    ],
)
def test_a_resource_waits_for_what_it_refers_to(later: str, earlier: str, expected: object, tmp_path: Path) -> None:
    assert order_of(tmp_path, TEMPLATE).waits_for(later, earlier) == expected


CHILD = """
Resources:
  First: {Type: AWS::EC2::VPC}
  Second: {Type: AWS::EC2::EIP, DependsOn: First}
Outputs:
  Out: {Value: !Ref First}
"""
PARENT = """
Resources:
  Before: {Type: AWS::EC2::EIP}
  Beside: {Type: AWS::EC2::EIP}
  Nested:
    Type: AWS::CloudFormation::Stack
    DependsOn: Before
    Properties:
      TemplateURL: child.yaml
      Parameters: {Given: x}
  After: {Type: AWS::EC2::EIP, Properties: {Domain: !GetAtt Nested.Outputs.Out}}
"""


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        ("Nested/Second", "Nested/First", True),
        ("Nested/First", "Before", True),
        ("Nested/First", "Beside", False),
        ("After", "Nested/Second", True),
        ("After", "Before", True),
        ("Beside", "Nested/First", False),
        ("Nested/First", "Nested/Second", False),
    ],
)
def test_a_nested_stack_begins_after_what_it_waits_for_and_is_there_as_a_whole(
    later: str, earlier: str, expected: object, tmp_path: Path
) -> None:
    (tmp_path / "child.yaml").write_text(CHILD)
    assert order_of(tmp_path, PARENT).waits_for(later, earlier) == expected


def test_a_macro_may_add_what_a_resource_waits_for(tmp_path: Path) -> None:
    text = "AWSTemplateFormatVersion: 2010-09-09\nTransform: Own\n" + CHILD
    order = order_of(tmp_path, text)
    assert order.waits_for("Second", "First") is True
    assert isinstance(order.waits_for("First", "Second"), Maybe)
