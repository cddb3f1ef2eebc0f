"""A CloudFormation service in this process: moto's, which makes the resources of a stack in its EC2."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from moto import mock_aws

from tests.oracle.cloudformation.client import client
from tests.oracle.cloudformation.functions import completed
from tests.oracle.cloudformation.types import known_types

REGION = "eu-west-1"
_WITHOUT_IMAGES = {"MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}
"""No template here starts a machine, and to make the images of each account and Region takes a second."""


class RefusedError(Exception):
    """The service does not make the stack; the message says why."""


@dataclass(frozen=True)
class Stack:
    """A stack that was made: ``name/LogicalId`` of each resource by its physical id, and the values of its outputs."""

    region: str
    resources: Mapping[str, str]
    outputs: Mapping[str, str]


@contextmanager
def service() -> Iterator[None]:
    """An empty account, forgotten at the end. No connection is opened."""
    with mock.patch.dict(os.environ, _WITHOUT_IMAGES), mock_aws(), known_types(), completed():
        yield


def create(name: str, text: str, parameters: Mapping[str, str], region: str = REGION) -> Stack:
    """The stack of a template. Raises RefusedError, also for a type that the engine does not know."""
    cloudformation = client("cloudformation", region)
    made_before = len(cloudformation.list_stacks()["StackSummaries"])
    unique = f"{name}-{made_before}"  # one that was refused before is not made again under its name
    told = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            cloudformation.create_stack(StackName=unique, TemplateBody=text, Parameters=told)
        made = cloudformation.describe_stack_resources(StackName=unique)["StackResources"]
        outputs = cloudformation.describe_stacks(StackName=unique)["Stacks"][0].get("Outputs", [])
    except Exception as error:  # the engine fails in many ways, each of which a test names
        raise RefusedError(f"{type(error).__name__}: {error}") from error
    return Stack(
        region,
        {
            resource["PhysicalResourceId"]: f"{name}/{resource['LogicalResourceId']}"
            for resource in made
            if "PhysicalResourceId" in resource
        },
        {output["OutputKey"]: output["OutputValue"] for output in outputs},
    )
