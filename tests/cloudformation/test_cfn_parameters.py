"""Files of parameter values, and where a parameter's value comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions, read_parameters
from peerlint.network.model import Gateway, Subnet, Vpc
from peerlint.network.values import Why
from tests.cloudformation.written import PEERING, fragment, only, problems, value_of
from tests.values import known, unknown


def test_the_command_lines_format(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(
        '[{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "UsePreviousValue": true},'
        ' {"ParameterKey": "C", "ParameterValue": ["x", "y"]}]'
    )
    assert read_parameters(str(path)) == {"A": "1", "C": ["x", "y"]}


def test_codepipelines_format(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"Parameters": {"A": "1", "B": 2, "C": true}, "Tags": {"x": "y"}}')
    assert read_parameters(str(path)) == {"A": "1", "B": "2", "C": "true"}


def test_the_format_of_deploy(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('["A=1", "B=x=y", "C="]')
    assert read_parameters(str(path)) == {"A": "1", "B": "x=y", "C": ""}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"A": "1"}', "neither a list"),
        ("[1]", "ParameterKey"),
        ('["A"]', "Key=Value"),
        ('{"Parameters": {"A": {}}}', "parameter A"),
        ('{"Parameters": {"A": [[]]}}', "parameter A"),
        ("[\n{]", "line 2, column 2"),
        ("\x00", "line 1"),
        ("[" * 100_000, "nested"),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=says) as raised:
        read_parameters(str(path))
    message = str(raised.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message


def test_a_file_that_is_absent_or_not_text(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_bytes(b'{"\xff"')
    for name, says in (("none.json", "No such file"), ("p.json", "not UTF-8")):
        with pytest.raises(ValueError, match=says):
            read_parameters(str(tmp_path / name))


def test_a_given_value_goes_before_the_default(tmp_path: Path) -> None:
    head = "Parameters:\n  A: {Type: String, Default: x}\n"
    assert known(value_of(tmp_path, "!Ref A", head)) == "x"
    assert known(value_of(tmp_path, "!Ref A", head, CloudFormationOptions({"A": "y"}))) == "y"


@pytest.mark.parametrize("given", ["a,b", ["a", "b"]])
def test_a_list_may_be_given_as_text_or_list(tmp_path: Path, given: str | list[str]) -> None:
    head = "Parameters:\n  A: {Type: 'List<AWS::EC2::Subnet::Id>'}\n"
    assert known(value_of(tmp_path, "!Select [1, !Ref A]", head, CloudFormationOptions({"A": given}))) == "b"


def test_region_and_account_are_those_stated(tmp_path: Path) -> None:
    text = "Resources:\n  V: {Type: 'AWS::EC2::VPC'}\n"
    place = only(fragment(tmp_path, text, CloudFormationOptions(region="eu-west-1", account="123456789012")), Vpc).place
    assert (known(place.region), known(place.account)) == ("eu-west-1", "123456789012")


def test_an_unstated_region_equals_itself(tmp_path: Path) -> None:
    found = value_of(tmp_path, "!Ref AWS::Region")
    place = only(fragment(tmp_path, "Resources:\n  V: {Type: 'AWS::EC2::VPC'}\n"), Vpc).place
    assert unknown(found).of == unknown(place.region).of


def test_an_empty_default_of_an_id_is_unknown_and_not_an_empty_id(tmp_path: Path) -> None:
    text = """
Parameters:
  One: {Type: String, Default: ''}
  Two: {Type: String, Default: ''}
Resources:
  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref One}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Two}}
"""
    first, second = (unknown(s.vpc) for s in fragment(tmp_path, text).entities if isinstance(s, Subnet))
    assert (first.why, str(first.of), str(second.of)) == (Why.VARIABLE, "One", "Two")


TYPES = """\
Parameters:
  Vpc: {Type: 'AWS::EC2::VPC::Id', Default: vpc-1}
  Zones: {Type: 'List<AWS::EC2::AvailabilityZone::Name>', Default: 'a, b'}
  Ports: {Type: 'List<Number>', Default: '22, 443'}
  Size: {Type: Number, Default: 16}
  Only: {Type: String, AllowedValues: [dev]}
  Secret: {Type: String, NoEcho: true, Default: s}
  Zip: {Type: String, Default: 012345}
  Looked: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', Default: /net/vpc}
  Again: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /net/vpc}
  Other: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /net/other}
  Many: {Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /net/all}
  Resolved: {Type: String, Default: '{{resolve:ssm:/net/vpc}}'}
