"""Where peerlint differs from ``terraform plan`` on purpose. docs/terraform.md says the same to its users."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.oracle.judge import Disagreement
from tests.oracle.planned import KEY


@dataclass(frozen=True, slots=True)
class Difference:
    """``what`` is a type and an attribute; ``example`` is a root that shows it."""

    what: str
    reason: str
    example: str


DIFFERENCES = (
    Difference(
        "aws_vpc.owner_id",
        "known from the provider's `assume_role` or `allowed_account_ids`; plan leaves it to apply",
        """
        provider "aws" {
          region              = "eu-west-1"
          allowed_account_ids = ["111122223333"]
        }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        """,
    ),
    Difference(
        "aws_vpc_peering_connection_accepter.id",
        "known where the connection's id is, as it is the same; plan leaves it to apply",
        """
        resource "aws_vpc_peering_connection_accepter" "a" {
          vpc_peering_connection_id = "pcx-0123456789abcdef0"
          auto_accept               = true
        }
        """,
    ),
    Difference(
        "aws_vpc_peering_connection_options.id",
        "known where the connection's id is, as it is the same; plan leaves it to apply",
        """
        resource "aws_vpc_peering_connection_options" "a" {
          vpc_peering_connection_id = "pcx-0123456789abcdef0"
          requester { allow_remote_vpc_dns_resolution = true }
        }
        """,
    ),
    Difference(
        "aws_default_route_table.id",
        "known where `default_route_table_id` is, as it is the same; plan leaves it to apply",
        """
        resource "aws_default_route_table" "a" {
          default_route_table_id = "rtb-0123456789abcdef0"
          route                  = []
        }
        """,
    ),
    Difference(
        "aws_default_network_acl.id",
        "known where `default_network_acl_id` is, as it is the same; plan leaves it to apply",
        """
        resource "aws_default_network_acl" "a" { default_network_acl_id = "acl-0123456789abcdef0" }
        """,
    ),
)


def unexplained(found: Iterable[Disagreement]) -> Iterator[Disagreement]:
    """The disagreements that are not deliberate."""
    deliberate = {difference.what for difference in DIFFERENCES}
    yield from (each for each in found if what(each) not in deliberate)


def what(disagreement: Disagreement) -> str:
    """The type and attribute that a disagreement is about."""
    path = re.sub(r"\[\d+\].*", "", disagreement.path)
    return f"{KEY.sub('', disagreement.address).split('.')[-2]}.{path}"
