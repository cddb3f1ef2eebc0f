"""Resource types that make further stacks, or hand values to other stacks, for moto's CloudFormation engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from tests.oracle.cloudformation.client import Place
from tests.oracle.cloudformation.types import Made, PlacedMaker, Properties

STACK, STACK_SET = "AWS::CloudFormation::Stack", "AWS::CloudFormation::StackSet"


def nested_stack(place: Place, name: str, properties: Properties) -> Made:
    """``AWS::CloudFormation::Stack``: its physical id is that of the stack, and its outputs are its attributes."""
    told = {"TemplateURL": properties["TemplateURL"], "Parameters": _given(properties.get("Parameters", {}))}
    arn, outputs = _create(place, name, told)
    return Made(arn, {f"Outputs.{key}": partial(str, value) for key, value in outputs.items()})


def stack_set(place: Place, name: str, properties: Properties) -> Made:
    """``AWS::CloudFormation::StackSet``, a stack in each place that it names; its id is made of theirs.

    The instances of a stack set of moto have ids of no stack, and lose the parameters of the set where an instance
    overrides one (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html).
    """
    template = {key: properties[key] for key in ("TemplateURL", "TemplateBody") if key in properties}
    made = [
        _create(where, f"{name}-{number}", {**template, "Parameters": _given(parameters)})[0]
        for number, (where, parameters) in enumerate(_instances(properties))
    ]
    return Made(" ".join(made))


def _instances(properties: Properties) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    own = _by_key(properties.get("Parameters", ()))
    for group in properties.get("StackInstancesGroup", ()):
        parameters = {**own, **_by_key(group.get("ParameterOverrides", ()))}
        for account in group["DeploymentTargets"]["Accounts"]:
            for region in group["Regions"]:
                yield Place(region, account), parameters


def _by_key(parameters: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in parameters}


def _given(parameters: Mapping[str, Any]) -> list[dict[str, str]]:
    """Parameters as a call takes them, which has texts only."""
    return [{"ParameterKey": key, "ParameterValue": _text(value)} for key, value in parameters.items()]


def _text(value: object) -> str:
    match value:
        case list():
            return ",".join(_text(element) for element in value)
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _create(place: Place, name: str, told: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
    """The id of a stack that is made, and its outputs."""
    cloudformation = place.client("cloudformation")
    arn = cloudformation.create_stack(StackName=name, **told)["StackId"]
    outputs = cloudformation.describe_stacks(StackName=arn)["Stacks"][0].get("Outputs", [])
    return arn, {output["OutputKey"]: output["OutputValue"] for output in outputs}


def exports_writer(place: Place, name: str, properties: Properties) -> Made:
    """``Custom::CrossRegionExportWriter`` of CDK, which writes parameters in another Region."""
    told = properties["WriterProps"]
    store = Place(told["region"], place.account).client("ssm")
    for entry, value in told["exports"].items():
        store.put_parameter(Name=entry, Value=str(value), Type="String", Overwrite=True)
    return Made(f"{name}-writer")


def exports_reader(place: Place, name: str, properties: Properties) -> Made:
    """``Custom::CrossRegionExportReader`` of CDK: what is written for its stack, as attributes."""
    return Made(
        f"{name}-reader", {key: partial(str, value) for key, value in properties["ReaderProps"]["imports"].items()}
    )


def parameter(place: Place, name: str, properties: Properties) -> Made:
    """``AWS::SSM::Parameter``, also where the attempt to make its stack has made it before."""
    entry, value = properties.get("Name", f"/{name}"), str(properties["Value"])
    place.client("ssm").put_parameter(Name=entry, Value=value, Type=properties["Type"], Overwrite=True)
    return Made(entry, {"Type": lambda: properties["Type"], "Value": lambda: value})


MAKERS: Mapping[str, PlacedMaker] = {
    STACK: nested_stack,
    STACK_SET: stack_set,
    "AWS::SSM::Parameter": parameter,
    "Custom::CrossRegionExportWriter": exports_writer,
    "Custom::CrossRegionExportReader": exports_reader,
}
