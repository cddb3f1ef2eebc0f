"""The roots of a run as they read each other's state, each evaluated for that only when another one asks.

It is evaluated apart from what is said about the root itself: what another root has asked for changes nothing there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from peerlint.network.model import Deployment
from peerlint.network.values import Identity, Known, Maybe, Truth, Unknown, Why, all_of
from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.evaluation import EvaluatedRoot, evaluated_root
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.root_state import Declared, OutputSource, RootState
from peerlint.terraform.states import (
    DEFAULT_WORKSPACE,
    Location,
    Workspaces,
    asked_by,
    kept_by,
    same_place,
    same_workspace,
    uses_workspace,
    workspace_folder,
)
from peerlint.terraform.values import EvaluationError, FatalError, TfValue, is_null


@dataclass(frozen=True, slots=True)
class Unit:
    """A root as it is deployed once: ``variant`` is the name of the var files that it is deployed with."""

    stack: str
    directory: str
    options: TerraformOptions
    variant: str = ""


def unit_of(directory: str, options: TerraformOptions) -> Unit:
    """The unit that the options describe."""
    deployment = options.deployment or Deployment(directory)
    return Unit(deployment.stack, directory, options, deployment.label if deployment.files else "")


class Others:
    """The units of a run, by the place of their state."""

    def __init__(self, units: Callable[[], Sequence[Unit]]) -> None:
        """The units, which are asked for with the first question, and of which none is evaluated yet."""
        self._told = units
        self._evaluated: dict[str, EvaluatedRoot] = {}
        self._kept: dict[str, Location | None] = {}
        self._used: dict[str, bool] = {}
        self._asked = 0

    @cached_property
    def _units(self) -> Sequence[Unit]:
        return tuple(self._told())

    def state(self, asking: RootState, arguments: BlockArguments) -> ModuleInstance | Maybe | None:
        """The root whose state a ``terraform_remote_state`` reads.

        ``None`` where no root of the run keeps it, Maybe where one may.
        """
        asked = asked_by(arguments, asking.directory)
        if asked is None:
            return None
        told = [(unit, self._answer(unit, asking, asked, arguments)) for unit in self._units]
        certain = [unit for unit, answer in told if answer is True]
        if certain:
            return self._chosen(certain, asking)
        return _doubt([(unit, answer) for unit, answer in told if isinstance(answer, Maybe)], asking)

    def output(self, source: OutputSource, name: str) -> TfValue | None:
        """An output of a root; unknown where it cannot be evaluated.

        Raises FatalError for one that is asked for while another is, as of roots that read each other's: the first
        question of all is what stays open, whichever it is.
        """
        self._asked += 1
        try:
            return source.output(name)
        except (EvaluationError, RecursionError) as error:
            if isinstance(error, FatalError) and self._asked > 1:
                raise
            return Unknown(Why.UNSUPPORTED, f"output.{name}")
        finally:
            self._asked -= 1

    def declared(self, identity: Identity) -> Declared | None:
        """The resource or data source that an identity of another root is of, where that root has been asked."""
        found = self._evaluated.get(identity.stack)
        return found.state.by_address.get(identity.address) if found is not None else None

    def _root(self, unit: Unit) -> EvaluatedRoot:
        if unit.stack not in self._evaluated:
            options = replace(unit.options, others=self)
            self._evaluated[unit.stack] = evaluated_root(unit.stack, unit.directory, options)
        return self._evaluated[unit.stack]

    def _answer(self, unit: Unit, asking: RootState, asked: Location, arguments: BlockArguments) -> Truth:
        """Whether a unit's state is the one that a ``terraform_remote_state`` reads."""
        if unit.directory == asking.directory:
            return False
        top = self._root(unit).top
        if unit.stack not in self._kept:
            self._kept[unit.stack] = kept_by(top.site.config, top.scope)
        kept = self._kept[unit.stack]
        if kept is None:
            return False
        wanted = arguments.get("workspace")
        wanted = Known(DEFAULT_WORKSPACE) if wanted is None or is_null(wanted) else wanted
        in_folder = workspace_folder(asked)
        if in_folder is not None and same_place(kept, asked) is not True:
            asked, wanted = in_folder[0], Known(in_folder[1])
        place = same_place(kept, asked)
        if place is False:
            return False
        own = isinstance(wanted, Unknown) and wanted.of == Identity(asking.stack, "terraform.workspace")
        used = self._uses_workspace(top.site.root) or self._uses_workspace(asking)
        which = Workspaces(asking.workspace, wanted, own, used)
        return all_of((place, same_workspace(kept, asked, which)))

    def _uses_workspace(self, root: RootState) -> bool:
        if root.directory not in self._used:
            self._used[root.directory] = uses_workspace(root.configs[root.directory])
        return self._used[root.directory]

    def _chosen(self, certain: Sequence[Unit], asking: RootState) -> ModuleInstance | Maybe:
        """The one root that keeps its state in the place, in the deployment with the same var files."""
        labels = dict.fromkeys(_label(unit, asking) for unit in certain)
        if len(labels) > 1:
            return Maybe(f"{' and '.join(labels)} keep their state in one place")
        if len(certain) > 1:
            own = next((unit.variant for unit in self._units if unit.stack == asking.stack), "")
            certain = [unit for unit in certain if unit.variant and unit.variant == own]
        if len(certain) != 1:
            return Maybe(f"{next(iter(labels))} is deployed with several var files, and it is not known with which")
        return self._root(certain[0]).top


def _label(unit: Unit, asking: RootState) -> str:
    return f"`{os.path.relpath(unit.directory, asking.directory)}`"


def _doubt(doubts: Sequence[tuple[Unit, Maybe]], asking: RootState) -> Maybe | None:
    labels = list(dict.fromkeys(_label(unit, asking) for unit, _ in doubts))
    if not labels:
        return None
    if len(labels) > 1:
        return Maybe(f"{len(labels)} roots may keep the state that it reads, such as {labels[0]}")
    return Maybe(f"{doubts[0][1].reason}; it may be that of {labels[0]}")
