"""Code beside an inventory of what exists: what is joined, what is judged, and what stays undecided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peerlint.config import load
from tests.inventory.account import Account, id_of
from tests.inventory.checked import PROVIDER, analysed, check, reasons, rules, said

OWN = """
resource "aws_vpc" "orders" {
  cidr_block           = "10.40.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "orders" }
}

resource "aws_subnet" "orders" {
  vpc_id     = aws_vpc.orders.id
  cidr_block = "10.40.1.0/24"
}

resource "aws_route_table" "orders" {
  vpc_id = aws_vpc.orders.id
}

resource "aws_route_table_association" "orders" {
  subnet_id      = aws_subnet.orders.id
  route_table_id = aws_route_table.orders.id
}
"""


def peered(peer: str, cidr: str = "10.20.0.0/16", extra: str = "") -> str:
    """The connection with a VPC, and the route to a block of it."""
    return f"""
resource "aws_vpc_peering_connection" "p" {{
  vpc_id      = aws_vpc.orders.id
  peer_vpc_id = {peer}
  auto_accept = true
  requester {{ allow_remote_vpc_dns_resolution = true }}
  accepter {{ allow_remote_vpc_dns_resolution = true }}
}}

resource "aws_route" "to_peer" {{
  route_table_id            = aws_route_table.orders.id
  destination_cidr_block    = "{cidr}"
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}}
{extra}
"""


def shared() -> Account:
    account = Account()
    account.vpc("shared", "10.20.0.0/16", "10.21.0.0/20")
    return account


BACK = f"""
resource "aws_route" "back" {{
  route_table_id            = "{id_of("rtb", "shared")}"
  destination_cidr_block    = aws_vpc.orders.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}}
