"""Functions as the service refuses them: each is a finding at its place, and the rest is still read."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions
from peerlint.network.model import Vpc
from peerlint.network.values import Why
from tests.cloudformation.written import PEERING, all_of, fragment, problems
from tests.values import unknown

HEAD = """\
Parameters:
  Env: {Type: String, Default: dev}
  Zones: {Type: CommaDelimitedList}
Mappings:
  Nets: {dev: {cidr: 10.1.0.0/16}}
Conditions:
  IsDev: !Equals [!Ref Env, dev]
Resources:
  V: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.8.0.0/16}}
  Named:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.9.0.0/16
      Tags:
        - Key: Name
          Value: EXPRESSION
"""
REFUSED = {
    "Ref of a list": ("!Ref [Env]", "Ref takes the name"),
    "Ref of a function": ("!Ref {'Fn::Sub': Env}", "Ref takes the name"),
    "GetAtt without an attribute": ("!GetAtt V", "Fn::GetAtt takes"),
    "GetAtt of a function": ("{'Fn::GetAtt': [!Ref Env, VpcId]}", "Fn::GetAtt takes"),
    "Sub of a function": ("!Sub [!Ref Env, {}]", "Fn::Sub takes"),
    "Sub of a mapping": ("!Sub {a: b}", "Fn::Sub takes"),
    "Sub of three": ("!Sub ['a', {}, 'b']", "Fn::Sub takes"),
    "Join of one": ("!Join ['-']", "Fn::Join takes"),
    "Join by a function": ("!Join [!Ref Env, [a, b]]", "Fn::Join takes a delimiter that is a text"),
    "Join of a text": ("!Join ['-', a]", "Fn::Join takes a delimiter and a list"),
    "Select past the end": ("!Select [3, [a, b]]", "Fn::Select selects element 3 of a list of 2"),
    "Select by a word": ("!Select [x, [a, b]]", "Fn::Select selects element x of a list of 2"),
    "Select from a text": ("!Select [0, a]", "Fn::Select takes an index and a list"),
    "Split by a function": ("!Select [0, !Split [!Ref Env, a]]", "Fn::Split takes a delimiter that is a text"),
    "Cidr of a word": ("!Select [0, !Cidr [a, 2, 8]]", "Fn::Cidr takes a block, not `a`"),
    "Cidr of too many": ("!Select [0, !Cidr [10.0.0.0/16, 300, 8]]", "Fn::Cidr takes a count from 1 to 256"),
    "Cidr that does not fit": ("!Select [0, !Cidr [10.0.0.0/30, 5, 1]]", "Fn::Cidr finds no 5 blocks"),
    "If of two": ("!If [IsDev, a]", "Fn::If takes the name of a condition"),
    "If by a function": ("!If [!Ref Env, a, b]", "Fn::If takes the name of a condition"),
    "FindInMap of two": ("!FindInMap [Nets, dev]", "Fn::FindInMap takes a map"),
    "FindInMap by another function": (
        "!FindInMap [Nets, !Sub '${Env}', cidr]",
        "Fn::FindInMap takes Fn::Sub for a key only with the transform",
    ),
    "FindInMap with an odd default": ("!FindInMap [Nets, x, cidr, {Default: a}]", "a mapping with `DefaultValue`"),
    "ImportValue of a resource": ("!ImportValue {'Fn::Sub': '${V}-id'}", "Fn::ImportValue cannot depend on a resource"),
    "GetStackOutput without a name": ("!GetStackOutput {StackName: net}", "Fn::GetStackOutput takes"),
    "Length without the transform": ("!Join ['', [!Length [a]]]", "Fn::Length needs the transform"),
    "ToJsonString without the transform": ("!ToJsonString {a: b}", "Fn::ToJsonString needs the transform"),
    "a condition's function": ("!Equals [a, b]", "Fn::Equals stands in the section `Conditions` only"),
    "a rule's function": ("!Contains [[a], b]", "Fn::Contains stands in the section `Rules` only"),
    "no function": ("!Subb '${Env}'", "Fn::Subb is no intrinsic function of CloudFormation"),
}
LOST = {
    "a map": ("!FindInMap [Net, dev, cidr]", "`!FindInMap [Net, dev, cidr]` names what the template's mappings lack"),
    "a key": ("!FindInMap [Nets, prod, cidr]", "names what the template's mappings lack"),
    "a condition": ("!If [IsProd, a, b]", "`IsProd` is not among the template's conditions"),
}
ALLOWED = [
    "!Join ['-', !Ref Zones]",
    "!Select [7, !Ref Zones]",
    "!Select [0, !Split ['', a]]",
    "!Rain::Embed block.txt",
    "!Select [0, !Cidr [!Ref Env, 2, 8]]",
    "!FindInMap [Nets, !Ref Env, cidr]",
    "!FindInMap [Nets, !FindInMap [Nets, dev, cidr], cidr, {DefaultValue: !Sub '${Env}'}]",
    "!FindInMap [Nets, !Ref 'AWS::Region', cidr]",
    "!ImportValue {'Fn::Sub': '${Env}-id'}",
    "!GetStackOutput {StackName: net, OutputName: Vpc, Region: !Ref 'AWS::Region'}",
    "!Select [0, !GetAZs {Ref: 'AWS::Region'}]",
    "!Base64 {'Fn::Sub': '${V.CidrBlock}'}",
    "!If [IsDev, !Ref 'AWS::NoValue', a]",
]


@pytest.mark.parametrize(("expression", "says"), REFUSED.values(), ids=REFUSED)
def test_what_the_service_refuses(tmp_path: Path, expression: str, says: str) -> None:
    text = HEAD.replace("EXPRESSION", expression)
    found = fragment(tmp_path, text)
    ((kind, line, _, owner),) = problems(found)
    assert (kind, line, owner) == ("PL902", 16, "Named")
    assert says in found.problems[0].message
    vpcs = {vpc.origin.address: vpc for vpc in all_of(found, Vpc)}
    assert set(vpcs) == {"V", "Named"}
    assert unknown(vpcs["Named"].name).why in (Why.INVALID, Why.UNSUPPORTED)
    assert problems(fragment(tmp_path, "Transform: Macro\n" + text)) == []


@pytest.mark.parametrize(("expression", "says"), LOST.values(), ids=LOST)
def test_what_leads_to_nothing(tmp_path: Path, expression: str, says: str) -> None:
    found = fragment(tmp_path, HEAD.replace("EXPRESSION", expression) + PEERING)
    assert problems(found) == [("PL905", 16, 18, "Named")]
    assert says in found.problems[0].message


@pytest.mark.parametrize("expression", ALLOWED)
def test_what_the_service_takes(tmp_path: Path, expression: str) -> None:
    assert problems(fragment(tmp_path, HEAD.replace("EXPRESSION", expression) + PEERING)) == []


def test_what_refers_to_each_other_before_the_serverless_transform_is_no_circle(tmp_path: Path) -> None:
    text = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: 'AWS::Serverless::Api', Properties: {StageName: a, DefinitionBody: {uri: !GetAtt Hello.Arn}}}
  Hello:
    Type: AWS::Serverless::Function
    Properties: {Events: {Get: {Type: Api, Properties: {RestApiId: !Ref Api}}}}
"""
    assert problems(fragment(tmp_path, text + PEERING)) == []


