"""``Fn::ForEach``: what a loop makes, and where it says that it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions
from peerlint.network.model import Fragment, Peering, Route, Store, Subnet, Vpc
from tests.cloudformation.written import all_of, fragment, only, place, problems, unreadable
from tests.values import identity, known

HEAD = """\
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'A, B'}
  Env: {Type: String, Default: dev}
  Nobody: {Type: CommaDelimitedList}
Mappings:
  Nets:
    A: {cidr: 10.1.0.0/16, subnets: [X, Y]}
    B: {cidr: 10.2.0.0/16, subnets: [Z]}
  Peers:
    dev: {all: [B]}
"""
VPCS = """\
Resources:
  Fn::ForEach::Vpcs:
    - Id
    - !Ref Names
    - Vpc${Id}:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: !FindInMap [Nets, !Ref Id, cidr]
          Tags: [{Key: Name, Value: !Sub 'net-${Id}'}, {Key: Plain, Value: 'net-${Id}'}]
"""


def vpcs(found: Fragment) -> dict[str, str]:
    return {vpc.origin.address: known(vpc.blocks[0].cidr).written for vpc in all_of(found, Vpc)}


def test_a_loop_makes_one_resource_for_each_item_at_the_places_of_its_text(tmp_path: Path) -> None:
    found = fragment(tmp_path, HEAD + VPCS)
    assert vpcs(found) == {"VpcA": "10.1.0.0/16", "VpcB": "10.2.0.0/16"}
    names = [known(vpc.name) for vpc in all_of(found, Vpc) if vpc.name is not None]
    assert names == ["net-A", "net-B"]
    for vpc in all_of(found, Vpc):
        assert place(vpc.origin.span) == (16, 7, 16, 15)
        assert place(vpc.origin.at("CidrBlock")) == (19, 11, 19, 54)
    assert (problems(found), found.gaps) == ([], ())


def test_the_collection_comes_from_what_is_given(tmp_path: Path) -> None:
    found = fragment(tmp_path, HEAD + VPCS, CloudFormationOptions({"Names": ["B"]}))
    assert list(vpcs(found)) == ["VpcB"]


def test_loops_in_loops_go_through_each_others_items(tmp_path: Path) -> None:
    text = (
        HEAD
        + VPCS
        + """\
  Fn::ForEach::Outer:
    - Id
    - [A, B]
    - Fn::ForEach::Inner:
        - Part
        - !FindInMap [Nets, !Ref Id, subnets]
        - Subnet${Id}${Part}:
            Type: AWS::EC2::Subnet
            DependsOn: Vpc${Id}
            Properties: {VpcId: !Ref {'Fn::Sub': 'Vpc${Id}'}, AvailabilityZone: !Ref Part}
"""
    )
    found = all_of(fragment(tmp_path, text), Subnet)
    shown = [(s.origin.address, identity(s.vpc).address, known(s.zone)) for s in found if s.zone is not None]
    assert shown == [("SubnetAX", "VpcA", "X"), ("SubnetAY", "VpcA", "Y"), ("SubnetBZ", "VpcB", "Z")]


def test_an_ampersand_leaves_letters_and_digits(tmp_path: Path) -> None:
    text = """\
Transform: [AWS::LanguageExtensions]
Resources:
  Fn::ForEach::Vpcs: [Block, [10.1.0.0/16, 10.2.0.0/16], {'Vpc&{Block}': {Type: 'AWS::EC2::VPC', \
Properties: {CidrBlock: '${Block}'}}}]
"""
    assert vpcs(fragment(tmp_path, text)) == {"Vpc1010016": "10.1.0.0/16", "Vpc1020016": "10.2.0.0/16"}


def test_loops_in_conditions_outputs_and_properties(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
Conditions:
  Fn::ForEach::Is: [Name, [dev, prod], {'Is${Name}': !Equals [!Ref Env, '${Name}']}]
Resources:
  Dev:
    Type: AWS::EC2::VPC
    Condition: Isdev
    Properties:
      Fn::ForEach::Settings: [Word, [Support, Hostnames], {'EnableDns${Word}': true}]
  Prod: {Type: 'AWS::EC2::VPC', Condition: Isprod}
Outputs:
  Fn::ForEach::Out: [Name, [Dev], {'${Name}Id': {Value: !Ref '${Name}', Export: {Name: !Sub 'net-${Name}'}}}]
"""
    )
    found = fragment(tmp_path, text)
    vpc = only(found, Vpc)
    assert (known(vpc.dns_support), known(vpc.dns_hostnames), vpc.origin.presence.doubt) == (True, True, None)
    assert [(each.store, each.name) for each in found.published] == [(Store.EXPORT, "net-Dev")]