"""
LITERAL = f'"{id_of("vpc", "shared")}"'


def test_a_literal_id_is_the_vpc_of_the_inventory(tmp_path: Path) -> None:
    overlapping = OWN.replace("10.40.0.0/16", "10.21.8.0/21").replace("10.40.1.0/24", "10.21.9.0/24")
    result = check(tmp_path, shared().text(), root=overlapping + peered(LITERAL, extra=BACK))
    (finding,) = [r.finding for r in result.active if r.rule.id == "PL101"]
    assert "10.21.8.0/21 of aws_vpc.orders and 10.21.0.0/20 of vpc-" in finding.message
    assert finding.at.file.endswith("main.tf")
    block = next(note.at for note in finding.notes if note.at.file.endswith("inventory.json"))
    assert Path(block.file).read_text(encoding="utf-8").splitlines()[block.line - 1].strip().startswith('"CidrBlock"')


def test_a_block_that_a_look_up_and_the_inventory_tell_is_said_once(tmp_path: Path) -> None:
    vpc = f'{{"VpcId": {LITERAL}, "CidrBlock": "10.20.0.0/16", "OwnerId": "111122223333"}}'
    look_up = f'data "aws_vpc" "shared" {{ id = {LITERAL} }}\n'
    one_way = peered("data.aws_vpc.shared.id", extra=BACK)
    one_way = one_way.replace("  requester { allow_remote_vpc_dns_resolution = true }\n", "")
    result = check(tmp_path, f'{{"Vpcs": [{vpc}]}}', root=OWN + look_up + one_way)
    assert any("data.aws_vpc.shared (10.20.0.0/16)" in report.finding.message for report in result.active)


def test_a_route_to_what_the_vpc_does_not_have(tmp_path: Path) -> None:
    result = check(tmp_path, shared().text(), root=OWN + peered(LITERAL, "10.22.0.0/16", BACK))
    assert [r for r in rules(result) if r != "PL201"] == ["PL206"]


def test_a_way_back_by_a_literal_table_is_seen(tmp_path: Path) -> None:
    result = check(tmp_path, shared().text(), root=OWN + peered(LITERAL, extra=BACK))
    assert rules(result) == []
    assert reasons(result, "PL201") == []
    assert reasons(result, "PL206") == []
    assert reasons(result, "PL101") == []


def test_an_inventory_cannot_show_routes_over_what_does_not_exist_yet(tmp_path: Path) -> None:
    result = check(tmp_path, shared().text(), root=OWN + peered(LITERAL))
    assert rules(result) == []
    (reason,) = reasons(result, "PL201")
    assert "the inventory does not show aws_vpc_peering_connection.p under its id" in reason


@pytest.mark.parametrize(
    "criteria",
    [
        'tags = { Name = "shared" }',
        'cidr_block = "10.20.0.0/16"',
        f"id = {LITERAL}",
        'filter {\n    name   = "tag:Name"\n    values = ["shared"]\n  }',
    ],
)
def test_a_look_up_finds_the_one_vpc_that_meets_it(tmp_path: Path, criteria: str) -> None:
    look_up = f'data "aws_vpc" "peer" {{\n  {criteria}\n}}\n'
    overlapping = OWN.replace("10.40.0.0/16", "10.21.8.0/21").replace("10.40.1.0/24", "10.21.9.0/24")
    result = check(tmp_path, shared().text(), root=overlapping + look_up + peered("data.aws_vpc.peer.id", extra=BACK))
    assert "PL101" in rules(result)


LOOK_UP = 'data "aws_vpc" "peer" {\n  tags = { Name = "shared" }\n}\n'


def _found(tmp_path: Path, account: Account, **given: str) -> bool:
    """Whether the look-up is joined with the VPC of which a block overlaps."""
    overlapping = OWN.replace("10.40.0.0/16", "10.21.8.0/21").replace("10.40.1.0/24", "10.21.9.0/24")
    root = overlapping + LOOK_UP + peered("data.aws_vpc.peer.id", extra=BACK)
    return "PL101" in rules(check(tmp_path, account.text(), **{"root": root, **given}))


def test_a_name_that_two_vpcs_have_finds_none(tmp_path: Path) -> None:
    account = shared()
    account.documents["Vpcs"].append({**account.documents["Vpcs"][0], "VpcId": id_of("vpc", "other")})
    account.subnet("other", id_of("vpc", "other"))
    assert not _found(tmp_path, account)


def test_a_name_of_another_region_finds_none(tmp_path: Path) -> None:
    account = Account(region="us-east-1")
    account.vpc("shared", "10.20.0.0/16", "10.21.0.0/20")
    assert not _found(tmp_path, account)


def test_a_name_of_another_account_finds_none(tmp_path: Path) -> None:
    account = Account(owner="444455556666")
    account.vpc("shared", "10.20.0.0/16", "10.21.0.0/20")
    assert not _found(tmp_path, account)


def test_a_name_that_a_declared_vpc_has_finds_none(tmp_path: Path) -> None:
    declared = 'resource "aws_vpc" "s" {\n  cidr_block = "10.20.0.0/16"\n  tags = { Name = "shared" }\n}\n'
    assert not _found(tmp_path, shared(), other=declared)


TWO_ACCOUNTS = """
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "peer"
  region = "eu-west-1"
  assume_role { role_arn = var.role }
}

variable "role" {}
"""


def test_vpcs_of_two_accounts_that_are_called_alike_are_not_one(tmp_path: Path) -> None:
    """The inventory is that of one of the accounts, and the code tells of neither which it is."""
    root = """
data "aws_vpc" "own" {
  tags = { Name = "shared" }
}

data "aws_vpc" "peer" {
  provider = aws.peer
  tags     = { Name = "shared" }
}

resource "aws_vpc_peering_connection" "p" {
  vpc_id      = data.aws_vpc.own.id
  peer_vpc_id = data.aws_vpc.peer.id
}
"""
    result = check(tmp_path, shared().text(), provider=TWO_ACCOUNTS, root=root)
    assert not {"PL101", "PL103"} & set(rules(result))


def _existing(**back: str) -> tuple[Account, str]:
    """Two VPCs that are peered, and the connection; ``back`` is the state of the route from shared to legacy."""
    account = shared()
    account.vpc("legacy", "10.30.0.0/16")
    pcx = account.peering("legacy", "shared")
    if back:
        account.route("shared", "10.30.0.0/16", pcx, back["state"])
    return account, pcx


def _route(pcx: str, cidr: str = "10.20.0.0/16", table: str = "legacy") -> str:
    return f"""
