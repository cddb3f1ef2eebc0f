"""One root, planned by Terraform in as many worlds as it takes, and evaluated by peerlint."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerlint.network.values import Unknown, Why
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.values import NULL
from tests.oracle.applied import merged_ids, split
from tests.oracle.compare import Comparison, argument
from tests.oracle.invented import values
from tests.oracle.judge import Disagreement, Judge
from tests.oracle.ours import evaluated, instances
from tests.oracle.planned import of_plan, of_state, outputs_of_plan
from tests.oracle.provider.schema import block_of, provider_schema
from tests.oracle.provider.server import serving
from tests.oracle.provider.world import World
from tests.oracle.workspace import Workspace

REGISTRY = "registry.terraform.io"
PROVIDERS = {
    "confluentinc/confluent": "confluent",
    "hashicorp/archive": "archive",
    "hashicorp/aws": "aws",
    "hashicorp/awscc": "awscc",
    "hashicorp/hcp": "hcp",
    "hashicorp/http": "http",
    "hashicorp/local": "local",
    "hashicorp/null": "null",
    "hashicorp/random": "random",
    "hashicorp/time": "time",
    "hashicorp/tls": "tls",
    "mongodb/mongodbatlas": "mongodbatlas",
    "redislabs/rediscloud": "rediscloud",
}
"""The stand-ins, by the source address that they stand for."""


@contextmanager
def two_worlds() -> Iterator[tuple[Mapping[str, str], Mapping[str, str]]]:
    """The environments in which Terraform talks to the stand-ins, in one world and in another."""
    providers = {f"{REGISTRY}/{source}": provider_schema(name) for source, name in PROVIDERS.items()}
    with ExitStack() as stack:
        one, two = (stack.enter_context(serving(providers, World(f"w{parity}", parity))) for parity in (0, 1))
        yield one, two


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of a root in one or two worlds, and the variables that each was given."""

    shown: tuple[Any, ...]
    variables: tuple[Path, ...]

    @property
    def depends_on_lookups(self) -> bool:
        """Whether anything is looked up."""
        plan = self.shown[0]
        deferred = any(change["mode"] == "data" for change in plan.get("resource_changes", ()))
        return deferred or "root_module" in plan.get("prior_state", {}).get("values", {})


PLANS = ("world0", "world1")
"""The names of the plans of the two worlds."""


def planned(space: Workspace, environments: Sequence[Mapping[str, str]]) -> Plans:
    """The plans of a root: two where anything in them depends on more than the code. Raises RefusedError."""
    files = []
    for world, name in enumerate(PLANS):
        if given := values(space.directory, world):
            files.append(space.scratch / f"{name}.tfvars.json")
            files[-1].write_text(json.dumps(given))
    first = Plans((space.plan(environments[0], PLANS[0], files[0] if files else None),), tuple(files))
    if not files and not first.depends_on_lookups:
        return first
    second = space.plan(environments[1], PLANS[1], files[1] if files else None)
    return Plans((*first.shown, second), tuple(files))


def _outside(unknown: Unknown) -> bool:
    """Whether a value is not in the code: what is looked up, given, or of the environment, or how many there are."""
    uncounted = "[*]" in str(unknown.of) or unknown.detail.endswith("is undecided")
    return uncounted or unknown.why in (Why.VARIABLE, Why.LOOKUP, Why.MODULE, Why.CHOICE)


def _not_given(unknown: Unknown) -> bool:
    """Whether a value is not in the code, nor among the variables that were given."""
    return _outside(unknown) and not (unknown.why is Why.VARIABLE and "var." in str(unknown.cause or unknown.name))


def _undecided(top: ModuleInstance) -> Callable[[Unknown], bool]:
    """Whether a value is of a resource of which it is not decided whether it exists: there are worlds without it."""
    doubtful = {instance.address for instance in instances(top) if instance.presence.doubt is not None}

    def is_of_doubtful(unknown: Unknown) -> bool:
        identity = unknown.cause or unknown.of
        return identity is not None and identity.address in doubtful

    return is_of_doubtful


def _unwritten(top: ModuleInstance) -> Callable[[Unknown], bool]:
    """Whether a value follows from an argument that is not written, or null: plan has null for it, or a default."""
    resources = {instance.address: instance for instance in instances(top) if not instance.data}

    def follows(unknown: Unknown) -> bool:
        identity = unknown.cause or unknown.of
        resource = resources.get(identity.address) if identity is not None else None
        block = block_of(resource.type, resource.data) if resource is not None else None
        if identity is None or resource is None or block is None:
            return False
        described = block.attributes.get(identity.attribute)
        left_out = described is not None and described.optional and not described.computed
        return left_out and argument(resource.arguments, block, identity.attribute) in (None, NULL)

    return follows


def _nothing(_: Unknown) -> bool:
    return False


def _everything(_: Unknown) -> bool:
    return True


def disagreements(space: Workspace, plans: Plans) -> Iterator[Disagreement]:
    """Where peerlint differs: as it reads the code alone, and with the values that the first plan was given."""
    judge = Judge(_outside if len(plans.shown) > 1 else _nothing)
    yield from _compared(evaluated(space.directory, space.project), plans.shown, judge)
    if plans.variables:
        top = evaluated(space.directory, space.project, plans.variables[0])
        yield from _compared(top, plans.shown[:1], Judge(_not_given if plans.depends_on_lookups else _nothing))


def _compared(top: ModuleInstance, shown: Sequence[Any], judge: Judge) -> Iterator[Disagreement]:
    unwritten, undecided = _unwritten(top), _undecided(top)
    lenient = Judge(lambda unknown: judge.is_open(unknown) or unwritten(unknown) or undecided(unknown))
    comparison = Comparison(tuple(map(of_plan, shown)), lenient)
    yield from comparison.root(top)
    yield from comparison.outputs(top, tuple(map(outputs_of_plan, shown)))


def disagreements_once_applied(space: Workspace, environment: Mapping[str, str]) -> Iterator[Disagreement]:
    """Where the state after apply contradicts what peerlint knows, or takes for one thing or for two."""
    state = of_state(space.apply(environment, PLANS[0]))
    top = evaluated(space.directory, space.project)
    yield from split(top, state)
    yield from merged_ids(top, state)
    yield from Comparison((state,), Judge(_everything)).root(top)
