"""Cloud assemblies of the CDK: each stack has the name and the place that the manifest states."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.engine import Result

IRELAND, VIRGINIA = "aws://111122223333/eu-west-1", "aws://111122223333/us-east-1"
ANYWHERE = "aws://unknown-account/unknown-region"
KEY = f"{'0123456789abcdef' * 4}.json"


def vpc(block: str) -> dict[str, Any]:
    return {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": block}}


def exporting(name: str, block: str) -> dict[str, Any]:
    """A stack with a VPC that it exports, as the CDK names exports."""
    export = {"Value": {"Ref": "Vpc"}, "Export": {"Name": f"{name}:ExportsOutputRefVpc"}}
    return {"Resources": {"Vpc": vpc(block)}, "Outputs": {"ExportsOutputRefVpc": export}}


def peering(first: str, second: str, **resource: Any) -> dict[str, Any]:
    """A stack with a peering of the VPCs that two others export."""
    ends = {
        "VpcId": {"Fn::ImportValue": f"{first}:ExportsOutputRefVpc"},
        "PeerVpcId": {"Fn::ImportValue": f"{second}:ExportsOutputRefVpc"},
    }
    return {"Resources": {"Pcx": {"Type": "AWS::EC2::VPCPeeringConnection", "Properties": ends}, **resource}}


def assembly(folder: Path, stacks: dict[str, tuple[str, dict[str, Any]]], **properties: Any) -> Path:
    """``cdk.out`` with stacks, each with its environment; ``properties`` are those of all artifacts."""
    out = folder / "cdk.out"
    out.mkdir(parents=True)
    artifacts: dict[str, Any] = {"Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}}}
    for name, (environment, template) in stacks.items():
        told = {"templateFile": f"{name}.template.json", **properties}
        artifacts[name] = {"type": "aws:cloudformation:stack", "environment": environment, "properties": told}
        (out / f"{name}.template.json").write_text(json.dumps(template, indent=1))
    (out / "manifest.json").write_text(json.dumps({"version": "48.0.0", "artifacts": artifacts}))
    (out / "tree.json").write_text(json.dumps({"version": "tree-0.1", "tree": {}}))
    return out


def result(*paths: Path, rules: tuple[str, ...] = ("PL101",)) -> Result:
    request = run.Request(paths=tuple(map(str, paths)), today=date(2026, 1, 1))
    return run.analyse(request, Config(directory=str(paths[0]), select=rules), lambda _: None)


def said(found: Result) -> list[tuple[str, int, str]]:
    return [(Path(r.finding.at.file).name, r.finding.at.line, r.finding.message) for r in found.active]


@pytest.mark.parametrize("named", ["", "cdk.out", "cdk.out/manifest.json"])
def test_stacks_of_one_place_join_by_their_exports(tmp_path: Path, named: str) -> None:
    stacks = {name: (IRELAND, exporting(name, "10.0.0.0/16")) for name in ("Hub", "Spoke")}
    assembly(tmp_path, {**stacks, "Peering": (IRELAND, peering("Hub", "Spoke"))})
    found = result(tmp_path / named)
    ((file, line, message),) = said(found)
    assert (file, line) == ("Peering.template.json", 3)
    assert "10.0.0.0/16 of Vpc in Hub and 10.0.0.0/16 of Vpc in Spoke" in message
    assert (found.stacks, found.peerings) == (3, 1)


def test_stacks_of_two_places_do_not(tmp_path: Path) -> None:
    stacks = {"Hub": (IRELAND, exporting("Hub", "10.0.0.0/16")), "Spoke": (VIRGINIA, exporting("Spoke", "10.0.0.0/16"))}
    assembly(tmp_path, {**stacks, "Peering": (IRELAND, peering("Hub", "Spoke"))})
    assert said(result(tmp_path)) == []


def test_an_environment_that_is_not_known_may_be_any(tmp_path: Path) -> None:
    stacks = {name: (ANYWHERE, exporting(name, "10.0.0.0/16")) for name in ("Hub", "Spoke")}
    assembly(tmp_path, {**stacks, "Peering": (ANYWHERE, peering("Hub", "Spoke"))})
    assert len(said(result(tmp_path))) == 1


def test_the_name_and_the_parameters_of_a_stack_are_stated(tmp_path: Path) -> None:
    hub = exporting("x", "10.0.0.0/16")
    hub["Outputs"]["ExportsOutputRefVpc"]["Export"]["Name"] = {"Fn::Sub": "${AWS::StackName}:ExportsOutputRefVpc"}
    spoke = exporting("Spoke", "x")
    spoke["Parameters"] = {"Block": {"Type": "String"}}
    spoke["Resources"]["Vpc"]["Properties"]["CidrBlock"] = {"Ref": "Block"}
    out = assembly(
        tmp_path, {"Hub": (IRELAND, hub), "Spoke": (IRELAND, spoke), "P": (IRELAND, peering("Net", "Spoke"))}
    )
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["artifacts"]["Hub"]["properties"]["stackName"] = "Net"
    manifest["artifacts"]["Spoke"]["properties"]["parameters"] = {"Block": "10.0.4.0/24"}
    (out / "manifest.json").write_text(json.dumps(manifest))
    ((_, _, message),) = said(result(tmp_path))
    assert "10.0.0.0/16 of Vpc in Net and 10.0.4.0/24 of Vpc in Spoke" in message


@pytest.mark.parametrize("is_noted", [True, False])
def test_a_nested_stack_is_an_asset_of_the_assembly(tmp_path: Path, is_noted: bool) -> None:
    url = {"Fn::Join": ["", ["https://s3.", {"Ref": "AWS::URLSuffix"}, f"/cdk-assets/{KEY}"]]}
    asset = {"aws:asset:path": "Inner.nested.template.json", "aws:asset:property": "TemplateURL"}
    nested = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": url},
        "Metadata": asset if is_noted else {},
    }
    out = assembly(tmp_path, {"Outer": (IRELAND, {"Resources": {"Inner": nested}})})
    inner = peering("a", "b")["Resources"]["Pcx"] | {"Properties": {"VpcId": {"Ref": "A"}, "PeerVpcId": {"Ref": "B"}}}
    resources = {"A": vpc("10.0.0.0/16"), "B": vpc("10.0.0.0/20"), "Pcx": inner}
    (out / "Inner.nested.template.json").write_text(json.dumps({"Resources": resources}, indent=1))
    if not is_noted:
        source = {"path": "Inner.nested.template.json", "packaging": "file"}
        files = {KEY[:64]: {"source": source, "destinations": {"here": {"bucketName": "b", "objectKey": KEY}}}}
        (out / "Outer.assets.json").write_text(json.dumps({"version": "48.0.0", "files": files}))
    found = result(tmp_path)
    ((file, _, message),) = said(found)
    assert (file, found.stacks) == ("Inner.nested.template.json", 1)
    assert "10.0.0.0/16 of Inner/A and 10.0.0.0/20 of Inner/B" in message


def test_assemblies_inside_an_assembly_are_read_each_by_its_manifest(tmp_path: Path) -> None:
    out = assembly(tmp_path, {})
    for stage in ("Dev", "Prod"):
        stacks = {name: (ANYWHERE, exporting(f"{stage}-{name}", "10.0.0.0/16")) for name in ("A", "B")}
        inside = assembly(tmp_path / stage, {**stacks, "P": (ANYWHERE, peering(f"{stage}-A", f"{stage}-B"))})
        inside.rename(out / f"assembly-{stage}")
    found = result(tmp_path / "cdk.out")
    assert (found.stacks, len(said(found))) == (6, 2)


def test_a_template_of_an_assembly_that_is_named_is_where_the_manifest_says(tmp_path: Path) -> None:
    stacks = {"Hub": (IRELAND, exporting("Hub", "10.0.0.0/16")), "Spoke": (VIRGINIA, exporting("Spoke", "10.0.0.0/16"))}
    out = assembly(tmp_path, {**stacks, "P": (IRELAND, peering("Hub", "Spoke"))})
    named = [out / f"{name}.template.json" for name in ("Hub", "Spoke", "P")]
    assert said(result(*named)) == []
    (out / "manifest.json").unlink()
    assert len(said(result(*named))) == 1


def test_a_template_that_is_not_there_is_said_at_the_manifest(tmp_path: Path) -> None:
    out = assembly(tmp_path, {"Hub": (IRELAND, exporting("Hub", "10.0.0.0/16"))})
    (out / "Hub.template.json").unlink()
    ((file, line, message),) = said(result(tmp_path, rules=("PL901",)))
    assert (file, line) == ("manifest.json", 1)
    assert message == "there is no template `Hub.template.json` of the stack Hub"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"version": "1", "artifacts": []}',
        '{"name": "x", "version": 3}',
        '{"version": "1", "artifacts": {}}',
        '{"version": "1", "artifacts": {"app": {"type": "jar"}, "map": "app.js.map"}}',
        "{" * 9,
    ],
)
def test_another_manifest_is_none_of_an_assembly(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    (tmp_path / "net.json").write_text(json.dumps(exporting("Hub", "10.0.0.0/16")))
    found = result(tmp_path, rules=("PL901",))
    assert (said(found), found.stacks) == ([], 1)


@pytest.mark.parametrize("file", ["../outside.json", "/etc/hosts", "a\0b", "link.json"])
def test_nothing_outside_of_an_assembly_is_read(tmp_path: Path, file: str) -> None:
    (tmp_path / "outside.json").write_text(json.dumps(exporting("Hub", "10.0.0.0/99")))
    out = assembly(tmp_path, {"Hub": (IRELAND, exporting("Hub", "10.0.0.0/16"))}, templateFile=file)
    (out / "link.json").symlink_to(tmp_path / "outside.json")
    found = result(out, rules=("PL902", "PL901"))
    assert (said(found), found.stacks) == ([], 0)
