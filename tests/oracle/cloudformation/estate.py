"""Templates of one directory: deployed in moto's service together, and read by peerlint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from peerlint.cloudformation import CloudFormationOptions, read
from peerlint.network.link import link
from tests.oracle.cloudformation.described import Fact, described
from tests.oracle.cloudformation.extensions import extended
from tests.oracle.cloudformation.modelled import modelled
from tests.oracle.cloudformation.parameters import given
from tests.oracle.cloudformation.service import REGION, RefusedError, Stack, create, service
from tests.oracle.cloudformation.types import ACCOUNT


@dataclass(frozen=True)
class Comparison:
    """What the service and the model say, as far as they differ."""

    service: list[Fact]
    model: list[Fact]


def compare(templates: Sequence[Path], answer: int) -> Comparison:
    """The facts that the two do not share; parameters without a default get the ``answer``-th of their values.

    Raises RefusedError where the service does not make one of the stacks.
    """
    with service():
        parameters = {path: given(declared(path), REGION, answer) for path in templates}
        made = _deployed(templates, parameters)
        theirs = described(made, REGION)
    fragments = [
        read(str(path), CloudFormationOptions(parameters[path], region=REGION, account=ACCOUNT)) for path in templates
    ]
    ours = modelled(link(fragments).fragments)
    return Comparison(sorted(theirs - ours), sorted(ours - theirs))


def _deployed(templates: Sequence[Path], parameters: Mapping[Path, Mapping[str, str]]) -> list[Stack]:
    """The stacks of all templates; one that imports a value is made after the one that exports it."""
    made: list[Stack] = []
    pending = list(templates)
    while pending:
        refused: dict[Path, RefusedError] = {}
        for path in pending:
            try:
                made.append(create(path.stem, extended(path), parameters[path]))
            except RefusedError as error:
                refused[path] = error
        if len(refused) == len(pending):
            raise next(iter(refused.values()))
        pending = list(refused)
    return made


class _Loader(yaml.SafeLoader):
    """YAML without the functions."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def declared(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """The parameters of a template. Raises RefusedError for a file that is not YAML, or holds no mapping."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except yaml.YAMLError as error:
        raise RefusedError("not YAML") from error
    if not isinstance(document, dict):
        raise RefusedError("not a mapping")
    return document.get("Parameters") or {}
