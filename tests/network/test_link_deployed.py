"""Templates that a root of the run deploys: their parameters are what it gives, their outputs what it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions
from peerlint.network.model import CidrDestination, Route
from peerlint.network.values import Known
from tests.network.joined import HERE, ends, joined, request

STACK = """
resource "aws_cloudformation_stack" "spoke" {
  name          = "spoke"
  template_body = file("${path.module}/../spoke.yaml")
  parameters = {
    HubVpc = aws_vpc.hub.id
    Cidr   = "10.1.0.0/16"
  }
}
"""
ROOT = (
    HERE
    + STACK
    + """
resource "aws_vpc" "hub" { cidr_block = "10.0.0.0/16" }
resource "aws_route" "back" {
  route_table_id            = aws_vpc.hub.main_route_table_id
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = aws_cloudformation_stack.spoke.outputs["Peering"]
}
variable "any" {}
"""
)
SPOKE = """
    AWSTemplateFormatVersion: "2010-09-09"
    Parameters:
      HubVpc:
        Type: AWS::EC2::VPC::Id
      Cidr:
        Type: String
    Resources:
      Vpc:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: !Ref Cidr
      Pcx:
        Type: AWS::EC2::VPCPeeringConnection
        Properties:
          VpcId: !Ref Vpc
          PeerVpcId: !Ref HubVpc
      ToItself:
        Type: AWS::EC2::Route
        Properties:
          RouteTableId: rtb-0a1b2c3d4e5f60718
          DestinationCidrBlock: !Ref Cidr
          VpcPeeringConnectionId: !Ref Pcx
    Outputs:
      Peering:
        Value: !Ref Pcx
"""
NOWHERE = CloudFormationOptions()


def test_a_deployed_template_has_the_arguments_and_the_place_that_it_is_given(tmp_path: Path) -> None:
    network = joined(tmp_path, {"app": ROOT}, {"spoke.yaml": SPOKE}, NOWHERE)
    near, far = network.peerings.ends(request(network))
    assert far.vpc.origin.name == "aws_vpc.hub in app"
    assert near.place.region == Known("eu-west-1")
    assert near.place.account == Known("111122223333")
    assert [str(b.cidr.value) for b in network.vpcs.blocks(near.vpc) if isinstance(b.cidr, Known)] == ["10.1.0.0/16"]
    assert network.gaps == ()


def test_its_outputs_are_what_the_root_reads(tmp_path: Path) -> None:
    network = joined(tmp_path, {"app": ROOT}, {"spoke.yaml": SPOKE}, NOWHERE)
    over = network.routes.over(request(network))
    assert [route.origin.address for route in over] == ["aws_route.back", "ToItself"]
    (inner,) = [route for route in network.all(Route) if route.origin.address == "ToItself"]
    assert isinstance(inner.destination, CidrDestination)
    assert isinstance(inner.destination.cidr, Known)


FILE = 'file("${path.module}/../spoke.yaml")'
DIFFERENT = {
    "a default": (ROOT, SPOKE.replace("        Type: String", "        Type: String\n        Default: 10.2.0.0/16")),
    "no such parameter": (ROOT.replace("HubVpc =", "Other ="), SPOKE),
    "another file": (ROOT.replace("spoke.yaml", "other.yaml"), SPOKE),
    "any text": (ROOT.replace(FILE, "var.any"), SPOKE),
    "any arguments": (ROOT.replace("parameters = {", "parameters = var.any ? {} : {"), SPOKE),
    "two stacks": (ROOT + STACK.replace('"spoke"', '"other"'), SPOKE),
    "uncertain": (ROOT.replace("  template_body", "  count = var.any ? 1 : 0\n  template_body"), SPOKE),
}


@pytest.mark.parametrize(("root", "template"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_may_be_deployed_otherwise_is_open(tmp_path: Path, root: str, template: str) -> None:
    network = joined(tmp_path, {"app": root}, {"spoke.yaml": template}, NOWHERE)
    assert ends(network)[1].outside
    assert {gap.reason.partition("`")[0] for gap in network.gaps} == {"the template of the stack "}


def test_what_a_root_hands_to_a_stack_is_open(tmp_path: Path) -> None:
    stack = HERE + (
        'resource "aws_vpc" "a" { cidr_block = "10.1.0.0/16" }\n'
        'resource "aws_vpc" "b" { cidr_block = "10.2.0.0/16" }\n'
        'resource "aws_vpc_peering_connection" "p" {\n  vpc_id = aws_vpc.a.id\n  peer_vpc_id = aws_vpc.b.id\n}\n'
        'resource "aws_cloudformation_stack" "blocks" {\n  name = "blocks"\n  template_url = "https://example.com/x"\n'
        "  parameters = { Vpc = aws_vpc.a.id }\n}\n"
    )
    network = joined(tmp_path, {"app": stack})
    near, far = ends(network)
    assert [doubt.reason for doubt in network.vpcs.blocks(near).open] == [
        "the template of the stack `aws_cloudformation_stack.blocks` was not read as it is deployed"
    ]
    assert network.vpcs.blocks(far).closed
