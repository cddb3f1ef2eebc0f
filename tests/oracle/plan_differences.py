"""Where peerlint differs from ``terraform plan`` on purpose. docs/terraform.md says the same to its users."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.oracle.judge import IN_PART, Disagreement
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
OUTPUT = "output.value"
PASSED_ON = "an output that only passes such an attribute on is known as well"
PARTLY = "a list or an object whose parts are not known has a known number of them; plan leaves all of it to apply"
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
        "confluent_network.aws (in part)",
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
        "data.aws_arn.*",
        "the parts of a resource's ARN that the place of the resource tells; plan leaves them to apply",
        """
        provider "aws" { region = "eu-west-1" }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        data "aws_arn" "a" { arn = aws_vpc.a.arn }
        resource "aws_vpc_peering_connection" "a" {
          vpc_id      = "vpc-0123456789abcdef0"
          peer_vpc_id = aws_vpc.a.id
          peer_region = data.aws_arn.a.region
        }
        """,
    ),
    Difference(
        PASSED_ON,
        "an argument or output that passes such an attribute on is known as well; plan leaves it to apply",
        """
        provider "aws" { allowed_account_ids = ["111122223333"] }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        output "owner" { value = try(aws_vpc.a.owner_id, null) }
        """,
    ),
    Difference(
        "*.* (in part)",
        PARTLY,
        """
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        resource "aws_security_group" "a" { vpc_id = aws_vpc.a.id }
        resource "aws_vpc_endpoint" "a" {
          vpc_id             = aws_vpc.a.id
          service_name       = "com.amazonaws.eu-west-1.ecs"
          vpc_endpoint_type  = "Interface"
          security_group_ids = distinct(concat([aws_security_group.a.id], []))
        }
        output "groups" { value = try(coalescelist([], aws_security_group.a[*].id), []) }
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
    """The disagreements that are not deliberate."""
    yield from (each for each, row in explained(found) if row is None)


def explained(found: Iterable[Disagreement]) -> Iterator[tuple[Disagreement, str | None]]:
    """Each disagreement with the row that it is an example of: in all that have one, plan does not know something."""
    rows = [(each, _row(each)) for each in found]
    known = {each.ours for each, row in rows if row is not None}
    for each, row in rows:
        passed_on = row is None and each.ours in known and all(value == UNKNOWN for value in each.theirs)
        yield each, PASSED_ON if passed_on else row


def _row(disagreement: Disagreement) -> str | None:
    if UNKNOWN not in "".join(disagreement.theirs):
        return None
    return next((each.what for each in DIFFERENCES if fnmatchcase(what(disagreement), each.what)), None)


def what(disagreement: Disagreement) -> str:
    """The type and attribute that a disagreement is about: ``aws_vpc.id``, ``data.aws_vpc.cidr_block (in part)``."""
    steps = KEY.sub("", disagreement.address).split(".")
    type = ".".join(steps[-3:-1] if steps[-3:-2] == ["data"] else steps[-2:-1])
    path = disagreement.path.removesuffix(IN_PART)
    return f"{type}.{re.split(r'[.[]', path)[0]}{disagreement.path[len(path) :]}"
