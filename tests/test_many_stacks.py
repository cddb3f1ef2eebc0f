"""What one root of a run says bears on what is claimed of another."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from peerlint import run
from peerlint.config import Config
from tests.terraform.estate import write

NETWORK = """
    provider "aws" { region = "eu-west-1" }
    resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
    resource "aws_vpc" "b" {
      cidr_block = "10.1.0.0/16"
      tags       = { Name = "b" }
    }
    resource "aws_vpc_peering_connection" "ab" {
      vpc_id      = aws_vpc.a.id
      peer_vpc_id = aws_vpc.b.id
      auto_accept = true
      tags        = { Name = "ab" }
    }
    resource "aws_route" "a_to_b" {
      route_table_id            = aws_vpc.a.main_route_table_id
      destination_cidr_block    = "DESTINATION"
      vpc_peering_connection_id = aws_vpc_peering_connection.ab.id
    }
    BACK
"""
BACK = """
    resource "aws_route" "b_to_a" {
      route_table_id            = aws_vpc.b.main_route_table_id
      destination_cidr_block    = "10.0.0.0/16"
      vpc_peering_connection_id = aws_vpc_peering_connection.ab.id
    }
"""
PODS = """
    provider "aws" { region = "eu-west-1" }
    data "aws_vpc" "b" { tags = { Name = "b" } }
    resource "aws_vpc_ipv4_cidr_block_association" "pods" {
      vpc_id     = data.aws_vpc.b.id
      cidr_block = "100.64.0.0/16"
    }
"""
OTHER_SIDE = """
    provider "aws" { region = "eu-west-1" }
    data "aws_vpc" "b" { tags = { Name = "b" } }
    data "aws_vpc_peering_connection" "ab" { tags = { Name = "ab" } }
    resource "aws_route" "b_to_a" {
      route_table_id            = data.aws_vpc.b.main_route_table_id
      destination_cidr_block    = "10.0.0.0/16"
      vpc_peering_connection_id = data.aws_vpc_peering_connection.ab.id
    }
"""


def verdict(folder: Path, *rules: str) -> tuple[list[str], list[str]]:
    """The ids of the rules that find something, and of those that leave something undecided."""
    request = run.Request(paths=(str(folder),), today=date(2026, 1, 1))
    result = run.analyse(request, Config(directory=str(folder), select=rules), lambda _: None)
    return [r.rule.id for r in result.active], sorted({q.rule.id for q in result.questions})


def test_a_block_that_another_root_may_add_is_not_outside_the_peer(tmp_path: Path) -> None:
    network = NETWORK.replace("DESTINATION", "100.64.0.0/16").replace("BACK", BACK)
    write(tmp_path, {"net/main.tf": network})
    assert verdict(tmp_path, "PL206") == (["PL206"], [])
    write(tmp_path, {"eks/main.tf": PODS})
    assert verdict(tmp_path, "PL206") == ([], ["PL206"])
    write(tmp_path, {"eks/main.tf": PODS.replace("100.64.0.0", "100.96.0.0")})
    assert verdict(tmp_path, "PL206") == (["PL206"], [])


def test_a_way_back_that_another_root_may_hold_is_not_missing(tmp_path: Path) -> None:
    write(tmp_path, {"net/main.tf": NETWORK.replace("DESTINATION", "10.1.0.0/16").replace("BACK", "")})
    assert verdict(tmp_path, "PL201") == (["PL201"], [])
    write(tmp_path, {"app/main.tf": OTHER_SIDE})
    assert verdict(tmp_path, "PL201") == ([], ["PL201"])
    write(tmp_path, {"app/main.tf": OTHER_SIDE.replace("10.0.0.0/16", "172.20.0.0/16")})
    assert verdict(tmp_path, "PL201") == (["PL201"], [])


WAITING = """
    terraform {
      backend "s3" {
        bucket = "states"
        key    = "a"
        region = "eu-west-1"
      }
    }
    provider "aws" {
      region = "eu-west-1"
    }
    variable "pcx" { default = "" }
    resource "aws_vpc" "a" { cidr_block = "10.1.0.0/16" }
    resource "aws_route_table" "a" { vpc_id = aws_vpc.a.id }
    resource "aws_main_route_table_association" "a" {
      vpc_id         = aws_vpc.a.id
      route_table_id = aws_route_table.a.id
    }
    resource "aws_route" "back" {
      count                     = var.pcx == "" ? 0 : 1
      route_table_id            = aws_route_table.a.id
      destination_cidr_block    = "10.2.0.0/16"
      vpc_peering_connection_id = var.pcx
    }
    output "vpc" { value = aws_vpc.a.id }
