"""From a template's file to the fragment of the network that it declares."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from peerlint.cloudformation.lift import lift
from peerlint.cloudformation.lift.item import Stack
from peerlint.cloudformation.lift.openings import gaps, names, unread_gaps, unread_stacks
from peerlint.cloudformation.lift.shared import findables, published, readings, signature
from peerlint.cloudformation.nodes import MappingNode, ScalarNode, SequenceNode
from peerlint.cloudformation.opened import open_whole
from peerlint.cloudformation.options import CloudFormationOptions
from peerlint.cloudformation.ordering import StackOrder
from peerlint.cloudformation.stacks.files import TemplateFiles
from peerlint.cloudformation.stacks.nested import StackFamily
from peerlint.cloudformation.template import Resource, malformed
from peerlint.network.mentions import identities
from peerlint.network.model import Entity, Fragment, Gap, Language, Problem, ProblemKind, Waiver, is_of_peering
from peerlint.network.values import Span
from peerlint.records import replace


def read_template(file: str, stack: str, options: CloudFormationOptions, files: TemplateFiles) -> Fragment:
    """The fragment that the stack of a template declares, with all that it nests. Raises Unreadable."""
    decoded = files.whole(file, options)
    opened = open_whole(decoded, stack, options) if decoded is not None else None
    if opened is None:
        return Fragment(stack, Language.CLOUDFORMATION, files=(file,))
    family = StackFamily(files, options)
    family.open(opened)
    entities = lift(*family.stacks)
    values = tuple(value for each in family.stacks for value in published(each, names(each)))
    found = tuple(_found(family, entities))
    named = tuple(dict.fromkeys(identity for thing in (*entities, *values) for identity in identities(thing)))
    if not any(is_of_peering(entity) for entity in entities):
        found = tuple(p for p in found if p.kind is not ProblemKind.UNRESOLVED_REFERENCE)
    resources = [r for each in family.stacks for r in each.evaluator.template.resources.values()]
    return Fragment(
        stack=stack,
        language=Language.CLOUDFORMATION,
        entities=entities,
        gaps=tuple(_gaps(family)),
        problems=tuple(_problems(family.stacks, (*found, *family.circles))),
        files=tuple(dict.fromkeys(file for each in family.opened for file in each.files)),
        extents=tuple(dict.fromkeys(resource.extent for resource in resources)),
        waivers=tuple(dict.fromkeys(_waivers(resources))),
        findables=tuple(found for each in family.stacks for found in findables(each)),
        readings=tuple(dict.fromkeys(r for each in family.stacks for r in readings(each, named))),
        published=values,
        signature=signature(family.stacks[0], file),
        order=StackOrder(opened.evaluator),
    )


def _found(family: StackFamily, entities: Sequence[Entity]) -> Iterator[Problem]:
    for opened in family.opened:
        yield from opened.problems
    for stack in family.stacks:
        yield from (*malformed(stack.evaluator.template), *stack.evaluator.check())
        yield from (*stack.evaluator.problems.values(), *stack.problems)
    yield from family.problems()
    yield from unread_stacks(family, entities)


def _gaps(family: StackFamily) -> Iterator[Gap]:
    for stack in family.stacks:
        yield from (*stack.gaps, *gaps(stack))
    yield from unread_gaps(family)


def _problems(stacks: Sequence[Stack], found: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the files, each with the resource that it lies in."""
    named = {r.extent: stack.evaluator.prefix + r.name for stack in reversed(stacks) for r in _resources(stack)}
    extents = sorted(named)

    def owner(at: Span) -> str:
        index = bisect_right(extents, at) - 1
        extent = extents[index] if index >= 0 else None
        return named[extent] if extent is not None and extent.file == at.file and at.line <= extent.end_line else ""

    unique = dict.fromkeys(replace(p, address=p.address or owner(p.at)) for p in found)
    return sorted(unique, key=lambda problem: (problem.at, problem.message))


def _resources(stack: Stack) -> Iterable[Resource]:
    return stack.evaluator.template.resources.values()


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