resource "aws_route" "r" {{
  route_table_id            = "{id_of("rtb", table)}"
  destination_cidr_block    = "{cidr}"
  vpc_peering_connection_id = "{pcx}"
}}
"""


def test_an_existing_connection_without_a_way_back(tmp_path: Path) -> None:
    account, pcx = _existing()
    result = check(tmp_path, account.text(), root=_route(pcx))
    (message,) = said(result)
    assert message.startswith("PL201 warning: ")
    assert "(legacy) routes 10.20.0.0/16 over pcx-" in message
    assert "which has no route back to 10.30.0.0/16 over it, as the inventory shows it" in message
    assert {report.finding.at.file for report in result.active} == {str(tmp_path / "root" / "main.tf")}
    assert result.peerings == 1
    assert result.stacks == 1


def test_an_existing_connection_with_a_way_back(tmp_path: Path) -> None:
    account, pcx = _existing(state="active")
    result = check(tmp_path, account.text(), root=_route(pcx))
    assert rules(result) == []
    assert result.questions == ()


def test_a_blackhole_is_no_way_back_for_certain(tmp_path: Path) -> None:
    account, pcx = _existing(state="blackhole")
    result = check(tmp_path, account.text(), root=_route(pcx))
    assert rules(result) == []
    assert "blackhole" in reasons(result, "PL201")[0]


def test_the_route_of_a_declared_table_over_an_existing_connection(tmp_path: Path) -> None:
    """The code's VPC is the deployed one or it is not: its routes lead to the far side all the same."""
    account, pcx = _existing()
    legacy = OWN.replace("orders", "legacy").replace("10.40.", "10.30.")
    route = _route(pcx).replace(f'"{id_of("rtb", "legacy")}"', "aws_route_table.legacy.id")
    result = check(tmp_path, account.text(), root=legacy + route)
    assert rules(result) == ["PL201"]


@pytest.mark.parametrize("missing", ["Subnets", "RouteTables"])
def test_no_absence_is_claimed_where_records_are_missing(tmp_path: Path, missing: str) -> None:
    account, pcx = _existing()
    result = check(tmp_path, account.text(missing), root=_route(pcx))
    assert "PL201" not in rules(result)


def test_no_absence_is_claimed_without_the_main_table(tmp_path: Path) -> None:
    account, pcx = _existing()
    for table in account.documents["RouteTables"]:
        if table["VpcId"] == id_of("vpc", "shared"):
            table["Associations"] = [{"Main": False, "SubnetId": id_of("subnet", "shared")}]
    result = check(tmp_path, account.text(), root=_route(pcx))
    assert rules(result) == []
    assert "does not show the main route table of vpc-" in reasons(result, "PL201")[0]


def test_no_absence_is_claimed_where_a_subnet_is_named_but_not_shown(tmp_path: Path) -> None:
    account, pcx = _existing()
    account.more.append(
        {
            "NetworkAcls": [
                {
                    "NetworkAclId": id_of("acl", "shared"),
                    "VpcId": id_of("vpc", "shared"),
                    "Entries": [],
                    "Associations": [{"SubnetId": id_of("subnet", "unseen")}],
                }
            ]
        }
    )
    result = check(tmp_path, account.text(), root=_route(pcx))
    assert rules(result) == []
    assert f"does not show {id_of('subnet', 'unseen')}" in reasons(result, "PL201")[0]


def test_no_absence_is_claimed_where_the_output_was_cut(tmp_path: Path) -> None:
    account, pcx = _existing()
    cut = json.dumps({"RouteTables": [], "NextToken": "eyJOZXh0VG9rZW4iOiBudWxs"})
    result = check(tmp_path, f"{account.text()}\n{cut}", root=_route(pcx))
    assert rules(result) == []
    assert "cut at a number of items" in reasons(result, "PL201")[0]


