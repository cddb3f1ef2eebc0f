"""What plans and states tell that the code does not, and what of it is told twice."""

from __future__ import annotations

from pathlib import Path

from peerlint.network.model import (
    AclEntry,
    CidrPeer,
    Direction,
    GroupPeer,
    MainAssociation,
    Peering,
    PeeringOptions,
    Permission,
    Route,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
)
from peerlint.network.values import Known, Unknown
from tests.terraform.estate import of, one, write
from tests.terraform.plan.made import Json, Planned, fragment, plan, state
from tests.values import identity, known

ROUTE_KEYS = ("cidr_block", "ipv6_cidr_block", "gateway_id", "nat_gateway_id", "vpc_peering_connection_id")


def _route(**written: str) -> Json:
    """An entry of ``aws_route_table.route``, which tells every key."""
    return {**dict.fromkeys(ROUTE_KEYS, ""), **written}


def _rule(*blocks: str, port: int = 443, **more: Json | list[str]) -> Json:
    listed: Json = {"cidr_blocks": list(blocks), "ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": []}
    return {"protocol": "tcp", "from_port": port, "to_port": port, "self": False, "description": "", **listed, **more}


TABLE = "aws_route_table.app"


def _routes(document: Json, tmp_path: Path) -> list[tuple[str, str]]:
    found = of(fragment(tmp_path / "tfplan.json", document), Route)
    return sorted((str(known(r.destination.cidr)), known(r.target.id)) for r in found if hasattr(r.destination, "cidr"))


def test_a_route_that_its_table_lists_as_well_is_one_route(tmp_path: Path) -> None:
    listed = [
        _route(cidr_block="10.2.0.0/16", vpc_peering_connection_id="pcx-1"),
        _route(cidr_block="0.0.0.0/0", gateway_id="igw-1"),
    ]
    table = Planned(TABLE, {"id": "rtb-1", "vpc_id": "vpc-1", "route": listed})
    values = {"route_table_id": "rtb-1", "destination_cidr_block": "10.2.0.0/16", "vpc_peering_connection_id": "pcx-1"}
    found = _routes(state(table, Planned("aws_route.to_b", values)), tmp_path)
    assert found == [("0.0.0.0/0", "igw-1"), ("10.2.0.0/16", "pcx-1")]


def test_a_listing_from_before_does_not_bring_a_route_back_that_the_plan_takes_away(tmp_path: Path) -> None:
    listed = [_route(cidr_block="10.2.0.0/16", vpc_peering_connection_id="pcx-1")]
    table = Planned(TABLE, {"id": "rtb-1", "vpc_id": "vpc-1", "route": listed})
    values = {"route_table_id": "rtb-1", "destination_cidr_block": "10.2.0.0/16", "vpc_peering_connection_id": "pcx-1"}
    before = state(table, Planned("aws_route.to_b", values))
    assert _routes(plan(table, prior_state=before), tmp_path) == []


def test_a_route_that_moves_into_its_table_stays(tmp_path: Path) -> None:
    """The plan takes a stand-alone route away and writes it into the table, whose list was empty."""
    listed = [_route(cidr_block="10.2.0.0/16", vpc_peering_connection_id="pcx-1")]
    values = {"route_table_id": "rtb-1", "destination_cidr_block": "10.2.0.0/16", "vpc_peering_connection_id": "pcx-1"}
    before = state(Planned(TABLE, {"id": "rtb-1", "vpc_id": "vpc-1", "route": []}), Planned("aws_route.to_b", values))
    table = Planned(TABLE, {"id": "rtb-1", "vpc_id": "vpc-1", "route": listed})
    assert _routes(plan(table, prior_state=before), tmp_path) == [("10.2.0.0/16", "pcx-1")]


