"""A template's sections, as far as the network needs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.syntax import MAX_RESOURCES, SERVICE_LIMITS, Unreadable
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span

_FORMAT_VERSION = "AWSTemplateFormatVersion"
_SECTIONS = ("Parameters", "Mappings", "Conditions", "Outputs")
LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions"
SERVERLESS = "AWS::Serverless"
"""How the transform of the Serverless Application Model is called, and the types that it turns into others."""

_PLAIN_TRANSFORMS = (LANGUAGE_EXTENSIONS, "AWS::SecretsManager", "AWS::CodeDeployBlueGreen", SERVERLESS)
"""Transforms of AWS that add nothing to a network; that of the Serverless Application Model adds other resources."""

_MADE_BY_SERVERLESS = ("Serverless", "CodeDeployServiceRole", "ApiGatewayDomainName", "RecordSetGroup")


class Resource(Struct, frozen=True):
    """One resource: its logical id, its type, and the places of its header and of all of it."""

    name: str
    type: str
    body: MappingNode
    header: Span
    extent: Span

    @property
    def properties(self) -> MappingNode | None:
        """The ``Properties``, where they are a mapping."""
        node = self.body.get("Properties")
        return node if isinstance(node, MappingNode) else None

    def property(self, name: str) -> Node | None:
        """A property's node, or ``None`` where it is not written."""
        return self.properties.get(name) if self.properties is not None else None


class Template(Struct, frozen=True):
    """The sections of a template. ``stack`` keeps its identities apart from other templates'.

    ``generates`` are the macros, modules and loops, each with its place, that may make network resources which the
    template does not show. ``is_closed`` says that the template shows every name there will be, apart from those that
    the transform of the Serverless Application Model makes where it ``is_serverless``; ``names`` are those of its
    parameters and resources, malformed ones included. ``is_extended`` says that it declares the language extensions.
    """

    stack: str
    root: MappingNode
    parameters: Mapping[str, MappingNode]
    mappings: Mapping[str, MappingNode]
    conditions: Mapping[str, Entry]
    resources: Mapping[str, Resource]
    outputs: Mapping[str, MappingNode]
    generates: tuple[tuple[str, Span], ...]
    is_closed: bool
    is_serverless: bool
    is_extended: bool
    names: frozenset[str]

    def header(self, parameter: str) -> Span:
        """The place of a parameter's name."""
        return _section(self.root, "Parameters")[parameter].key

    def may_have(self, name: str) -> bool:
        """Whether a parameter or resource has this name, or may have it once the transforms are done.

        The Serverless Application Model names what it makes after the resource that it makes it for, or after itself
        (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html).
        """
        if name in self.names or not self.is_closed:
            return True
        return self.is_serverless and name.startswith((*_MADE_BY_SERVERLESS, *self.resources))


def open_template(root: MappingNode, stack: str) -> Template | None:
    """The template that a decoded file is; ``None`` for a file that only mentions one's keys deeper down.

    Raises Unreadable for a template without a mapping of resources.
    """
    section = root.entries.get("Resources")
    if section is None and _FORMAT_VERSION not in root.entries:
        return None
    if section is None:
        raise Unreadable("a template has a section `Resources`", root.span.line, root.span.column)
    if not isinstance(section.value, MappingNode):
        raise Unreadable("`Resources` is not a mapping", section.key.line, section.key.column)
    if len(section.value.entries) > MAX_RESOURCES:
        raise Unreadable(f"more than {MAX_RESOURCES:,} resources", section.key.line, section.key.column)
    generates = _generators(root)
    declared = [name for name, _ in transforms(root)]
    return Template(
        stack=stack,
        root=root,
        parameters=_mappings(root, "Parameters"),
        mappings=_mappings(root, "Mappings"),
        conditions=_section(root, "Conditions"),
        resources=_resources(root),
        outputs=_mappings(root, "Outputs"),
        generates=generates,
        is_closed=not generates and not _has_hidden_names(root),
        is_serverless=any(name.startswith(SERVERLESS) for name in declared),
        is_extended=LANGUAGE_EXTENSIONS in declared,
        names=frozenset((*_section(root, "Parameters"), *_section(root, "Resources"))),
    )


