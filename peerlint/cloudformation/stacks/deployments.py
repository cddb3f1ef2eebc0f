"""The deployments of a template: one for each parameter file beside or below it that fits it, and it alone.

A parameter file is given by hand (``aws cloudformation deploy --parameter-overrides file://params/dev.json``), and no
template says which. Its keys tell: each is a parameter of the template, and none without a default is missing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from peerlint import filesystem
from peerlint.cloudformation.nodes import MappingNode, ScalarNode
from peerlint.cloudformation.options import CloudFormationOptions, read_parameters
from peerlint.cloudformation.recognise import bears_on_network
from peerlint.cloudformation.source import content_of
from peerlint.cloudformation.stacks.files import TemplateFiles
from peerlint.cloudformation.syntax import Unreadable
from peerlint.network.model import Deployment

MAX_DEPLOYMENTS = 30
"""Of one template; each costs as much as the template itself."""

_HEAD = 4096
_DEPTH = 3
_MAX_FILES = 2000
_PARAMETERS = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?\s*(?:\[\s*\{\s*"(?:Parameter|UsePrevious|Resolved)|\{[^\[]*?"Parameters"\s*:)"""
)
_ILLUSTRATION = re.compile("example|sample|template", re.IGNORECASE)
_SKIPPED = ("node_modules", "cdk.out", "__pycache__")


def deployments_of(template: str, fitting: Fitting) -> Sequence[Deployment]:
    """The deployments of a template, at least one: with each of its parameter files, and without any where it then has
    a value for each parameter.
    """
    directory = os.path.dirname(template)
    given = [Deployment(template, (file,), directory) for file in fitting.files_of(template)][:MAX_DEPLOYMENTS]
    return given if given and fitting.awaits(template) else [Deployment(template, (), directory), *given]


class Fitting:
    """Which parameter files are those of which templates."""

    def __init__(
        self, templates: Sequence[str], files: TemplateFiles, told: Callable[[str], CloudFormationOptions]
    ) -> None:
        """Among the templates that are stacks of their own; nothing is looked at before it is asked for."""
        self._templates = templates
        self._files = files
        self._told = told

    def files_of(self, template: str) -> Sequence[str]:
        """The parameter files of a template, by their paths."""
        return self._owned.get(template, ())

    def awaits(self, template: str) -> bool:
        """Whether a parameter of a template has no value without a parameter file; an empty default only waits."""
        used = {name for file in self.files_of(template) for name in _names(file)}
        declared = self._declared.get(template, {})
        return any(default is None or (name in used and not default.strip()) for name, default in declared.items())

    @cached_property
    def _owned(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        near: dict[str, list[str]] = {}
        beside: dict[str, list[str]] = {}
        for template in self._declared:
            beside.setdefault(os.path.dirname(template), []).append(template)
        for directory, templates in beside.items():
            for file in _parameter_files(directory):
                near.setdefault(file, []).extend(templates)
        for file, templates in near.items():
            names = _names(file)
            fits = [template for template in templates if names and _fits(names, self._declared[template])]
            if len(fits) == 1:
                found.setdefault(fits[0], []).append(file)
        return {template: sorted(files) for template, files in found.items()}

    @cached_property
    def _declared(self) -> Mapping[str, Mapping[str, str | None]]:
        """The parameters of each template that has any and bears on the network, with their defaults as texts."""
        found = {path: self._parameters(path) for path in self._templates}
        return {path: parameters for path, parameters in found.items() if parameters}

    def _parameters(self, path: str) -> Mapping[str, str | None]:
        try:
            content = content_of(path)
            if b"Parameters" not in content or not bears_on_network(content):
                return {}
            decoded = self._files.whole(path, self._told(path))
        except Unreadable:
            return {}
        section = decoded.included.root.get("Parameters") if decoded is not None else None
        entries = section.entries if isinstance(section, MappingNode) else {}
        return {name: _default(entry.value) for name, entry in entries.items() if isinstance(entry.value, MappingNode)}


def _default(parameter: MappingNode) -> str | None:
    node = parameter.get("Default")
    return None if node is None else str(node.value) if isinstance(node, ScalarNode) else "…"


def _fits(names: frozenset[str], declared: Mapping[str, str | None]) -> bool:
    return names <= declared.keys() and all(name in names for name, default in declared.items() if default is None)


def _names(file: str) -> frozenset[str]:
    try:
        return frozenset(read_parameters(file))
    except ValueError:
        return frozenset()


def _parameter_files(directory: str) -> Iterator[str]:
    """The files beside or below a directory that look like parameter files."""
    count = 0
    for place, below, names in filesystem.walk(directory):
        depth = os.path.relpath(place, directory).count(os.sep) + (place != directory)
        below[:] = sorted(n for n in below if not n.startswith(".") and n not in _SKIPPED) if depth < _DEPTH else []
        for name in sorted(names):
            count += 1
            if count > _MAX_FILES:
                return
            path = os.path.join(place, name)
            if name.endswith(".json") and not _ILLUSTRATION.search(name) and _looks_right(path):
                yield path


def _looks_right(path: str) -> bool:
    try:
        if not filesystem.is_file(path) or filesystem.is_link(path):
            return False
        head = filesystem.read(path, _HEAD)
    except OSError:
        return False
    return _PARAMETERS.match(head) is not None and b'"Resources"' not in head
