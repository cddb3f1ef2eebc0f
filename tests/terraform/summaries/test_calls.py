"""Calls of modules that are not on disk: when a summary stands in for one, and what it then makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peerlint.network.model import (
    Accepter,
    AclEntry,
    Fragment,
    Gateway,
    GatewayKind,
    Kind,
    Peering,
    PeeringOptions,
    Permission,
    ProblemKind,
    Route,
    RouteTable,
    SecurityGroup,
    Subnet,
    SubnetAssociation,
    Vpc,
)
from peerlint.network.values import Identity, Known, Unknown, Why
from tests.terraform.estate import estate, of, one, write

VPC = """
module "net" {
  source = "terraform-aws-modules/vpc/aws"
  %s

  name               = "net"
  cidr               = "10.0.0.0/16"
  azs                = ["eu-west-1a", "eu-west-1b"]
  private_subnets    = ["10.0.1.0/24", "10.0.2.0/24"]
  public_subnets     = ["10.0.101.0/24"]
  enable_nat_gateway = true
  single_nat_gateway = true
}

resource "aws_vpc" "other" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "both" {
  vpc_id      = module.net.vpc_id
  peer_vpc_id = aws_vpc.other.id
  auto_accept = true
}
"""


def _unread(fragment: Fragment) -> list[str]:
    return [p.message for p in fragment.problems if p.kind is ProblemKind.UNRESOLVED_MODULE]


def _said_of(tmp_path: Path, call: str) -> str:
    """Why a module with a peering beside it was not read; empty where a summary stands in for it."""
    fragment = estate(
        tmp_path, f'{call}\nresource "aws_vpc_peering_connection" "p" {{\n  vpc_id = module.net.vpc_id\n}}\n'
    )
    said = _unread(fragment)
    assert bool(said) is not bool(fragment.bases)
    return said[0] if said else ""


# --- When ------------------------------------------------------------------------------------------------------------

HELD = ["~> 5.0", "5.1.2", "= 5.21.0", "6.6.0", "~> 5.7.0", ">= 5.0, < 6.0", "4.0.2", "3.14.4", ">= 5, != 5.7.1, < 6.0"]
NOT_HELD = ["~> 6.0", ">= 5.0", "7.0.0", "3.13.0", "5.7.1", "latest", "~> 5", "5.1.0-beta1"]


@pytest.mark.parametrize("version", HELD)
def test_a_version_of_which_every_release_is_described_is_held(tmp_path: Path, version: str) -> None:
    assert _said_of(tmp_path, VPC % f'version = "{version}"') == ""


@pytest.mark.parametrize("version", NOT_HELD)
def test_a_version_that_may_be_another_release_is_not(tmp_path: Path, version: str) -> None:
    said = _said_of(tmp_path, VPC % f'version = "{version}"')
    assert said.startswith(
        "module `module.net` was not read: its source `terraform-aws-modules/vpc/aws` is not on disk, "
    )
    assert "peerlint's summary of `terraform-aws-modules/vpc/aws`" in said


def test_without_a_version_the_newest_is_meant_which_nobody_knows(tmp_path: Path) -> None:
    assert _said_of(tmp_path, VPC % "").endswith("needs a `version`: without one the newest is meant")


@pytest.mark.parametrize(
    ("source", "held"),
    [
        ('registry.terraform.io/terraform-aws-modules/vpc/aws"\n version = "5.1.2', True),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=v5.1.2", True),
        ("github.com/terraform-aws-modules/terraform-aws-vpc?ref=v5.1.2", True),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git", False),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=master", False),
        ("github.com/terraform-aws-modules/terraform-aws-vpc?ref=26c38a66f12e7c6c93b6a2ba127ad68981a48671", True),
        ("github.com/terraform-aws-modules/terraform-aws-vpc?ref=0123456789abcdef0123456789abcdef01234567", False),
        ("git::https://github.com/example/terraform-aws-vpc.git?ref=v5.1.2", False),
        ('app.terraform.io/terraform-aws-modules/vpc/aws"\n version = "5.1.2', False),
        ('terraform-aws-modules/vpc/aws//modules/vpc-endpoints"\n version = "5.1.2', False),
    ],
)
def test_a_source_is_known_by_any_of_its_names(tmp_path: Path, source: str, held: bool) -> None:
    said = _said_of(tmp_path, f'module "net" {{\n source = "{source}"\n cidr = "10.0.0.0/16"\n}}\n')
    assert (said == "") is held


def test_an_argument_that_the_summary_lacks_comes_with_another_release(tmp_path: Path) -> None:
    call = (VPC % 'version = "5.1.2"').replace("name  ", "flux_capacitor = true\n  name  ")
    said = _said_of(tmp_path, call)
    assert said.endswith(
        "and peerlint's summary of `terraform-aws-modules/vpc/aws` >= 5.1.2, <= 5.7.0 has no input `flux_capacitor`"
    )


def test_an_argument_without_effect_is_known(tmp_path: Path) -> None:
    call = (VPC % 'version = "5.1.2"').replace("name  ", "enable_flow_log = true\n  name  ")
    assert _said_of(tmp_path, call) == ""


def test_the_source_on_disk_wins(tmp_path: Path) -> None:
    files = {
        "main.tf": VPC % 'version = "5.1.2"',
        ".terraform/modules/net/main.tf": 'resource "aws_vpc" "real" { cidr_block = "10.7.0.0/16" }\n'
        + "".join(f'variable "{name}" {{}}\n' for name in ("name", "cidr", "azs", "private_subnets", "public_subnets"))
        + 'output "vpc_id" { value = aws_vpc.real.id }\n',
        ".terraform/modules/modules.json": json.dumps(
            {"Modules": [{"Key": "net", "Source": "terraform-aws-modules/vpc/aws", "Dir": ".terraform/modules/net"}]}
        ),
    }
    fragment = estate(tmp_path, files)
    assert fragment.bases == ()
    assert [vpc.origin.address for vpc in of(fragment, Vpc)] == ["aws_vpc.other", "module.net.aws_vpc.real"]


# --- What ------------------------------------------------------------------------------------------------------------


def test_a_vpc_with_its_subnets_tables_and_gateways(tmp_path: Path) -> None:
    fragment = estate(tmp_path, VPC % 'version = "~> 5.0"')
    vpc = one(fragment, Vpc, "module.net.aws_vpc.this[0]")
    assert [str(block.cidr.value) for block in vpc.blocks if isinstance(block.cidr, Known)] == ["10.0.0.0/16"]
    assert vpc.dns_support == vpc.dns_hostnames == Known(True)
    assert one(fragment, Peering).vpc == vpc.id
    subnets = [subnet for subnet in of(fragment, Subnet) if subnet.vpc == vpc.id]
    assert sorted(subnet.origin.address for subnet in subnets) == [
        "module.net.aws_subnet.private[0]",
        "module.net.aws_subnet.private[1]",
        "module.net.aws_subnet.public[0]",
    ]
    private = one(fragment, RouteTable, "module.net.aws_route_table.private[0]")
    own = [a for a in of(fragment, SubnetAssociation) if a.table == private.id]
    assert [a.subnet for a in own] == [subnet.id for subnet in subnets if ".private[" in subnet.origin.address]
    kinds = [gateway.kind for gateway in of(fragment, Gateway)]
    assert sorted(kind.value for kind in kinds) == [GatewayKind.NAT.value, GatewayKind.INTERNET.value]
    routes = {route.origin.address: route.table for route in of(fragment, Route)}
    assert routes["module.net.aws_route.private_nat_gateway[0]"] == private.id


def test_an_output_that_the_summary_lacks_is_unknown(tmp_path: Path) -> None:
    more = 'resource "aws_vpc_peering_connection" "more" {\n  vpc_id = module.net.%s\n  peer_vpc_id = "vpc-1"\n}\n'
    for name in ("vpc_flow_log_id", "an_output_of_next_year"):
        fragment = estate(tmp_path / name, VPC % 'version = "5.1.2"' + more % name)
        (peering,) = [p for p in of(fragment, Peering) if p.origin.address.endswith("more")]
        assert peering.vpc == Unknown(Why.MODULE, of=Identity(fragment.stack, "module.net", name))
        assert fragment.problems == ()


def test_a_module_may_be_there_or_not(tmp_path: Path) -> None:
    call = (
        (VPC % 'version = "5.1.2"')
        .replace("{\n", "{\n  count = var.wanted ? 1 : 0\n", 1)
        .replace("net.vpc", "net[0].vpc")
    )
    fragment = estate(tmp_path, f'variable "wanted" {{ type = bool }}\n{call}')
    vpc = next(vpc for vpc in of(fragment, Vpc) if vpc.origin.address.startswith("module.net[0]."))
    assert vpc.origin.presence.doubt == "`var.wanted` has no value, so its `count` is undecided"


def test_one_call_for_each(tmp_path: Path) -> None:
    text = """
    module "net" {
      source   = "terraform-aws-modules/vpc/aws"
      version  = "5.1.2"
      for_each = { blue = "10.1.0.0/16", green = "10.2.0.0/16" }
      cidr     = each.value
    }
    """
    fragment = estate(tmp_path, text)
    assert sorted(vpc.origin.address for vpc in of(fragment, Vpc)) == [
        'module.net["blue"].aws_vpc.this[0]',
        'module.net["green"].aws_vpc.this[0]',
    ]
    assert [basis.address for basis in fragment.bases] == ['module.net["blue"]', 'module.net["green"]']


def test_a_security_group_with_its_named_rules(tmp_path: Path) -> None:
    text = """
    module "web" {
      source              = "terraform-aws-modules/security-group/aws"
      version             = "~> 4.17.2"
      name                = "web"
      vpc_id              = "vpc-0123456789abcdef0"
      ingress_cidr_blocks = ["10.0.0.0/8"]
      ingress_rules       = ["https-443-tcp"]
      egress_rules        = ["all-all"]
    }
    """
    fragment = estate(tmp_path, text)
    group = one(fragment, SecurityGroup)
    assert group.origin.address == "module.web.aws_security_group.this_name_prefix[0]"
    egress, ingress = of(fragment, Permission)
    assert (ingress.group, ingress.from_port, ingress.to_port) == (group.id, Known(443), Known(443))
    assert ingress.protocol == Known("tcp")
    assert egress.protocol == Known("-1")


def test_cloudposse_s_vpc_has_its_name_from_its_label(tmp_path: Path) -> None:
    text = """
    module "vpc" {
      source                  = "cloudposse/vpc/aws"
      version                 = "2.1.1"
      namespace               = "eg"
      stage                   = "Test"
      name                    = "app"
      ipv4_primary_cidr_block = "10.0.0.0/16"
    }

    module "subnets" {
      source             = "cloudposse/dynamic-subnets/aws"
      version            = "2.4.2"
      vpc_id             = module.vpc.vpc_id
      igw_id             = [module.vpc.igw_id]
      ipv4_cidr_block    = [module.vpc.vpc_cidr_block]
      availability_zones = ["eu-west-1a", "eu-west-1b"]
      max_subnet_count   = 2
    }
    """
    fragment = estate(tmp_path, text)
    vpc = one(fragment, Vpc)
    assert vpc.name == Known("eg-test-app")
    blocks = {
        s.origin.address: str(s.blocks[0].cidr.value)
        for s in of(fragment, Subnet)
        if isinstance(s.blocks[0].cidr, Known)
    }
    assert blocks == {
        "module.subnets.aws_subnet.private[0]": "10.0.0.0/18",
        "module.subnets.aws_subnet.private[1]": "10.0.64.0/18",
        "module.subnets.aws_subnet.public[0]": "10.0.128.0/18",
        "module.subnets.aws_subnet.public[1]": "10.0.192.0/18",
    }
    assert len(of(fragment, AclEntry)) == 4
    assert fragment.problems == ()


def test_a_peering_in_one_account_is_accepted_and_resolves_names(tmp_path: Path) -> None:
    text = """
    resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
    resource "aws_vpc" "b" { cidr_block = "10.1.0.0/16" }

    module "peering" {
      source           = "cloudposse/vpc-peering/aws"
      version          = "1.0.0"
      requestor_vpc_id = aws_vpc.a.id
      acceptor_vpc_id  = aws_vpc.b.id
    }
    """
    fragment = estate(tmp_path, text)
    peering = one(fragment, Peering)
    a, b = of(fragment, Vpc)
    assert (peering.vpc, peering.peer_vpc, peering.auto_accept) == (a.id, b.id, Known(True))
    assert [(option.side.value, option.value) for option in peering.dns] == [
        ("requester", Known(True)),
        ("accepter", Known(True)),
    ]
    assert {route.origin.presence.many for route in of(fragment, Route)} == {True}


def test_a_peering_across_accounts_is_requested_in_one_and_accepted_in_the_other(tmp_path: Path) -> None:
    text = """
    module "peering" {
      source                        = "cloudposse/vpc-peering-multi-account/aws"
      version                       = "1.0.0"
      requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
      requester_region              = "us-west-2"
      requester_vpc_id              = "vpc-0123456789abcdef0"
      accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
      accepter_region               = "us-east-1"
      accepter_vpc_id               = "vpc-0fedcba9876543210"

      requester_allow_remote_vpc_dns_resolution = false
    }
    """
    fragment = estate(tmp_path, text)
    peering, accepter = one(fragment, Peering), one(fragment, Accepter)
    assert (peering.place.region, peering.place.account) == (Known("us-west-2"), Known("111111111111"))
    assert (accepter.place.region, accepter.place.account) == (Known("us-east-1"), Known("222222222222"))
    assert (peering.peer_region, peering.peer_owner) == (Known("us-east-1"), Known("222222222222"))
    assert accepter.peering == peering.id
    options = {option.origin.address: option.dns for option in of(fragment, PeeringOptions)}
    requester = options["module.peering.aws_vpc_peering_connection_options.requester[0]"]
    assert [option.value for option in requester] == [Known(False)]


def test_a_peering_with_passed_providers_has_routes_in_the_tables_that_are_given(tmp_path: Path) -> None:
    text = """
    provider "aws" {
      region = "eu-west-1"
    }

    provider "aws" {
      alias  = "far"
      region = "us-east-1"
    }

    module "peering" {
      source  = "grem11n/vpc-peering/aws"
      version = "~> 7.0"

      providers = {
        aws.this = aws
        aws.peer = aws.far
      }

      this_vpc_id         = "vpc-0123456789abcdef0"
      peer_vpc_id         = "vpc-0fedcba9876543210"
      this_rts_ids        = ["rtb-0123456789abcdef0"]
      peer_rts_ids        = ["rtb-0fedcba9876543210"]
      auto_accept_peering = true
    }
    """
    fragment = estate(tmp_path, text)
    assert one(fragment, Peering).peer_region == Known("us-east-1")
    assert one(fragment, Accepter).auto_accept == Known(True)
    tables = {route.origin.address: route.table for route in of(fragment, Route)}
    assert tables == {
        "module.peering.aws_route.this_routes[0]": Known("rtb-0123456789abcdef0"),
        "module.peering.aws_route.peer_routes[0]": Known("rtb-0fedcba9876543210"),
    }


def test_the_zones_of_aws_ia_s_vpc_are_looked_up(tmp_path: Path) -> None:
    text = """
    module "vpc" {
      source     = "aws-ia/vpc/aws"
      version    = "4.7.3"
      name       = "shop"
      cidr_block = "10.0.0.0/20"
      az_count   = 2
      subnets    = { private = { netmask = 24 } }
    }
    """
    fragment = estate(tmp_path, text)
    assert one(fragment, Vpc).name == Known("shop")
    subnet = one(fragment, Subnet)
    assert (subnet.origin.address, subnet.origin.presence.many) == ("module.vpc.aws_subnet.private[*]", True)


# --- What is left out ------------------------------------------------------------------------------------------------

DESCRIBED = """
    module = "example/net/aws"
    leaves_out = ["routes"]
    without_effect = []
    unstated = ["arn"]

    [[range]]
    versions = "1.0.0"
    files = ["main.tf"]

    [releases]
    "1.0.0" = "0123456789abcdef0123456789abcdef01234567"
