"""What may answer for names beside the zones of a VPC: as far as it is made, and as it is configured."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import Kind
from tests.terraform.estate import estate

VPC = 'resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n}\nvariable "any" {}\n'
ENDPOINT = 'resource "aws_route53_resolver_endpoint" "x" {\n  direction = "OUTBOUND"\n%s}\n'
OPTIONS = 'resource "aws_vpc_dhcp_options" "x" {\n%s}\n'


def answering(folder: Path, text: str) -> list[str]:
    """What is said to answer, and where."""
    gaps = [gap for gap in estate(folder, VPC + text).gaps if Kind.ZONE in gap.kinds]
    return [f"{gap.at.line}: {gap.reason.split('`')[1]}" for gap in gaps]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ENDPOINT % "", ["5: aws_route53_resolver_endpoint.x"]),
        (ENDPOINT % "  count = 0\n", []),
        (ENDPOINT % "  for_each = {}\n", []),
        (ENDPOINT % "  count = var.any ? 1 : 0\n", ["5: aws_route53_resolver_endpoint.x"]),
        (ENDPOINT % "  count = local.missing\n", ["5: aws_route53_resolver_endpoint.x"]),
        ('data "aws_route53_resolver_rule" "x" {\n  domain_name = "a.b"\n}\n', ["5: data.aws_route53_resolver_rule.x"]),
        (OPTIONS % "", []),
        (OPTIONS % "  domain_name_servers = null\n", []),
        (OPTIONS % '  domain_name_servers = ["AmazonProvidedDNS"]\n', []),
        (OPTIONS % '  domain_name_servers = [join("", ["Amazon", "ProvidedDNS"])]\n', []),
        (OPTIONS % "  domain_name_servers = []\n", []),
        (OPTIONS % '  domain_name_servers = ["10.0.0.2", "AmazonProvidedDNS"]\n', ["5: aws_vpc_dhcp_options.x"]),
        (OPTIONS % '  domain_name_servers = ["AmazonProvidedDNS", var.any]\n', ["5: aws_vpc_dhcp_options.x"]),
        (OPTIONS % '  domain_name_servers = concat(["AmazonProvidedDNS"], var.any)\n', ["5: aws_vpc_dhcp_options.x"]),
        (OPTIONS % '  domain_name_servers = var.any ? ["AmazonProvidedDNS"] : ["a"]\n', ["5: aws_vpc_dhcp_options.x"]),
        (OPTIONS % '  domain_name_servers = [for s in ["AmazonProvidedDNS"] : "a"]\n', ["5: aws_vpc_dhcp_options.x"]),
        (OPTIONS % '  domain_name_servers = ["10.0.0.2"]\n', ["5: aws_vpc_dhcp_options.x"]),
        (OPTIONS % '  count = 0\n  domain_name_servers = ["10.0.0.2"]\n', []),
        (OPTIONS % "  domain_name_servers = var.any\n", ["5: aws_vpc_dhcp_options.x"]),
        (OPTIONS % "  domain_name_servers = local.servers\n" + 'locals {\n  servers = ["AmazonProvidedDNS"]\n}\n', []),
        ('resource "aws_vpc_dhcp_options_association" "x" {\n  vpc_id = aws_vpc.a.id\n}\n', []),
    ],
)
def test_what_may_answer_is_what_is_or_may_be_made(tmp_path: Path, text: str, found: list[str]) -> None:
    assert answering(tmp_path, text) == found


def test_in_a_module_it_is_named_with_the_module(tmp_path: Path) -> None:
    call = 'module "dns" {\n  source = "./dns"\n  on     = %s\n}\n'
    module = 'variable "on" {}\n' + ENDPOINT % "  count = var.on ? 1 : 0\n"
    for on, found in (("true", ["module.dns.aws_route53_resolver_endpoint.x"]), ("false", [])):
        gaps = estate(tmp_path, {"main.tf": VPC + call % on, "dns/main.tf": module}).gaps
        assert [gap.reason.split("`")[1] for gap in gaps if Kind.ZONE in gap.kinds] == found
