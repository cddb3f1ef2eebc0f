"""What roots become in the model: identities, certainty, Regions and accounts, openness."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from peerlint.network.model import (
    Accepter,
    AclEntry,
    BlockAssociation,
    CidrDestination,
    CidrPeer,
    Direction,
    Gateway,
    GatewayKind,
    GatewayPropagation,
    GroupPeer,
    Kind,
    Peering,
    Permission,
    Route,
    RouteTable,
    SecurityGroup,
    Side,
    Subnet,
    TargetKind,
    Vpc,
)
from peerlint.network.values import Identity, Known, Maybe, Unknown, Why, same
from tests.terraform.estate import estate, of, one
from tests.values import identity, known

PAIR = """
resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "b" {
  cidr_block           = var.b_cidr
  enable_dns_hostnames = "true"
}

variable "b_cidr" {}

resource "aws_vpc_peering_connection" "ab" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = aws_vpc.b.id
  auto_accept = true

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}

resource "aws_route" "a_to_b" {
  route_table_id            = aws_vpc.a.main_route_table_id
  destination_cidr_block    = aws_vpc.b.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.ab.id
}
"""


def test_a_pair(tmp_path: Path) -> None:
    fragment = estate(tmp_path, PAIR)
    a, b = one(fragment, Vpc, "aws_vpc.a"), one(fragment, Vpc, "aws_vpc.b")
    peering, route = one(fragment, Peering), one(fragment, Route)
    assert str(known(a.blocks[0].cidr)) == "10.0.0.0/16"
    assert (a.dns_support, a.dns_hostnames) == (Known(True), Known(False))
    assert b.dns_hostnames == Known(True)
    assert b.blocks[0].cidr == Unknown(Why.VARIABLE, of=Identity(str(tmp_path), "var.b_cidr"))
    assert (peering.vpc, peering.peer_vpc, peering.auto_accept) == (a.id, b.id, Known(True))
    assert [(option.side, option.value) for option in peering.dns] == [(Side.ACCEPTER, Known(True))]
    assert peering.dns[0].at.line == 18
    assert route.destination == CidrDestination(b.blocks[0].cidr, 4)
    assert (route.target.kind, route.target.id) == (TargetKind.PEERING, peering.id)
    tables = {table.origin.address: table for table in of(fragment, RouteTable)}
    assert route.table == tables["aws_vpc.a"].id
    assert peering.origin.at("auto_accept").line == 15


def test_a_looked_up_peering_of_the_same_root_tells_what_is_declared(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        PAIR
        + """
        data "aws_vpc_peering_connection" "ab" { id = aws_vpc_peering_connection.ab.id }
        data "aws_vpc" "a" { id = data.aws_vpc_peering_connection.ab.vpc_id }
        data "aws_route_table" "main" { vpc_id = data.aws_vpc.a.id }
        resource "aws_route" "back" {
          route_table_id            = data.aws_route_table.main.id
          destination_cidr_block    = data.aws_vpc_peering_connection.ab.cidr_block
          vpc_peering_connection_id = data.aws_vpc_peering_connection.ab.id
        }
        """,
    )
    back, there = one(fragment, Route, "aws_route.back"), one(fragment, Route, "aws_route.a_to_b")
    assert (back.table, back.target.id) == (there.table, there.target.id)
    assert isinstance(back.destination, CidrDestination)
    assert str(known(back.destination.cidr)) == "10.0.0.0/16"
    assert len(of(fragment, Vpc)) == 2


@pytest.mark.parametrize("negated", ["!var.cross_region", "false == var.cross_region", "var.cross_region == false"])
def test_a_conditional_count_is_uncertain_and_excludes_its_twin(negated: str, tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        variable "cross_region" {}
        locals { same_region = NEGATED }
        resource "aws_vpc_peering_connection" "one" {
          count       = local.same_region ? 1 : 0
          vpc_id      = "vpc-1"
          peer_vpc_id = "vpc-2"
        }
        resource "aws_vpc_peering_connection" "other" {
          count       = var.cross_region ? 1 : 0
          vpc_id      = "vpc-1"
          peer_vpc_id = "vpc-2"
        }
        resource "aws_vpc_peering_connection_accepter" "one" {
          vpc_peering_connection_id = aws_vpc_peering_connection.one[0].id
        }
        """.replace("NEGATED", negated),
    )
    first, second = of(fragment, Peering)
    assert first.origin.presence.doubt is not None
    assert first.origin.presence.excludes(second.origin.presence)
    assert not first.origin.presence.excludes(first.origin.presence)
    assert one(fragment, Accepter).peering == first.id


