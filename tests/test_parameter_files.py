"""Parameter files that lie beside a template: it is analysed once with each of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from peerlint import filesystem, run
from peerlint.cloudformation import CloudFormationOptions
from peerlint.cloudformation.stacks.deployments import Fitting
from peerlint.cloudformation.stacks.files import TemplateFiles
from peerlint.config import Config
from peerlint.engine import Result
from tests.terraform.estate import write

NET = """\
    Parameters:
      Env: {Type: String}
      Peer: {Type: String, Default: 10.1.0.0/16}
    Resources:
      A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
      B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Peer}}
      Pcx: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref A, PeerVpcId: !Ref B}}
"""


def cli(**values: str) -> str:
    """A parameter file in the format of the command line."""
    return json.dumps([{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()])


def pipeline(**values: str) -> str:
    """A parameter file in the format of CodePipeline."""
    return json.dumps({"Tags": {"team": "net"}, "Parameters": values})


def result(folder: Path, files: Mapping[str, str], *, parameters: tuple[str, ...] = ()) -> Result:
    write(folder, {"net.yaml": NET, **files})
    given = tuple(str(folder / name) for name in parameters)
    request = run.Request(paths=(str(folder),), parameters=given, today=date(2026, 1, 1))
    return run.analyse(request, Config(directory=str(folder), select=("PL101",)), lambda _: None)


def found(result: Result) -> list[str]:
    return [report.condition.text for report in result.active]


OVERLAPPING, APART = {"Env": "prod", "Peer": "10.0.0.0/20"}, {"Env": "dev", "Peer": "10.2.0.0/16"}


def test_a_finding_says_with_which_files_it_holds(tmp_path: Path) -> None:
    outcome = result(tmp_path, {"params/prod.json": cli(**OVERLAPPING), "params/dev.json": pipeline(**APART)})
    assert found(outcome) == ["with params/prod.json"]
    assert (outcome.stacks, outcome.deployments, outcome.peerings) == (1, 2, 1)


def test_findings_that_agree_are_one(tmp_path: Path) -> None:
    files = {f"config/{name}.json": cli(**{**OVERLAPPING, "Env": name}) for name in ("a", "b", "c")}
    assert found(result(tmp_path, files)) == ["with each of the 3 parameter files"]


def test_a_template_with_a_value_for_each_parameter_is_deployed_without_a_file_too(tmp_path: Path) -> None:
    net = NET.replace("Env: {Type: String}", "Env: {Type: String, Default: dev}").replace("10.1.0.0/16", "10.0.0.0/20")
    assert found(result(tmp_path, {"net.yaml": net, "dev.json": cli(**APART)})) == ["without a parameter file"]


@pytest.mark.parametrize(
    "file",
    [
        cli(Env="prod", Peer="10.0.0.0/20", Other="x"),
        cli(Peer="10.0.0.0/20"),
        json.dumps({"Env": "prod", "Peer": "10.0.0.0/20"}),
        "[]",
        '[{"ParameterKey": ',
    ],
)
def test_what_does_not_fit_is_for_something_else(tmp_path: Path, file: str) -> None:
    outcome = result(tmp_path, {"params/prod.json": file})
    assert (found(outcome), outcome.deployments) == ([], 1)


def test_a_file_that_fits_two_templates_tells_of_neither(tmp_path: Path) -> None:
    outcome = result(tmp_path, {"copy.yaml": NET, "prod.json": cli(**OVERLAPPING)})
    assert (found(outcome), outcome.deployments) == ([], 2)


def test_a_directory_is_looked_through_once_for_all_its_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    walk = filesystem.walk

    def counted(top: str) -> Iterator[tuple[str, list[str], list[str]]]:
        looked.append(top)
        return walk(top)

    files = {f"net{number}.yaml": NET.replace("Env:", f"Env{number}:") for number in range(5)}
    paths = [str(path) for path in (tmp_path / name for name in files)]
    write(tmp_path, {**files, "prod.json": cli(Env3="prod")})
    monkeypatch.setattr("peerlint.cloudformation.stacks.deployments.filesystem.walk", counted)
    fitting = Fitting(paths, TemplateFiles(), lambda _: CloudFormationOptions())
    assert {path: list(fitting.files_of(path)) for path in paths} == {
        path: [str(tmp_path / "prod.json")] if path.endswith("net3.yaml") else [] for path in paths
    }
    assert looked == [str(tmp_path)]


def test_a_file_shown_as_an_example_is_none(tmp_path: Path) -> None:
    assert found(result(tmp_path, {"params/prod.example.json": cli(**OVERLAPPING)})) == []


def test_parameters_that_are_given_settle_it(tmp_path: Path) -> None:
    files = {"params/prod.json": cli(**OVERLAPPING), "params/dev.json": cli(**APART)}
    outcome = result(tmp_path, files, parameters=("params/dev.json",))
    assert (found(outcome), outcome.deployments) == ([], 1)


EXPORTING = """\
    Parameters: {Block: {Type: String}}
    Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Block}}}
    Outputs: {Vpc: {Value: !Ref Vpc, Export: {Name: shared}}}
"""
IMPORTING = """\
    Parameters: {Own: {Type: String}}
    Resources:
      Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Own}}
      Pcx: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref Vpc, PeerVpcId: !ImportValue shared}}
"""


def test_what_is_called_alike_goes_together(tmp_path: Path) -> None:
    blocks = {"dev": ("10.0.0.0/16", "10.1.0.0/16"), "prod": ("10.1.0.0/16", "10.1.128.0/20")}
    files = {"shared.yaml": EXPORTING, "team.yaml": IMPORTING}
    for name, (shared, own) in blocks.items():
        files[f"params/shared-{name}.json"] = cli(Block=shared)
        files[f"params/team-parameters-{name}.json"] = cli(Own=own)
    outcome = result(tmp_path, files)
    assert found(outcome) == ["with params/team-parameters-prod.json"]


def test_what_depends_on_the_parameter_files_of_another_template_is_a_question(tmp_path: Path) -> None:
    net = """\
        Parameters: {Block: {Type: String}}
        Resources: {Hub: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Block}}}
        Outputs: {Hub: {Value: !Ref Hub, Export: {Name: hub}}}
    """
    app = """\
        Resources:
          App: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
          Pcx: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref App, PeerVpcId: !ImportValue hub}}
    """
    files = {"params/dev.json": cli(Block="10.1.0.0/20"), "params/prod.json": cli(Block="10.2.0.0/16")}
    outcome = result(tmp_path, {"net.yaml": net, "app/app.yaml": app, **files})
    assert outcome.active == ()
    reasons = {question.undecided.reason for question in outcome.questions}
    assert reasons == {"it depends on which parameter files other templates are deployed with"}
