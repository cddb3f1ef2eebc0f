"""Findings name where the values that they quote come from: in text, in SARIF and in JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.engine import Result
from peerlint.reporters import json as json_report
from peerlint.reporters import sarif
from peerlint.reporters.text import TextOptions, render
from peerlint.rule import Finding
from tests.terraform.estate import write

ESTATE = {
    "main.tf": """
        variable "cidrs" {
          type = map(string)
        }
        locals {
          cidrs = {
            eu = var.cidrs["eu"]
          }
        }
        module "net" {
          source = "./net"
          cidr   = local.cidrs["eu"]
        }
        resource "aws_vpc" "hub" {
          cidr_block = "10.1.0.0/16"
        }
        resource "aws_vpc_peering_connection" "hub_net" {
          vpc_id      = aws_vpc.hub.id
          peer_vpc_id = module.net.id
          auto_accept = true
        }
    """,
    "terraform.tfvars": 'cidrs = {\n  us = "10.2.0.0/16"\n  eu = "10.1.0.0/20"\n}\n',
    "net/main.tf": """
        variable "cidr" {}
        resource "aws_vpc" "this" {
          cidr_block = var.cidr
        }
        output "id" {
          value = aws_vpc.this.id
        }
    """,
}


def analysed(folder: Path, files: Mapping[str, str], *rules: str) -> Result:
    write(folder, files)
    return run.analyse(run.Request(paths=(str(folder),), select=rules), Config(directory=str(folder)), lambda _: None)


def only(result: Result) -> Finding:
    (report,) = result.active
    return report.finding


def notes(finding: Finding, folder: Path) -> list[tuple[str, str, int]]:
    return [(n.message, os.path.relpath(n.at.file, folder), n.at.line) for n in finding.notes]


def test_the_text_shows_the_way_from_use_to_origin(tmp_path: Path) -> None:
    result = analysed(tmp_path, ESTATE, "PL101")
    shown = render(result, TextOptions(str(tmp_path), quiet=True))
    assert max(map(len, shown.splitlines())) <= 80
    assert shown == (
        "error[PL101] cidr-overlap\n"
        "  the VPCs of aws_vpc_peering_connection.hub_net overlap (10.1.0.0/16 of\n"
        "  aws_vpc.hub and 10.1.0.0/20 of module.net.aws_vpc.this): the connection will\n"
        "  fail once it is requested\n"
        "  --> main.tf:16:1\n"
        "   |\n"
        '16 | resource "aws_vpc_peering_connection" "hub_net" {\n'
        "   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "   note: 10.1.0.0/16 of aws_vpc.hub is here\n"
        "  --> main.tf:14:3\n"
        "   |\n"
        '14 | cidr_block = "10.1.0.0/16"\n'
        "   | ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "   note: 10.1.0.0/20 of module.net.aws_vpc.this is here\n"
        "  --> net/main.tf:3:3\n"
        "   |\n"
        " 3 | cidr_block = var.cidr\n"
        "   | ^^^^^^^^^^^^^^^^^^^^^\n"
        "   note: `var.cidr` is passed here by module.net\n"
        "  --> main.tf:11:12\n"
        '11 | cidr   = local.cidrs["eu"]\n'
        "   note: `local.cidrs` is written here\n"
        "  --> main.tf:6:10\n"
        ' 6 | eu = var.cidrs["eu"]\n'
        "   note: `var.cidrs` is set here\n"
        "  --> terraform.tfvars:3:8\n"
        ' 3 | eu = "10.1.0.0/20"\n'
        "   help: renumber one of the VPCs, or join them with a transit gateway and\n"
        "         private NAT, or with PrivateLink\n"
    )


def test_sarif_links_each_step_and_json_lists_it(tmp_path: Path) -> None:
    result = analysed(tmp_path, ESTATE, "PL101")
    (written,) = json.loads(sarif.render(result, str(tmp_path)))["runs"][0]["results"]
    related = [(r["id"], r["message"]["text"], _uri(r), _line(r)) for r in written["relatedLocations"]]
    assert related[2:] == [
        (3, "`var.cidr` is passed here by module.net", "main.tf", 11),
        (4, "`local.cidrs` is written here", "main.tf", 6),
        (5, "`var.cidrs` is set here", "terraform.tfvars", 3),
    ]
    assert "[`local.cidrs` is written here](4). [`var.cidrs` is set here](5)." in written["message"]["text"]
    (found,) = json.loads(json_report.render(result))["findings"]
    assert [(n["message"], n["at"]["line"]) for n in found["notes"]][2:] == [(t, line) for _, t, _, line in related[2:]]


def _uri(location: Any) -> object:
    return location["physicalLocation"]["artifactLocation"]["uri"]


def _line(location: Any) -> object:
    return location["physicalLocation"]["region"]["startLine"]


def test_where_a_value_comes_from_does_not_change_the_fingerprint(tmp_path: Path) -> None:
    inline = {**ESTATE, "main.tf": ESTATE["main.tf"].replace('local.cidrs["eu"]', '"10.1.0.0/20"')}
    prints = []
    for folder, files in ((tmp_path / "one", ESTATE), (tmp_path / "two", inline)):
        result = analysed(folder, files, "PL101")
        (written,) = json.loads(sarif.render(result, str(folder)))["runs"][0]["results"]
        prints.append(written["partialFingerprints"])
    assert prints[0] == prints[1]


def test_a_finding_in_a_downloaded_module_is_shown_at_its_call_and_not_at_a_variable(tmp_path: Path) -> None:
    module = 'variable "dns" {}\nresource "aws_vpc_peering_connection" "p" {\n  vpc_id = "vpc-0a"\n'
    module += '  peer_vpc_id = "vpc-0b"\n  auto_accept = true\n  requester {\n'
    module += "    allow_remote_vpc_dns_resolution = var.dns\n  }\n}\n"
    files = {
        "main.tf": 'variable "off" {}\nmodule "p" {\n  source = "registry/peering/aws"\n  dns = var.off\n}\n',
        "terraform.tfvars": "off = false\n",
        ".terraform/modules/modules.json": '{"Modules": [{"Key": "p", "Source": "registry/peering/aws", '
        '"Dir": ".terraform/modules/p"}]}',
        ".terraform/modules/p/main.tf": module,
    }
    result = analysed(tmp_path, files, "PL301")
    assert notes(only(result), tmp_path) == [
        ("`var.dns` is passed here by module.p", "main.tf", 4),
        ("`var.off` is set here", "terraform.tfvars", 1),
        ("module.p.aws_vpc_peering_connection.p joins them", ".terraform/modules/p/main.tf", 2),
    ]
    (written,) = json.loads(sarif.render(result, str(tmp_path)))["runs"][0]["results"]
    assert _uri(written["locations"][0]) == "main.tf"


PEERING = """
    resource "aws_vpc" "a" {
      cidr_block           = "10.0.0.0/16"
      enable_dns_hostnames = var.off
    }
    resource "aws_vpc" "b" {
      cidr_block           = "10.1.0.0/16"
      enable_dns_hostnames = true
    }
    resource "aws_vpc_peering_connection" "ab" {
      vpc_id      = aws_vpc.a.id
      peer_vpc_id = aws_vpc.b.id
      auto_accept = AUTO
      accepter {
        allow_remote_vpc_dns_resolution = var.off
      }
    }
    variable "off" {
      default = false
    }
    variable "wide" {
      default = "10.0.0.0/8"
    }
    variable "ports" {
      default = [0, 65535]
    }
    resource "aws_security_group" "g" {
      vpc_id = aws_vpc.b.id
      ingress {
        from_port   = var.ports[0]
        to_port     = var.ports[1]
        protocol    = "tcp"
        cidr_blocks = [var.wide]
      }
    }
    resource "aws_route" "r" {
      route_table_id            = aws_vpc.a.main_route_table_id
      destination_cidr_block    = var.astray
      vpc_peering_connection_id = aws_vpc_peering_connection.ab.id
    }
    variable "astray" {
      default = "192.168.0.0/16"
    }
