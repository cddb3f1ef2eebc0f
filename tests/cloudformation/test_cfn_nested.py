"""Nested stacks whose templates are on disk: what they are given, what is read back, and what is wrong with either."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions, read
from peerlint.network.model import Fragment, Gateway, Kind, Peering, ProblemKind, Route, Subnet, TargetKind, Vpc
from peerlint.network.values import Identity, Maybe, Unknown
from tests.cloudformation.written import all_of, only
from tests.values import identity, known, unknown

VPC = """\
Parameters:
  Cidr: {Type: String}
  Zones: {Type: CommaDelimitedList, Default: 'eu-west-1a, eu-west-1b'}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [1, !Ref Zones]}}
Outputs:
  Vpc: {Value: !Ref Vpc}
  Cidr: {Value: !GetAtt Vpc.CidrBlock}
"""
PEERING = """\
Parameters:
  A: {Type: AWS::EC2::VPC::Id}
  B: {Type: AWS::EC2::VPC::Id}
Resources:
  Pcx: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref A, PeerVpcId: !Ref B}}
"""
MAIN = """\
Parameters:
  Block: {Type: String, Default: 10.0.0.0/16}
  Peer: {Type: String}
Resources:
  Net:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: nets/vpc.yaml
      Parameters:
        Cidr: !Ref Block
  Peering:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: peering.yaml
      Parameters: {A: !GetAtt Net.Outputs.Vpc, B: !Ref Peer}
"""


def nested(
    folder: Path, main: str, others: Mapping[str, str] | None = None, options: CloudFormationOptions | None = None
) -> Fragment:
    """The fragment of ``main.yaml`` with the templates of a VPC and of a peering beside it, and others."""
    for name, text in {"main.yaml": main, "nets/vpc.yaml": VPC, "peering.yaml": PEERING, **(others or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read(str(folder / "main.yaml"), options or CloudFormationOptions())


def said(found: Fragment) -> list[tuple[str, str, int, str]]:
    """Each problem: rule, file, line, message."""
    return [(p.kind.value, os.path.basename(p.at.file), p.at.line, p.message) for p in found.problems]


def stack(properties: str, rest: str = "") -> str:
    """A template that nests ``nets/vpc.yaml`` as ``Net`` with these properties, and peers it."""
    return f"""\
