"""From a template's file to the fragment of the network that it declares."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from peerlint.cloudformation.lift import lift
from peerlint.cloudformation.lift.item import Stack
from peerlint.cloudformation.lift.openings import exports, gaps, names, unread_stacks
from peerlint.cloudformation.lift.shared import findables, published, readings, signature
from peerlint.cloudformation.nodes import MappingNode, ScalarNode, SequenceNode
from peerlint.cloudformation.opened import open_content
from peerlint.cloudformation.options import CloudFormationOptions
from peerlint.cloudformation.template import Resource, Template, malformed
from peerlint.network.model import Fragment, Language, Problem, ProblemKind, Waiver, is_of_peering
from peerlint.network.values import Identity, Span, Written


def read_content(content: bytes, stack: str, file: str, options: CloudFormationOptions) -> Fragment:
    """The fragment that a template's bytes declare. Raises Unreadable."""
    opened = open_content(content, stack, file, options)
    if opened is None:
        return Fragment(stack, Language.CLOUDFORMATION, files=(file,))
    evaluator = opened.evaluator
    template = evaluator.template
    shared = Stack(evaluator, evaluator.place)
    entities = lift(shared)
    provides: dict[Identity, Written[object]] = dict(exports(shared))
    found = (
        *opened.problems,
        *malformed(template),
        *evaluator.check(),
        *evaluator.problems.values(),
        *shared.problems,
        *unread_stacks(shared),
    )
    if not any(is_of_peering(entity) for entity in entities):
        found = tuple(p for p in found if p.kind is not ProblemKind.UNRESOLVED_REFERENCE)
    return Fragment(
        stack=stack,
        language=Language.CLOUDFORMATION,
        entities=entities,
        gaps=(*shared.gaps, *gaps(shared)),
        problems=tuple(_problems(template, found)),
        provides=provides,
        files=opened.files,
        extents=tuple(dict.fromkeys(resource.extent for resource in template.resources.values())),
        waivers=tuple(_waivers(template.resources.values())),
        findables=tuple(findables(shared)),
        readings=tuple(readings(shared, entities)),
        published=tuple(published(shared, names(shared))),
        signature=signature(shared, file),
    )


def _problems(template: Template, found: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the file, each with the resource that it lies in."""
    resources = sorted(template.resources.values(), key=lambda resource: resource.extent)
    starts = [resource.extent for resource in resources]

    def owner(at: Span) -> str:
        index = bisect_right(starts, at) - 1
        extent = resources[index].extent if index >= 0 else None
        inside = extent is not None and at.file == extent.file and at.line <= extent.end_line
        return resources[index].name if inside else ""

    unique = dict.fromkeys(replace(p, address=p.address or owner(p.at)) for p in found)
    return sorted(unique, key=lambda problem: (problem.at, problem.message))


def _waivers(resources: Iterable[Resource]) -> Iterable[Waiver]:
    for resource in resources:
        metadata = resource.body.get("Metadata")
        own = metadata.get("peerlint") if isinstance(metadata, MappingNode) else None
        ignore = own.entries.get("ignore") if isinstance(own, MappingNode) else None
        if ignore is None:
            continue
        items = ignore.value.items if isinstance(ignore.value, SequenceNode) else (ignore.value,)
        rules = tuple(str(item.value) for item in items if isinstance(item, ScalarNode) and item.value is not None)
        yield Waiver(rules, ignore.span, resource.extent)
