"""Templates that one stack makes together: addresses, identities, values handed over and read back."""

from __future__ import annotations

from peerlint.cloudformation import CloudFormationOptions
from peerlint.cloudformation.decode import decode_mapping
from peerlint.cloudformation.evaluate import Evaluator
from peerlint.cloudformation.lift import lift
from peerlint.cloudformation.lift.item import Stack
from peerlint.cloudformation.stacks.nesting import Nesting
from peerlint.cloudformation.template import open_template
from peerlint.network.model import Presence, Route, Subnet, TargetKind, Vpc
from peerlint.network.values import Identity, Known, Span, Unknown
from tests.values import identity, known

PARENT = """
Parameters:
  Env: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: 'AWS::EC2::InternetGateway'}
  Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: net.yaml}}
  Here: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !GetAtt Net.Outputs.Vpc, CidrBlock: !GetAtt Net.Outputs.Block}}
  Read: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !GetAtt Net.Outputs.None}}
"""
CHILD = """
Parameters:
  Given: {Type: String}
  Gateway: {Type: String}
  Zones: {Type: CommaDelimitedList}
  Env: {Type: String, Default: prod}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.8.0.0/16}}
  There: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Given, AvailabilityZone: !Select [1, !Ref Zones]}}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: rtb-1, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  Prod: {Type: 'AWS::EC2::VPC', Condition: IsProd}
Outputs:
  Vpc: {Value: !Ref Vpc}
  Block: {Value: !GetAtt Vpc.CidrBlock}
"""
CALL = Span("/parent.yaml", 9, 3, 9, 6)
DOUBT = Presence("condition `IsProd` is undecided", frozenset({("/parent.yaml: Env == prod", True)}))


def stacks() -> tuple[Stack, Stack]:
    outer = open_template(decode_mapping(PARENT.encode(), "/parent.yaml")[0], "/parent.yaml")
    inner = open_template(decode_mapping(CHILD.encode(), "/net.yaml")[0], "/parent.yaml")
    assert outer is not None
    assert inner is not None
    parent = Evaluator(outer, CloudFormationOptions({"Given": "vpc-of-the-parent"}))
    arguments = {
        "Given": lambda: parent.reference("Vpc", "", CALL),
        "Gateway": lambda: parent.reference("Gateway", "", CALL),
        "Env": lambda: parent.reference("Env", "", CALL),
        "Zones": lambda: parent.resolved("a, b", CALL),
    }
    child = Evaluator(inner, CloudFormationOptions(), Nesting("Net/", arguments, (CALL,), DOUBT))
    parent.adopt("Net", child)
    return Stack(parent, parent.place), Stack(child, child.place)


def test_what_a_nested_stack_declares_is_addressed_through_its_resource() -> None:
    parent, child = stacks()
    outer = {entity.origin.address: entity for entity in lift(parent) if isinstance(entity, Vpc | Subnet)}
    inner = {entity.origin.address: entity for entity in lift(child) if isinstance(entity, Vpc | Subnet)}
    assert set(inner) == {"Net/Vpc", "Net/There", "Net/Prod"}
    vpc = inner["Net/Vpc"]
    assert identity(vpc.id) == Identity("/parent.yaml", "Net/Vpc", "id")
    assert (vpc.origin.calls, vpc.origin.presence, vpc.origin.span.file) == ((CALL,), DOUBT, "/net.yaml")
    assert outer["Vpc"].origin.calls == ()


def test_parameters_come_from_the_parent_and_outputs_go_back() -> None:
    parent, child = stacks()
    outer = {entity.origin.address: entity for entity in lift(parent) if isinstance(entity, Subnet)}
    (inner,) = (entity for entity in lift(child) if isinstance(entity, Subnet))
    assert identity(inner.vpc) == Identity("/parent.yaml", "Vpc", "id")
    assert inner.zone is not None
    assert known(inner.zone) == "b"
    assert identity(outer["Here"].vpc) == Identity("/parent.yaml", "Net/Vpc", "id")
    assert known(outer["Here"].blocks[0].cidr).written == "10.8.0.0/16"
    assert identity(outer["Read"].vpc) == Identity("/parent.yaml", "Net/Outputs", "None")


def test_a_type_is_known_across_stacks() -> None:
    (route,) = (entity for entity in lift(stacks()[1]) if isinstance(entity, Route))
    assert route.target.kind is TargetKind.INTERNET


def test_conditions_about_one_value_are_one_across_stacks() -> None:
    parent, child = stacks()
    answers = {
        name: evaluator.conditions.needs("IsProd", True)
        for name, evaluator in (("outer", parent.evaluator), ("inner", child.evaluator))
    }
    assert answers["inner"] & answers["outer"] == {("/parent.yaml: Env == prod", True)}


def test_a_nested_stack_has_the_place_of_its_parent_unless_it_is_put_elsewhere() -> None:
    parent, child = stacks()
    assert child.place == parent.place
    elsewhere = Evaluator(child.evaluator.template, CloudFormationOptions(), Nesting("Set/", place="Set/"))
    assert identity(elsewhere.place.region) != identity(parent.place.region)


def test_a_list_of_ids_is_handed_over_as_a_text_and_taken_apart() -> None:
    parent, child = stacks()
    text = "!Join [',', [!Ref Vpc, !Ref Gateway]]"
    node = decode_mapping(f"Value: {text}".encode(), "/parent.yaml")[0].get("Value")
    assert node is not None
    nesting = Nesting("Net/", {"Zones": lambda: parent.evaluator.quietly(node)})
    other = Evaluator(child.evaluator.template, CloudFormationOptions(), nesting)
    zones = other.reference("Zones", "", CALL)
    assert isinstance(zones, Known)
    assert isinstance(zones.value, tuple)
    assert [identity(zone).address for zone in zones.value if isinstance(zone, Unknown)] == ["Vpc", "Gateway"]


def test_values_that_go_in_a_circle_through_stacks_end() -> None:
    text = """
Parameters: {Given: {Type: String}}
Resources: {Net: {Type: 'AWS::CloudFormation::Stack'}}
Outputs: {Given: {Value: !Sub ['${x}', {x: !Join ['', [!Ref Given]]}]}}
"""
    template = open_template(decode_mapping(text.encode(), "/net.yaml")[0], "/net.yaml")
    assert template is not None
    family = [Evaluator(template, CloudFormationOptions())]
    for number in range(6):
        last = family[-1]
        argument = {"Given": lambda: family[-2].attribute("Net", "Outputs.Given", "", CALL)}
        family.append(Evaluator(template, CloudFormationOptions(), Nesting(f"{'Net/' * (number + 1)}", argument)))
        last.adopt("Net", family[-1])
    assert isinstance(family[2].attribute("Net", "Outputs.Given", "", CALL), Unknown)
