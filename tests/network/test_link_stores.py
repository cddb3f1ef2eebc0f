"""Values that one root or template writes under a name, and another reads: parameters, exports, outputs of stacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions
from peerlint.network.model import Kind
from peerlint.network.places import same_account, same_region
from peerlint.network.values import Known
from tests.network.joined import HERE, ends, joined, likely, peer, request

WRITTEN = {
    "root": (
        HERE
        + """
resource "aws_vpc" "shared" { cidr_block = "10.0.0.0/16" }
resource "aws_ssm_parameter" "vpc" {
  name  = "/network/vpc-id"
  type  = "String"
  value = aws_vpc.shared.id
}
"""
    ),
    "template": """
    AWSTemplateFormatVersion: "2010-09-09"
    Resources:
      Shared:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: 10.0.0.0/16
      VpcParameter:
        Type: AWS::SSM::Parameter
        Properties:
          Name: /network/vpc-id
          Type: String
          Value: !Ref Shared
    Outputs:
      VpcId:
        Value: !Ref Shared
        Export:
          Name: shared-vpc
    """,
}
READ = {
    "root": (
        HERE
        + """
data "aws_ssm_parameter" "vpc" { name = "/network/vpc-id" }
resource "aws_vpc" "own" { cidr_block = "10.1.0.0/16" }
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.own.id
  peer_vpc_id = data.aws_ssm_parameter.vpc.value
}
"""
    ),
    "parameter": """
    AWSTemplateFormatVersion: "2010-09-09"
    Parameters:
      Peer:
        Type: AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>
        Default: /network/vpc-id
    Resources:
      Own:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: 10.1.0.0/16
      P:
        Type: AWS::EC2::VPCPeeringConnection
        Properties:
          VpcId: !Ref Own
          PeerVpcId: !Ref Peer
    """,
    "reference": """
    AWSTemplateFormatVersion: "2010-09-09"
    Resources:
      Own:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: 10.1.0.0/16
      P:
        Type: AWS::EC2::VPCPeeringConnection
        Properties:
          VpcId: !Ref Own
          PeerVpcId: "{{resolve:ssm:/network/vpc-id}}"
    """,
}
NOWHERE = CloudFormationOptions()


def estate(writer: str, reader: str) -> tuple[dict[str, str], dict[str, str]]:
    """The roots and the templates of a pair."""
    roots = {"net": WRITTEN["root"]} if writer == "root" else {}
    templates = {"net.yaml": WRITTEN["template"]} if writer == "template" else {}
    if reader == "root":
        roots["app"] = READ["root"]
    else:
        templates["app.yaml"] = READ[reader]
    return roots, templates


@pytest.mark.parametrize("reader", READ)
@pytest.mark.parametrize("writer", WRITTEN)
def test_what_reads_a_parameter_reads_what_the_run_writes(tmp_path: Path, writer: str, reader: str) -> None:
    network = joined(tmp_path, *estate(writer, reader))
    assert peer(network) == ("aws_vpc.shared in net" if writer == "root" else "Shared in net.yaml")


@pytest.mark.parametrize("reader", READ)
def test_who_reads_what_another_writes_is_where_that_is(tmp_path: Path, reader: str) -> None:
    """The name is one for an account and Region: the template's are those of the root."""
    network = joined(tmp_path, *estate("root", reader), NOWHERE)
    near, far = network.peerings.ends(request(network))
    assert near.place.region == far.place.region == Known("eu-west-1")
    assert near.place.account == far.place.account == Known("111122223333")


def test_places_that_nothing_tells_are_still_one(tmp_path: Path) -> None:
    network = joined(tmp_path, *estate("template", "parameter"), NOWHERE)
    near, far = network.peerings.ends(request(network))
    assert same_region(near.place, far.place) is True
    assert same_account(near.place, far.place) is True


DIFFERENT = [
    ("name", lambda text: text.replace("/network/vpc-id", "/network/other")),
    ("Region", lambda text: text.replace('"eu-west-1"', '"us-east-1"')),
    ("account", lambda text: text.replace("111122223333", "444455556666")),
    ("presence", lambda text: text.replace('"vpc" {', '"vpc" {\n  count = var.on ? 1 : 0', 1) + 'variable "on" {}\n'),
]


@pytest.mark.parametrize("change", [change for _, change in DIFFERENT], ids=[name for name, _ in DIFFERENT])
def test_what_is_written_elsewhere_is_not_what_is_read(tmp_path: Path, change: object) -> None:
    assert callable(change)
    roots, templates = estate("root", "root")
    network = joined(tmp_path, {**roots, "net": change(roots["net"])}, templates)
    assert ends(network)[1].outside


