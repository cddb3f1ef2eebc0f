"""The templates on disk, and where on it the template of a nested stack is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from peerlint import filesystem
from peerlint.cloudformation.attributes import TEMPLATED
from peerlint.cloudformation.nodes import MappingNode, Node, ScalarNode, texts
from peerlint.cloudformation.options import CloudFormationOptions
from peerlint.cloudformation.recognise import bears_on_network, nests_stacks
from peerlint.cloudformation.source import content_of
from peerlint.cloudformation.stacks.assembly import Assets
from peerlint.cloudformation.syntax import Unreadable
from peerlint.links import lies_in

if TYPE_CHECKING:
    from peerlint.cloudformation.opened import Whole

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?=/)")


class TemplateFiles:
    """The files that are read in one run. Those that nest others, or are nested, are decoded once and kept."""

    def __init__(self) -> None:
        """None has been read yet."""
        self._decoded: dict[str, Whole | Unreadable | None] = {}
        self._nested: dict[str, tuple[str, ...]] = {}
        self._assets: dict[str, Assets] = {}

    def whole(self, path: str, options: CloudFormationOptions) -> Whole | None:
        """The decoded template; ``None`` for what is none. Raises Unreadable, the same each time."""
        if path not in self._decoded:
            self._decoded[path] = _decoded(path, options)
        found = self._decoded[path]
        if isinstance(found, Unreadable):
            raise found
        return found

    def bears_on_network(self, path: str) -> bool:
        """Whether a template names anything that the model is made of. Raises Unreadable."""
        return path in self._decoded or bears_on_network(content_of(path))

    def nested_by(self, path: str, options: CloudFormationOptions) -> Sequence[str]:
        """The templates that a template nests, as far as the project has them. One that nests none is not decoded."""
        if path not in self._nested:
            self._nested[path] = tuple(dict.fromkeys(self._look(path, options)))
        return self._nested[path]

    def _look(self, path: str, options: CloudFormationOptions) -> Iterator[str]:
        try:
            decoded = self.whole(path, options) if nests_stacks(path) else None
        except Unreadable:
            return
        resources = decoded.included.root.get("Resources") if decoded is not None else None
        project = options.project or os.path.dirname(path)
        for entry in resources.entries.values() if isinstance(resources, MappingNode) else ():
            local = self.local(entry.value, os.path.dirname(path))
            if local is not None and filesystem.is_file(local) and lies_in(local, project):
                yield local

    def local(self, resource: Node, directory: str) -> str | None:
        """The file of the template that a resource of a template in a directory nests; ``None`` where none is told.

        It is there or not. A path is relative to the directory; in an assembly of the CDK, an asset is a file of it.
        """
        asset = _asset(resource)
        if asset is not None:
            return local_path(asset, directory)
        written = location(resource)
        if isinstance(written, str):
            path = local_path(written, directory)
            return path or self._asset_of(written, directory)
        found = (self._asset_of(str(scalar.value), directory) for scalar in texts(written)) if written else ()
        return next((path for path in found if path is not None), None)

    def _asset_of(self, url: str, directory: str) -> str | None:
        if directory not in self._assets:
            self._assets[directory] = Assets(directory)
        return self._assets[directory].file(url.rpartition("/")[2])


def _decoded(path: str, options: CloudFormationOptions) -> Whole | Unreadable | None:
    from peerlint.cloudformation.opened import whole

    try:
        return whole(content_of(path), path, options)
    except Unreadable as error:
        return error


def location(resource: Node) -> str | Node | None:
    """What a resource says of the place of its template: a text, or an expression; ``None`` for no nested stack."""
    kind = resource.get("Type") if isinstance(resource, MappingNode) else None
    properties = resource.get("Properties") if isinstance(resource, MappingNode) else None
    name = TEMPLATED.get(str(kind.value)) if isinstance(kind, ScalarNode) else None
    node = properties.get(name) if name is not None and isinstance(properties, MappingNode) else None
    return node.value if isinstance(node, ScalarNode) and isinstance(node.value, str) else node


def _asset(resource: Node) -> str | None:
    """The file that the CDK notes as the template of a nested stack
    (https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/cx-api/lib/assets.ts).
    """
    metadata = resource.get("Metadata") if isinstance(resource, MappingNode) else None
    if location(resource) is None or not isinstance(metadata, MappingNode):
        return None
    path, named = metadata.get("aws:asset:path"), metadata.get("aws:asset:property")
    is_template = isinstance(named, ScalarNode) and named.value == "TemplateURL"
    return str(path.value) if is_template and isinstance(path, ScalarNode) and isinstance(path.value, str) else None


def local_path(written: str, directory: str) -> str | None:
    """The file that a location names, relative to the template's directory; ``None`` for a URL.

    ``aws cloudformation package`` uploads the file and puts its URL in the place of the path
    (https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html).
    """
    path = written.removeprefix("file://")
    if _SCHEME.match(path) or not path.strip() or "\0" in path or "{{resolve:" in path:
        return None
    return os.path.normpath(os.path.join(directory, path))


def likely_file(written: str, directory: str, project: str) -> str | None:
    """The file of the project that has the longest end of a URL for its path; ``None`` where there is none."""
    parts = [part for part in written.split("?")[0].split("/") if part not in ("", ".", "..")]
    around = [directory]
    while around[-1] != project and os.path.dirname(around[-1]) != around[-1]:
        around.append(os.path.dirname(around[-1]))
    for count in range(min(len(parts), 8), 0, -1):
        for place in around:
            path = os.path.join(place, *parts[-count:])
            if "\0" not in path and filesystem.is_file(path):
                return path
    return None
