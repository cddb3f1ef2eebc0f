"""The roots of a run as they read each other's state, each evaluated for that only when another one asks.

It is evaluated apart from what is said about the root itself: what another root has asked for changes nothing there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec import Struct

from peerlint.network.model import Deployment, KeptState, StateReading
from peerlint.network.states import state_read
from peerlint.network.values import Identity, Maybe, Unknown, Why
from peerlint.records import replace
from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.evaluation import EvaluatedRoot, evaluated_root
from peerlint.terraform.kept_states import ToldState, kept_state, reading_in, travels, with_outputs
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.root_state import Declared, OutputSource, RootState
from peerlint.terraform.values import EvaluationError, FatalError, TfValue


class Unit(Struct, frozen=True):
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
    """The units of a run, by the place of their state, and the states of roots that are elsewhere."""

    def __init__(self, units: Callable[[], Sequence[Unit]], elsewhere: Sequence[KeptState] = ()) -> None:
        """The units, which are asked for with the first question, and of which none is evaluated yet."""
        self._told = units
        self._elsewhere = {kept.stack: kept for kept in elsewhere}
        self._evaluated: dict[str, EvaluatedRoot] = {}
        self._kept: dict[str, KeptState | None] = {}
        self._unanswered: dict[str, dict[Identity, StateReading]] = {}
        self._asked = 0

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.stack: unit for unit in self._told()}

    def state(self, asking: RootState, address: str, arguments: BlockArguments) -> OutputSource | Maybe | None:
        """The root whose state the ``terraform_remote_state`` at an address reads.

        ``None`` where no root of the run keeps it, Maybe where one may.
        """
        own = self._units.get(asking.stack)
        reading = reading_in(asking, address, arguments, "" if own is None else own.variant)
        return None if reading is None else self._state(reading)

    def _state(self, reading: StateReading) -> OutputSource | Maybe | None:
        kept = (self._kept_by(unit) for unit in self._units.values() if unit.directory != reading.root)
        found = state_read(reading, (*(one for one in kept if one is not None), *self._elsewhere.values()))
        if found is None:
            self._unanswered.setdefault(reading.of.stack, {})[reading.of] = reading
        if not isinstance(found, KeptState):
            return found
        unit = self._units.get(found.stack)
        return ToldState(found) if unit is None else self._root(unit).top

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

    def read_elsewhere(self, stack: str) -> tuple[StateReading, ...]:
        """The readings of states in a unit that no root of the run keeps, and a root elsewhere may."""
        project = self._units[stack].options.project_dir
        return tuple(one for one in self._unanswered.get(stack, {}).values() if travels(one.location, project))

    def kept(self, stack: str) -> tuple[KeptState, ...]:
        """The state that a unit keeps, with its outputs, for roots that are elsewhere."""
        unit = self._units[stack]
        kept = self._kept_by(unit)
        if kept is None or not kept.names or not travels(kept.location, unit.options.project_dir):
            return ()
        source = self._root(unit).top
        return (with_outputs(kept, source, lambda name: self.output(source, name)),)

    def _root(self, unit: Unit) -> EvaluatedRoot:
        if unit.stack not in self._evaluated:
            options = replace(unit.options, others=self)
            self._evaluated[unit.stack] = evaluated_root(unit.stack, unit.directory, options)
        return self._evaluated[unit.stack]

    def _kept_by(self, unit: Unit) -> KeptState | None:
        """The state that a unit keeps; ``None`` where it is not known which."""
        if unit.stack not in self._kept:
            self._kept[unit.stack] = kept_state(self._root(unit).top, unit.variant)
        return self._kept[unit.stack]