def refuse_listed(root: Node) -> None:
    """Raises Unreadable where a file is a list with a template in it; one whose elements hold templates is none."""
    for item in root.items if isinstance(root, SequenceNode) else ():
        if isinstance(item, MappingNode) and _FORMAT_VERSION in item.entries:
            raise Unreadable("a template is a mapping, and this one is in a list", item.span.line, item.span.column)


def malformed(template: Template) -> Iterator[Problem]:
    """Sections and resources that are none: no mapping, or without a type; and more in one than the service takes."""
    for name in _SECTIONS if not has_macros(template.root) else ():
        entry = template.root.entries.get(name)
        if entry is not None and not isinstance(entry.value, MappingNode):
            yield Problem(ProblemKind.UNREADABLE_INPUT, f"`{name}` is not a mapping", entry.key)
    for name, most in SERVICE_LIMITS.items():
        entry = template.root.entries.get(name)
        if entry is not None and (found := len(_section(template.root, name))) > most:
            message = f"the service takes {most} {name.lower()} in one template, not {found:,}"
            yield Problem(ProblemKind.INVALID_VALUE, message, entry.key)
    for name, entry in _section(template.root, "Resources").items() if template.is_closed else ():
        if name not in template.resources:
            what = "has no `Type`" if isinstance(entry.value, MappingNode) else "is not a mapping"
            yield Problem(ProblemKind.UNREADABLE_INPUT, f"the resource `{name}` {what}", entry.key, name)


def _section(root: MappingNode, name: str) -> Mapping[str, Entry]:
    node = root.get(name)
    return node.entries if isinstance(node, MappingNode) else {}


def _mappings(root: MappingNode, name: str) -> dict[str, MappingNode]:
    return {key: entry.value for key, entry in _section(root, name).items() if isinstance(entry.value, MappingNode)}


def _resources(root: MappingNode) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for name, entry in _section(root, "Resources").items():
        body = entry.value
        kind = body.get("Type") if isinstance(body, MappingNode) else None
        if isinstance(body, MappingNode) and isinstance(kind, ScalarNode) and isinstance(kind.value, str):
            found[name] = Resource(name, kind.value, body, entry.key, entry.span)
    return found


def has_macros(root: MappingNode) -> bool:
    """Whether code that is not AWS's rewrites the template before it is read."""
    return any(not name.startswith(_PLAIN_TRANSFORMS) for name, _ in transforms(root))


def _generators(root: MappingNode) -> tuple[tuple[str, Span], ...]:
    found = [(f"the transform `{name}`", at) for name, at in transforms(root) if not name.startswith(_PLAIN_TRANSFORMS)]
    for name, entry in _section(root, "Resources").items():
        body = entry.value if isinstance(entry.value, MappingNode) else None
        kind = body.get("Type") if body is not None else None
        if name.startswith("Fn::") or (body is not None and any(key.startswith("Fn::") for key in body.entries)):
            found.append((f"`{name}`", entry.key))
        elif isinstance(kind, MappingNode) or (isinstance(kind, ScalarNode) and str(kind.value).endswith("::MODULE")):
            found.append((f"the module `{name}`", entry.key))
    return tuple(found)


def _has_hidden_names(root: MappingNode) -> bool:
    """Whether a section is made by a loop or a file that was not read."""
    sections = ("Parameters", "Mappings", "Conditions", "Resources")
    names = [key for name in sections for key in _section(root, name)]
    maps = [entry.value for entry in _section(root, "Mappings").values()]
    inner = [entry.value for map_ in maps if isinstance(map_, MappingNode) for entry in map_.entries.values()]
    names += [key for node in (*maps, *inner) if isinstance(node, MappingNode) for key in node.entries]
    return any(name.startswith("Fn::") for name in names)


def transforms(root: MappingNode) -> list[tuple[str, Span]]:
    """The transforms that a template declares for the whole of itself, each with its place."""
    found: list[tuple[str, Span]] = []
    for key in ("Transform", "Fn::Transform"):
        node = root.get(key)
        for item in node.items if isinstance(node, SequenceNode) else (node,):
            name = item.get("Name") if isinstance(item, MappingNode) else item
            if isinstance(name, ScalarNode) and isinstance(name.value, str):
                found.append((name.value, name.span))
            elif name is not None:
                found.append(("of unknown name", name.span))
    return found
