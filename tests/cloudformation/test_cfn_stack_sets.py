"""Stack sets: their template once for each account and Region that they name."""

from __future__ import annotations

from pathlib import Path

from peerlint.cloudformation import CloudFormationOptions, read
from peerlint.network.link import link
from peerlint.network.model import Fragment, Vpc
from peerlint.network.values import Known, Unknown
from tests.cloudformation.written import all_of, only
from tests.values import known, unknown

VPC = """\
Parameters:
  Block: {Type: String, Default: 10.0.0.0/16}
  Name: {Type: String}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Block, Tags: [{Key: Name, Value: !Ref Name}]}}
Outputs:
  Vpc: {Value: !Ref Vpc, Export: {Name: shared}}
"""
SET = """\
Resources:
  Nets:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: nets
      PermissionModel: SELF_MANAGED
      TemplateURL: vpc.yaml
      Parameters: [{ParameterKey: Name, ParameterValue: net}]
      StackInstancesGroup:
        - DeploymentTargets: {Accounts: ['111122223333', '444455556666']}
          Regions: [eu-west-1, us-east-1]
        - DeploymentTargets: {Accounts: ['777788889999']}
          Regions: [eu-west-1]
          ParameterOverrides: [{ParameterKey: Block, ParameterValue: 10.9.0.0/16}]
"""


def stack_set(folder: Path, text: str = SET, child: str = VPC) -> Fragment:
    (folder / "vpc.yaml").write_text(child, encoding="utf-8")
    (folder / "set.yaml").write_text(text, encoding="utf-8")
    return read(str(folder / "set.yaml"), CloudFormationOptions(region="eu-central-1", account="999999999999"))


def test_each_instance_has_a_place_and_parameters_of_its_own(tmp_path: Path) -> None:
    vpcs = all_of(stack_set(tmp_path), Vpc)
    assert [(v.origin.address, known(v.place.account), known(v.place.region)) for v in vpcs] == [
        ("Nets[111122223333:eu-west-1]/Vpc", "111122223333", "eu-west-1"),
        ("Nets[111122223333:us-east-1]/Vpc", "111122223333", "us-east-1"),
        ("Nets[444455556666:eu-west-1]/Vpc", "444455556666", "eu-west-1"),
        ("Nets[444455556666:us-east-1]/Vpc", "444455556666", "us-east-1"),
        ("Nets[777788889999:eu-west-1]/Vpc", "777788889999", "eu-west-1"),
    ]
    assert [known(v.blocks[0].cidr).written for v in vpcs[3:]] == ["10.0.0.0/16", "10.9.0.0/16"]
    assert {known(v.name) for v in vpcs if v.name is not None} == {"net"}
    assert len({v.id.of for v in vpcs if isinstance(v.id, Unknown)}) == 5
    assert all(v.origin.presence.doubt is None for v in vpcs)


def test_an_organizational_unit_is_accounts_that_nothing_tells(tmp_path: Path) -> None:
    text = SET.replace("Accounts: ['777788889999']", "OrganizationalUnitIds: [ou-abcd-12345678]")
    vpc = all_of(stack_set(tmp_path, text), Vpc)[-1]
    assert vpc.origin.address == "Nets[*:eu-west-1]/Vpc"
    assert (unknown(vpc.place.account).of, known(vpc.place.region)) != (None, "")
    assert vpc.origin.presence.many
    assert vpc.origin.presence.doubt == "how many instances there are of `Nets`: its accounts are not known"


def test_instances_that_are_made_elsewhere_may_be_anywhere(tmp_path: Path) -> None:
    vpc = only(stack_set(tmp_path, SET.partition("      StackInstancesGroup")[0]), Vpc)
    assert vpc.origin.presence.many
    assert isinstance(vpc.place.region, Unknown)


def test_a_body_has_the_places_of_the_template_that_it_stands_in(tmp_path: Path) -> None:
    body = "".join(f"        {line}\n" for line in VPC.splitlines())
    found = stack_set(tmp_path, SET.replace("TemplateURL: vpc.yaml\n", f"TemplateBody: |\n{body}"))
    vpc = all_of(found, Vpc)[0]
    at = vpc.blocks[0].at
    assert Path(at.file).name == "set.yaml"
    line = (tmp_path / "set.yaml").read_text().splitlines()[at.line - 1]
    assert line[at.column - 1 : at.end_column - 1] == "CidrBlock: !Ref Block"
    assert found.problems == ()


def test_a_body_that_is_no_block_is_undecided(tmp_path: Path) -> None:
    text = SET.replace("TemplateURL: vpc.yaml\n", 'TemplateBody: "Resources: {}"\n')
    (problem,) = stack_set(tmp_path, text).problems
    assert problem.question
    assert "its `TemplateBody` is no block of text" in problem.message


def test_an_export_of_an_instance_is_found_in_its_place_only(tmp_path: Path) -> None:
    ends = "{VpcId: vpc-1, PeerVpcId: !ImportValue shared}"
    importing = f"Resources: {{P: {{Type: AWS::EC2::VPCPeeringConnection, Properties: {ends}}}}}"
    found = stack_set(tmp_path)
    for account, region, block in (("777788889999", "eu-west-1", "10.9.0.0/16"), ("777788889999", "us-east-1", "")):
        (tmp_path / "p.yaml").write_text(importing, encoding="utf-8")
        other = read(str(tmp_path / "p.yaml"), CloudFormationOptions(region=region, account=account))
        network = link([found, other])
        vpc = network.peerings.ends(network.peerings.declared[0])[1].vpc
        blocks = [b.cidr.value.written for b in network.vpcs.blocks(vpc).items if isinstance(b.cidr, Known)]
        assert blocks == ([block] if block else [])