def test_a_key_that_the_stated_region_lacks(tmp_path: Path) -> None:
    text = HEAD.replace("EXPRESSION", "!FindInMap [Nets, !Ref 'AWS::Region', cidr]") + PEERING
    assert problems(fragment(tmp_path, text)) == []
    found = fragment(tmp_path, text, CloudFormationOptions(region="eu-west-1"))
    assert problems(found) == [("PL905", 16, 18, "Named")]


@pytest.mark.parametrize("hidden", ["Fn::Transform: {Name: M}, dev", "dev: {Fn::Transform: {Name: M}}, x"])
def test_a_key_that_what_was_not_read_may_have(tmp_path: Path, hidden: str) -> None:
    text = HEAD.replace("EXPRESSION", "!FindInMap [Nets, prod, cidr]").replace("Nets: {dev", f"Nets: {{{hidden}")
    assert problems(fragment(tmp_path, text + PEERING)) == []


CONDITIONS = {
    "a word": ("yes please", "PL902", "a condition is one function"),
    "two functions": ("{'Fn::Not': [!Condition IsDev], 'Fn::And': []}", "PL902", "a condition is one function"),
    "Not of two": ("!Not [!Condition IsDev, !Condition IsDev]", "PL902", "Fn::Not takes a list of one condition"),
    "And of one": ("!And [!Condition IsDev]", "PL902", "Fn::And takes a list of 2 to 10 conditions"),
    "Equals of one": ("!Equals [a]", "PL902", "Fn::Equals takes a list of two values"),
    "another function": ("!Join ['', [a]]", "PL902", "Fn::Join is no function for a condition"),
    "a rule's function": ("!Contains [[a], !Ref Env]", "PL902", "Fn::Contains is no function for a condition"),
    "another condition": ("!Condition IsProd", "PL905", "`IsProd` is not among the template's conditions"),
    "a resource": ("!Equals [!Ref V, a]", "PL905", "a condition cannot refer to a resource, here `V`"),
    "an attribute": ("!Equals [!GetAtt V.VpcId, a]", "PL905", "a condition cannot refer to a resource, here `V`"),
    "a name of nothing": ("!Equals [!Ref Enw, a]", "PL905", "`!Ref Enw` names `Enw`"),
    "itself": ("!Not [!Condition Odd]", "PL905", "`Odd` refers to itself"),
}


@pytest.mark.parametrize(("condition", "kind", "says"), CONDITIONS.values(), ids=CONDITIONS)
def test_conditions_that_the_service_refuses(tmp_path: Path, condition: str, kind: str, says: str) -> None:
    text = HEAD.replace("EXPRESSION", "a").replace("Conditions:\n", f"Conditions:\n  Odd: {condition}\n")
    found = fragment(tmp_path, text + "  W: {Type: 'AWS::EC2::VPC', Condition: Odd}\n" + PEERING)
    ((found_kind, line, *_),) = problems(found)
    assert (found_kind, line) == (kind, 7)
    assert says in found.problems[0].message
    assert next(vpc for vpc in all_of(found, Vpc) if vpc.origin.address == "W").origin.presence.doubt


def test_an_if_in_a_condition_by_a_condition_that_is_there_is_not_missed(tmp_path: Path) -> None:
    condition = "  Odd: !Equals [!If [IsDev, a, b], a]\n"
    text = HEAD.replace("EXPRESSION", "a").replace("Conditions:\n", f"Conditions:\n{condition}") + PEERING
    assert problems(fragment(tmp_path, text)) == []


def test_conditions_in_a_circle_are_named_once(tmp_path: Path) -> None:
    circle = "  A: !Not [!Condition B]\n  B: !Or [!Condition IsDev, !Condition C]\n  C: !Condition A\n"
    text = HEAD.replace("EXPRESSION", "a").replace("Conditions:\n", f"Conditions:\n{circle}") + PEERING
    found = fragment(tmp_path, text)
    assert problems(found) == [("PL905", 7, 3, "")]
    assert found.problems[0].message == "`A`, `B` and `C` refer to each other in a circle"
