"""A CloudFormation service in this process: moto's, which makes the resources of a stack in its EC2."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from moto import mock_aws

from tests.oracle.cloudformation.client import Place, place_of
from tests.oracle.cloudformation.engine import known_types
from tests.oracle.cloudformation.functions import completed
from tests.oracle.cloudformation.quick import quick
from tests.oracle.cloudformation.stacks import STACK, STACK_SET

_WITHOUT_IMAGES = {"MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}
"""No template here starts a machine, and to make the images of each account and Region takes a second."""


class RefusedError(Exception):
    """The service does not make the stack; the message says why."""


@dataclass(frozen=True)
class Stack:
    """A stack that was made, with those that it nests: their places, and ``name/LogicalId`` of each resource by its
    physical id.
    """

    places: frozenset[Place]
    resources: Mapping[str, str]


@dataclass(frozen=True)
class _Resource:
    place: Place
    name: str
    id: str


@contextmanager
def service() -> Iterator[None]:
    """An empty cloud, forgotten at the end. No connection is opened."""
    with mock.patch.dict(os.environ, _WITHOUT_IMAGES), mock_aws(), known_types(), completed(), quick():
        yield


def create(name: str, text: str, parameters: Mapping[str, str], place: Place) -> Stack:
    """The stack of a template. Raises RefusedError, also for a type that the engine does not know."""
    cloudformation = place.client("cloudformation")
    told = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            # one that was refused before is not made again under its name
            unique = f"{name}-{len(cloudformation.list_stacks()['StackSummaries'])}"
            arn = cloudformation.create_stack(StackName=unique, TemplateBody=text, Parameters=told)["StackId"]
            made = list(_resources(arn, name))
    except Exception as error:  # the engine fails in many ways, each of which a test names
        raise RefusedError(f"{type(error).__name__}: {error}") from error
    return Stack(
        frozenset({place, *(resource.place for resource in made)}), {resource.id: resource.name for resource in made}
    )


def _resources(arn: str, name: str) -> Iterator[_Resource]:
    """The resources of a stack and of all that it nests, as peerlint addresses them."""
    place = place_of(arn)
    made = place.client("cloudformation").describe_stack_resources(StackName=arn)["StackResources"]
    for resource in made:
        if "PhysicalResourceId" not in resource:  # its condition is false
            continue
        path, id = f"{name}/{resource['LogicalResourceId']}", resource["PhysicalResourceId"]
        match resource["ResourceType"]:
            case kind if kind == STACK:
                yield from _resources(id, path)
            case kind if kind == STACK_SET:
                for instance in id.split():
                    where = place_of(instance)
                    yield from _resources(instance, f"{path}[{where.account}:{where.region}]")
            case _:
                yield _Resource(place, path, id)