"""


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("!Ref Vpc", "vpc-1"),
        ("!Select [1, !Ref Zones]", "b"),
        ("!Join ['-', !Ref Ports]", "22-443"),
        ("!Sub '10.0.0.0/${Size}'", "10.0.0.0/16"),
        ("!Ref Secret", "s"),
        ("!Ref Zip", "012345"),
    ],
)
def test_types_of_parameters(tmp_path: Path, expression: str, value: str) -> None:
    assert known(value_of(tmp_path, expression, TYPES)) == value


@pytest.mark.parametrize("name", ["Only", "Looked", "Other"])
def test_parameters_without_a_value_here(tmp_path: Path, name: str) -> None:
    value = unknown(value_of(tmp_path, f"!Ref {name}", TYPES))
    assert value.reason.startswith(f"`{name}` ")
    assert value.why is (Why.VARIABLE if name == "Only" else Why.LOOKUP)


def test_one_name_in_the_parameter_store_is_one_value(tmp_path: Path) -> None:
    found = {
        name: unknown(value_of(tmp_path, f"!Ref {name}", TYPES)).of for name in ("Looked", "Again", "Other", "Resolved")
    }
    assert found["Looked"] == found["Again"] == found["Resolved"]
    assert found["Looked"] != found["Other"]
    given = CloudFormationOptions({"Looked": "/net/other"})
    assert unknown(value_of(tmp_path, "!Ref Looked", TYPES, given)).of == found["Other"]


def test_elements_of_a_list_in_the_parameter_store_are_told_apart(tmp_path: Path) -> None:
    first, again, second = (unknown(value_of(tmp_path, f"!Select [{n}, !Ref Many]", TYPES)).of for n in (0, 0, 1))
    assert first == again != second


LIMITED = """\
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod], Default: dev}
  Size: {Type: Number, MinValue: 16, MaxValue: 28, Default: 20}
  Id: {Type: String, MinLength: 5}
  Ports: {Type: CommaDelimitedList, AllowedValues: [22, 443]}
  Bad: {Type: String, AllowedValues: [a], Default: b}
"""


@pytest.mark.parametrize(
    ("name", "given", "line"),
    [("Env", "stage", 2), ("Size", "8", 3), ("Size", "x", 3), ("Id", "a", 4), ("Ports", ["22", "80"], 5)],
)
def test_a_given_value_that_the_declaration_refuses(
    tmp_path: Path, name: str, given: str | list[str], line: int
) -> None:
    text = f"{LIMITED}Resources:\n  V: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: !Sub '${{{name}}}'}}}}\n"
    found = fragment(tmp_path, text, CloudFormationOptions({name: given}))
    ((kind, at, *_),) = problems(found)
    assert (kind, at) == ("PL902", line)
    assert f"`{name}` takes" in found.problems[0].message
    assert unknown(only(found, Vpc).blocks[0].cidr).why is Why.VARIABLE


@pytest.mark.parametrize(("name", "given"), [("Env", "prod"), ("Size", "16"), ("Id", "abcde"), ("Ports", "22, 443")])
def test_a_given_value_that_it_takes(tmp_path: Path, name: str, given: str) -> None:
    expression = "!Select [0, !Ref Ports]" if name == "Ports" else f"!Ref {name}"
    assert known(value_of(tmp_path, expression, LIMITED, CloudFormationOptions({name: given}))) == given.split(",")[0]


def test_a_default_that_the_declaration_refuses_is_no_value(tmp_path: Path) -> None:
    assert unknown(value_of(tmp_path, "!Ref Bad", LIMITED)).why is Why.VARIABLE


@pytest.mark.parametrize(
    ("region", "partition", "suffix"),
    [
        ("eu-west-1", "aws", "amazonaws.com"),
        ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
        ("us-iso-east-1", "aws-iso", "c2s.ic.gov"),
    ],
)
def test_the_partition_and_the_domain_follow_from_the_region(
    tmp_path: Path, region: str, partition: str, suffix: str
) -> None:
    options = CloudFormationOptions(region=region)
    expression = "!Sub '${AWS::Partition} ${AWS::URLSuffix}'"
    assert known(value_of(tmp_path, expression, options=options)) == f"{partition} {suffix}"


@pytest.mark.parametrize(
    "name", ["AWS::Partition", "AWS::URLSuffix", "AWS::StackName", "AWS::StackId", "AWS::NotificationARNs"]
)
def test_an_unknown_pseudo_parameter_equals_itself(tmp_path: Path, name: str) -> None:
    first, second = (unknown(value_of(tmp_path, e)) for e in (f"!Ref {name}", f"!Sub '${{{name}}}'"))
    assert (first.why, first.of) == (Why.VARIABLE, second.of)
    assert first.of is not None


def test_no_pseudo_parameter(tmp_path: Path) -> None:
    text = f"Resources:\n  V: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: !Ref 'AWS::Regio'}}}}\n{PEERING}"
    assert problems(fragment(tmp_path, text)) == [("PL905", 2, 54, "V")]


def test_an_empty_list_of_ids_names_nothing_yet(tmp_path: Path) -> None:
    text = """
Parameters:
  Tables: {Type: CommaDelimitedList, Default: ''}
Conditions:
  Named: !Not [!Equals [!Join ['', !Ref Tables], '']]
Resources:
  E: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: vpc-1, ServiceName: s3, RouteTableIds: !Ref Tables}}
  V: {Type: 'AWS::EC2::VPC', Condition: Named}
"""
    found = fragment(tmp_path, text)
    (table,) = only(found, Gateway).tables
    assert (unknown(table).why, str(unknown(table).of)) == (Why.VARIABLE, "Tables")
    assert not any(isinstance(entity, Vpc) for entity in found.entities)