Resources:
  Net:
    Type: AWS::CloudFormation::Stack
    Properties: {{TemplateURL: nets/vpc.yaml, {properties}}}
  Pcx: {{Type: AWS::EC2::VPCPeeringConnection, Properties: {{VpcId: !GetAtt Net.Outputs.Vpc, PeerVpcId: vpc-0abc12}}}}
{rest}"""


def test_a_stack_and_those_that_it_nests_are_one_network(tmp_path: Path) -> None:
    found = nested(tmp_path, MAIN)
    vpc, pcx = only(found, Vpc), only(found, Peering)
    assert (vpc.origin.address, pcx.origin.address) == ("Net/Vpc", "Peering/Pcx")
    assert identity(pcx.vpc) == identity(vpc.id) == Identity(str(tmp_path / "main.yaml"), "Net/Vpc", "id")
    assert identity(pcx.peer_vpc) == Identity(str(tmp_path / "main.yaml"), "Peer")
    assert known(vpc.blocks[0].cidr).written == "10.0.0.0/16"
    assert known(only(found, Subnet).zone) == "eu-west-1b"
    assert vpc.place == pcx.place
    assert [os.path.relpath(file, tmp_path) for file in found.files] == ["main.yaml", "nets/vpc.yaml", "peering.yaml"]
    assert found.problems == ()


def test_a_finding_leads_back_to_where_a_value_is_written(tmp_path: Path) -> None:
    found = nested(tmp_path, MAIN)
    block = only(found, Vpc).blocks[0].cidr
    assert not isinstance(block, Unknown)
    assert block.trail is not None
    assert [(os.path.basename(step.at.file), step.at.line, step.message) for step in block.trail()] == [
        ("main.yaml", 10, "`Cidr` is passed here to `Net`"),
        ("main.yaml", 2, "this is the default of `Block`"),
    ]
    assert [call.line for call in only(found, Vpc).origin.calls] == [5]


@pytest.mark.parametrize("written", ["nets/vpc.yaml", "./nets/../nets/vpc.yaml", "file://nets/vpc.yaml"])
def test_a_local_location_is_relative_to_the_template(tmp_path: Path, written: str) -> None:
    found = nested(tmp_path, stack("Parameters: {Cidr: 10.0.0.0/16}").replace("nets/vpc.yaml", written))
    assert only(found, Vpc).origin.address == "Net/Vpc"


def test_a_serverless_application_is_a_nested_stack(tmp_path: Path) -> None:
    text = "Transform: AWS::Serverless-2016-10-31\n" + stack("Parameters: {Cidr: 10.0.0.0/16}")
    text = text.replace("AWS::CloudFormation::Stack", "AWS::Serverless::Application").replace("TemplateURL", "Location")
    found = nested(tmp_path, text)
    assert identity(only(found, Peering).vpc) == identity(only(found, Vpc).id)


def test_what_a_template_of_a_url_holds_is_undecided_and_a_likely_file_is_named(tmp_path: Path) -> None:
    url = "!Sub 'https://${Bucket}.s3.amazonaws.com/${Prefix}nets/vpc.yaml'"
    text = "Parameters: {Bucket: {Type: String}, Prefix: {Type: String}}\n" + stack("Parameters: {Cidr: x}")
    found = nested(tmp_path, text.replace("TemplateURL: nets/vpc.yaml", f"TemplateURL: {url}"))
    assert all_of(found, Vpc) == []
    (problem,) = found.problems
    assert problem.question
    assert "it may be that of `nets/vpc.yaml`" in problem.message
    assert unknown(only(found, Peering).vpc).of == Identity(str(tmp_path / "main.yaml"), "Net", "Outputs.Vpc")


def test_a_file_that_is_not_there_is_found_wrong(tmp_path: Path) -> None:
    found = nested(tmp_path, stack("Parameters: {Cidr: x}").replace("nets/vpc.yaml", "nets/vcp.yaml"))
    message = "the template of `Net` was not read: there is no file `nets/vcp.yaml` beside this template"
    assert said(found) == [("PL903", "main.yaml", 4, message)]


def test_a_file_outside_of_what_was_given_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "vpc.yaml").write_text(VPC, encoding="utf-8")
    inside = tmp_path / "in"
    inside.mkdir()
    found = nested(inside, stack("Parameters: {Cidr: x}").replace("nets/vpc.yaml", "../vpc.yaml"))
    assert all_of(found, Vpc) == []
    assert "`../vpc.yaml` lies outside of what was given" in found.problems[0].message


def test_a_link_out_of_what_was_given_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "vpc.yaml").write_text(VPC, encoding="utf-8")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "vpc.yaml").symlink_to(tmp_path / "vpc.yaml")
    found = nested(inside, stack("Parameters: {Cidr: x}").replace("nets/vpc.yaml", "vpc.yaml"))
    assert all_of(found, Vpc) == []
    assert "`vpc.yaml` lies outside of what was given" in found.problems[0].message


def test_parameters_that_the_service_refuses(tmp_path: Path) -> None:
    found = nested(tmp_path, stack("Parameters: {Block: 10.0.0.0/16, Zones: !Ref AWS::NoValue}"))
    assert said(found) == [
        ("PL905", "main.yaml", 4, "`Net` is not given `Cidr`, which has no default in its template `vpc.yaml`"),
        ("PL905", "main.yaml", 4, "`Net` is given `Block`, which is no parameter of its template `vpc.yaml`"),
    ]
    assert found.problems[0].notes[0][1].line == 2


def test_an_output_that_there_is_not(tmp_path: Path) -> None:
    found = nested(tmp_path, stack("Parameters: {Cidr: 10.0.0.0/16}").replace("Outputs.Vpc", "Outputs.VpcId"))
    message = "`!GetAtt Net.Outputs.VpcId` leads to nothing: its template vpc.yaml has no such output"
    assert said(found) == [("PL905", "main.yaml", 5, message)]


def test_an_output_whose_condition_is_false(tmp_path: Path) -> None:
    child = "Conditions: {Never: !Equals [a, b]}\n" + VPC.replace("Vpc: {Value", "Vpc: {Condition: Never, Value")
    found = nested(tmp_path, stack("Parameters: {Cidr: 10.0.0.0/16}"), {"nets/vpc.yaml": child})
    (problem,) = found.problems
    assert problem.message.endswith("that output does not exist, as its condition `Never` is false")


def test_the_condition_of_a_nested_stack_is_that_of_all_it_declares(tmp_path: Path) -> None:
    head = "Parameters: {Env: {Type: String}}\nConditions: {Prod: !Equals [!Ref Env, prod]}\n"
    child = VPC.replace("Resources:", "Conditions: {Prod: !Equals [!Ref Env, prod]}\nResources:").replace(
        "Parameters:\n", "Parameters:\n  Env: {Type: String}\n"
    )
    text = head + stack("Parameters: {Cidr: 10.0.0.0/16, Env: !Ref Env}").replace(
        "    Properties: {Temp", "    Condition: Prod\n    Properties: {Temp"
    )
    child = child.replace("Vpc: {Type: AWS::EC2::VPC, ", "Vpc: {Type: AWS::EC2::VPC, Condition: Prod, ")
    presence = only(nested(tmp_path, text, {"nets/vpc.yaml": child}), Vpc).origin.presence
    assert presence.doubt == "condition `Prod` is undecided: `Env` has no value"
    assert (f"{tmp_path / 'main.yaml'}: Env == prod", True) in presence.guards


def test_stacks_for_the_values_of_one_parameter_exclude_each_other(tmp_path: Path) -> None:
    child = """\