"""
REQUESTING = """
    provider "aws" {
      region = "eu-west-1"
    }
    data "terraform_remote_state" "a" {
      backend = "s3"
      config = {
        bucket = "states"
        key    = "a"
        region = "eu-west-1"
      }
    }
    resource "aws_vpc" "b" { cidr_block = "10.2.0.0/16" }
    resource "aws_vpc_peering_connection" "p" {
      vpc_id      = aws_vpc.b.id
      peer_vpc_id = data.terraform_remote_state.a.outputs.vpc
      auto_accept = true
    }
    resource "aws_route" "there" {
      route_table_id            = aws_vpc.b.main_route_table_id
      destination_cidr_block    = "10.1.0.0/16"
      vpc_peering_connection_id = aws_vpc_peering_connection.p.id
    }
"""


def test_a_way_back_that_awaits_the_id_of_its_connection_is_not_missing(tmp_path: Path) -> None:
    write(tmp_path, {"a/main.tf": WAITING, "b/main.tf": REQUESTING})
    assert verdict(tmp_path, "PL201") == ([], ["PL201"])
    without = re.sub(r'resource "aws_route" "back" \{.*?\n    \}\n', "", WAITING, flags=re.DOTALL)
    write(tmp_path, {"a/main.tf": without})
    assert verdict(tmp_path, "PL201") == (["PL201"], [])


def test_an_accepter_alone_is_something_of_a_peering(tmp_path: Path) -> None:
    accepter = 'resource "aws_vpc_peering_connection_accepter" "a" {\n  vpc_peering_connection_id = "pcx-1"\n}\n'
    for text, concerned in ((accepter, True), ('resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }\n', False)):
        write(tmp_path, {"main.tf": text})
        request = run.Request(paths=(str(tmp_path),), today=date(2026, 1, 1))
        assert run.analyse(request, Config(directory=str(tmp_path)), lambda _: None).concerned is concerned


STATE = """
    provider "aws" { region = "eu-west-1" }
    resource "aws_vpc" "NAME" { cidr_block = "BLOCK" }
    output "vpc" { value = { id = aws_vpc.NAME.id, table = aws_vpc.NAME.main_route_table_id } }
"""
READING = """
    provider "aws" { region = "eu-west-1" }
    data "terraform_remote_state" "vpc" {
      for_each = toset(["a", "b"])
      backend  = "local"
      config   = { path = "../${each.key}/terraform.tfstate" }
    }
    locals { vpc = { for name, state in data.terraform_remote_state.vpc : name => state.outputs.vpc } }
"""
PEERING = """
    resource "aws_vpc_peering_connection" "ab" {
      vpc_id      = local.vpc["a"].id
      peer_vpc_id = local.vpc["b"].id
      auto_accept = true
    }
    output "id" { value = aws_vpc_peering_connection.ab.id }
    resource "aws_route" "there" {
      route_table_id            = local.vpc["a"].table
      destination_cidr_block    = "10.1.0.0/16"
      vpc_peering_connection_id = aws_vpc_peering_connection.ab.id
    }
"""
WAY_BACK = """
    data "terraform_remote_state" "peering" {
      backend = "local"
      config  = { path = "../peering/terraform.tfstate" }
    }
    resource "aws_route" "back" {
      route_table_id            = local.vpc["b"].table
      destination_cidr_block    = "10.0.0.0/16"
      vpc_peering_connection_id = data.terraform_remote_state.peering.outputs.id
    }
"""


def test_a_way_back_is_missing_or_found_across_the_states_of_roots(tmp_path: Path) -> None:
    blocks = {"a": "10.0.0.0/16", "b": "10.1.0.0/16"}
    write(tmp_path, {f"{n}/main.tf": STATE.replace("NAME", n).replace("BLOCK", blocks[n]) for n in blocks})
    write(tmp_path, {"peering/main.tf": READING + PEERING})
    assert verdict(tmp_path, "PL201") == (["PL201"], [])
    write(tmp_path, {"routes/main.tf": READING + WAY_BACK})
    assert verdict(tmp_path, "PL201") == ([], [])


def test_a_state_whose_place_is_not_known_claims_nothing(tmp_path: Path) -> None:
    blocks = {"a": "10.0.0.0/16", "b": "10.1.0.0/16"}
    write(tmp_path, {f"{n}/main.tf": STATE.replace("NAME", n).replace("BLOCK", blocks[n]) for n in blocks})
    write(tmp_path, {"peering/main.tf": READING + PEERING})
    unknown = WAY_BACK.replace('"../peering/terraform.tfstate"', "var.path")
    write(tmp_path, {"routes/main.tf": READING + unknown + '    variable "path" {}\n'})
    assert verdict(tmp_path, "PL201") == ([], ["PL201"])


HERE = """
    provider "aws" {
      region              = "eu-west-1"
      allowed_account_ids = ["111122223333"]
    }