def test_what_lies_wholly_in_the_inventory_is_not_reported(tmp_path: Path) -> None:
    """Its own one-way connection, its route astray, its wide group: none of it is the code's."""
    account, pcx = _existing()
    account.route("legacy", "10.20.0.0/16", pcx)
    account.route("legacy", "10.99.0.0/16", pcx)
    account.route("legacy", "0.0.0.0/0", pcx)
    anywhere = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    group = {"GroupId": id_of("sg", "wide"), "VpcId": id_of("vpc", "shared"), "IpPermissions": [anywhere]}
    account.more.append({"SecurityGroups": [group]})
    options = f"""
resource "aws_vpc_peering_connection_options" "o" {{
  vpc_peering_connection_id = "{pcx}"
  requester {{ allow_remote_vpc_dns_resolution = true }}
  accepter {{ allow_remote_vpc_dns_resolution = true }}
}}
"""
    result = check(tmp_path, account.text(), root=options)
    assert rules(result) == []


def test_a_route_of_code_over_an_existing_connection_astray_and_onward(tmp_path: Path) -> None:
    account, pcx = _existing(state="active")
    account.vpc("data", "10.50.0.0/16")
    account.peering("data", "shared")
    assert rules(check(tmp_path / "a", account.text(), root=_route(pcx, "10.99.0.0/16"))) == ["PL206"]
    assert rules(check(tmp_path / "b", account.text(), root=_route(pcx, "10.50.0.0/16"))) == ["PL207"]
    assert rules(check(tmp_path / "c", account.text(), root=_route(pcx, "0.0.0.0/0"))) == ["PL208"]


def test_the_options_of_an_existing_connection(tmp_path: Path) -> None:
    account = shared()
    account.vpc("legacy", "10.30.0.0/16")
    pcx = account.peering("legacy", "shared", dns=False)
    account.route("shared", "10.30.0.0/16", pcx)
    (message,) = said(check(tmp_path / "off", account.text(), root=_route(pcx)))
    assert message.startswith("PL301 note: neither side of the peering between vpc-")
    one = f"""
resource "aws_vpc_peering_connection_options" "o" {{
  vpc_peering_connection_id = "{pcx}"
  requester {{ allow_remote_vpc_dns_resolution = true }}
}}
"""
    (message,) = said(check(tmp_path / "one", account.text(), root=_route(pcx) + one))
    assert message.startswith("PL301 warning: DNS resolution over pcx-")
    assert "is not set for the accepter" in message


def _deployed() -> tuple[Account, str]:
    """Shared, and the VPC that the code declares, deployed as ``orders`` and peered both ways."""
    account = shared()
    account.vpc("orders", "10.40.0.0/16")
    pcx = account.peering("orders", "shared")
    account.route("orders", "10.20.0.0/16", pcx)
    account.route("shared", "10.40.0.0/16", pcx)
    return account, pcx


def test_a_declared_vpc_is_not_compared_with_its_own_deployed_self(tmp_path: Path) -> None:
    account, _ = _deployed()
    result = check(tmp_path, account.text(), root=OWN + peered(LITERAL, extra=BACK))
    assert rules(result) == []
    unaccepted = peered(LITERAL, extra=BACK).replace("auto_accept = true", "")
    result = check(tmp_path / "pending", account.text(), root=OWN + unaccepted)
    assert rules(result) == []
    assert any("may be pcx-" in reason for reason in reasons(result, "PL106"))


def test_a_connection_of_other_vpcs_is_not_a_declared_one(tmp_path: Path) -> None:
    account = shared()
    account.vpc("legacy", "10.30.0.0/16")
    account.peering("legacy", "shared")
    unaccepted = peered(LITERAL, extra=BACK).replace("auto_accept = true", "")
    assert "PL106" in rules(check(tmp_path, account.text(), root=OWN + unaccepted))


def test_the_way_back_of_a_deployed_connection_may_be_that_of_the_declared_one(tmp_path: Path) -> None:
    account, _ = _deployed()
    result = check(tmp_path, account.text(), root=OWN + peered(LITERAL))
    assert rules(result) == []
    assert len(reasons(result, "PL201")) == 1


