"""What a hostile or broken root costs: each ends with a located PL901, and the rest of the root is still read."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import Vpc
from tests.terraform.estate import estate, of

DOUBLED = "\n".join(f"x{i + 1} = [local.x{i}, local.x{i}]" for i in range(60))
TEXT = "\n".join(f'x{i + 1} = "${{local.x{i}}}${{local.x{i}}}${{local.x{i}}}"' for i in range(40))

HOSTILE = {
    "a list that doubles sixty times": f"locals {{\nx0 = [1]\n{DOUBLED}\nx = local.x60\n}}",
    "a text that trebles forty times": f'locals {{\nx0 = "aaaaaaaaaa"\n{TEXT}\nx = local.x40\n}}',
    "loops in loops": "locals { x = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]] }",
    "a million instances": """
        locals { x = "10.9.0.0/16" }
        resource "aws_subnet" "s" {
          count      = 1000000
          vpc_id     = aws_vpc.fine.id
          cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
        }
    """,
    "nested lists": "locals { x = " + "[" * 4000 + "1" + "]" * 4000 + " }",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_limit_is_said_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    fine = 'resource "aws_vpc" "fine" { cidr_block = "10.0.0.0/16" }\n'
    uses = 'resource "aws_vpc" "uses" { cidr_block = local.x }\n'
    fragment = estate(tmp_path, {"fine.tf": fine, "main.tf": HOSTILE[name].strip() + "\n" + uses})
    limits = [p for p in fragment.problems if p.kind.value == "PL901"]
    assert len(limits) == 1
    assert limits[0].at.file.endswith("main.tf")
    assert "aws_vpc.fine" in [vpc.origin.address for vpc in of(fragment, Vpc)]
