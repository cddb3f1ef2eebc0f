"""A root's evaluated module tree → a fragment: entities, gaps where modules were not read, problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from peerlint.network.model import (
    Accepter,
    Entity,
    Fragment,
    Gap,
    Kind,
    Language,
    Peering,
    PeeringOptions,
    Problem,
    ProblemKind,
    Route,
    TargetKind,
)
from peerlint.network.values import Known, Unknown, Written
from peerlint.terraform.config import load_module
from peerlint.terraform.instance import ModuleInstance, RootState, Unread
from peerlint.terraform.lift import DATA, RESOURCES, Lift
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.values import EvaluationError, TfValue, elements
from peerlint.terraform.variables import root_values

PEERING_WORDS = ("peering", "vpc-peer", "vpc_peer")


def fragment_of(directory: str, options: TerraformOptions) -> Fragment:
    """What the root in a directory declares."""
    state = RootState(directory, directory, options.project_dir)
    config = load_module(directory)
    scope = ModuleInstance(state, config, {}).scope
    values, files, problems = root_values(config, options, scope)
    state = RootState(directory, directory, options.project_dir)
    top = ModuleInstance(state, config, values)
    entities = tuple(_entities(top))
    read = [problem for module in state.configs.values() for problem in module.problems]
    about = list(_relevant(state, entities))
    return Fragment(
        directory,
        Language.TERRAFORM,
        entities,
        gaps=tuple(_gaps(state)),
        problems=(*read, *problems, *about),
        files=(*(f for module in state.configs.values() for f in module.files), *files),
        extents=tuple(extent for module in state.configs.values() for extent in module.extents),
    )


def _entities(module: ModuleInstance) -> Iterator[Entity]:
    yield from _lifted(module, False, RESOURCES)
    yield from _lifted(module, True, DATA)
    for child in module.all_children():
        yield from _entities(child)


def _lifted(module: ModuleInstance, data: bool, lifters: Mapping[str, Lift]) -> Iterator[Entity]:
    for type, name in module.config.data if data else module.config.resources:
        lift = lifters.get(type)
        if lift is None:
            continue
        try:
            group = module.group(data, type, name)
        except EvaluationError:
            continue
        for instance in group.instances if group is not None else ():
            yield from lift(Reader(instance))


def _gaps(state: RootState) -> Iterator[Gap]:
    """What unread modules may declare: anything about the ids that they are given."""
    for unread in state.unread:
        reason = f"module `{unread.address}` was not read: {unread.source} is not on disk"
        yield Gap(state.stack, frozenset({Kind.ANY}), reason, unread.at, frozenset(_given(unread)))


def _given(unread: Unread) -> Iterator[Written[str]]:
    for name in unread.arguments.names():
        value = unread.arguments.get(name)
        if value is not None:
            yield from _ids(value)


def _ids(value: TfValue) -> Iterator[Written[str]]:
    """Everything in a value that may be an id: unknowns with an identity, and strings."""
    match value:
        case Unknown(of=of):
            if of is not None:
                yield value
        case Known(value=str() as text):
            yield Known(text)
        case _:
            for item in elements(value) or ():
                yield from _ids(item)


def _relevant(state: RootState, entities: tuple[Entity, ...]) -> Iterator[Problem]:
    """The problems of evaluation, where the root has anything to do with a peering, and modules that were not read."""
    peers = any(_is_of_peering(entity) for entity in entities)
    if peers:
        yield from state.problems
    for unread in {u.at: u for u in state.unread}.values():
        if peers or any(word in unread.source for word in PEERING_WORDS):
            yield _unresolved(unread)


def _is_of_peering(entity: Entity) -> bool:
    match entity:
        case Peering() | Accepter() | PeeringOptions():
            return True
        case Route(target=target):
            return target.kind is TargetKind.PEERING
        case _:
            return False


def _unresolved(unread: Unread) -> Problem:
    message = f"module `{unread.address}` was not read: its source `{unread.source}` is not on disk"
    remedy = "Run `terraform get` (or `terraform init`) first, and what it declares is read as well."
    return Problem(ProblemKind.UNRESOLVED_MODULE, message, unread.at, unread.address, remedy=remedy)
