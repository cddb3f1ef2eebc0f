"""Which templates of a tree are deployed together, each where and with what."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.oracle.cloudformation.client import ACCOUNT, REGION, Place
from tests.oracle.cloudformation.declared import declared
from tests.oracle.cloudformation.packaged import nested
from tests.oracle.cloudformation.parameters import has_answers
from tests.oracle.cloudformation.service import RefusedError

_SUFFIXES = (".yaml", ".json")
_MANIFEST, _CONFIGURATION = "manifest.json", "peerlint.toml"

PLACES: Mapping[str, Place] = {
    "fixtures/scenarios/two-regions/broken/VirginiaNetworkStack.template.json": Place("us-east-1"),
    "fixtures/scenarios/two-regions/broken/VirginiaPeeringStack.template.json": Place("us-east-1"),
    "fixtures/scenarios/two-regions/broken/FrankfurtStack.template.json": Place("eu-central-1"),
    "fixtures/scenarios/two-regions/clean/VirginiaNetworkStack.template.json": Place("us-east-1"),
    "fixtures/scenarios/two-regions/clean/VirginiaPeeringStack.template.json": Place("us-east-1"),
    "fixtures/scenarios/two-regions/clean/FrankfurtStack.template.json": Place("eu-central-1"),
}
"""Where a template is deployed that only works there, and has nothing beside it that tells."""


@dataclass(frozen=True)
class Planned:
    """A stack to be deployed; ``parameters`` are those that are stated, ``None`` where values are to be invented."""

    template: Path
    name: str
    place: Place
    parameters: Mapping[str, str] | None = field(default=None, hash=False)


@dataclass(frozen=True)
class Estate:
    """Stacks of one cloud. ``stated`` is the directory with the manifest or configuration that says which."""

    stacks: tuple[Planned, ...]
    stated: Path | None = None

    def answers(self) -> range:
        """How to answer what has no default: in two ways, where that makes a difference."""
        try:
            return range(2 if any(has_answers(declared(stack.template)) for stack in self._open()) else 1)
        except RefusedError:
            return range(1)

    def _open(self) -> Iterator[Planned]:
        return (stack for stack in self.stacks if stack.parameters is None)


def estates(root: Path, tops: Sequence[str]) -> dict[str, Estate]:
    """The estates of a tree, by their directories. A template that another nests is deployed by that one only."""
    templates = [
        path
        for top in tops
        for path in sorted((root / top).rglob("*"))
        if path.suffix in _SUFFIXES and path.name != _MANIFEST and "AWS::" in path.read_text(encoding="utf-8")
    ]
    inner = {found for path in templates for found in nested(path)}
    found: dict[Path, Estate] = {}
    for path in templates:
        stated = next((above for above in path.relative_to(root).parents if _is_stated(root / above)), None)
        directory = path.parent if stated is None else root / stated
        if stated is not None:
            found.setdefault(directory, Estate(tuple(_stated(directory)), directory))
        elif path not in inner:
            place = PLACES.get(path.relative_to(root).as_posix(), Place())
            before = found.get(directory, Estate(()))
            found[directory] = Estate((*before.stacks, Planned(path, path.stem, place)))
    return {directory.relative_to(root).as_posix(): estate for directory, estate in found.items()}


def _is_stated(directory: Path) -> bool:
    configuration = directory / _CONFIGURATION
    return (directory / _MANIFEST).is_file() or (
        configuration.is_file() and "[[stack]]" in configuration.read_text(encoding="utf-8")
    )


def _stated(directory: Path) -> Iterator[Planned]:
    """What a manifest of the CDK or the table of a configuration says."""
    if (directory / _MANIFEST).is_file():
        for artifact in json.loads((directory / _MANIFEST).read_text(encoding="utf-8"))["artifacts"].values():
            if artifact["type"] == "aws:cloudformation:stack":
                told = artifact["properties"]
                account, region = artifact["environment"].removeprefix("aws://").split("/")
                template = directory / told["templateFile"]
                yield Planned(template, told["stackName"], Place(region, account), told.get("parameters", {}))
        return
    for row in tomllib.loads((directory / _CONFIGURATION).read_text(encoding="utf-8"))["stack"]:
        parameters = {key: value for file in row.get("parameters", ()) for key, value in _file(directory / file)}
        place = Place(row.get("region", REGION), row.get("account", ACCOUNT))
        yield Planned(directory / row["template"], row["name"], place, parameters)


def _file(path: Path) -> Iterator[tuple[str, str]]:
    """The values of a parameter file of the command line."""
    for pair in json.loads(path.read_text(encoding="utf-8")):
        yield pair["ParameterKey"], pair["ParameterValue"]
