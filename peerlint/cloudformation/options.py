"""What a user states about the stacks that the templates will become."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct, field

from peerlint import filesystem

ParameterValue: TypeAlias = str | list[str]
NO_PARAMETERS: Mapping[str, ParameterValue] = MappingProxyType({})


class CloudFormationOptions(Struct, frozen=True):
    """Parameter values by name, and the Region and account that a template is deployed to (``None``: not stated).

    ``project`` is the directory outside of which nothing is read, ``None`` for the template's own; ``name`` is that of
    the stack, where it is stated.
    """

    parameters: Mapping[str, ParameterValue] = field(default_factory=lambda: NO_PARAMETERS)
    region: str | None = None
    account: str | None = None
    project: str | None = None
    name: str | None = None


def read_parameters(path: str) -> Mapping[str, ParameterValue]:
    """The parameter values of a file, by name.

    All formats of AWS are read: those of the command line (``[{"ParameterKey": …, "ParameterValue": …}]`` and, for
    ``aws cloudformation deploy``, ``["Key=Value"]``;
    https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/) and CodePipeline's template configuration
    (``{"Parameters": {…}}``). A parameter with ``UsePreviousValue`` has no value here.

    Raises ValueError, with one line that names the file, for a file that cannot be read or is neither.
    """
    document = _load(path)
    match document:
        case list():
            return dict(pair for item in document if (pair := _cli_pair(path, item)) is not None)
        case {"Parameters": dict(parameters)}:
            return {str(name): _value(path, str(name), value) for name, value in parameters.items()}
        case _:
            raise ValueError(
                f'{path}: neither a list of {{"ParameterKey", "ParameterValue"}} or of "Key=Value", '
                'nor a mapping with "Parameters"'
            )


def _load(path: str) -> object:
    try:
        return json.loads(filesystem.read(path).decode("utf-8-sig"))
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except (RecursionError, ValueError) as error:
        raise ValueError(f"{path}: nested too deeply, or a number too long") from error


def _cli_pair(path: str, item: object) -> tuple[str, ParameterValue] | None:
    match item:
        case {"ParameterKey": str(name), "ParameterValue": value}:
            return name, _value(path, name, value)
        case {"ParameterKey": str()}:
            return None
        case str() if "=" in item:
            name, _, text = item.partition("=")
            return name, text
        case _:
            raise ValueError(
                f'{path}: an entry that is neither "Key=Value" nor has "ParameterKey": {json.dumps(item)[:80]}'
            )


def _value(path: str, name: str, value: object) -> ParameterValue:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list():
            return [_text(path, name, element) for element in value]
        case _:
            raise ValueError(f"{path}: parameter {name} is neither text nor a list of texts")


def _text(path: str, name: str, element: object) -> str:
    value = _value(path, name, element)
    if isinstance(value, list):
        raise ValueError(f"{path}: parameter {name} is a list of lists")
    return value
