"""Files of an inventory, good and bad: what is read of them, and what is said at which place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.inventory import read
from peerlint.inventory.documents import Text, documents
from peerlint.limits import LIMITS, Limits
from peerlint.network.link import link
from peerlint.network.model import (
    AclEntry,
    BlockKind,
    CidrDestination,
    Direction,
    Fragment,
    GroupPeer,
    NetworkAcl,
    Peering,
    Permission,
    PrefixList,
    PrefixListEntry,
    Route,
    RouteTable,
    SecurityGroup,
    SelfPeer,
    Side,
    Subnet,
    SubnetAssociation,
    TargetKind,
    Vpc,
)
from peerlint.network.values import Known
from tests.inventory.account import Account, id_of


def _read(tmp_path: Path, text: str, name: str = "inventory.json", limits: Limits = LIMITS) -> Fragment:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read([str(file)], limits)


def _problems(fragment: Fragment) -> list[tuple[int, str]]:
    return [(problem.at.line, problem.message) for problem in fragment.problems]


def _vpc(fragment: Fragment, id: str) -> Vpc:
    return next(e for e in fragment.entities if isinstance(e, Vpc) and e.id == Known(id))


VPC = id_of("vpc", "a")


def test_a_vpc_has_the_blocks_that_are_associated(tmp_path: Path) -> None:
    states = {
        "10.0.0.0/16": "associated",
        "10.1.0.0/16": "disassociated",
        "10.2.0.0/16": "associating",
        "10.3.0.0/16": "failed",
    }
    associations = [{"CidrBlock": cidr, "CidrBlockState": {"State": state}} for cidr, state in states.items()]
    six = [{"Ipv6CidrBlock": "2001:db8:12:3400::/56", "Ipv6CidrBlockState": {"State": "associated"}}]
    record = {
        "VpcId": VPC,
        "CidrBlock": "10.0.0.0/16",
        "CidrBlockAssociationSet": associations,
        "Ipv6CidrBlockAssociationSet": six,
    }
    vpc = _vpc(_read(tmp_path, json.dumps({"Vpcs": [record]})), VPC)
    blocks = {str(b.cidr.value): (b.version, b.kind) for b in vpc.blocks if isinstance(b.cidr, Known)}
    assert blocks == {
        "10.0.0.0/16": (4, BlockKind.PRIMARY),
        "10.2.0.0/16": (4, BlockKind.SECONDARY),
        "2001:db8:12:3400::/56": (6, BlockKind.SECONDARY),
    }
    assert vpc.complete


def test_a_block_that_is_going_leaves_the_blocks_open(tmp_path: Path) -> None:
    association = {"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "disassociating"}}
    record = {"VpcId": VPC, "CidrBlock": "10.1.0.0/16", "CidrBlockAssociationSet": [association]}
    assert not _vpc(_read(tmp_path, json.dumps({"Vpcs": [record]})), VPC).complete


def test_a_vpc_of_another_account_is_told_by_its_connection(tmp_path: Path) -> None:
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    account.vpc("b", "10.1.0.0/16", "10.2.0.0/16")
    account.peering("a", "b")
    account.documents["Vpcs"].pop()
    fragment = _read(tmp_path, account.text("Subnets", "RouteTables"))
    vpc = _vpc(fragment, id_of("vpc", "b"))
    assert [str(b.cidr.value) for b in vpc.blocks if isinstance(b.cidr, Known)] == ["10.1.0.0/16", "10.2.0.0/16"]
    assert vpc.complete
    assert vpc.place.region == Known("eu-west-1")
    assert vpc.place.account == Known("111122223333")


@pytest.mark.parametrize(
    ("zone", "region"),
    [("eu-west-1a", "eu-west-1"), ("us-west-2-lax-1a", "us-west-2"), ("us-gov-west-1b", "us-gov-west-1")],
)
def test_a_zone_tells_the_region(tmp_path: Path, zone: str, region: str) -> None:
    vpc = {"Vpcs": [{"VpcId": VPC, "CidrBlock": "10.0.0.0/16"}]}
    subnet = {"Subnets": [{"SubnetId": id_of("subnet", "a"), "VpcId": VPC, "AvailabilityZone": zone}]}
    fragment = _read(tmp_path, json.dumps(vpc) + json.dumps(subnet))
    assert _vpc(fragment, VPC).place.region == Known(region)


@pytest.mark.parametrize("status", ["deleted", "rejected", "failed", "expired"])
def test_a_connection_that_is_none_is_passed_over(tmp_path: Path, status: str) -> None:
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    account.vpc("b", "10.1.0.0/16")
    account.peering("a", "b", status)
    assert not any(isinstance(e, Peering) for e in _read(tmp_path, account.text()).entities)


def test_a_connection_that_waits_is_uncertain(tmp_path: Path) -> None:
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    account.vpc("b", "10.1.0.0/16")
    account.peering("a", "b", "pending-acceptance", dns=True)
    (peering,) = (e for e in _read(tmp_path, account.text()).entities if isinstance(e, Peering))
    assert peering.origin.presence.doubt is not None
    assert not peering.accepted
    assert peering.shown is not None
    assert [(option.side, option.value) for option in peering.shown.dns] == [(side, Known(True)) for side in Side]


def test_routes_have_the_target_that_is_there(tmp_path: Path) -> None:
    targets = {
        "10.1.0.0/16": {"VpcPeeringConnectionId": "pcx-1"},
        "10.2.0.0/16": {"GatewayId": "vgw-1", "Origin": "EnableVgwRoutePropagation"},
        "10.3.0.0/16": {"NatGatewayId": "nat-1"},
        "10.4.0.0/16": {"TransitGatewayId": "tgw-1"},
        "10.5.0.0/16": {"InstanceId": "i-1", "InstanceOwnerId": "111122223333", "NetworkInterfaceId": "eni-1"},
        "10.0.0.0/16": {"GatewayId": "local"},
        "0.0.0.0/0": {"GatewayId": "igw-1"},
        "10.6.0.0/16": {"GatewayId": "vpce-1"},
    }
    routes = [{"DestinationCidrBlock": cidr, "State": "active", **target} for cidr, target in targets.items()]
    associations = [
        {"Main": True, "RouteTableAssociationId": "rtbassoc-1"},
        {"Main": False, "SubnetId": id_of("subnet", "a")},
    ]
    table = {"RouteTableId": "rtb-1", "VpcId": VPC, "Routes": routes, "Associations": associations}
    entities = _read(tmp_path, json.dumps({"RouteTables": [table]}, indent=4)).entities
    found = {
        str(e.destination.cidr.value): e.target.kind
        for e in entities
        if isinstance(e, Route) and isinstance(e.destination, CidrDestination) and isinstance(e.destination.cidr, Known)
    }
    kinds = ("PEERING", "VPN", "NAT", "TRANSIT", "INTERFACE", "LOCAL", "INTERNET", "ENDPOINT")
    assert found == {cidr: TargetKind[kind] for cidr, kind in zip(targets, kinds, strict=True)}
    assert [e.is_main for e in entities if isinstance(e, RouteTable)] == [True]
    assert [e.subnet for e in entities if isinstance(e, SubnetAssociation)] == [Known(id_of("subnet", "a"))]


def test_groups_and_acls(tmp_path: Path) -> None:
    pairs = [{"GroupId": "sg-1", "UserId": "111122223333"}, {"GroupId": "sg-2", "UserId": "444455556666"}]
    permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": pairs, "IpRanges": []}
    group = {"GroupId": "sg-1", "GroupName": "web", "VpcId": VPC, "OwnerId": "111122223333"}
    entry = {
        "RuleNumber": 100,
        "RuleAction": "allow",
        "Egress": False,
        "Protocol": "6",
        "CidrBlock": "10.0.0.0/8",
        "PortRange": {"From": 443, "To": 444},
    }
    acl = {"NetworkAclId": "acl-1", "VpcId": VPC, "Entries": [entry], "Associations": [{"SubnetId": "subnet-1"}]}
    text = json.dumps({"SecurityGroups": [{**group, "IpPermissions": [permission]}]}) + json.dumps(
        {"NetworkAcls": [acl]}
    )
    entities = _read(tmp_path, text).entities
    (found,) = (e for e in entities if isinstance(e, Permission))
    own, other = found.peers
    assert isinstance(own, SelfPeer)
    assert isinstance(other, GroupPeer)
    assert (other.group, other.account) == (Known("sg-2"), Known("444455556666"))
    assert [e.name for e in entities if isinstance(e, SecurityGroup)] == [Known("web")]
    (rule,) = (e for e in entities if isinstance(e, AclEntry))
    assert (rule.direction, rule.allow, rule.from_port, rule.to_port) == (
        Direction.INGRESS,
        Known(True),
        Known(443),
        Known(444),
    )
    assert [e.subnets for e in entities if isinstance(e, NetworkAcl)] == [(Known("subnet-1"),)]


def test_the_rules_of_a_group_count_once(tmp_path: Path) -> None:
    rule = {"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IpProtocol": "tcp", "CidrIpv4": "10.0.0.0/8"}
    rules = json.dumps({"SecurityGroupRules": [rule]})
    assert sum(isinstance(e, Permission) for e in _read(tmp_path, rules).entities) == 1
    group = {"GroupId": "sg-1", "VpcId": VPC, "IpPermissions": [{"IpProtocol": "tcp"}]}
    both = json.dumps({"SecurityGroups": [group]}) + rules
    assert sum(isinstance(e, Permission) for e in _read(tmp_path, both).entities) == 1


def test_the_entries_of_a_prefix_list_are_those_of_the_file_named_by_it(tmp_path: Path) -> None:
    entries = json.dumps({"Entries": [{"Cidr": "10.9.0.0/16", "Description": "data"}]})
    fragment = _read(tmp_path, entries, "pl-0f1e2d3c4b5a69788.json")
    network = link([fragment])
    found = network.prefix_lists.entries(Known("pl-0f1e2d3c4b5a69788"))
    assert found.closed
    assert [str(e.cidr.value) for e in found if isinstance(e.cidr, Known)] == ["10.9.0.0/16"]
    ((line, message),) = _problems(_read(tmp_path, entries))
    assert line == 1
    assert "does not tell which prefix list" in message


def test_a_prefix_list_without_its_entries_is_open(tmp_path: Path) -> None:
    own = {"PrefixListId": "pl-1", "PrefixListName": "com.amazonaws.eu-west-1.s3", "OwnerId": "AWS"}
    fragment = _read(tmp_path, json.dumps({"PrefixLists": [own]}))
    (found,) = (e for e in fragment.entities if isinstance(e, PrefixList))
    assert found.aws_owned
    assert found.outside
    told = {"PrefixLists": [{**own, "Cidrs": ["52.218.0.0/17"]}]}
    assert any(isinstance(e, PrefixListEntry) for e in _read(tmp_path, json.dumps(told)).entities)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "it is empty"),
        ("Vpcs:\n- VpcId: vpc-1\n", 1, "not JSON"),
        ('{\n "Vpcs": [\n  {"VpcId": "vpc-1"},\n', 3, "it ends too early"),
        ('{\n "Vpcs": [\n  {"VpcId": "vpc-1",}\n ]\n}', 3, "not JSON"),
        ('{"Vpcs": [{"VpcId": NaN}]}', 1, "NaN"),
        ("[" * 100_000, 1, "nested too deeply"),
        ('{"Reservations": []}', 1, "not the output of a command that is read ('Reservations')"),
        ("{}", 1, "not the output of a command that is read"),
        ('"text"', 1, "not the output of a command that is read"),
        ('{\n "Vpcs": {"VpcId": "vpc-1"}\n}', 2, "`Vpcs` is not a list"),
        ('{"Vpcs": [\n {"VpcId": 12}\n]}', 2, "expected `str`, got `int` at `VpcId`"),
        ('{"Vpcs": [\n {"VpcId": ""}\n]}', 2, "at `VpcId`"),
        ('{"Vpcs": [\n {"CidrBlock": "10.0.0.0/16"}\n]}', 2, "missing required field `VpcId`"),
        ('{"Vpcs": [\n "vpc-1"\n]}', 2, "expected `object`, got `str`"),
        ('{"Vpcs": [\n {"VpcId": "vpc-1",\n  "Tags": [{"Key": 1}]}\n]}', 3, "at `Tags`"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(tmp_path: Path, text: str, line: int, message: str) -> None:
    ((found, said),) = _problems(_read(tmp_path, text))
    assert found == line
    assert message in said


def test_a_bad_record_costs_only_itself_and_the_claim_to_be_whole(tmp_path: Path) -> None:
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    account.documents["RouteTables"].append({"RouteTableId": 7, "VpcId": id_of("vpc", "a")})
    fragment = _read(tmp_path, account.text())
    assert len(fragment.problems) == 1
    assert sum(isinstance(e, RouteTable) for e in fragment.entities) == 1
    assert "1 of the records of describe-route-tables cannot be read" in [gap.reason for gap in fragment.gaps]


def test_the_documents_before_a_mistake_are_read(tmp_path: Path) -> None:
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    fragment = _read(tmp_path, account.text() + '\n{"Vpcs": [')
    assert len(fragment.problems) == 1
    assert _vpc(fragment, id_of("vpc", "a")).complete


def test_many_bad_records_are_told_of_once_each_up_to_a_number(tmp_path: Path) -> None:
    assert len(_read(tmp_path, json.dumps({"Vpcs": [{"VpcId": n} for n in range(1000)]})).problems) == 10


def test_a_file_that_is_too_large_is_refused_by_a_limit(tmp_path: Path) -> None:
    ((_, message),) = _problems(_read(tmp_path, '{"Vpcs": []}', limits=Limits(inventory_size=8)))
    assert message.endswith("larger than 8 bytes (limits.inventory-size)")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_what_powershell_writes_is_read(tmp_path: Path, encoding: str) -> None:
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    file = tmp_path / "inventory.json"
    file.write_bytes(account.text().encode(encoding))
    fragment = read([str(file)], LIMITS)
    assert fragment.problems == ()
    assert _vpc(fragment, id_of("vpc", "a")).complete


def test_what_is_not_text_is_told_at_its_place(tmp_path: Path) -> None:
    file = tmp_path / "inventory.json"
    file.write_bytes(b'{"Vpcs": [\n {"VpcId": "\xff"}]}')
    ((line, message),) = _problems(read([str(file)], LIMITS))
    assert (line, message) == (2, "the inventory cannot be read: not UTF-8")


def test_a_file_given_twice_and_a_record_told_twice_count_once(tmp_path: Path) -> None:
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    first, second = tmp_path / "one.json", tmp_path / "two.json"
    first.write_text(account.text(), encoding="utf-8")
    second.write_text(account.text(), encoding="utf-8")
    fragment = read([str(first), str(first), str(second)], LIMITS)
    assert fragment.problems == ()
    assert sum(isinstance(e, Vpc) for e in fragment.entities) == 1


def test_of_two_different_descriptions_the_later_one_is_taken_and_said(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps({"Vpcs": [{"VpcId": VPC, "CidrBlock": "10.0.0.0/16"}]}), encoding="utf-8")
    new.write_text(json.dumps({"Vpcs": [{"VpcId": VPC, "CidrBlock": "10.1.0.0/16"}]}), encoding="utf-8")
    fragment = read([str(old), str(new)], LIMITS)
    (problem,) = fragment.problems
    assert problem.question == f"what {VPC} is like"
    assert "old.json:1" in problem.message
    (block,) = _vpc(fragment, VPC).blocks
    assert isinstance(block.cidr, Known)
    assert str(block.cidr.value) == "10.1.0.0/16"


def test_members_that_are_not_used_and_tags_of_any_kind_do_no_harm(tmp_path: Path) -> None:
    record = {"VpcId": VPC, "CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "Name", "Value": ""}], "New": {"a": [1, 2.5]}}
    vpc = _vpc(_read(tmp_path, json.dumps({"Vpcs": [record], "ResponseMetadata": {"HTTPStatusCode": 200}})), VPC)
    assert vpc.name is None
    assert vpc.origin.address == VPC


def test_documents_in_an_array_are_read(tmp_path: Path) -> None:
    """As ``jq --slurp`` writes them."""
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    slurped = json.dumps([{member: records} for member, records in account.documents.items()])
    assert _vpc(_read(tmp_path, slurped), id_of("vpc", "a")).complete


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
MEMBERS = ["Vpcs", "Subnets", "RouteTables", "VpcPeeringConnections", "SecurityGroups", "NetworkAcls", "PrefixLists"]


@given(st.dictionaries(st.sampled_from(MEMBERS), JSON | st.lists(JSON)), st.sampled_from([None, 0, 3]))
def test_no_json_makes_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, value: object, indent: int) -> None:
    _read(tmp_path_factory.mktemp("any"), json.dumps(value, indent=indent))


@given(st.lists(JSON, min_size=1), st.sampled_from([None, 1, 4]))
def test_the_place_of_every_value_is_its_own(values: list[object], indent: int) -> None:
    """The characters at the place of a value are those that write it, however it is written."""
    text = Text("\n".join(json.dumps({"": value}, indent=indent, ensure_ascii=False) for value in values), "f.json")
    found = list(documents(text))
    assert [document.value for document in found] == [{"": value} for value in values]
    for document in found:
        ((_, _, item),) = document.members()
        assert json.loads(text.text[item.start : item.end]) == item.value
        for element in item.elements() if isinstance(item.value, list) else ():
            assert json.loads(text.text[element.start : element.end]) == element.value


def test_every_subnet_and_table_lies_where_it_is_written(tmp_path: Path) -> None:
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    fragment = _read(tmp_path, account.text())
    lines = (tmp_path / "inventory.json").read_text(encoding="utf-8").splitlines()
    for entity in fragment.entities:
        if isinstance(entity, Vpc | Subnet | RouteTable):
            at = entity.origin.span
            written = lines[at.line - 1][at.column - 1 : at.end_column - 1]
            assert isinstance(entity.id, Known)
            assert written.endswith(f'"{entity.id.value}"')
