"""Files of parameter values, and where a parameter's value comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions, read_parameters
from peerlint.network.model import Subnet, Vpc
from peerlint.network.values import Why
from tests.cloudformation.written import fragment, only, value_of
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


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"A": "1"}', "neither a list"),
        ("[1]", "ParameterKey"),
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
