"""DNS options that custom resources set: what is read of the API call that they state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peerlint.network.model import Kind, PeeringOptions, Side
from peerlint.network.values import Identity, Known, Unknown
from tests.cloudformation.written import all_of, fragment

NETWORK = """\
Resources:
  Pcx: {Type: 'AWS::EC2::VPCPeeringConnection', Properties: {VpcId: vpc-1, PeerVpcId: vpc-2}}
"""
PLAIN = """\
  Options:
    Type: Custom::PeeringOptions
    Properties:
      ServiceToken: arn:aws:lambda:eu-west-1:111122223333:function:sdk
      Action: modifyVpcPeeringConnectionOptions
      Parameters:
        VpcPeeringConnectionId: !Ref Pcx
        RequesterPeeringConnectionOptions: {AllowDnsResolutionFromRemoteVpc: REQUESTER}
        AccepterPeeringConnectionOptions: {AllowDnsResolutionFromRemoteVpc: "false"}
"""


def cdk(create: str, update: str = "") -> str:
    """What CDK writes for an AwsCustomResource."""
    properties = {"ServiceToken": "arn:x", "Create": create, **({"Update": update} if update else {})}
    lines = "".join(f"      {name}: {value}\n" for name, value in properties.items())
    return f"  Options:\n    Type: Custom::AWS\n    Properties:\n{lines}"


def call(option: object, connection: str = "pcx-0a1b2c3d", **more: str) -> str:
    """The JSON text of a call for the requester's side."""
    parameters = {
        "VpcPeeringConnectionId": connection,
        "RequesterPeeringConnectionOptions": {"AllowDnsResolutionFromRemoteVpc": option},
    }
    made = {"service": "EC2", "action": "modifyVpcPeeringConnectionOptions", "parameters": parameters, **more}
    return f"'{json.dumps(made)}'"


def options(folder: Path, resource: str) -> list[PeeringOptions]:
    return all_of(fragment(folder, NETWORK + resource), PeeringOptions)


@pytest.mark.parametrize(("written", "value"), [("true", True), ("'true'", True), ("false", False)])
def test_the_parameters_of_the_call_are_the_options(tmp_path: Path, written: str, value: bool) -> None:
    (found,) = options(tmp_path, PLAIN.replace("REQUESTER", written))
    assert isinstance(found.peering, Unknown)
    assert found.peering.of == Identity(str(tmp_path / "net.yaml"), "Pcx", "id")
    assert [(option.side, option.value) for option in found.dns] == [
        (Side.REQUESTER, Known(value)),
        (Side.ACCEPTER, Known(False)),
    ]


def test_what_is_stated_leaves_nothing_open(tmp_path: Path) -> None:
    role = "  Role: {Type: 'AWS::IAM::Role', Properties: {Action: 'ec2:ModifyVpcPeeringConnectionOptions'}}\n"
    assert fragment(tmp_path, NETWORK + PLAIN.replace("REQUESTER", "true") + role).gaps == ()
    (gap,) = fragment(tmp_path, NETWORK + role).gaps
    assert gap.kinds == {Kind.DNS_OPTION}


def test_json_of_cdk_is_read(tmp_path: Path) -> None:
    (found,) = options(tmp_path, cdk(call(True)))
    assert found.peering == Known("pcx-0a1b2c3d")
    assert [(option.side, option.value) for option in found.dns] == [(Side.REQUESTER, Known(True))]


def test_references_in_json_are_what_they_refer_to(tmp_path: Path) -> None:
    before, after = call(True, "|").strip("'").split("|")
    (found,) = options(tmp_path, cdk(f"!Join ['', ['{before}', !Ref Pcx, '{after}']]"))
    assert isinstance(found.peering, Unknown)
    assert found.peering.of == Identity(str(tmp_path / "net.yaml"), "Pcx", "id")


def test_an_update_that_says_the_same_is_one_and_another_is_two(tmp_path: Path) -> None:
    assert len(options(tmp_path, cdk(call(True), call(True)))) == 1
    assert len(options(tmp_path, cdk(call(True), call(False)))) == 2


def test_a_call_elsewhere_is_not_in_the_stacks_place(tmp_path: Path) -> None:
    here, there = (options(tmp_path, cdk(call(True, **more)))[0] for more in ({}, {"region": "us-east-1"}))
    assert isinstance(here.place.region, Unknown)
    assert here.place.region.of is not None
    assert isinstance(there.place.region, Unknown)
    assert there.place.region.of is None


@pytest.mark.parametrize(
    "resource",
    [
        cdk('\'{"action":"modifyVpcPeeringConnectionOptions","parameters":{\''),
        cdk("'modifyVpcPeeringConnectionOptions'"),
        cdk("!Join [',', ['{\"action\":\"modifyVpcPeeringConnectionOptions\"', !Ref Pcx, '}']]"),
        cdk('!Sub \'{"action":"modifyVpcPeeringConnectionOptions","parameters":${Pcx}}\''),
        PLAIN.replace("RequesterPeeringConnectionOptions", "Requester").replace("AccepterPeering", "Peering"),
        PLAIN.replace("VpcPeeringConnectionId", "Connection").replace("REQUESTER", "true"),
    ],
)
def test_a_call_that_is_not_stated_leaves_the_options_open(tmp_path: Path, resource: str) -> None:
    found = fragment(tmp_path, NETWORK + resource)
    assert all_of(found, PeeringOptions) == []
    assert Kind.DNS_OPTION in {kind for gap in found.gaps for kind in gap.kinds}
