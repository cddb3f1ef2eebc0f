"""Exports, which are found in their own account and Region only."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions, read
from peerlint.network.link import link
from peerlint.network.model import Fragment, Place
from peerlint.network.network import Network
from peerlint.network.values import Known, Unknown
from peerlint.records import replace

EXPORTING = """\
Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}
Outputs: {Vpc: {Value: !Ref Vpc, Export: {Name: shared}}}
"""
IMPORTING = """\
Resources:
  Own: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  Pcx: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref Own, PeerVpcId: !ImportValue shared}}
"""
HERE = CloudFormationOptions(region="eu-west-1", account="111122223333")
ELSEWHERE = CloudFormationOptions(region="us-east-1", account="111122223333")
OTHER = CloudFormationOptions(region="eu-west-1", account="444455556666")
ANYWHERE = CloudFormationOptions()


def stack(folder: Path, name: str, text: str, options: CloudFormationOptions) -> Fragment:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(str(path), options)


def peer(network: Network) -> str:
    """What the peering's far end is called, and where it is declared."""
    vpc = network.peerings.ends(network.peerings.declared[0])[1].vpc
    return "" if vpc.outside else Path(vpc.origin.span.file).name


@pytest.mark.parametrize(
    ("importer", "exporter", "joins"),
    [
        (HERE, HERE, True),
        (HERE, ELSEWHERE, False),
        (HERE, OTHER, False),
        (HERE, ANYWHERE, True),
        (ANYWHERE, HERE, True),
        (ANYWHERE, ANYWHERE, True),
        (replace(HERE, account=None), OTHER, True),
        (replace(HERE, account=None), ELSEWHERE, False),
    ],
)
def test_an_export_is_found_where_it_may_be(
    tmp_path: Path, importer: CloudFormationOptions, exporter: CloudFormationOptions, joins: bool
) -> None:
    fragments = [stack(tmp_path, "a.yaml", EXPORTING, exporter), stack(tmp_path, "b.yaml", IMPORTING, importer)]
    network = link(fragments)
    assert peer(network) == ("a.yaml" if joins else "")
    assert peer(link(fragments[::-1])) == peer(network)


def test_of_two_exports_of_one_name_that_of_the_own_place_is_found(tmp_path: Path) -> None:
    here, there = stack(tmp_path, "a.yaml", EXPORTING, HERE), stack(tmp_path, "c.yaml", EXPORTING, ELSEWHERE)
    importing = stack(tmp_path, "b.yaml", IMPORTING, HERE)
    assert peer(link([here, there, importing])) == peer(link([there, here, importing])) == "a.yaml"


def test_two_exports_of_one_name_are_undecided_and_named(tmp_path: Path) -> None:
    first, second = (stack(tmp_path, name, EXPORTING, ANYWHERE) for name in ("a.yaml", "c.yaml"))
    network = link([first, second, stack(tmp_path, "b.yaml", IMPORTING, ANYWHERE)])
    assert peer(network) == ""
    peer_vpc = network.peerings.declared[0].peer_vpc
    assert isinstance(peer_vpc, Unknown)
    assert peer_vpc.reason == (
        f"`Fn::ImportValue:shared` is looked up only at deployment (shared at {tmp_path.name}/a.yaml:2 and shared at "
        f"{tmp_path.name}/c.yaml:2 write it: their Regions and accounts would tell which of them is read)"
    )


def test_an_import_tells_where_a_stack_is(tmp_path: Path) -> None:
    network = link([stack(tmp_path, "a.yaml", EXPORTING, HERE), stack(tmp_path, "b.yaml", IMPORTING, ANYWHERE)])
    assert network.peerings.declared[0].place == Place(Known("eu-west-1"), Known("111122223333"))


def test_two_that_export_one_value_do_not_tell_where_a_stack_is(tmp_path: Path) -> None:
    exporting = EXPORTING.replace("Value: !Ref Vpc", "Value: vpc-0a1b2c3d4e5f60718")
    first, second = stack(tmp_path, "a.yaml", exporting, HERE), stack(tmp_path, "c.yaml", exporting, ANYWHERE)
    (peering,) = link([first, second, stack(tmp_path, "b.yaml", IMPORTING, ANYWHERE)]).peerings.declared
    assert peering.peer_vpc == Known("vpc-0a1b2c3d4e5f60718")
    assert all(isinstance(value, Unknown) for value in (peering.place.region, peering.place.account))