"""


def test_what_a_summary_leaves_out_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(
        tmp_path / "known",
        {
            "example__net__aws/summary.toml": DESCRIBED,
            "example__net__aws/main.tf": """
            variable "vpc_id" {}

            resource "aws_route_table" "own" {
              vpc_id = var.vpc_id
            }
            """,
        },
    )
    monkeypatch.setattr("peerlint.terraform.summaries.FOLDER", str(folder))
    root = """
    module "net" {
      source  = "example/net/aws"
      version = "1.0.0"
      vpc_id  = "vpc-0123456789abcdef0"
    }

    output "everything" {
      value = module.net
    }
    """
    fragment = estate(tmp_path / "root", root)
    (gap,) = fragment.gaps
    assert gap.kinds == frozenset({Kind.ROUTE})
    assert gap.reason == "the summary of `example/net/aws` 1.0.0 leaves out routes"
    assert (Path(gap.at.file).name, gap.at.line) == ("main.tf", 1)
    table = one(fragment, RouteTable)
    assert gap.touches == frozenset({Known("vpc-0123456789abcdef0"), table.id})


def test_a_module_without_a_summary_stays_open_as_a_whole(tmp_path: Path) -> None:
    text = 'module "net" {\n  source = "example/net/aws"\n  version = "1.0.0"\n  vpc_id = "vpc-0123456789abcdef0"\n}\n'
    (gap,) = estate(tmp_path, text).gaps
    assert gap.kinds == frozenset({Kind.ANY})