def _state(pcx: str, cidr: str = "10.40.0.0/16") -> str:
    """The state of the code, as ``terraform show -json`` writes it."""
    provider = "registry.terraform.io/hashicorp/aws"
    vpc = {
        "id": id_of("vpc", "orders"),
        "cidr_block": cidr,
        "enable_dns_support": True,
        "enable_dns_hostnames": True,
        "owner_id": "111122223333",
        "arn": f"arn:aws:ec2:eu-west-1:111122223333:vpc/{id_of('vpc', 'orders')}",
    }
    table = {"id": id_of("rtb", "orders"), "vpc_id": vpc["id"]}
    connection = {"id": pcx, "vpc_id": vpc["id"], "peer_vpc_id": id_of("vpc", "shared"), "accept_status": "active"}
    route = {
        "route_table_id": table["id"],
        "destination_cidr_block": "10.20.0.0/16",
        "vpc_peering_connection_id": pcx,
    }
    values = {
        "aws_vpc.orders": vpc,
        "aws_route_table.orders": table,
        "aws_vpc_peering_connection.p": connection,
        "aws_route.to_peer": route,
    }
    resources = [
        {
            "address": address,
            "mode": "managed",
            "type": address.partition(".")[0],
            "name": address.partition(".")[2],
            "provider_name": provider,
            "values": value,
        }
        for address, value in values.items()
    ]
    root = {"root_module": {"resources": resources}}
    return json.dumps({"format_version": "1.0", "terraform_version": "1.9.0", "values": root}, indent=1)


def test_a_state_tells_which_vpc_and_connection_is_the_declared_one(tmp_path: Path) -> None:
    account, pcx = _deployed()
    inventory, state = tmp_path / "inventory.json", tmp_path / "state.json"
    state.write_text(_state(pcx), encoding="utf-8")
    inventory.write_text(account.text(), encoding="utf-8")
    assert rules(analysed(state, inventory)) == []
    account.documents["RouteTables"][0]["Routes"].pop()
    inventory.write_text(account.text(), encoding="utf-8")
    (message,) = said(analysed(state, inventory))
    assert message.startswith("PL201 warning: aws_vpc.orders routes 10.20.0.0/16 over aws_vpc_peering_connection.p")


def test_a_block_that_only_the_inventory_shows_of_a_declared_vpc_is_doubtful(tmp_path: Path) -> None:
    """It may be one that the code no longer has."""
    account, pcx = _deployed()
    vpc = next(v for v in account.documents["Vpcs"] if v["VpcId"] == id_of("vpc", "orders"))
    vpc["CidrBlockAssociationSet"].append({"CidrBlock": "10.21.8.0/21", "CidrBlockState": {"State": "associated"}})
    inventory, state = tmp_path / "inventory.json", tmp_path / "state.json"
    state.write_text(_state(pcx), encoding="utf-8")
    inventory.write_text(account.text(), encoding="utf-8")
    result = analysed(state, inventory)
    assert "PL101" not in rules(result)
    assert any("the code does not declare" in reason for reason in reasons(result, "PL101"))


def test_a_group_of_code_in_a_vpc_that_the_inventory_shows_peered(tmp_path: Path) -> None:
    account, _ = _existing(state="active")
    group = f"""
resource "aws_security_group" "g" {{
  vpc_id = "{id_of("vpc", "shared")}"

  ingress {{
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["10.0.0.0/8"]
  }}
}}
"""
    (message,) = said(check(tmp_path, account.text(), root=group))
    assert message.startswith("PL405 warning: aws_security_group.g in vpc-")
    assert "(legacy) (10.30.0.0/16)" in message


def test_a_group_of_another_region_is_known_by_the_inventory(tmp_path: Path) -> None:
    account, _ = _existing(state="active")
    far = Account(region="us-east-1")
    far.vpc("far", "10.60.0.0/16")
    far.more.append({"SecurityGroups": [{"GroupId": id_of("sg", "far"), "VpcId": id_of("vpc", "far")}]})
    rule = f"""
resource "aws_security_group" "g" {{
  vpc_id = "{id_of("vpc", "shared")}"
}}

resource "aws_security_group_rule" "r" {{
  type                     = "ingress"
  security_group_id        = aws_security_group.g.id
  source_security_group_id = "{id_of("sg", "far")}"
  protocol                 = "tcp"
  from_port                = 443
  to_port                  = 443
}}
"""
    result = check(tmp_path, f"{account.text()}\n{far.text()}", root=rule)
    assert rules(result) == ["PL401"]


