"""Resources that wait for each other, or for what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation.circles import circles
from tests.cloudformation.written import PEERING, fragment, problems

GROUPS = """\
Parameters:
  Env: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  A:
    Type: AWS::EC2::SecurityGroup
    Properties: {SecurityGroupIngress: [{IpProtocol: '-1', SourceSecurityGroupId: FROM_A}]}
  B:
    Type: AWS::EC2::SecurityGroup
    Properties: {SecurityGroupIngress: [{IpProtocol: '-1', SourceSecurityGroupId: FROM_B}]}
"""


@pytest.mark.parametrize(
    ("from_a", "from_b", "says"),
    [
        ("!GetAtt B.GroupId", "!Ref A", "`A` and `B` refer to each other in a circle"),
        ("!Sub '${A.GroupId}'", "sg-1", "`A` refers to itself"),
        ("!Join ['', [!Sub ['${x}', {x: !Ref B}]]]", "!Ref A", "`A` and `B` refer to each other in a circle"),
    ],
)
def test_groups_that_need_each_other(tmp_path: Path, from_a: str, from_b: str, says: str) -> None:
    text = GROUPS.replace("FROM_A", from_a).replace("FROM_B", from_b)
    found = fragment(tmp_path, text + PEERING)
    assert problems(found) == [("PL905", 6, 3, "A")]
    assert found.problems[0].message == says
    assert [at.line for _, at in found.problems[0].notes] == ([9] if "and" in says else [])
    assert problems(fragment(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("from_a", "from_b"),
    [
        ("!Ref B", "sg-1"),
        ("!Ref B", "!If [IsProd, !Ref A, sg-1]"),
        ("!Ref B", "!Sub '${!A}'"),
        ("!Ref B", "!Sub ['${A}', {A: sg-1}]"),
    ],
)
def test_no_circle_or_none_that_is_certain(tmp_path: Path, from_a: str, from_b: str) -> None:
    text = GROUPS.replace("FROM_A", from_a).replace("FROM_B", from_b)
    assert problems(fragment(tmp_path, text + PEERING)) == []


def test_a_circle_over_a_resource_that_may_be_absent_is_not_claimed(tmp_path: Path) -> None:
    text = (
        GROUPS.replace("FROM_A", "!Ref B")
        .replace("FROM_B", "!Ref A")
        .replace("  B:\n", "  B:\n    Condition: IsProd\n")
    )
    assert problems(fragment(tmp_path, text + PEERING)) == []


def test_depends_on(tmp_path: Path) -> None:
    text = """\
Resources:
  V: {Type: 'AWS::EC2::VPC', DependsOn: [S, Nowhere]}
  S: {Type: 'AWS::EC2::Subnet', DependsOn: V}
"""
    assert problems(fragment(tmp_path, text + PEERING)) == [("PL905", 2, 3, "V"), ("PL905", 2, 45, "V")]


def test_circles_among_many() -> None:
    edges = {"a": ["b"], "b": ["c", "x"], "c": ["b"], "x": ["x"], "d": ["a", "e"], "e": ["d"], "f": ["a"]}
    assert circles(edges) == [("b", "c"), ("x",), ("d", "e")]


def test_long_chains_and_many_circles_end() -> None:
    chain = {f"n{i}": [f"n{i + 1}"] for i in range(50_000)} | {"n50000": []}
    assert circles(chain) == []
    assert len(circles({**chain, "n50000": ["n0"]})[0]) == 50_001
    pairs = {f"{side}{i}": [f"{other}{i}", f"a{i + 1}"] for i in range(10_000) for side, other in ("ab", "ba")}
    assert len(circles(pairs)) == 10_000
