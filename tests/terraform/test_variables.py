"""Variables: their types, defaults and null; values that a type does not take."""

from __future__ import annotations

from pathlib import Path

from peerlint.network.model import ProblemKind, Vpc
from peerlint.network.values import Known, Unknown, Why
from tests.terraform.estate import estate, one

VPC = """
    variable "cidr" {
      type    = string
      default = "10.0.0.0/16"
    }
    resource "aws_vpc" "a" {
      cidr_block = var.cidr
    }
"""


def test_a_value_that_the_type_does_not_take_is_unknown_and_said_where_it_is_written(tmp_path: Path) -> None:
    found = estate(tmp_path, {"main.tf": VPC, "terraform.tfvars": 'cidr = ["10.0.0.0/16"]\n'})
    blocks = one(found, Vpc).blocks
    assert [(b.cidr.why if isinstance(b.cidr, Unknown) else None) for b in blocks] == [Why.INVALID]
    told = [(p.kind, p.message, Path(p.at.file).name, p.at.line, p.at.column) for p in found.problems]
    message = "`var.cidr` does not take this value: string required"
    assert told == [(ProblemKind.INVALID_VALUE, message, "terraform.tfvars", 1, 8)]


def test_a_module_call_is_told_by_its_own_place(tmp_path: Path) -> None:
    call = """
        module "net" {
          source = "./net"
          size   = "small"
        }
    """
    child = """
        variable "size" { type = number }
        resource "aws_vpc" "a" { cidr_block = cidrsubnet("10.0.0.0/8", var.size, 1) }
    """
    found = estate(tmp_path, {"main.tf": call, "net/main.tf": child})
    assert [(p.message, p.address, p.at.line) for p in found.problems if p.kind is ProblemKind.INVALID_VALUE] == [
        ("`module.net.var.size` does not take this value: a number is required", "module.net", 3)
    ]


def test_a_type_of_terraform_0_11_is_a_hint(tmp_path: Path) -> None:
    found = estate(
        tmp_path,
        """
        variable "names" {
          type    = "list"
          default = "a"
        }
        resource "aws_vpc" "a" {
          cidr_block = "10.0.0.0/16"
          tags { Name = "${var.names}" }
        }
        """,
    )
    assert [p for p in found.problems if p.kind is ProblemKind.INVALID_VALUE] == []


def test_null_means_the_default_where_null_is_not_taken(tmp_path: Path) -> None:
    call = """
        module "net" {
          source = "./net"
          cidr   = null
        }
    """
    child = """
        variable "cidr" {
          default  = "10.0.0.0/16"
          nullable = false
        }
        resource "aws_vpc" "a" { cidr_block = var.cidr }
    """
    found = estate(tmp_path, {"main.tf": call, "net/main.tf": child})
    assert written(one(found, Vpc)) == ["10.0.0.0/16"]


def test_a_resource_passed_as_an_object_has_all_its_attributes(tmp_path: Path) -> None:
    call = """
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        module "net" {
          source = "./net"
          vpc    = aws_vpc.a
        }
    """
    child = """
        variable "vpc" { type = object({ id = string, arn = string, cidr_block = string }) }
        resource "aws_vpc" "copy" {
          cidr_block = var.vpc.arn == "" ? "10.9.0.0/16" : cidrsubnet(var.vpc.cidr_block, 4, 1)
        }
    """
    found = estate(tmp_path, {"main.tf": call, "net/main.tf": child})
    assert not [p for p in found.problems if p.kind is ProblemKind.INVALID_VALUE]
    assert written(one(found, Vpc, "module.net.aws_vpc.copy")) == ["10.0.16.0/20"]


def written(vpc: Vpc) -> list[str]:
    """The known blocks of a VPC."""
    return [str(block.cidr.value) for block in vpc.blocks if isinstance(block.cidr, Known)]
