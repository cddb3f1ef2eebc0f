"""The stacks that the configuration says a template is deployed as, all of them side by side."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from peerlint import config, run
from peerlint.engine import Result
from peerlint.usage import ConfigError
from tests.terraform.estate import write

VPC = """\
    Parameters: {Block: {Type: String}}
    Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Block}}}
    Outputs: {Vpc: {Value: !Ref Vpc, Export: {Name: !Sub '${AWS::StackName}-vpc'}}}
"""
PEERING = """\
    Resources:
      Pcx:
        Type: AWS::EC2::VPCPeeringConnection
        Properties: {VpcId: !ImportValue hub-vpc, PeerVpcId: !ImportValue spoke-vpc}
"""
TABLE = """\
    [[stack]]
    template = "vpc.yaml"
    name = "hub"
    parameters = ["hub.json"]
    region = "eu-west-1"
    account = "111122223333"

    [[stack]]
    template = "vpc.yaml"
    name = "spoke"
    parameters = ["spoke.json"]
    region = "eu-west-1"
    account = "111122223333"
"""


def estate(folder: Path, table: str = TABLE) -> Path:
    write(folder, {"vpc.yaml": VPC, "peering.yaml": PEERING, "peerlint.toml": table})
    for name, block in (("hub", "10.0.0.0/16"), ("spoke", "10.0.64.0/20")):
        write(folder, {f"{name}.json": json.dumps({"Parameters": {"Block": block}})})
    return folder


def result(folder: Path, *paths: str) -> Result:
    request = run.Request(
        tuple(str(folder / path) for path in paths or ("",)), select=("PL101",), today=date(2026, 1, 1)
    )
    return run.analyse(request, config.load(str(folder / "peerlint.toml")), lambda _: None)


def test_one_template_is_several_stacks_of_one_network(tmp_path: Path) -> None:
    found = result(estate(tmp_path))
    (report,) = found.active
    assert (
        "10.0.0.0/16 of Vpc in vpc.yaml as hub and 10.0.64.0/20 of Vpc in vpc.yaml as spoke" in report.finding.message
    )
    assert (found.stacks, found.peerings) == (3, 1)


def test_a_name_is_used_again_in_another_region(tmp_path: Path) -> None:
    again = TABLE.replace('name = "spoke"', 'name = "hub"').replace("eu-west-1", "us-east-1", 1)
    own = "      Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/18}}\n"
    for region in ("us-east-1", "eu-west-1"):
        again += f'[[stack]]\ntemplate = "peering.yaml"\nregion = "{region}"\naccount = "111122223333"\n'
    folder = estate(tmp_path, again)
    write(folder, {"peering.yaml": PEERING.replace("!ImportValue spoke-vpc", "!Ref Vpc") + own})
    found = result(folder)
    (report,) = found.active
    assert "10.0.0.0/16 of Vpc in vpc.yaml as hub in us-east-1 and 10.0.0.0/18 of Vpc" in report.finding.message
    assert (found.stacks, found.peerings) == (4, 2)


def test_stacks_that_are_stated_to_be_elsewhere_do_not_join(tmp_path: Path) -> None:
    found = result(estate(tmp_path, TABLE.replace('account = "111122223333"', 'account = "444455556666"', 1)))
    assert len(found.active) == 0
    moved = TABLE.replace('region = "eu-west-1"', 'region = "us-east-1"', 1) + '[[stack]]\ntemplate = "peering.yaml"\n'
    moved += 'region = "eu-west-1"\naccount = "111122223333"\n'
    assert len(result(estate(tmp_path, moved)).active) == 0


def test_what_holds_for_one_of_the_stacks_names_it(tmp_path: Path) -> None:
    pair = """\
        Parameters: {Block: {Type: String}}
        Resources:
          A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Block}}
          P: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref A, PeerVpcId: !Ref B}}
    """
    write(estate(tmp_path), {"vpc.yaml": pair, "spoke.json": json.dumps({"Parameters": {"Block": "10.1.0.0/16"}})})
    (report,) = result(tmp_path).active
    assert report.condition.text == "in the stack hub"
    write(tmp_path, {"spoke.json": json.dumps({"Parameters": {"Block": "10.0.0.0/16"}})})
    (report,) = result(tmp_path).active
    assert report.condition.text == ""


def test_only_what_is_given_is_read(tmp_path: Path) -> None:
    write(estate(tmp_path), {"other/alone.yaml": VPC})
    assert result(tmp_path, "other").stacks == 1
    assert result(tmp_path, "vpc.yaml").stacks == 2


def test_a_nested_template_that_is_stated_is_a_stack_of_its_own_as_well(tmp_path: Path) -> None:
    main = """\
        Resources:
          Net:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: vpc.yaml, Parameters: {Block: 10.9.0.0/16}}
    """
    write(estate(tmp_path), {"main.yaml": main})
    assert result(tmp_path).stacks == 4


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[[stack]]\nname = "x"\n', "stack[0] must have a template"),
        ('[[stack]]\ntemplate = "no.yaml"\n', "no.yaml: no such template file"),
        ('[[stack]]\ntemplate = "vpc.yaml"\nwhere = "x"\n', "stack[0].where is not a setting"),
        ('[[stack]]\ntemplate = "vpc.yaml"\naccount = "1"\n', "stack[0].account must be an account id"),
        ('[[stack]]\ntemplate = "vpc.yaml"\nparameters = ["no.json"]\n', "no.json: no such parameter file"),
    ],
)
def test_a_row_that_cannot_be_followed_is_refused(tmp_path: Path, table: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message.replace("[", r"\[")):
        result(estate(tmp_path, table))
