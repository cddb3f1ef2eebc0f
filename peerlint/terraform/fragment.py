"""A root's evaluated module tree → a fragment: entities, gaps where modules were not read, problems."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from peerlint.network.model import (
    Basis,
    BlockAssociation,
    Deployment,
    Entity,
    Fragment,
    Gap,
    Kind,
    Language,
    MainAssociation,
    Peering,
    Problem,
    ProblemKind,
    RouteTable,
    SecurityGroup,
    Subnet,
    SubnetAssociation,
    Vpc,
    is_of_peering,
)
from peerlint.network.values import Identity, Span, Unknown, Why, Written
from peerlint.terraform.aloof import is_aloof
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.awaiting import awaiting
from peerlint.terraform.bearing import call_bears
from peerlint.terraform.conditions import LOOKED_UP
from peerlint.terraform.config import lone_overrides
from peerlint.terraform.dependencies import TerraformOrder
from peerlint.terraform.evaluation import EvaluatedRoot, evaluated_root
from peerlint.terraform.group_makers import group_makers
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.joins import joins
from peerlint.terraform.left_to_others import left_to_others
from peerlint.terraform.lift import DATA, PEERINGS, RESOURCES
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.lift.stacks import STACKS, deployed, ids
from peerlint.terraform.module_paths import ModulePaths
from peerlint.terraform.openings import openings
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.outline import PEERING_WORDS
from peerlint.terraform.provider_versions import aws_versions
from peerlint.terraform.references import unresolved_references
from peerlint.terraform.resolvers import resolvers
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.retired import retired_arguments
from peerlint.terraform.root_state import RootState, Summarised, Unread
from peerlint.terraform.sought import SHARED, shared
from peerlint.terraform.sources import lies_outside
from peerlint.terraform.terragrunt import has_units
from peerlint.terraform.values import EvaluationError


def fragment_of(directory: str, options: TerraformOptions) -> Fragment:
    """What the root in a directory declares as it is deployed."""
    deployment = options.deployment or Deployment(directory)
    root = evaluated_root(deployment.stack, directory, options)
    state, modules = root.state, list(module_tree(root.top))
    evaluated, about = _entities(modules)
    instances = list(_instances(modules))
    joined = joins(evaluated, (instance for instance in instances if instance.type in LOOKED_UP))
    entities = tuple(entity for entity in evaluated if not _is_joined(entity, joined))
    found = shared(instances, entities, joined)
    peers = any(is_of_peering(entity) for entity in entities)
    deploys = tuple(stack for i in instances if i.type in STACKS for stack in deployed(i))
    retired = tuple(retired_arguments(modules))
    versions = aws_versions(state) if retired else None
    shares = any((entities, joined, deploys, found.lookups, found.findables, found.readings, found.published))
    aloof = not shares and is_aloof(state, root.files, options)
    gaps = [
        *_gaps(state, aloof),
        *_left_out(state, aloof),
        *awaiting(modules),
        *group_makers(modules),
        *left_to_others(modules),
        *resolvers(modules),
        *(openings(modules, STACKS) if peers else ()),
    ]
    gaps += _incomplete(state)  # only now has everything been asked for that cannot be read
    return Fragment(
        deployment.stack,
        Language.TERRAFORM,
        entities,
        gaps=tuple(gaps),
        problems=tuple(dict.fromkeys(_problems(root, entities, about))),
        provides=joined,
        files=(*(f for module in state.configs.values() for f in module.files), *root.files),
        extents=tuple(extent for module in state.configs.values() for extent in module.extents),
        bases=tuple(_basis(summarised, state) for summarised in state.summarised),
        deployment=deployment,
        lookups=tuple(found.lookups),
        findables=tuple(found.findables),
        readings=tuple(found.readings),
        published=tuple(found.published),
        aws_provider=versions,
        retired=retired,
        deploys=deploys,
        order=TerraformOrder(ModulePaths(directory, options.project_dir, options.limits)),
    )


def _problems(root: EvaluatedRoot, entities: Sequence[Entity], about: Sequence[Problem]) -> Iterator[Problem]:
    """What is wrong with a root that makes these entities, about which some problems were found."""
    yield from _of_reading(root)
    yield from (problem for problem in about if not _may_be_added(problem, root.state))
    peers = any(map(is_of_peering, entities))
    if peers:
        yield from (problem for config in root.state.configs.values() for problem in lone_overrides(config))
    yield from _unread(root.state, peers)
    yield from _of_evaluation(root.state)


def _may_be_added(problem: Problem, state: RootState) -> bool:
    """Whether what a reference does not find may be in a file that Terragrunt adds to the root."""
    is_of_root = os.path.dirname(problem.at.file) == state.directory
    return problem.kind is ProblemKind.UNRESOLVED_REFERENCE and is_of_root and has_units(state.project_dir)


def _of_reading(root: EvaluatedRoot) -> Iterator[Problem]:
    """The files and blocks that could not be read."""
    for module in root.state.configs.values():
        yield from module.problems
    yield from root.state.unread_parts
    yield from root.problems


def _of_evaluation(state: RootState) -> Iterator[Problem]:
    yield from state.circles
    yield from state.budget.problems()


def _basis(summarised: Summarised, state: RootState) -> Basis:
    call = summarised.call
    return Basis(state.stack, summarised.address, summarised.summary.title, call.header, call.extent)


def _entities(modules: Sequence[ModuleInstance]) -> tuple[list[Entity], list[Problem]]:
    """All entities of the module tree, and the problems of those on which a peering question depends."""
    entities: list[Entity] = []
    problems: list[Problem] = []
    root = modules[0].site.root
    root.take_problems()
    for module in modules:
        for lifted in _lifted(module):
            entities += lifted
            found = root.take_problems()
            invalid = [p for p in found if p.kind is ProblemKind.INVALID_VALUE]
            problems += found if any(_matters(entity) for entity in lifted) else invalid
        problems += unresolved_references(module.site.config, module.address)
    return entities, problems


def _instances(modules: Sequence[ModuleInstance]) -> Iterator[ResourceInstance]:
    """The resources that look-ups and other stacks may find, and those look-ups."""
    for module in modules:
        for data, declared in ((False, module.site.config.resources), (True, module.site.config.data)):
            for type, name in declared:
                if type in SHARED:
                    with suppress(EvaluationError):
                        group = module.resources.group(data, type, name)
                        yield from group.instances if group is not None else ()


def _is_joined(entity: Entity, joined: Mapping[Identity, object]) -> bool:
    """Whether it is a look-up of something that is declared as well."""
    id = entity.id if isinstance(entity, Vpc | Subnet | RouteTable | SecurityGroup | Peering) else None
    return isinstance(id, Unknown) and id.of in joined


def module_tree(module: ModuleInstance) -> Iterator[ModuleInstance]:
    """A module instance and all that it calls, at any depth, as far as their source is on disk and can bear on a
    peering.
    """
    yield module
    for child in module.modules.all_children(lambda name: call_bears(module.site, name)):
        yield from module_tree(child)


def _lifted(module: ModuleInstance) -> Iterator[list[Entity]]:
    """The entities of each resource instance and data source, those of peerings first, whatever the order of blocks."""
    for data, lifters in ((False, PEERINGS), (False, RESOURCES), (True, DATA)):
        for type, name in sorted(module.site.config.data if data else module.site.config.resources):
            lift = lifters.get(type)
            if lift is None or (lifters is RESOURCES and type in PEERINGS):
                continue
            try:
                group = module.resources.group(data, type, name)
            except EvaluationError:
                continue
            for instance in group.instances if group is not None else ():
                yield list(lift(Reader(instance)))


def _gaps(state: RootState, aloof: bool) -> Iterator[Gap]:
    """What unread modules may declare: anything about the ids that they are given, none of which is of any interest in
    a root that is aloof.
    """
    for unread in state.unread:
        why = unread.reason or f"{unread.source} is not on disk"
        reason = f"module `{unread.address}` was not read: {why}"
        touches = frozenset(() if aloof else _given(unread.arguments))
        yield Gap(state.stack, frozenset({Kind.ANY}), reason, unread.at, touches)


def _left_out(state: RootState, aloof: bool) -> Iterator[Gap]:
    """What a module makes beyond its summary: about the ids that it is given, and those of its own resources."""
    for summarised in state.summarised:
        kinds = summarised.summary.leaves_out
        if kinds:
            own = [Unknown(Why.COMPUTED, of=of) for of in _own_ids(summarised.address, state)]
            touches = frozenset((*_given(summarised.arguments), *own) if not aloof else ())
            reason = f"the summary of {summarised.summary.title} leaves out {', '.join(sorted(k.value for k in kinds))}"
            yield Gap(state.stack, kinds, reason, summarised.call.header, touches)


def _own_ids(module: str, state: RootState) -> Iterator[Identity]:
    for address in state.by_address:
        if address.startswith(f"{module}."):
            yield Identity(state.stack, address, "id")


def _incomplete(state: RootState) -> Iterator[Gap]:
    """A module of which not every file could be read, nor every block that was asked for, may declare anything."""
    files = [path for config in state.configs.values() for path in config.unread_files()]
    for path in dict.fromkeys((*files, *(problem.at.file for problem in state.unread_parts))):
        reason = f"`{os.path.relpath(path, state.directory)}` could not be read"
        yield Gap(state.stack, frozenset({Kind.ANY}), reason, Span(path, 1, 1, 1, 1))


def _given(arguments: Arguments) -> Iterator[Written[str]]:
    for name in arguments.names():
        value = arguments.get(name)
        yield from ids(value)


def _unread(state: RootState, peers: bool) -> Iterator[Problem]:
    """The modules that were not read: a PL903 each where the root has anything to do with a peering, or they sound
    like it, and one undecided question for all others together.
    """
    others: list[Unread] = []
    for unread in {u.at: u for u in state.unread if not u.reason}.values():
        if peers or any(word in unread.source for word in PEERING_WORDS):
            yield _unresolved(unread, state)
        else:
            others.append(unread)
    if others:
        sources = ", ".join(f"`{source}`" for source in list(dict.fromkeys(u.source for u in others))[:3])
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        reason = f"modules were not read, as their source is not on disk: {sources}{more}"
        question = "whether the modules of this root declare a peering"
        kind = ProblemKind.UNRESOLVED_MODULE
        yield Problem(kind, reason, others[0].at, others[0].address, question=question)


def _matters(entity: Entity) -> bool:
    """Whether a peering question depends on the entity's references."""
    return is_of_peering(entity) or isinstance(entity, Vpc | BlockAssociation | SubnetAssociation | MainAssociation)


def _unresolved(unread: Unread, state: RootState) -> Problem:
    name, source = f"module `{unread.address}`", f"its source `{unread.source}`"
    message = f"{name} was not read: {source} is not on disk" + (f", and {unread.summary}" if unread.summary else "")
    remedy = "run `terraform get` (or `terraform init`) first: its source is read then"
    here = os.path.dirname(unread.at.file)
    if lies_outside(unread.source, here, unread.address, state.directory, state.project_dir):
        message = f"{name} was not read: {source} is on disk outside of what was given"
        remedy = "give a directory that holds both, or run in the repository"
    elif unread.source.startswith(("./", "../")):
        remedy = "correct the path"
    return Problem(ProblemKind.UNRESOLVED_MODULE, message, unread.at, unread.address, remedy=remedy)