def test_an_unknown_for_each_is_one_that_may_be_many(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        data "aws_route_tables" "peer" {
          vpc_id = "vpc-2"
        }
        resource "aws_route" "back" {
          for_each                  = toset(data.aws_route_tables.peer.ids)
          route_table_id            = each.value
          destination_cidr_block    = "10.0.0.0/16"
          vpc_peering_connection_id = "pcx-1"
        }
        """,
    )
    route, table = one(fragment, Route), one(fragment, RouteTable)
    assert route.origin.presence.many
    assert route.table == table.id
    assert table.vpc == Known("vpc-2")
    assert table.outside


@pytest.mark.parametrize("spread", ["count = 2", 'for_each = toset(["0", "1"])'])
def test_instances_of_a_module_and_their_addresses(tmp_path: Path, spread: str) -> None:
    key = "count.index" if spread.startswith("count") else "each.key"
    fragment = estate(
        tmp_path,
        {
            "main.tf": f"""
                module "net" {{
                  source = "./net"
                  {spread}
                  cidr   = "10.${{{key}}}.0.0/16"
                }}
                resource "aws_vpc_peering_connection" "x" {{
                  vpc_id      = module.net[0].vpc_id
                  peer_vpc_id = module.net["1"].vpc_id
                }}
            """,
            "net/main.tf": """
                variable "cidr" {}
                resource "aws_vpc" "this" { cidr_block = var.cidr }
                output "vpc_id" { value = aws_vpc.this.id }
            """,
        },
    )
    vpcs = of(fragment, Vpc)
    key_texts = ["[0]", "[1]"] if spread.startswith("count") else ['["0"]', '["1"]']
    assert [v.origin.address for v in vpcs] == [f"module.net{k}.aws_vpc.this" for k in key_texts]
    assert [str(known(v.blocks[0].cidr)) for v in vpcs] == ["10.0.0.0/16", "10.1.0.0/16"]
    peering = one(fragment, Peering)
    assert (peering.vpc, peering.peer_vpc) == (vpcs[0].id, vpcs[1].id)
    assert [call.line for call in vpcs[0].origin.calls] == [1]


def test_regions_and_accounts_follow_the_provider(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        {
            "main.tf": """
                variable "peer_region" { default = "eu-central-1" }
                provider "aws" { region = "eu-west-1" }
                provider "aws" {
                  alias  = "peer"
                  region = var.peer_region
                  assume_role { role_arn = "arn:aws:iam::123456789012:role/net" }
                }
                module "far" {
                  source    = "./far"
                  providers = { aws = aws.peer, aws.near = aws }
                }
                resource "aws_vpc" "moved" {
                  cidr_block = "10.9.0.0/16"
                  region     = "us-east-1"
                }
            """,
            "far/main.tf": """
                terraform {
                  required_providers {
                    aws = { source = "hashicorp/aws", configuration_aliases = [aws.near] }
                  }
                }
                resource "aws_vpc" "far" { cidr_block = "10.1.0.0/16" }
                resource "aws_vpc" "near" {
                  provider   = aws.near
                  cidr_block = "10.0.0.0/16"
                }
                data "aws_caller_identity" "me" {}
                data "aws_region" "here" {}
                resource "aws_vpc_peering_connection" "x" {
                  provider      = aws.near
                  vpc_id        = aws_vpc.near.id
                  peer_vpc_id   = aws_vpc.far.id
                  peer_owner_id = data.aws_caller_identity.me.account_id
                  peer_region   = data.aws_region.here.name
                }
            """,
        },
    )
    far = one(fragment, Vpc, "module.far.aws_vpc.far").place
    near = one(fragment, Vpc, "module.far.aws_vpc.near").place
    assert (far.region, far.account) == (Known("eu-central-1"), Known("123456789012"))
    assert near.region == Known("eu-west-1")
    assert isinstance(near.account, Unknown)
    assert one(fragment, Vpc, "aws_vpc.moved").place.region == Known("us-east-1")
    peering = one(fragment, Peering)
    assert (peering.peer_owner, peering.peer_region) == (Known("123456789012"), Known("eu-central-1"))


@pytest.mark.parametrize(
    "blocks",
    [
        "[for each in data.aws_vpc.shared.cidr_block_associations : each.cidr_block]",
        "data.aws_vpc.shared.cidr_block_associations[*].cidr_block",
    ],
)
def test_a_part_of_each_element_of_an_unknown_list_is_a_list(blocks: str, tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        {
            "main.tf": f"""
                data "aws_vpc" "shared" {{ tags = {{ Name = "shared" }} }}
                module "routes" {{
                  source = "./routes"
                  blocks = {blocks}
                }}
            """,
            "routes/main.tf": """
                variable "blocks" { type = list(string) }
                resource "aws_route" "each" {
                  count                     = length(var.blocks)
                  route_table_id            = "rtb-1"
                  destination_cidr_block    = var.blocks[count.index]
                  vpc_peering_connection_id = "pcx-1"
                }
            """,
        },
    )
    assert [problem.message for problem in fragment.problems] == []
    assert one(fragment, Route).origin.presence.many


@pytest.mark.parametrize("named", ["aws_vpc.far", "data.aws_vpc.far"])
def test_the_region_of_a_resource_is_the_one_it_is_managed_in(named: str, tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        f"""
            provider "aws" {{ region = "eu-west-1" }}
            provider "aws" {{
              alias  = "far"
              region = "us-east-1"
            }}
            resource "aws_vpc" "far" {{
              provider   = aws.far
              cidr_block = "10.1.0.0/16"
            }}
            data "aws_vpc" "far" {{
              region = "us-east-1"
              tags   = {{ Name = "far" }}
            }}
            resource "aws_vpc_peering_connection" "x" {{
              vpc_id      = "vpc-1"
              peer_vpc_id = {named}.id
              peer_region = {named}.region
            }}
        """,
    )
    assert one(fragment, Peering, "aws_vpc_peering_connection.x").peer_region == Known("us-east-1")


def test_the_same_credentials_are_the_same_account_and_others_are_not_told(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        provider "aws" { region = "eu-west-1" }
        provider "aws" {
          alias  = "peer"
          region = "us-east-1"
        }
        provider "aws" {
          alias   = "other"
          region  = "us-east-1"
          profile = "other"
        }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        resource "aws_vpc" "b" {
          provider   = aws.peer
          cidr_block = "10.1.0.0/16"
        }
        resource "aws_vpc" "c" {
          provider   = aws.other
          cidr_block = "10.2.0.0/16"
        }
        """,
    )
    a, b, c = (vpc.place.account for vpc in of(fragment, Vpc))
    assert a == b
    assert a != c


