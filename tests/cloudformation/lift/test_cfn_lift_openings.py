"""What other templates, macros and code may add, and what a template gives to others."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions
from peerlint.network.model import Gap, Kind, Store, Subnet
from peerlint.network.values import Identity, Known, Unknown
from tests.cloudformation.written import fragment, only
from tests.values import identity

NETWORK = """\
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref A}}
  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {VpcId: !Ref A}}
"""


def gaps(folder: Path, text: str) -> list[Gap]:
    return list(fragment(folder, text).gaps)


def touched(gap: Gap) -> set[str]:
    assert gap.touches is not None
    return {str(value.of) if isinstance(value, Unknown) else value.value for value in gap.touches}


ROUTED = """\
Parameters: {Pcx: {Type: String, Default: 'EMPTY'}, Other: {Type: String, Default: ''}}
Conditions: {IsPeered: !Not [!Equals [!Ref Pcx, '']]}
Resources:
  Back:
    Type: AWS::EC2::Route
    Condition: IsPeered
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 10.1.0.0/16, VpcPeeringConnectionId: !Ref Pcx}
"""


def test_a_route_may_come_once_the_id_of_its_connection_is_given(tmp_path: Path) -> None:
    (gap,) = gaps(tmp_path, ROUTED.replace("EMPTY", "") + NETWORK)
    assert (gap.kinds, touched(gap)) == (frozenset({Kind.ROUTE}), {"Table.id"})
    assert gap.reason == "`Back` routes over `Pcx`, which is empty until it is given"


@pytest.mark.parametrize(
    "text", [ROUTED.replace("EMPTY", "pcx-0a1b2c3d"), ROUTED.replace("!Ref Pcx}", "pcx-0a1b2c3d}")]
)
def test_a_route_over_a_connection_that_is_told_leaves_nothing_open(tmp_path: Path, text: str) -> None:
    assert gaps(tmp_path, text.replace("EMPTY", "") + NETWORK) == []


def test_an_empty_id_that_is_given_is_meant(tmp_path: Path) -> None:
    options = CloudFormationOptions(parameters={"Pcx": ""})
    assert list(fragment(tmp_path, ROUTED.replace("EMPTY", "") + NETWORK, options).gaps) == []


def test_a_closed_template_has_no_gaps(tmp_path: Path) -> None:
    assert gaps(tmp_path, f"Transform: AWS::LanguageExtensions\nResources:\n{NETWORK}") == []


@pytest.mark.parametrize(
    ("output", "kind", "address"),
    [
        ("!Ref Table", Kind.ROUTE, "Table.id"),
        ("!GetAtt Group.GroupId", Kind.PERMISSION, "Group.id"),
        ("!Join [',', [!Ref Table, x]]", Kind.ROUTE, "Table.id"),
        ("!Ref A", Kind.GROUP, "A.id"),
    ],
)
def test_an_export_of_what_others_add_to_leaves_it_open(tmp_path: Path, output: str, kind: Kind, address: str) -> None:
    outputs = f"Outputs:\n  O:\n    Value: {output}\n    Export:\n      Name: net-o\n"
    (gap,) = gaps(tmp_path, f"Resources:\n{NETWORK}{outputs}")
    assert (gap.kinds, touched(gap), gap.at.line) == (frozenset({kind}), {address}, 8)
    assert "exported as `net-o`" in gap.reason


def test_an_output_that_is_not_exported_leaves_nothing_open(tmp_path: Path) -> None:
    outputs = "Outputs:\n  T: {Value: !Ref Table}\n  V: {Value: !Ref A}\n"
    assert gaps(tmp_path, f"Resources:\n{NETWORK}{outputs}") == []


def test_exports_are_published_by_their_names(tmp_path: Path) -> None:
    text = f"""
Parameters:
  Name: {{Type: String, Default: net}}
  Nobody: {{Type: String}}
Conditions:
  Never: !Equals [a, b]
Resources:
{NETWORK}
  S: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !ImportValue net-vpc}}}}
Outputs:
  Vpc: {{Value: !Ref A, Export: {{Name: !Sub '${{Name}}-vpc'}}}}
  Cidr: {{Value: !GetAtt A.CidrBlock, Export: {{Name: net-cidr}}}}
  Hidden: {{Value: !Ref A, Export: {{Name: !Sub '${{Nobody}}-vpc'}}}}
  Absent: {{Condition: Never, Value: !Ref A, Export: {{Name: absent}}}}
"""
    found = fragment(tmp_path, text)
    exports = {each.name: each.value for each in found.published if each.store is Store.EXPORT}
    assert exports.keys() == {"net-vpc", "net-cidr"}
    assert identity(exports["net-vpc"]) == Identity(str(tmp_path / "net.yaml"), "A", "id")
    assert exports["net-cidr"] == Known("10.0.0.0/16")
    (reading,) = (each for each in found.readings if each.store is Store.EXPORT)
    assert (reading.name, reading.of) == ("net-vpc", identity(only(found, Subnet).vpc))


def test_a_nested_stack_may_add_to_what_it_is_given(tmp_path: Path) -> None:
    nested = """\
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://example.com/child.yaml
      Parameters: {Table: !Ref Table, Groups: !Join [',', [!GetAtt Group.GroupId, sg-0123456789abcdef0]], Env: dev,
        Region: !Ref AWS::Region}
