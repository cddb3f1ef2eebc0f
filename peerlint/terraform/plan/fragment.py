"""A plan or state → a fragment: the entities of what exists once the plan is applied, or of what a state tells."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import UNTOLD, Entity, Fragment, Gap, Kind, Language, Order, Problem, is_of_peering
from peerlint.network.values import Span
from peerlint.terraform.dependencies import TerraformOrder
from peerlint.terraform.lift import DATA, PEERINGS, RESOURCES
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.module_paths import ModulePaths
from peerlint.terraform.openings import SCRIPTED, openings
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.plan.format import ConfiguredModule
from peerlint.terraform.plan.root import Opened, PlanRoot
from peerlint.terraform.plan.source import Source
from peerlint.terraform.sought import SHARED, shared


def fragment_of_plan(opened: Opened, options: TerraformOptions) -> Fragment:
    """What a plan or state declares. Raises VariableError for a ``--var`` or ``--var-file`` that cannot be used."""
    directory = opened.directory
    source = Source(directory, opened.table, opened.path, options) if directory is not None else None
    root = PlanRoot(opened, source, options.project_dir)
    entities: list[Entity] = []
    for instance in root.instances.values():
        lift = (DATA if instance.data else RESOURCES).get(instance.type)
        if lift is not None:
            entities += lift(Reader(instance))
    told = (instance for instance in root.instances.values() if instance.type in SHARED)
    found = shared(told, entities, {})
    configs = source.configs if source is not None else ()
    peers = any(is_of_peering(entity) for entity in entities)
    return Fragment(
        opened.path,
        Language.TERRAFORM,
        tuple(entities),
        gaps=(*_incomplete(opened), *(_openings(opened, source) if peers else ())),
        problems=(*root.state.take_problems(), *(p for c in configs for p in c.problems), *_unread(source)),
        files=(opened.path, *(f for c in configs for f in c.files), *(source.files if source is not None else ())),
        extents=tuple(extent for config in configs for extent in config.extents),
        lookups=tuple(found.lookups),
        findables=tuple(found.findables),
        readings=tuple(found.readings),
        published=tuple(found.published),
        order=_order(directory, options),
    )


def _unread(source: Source | None) -> Iterator[Problem]:
    """The blocks of the source that were asked for and are no HCL."""
    yield from source.state.unread_parts if source is not None else ()


def _order(directory: str | None, options: TerraformOptions) -> Order:
    """What waits for what, which only the source tells."""
    if directory is None:
        return UNTOLD
    return TerraformOrder(ModulePaths(directory, options.project_dir, options.limits))


def _incomplete(opened: Opened) -> Iterator[Gap]:
    """A plan of chosen resources, or one that failed or deferred something, does not tell all of the root."""
    document = opened.table.document
    if document.errored or not document.complete:
        reason = "the plan does not cover the whole configuration"
        yield Gap(opened.path, frozenset({Kind.ANY}), reason, Span(opened.path, 1, 1, 1, 2))


def _openings(opened: Opened, source: Source | None) -> Iterator[Gap]:
    """What is left to scripts and others, by the source; without it, by what the plan says of its configuration."""
    if source is not None:
        yield from openings(list(source.modules.values()))
        return
    for module in _modules(opened.table.configuration("")):
        for block in module.resources or ():
            given = f"{block.expressions} {block.provisioners}"
            if block.type in SCRIPTED and any(peering in given for peering in PEERINGS):
                kinds = frozenset({Kind.ROUTE, Kind.ACCEPTER, Kind.DNS_OPTION})
                reason = f"`{block.type}.{block.name}` is given a peering, and what it does with it is not known"
                yield Gap(opened.path, kinds, reason, Span(opened.path, 1, 1, 1, 2))


def _modules(module: ConfiguredModule | None) -> Iterator[ConfiguredModule]:
    if module is not None:
        yield module
        for call in (module.module_calls or {}).values():
            yield from _modules(call.module)