def test_an_unread_module_keeps_the_identity_of_its_outputs_and_opens_what_it_is_given(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        module "vpc" {
          source = "terraform-aws-modules/vpc/aws"
        }
        module "extra" {
          source   = "git::https://example.com/extra.git"
          table_id = aws_route_table.t.id
        }
        resource "aws_route_table" "t" { vpc_id = module.vpc.vpc_id }
        resource "aws_vpc_peering_connection" "x" {
          vpc_id      = module.vpc.vpc_id
          peer_vpc_id = "vpc-2"
        }
        """,
    )
    stack = str(tmp_path)
    vpc = Unknown(Why.MODULE, of=Identity(stack, "module.vpc", "vpc_id"))
    assert one(fragment, Peering).vpc == vpc == one(fragment, RouteTable).vpc
    touched = {gap.reason.split("`")[1]: gap.touches for gap in fragment.gaps}
    assert one(fragment, RouteTable).id in (touched["module.extra"] or ())
    assert {p.kind.value for p in fragment.problems} == {"PL903"}
    assert len(fragment.problems) == 2


def test_old_style_code_is_read(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        variable "enabled" { default = "true" }
        variable "zones" {
          type    = "list"
          default = ["a", "b"]
        }
        provider "aws" { region = "eu-west-1" }
        provider "aws" {
          alias  = "peer"
          region = "us-east-1"
        }
        resource "aws_vpc" "a" {
          cidr_block = "10.0.0.0/16"
          tags { Name = "hub" }
        }
        resource "aws_subnet" "s" {
          count      = "${length(var.zones)}"
          vpc_id     = "${aws_vpc.a.id}"
          cidr_block = "${cidrsubnet(aws_vpc.a.cidr_block, 8, count.index)}"
        }
        resource "aws_vpc_peering_connection" "x" {
          count       = "${var.enabled ? 1 : 0}"
          provider    = "aws.peer"
          vpc_id      = "${aws_subnet.s.0.vpc_id}"
          peer_vpc_id = "${element(list("vpc-2"), 0)}"
          auto_accept = "true"
        }
        """,
    )
    assert one(fragment, Vpc).name == Known("hub")
    assert [str(known(s.blocks[0].cidr)) for s in of(fragment, Subnet)] == [
        "10.0.0.0/24",
        "10.0.1.0/24",
    ]
    peering = one(fragment, Peering)
    assert (peering.vpc, peering.peer_vpc) == (one(fragment, Vpc).id, Known("vpc-2"))
    assert (peering.auto_accept, peering.place.region) == (Known(True), Known("us-east-1"))