"""
    (gap,) = gaps(tmp_path, f"Resources:\n{NETWORK}{nested}")
    assert gap.kinds == {Kind.ANY}
    assert touched(gap) == {"Table.id", "Group.id", "sg-0123456789abcdef0"}
    assert "`Child`" in gap.reason


def test_a_nested_stack_that_is_given_nothing_leaves_nothing_open(tmp_path: Path) -> None:
    nested = "  Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: x, Parameters: {Env: dev}}}\n"
    assert gaps(tmp_path, f"Resources:\n{NETWORK}{nested}") == []


def test_a_custom_resource_may_add_to_what_it_is_given(tmp_path: Path) -> None:
    custom = "  Routes: {Type: 'Custom::Routes', Properties: {ServiceToken: !ImportValue fn, Table: !Ref Table}}\n"
    (gap,) = gaps(tmp_path, f"Resources:\n{NETWORK}{custom}")
    assert "Table.id" in touched(gap)


@pytest.mark.parametrize(
    "code",
    [
        "ec2.modify_vpc_peering_connection_options(VpcPeeringConnectionId=p)",
        "new ModifyVpcPeeringConnectionOptionsCommand({})",
        "aws ec2 modify-vpc-peering-connection-options --id x",
        "action: modifyVpcPeeringConnectionOptions",
    ],
)
def test_code_that_sets_dns_options_leaves_them_open(tmp_path: Path, code: str) -> None:
    function = f"""\
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          {code}
"""
    (gap,) = gaps(tmp_path, f"Resources:\n{NETWORK}{function}")
    assert (gap.kinds, gap.touches, gap.at.line) == (frozenset({Kind.DNS_OPTION}), None, 9)


@pytest.mark.parametrize(
    "text",
    [
        f"Transform: MyMacro\nResources:\n{NETWORK}",
        f"Transform: [AWS::LanguageExtensions, {{Name: AWS::Include, Parameters: {{}}}}]\nResources:\n{NETWORK}",
        f"Resources:\n{NETWORK}  Fn::ForEach::Subnets: [x, [a], {{}}]\n",
        f"Resources:\n{NETWORK}  Fn::Transform: {{Name: AWS::Include}}\n",
        f"Resources:\n{NETWORK}  Module: {{Type: 'Org::Net::Routes::MODULE'}}\n",
        f"Resources:\n{NETWORK}  Module: {{Type: !Rain::Module routes.yaml}}\n",
    ],
)
def test_macros_modules_and_loops_leave_the_stack_open(tmp_path: Path, text: str) -> None:
    (gap,) = gaps(tmp_path, text)
    assert (gap.kinds, gap.touches) == (frozenset({Kind.ANY}), None)


def test_waivers_extents_and_files(tmp_path: Path) -> None:
    text = f"""\
Resources:
{NETWORK}  Pcx:
    Type: AWS::EC2::VPCPeeringConnection
    Metadata:
      peerlint:
        ignore: [PL201, cidr-overlap]
    Properties: {{VpcId: !Ref A, PeerVpcId: vpc-0b}}

Outputs: {{}}
"""
    found = fragment(tmp_path, text, CloudFormationOptions())
    (waiver,) = found.waivers
    assert waiver.rules == ("PL201", "cidr-overlap")
    assert (waiver.at.line, waiver.extent.line, waiver.extent.end_line) == (9, 5, 10)
    assert found.extents[-1] == waiver.extent
    assert len(found.extents) == 4
    assert found.files == (str(tmp_path / "net.yaml"),)


def answering(folder: Path, text: str) -> list[str]:
    """What is said to answer for names."""
    written = "Parameters: {Any: {Type: String}, No: {Type: String, Default: ''}}\nConditions:\n"
    written += "  Open: !Equals [!Ref Any, a]\n  Never: !Equals [!Ref No, a]\nResources:\n"
    return [gap.reason.split("`")[1] for gap in gaps(folder, written + text + NETWORK) if Kind.ZONE in gap.kinds]


OPTIONS = "  Dhcp: {Type: 'AWS::EC2::DHCPOptions', Properties: {DomainNameServers: %s}}\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("  Rule: {Type: 'AWS::Route53Resolver::ResolverRule', Properties: {RuleType: FORWARD}}\n", ["Rule"]),
        ("  Rule: {Type: 'AWS::Route53Resolver::ResolverRule', Condition: Open, Properties: {}}\n", ["Rule"]),
        ("  Rule: {Type: 'AWS::Route53Resolver::ResolverRule', Condition: Never, Properties: {}}\n", []),
        ("  Dhcp: {Type: 'AWS::EC2::DHCPOptions', Properties: {DomainName: a.b}}\n", []),
        (OPTIONS % "[AmazonProvidedDNS]", []),
        (OPTIONS % "[!Sub 'Amazon${No}ProvidedDNS']", []),
        (OPTIONS % "[10.0.0.2, AmazonProvidedDNS]", ["Dhcp"]),
        (OPTIONS % "[AmazonProvidedDNS, !Ref Any]", ["Dhcp"]),
        (OPTIONS % "!Ref AWS::NoValue", []),
        (OPTIONS % "[10.0.0.2]", ["Dhcp"]),
        (OPTIONS % "!Split [',', !Ref Any]", ["Dhcp"]),
        (OPTIONS % "!If [Never, [10.0.0.2], [AmazonProvidedDNS]]", []),
        (OPTIONS % "!If [Open, [10.0.0.2], [AmazonProvidedDNS]]", ["Dhcp"]),
        (OPTIONS % "!If [Open, [AmazonProvidedDNS], !Ref AWS::NoValue]", []),
        (OPTIONS % "!If [Open, [AmazonProvidedDNS], !Split [',', AmazonProvidedDNS]]", []),
    ],
)
def test_what_may_answer_is_what_is_or_may_be_made(tmp_path: Path, text: str, found: list[str]) -> None:
    assert answering(tmp_path, text) == found