def test_a_get_att_by_a_computed_name(tmp_path: Path) -> None:
    text = (
        HEAD
        + VPCS
        + """\
  Fn::ForEach::Peers:
    - Peer
    - !FindInMap [Peers, !Ref Env, all]
    - To${Peer}: {Type: 'AWS::EC2::VPCPeeringConnection', Properties: {VpcId: !Ref VpcA, PeerVpcId: !Ref 'Vpc${Peer}'}}
      Route${Peer}:
        Type: AWS::EC2::Route
        Properties:
          RouteTableId: rtb-1
          DestinationCidrBlock: !GetAtt [!Sub 'Vpc${Peer}', CidrBlock]
          VpcPeeringConnectionId: !GetAtt 'To${Peer}.Id'
"""
    )
    found = fragment(tmp_path, text)
    peering, route = only(found, Peering), only(found, Route)
    assert identity(peering.peer_vpc).address == "VpcB"
    assert "10.2.0.0/16" in str(route.destination)
    assert identity(route.target.id) == identity(peering.id)
    assert problems(found) == []


def test_a_loop_over_what_is_not_known_leaves_the_template_open(tmp_path: Path) -> None:
    found = fragment(tmp_path, HEAD + VPCS.replace("!Ref Names", "!Ref Nobody"))
    assert (all_of(found, Vpc), problems(found)) == ([], [])
    assert [gap.reason for gap in found.gaps] == ["`Fn::ForEach::Vpcs` is not evaluated"]


@pytest.mark.parametrize(
    ("text", "says", "line", "column"),
    [
        (VPCS, "needs the transform", 2, 3),
        (HEAD + "Resources:\n  Fn::ForEach::V: [Id, [A]]\n", "takes a list", 13, 3),
        (HEAD + "Resources:\n  Fn::ForEach: [Id, [A], {'V${Id}': {Type: 'AWS::EC2::VPC'}}]\n", "is named", 13, 3),
        (
            HEAD + "Resources:\n  Fn::ForEach::V: [Id, [A, A], {'V${Id}': {Type: 'AWS::EC2::VPC'}}]\n",
            "makes `VA` a second time",
            13,
            33,
        ),
    ],
)
def test_what_is_no_loop(tmp_path: Path, text: str, says: str, line: int, column: int) -> None:
    (problem,) = fragment(tmp_path, text + "  Vpc: {Type: 'AWS::EC2::VPC'}\n").problems
    assert says in problem.message
    assert (problem.kind.value, problem.at.line, problem.at.column) == ("PL902", line, column)


def test_loops_that_would_make_millions_are_refused(tmp_path: Path) -> None:
    items = ", ".join(f"i{n}" for n in range(100))
    loop = "{'${A}${B}${C}${D}': {Type: 'AWS::EC2::VPC'}}"
    for name in "DCBA":
        loop = f"{{'Fn::ForEach::L{name}': [{name}, [{items}], {loop}]}}"
    problem = unreadable(fragment(tmp_path, f"Transform: AWS::LanguageExtensions\nResources: {loop}\n"))
    assert "loops make more than" in problem.message


UNROLLED = """\
Resources:
  VpcA:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16, Tags: [{Key: Name, Value: net-A}, {Key: Plain, Value: net-A}]}
  VpcB:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.2.0.0/16, Tags: [{Key: Name, Value: net-B}, {Key: Plain, Value: net-B}]}
"""


def test_a_loop_is_what_it_would_be_written_out(tmp_path: Path) -> None:
    group = "  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {VpcId: !Ref VpcA}}\n"
    looped = fragment(tmp_path, HEAD + VPCS + group)
    written = fragment(tmp_path, HEAD + UNROLLED + group)
    shown = [
        [(type(e).__name__, e.origin.address, getattr(e, "id", None), getattr(e, "name", None)) for e in found.entities]
        for found in (looped, written)
    ]
    assert shown[0] == shown[1]
    assert vpcs(looped) == vpcs(written)
    assert problems(looped) == problems(written) == []