def test_the_rules_that_a_group_lists_are_told_once_for_each_peer(tmp_path: Path) -> None:
    listed = [_rule("10.1.0.0/16", "10.2.0.0/16", security_groups=["sg-2"]), _rule("0.0.0.0/0", port=22)]
    group = Planned("aws_security_group.app", {"id": "sg-1", "vpc_id": "vpc-1", "name": "app", "ingress": listed})
    old = {"type": "ingress", "security_group_id": "sg-1", "protocol": "tcp", "from_port": 443, "to_port": 443}
    new = {"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 443, "to_port": 443}
    alone = (
        Planned("aws_security_group_rule.a", {**old, "cidr_blocks": ["10.1.0.0/16"]}),
        Planned("aws_vpc_security_group_ingress_rule.g", {**new, "referenced_security_group_id": "sg-2"}),
    )
    found = of(fragment(tmp_path / "state.json", state(group, *alone)), Permission)
    told = sorted((p.origin.address, _peer(p)) for p in found)
    assert told == [
        ("aws_security_group.app", "0.0.0.0/0"),
        ("aws_security_group.app", "10.2.0.0/16"),
        ("aws_security_group_rule.a", "10.1.0.0/16"),
        ("aws_vpc_security_group_ingress_rule.g", "sg-2"),
    ]


def _peer(permission: Permission) -> str:
    (peer,) = permission.peers
    match peer:
        case CidrPeer(cidr=cidr):
            return str(known(cidr))
        case GroupPeer(group=group):
            return known(group)
    raise AssertionError(peer)


def test_an_entry_that_its_acl_lists_as_well_is_one_entry(tmp_path: Path) -> None:
    entry = {"action": "allow", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_block": "10.2.0.0/16"}
    listed = [{**entry, "rule_no": 100}, {**entry, "rule_no": 200}]
    acl = Planned("aws_network_acl.app", {"id": "acl-1", "vpc_id": "vpc-1", "ingress": listed, "egress": []})
    rule = {"network_acl_id": "acl-1", "rule_number": 100, "rule_action": "allow", "egress": False}
    alone = Planned("aws_network_acl_rule.in", {**rule, "protocol": "-1", "cidr_block": "10.2.0.0/16"})
    found = of(fragment(tmp_path / "state.json", state(acl, alone)), AclEntry)
    assert sorted((known(e.number), e.inline) for e in found) == [(100, False), (200, True)]
    assert {entry.direction for entry in found} == {Direction.INGRESS}


def test_a_looked_up_vpc_has_its_blocks_and_settings(tmp_path: Path) -> None:
    blocks = [
        {"association_id": "vpc-cidr-assoc-1", "cidr_block": "10.1.0.0/16", "state": "associated"},
        {"association_id": "vpc-cidr-assoc-2", "cidr_block": "10.9.0.0/16", "state": "associated"},
        {"association_id": "vpc-cidr-assoc-3", "cidr_block": "10.8.0.0/16", "state": "disassociated"},
    ]
    values = {
        "id": "vpc-0a",
        "arn": "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a",
        "owner_id": "111122223333",
        "cidr_block": "10.1.0.0/16",
        "cidr_block_associations": blocks,
        "enable_dns_support": True,
        "enable_dns_hostnames": False,
        "main_route_table_id": "rtb-0a",
        "ipv6_cidr_block": "",
    }
    found = fragment(tmp_path / "tfplan.json", plan(prior_state=state(Planned("data.aws_vpc.shared", values))))
    vpc = one(found, Vpc)
    assert [str(known(block.cidr)) for block in vpc.blocks] == ["10.1.0.0/16", "10.9.0.0/16"]
    assert (vpc.outside, vpc.complete) == (True, True)
    assert (vpc.dns_support, vpc.dns_hostnames) == (Known(True), Known(False))
    assert (vpc.place.region, vpc.place.account) == (Known("eu-west-1"), Known("111122223333"))
    assert one(found, RouteTable).id == Known("rtb-0a")


def test_look_ups_of_subnets_and_tables_tell_what_they_found(tmp_path: Path) -> None:
    subnet = {"id": "subnet-1", "vpc_id": "vpc-1", "cidr_block": "10.1.1.0/24", "availability_zone": "eu-west-1a"}
    tables = {"id": "eu-west-1", "vpc_id": "vpc-1", "ids": ["rtb-1", "rtb-2"]}
    read = (Planned("data.aws_subnet.app", subnet), Planned("data.aws_route_tables.app", tables))
    found = fragment(tmp_path / "tfplan.json", plan(prior_state=state(*read)))
    assert str(known(one(found, Subnet).blocks[0].cidr)) == "10.1.1.0/24"
    assert [(known(t.id), known(t.vpc)) for t in of(found, RouteTable)] == [("rtb-1", "vpc-1"), ("rtb-2", "vpc-1")]


def test_two_deferred_look_ups_of_one_thing_are_one(tmp_path: Path) -> None:
    asked = {"tags": {"Name": "hub"}}
    looked_up = [Planned(f"data.aws_vpc.{name}", asked, {"id": True, "cidr_block": True}) for name in ("one", "two")]
    document = plan()
    document["resource_changes"] = [instance.change for instance in looked_up]
    document["configuration"]["root_module"]["resources"] = [instance.block for instance in looked_up]
    first, second = of(fragment(tmp_path / "tfplan.json", document), Vpc)
    assert identity(first.id) == identity(second.id)


def test_a_main_table_that_is_not_the_default_one_is_told(tmp_path: Path) -> None:
    values = {
        "id": "vpc-1",
        "cidr_block": "10.1.0.0/16",
        "default_route_table_id": "rtb-0",
        "main_route_table_id": "rtb-9",
    }
    vpc = Planned("aws_vpc.app", values)
    found = fragment(tmp_path / "state.json", state(vpc))
    assert one(found, RouteTable).id == Known("rtb-0")
    assert one(found, MainAssociation).table == Known("rtb-9")
    moved = Planned(
        "aws_main_route_table_association.app", {"id": "rtbassoc-1", "vpc_id": "vpc-1", "route_table_id": "rtb-5"}
    )
    assert one(fragment(tmp_path / "state.json", state(vpc, moved)), MainAssociation).table == Known("rtb-5")


def test_an_arn_tells_the_place_of_everything_of_its_provider(tmp_path: Path) -> None:
    """Version 5 of the provider tells no Region of a peering; the VPC of the same provider has an ARN."""
    arn = "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a"
    vpc = Planned("aws_vpc.a", {"id": "vpc-0a", "cidr_block": "10.1.0.0/16", "arn": arn})
    ends = {"vpc_id": "vpc-0a", "peer_vpc_id": "vpc-0b"}
    near = Planned("aws_vpc_peering_connection.ab", ends, {"id": True})
    far = Planned("aws_vpc_peering_connection.ba", ends, {"id": True}, provider="aws.peer")
    providers = {"aws": {"name": "aws"}, "aws.peer": {"name": "aws", "alias": "peer"}}
    found = fragment(tmp_path / "tfplan.json", plan(vpc, near, far, providers=providers))
    ours, theirs = one(found, Peering, near.address).place, one(found, Peering, far.address).place
    assert (ours.region, ours.account) == (Known("eu-west-1"), Known("111122223333"))
    assert isinstance(theirs.region, Unknown)
    assert isinstance(theirs.account, Unknown)


def test_a_providers_constants_count_and_its_references_do_not(tmp_path: Path) -> None:
    """``region = var.region`` cannot be told from what is only made of the variable."""
    role = {"role_arn": {"constant_value": "arn:aws:iam::444455556666:role/peer"}}
    providers = {
        "aws": {"name": "aws", "expressions": {"region": {"references": ["var.region"]}}},
        "aws.peer": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-3"}, "assume_role": [role]}},
    }
    unknown = {"id": True}
    near = Planned("aws_vpc.a", {"cidr_block": "10.1.0.0/16"}, unknown)
    far = Planned("aws_vpc.b", {"cidr_block": "10.2.0.0/16"}, unknown, provider="aws.peer")
    variables = {"region": {"value": "eu-west-1"}}
    found = fragment(tmp_path / "tfplan.json", plan(near, far, providers=providers, variables=variables))
    theirs = one(found, Vpc, "aws_vpc.b").place
    assert (theirs.region, theirs.account) == (Known("eu-west-3"), Known("444455556666"))
    assert isinstance(one(found, Vpc, "aws_vpc.a").place.region, Unknown)


def test_the_region_argument_of_a_resource_goes_before_its_provider(tmp_path: Path) -> None:
    providers = {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-3"}}}}
    group = Planned("aws_security_group.app", {"vpc_id": "vpc-1", "region": "eu-west-1"}, {"id": True})
    found = fragment(tmp_path / "tfplan.json", plan(group, providers=providers))
    assert one(found, SecurityGroup).place.region == Known("eu-west-1")


def test_a_plan_of_chosen_resources_leaves_the_rest_open(tmp_path: Path) -> None:
    vpc = Planned("aws_vpc.a", {"cidr_block": "10.1.0.0/16"}, {"id": True})
    assert fragment(tmp_path / "tfplan.json", plan(vpc)).gaps == ()
    (gap,) = fragment(tmp_path / "tfplan.json", plan(vpc, complete=False)).gaps
    assert gap.touches is None


def test_what_the_source_leaves_to_others_stays_open(tmp_path: Path) -> None:
    source = """
        resource "aws_vpc_peering_connection" "ab" {
          vpc_id      = "vpc-0a"
          peer_vpc_id = "vpc-0b"

          lifecycle {
            ignore_changes = [requester]
          }
        }
    """
    peering = Planned("aws_vpc_peering_connection.ab", {"vpc_id": "vpc-0a", "peer_vpc_id": "vpc-0b"}, {"id": True})
    write(tmp_path / "root", {"main.tf": source})
    (option,) = one(fragment(tmp_path / "root" / "tfplan.json", plan(peering)), Peering).dns
    assert isinstance(option.value, Unknown)


def test_a_dynamic_block_over_what_is_not_known_may_be_none_or_many(tmp_path: Path) -> None:
    """It is planned as one block of which nothing is known, and left out of the configuration in the plan."""
    block = {"from_port": None, "to_port": None, "protocol": None, "cidr_blocks": None, "self": None}
    unknown = {"id": True, "ingress": [dict.fromkeys(block, True)]}
    group = Planned("aws_security_group.app", {"name": "app", "vpc_id": "vpc-1", "ingress": [block]}, unknown)
    document = plan(group)
    del document["configuration"]["root_module"]["resources"][0]["expressions"]["ingress"]
    rule = one(fragment(tmp_path / "tfplan.json", document), Permission)
    assert rule.origin.presence.many
    assert rule.origin.presence.doubt is not None


def test_what_a_state_tells_to_be_accepted_is(tmp_path: Path) -> None:
    values = {"id": "pcx-1", "vpc_id": "vpc-1", "peer_vpc_id": "vpc-2", "accept_status": "active"}
    peering = Planned("aws_vpc_peering_connection.ab", values)
    assert one(fragment(tmp_path / "state.json", state(peering)), Peering).accepted
    pending = Planned(peering.address, {**values, "accept_status": "pending-acceptance"})
    assert not one(fragment(tmp_path / "state.json", state(pending)), Peering).accepted


def _applied(**more: Json | bool | str | list[Json]) -> Planned:
    ends = {"id": "pcx-1", "vpc_id": "vpc-1", "peer_vpc_id": "vpc-2"}
    return Planned("aws_vpc_peering_connection.ab", {**ends, **more})


def test_a_region_that_the_provider_filled_in_is_not_written(tmp_path: Path) -> None:
    """It refuses ``peer_region`` and ``auto_accept`` together, so that what exists was made without."""
    accepted = _applied(auto_accept=True, peer_region="eu-west-1")
    assert one(fragment(tmp_path / "state.json", state(accepted)), Peering).peer_region is None
    elsewhere = _applied(auto_accept=False, peer_region="eu-west-3")
    assert one(fragment(tmp_path / "state.json", state(elsewhere)), Peering).peer_region == Known("eu-west-3")


def test_options_that_the_provider_filled_in_are_not_written(tmp_path: Path) -> None:
    """The connection tells ``false`` for both sides; only the resource for the options was written."""
    off: list[Json] = [{"allow_remote_vpc_dns_resolution": False}]
    on: list[Json] = [{"allow_remote_vpc_dns_resolution": True}]
    connection = _applied(requester=off, accepter=off)
    ids = {"id": "pcx-1", "vpc_peering_connection_id": "pcx-1"}
    options = Planned("aws_vpc_peering_connection_options.ab", {**ids, "requester": on, "accepter": on})
    found = fragment(tmp_path / "state.json", state(connection, options))
    assert one(found, Peering).dns == ()
    assert [option.value for option in one(found, PeeringOptions).dns] == [Known(True), Known(True)]
    alone = one(fragment(tmp_path / "state.json", state(connection)), Peering)
    assert [option.value for option in alone.dns] == [Known(False), Known(False)]
    planned = plan(connection)
    for side in ("requester", "accepter"):
        del planned["configuration"]["root_module"]["resources"][0]["expressions"][side]
    assert one(fragment(tmp_path / "tfplan.json", planned), Peering).dns == ()
