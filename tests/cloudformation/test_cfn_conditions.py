"""Conditions: decided, undecided, and which of them exclude each other."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions
from peerlint.network.model import CERTAIN, Presence, Vpc
from peerlint.network.values import Known
from tests.cloudformation.written import PEERING, all_of, fragment, problems

HEAD = """
Parameters:
  Env: {Type: String}
  Create: {Type: String, Default: 'true'}
  Size: {Type: Number, Default: 3}
Conditions:
  Wanted: !Equals [!Ref Create, true]
  Big: !Equals [!Ref Size, '3']
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Equals [dev, !Ref Env]
  NotProd: !Not [!Condition IsProd]
  ProdAgain: !Equals [!Ref Env, prod]
  ProdOrDev: !Or [!Condition IsProd, !Condition IsDev]
  Neither: !Not [!Condition ProdOrDev]
  WantedProd: !And [!Condition Wanted, !Condition IsProd]
  NeverProd: !And [!Not [!Condition Wanted], !Condition IsProd]
  ProdOrWanted: !Or [!Condition IsProd, !Condition Wanted]
  Odd: {'Fn::Contains': [[a], !Ref Env]}
  Loop: !Not [!Condition Loop]
Resources:
"""


def presences(folder: Path, *conditions: str, options: CloudFormationOptions | None = None) -> list[Presence]:
    """The presence of one VPC for each condition; those that are absent are left out."""
    resources = "".join(f"  V{n}: {{Type: 'AWS::EC2::VPC', Condition: {name}}}\n" for n, name in enumerate(conditions))
    return [vpc.origin.presence for vpc in all_of(fragment(folder, HEAD + resources, options), Vpc)]


@pytest.mark.parametrize("name", ["Wanted", "Big", "ProdOrWanted"])
def test_true(tmp_path: Path, name: str) -> None:
    assert presences(tmp_path, name) == [CERTAIN]


def test_false_is_absent(tmp_path: Path) -> None:
    assert presences(tmp_path, "NeverProd") == []


@pytest.mark.parametrize("name", ["IsProd", "NotProd", "ProdOrDev", "Neither", "WantedProd"])
def test_undecided_is_uncertain_and_says_why(tmp_path: Path, name: str) -> None:
    (presence,) = presences(tmp_path, name)
    assert presence.doubt == f"condition `{name}` is undecided: `Env` has no value"


@pytest.mark.parametrize("name", ["Odd", "Loop"])
def test_what_cannot_be_decided_is_undecided(tmp_path: Path, name: str) -> None:
    (presence,) = presences(tmp_path, name)
    assert presence.doubt


def test_a_parameter_decides(tmp_path: Path) -> None:
    options = CloudFormationOptions(parameters={"Env": "prod"})
    assert presences(tmp_path, "IsProd", "NotProd", "IsDev", "ProdOrDev", options=options) == [CERTAIN, CERTAIN]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("IsProd", "NotProd"),
        ("ProdAgain", "NotProd"),
        ("IsProd", "IsDev"),
        ("ProdOrDev", "Neither"),
        ("IsDev", "Neither"),
        ("WantedProd", "NotProd"),
    ],
)
def test_conditions_that_exclude_each_other(tmp_path: Path, left: str, right: str) -> None:
    first, second = presences(tmp_path, left, right)
    assert first.excludes(second)
    assert second.excludes(first)


@pytest.mark.parametrize(("left", "right"), [("IsProd", "ProdAgain"), ("IsProd", "ProdOrDev"), ("NotProd", "IsDev")])
def test_conditions_that_may_hold_together(tmp_path: Path, left: str, right: str) -> None:
    first, second = presences(tmp_path, left, right)
    assert not first.excludes(second)


def test_two_templates_never_exclude_each_other(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (first,) = presences(tmp_path, "IsProd")
    (second,) = presences(tmp_path / "other", "NotProd")
    assert not first.excludes(second)


def test_an_if_inside_a_conditional_resource_is_decided_by_it(tmp_path: Path) -> None:
    text = HEAD + (
        "  V: {Type: 'AWS::EC2::VPC', Condition: IsProd, Properties: "
        "{EnableDnsHostnames: !If [NotProd, false, true], EnableDnsSupport: !If [ProdAgain, true, false]}}\n"
    )
    (vpc,) = all_of(fragment(tmp_path, text), Vpc)
    assert (vpc.dns_hostnames, vpc.dns_support) == (Known(True), Known(True))


def test_a_condition_that_the_template_lacks(tmp_path: Path) -> None:
    found = fragment(tmp_path, f"Resources:\n  V:\n    Type: AWS::EC2::VPC\n    Condition: Nowhere\n{PEERING}")
    assert problems(found) == [("PL905", 4, 16, "V")]
    assert all_of(found, Vpc)[0].origin.presence.doubt


def test_long_chains_of_conditions_end(tmp_path: Path) -> None:
    names = [f"C{n}" for n in range(400)]
    chain = "".join(f"  {a}: !And [!Condition {b}, !Condition {b}]\n" for a, b in itertools.pairwise(names))
    text = f"Conditions:\n{chain}  C399: !Equals [!Ref 'AWS::Region', a]\nResources:\n"
    found = fragment(tmp_path, text + "  V: {Type: 'AWS::EC2::VPC', Condition: C0}\n")
    assert all_of(found, Vpc)[0].origin.presence.doubt
