"""Where peerlint differs from ``terraform plan`` on purpose. docs/terraform.md says the same to its users."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.oracle.judge import Disagreement
from tests.oracle.planned import KEY
from tests.oracle.terraform_plan import UNKNOWN


@dataclass(frozen=True, slots=True)
class Difference:
    """``what`` is a type with an attribute (see :func:`what`), or a pattern; ``example`` is a root that shows it."""

    what: str
    reason: str
    example: str


SAME_ID = "known where the id that is given is, as it is the same; plan leaves it to apply"
LOOKED_UP = "looked up by the id of a resource in the same code: as that is configured; plan leaves it to apply"
OF_PROVIDER = "told by the provider's configuration; plan leaves it to apply where `depends_on` puts the look-up off"
UNCOUNTED = "a `dynamic` block over a collection that is not known makes an unknown number of blocks; plan shows one"

DIFFERENCES = (
    Difference(
        "aws_vpc.owner_id",
        "known from the provider's `assume_role` or `allowed_account_ids`; plan leaves it to apply",
        """
        provider "aws" { allowed_account_ids = ["111122223333"] }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        """,
    ),
    Difference(
        "aws_vpc_peering_connection_accepter.id",
        SAME_ID,
        """
        resource "aws_vpc_peering_connection_accepter" "a" {
          vpc_peering_connection_id = "pcx-0123456789abcdef0"
          auto_accept               = true
        }
        """,
    ),
    Difference(
        "aws_vpc_peering_connection_options.id",
        SAME_ID,
        """
        resource "aws_vpc_peering_connection_options" "a" {
          vpc_peering_connection_id = "pcx-0123456789abcdef0"
          requester { allow_remote_vpc_dns_resolution = true }
        }
        """,
    ),
    Difference(
        "aws_default_route_table.id",
        SAME_ID,
        'resource "aws_default_route_table" "a" { default_route_table_id = "rtb-0123456789abcdef0" }',
    ),
    Difference(
        "aws_default_network_acl.id",
        SAME_ID,
        'resource "aws_default_network_acl" "a" { default_network_acl_id = "acl-0123456789abcdef0" }',
    ),
    Difference(
        "aws_vpc_peering_connection_accepter.*vpc_id",
        "those of the request, which the same code makes; plan leaves it to apply",
        """
        resource "aws_vpc_peering_connection" "a" {
          vpc_id      = "vpc-0123456789abcdef0"
          peer_vpc_id = "vpc-0123456789abcdef1"
        }
        resource "aws_vpc_peering_connection_accepter" "a" {
          vpc_peering_connection_id = aws_vpc_peering_connection.a.id
          auto_accept               = true
        }
        """,
    ),
    Difference(
        "confluent_network.aws",
        "one object for a network on AWS, with attributes that are known after apply; plan leaves all of it to apply",
        """
        terraform {
          required_providers { confluent = { source = "confluentinc/confluent" } }
        }
        resource "confluent_network" "a" {
          cloud            = "AWS"
          region           = "eu-west-1"
          connection_types = ["PEERING"]
          environment { id = "env-1" }
        }
        """,
    ),
    Difference(
        "data.aws_region.*",
        OF_PROVIDER,
        """
        provider "aws" { region = "eu-west-1" }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        data "aws_region" "here" { depends_on = [aws_vpc.a] }
        """,
    ),
    Difference(
        "data.aws_partition.*",
        OF_PROVIDER,
        """
        provider "aws" { region = "eu-west-1" }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        data "aws_partition" "here" { depends_on = [aws_vpc.a] }
        """,
    ),
    Difference(
        "data.aws_caller_identity.*",
        OF_PROVIDER,
        """
        provider "aws" { allowed_account_ids = ["111122223333"] }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        data "aws_caller_identity" "here" { depends_on = [aws_vpc.a] }
        """,
    ),
    Difference(
        "data.aws_vpc.*",
        LOOKED_UP,
        """
        resource "aws_vpc" "made" { cidr_block = "10.1.0.0/16" }
        data "aws_vpc" "found" { id = aws_vpc.made.id }
        """,
    ),
    Difference(
        "data.aws_subnet.*",
        LOOKED_UP,
        """
        resource "aws_subnet" "made" {
          vpc_id     = "vpc-0123456789abcdef0"
          cidr_block = "10.0.1.0/24"
        }
        data "aws_subnet" "found" { id = aws_subnet.made.id }
        """,
    ),
    Difference(
        "data.aws_security_group.*",
        LOOKED_UP,
        """
        resource "aws_security_group" "made" { name = "web" }
        data "aws_security_group" "found" { id = aws_security_group.made.id }
        """,
    ),
    Difference(
        "data.aws_vpc_peering_connection.*",
        LOOKED_UP,
        """
        resource "aws_vpc_peering_connection" "made" {
          vpc_id      = "vpc-0123456789abcdef0"
          peer_vpc_id = "vpc-0123456789abcdef1"
        }
        data "aws_vpc_peering_connection" "found" { id = aws_vpc_peering_connection.made.id }
        """,
    ),
    Difference(
        "*.* (dynamic)",
        UNCOUNTED,
        """
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        resource "aws_security_group" "a" {
          dynamic "ingress" {
            for_each = aws_vpc.a.ipv6_cidr_block == "" ? [22] : [22, 443]
            content {
              from_port   = ingress.value
              to_port     = ingress.value
              protocol    = "tcp"
              cidr_blocks = ["10.0.0.0/8"]
            }
          }
        }
        """,
    ),
)


def unexplained(found: Iterable[Disagreement]) -> Iterator[Disagreement]:
    """The disagreements that are not deliberate: in all that are, plan does not know something."""
    for each in found:
        known = UNKNOWN not in "".join(each.theirs)
        if known or not any(fnmatchcase(what(each), difference.what) for difference in DIFFERENCES):
            yield each


def what(disagreement: Disagreement) -> str:
    """The type and attribute that a disagreement is about: ``aws_vpc.id``, ``data.aws_vpc.cidr_block``."""
    steps = KEY.sub("", disagreement.address).split(".")
    type = ".".join(steps[-3:-1] if steps[-3:-2] == ["data"] else steps[-2:-1])
    return f"{type}.{re.split(r'[.[]', disagreement.path)[0]}"