def test_two_that_write_one_name_tell_nothing(tmp_path: Path) -> None:
    network = joined(tmp_path, {"net": WRITTEN["root"], "two": WRITTEN["root"], "app": READ["root"]})
    assert likely(network) == (
        "aws_ssm_parameter.vpc at net/main.tf:7 and aws_ssm_parameter.vpc at two/main.tf:7 write it: their Regions and "
        "accounts would tell which of them is read"
    )


def test_of_two_in_different_accounts_the_one_beside_the_reader_is_read(tmp_path: Path) -> None:
    other = WRITTEN["root"].replace("111122223333", "444455556666")
    network = joined(tmp_path, {"net": WRITTEN["root"], "two": other, "app": READ["root"]})
    assert peer(network) == "aws_vpc.shared in net"


@pytest.mark.parametrize("reference", ["{{resolve:ssm:/network/vpc-id:3}}", "{{resolve:ssm-secure:/network/vpc-id}}"])
def test_an_old_version_is_not_what_the_run_writes(tmp_path: Path, reference: str) -> None:
    text = READ["reference"].replace("{{resolve:ssm:/network/vpc-id}}", reference)
    network = joined(tmp_path, {"net": WRITTEN["root"]}, {"app.yaml": text})
    assert ends(network)[1].outside


def test_a_root_reads_an_export(tmp_path: Path) -> None:
    text = READ["root"].replace("aws_ssm_parameter", "aws_cloudformation_export")
    text = text.replace("/network/vpc-id", "shared-vpc")
    network = joined(tmp_path, {"app": text}, {"net.yaml": WRITTEN["template"]}, NOWHERE)
    assert peer(network) == "Shared in net.yaml"
    unknown = joined(tmp_path, {"app": text.replace("shared-vpc", "other")}, {"net.yaml": WRITTEN["template"]})
    assert ends(unknown)[1].outside


PRODUCER = """
    AWSTemplateFormatVersion: "2010-09-09"
    Resources:
      Shared:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: 10.0.0.0/16
      ExportsWriter:
        Type: Custom::CrossRegionExportWriter
        Properties:
          ServiceToken: arn:aws:lambda:eu-west-1:111122223333:function:writer
          WriterProps:
            region: us-east-1
            exports:
              /cdk/exports/App/SharedVpc: !Ref Shared
"""
CONSUMER = """
    AWSTemplateFormatVersion: "2010-09-09"
    Resources:
      Own:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: 10.1.0.0/16
      P:
        Type: AWS::EC2::VPCPeeringConnection
        Properties:
          VpcId: !Ref Own
          PeerRegion: eu-west-1
          PeerVpcId: !GetAtt [ExportsReader, /cdk/exports/App/SharedVpc]
      ExportsReader:
        Type: Custom::CrossRegionExportReader
        Properties:
          ServiceToken: arn:aws:lambda:us-east-1:111122223333:function:reader
          ReaderProps:
            region: us-east-1
            prefix: App
            imports:
              /cdk/exports/App/SharedVpc: "{{resolve:ssm:/cdk/exports/App/SharedVpc}}"
"""


def test_what_cdk_writes_in_another_region_is_read_there(tmp_path: Path) -> None:
    network = joined(tmp_path, {}, {"net.yaml": PRODUCER, "app.yaml": CONSUMER}, NOWHERE)
    assert peer(network) == "Shared in net.yaml"
    near, _ = network.peerings.ends(request(network))
    assert near.place.region == Known("us-east-1")
    assert [gap.kinds for gap in network.gaps] == [{Kind.GROUP}]


def test_a_table_whose_id_is_written_for_others_is_open(tmp_path: Path) -> None:
    table = (
        '\nresource "aws_route_table" "t" { vpc_id = aws_vpc.shared.id }\n'
        'resource "aws_ssm_parameter" "table" {\n  name  = "/network/table"\n  value = aws_route_table.t.id\n}\n'
    )
    network = joined(tmp_path, {"net": WRITTEN["root"] + table, "app": READ["root"]})
    gap, of_vpc = sorted(network.gaps, key=lambda gap: gap.kinds == {Kind.GROUP})
    assert of_vpc.kinds == {Kind.GROUP}
    assert gap.kinds == {Kind.ROUTE}
    assert (
        gap.reason == "`aws_route_table.t` is written to the parameter `/network/table`: another stack may add routes"
    )