"""
PLATFORM = (
    HERE
    + """
    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
      tags       = { Name = "platform" }
    }
    output "peer" { value = aws_vpc.main.id }
"""
)
PRODUCT = (
    HERE
    + """
    data "aws_vpc" "platform" { tags = { Name = "platform" } }
    resource "aws_vpc" "main" { cidr_block = "10.0.128.0/20" }
    resource "aws_vpc_peering_connection" "p" {
      vpc_id      = aws_vpc.main.id
      peer_vpc_id = data.aws_vpc.platform.id
      auto_accept = true
    }
"""
)


def messages(folder: Path, *rules: str) -> list[str]:
    """What is found, in the order of the report."""
    request = run.Request(paths=(str(folder),), today=date(2026, 1, 1))
    result = run.analyse(request, Config(directory=str(folder), select=rules), lambda _: None)
    return [report.finding.message for report in result.active]


def test_an_overlap_across_two_roots_says_which_is_whose(tmp_path: Path) -> None:
    write(tmp_path, {"net/platform/main.tf": PLATFORM, "product/main.tf": PRODUCT})
    assert messages(tmp_path, "PL101") == [
        "the VPCs of aws_vpc_peering_connection.p overlap (10.0.128.0/20 of aws_vpc.main and 10.0.0.0/16 of "
        "aws_vpc.main in net/platform): the connection will fail once it is requested"
    ]
    write(tmp_path, {"product/main.tf": PRODUCT.replace("eu-west-1", "us-east-1")})
    assert verdict(tmp_path, "PL101") == ([], ["PL101"])


def test_a_root_of_which_one_more_root_is_read_is_reported_as_before(tmp_path: Path) -> None:
    """What a root declares is named in its own messages as if it were alone."""
    own = PRODUCT.replace("data.aws_vpc.platform.id", "aws_vpc.other.id")
    own += '    resource "aws_vpc" "other" { cidr_block = "10.0.0.0/16" }\n'
    write(tmp_path, {"product/main.tf": own})
    alone = messages(tmp_path, "PL101", "PL301")
    assert len(alone) == 2
    write(tmp_path, {"platform/main.tf": PLATFORM, "again/main.tf": PLATFORM})
    assert messages(tmp_path, "PL101", "PL301") == alone


MAIN_TABLE = """
    AWSTemplateFormatVersion: "2010-09-09"
    Resources:
      Web:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: 10.0.0.0/16
      Db:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: 10.1.0.0/16
      DbSubnet:
        Type: AWS::EC2::Subnet
        Properties:
          VpcId: !Ref Db
          CidrBlock: 10.1.0.0/24
      WebTable:
        Type: AWS::EC2::RouteTable
        Properties:
          VpcId: !Ref Web
      WebSubnet:
        Type: AWS::EC2::Subnet
        Properties:
          VpcId: !Ref Web
          CidrBlock: 10.0.0.0/24
      WebSubnetTable:
        Type: AWS::EC2::SubnetRouteTableAssociation
        Properties:
          SubnetId: !Ref WebSubnet
          RouteTableId: !Ref WebTable
      Peering:
        Type: AWS::EC2::VPCPeeringConnection
        Properties:
          VpcId: !Ref Web
          PeerVpcId: !Ref Db
      WebToDb:
        Type: AWS::EC2::Route
        Properties:
          RouteTableId: !Ref WebTable
          DestinationCidrBlock: 10.1.0.0/16
          VpcPeeringConnectionId: !Ref Peering
"""
ASSOCIATED = """
      DbTable:
        Type: AWS::EC2::RouteTable
        Properties:
          VpcId: !Ref Db
      DbSubnetTable:
        Type: AWS::EC2::SubnetRouteTableAssociation
        Properties:
          SubnetId: !Ref DbSubnet
          RouteTableId: !Ref DbTable
"""


def test_a_template_is_not_told_to_route_in_the_main_table(tmp_path: Path) -> None:
    route = "add a route to 10.0.0.0/16 over this connection to the route tables of the subnets of Db"
    main = "; DbSubnet uses the main one, in which CloudFormation cannot route: associate it with an "
    write(tmp_path, {"net.yaml": MAIN_TABLE})
    assert remedies(tmp_path, "PL201") == [f"{route}{main}AWS::EC2::RouteTable that has the route"]
    write(tmp_path, {"net.yaml": f"{MAIN_TABLE.rstrip()}{ASSOCIATED}"})
    assert remedies(tmp_path, "PL201") == [route]


def remedies(folder: Path, *rules: str) -> list[str]:
    """What is advised, in the order of the report."""
    request = run.Request(paths=(str(folder),), today=date(2026, 1, 1))
    result = run.analyse(request, Config(directory=str(folder), select=rules), lambda _: None)
    return [report.finding.remedy for report in result.active]
