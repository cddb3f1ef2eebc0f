"""What the provider's schema tells of a resource."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.terraform.schema_facts import REGIONAL, TYPES
from tests.terraform.estate import write
from tests.terraform.outputs import outputs_of

ROOT = """
resource "aws_dx_gateway" "a" {
  name            = "a"
  amazon_side_asn = 64512
}
resource "aws_security_group_rule" "a" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  from_port         = "22"
  to_port           = "any"
  protocol          = -1
  cidr_blocks       = ["10.0.0.0/8"]
}
output "asn" { value = aws_dx_gateway.a.amazon_side_asn }
output "asn_is_that_number" { value = aws_dx_gateway.a.amazon_side_asn == 64512 }
output "port" { value = aws_security_group_rule.a.from_port }
output "protocol" { value = aws_security_group_rule.a["protocol"] }
output "no_port" { value = aws_security_group_rule.a.to_port }
"""


def test_an_argument_is_read_back_in_the_type_of_the_provider(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": ROOT})
    found = outputs_of(tmp_path)
    assert found == {"asn": "64512", "asn_is_that_number": False, "port": 22, "protocol": "-1", "no_port": "any"}


def test_the_types_are_those_of_the_schemas() -> None:
    pytest.importorskip("tf", reason="the provider framework is not installed")
    from tests.oracle.provider.schema import provider_schema

    resources = provider_schema("aws").resources
    assert {(type, name): resources[type].attributes[name].type for type, name in TYPES} == TYPES
    regions = [resources[type].attributes["region"] for type in REGIONAL]
    assert all(region.optional and region.computed for region in regions)