Parameters: {Env: {Type: String}}
Conditions: {Here: !Equals [!Ref Env, NAME]}
Resources: {Vpc: {Type: AWS::EC2::VPC, Condition: Here, Properties: {CidrBlock: 10.0.0.0/16}}}
"""
    one = "  {0}:\n    Type: AWS::CloudFormation::Stack\n"
    one += "    Properties: {{TemplateURL: {0}.yaml, Parameters: {{Env: !Ref E}}}}\n"
    text = "Parameters: {E: {Type: String}}\nResources:\n" + one.format("dev") + one.format("prod")
    others = {f"{name}.yaml": child.replace("NAME", name) for name in ("dev", "prod")}
    first, second = all_of(nested(tmp_path, text, others), Vpc)
    assert first.origin.presence.excludes(second.origin.presence)


def test_a_list_is_passed_as_text(tmp_path: Path) -> None:
    zones = "!Join [',', [eu-west-1a, eu-west-1c]]"
    found = nested(tmp_path, stack(f"Parameters: {{Cidr: 10.0.0.0/16, Zones: {zones}}}"))
    assert known(only(found, Subnet).zone) == "eu-west-1c"


def test_a_number_is_a_text(tmp_path: Path) -> None:
    child = VPC.replace("CidrBlock: !Ref Cidr", "CidrBlock: !Sub '10.${Cidr}.0.0/16'")
    found = nested(tmp_path, stack("Parameters: {Cidr: 7}"), {"nets/vpc.yaml": child})
    assert known(only(found, Vpc).blocks[0].cidr).written == "10.7.0.0/16"


def test_parameters_that_nothing_tells_are_unknown_and_not_missed(tmp_path: Path) -> None:
    macro = "Parameters: {'Fn::Transform': {Name: Ours, Parameters: {}}}"
    found = nested(tmp_path, stack(macro))
    assert found.problems == ()
    assert identity(only(found, Vpc).blocks[0].cidr) == Identity(str(tmp_path / "main.yaml"), "Net/Cidr")


def test_a_nested_stack_has_a_name_of_its_own_and_the_place_of_its_parent(tmp_path: Path) -> None:
    child = VPC.replace("VpcId: !Ref Vpc,", "VpcId: !Ref Vpc, CidrBlock: !Sub '${AWS::StackName}', ").replace(
        "  Vpc: {Value: !Ref Vpc}", "  Vpc: {Value: !Ref AWS::StackId}"
    )
    found = nested(
        tmp_path,
        stack("Parameters: {Cidr: 10.0.0.0/16}").replace("PeerVpcId: vpc-0abc12", "PeerVpcId: !Ref Net"),
        {"nets/vpc.yaml": child},
        CloudFormationOptions(region="eu-west-1", account="111122223333"),
    )
    name = str(tmp_path / "main.yaml")
    assert identity(only(found, Subnet).blocks[0].cidr) == Identity(name, "Net/AWS::StackName")
    assert identity(only(found, Peering).vpc) == identity(only(found, Peering).peer_vpc) == Identity(name, "Net", "id")
    assert known(only(found, Vpc).place.region) == "eu-west-1"


def test_parts_of_one_thing_in_several_templates_meet(tmp_path: Path) -> None:
    gateway = "Resources: {Igw: {Type: AWS::EC2::InternetGateway}}\nOutputs: {Id: {Value: !Ref Igw}}\n"
    rest = """\
  Out: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: igw.yaml}}
  Attached:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !GetAtt Net.Outputs.Vpc, InternetGatewayId: !GetAtt Out.Outputs.Id}
  Route:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: rtb-1, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !GetAtt Out.Outputs.Id}