def test_a_stack_set_exports_a_name_in_several_places(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(EXPORTING, encoding="utf-8")
    group = "{DeploymentTargets: {Accounts: ['111122223333', '444455556666']}, Regions: [eu-west-1]}"
    properties = f"{{StackSetName: s, TemplateURL: a.yaml, StackInstancesGroup: [{group}]}}"
    nest = f"Resources: {{S: {{Type: AWS::CloudFormation::StackSet, Properties: {properties}}}}}\n"
    fragments = [stack(tmp_path, "set.yaml", nest, ANYWHERE), stack(tmp_path, "b.yaml", IMPORTING, ANYWHERE)]
    network = link(fragments)
    peer_vpc = network.peerings.declared[0].peer_vpc
    assert isinstance(peer_vpc, Unknown)
    assert f"(shared at {tmp_path.name}/a.yaml:2 writes it more than once: their Regions" in peer_vpc.reason


def test_equal_imports_of_two_places_are_not_one_value(tmp_path: Path) -> None:
    here, there = (stack(tmp_path, f"{o.region}.yaml", IMPORTING, o) for o in (HERE, ELSEWHERE))
    first, second = link([here, there]).peerings.declared
    assert first.peer_vpc != second.peer_vpc


def test_an_export_that_hands_on_an_import_is_followed(tmp_path: Path) -> None:
    again = "Resources: {}\nOutputs: {Vpc: {Value: !ImportValue first, Export: {Name: shared}}}\n"
    again = again.replace("{}", "{Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}}")
    first = EXPORTING.replace("shared", "first")
    texts = {"a.yaml": first, "b.yaml": again, "c.yaml": IMPORTING}
    assert peer(link([stack(tmp_path, name, text, ANYWHERE) for name, text in texts.items()])) == "a.yaml"


def test_the_name_of_a_stack_may_be_part_of_an_export_s(tmp_path: Path) -> None:
    named = EXPORTING.replace("Name: shared", "Name: !Sub '${AWS::StackName}-vpc'")
    importing = IMPORTING.replace("ImportValue shared", "ImportValue net-vpc")
    exporting = stack(tmp_path, "a.yaml", named, replace(ANYWHERE, name="net"))
    assert peer(link([exporting, stack(tmp_path, "b.yaml", importing, ANYWHERE)])) == "a.yaml"


def test_a_nested_stack_exports_and_imports_as_its_parent_does(tmp_path: Path) -> None:
    nest = "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: NAME}}}\n"
    (tmp_path / "a.yaml").write_text(EXPORTING, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(IMPORTING, encoding="utf-8")
    outer = [stack(tmp_path, f"of_{name}", nest.replace("NAME", name), ANYWHERE) for name in ("a.yaml", "b.yaml")]
    assert peer(link(outer)) == "a.yaml"


WRITER = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Writer:
    Type: Custom::CrossRegionExportWriter
    Properties:
      ServiceToken: !Sub 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:writer'
      WriterProps: {region: eu-west-1, exports: {/cdk/exports/Peering/Vpc: !Ref Vpc}}
"""
READER = """\
Resources:
  Own: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  Reader:
    Type: Custom::CrossRegionExportReader
    Properties:
      ServiceToken: !Sub 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:reader'
      ReaderProps:
        region: eu-west-1
        prefix: Peering
        imports: {/cdk/exports/Peering/Vpc: '{{resolve:ssm:/cdk/exports/Peering/Vpc}}'}
  Pcx:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: !Ref Own, PeerVpcId: !GetAtt [Reader, /cdk/exports/Peering/Vpc], PeerRegion: us-east-1}
"""


@pytest.mark.parametrize(("reader", "joins"), [(HERE, True), (ELSEWHERE, False), (OTHER, False)])
def test_the_cdk_hands_values_to_another_region(tmp_path: Path, reader: CloudFormationOptions, joins: bool) -> None:
    fragments = [stack(tmp_path, "a.yaml", WRITER, ELSEWHERE), stack(tmp_path, "b.yaml", READER, reader)]
    assert peer(link(fragments)) == ("a.yaml" if joins else "")
    assert all(fragment.gaps == () for fragment in fragments)


def test_an_output_whose_condition_is_false_is_there_for_nobody(tmp_path: Path) -> None:
    text = """\
Conditions: {Never: !Equals [a, b], Always: !Equals [a, a]}
Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}
Outputs:
  Absent: {Condition: Never, Value: !Ref Vpc, Export: {Name: absent}}
  Present: {Condition: Always, Value: !Ref Vpc, Export: {Name: present}}
"""
    fragment = stack(tmp_path, "a.yaml", text, replace(HERE, name="net"))
    assert {published.name for published in fragment.published} == {"present", "net.Present"}