"""


@pytest.mark.parametrize(
    ("rule", "auto", "told"),
    [
        ("PL106", "var.off", ("this is the default of `var.off`", 18)),
        ("PL206", "true", ("this is the default of `var.astray`", 41)),
        ("PL301", "true", ("this is the default of `var.off`", 18)),
        ("PL302", "true", ("this is the default of `var.off`", 18)),
        ("PL405", "true", ("this is the default of `var.wide`", 21)),
        ("PL405", "true", ("this is the default of `var.ports`", 24)),
    ],
)
def test_each_rule_tells_of_the_values_that_it_quotes(
    tmp_path: Path, rule: str, auto: str, told: tuple[str, int]
) -> None:
    finding = only(analysed(tmp_path, {"main.tf": PEERING.replace("AUTO", auto)}, rule))
    assert told in [(note.message, note.at.line) for note in finding.notes]


REGIONS = """
    variable "peer_region" {
      default = "us-east-1"
    }
    provider "aws" {
      region = "eu-west-1"
    }
    provider "aws" {
      alias  = "peer"
      region = var.peer_region
    }
    resource "aws_vpc" "a" {
      cidr_block = "10.0.0.0/16"
    }
    resource "aws_vpc" "b" {
      provider   = aws.peer
      cidr_block = "10.1.0.0/16"
    }
    resource "aws_vpc_peering_connection" "ab" {
      vpc_id      = aws_vpc.a.id
      peer_vpc_id = aws_vpc.b.id
      auto_accept = true
    }
"""


def test_a_region_is_told_with_its_provider(tmp_path: Path) -> None:
    told = notes(only(analysed(tmp_path, {"main.tf": REGIONS}, "PL105")), tmp_path)
    assert told[-3:] == [
        ("provider.aws is in eu-west-1", "main.tf", 5),
        ("provider.aws.peer is in us-east-1", "main.tf", 9),
        ("this is the default of `var.peer_region`", "main.tf", 2),
    ]


def test_an_ignored_line_on_the_way_silences_the_finding(tmp_path: Path) -> None:
    variables = 'cidrs = {\n  eu = "10.1.0.0/20" # peerlint: ignore[PL101] renumbered soon\n}\n'
    result = analysed(tmp_path, {**ESTATE, "terraform.tfvars": variables}, "PL101")
    assert [report.finding.at.line for report in result.suppressed] == [16]
    assert result.active == ()


def test_the_default_of_a_parameter_is_told(tmp_path: Path) -> None:
    template = """
        Parameters:
          Wide:
            Type: String
            Default: 10.1.0.0/16
        Resources:
          Hub:
            Type: AWS::EC2::VPC
            Properties:
              CidrBlock: !Ref Wide
          Spoke:
            Type: AWS::EC2::VPC
            Properties:
              CidrBlock: 10.1.0.0/16
          HubToSpoke:
            Type: AWS::EC2::VPCPeeringConnection
            Properties:
              VpcId: !Ref Hub
              PeerVpcId: !Ref Spoke
    """
    told = notes(only(analysed(tmp_path, {"template.yaml": template}, "PL101")), tmp_path)
    assert told[1] == ("this is the default of `Wide`", "template.yaml", 4)