def test_rules_of_groups_inline_dynamic_as_attribute_and_alone(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        resource "aws_security_group" "g" {
          vpc_id = aws_vpc.a.id
          dynamic "ingress" {
            for_each = [22, 80]
            iterator = port
            content {
              from_port   = port.value
              to_port     = port.value
              protocol    = "TCP"
              cidr_blocks = ["10.1.0.0/16"]
            }
          }
          egress = [{ from_port = 0, to_port = 0, protocol = "-1", cidr_blocks = ["0.0.0.0/0"] }]
        }
        resource "aws_security_group_rule" "r" {
          type                     = "ingress"
          security_group_id        = aws_security_group.g.id
          source_security_group_id = "123456789012/sg-0abc"
          from_port                = "443"
          to_port                  = 443
          protocol                 = 6
        }
        resource "aws_vpc_security_group_ingress_rule" "n" {
          security_group_id = aws_security_group.g.id
          cidr_ipv4         = aws_vpc.a.cidr_block
          ip_protocol       = "-1"
        }
        """,
    )
    group = next(g for g in of(fragment, SecurityGroup) if not g.is_default)
    rules = [p for p in of(fragment, Permission) if p.group == group.id]
    assert [(p.from_port, p.to_port) for p in rules] == [
        (Known(22), Known(22)),
        (Known(80), Known(80)),
        (None, None),
        (Known(443), Known(443)),
        (None, None),
    ]
    assert [known(p.protocol) for p in rules] == ["tcp", "tcp", "-1", "tcp", "-1"]
    assert isinstance(rules[0].peers[0], CidrPeer)
    peer = rules[3].peers[0]
    assert isinstance(peer, GroupPeer)
    assert (peer.account, peer.group) == (Known("123456789012"), Known("sg-0abc"))


def test_an_invalid_cidr_is_reported_at_its_place_and_unknown_elsewhere(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        variable "cidr" { default = "10.0.0/16" }
        resource "aws_vpc" "a" { cidr_block = var.cidr }
        resource "aws_vpc_ipv4_cidr_block_association" "b" {
          vpc_id     = aws_vpc.a.id
          cidr_block = "10.8.0.0/8"
        }
        """,
    )
    assert [(p.kind.value, p.at.line) for p in fragment.problems] == [("PL902", 1), ("PL902", 5)]
    assert [(text, at.line) for text, at in fragment.problems[0].notes] == [("the argument that it is given to", 2)]
    assert fragment.problems[1].notes == ()
    block = one(fragment, Vpc).blocks[0].cidr
    assert isinstance(block, Unknown)
    assert block.why is Why.INVALID
    assert isinstance(one(fragment, BlockAssociation).block.cidr, Unknown)


