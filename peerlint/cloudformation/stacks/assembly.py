"""Cloud assemblies, which ``cdk synth`` writes into ``cdk.out``: the stacks of an application, each with its place.

https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/cloud-assembly-schema/README.md
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct, field

from peerlint import filesystem
from peerlint.cloudformation.source import content_of
from peerlint.cloudformation.syntax import Unreadable
from peerlint.links import lies_in
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span

MANIFEST = "manifest.json"
_ENVIRONMENT = re.compile(r"aws://([^/]+)/(.+)\Z")
_ACCOUNT = re.compile(r"[0-9]{12}\Z")
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-[0-9]+\Z")


class SynthesisedStack(Struct, frozen=True):
    """A stack of an assembly: its template, what it is called, its parameters, and its place as far as that is told."""

    template: str
    name: str
    region: str | None = None
    account: str | None = None
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class Assembly(Struct, frozen=True):
    """The stacks of an assembly, and what is wrong with its manifest."""

    stacks: tuple[SynthesisedStack, ...] = ()
    problems: tuple[Problem, ...] = ()


def is_assembly(directory: str) -> bool:
    """Whether a directory holds the manifest of an assembly: one that lists something of the CDK's making."""
    try:
        content = content_of(os.path.join(directory, MANIFEST))
    except Unreadable:
        return False
    artifacts = _mapping(content).get("artifacts") if b'"artifacts"' in content and b'"version"' in content else None
    return isinstance(artifacts, dict) and any(_is_of_cdk(artifact) for artifact in artifacts.values())


def _is_of_cdk(artifact: object) -> bool:
    match artifact:
        case {"type": str(kind)}:
            return kind.startswith(("aws:cloudformation:", "cdk:"))
        case _:
            return False


def read_assembly(directory: str) -> Assembly:
    """The stacks of an assembly. A template that is not there is one PL901; assemblies inside it are not looked at."""
    path = os.path.join(directory, MANIFEST)
    try:
        artifacts = _mapping(content_of(path)).get("artifacts")
    except Unreadable as error:
        return Assembly(problems=(_problem(path, error.message),))
    found = list(_stacks(directory, artifacts if isinstance(artifacts, dict) else {}))
    missing = [stack for stack in found if not filesystem.is_file(stack.template)]
    return Assembly(
        tuple(stack for stack in found if stack not in missing),
        tuple(
            _problem(path, f"there is no template `{os.path.basename(s.template)}` of the stack {s.name}")
            for s in missing
        ),
    )


def _stacks(directory: str, artifacts: Mapping[str, object]) -> Iterator[SynthesisedStack]:
    for id, artifact in artifacts.items():
        match artifact:
            case {
                "type": "aws:cloudformation:stack",
                "properties": {"templateFile": str(file), **properties},
                "environment": environment,
            }:
                path = os.path.normpath(os.path.join(directory, file))
                if "\0" in path or not lies_in(path, directory):
                    continue
                account, region = _place(environment)
                name = properties.get("stackName")
                yield SynthesisedStack(
                    path,
                    name if isinstance(name, str) else str(id),
                    region,
                    account,
                    _texts(properties.get("parameters")),
                )
            case _:
                continue


def _place(environment: object) -> tuple[str | None, str | None]:
    """The account and Region of ``aws://111122223333/eu-west-1``; ``unknown-account`` and the like are none."""
    match = _ENVIRONMENT.match(environment) if isinstance(environment, str) else None
    if match is None:
        return None, None
    account, region = match.groups()
    return account if _ACCOUNT.match(account) else None, region if _REGION.match(region) else None


def _texts(parameters: object) -> Mapping[str, str]:
    if not isinstance(parameters, dict):
        return {}
    return {str(name): value for name, value in parameters.items() if isinstance(value, str)}


def _mapping(content: bytes) -> Mapping[str, object]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _problem(path: str, message: str) -> Problem:
    return Problem(ProblemKind.UNREADABLE_INPUT, message, Span(path, 1, 1, 1, 1), path)


class Assets:
    """The files that the stacks of an assembly upload, by the key under which a URL finds them."""

    def __init__(self, directory: str) -> None:
        """Those of the assembly in a directory, where it is one; they are looked at when the first is asked for."""
        self._directory = directory

    def file(self, key: str) -> str | None:
        """The file whose URL ends in a key (``293a….json``); ``None`` where none does, or several do."""
        return self._files.get(key)

    @cached_property
    def _files(self) -> Mapping[str, str]:
        try:
            names = filesystem.names(self._directory) if is_assembly(self._directory) else []
        except OSError:
            names = []
        found: dict[str, str] = {}
        for name in names:
            if name.endswith(".assets.json"):
                found.update(self._of_manifest(os.path.join(self._directory, name)))
        return found

    def _of_manifest(self, path: str) -> Iterator[tuple[str, str]]:
        try:
            files = _mapping(content_of(path)).get("files")
        except Unreadable:
            return
        for asset in files.values() if isinstance(files, dict) else ():
            match asset:
                case {"source": {"path": str(file), "packaging": "file"}, "destinations": dict(destinations)}:
                    for destination in destinations.values():
                        if isinstance(destination, dict) and isinstance(key := destination.get("objectKey"), str):
                            yield key, os.path.normpath(os.path.join(self._directory, file))
                case _:
                    continue