def test_a_template_with_the_id_of_a_vpc_as_a_parameter(tmp_path: Path) -> None:
    (tmp_path / "stack").mkdir()
    (tmp_path / "stack" / "template.yaml").write_text(
        f"""
Parameters:
  Peer:
    Type: AWS::EC2::VPC::Id
    Default: {id_of("vpc", "shared")}
Resources:
  Orders:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.21.8.0/21
  Connection:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Orders
      PeerVpcId: !Ref Peer
""",
        encoding="utf-8",
    )
    inventory = tmp_path / "inventory.json"
    inventory.write_text(shared().text(), encoding="utf-8")
    assert "PL101" in rules(analysed(tmp_path / "stack", inventory))


def test_a_row_of_the_configuration_and_the_inventory_describe_one_vpc(tmp_path: Path) -> None:
    account, pcx = _existing()
    settings = tmp_path / "peerlint.toml"
    settings.write_text(f'[[vpc]]\nid = {LITERAL}\ncidrs = ["10.20.0.0/16"]\n', encoding="utf-8")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "main.tf").write_text(PROVIDER + _route(pcx), encoding="utf-8")
    inventory = tmp_path / "inventory.json"
    inventory.write_text(account.text(), encoding="utf-8")
    assert rules(analysed(tmp_path / "root", inventory, config=load(str(settings)))) == ["PL201"]


def test_a_template_whose_connection_the_service_accepts_is_not_in_doubt(tmp_path: Path) -> None:
    account, _ = _deployed()
    (tmp_path / "stack").mkdir()
    (tmp_path / "stack" / "template.yaml").write_text(
        f"""
Resources:
  Orders:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.40.0.0/16
  Connection:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Orders
      PeerVpcId: {id_of("vpc", "shared")}
""",
        encoding="utf-8",
    )
    inventory = tmp_path / "inventory.json"
    inventory.write_text(account.text(), encoding="utf-8")
    assert reasons(analysed(tmp_path / "stack", inventory), "PL106") == []
    assert "PL106" not in rules(analysed(tmp_path / "stack", inventory))


def test_a_block_of_a_look_up_that_is_told_by_no_attribute_is_still_its_own(tmp_path: Path) -> None:
    look_up = f'data "aws_vpc" "peer" {{\n  id = {LITERAL}\n}}\n'
    blocks = """
resource "aws_route" "every" {
  for_each                  = toset([for a in data.aws_vpc.peer.cidr_block_associations : a.cidr_block])
  route_table_id            = aws_route_table.orders.id
  destination_cidr_block    = each.value
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}
"""
    root = OWN + look_up + peered("data.aws_vpc.peer.id", extra=BACK + blocks)
    result = check(tmp_path, shared().text(), root=root)
    assert rules(result) == []
    assert reasons(result, "PL206") == []


def test_an_id_that_is_still_to_be_filled_in_is_none_of_the_inventory(tmp_path: Path) -> None:
    """AWS's own examples have such ids; the code's ``vpc-xxxxxxxx`` is not the VPC of one of them."""
    text = shared().text().replace(id_of("vpc", "shared"), "vpc-06e4ab6c6cEXAMPLE")
    overlapping = OWN.replace("10.40.0.0/16", "10.21.8.0/21").replace("10.40.1.0/24", "10.21.9.0/24")
    assert "PL101" not in rules(check(tmp_path, text, root=overlapping + peered('"vpc-xxxxxxxx"', extra=BACK)))


def test_a_look_up_of_one_stack_does_not_hide_the_route_of_another(tmp_path: Path) -> None:
    account, pcx = _existing()
    look_up = f'data "aws_vpc_peering_connection" "p" {{\n  id = "{pcx}"\n}}\n'
    result = check(tmp_path, account.text(), a_look_up=look_up, b_route=_route(pcx))
    assert rules(result) == ["PL201"]
    (report,) = result.active
    assert report.finding.at.file.endswith("b_route/main.tf")