def test_references_that_lead_to_nothing(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "aws_vpc" "a" {
          count      = 2
          cidr_block = "10.${count.index}.0.0/16"
        }
        resource "aws_vpc_peering_connection" "x" {
          count       = 0
          vpc_id      = aws_vpc.a.id
          peer_vpc_id = aws_vpc.gone.id
          auto_accept = try(var.nowhere, true)
        }
        resource "aws_instance" "unrelated" { ami = var.also_nowhere }
        """,
    )
    assert [(p.kind.value, p.at.line) for p in fragment.problems] == [("PL905", 7), ("PL905", 8)]


def test_a_broken_file_leaves_the_others_readable_and_absences_unclaimed(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        {
            "main.tf": """
                resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
                resource "aws_vpc_peering_connection" "x" {
                  vpc_id      = aws_vpc.a.id
                  peer_vpc_id = aws_vpc.in_broken.id
                }
            """,
            "broken.tf": 'resource "aws_vpc" "in_broken" {\n  cidr_block = \n}\n',
        },
    )
    assert [(p.kind.value, p.at.line, p.at.column) for p in fragment.problems] == [("PL901", 2, 16)]
    assert one(fragment, Vpc, "aws_vpc.a")
    assert fragment.gaps


def test_a_module_in_a_circle_and_a_local_of_itself_end_at_once(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        {
            "main.tf": """
                locals {
                  a = local.b
                  b = local.a
                }
                module "loop" { source = "./loop" }
                resource "aws_vpc" "v" { cidr_block = local.a }
            """,
            "loop/main.tf": 'module "again" { source = "../loop" }\n',
        },
    )
    assert isinstance(one(fragment, Vpc).blocks[0].cidr, Unknown)


def test_variables_by_precedence(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            variable "cidr" { default = "10.0.0.0/16" }
            resource "aws_vpc" "a" { cidr_block = var.cidr }
        """,
        "terraform.tfvars": 'cidr = "10.1.0.0/16"\n',
        "a.auto.tfvars.json": '{"cidr": "10.2.0.0/16"}',
        "given/by_hand.tfvars": 'cidr = "10.3.0.0/16"\n',
    }

    def cidr(**options: Any) -> str:
        block = one(estate(tmp_path, files, **options), Vpc).blocks[0].cidr
        assert isinstance(block, Known)
        return str(block.value)

    environment = {"TF_VAR_cidr": "10.9.0.0/16"}
    assert cidr(environment=environment) == "10.2.0.0/16"
    given = ("file", str(tmp_path / "given" / "by_hand.tfvars"))
    assert cidr(assignments=(given,)) == "10.3.0.0/16"
    assert cidr(assignments=(given, ("var", "cidr=10.4.0.0/16"))) == "10.4.0.0/16"