"""
    found = nested(tmp_path, stack("Parameters: {Cidr: 10.0.0.0/16}", rest), {"igw.yaml": gateway})
    assert only(found, Gateway).vpc == only(found, Vpc).id
    assert only(found, Route).target.kind is TargetKind.INTERNET


@pytest.mark.parametrize("first", ["main.yaml", "b.yaml"])
def test_templates_that_nest_each_other_are_one_finding(tmp_path: Path, first: str) -> None:
    text = "Resources: {Next: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: NEXT}}}\n"
    nested(tmp_path, text.replace("NEXT", "b.yaml"), {"b.yaml": text.replace("NEXT", "main.yaml")})
    found = read(str(tmp_path / first), CloudFormationOptions())
    circles = [p for p in found.problems if p.kind is ProblemKind.UNRESOLVED_REFERENCE]
    assert [(p.message, os.path.basename(p.at.file)) for p in circles] == [
        ("`b.yaml` and `main.yaml` nest each other without end", "b.yaml")
    ]


def test_outputs_and_parameters_that_are_made_of_each_other_end(tmp_path: Path) -> None:
    child = (
        "Parameters: {In: {Type: String}}\nResources: {V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref In}}}\n"
    )
    child += "Outputs: {Out: {Value: !Ref In}}\n"
    one = "  {0}:\n    Type: AWS::CloudFormation::Stack\n"
    one += "    Properties: {{TemplateURL: c.yaml, Parameters: {{In: !GetAtt {1}.Outputs.Out}}}}\n"
    found = nested(tmp_path, "Resources:\n" + one.format("A", "B") + one.format("B", "A"), {"c.yaml": child})
    assert len(all_of(found, Vpc)) == 2


def test_a_deep_tower_of_stacks_ends(tmp_path: Path) -> None:
    link = """\
Parameters: {In: {Type: String}}
Resources:
  Next: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: NEXT, Parameters: {In: !Sub '${In}'}}}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref In}}
Outputs: {Out: {Value: !GetAtt Next.Outputs.Out}}
"""
    others = {f"{n}.yaml": link.replace("NEXT", f"{n + 1}.yaml") for n in range(60)}
    main = link.replace("NEXT", "0.yaml").replace("In: {Type: String}", "In: {Type: String, Default: 10.0.0.0/16}")
    found = nested(tmp_path, main, others)
    vpcs = all_of(found, Vpc)
    assert len(vpcs) == 26
    assert known(vpcs[20].blocks[0].cidr).written == "10.0.0.0/16"
    assert "stacks are nested more than 25 deep" in found.problems[-1].message


def test_a_nested_template_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    found = nested(tmp_path, MAIN, {"nets/vpc.yaml": "Resources: [\n"})
    assert [problem[:2] for problem in said(found)][-1] == ("PL901", "vpc.yaml")
    assert only(found, Peering).origin.address == "Peering/Pcx"


def test_an_unread_stack_may_add_to_what_it_is_given(tmp_path: Path) -> None:
    rest = """\
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  More: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://x/y.yaml', Parameters: {V: !Ref Vpc}}}
"""
    found = nested(tmp_path, stack("Parameters: {Cidr: 10.1.0.0/16}", rest))
    (gap,) = found.gaps
    assert (gap.kinds, gap.touches) == (frozenset({Kind.ANY}), frozenset({all_of(found, Vpc)[0].id}))
    assert "`https://x/y.yaml` is not the path of a file" in Maybe(gap.reason).reason
