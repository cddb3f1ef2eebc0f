"""Each intrinsic function, in YAML's short form and in JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions
from peerlint.network.values import Unknown, Value, Why
from tests.cloudformation.written import value_of
from tests.values import identity, known, unknown

YAML_HEAD = """
Transform: AWS::LanguageExtensions
Parameters:
  Env: {Type: String, Default: dev}
  Cidr: {Type: String, Default: 10.8.0.0/16}
  Zones: {Type: CommaDelimitedList, Default: "a, b,c"}
  Nobody: {Type: String}
  NobodyElse: {Type: String}
  Nobodies: {Type: CommaDelimitedList}
  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /ami}
Mappings:
  Nets:
    dev: {cidr: 10.1.0.0/16, zones: [x, y]}
    prod: {cidr: 10.2.0.0/16}
Conditions:
  Yes: !Equals [!Ref Env, dev]
  No: !Not [!Condition 'Yes']
  Perhaps: !Equals [!Ref Nobody, dev]
""".replace("  Yes:", "  'Yes':").replace("  No:", "  'No':")

JSON_HEAD = """
"Transform": "AWS::LanguageExtensions",
"Parameters": {
  "Env": {"Type": "String", "Default": "dev"},
  "Cidr": {"Type": "String", "Default": "10.8.0.0/16"},
  "Zones": {"Type": "CommaDelimitedList", "Default": "a, b,c"},
  "Nobody": {"Type": "String"},
  "NobodyElse": {"Type": "String"},
  "Nobodies": {"Type": "CommaDelimitedList"},
  "Image": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/ami"}
},
"Mappings": {"Nets": {"dev": {"cidr": "10.1.0.0/16", "zones": ["x", "y"]}, "prod": {"cidr": "10.2.0.0/16"}}},
"Conditions": {
  "Yes": {"Fn::Equals": [{"Ref": "Env"}, "dev"]},
  "No": {"Fn::Not": [{"Condition": "Yes"}]},
  "Perhaps": {"Fn::Equals": [{"Ref": "Nobody"}, "dev"]}
}
"""

OPTIONS = CloudFormationOptions(region="eu-west-1")

KNOWN = {
    "Ref": ("!Ref Env", '{"Ref": "Env"}', "dev"),
    "Sub": ("!Sub '${Env}-${AWS::Region}'", '{"Fn::Sub": "${Env}-${AWS::Region}"}', "dev-eu-west-1"),
    "Sub with a literal": ("!Sub '${!Env}-${Env}'", '{"Fn::Sub": "${!Env}-${Env}"}', "${Env}-dev"),
    "Sub with variables": (
        "!Sub ['${A}/${Env}', {A: !Ref Cidr}]",
        '{"Fn::Sub": ["${A}/${Env}", {"A": {"Ref": "Cidr"}}]}',
        "10.8.0.0/16/dev",
    ),
    "Join": ("!Join ['-', [a, !Ref Env, 3]]", '{"Fn::Join": ["-", ["a", {"Ref": "Env"}, 3]]}', "a-dev-3"),
    "Join of a list": ("!Join ['', !Ref Zones]", '{"Fn::Join": ["", {"Ref": "Zones"}]}', "abc"),
    "Select": ("!Select [1, !Ref Zones]", '{"Fn::Select": ["1", {"Ref": "Zones"}]}', "b"),
    "Select beside an unknown": ("!Select [0, [a, !Ref Nobody]]", '{"Fn::Select": [0, ["a", {"Ref": "Nobody"}]]}', "a"),
    "Split": (
        "!Select [0, !Split ['/', !Ref Cidr]]",
        '{"Fn::Select": [0, {"Fn::Split": ["/", {"Ref": "Cidr"}]}]}',
        "10.8.0.0",
    ),
    "Cidr": (
        "!Select [3, !Cidr [!Ref Cidr, 4, 8]]",
        '{"Fn::Select": [3, {"Fn::Cidr": [{"Ref": "Cidr"}, "4", "8"]}]}',
        "10.8.3.0/24",
    ),
    "Cidr without bits": (
        "!Select [1, !Cidr [10.0.0.0/24, 1]]",
        '{"Fn::Select": [1, {"Fn::Cidr": ["10.0.0.0/24", 1]}]}',
        None,
    ),
    "Cidr of IPv6": (
        "!Select [1, !Cidr ['2001:db8::/56', 2, 64]]",
        '{"Fn::Select": [1, {"Fn::Cidr": ["2001:db8::/56", 2, 64]}]}',
        "2001:db8:0:1::/64",
    ),
    "Cidr that does not fit": (
        "!Select [0, !Cidr [10.0.0.0/30, 5, 1]]",
        '{"Fn::Select": [0, {"Fn::Cidr": ["10.0.0.0/30", 5, 1]}]}',
        None,
    ),
    "If, true": ("!If ['Yes', a, b]", '{"Fn::If": ["Yes", "a", "b"]}', "a"),
    "If, false": ("!If ['No', a, b]", '{"Fn::If": ["No", "a", "b"]}', "b"),
    "If, undecided with equal arms": (
        "!If [Perhaps, !Ref Env, dev]",
        '{"Fn::If": ["Perhaps", {"Ref": "Env"}, "dev"]}',
        "dev",
    ),
    "FindInMap": (
        "!FindInMap [Nets, !Ref Env, cidr]",
        '{"Fn::FindInMap": ["Nets", {"Ref": "Env"}, "cidr"]}',
        "10.1.0.0/16",
    ),
    "FindInMap of a list": (
        "!Select [1, !FindInMap [Nets, dev, zones]]",
        '{"Fn::Select": [1, {"Fn::FindInMap": ["Nets", "dev", "zones"]}]}',
        "y",
    ),
    "FindInMap with a default": (
        "!FindInMap [Nets, test, cidr, {DefaultValue: 10.9.0.0/16}]",
        '{"Fn::FindInMap": ["Nets", "test", "cidr", {"DefaultValue": "10.9.0.0/16"}]}',
        "10.9.0.0/16",
    ),
    "FindInMap without the key": ("!FindInMap [Nets, test, cidr]", '{"Fn::FindInMap": ["Nets", "test", "cidr"]}', None),
    "Base64": ("!Base64 net", '{"Fn::Base64": "net"}', "bmV0"),
    "Length": ("!Sub ['${N}', {N: !Length [a, !Ref Nobody]}]", '{"Fn::Length": ["a", {"Ref": "Nobody"}]}', "2"),
    "ToJsonString": ("!ToJsonString {a: [1, true]}", '{"Fn::ToJsonString": {"a": [1, true]}}', '{"a":[1,true]}'),
    "a list without NoValue": (
        "!Join ['-', [a, !Ref 'AWS::NoValue', b]]",
        '{"Fn::Join": ["-", ["a", {"Ref": "AWS::NoValue"}, "b"]]}',
        "a-b",
    ),
}


def evaluate(folder: Path, expression: str, *, json: bool = False) -> Value[str]:
    return value_of(folder, expression, JSON_HEAD if json else YAML_HEAD, OPTIONS, json=json)


@pytest.mark.parametrize(("yaml", "json", "expected"), KNOWN.values(), ids=KNOWN)
def test_computed_values(tmp_path: Path, yaml: str, json: str, expected: str | None) -> None:
    for value in (evaluate(tmp_path, yaml), evaluate(tmp_path, json, json=True)):
        if expected is None:
            assert unknown(value).why is Why.INVALID
        else:
            assert known(value) == expected


UNKNOWN = {
    "a parameter": ("!Ref Nobody", Why.VARIABLE, "Nobody", "`Nobody` has no value"),
    "a parameter of the parameter store": (
        "!Ref Image",
        Why.LOOKUP,
        "{{resolve:ssm:/ami}}",
        "`Image` is looked up only at deployment",
    ),
    "a pseudo parameter": ("!Ref AWS::StackName", Why.VARIABLE, "AWS::StackName", "`AWS::StackName` has no value"),
    "a text of one unknown": ("!Sub '${Nobody}'", Why.VARIABLE, "Nobody", "`Nobody` has no value"),
    "a text": ("!Sub '${Nobody}-${Env}'", Why.VARIABLE, "${Nobody}-dev", "`Nobody` has no value"),
    "an import": ("!ImportValue net-vpc", Why.LOOKUP, "Fn::ImportValue:net-vpc", None),
    "an import by an unknown name": (
        "!ImportValue {'Fn::Sub': '${Nobody}-vpc'}",
        Why.LOOKUP,
        "Fn::ImportValue(${${Nobody}-vpc})",
        None,
    ),
    "a dynamic reference": ("'{{resolve:ssm:/net/vpc}}'", Why.LOOKUP, "{{resolve:ssm:/net/vpc}}", None),
    "a zone": ("!Select [0, !GetAZs '']", Why.LOOKUP, 'Fn::Select("0", ${Fn::GetAZs(eu-west-1)})', None),
    "an attribute": ("!GetAtt Named.CidrBlockAssociations", Why.COMPUTED, "Named.CidrBlockAssociations", None),
}


@pytest.mark.parametrize(("expression", "why", "of", "reason"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_values_say_why_and_of_what(
    tmp_path: Path, expression: str, why: Why, of: str, reason: str | None
) -> None:
    value = unknown(evaluate(tmp_path, expression))
    assert value.why is why
    assert str(value.of) == of
    assert reason is None or value.reason == reason


EQUAL = {
    "Sub and Join": ("!Sub '${Nobody}-dev'", "!Join ['-', [!Ref Nobody, !Ref Env]]"),
    "Select of Split": ("!Select [0, !Split [',', !Ref Nobody]]", "!Select ['0', !Split [',', !Ref Nobody]]"),
    "If with one identity in both arms": ("!If [Perhaps, !Ref Nobody, !Ref Nobody]", "!Ref Nobody"),
    "FindInMap": ("!FindInMap [Nets, !Ref Nobody, cidr]", "!FindInMap [Nets, !Sub '${Nobody}', cidr]"),
    "Cidr": ("!Select [0, !Cidr [!Ref Nobody, 2, 8]]", "!Select [0, !Cidr [!Ref Nobody, '2', '8']]"),
    "GetAZs here": ("!Select [0, !GetAZs '']", "!Select [0, !GetAZs {Ref: 'AWS::Region'}]"),
    "Ref and Sub of a resource": ("!Ref Named", "!Sub '${Named.VpcId}'"),
}
JOINED = "!Join [',', [!Ref Named, !Sub 'a-${Named}', b, !Ref Named]]"
APART = {
    "a list of ids": (f"!Select [3, !Split [',', {JOINED}]]", "!Ref Named"),
    "a text around an id": (f"!Select [1, !Split [',', {JOINED}]]", "!Sub 'a-${Named}'"),
    "what comes after a separator": ("!Select [1, !Split ['|', !Sub '${Named}|${Named}']]", "!Ref Named"),
}
DIFFERENT = {
    "elements that may hold the separator": (
        "!Select [1, !Split [',', !Sub '${Nobody},${NobodyElse}']]",
        "!Ref NobodyElse",
    ),
    "a separator that an id may have": ("!Select [1, !Split ['-', !Sub '${Named}-${Named}']]", "!Ref Named"),
    "other parameters": ("!Sub '${Nobody}-dev'", "!Sub '${NobodyElse}-dev'"),
    "other texts": ("!Sub '${Nobody}-dev'", "!Sub '${Nobody}-prod'"),
    "a literal that looks like a variable": ("!Sub '${!NobodyElse}${Nobody}'", "!Sub '${NobodyElse}${Nobody}'"),
    "other elements": ("!Select [0, !Ref Nobodies]", "!Select [1, !Ref Nobodies]"),
    "other arms": ("!If [Perhaps, a, b]", "!If [Perhaps, b, a]"),
}


@pytest.mark.parametrize(("left", "right"), (EQUAL | APART).values(), ids=EQUAL | APART)
def test_equal_expressions_are_one_value(tmp_path: Path, left: str, right: str) -> None:
    assert identity(evaluate(tmp_path, left)) == identity(evaluate(tmp_path, right))


def test_a_known_element_beside_unknown_ones(tmp_path: Path) -> None:
    assert known(evaluate(tmp_path, f"!Select [2, !Split [',', {JOINED}]]")) == "b"


@pytest.mark.parametrize(("left", "right"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_expressions_are_not(tmp_path: Path, left: str, right: str) -> None:
    assert identity(evaluate(tmp_path, left)) != identity(evaluate(tmp_path, right))


@pytest.mark.parametrize(
    "expression",
    [
        "!Transform {Name: Macro}",
        "!Unheard of",
        "{'Fn::ForEach::Loop': [x, !Ref Nobodies, {}]}",
        "{'Fn::A': 1, 'Fn::B': 2}",
    ],
)
def test_what_is_not_evaluated_is_unknown_without_an_identity(tmp_path: Path, expression: str) -> None:
    assert unknown(evaluate(tmp_path, expression)) == Unknown(Why.UNSUPPORTED)


@pytest.mark.parametrize(
    "expression",
    [
        "!Ref [Env]",
        "!GetAtt Named",
        "!Sub {a: b}",
        "!Sub [1, 2, 3]",
        "!Join [1]",
        "!Select [a, [b]]",
        "!Select [-1, [b]]",
        "!Select [99999999999, [b]]",
        "!Split ['', a]",
        "!Cidr [10.0.0.0/16, 300, 8]",
        "!Cidr [a, b, c]",
        "!If [1]",
        "!FindInMap [a]",
        "!Length a",
    ],
)
def test_a_wrong_call_is_invalid_and_raises_nothing(tmp_path: Path, expression: str) -> None:
    assert unknown(evaluate(tmp_path, expression)).why is Why.INVALID


@pytest.mark.parametrize("function", ["!Select [1, {}]", "!Sub ['${{n}}', {{n: !Length {}}}]"])
def test_a_list_that_may_lose_an_element_is_not_counted(tmp_path: Path, function: str) -> None:
    shrinking = "[a, !If [Perhaps, !Ref 'AWS::NoValue', b], c]"
    assert unknown(evaluate(tmp_path, function.format(shrinking))).why is Why.VARIABLE
    assert known(evaluate(tmp_path, function.format(shrinking.replace("Perhaps", "'Yes'"))))


def test_a_value_that_grows_with_each_step_is_not_computed(tmp_path: Path) -> None:
    expression = "x" * 100
    for _ in range(20):
        expression = f"!Sub ['${{a}}${{a}}', {{a: {expression}}}]"
    assert unknown(evaluate(tmp_path, expression)).why is Why.UNSUPPORTED


def test_identities_stay_short(tmp_path: Path) -> None:
    expression = "!Ref Nobody"
    for _ in range(30):
        expression = f"!Sub ['${{a}}-${{a}}', {{a: {expression}}}]"
    assert len(str(identity(evaluate(tmp_path, expression)))) < 1000