def test_gateways_and_what_they_lend_to_tables(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        resource "aws_route_table" "t" {
          vpc_id           = aws_vpc.a.id
          propagating_vgws = [aws_vpn_gateway.v.id]
        }
        resource "aws_vpn_gateway" "v" { vpc_id = aws_vpc.a.id }
        resource "aws_vpn_connection" "office" {
          vpn_gateway_id      = aws_vpn_gateway.v.id
          customer_gateway_id = "cgw-1"
          type                = "ipsec.1"
        }
        resource "aws_vpn_gateway_route_propagation" "p" {
          route_table_id = aws_route_table.t.id
          vpn_gateway_id = aws_vpn_gateway.v.id
        }
        resource "aws_vpc_endpoint" "s3" {
          vpc_id       = aws_vpc.a.id
          service_name = "com.amazonaws.eu-west-1.s3"
        }
        resource "aws_vpc_endpoint_route_table_association" "s3" {
          vpc_endpoint_id = aws_vpc_endpoint.s3.id
          route_table_id  = aws_route_table.t.id
        }
        """,
    )
    table = one(fragment, RouteTable, "aws_route_table.t")
    by_address = {gateway.origin.address: gateway for gateway in of(fragment, Gateway)}
    vpn, propagation = by_address["aws_vpn_gateway.v"], one(fragment, GatewayPropagation)
    assert (propagation.table, propagation.gateway) == (table.id, vpn.id)
    assert table.propagating_gateways == (vpn.id,)
    assert by_address["aws_vpn_connection.office"].through == vpn.id
    endpoint, associated = by_address["aws_vpc_endpoint.s3"], by_address["aws_vpc_endpoint_route_table_association.s3"]
    assert endpoint.kind is associated.kind is GatewayKind.GATEWAY_ENDPOINT
    assert (associated.id, associated.tables) == (endpoint.id, (table.id,))


def test_two_look_ups_of_one_thing_are_one(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        {
            "main.tf": """
                provider "aws" { region = "eu-west-1" }
                provider "aws" {
                  alias  = "far"
                  region = "us-east-1"
                }
                data "aws_vpc" "default" { default = true }
                data "aws_vpc" "far" {
                  provider = aws.far
                  default  = true
                }
                data "aws_vpc" "named" {
                  filter {
                    name   = "tag:Name"
                    values = ["other"]
                  }
                }
                module "ec2" { source = "./ec2" }
            """,
            "ec2/main.tf": """
                data "aws_vpc" "default" { default = "true" }
                resource "aws_security_group" "g" { vpc_id = data.aws_vpc.default.id }
            """,
        },
    )
    ids = {vpc.origin.address: vpc.id for vpc in of(fragment, Vpc)}
    assert ids["data.aws_vpc.default"] == ids["module.ec2.data.aws_vpc.default"] == one(fragment, SecurityGroup).vpc
    assert len({ids["data.aws_vpc.default"], ids["data.aws_vpc.far"], ids["data.aws_vpc.named"]}) == 3


def test_what_is_left_to_others_is_unknown(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "aws_vpc" "a" {
          cidr_block = "10.0.0.0/16"
          lifecycle { ignore_changes = [enable_dns_hostnames, tags] }
        }
        resource "aws_vpc_peering_connection" "x" {
          vpc_id      = aws_vpc.a.id
          peer_vpc_id = "vpc-2"
          accepter { allow_remote_vpc_dns_resolution = true }
          lifecycle { ignore_changes = ["requester", "accepter"] }
        }
        resource "null_resource" "dns" {
          provisioner "local-exec" {
            command = "aws ec2 modify-vpc-peering-connection-options --vpc-peering-connection-id pcx-1"
          }
        }
        """,
    )
    vpc, peering = one(fragment, Vpc), one(fragment, Peering)
    assert isinstance(vpc.dns_hostnames, Unknown)
    assert vpc.dns_support == Known(True)
    sides = {option.side: option.value for option in peering.dns}
    assert sides[Side.ACCEPTER] == Known(True)
    assert isinstance(sides[Side.REQUESTER], Unknown)
    dns = frozenset({Kind.DNS_OPTION})
    assert [(gap.kinds, gap.touches, gap.at.line) for gap in fragment.gaps] == [(dns, None, 13)]


def test_unknown_credentials_are_equal_only_to_themselves_and_the_last_role_counts(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        variable "roles" { type = list(string) }
        provider "aws" {
          region = "eu-west-1"
          assume_role { role_arn = var.roles[0] }
        }
        provider "aws" {
          alias  = "other"
          region = "eu-west-1"
          assume_role { role_arn = var.roles[1] }
        }
        provider "aws" {
          alias  = "chained"
          region = "eu-west-1"
          assume_role { role_arn = "arn:aws:iam::111111111111:role/hop" }
          assume_role { role_arn = "arn:aws:iam::222222222222:role/net" }
        }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        resource "aws_vpc" "again" { cidr_block = "10.1.0.0/16" }
        resource "aws_vpc" "b" {
          provider   = aws.other
          cidr_block = "10.2.0.0/16"
        }
        resource "aws_vpc" "c" {
          provider   = aws.chained
          cidr_block = "10.3.0.0/16"
        }
        resource "aws_vpc" "d" {
          for_each   = toset(["eu", "us"])
          provider   = aws.by[each.key]
          cidr_block = "10.4.0.0/16"
        }
        """,
    )
    a, again, b, c, eu, us = (vpc.place for vpc in of(fragment, Vpc))
    assert same(a.account, again.account) is True
    assert isinstance(same(a.account, b.account), Maybe)
    assert c.account == Known("222222222222")
    assert isinstance(same(eu.region, us.region), Maybe)


@pytest.mark.parametrize(
    ("resource", "kinds"),
    [
        (
            """
            resource "terraform_data" "accept" {
              input = aws_vpc_peering_connection.x.id
            }
            """,
            {Kind.ROUTE, Kind.ACCEPTER, Kind.DNS_OPTION},
        ),
        (
            """
            resource "aws_route_table" "t" {
              vpc_id = "vpc-1"
              lifecycle { ignore_changes = [route] }
            }
            """,
            {Kind.ROUTE},
        ),
        ('resource "terraform_data" "other" { input = "x" }', None),
    ],
)
def test_what_scripts_and_others_may_add_is_open(tmp_path: Path, resource: str, kinds: set[Kind] | None) -> None:
    peering = 'resource "aws_vpc_peering_connection" "x" {\n  vpc_id = "vpc-1"\n  peer_vpc_id = "vpc-2"\n}\n'
    gaps = estate(tmp_path, {"main.tf": peering, "other.tf": resource}).gaps
    assert [gap.kinds for gap in gaps] == ([] if kinds is None else [frozenset(kinds)])


@pytest.mark.parametrize("choice", ["try(aws_vpc.a[0].id, var.given)", "coalesce(one(aws_vpc.a[*].id), var.given)"])
def test_a_choice_by_the_existence_of_what_may_not_exist_is_unknown(tmp_path: Path, choice: str) -> None:
    fragment = estate(
        tmp_path,
        f"""
        variable "wanted" {{}}
        variable "given" {{ default = "vpc-1" }}
        resource "aws_vpc" "a" {{
          count      = var.wanted ? 1 : 0
          cidr_block = "10.0.0.0/16"
        }}
        resource "aws_subnet" "a" {{ vpc_id = {choice} }}
        """,
    )
    chosen = one(fragment, Subnet).vpc
    assert isinstance(chosen, Unknown)
    assert chosen.of != identity(one(fragment, Vpc).id)


def test_a_choice_by_the_existence_of_an_uncertain_module_is_unknown(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        {
            "main.tf": """
            variable "wanted" {}
            module "m" {
              source = "./m"
              count  = var.wanted ? 1 : 0
            }
            resource "aws_subnet" "a" { vpc_id = try(module.m[0].vpc_id, "vpc-1") }
            """,
            "m/main.tf": 'output "vpc_id" { value = "vpc-2" }',
        },
    )
    chosen = one(fragment, Subnet).vpc
    assert isinstance(chosen, Unknown)
    assert (chosen.why, chosen.of) == (Why.UNSUPPORTED, None)
    assert chosen.detail == "`var.wanted` has no value, so its `count` is undecided"


def test_a_rule_whose_direction_is_not_known_is_uncertain_in_both(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        variable "type" {}
        variable "out" {}
        resource "aws_network_acl_rule" "n" {
          egress         = var.out
          network_acl_id = "acl-1"
          rule_number    = 1
          rule_action    = "deny"
          protocol       = "-1"
          cidr_block     = "0.0.0.0/0"
        }
        resource "aws_security_group_rule" "r" {
          type              = var.type
          from_port         = 22
          to_port           = 22
          protocol          = "tcp"
          cidr_blocks       = ["0.0.0.0/0"]
          security_group_id = "sg-1"
        }
        """,
    )
    for found in (of(fragment, Permission), of(fragment, AclEntry)):
        assert [f.direction for f in found] == list(Direction)
        assert all("its direction is unknown" in str(f.origin.presence.doubt) for f in found)
