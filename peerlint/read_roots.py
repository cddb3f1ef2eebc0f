"""From the roots of a run to the fragment of each of their deployments, as they read each other's state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from msgspec import Struct

from peerlint.network.model import Fragment, KeptState
from peerlint.records import replace
from peerlint.terraform.options import TerraformOptions
from peerlint.usage import ConfigError

if TYPE_CHECKING:
    from peerlint.jobs import Job
    from peerlint.terraform.others import Others, Unit
    from peerlint.terraform.roots import Root


class Elsewhere(Struct, frozen=True):
    """The states that roots of other repositories keep, and whether one of these may read a state that is kept here."""

    states: Sequence[KeptState]
    asks: bool


def jobs_of(roots: Sequence[tuple[Root, TerraformOptions]], concerned: bool, elsewhere: Elsewhere) -> Iterator[Job]:
    """A job for each root, or for each deployment of one that is evaluated: its values may be outputs of all roots."""
    from peerlint import terraform

    concerned = concerned or any(terraform.is_concerned(root, told) for root, told in roots)
    evaluated = [
        (root, told)
        for root, told in roots
        if told.gives_values or (terraform.bears(root, told) if concerned else not terraform.is_whole(root, told))
    ]
    stated = _Stated(roots, elsewhere)
    for root, told in roots:
        if (root, told) not in evaluated:
            yield root.label, root.directory, partial(stated.outlined, root, told)
    for root, told in evaluated:
        for one in _deployed(root, told):
            name = one.deployment.name if one.deployment is not None else ""
            label = f"{root.label} with {name}" if name else root.label
            yield label, root.directory, partial(stated.read, root, one)


class _Stated:
    """The roots of a run as they read each other's state, and those elsewhere."""

    def __init__(self, roots: Sequence[tuple[Root, TerraformOptions]], elsewhere: Elsewhere) -> None:
        self._roots = roots
        self._elsewhere = elsewhere

    @cached_property
    def _others(self) -> Others:
        from peerlint.terraform.others import Others, unit_of

        def units() -> list[Unit]:
            return [unit_of(root.directory, one) for root, told in self._roots for one in _deployed(root, told)]

        return Others(units, self._elsewhere.states)

    def outlined(self, root: Root, told: TerraformOptions) -> list[Fragment]:
        """The fragment of a root that is not evaluated, except for roots elsewhere."""
        from peerlint import terraform

        fragment = terraform.outlined(root, told)
        if not self._elsewhere.asks or not fragment.deployment:
            return [fragment]
        stacks = [one.deployment.stack for one in _deployed(root, told) if one.deployment is not None]
        return [replace(fragment, keeps=tuple(kept for stack in stacks for kept in self._others.kept(stack)))]

    def read(self, root: Root, told: TerraformOptions) -> list[Fragment]:
        """The fragment of a root as it is deployed. Raises ConfigError."""
        from peerlint import terraform
        from peerlint.terraform.variables import VariableError

        try:
            fragment = terraform.read(root, replace(told, others=self._others, state_is_read=self._is_read(root, told)))
        except VariableError as error:
            raise ConfigError(str(error)) from error
        if not self._elsewhere.asks:
            return [fragment]
        kept = self._others.kept(fragment.stack)
        return [replace(fragment, keeps=kept, reads=self._others.read_elsewhere(fragment.stack))]

    def _is_read(self, root: Root, told: TerraformOptions) -> bool:
        """Whether another root may read the state of this one; false only where certainly none does."""
        from peerlint import terraform

        own, read = terraform.backend_of(root, told), self._backends_read
        return self._elsewhere.asks or None in read or (own in read if own is not None else bool(read))

    @cached_property
    def _backends_read(self) -> frozenset[str | None]:
        """The types of the backends that any root reads a state of; None among them for those that are not told."""
        from peerlint import terraform

        return frozenset(backend for root, told in self._roots for backend in terraform.backends_read(root, told))


def _deployed(root: Root, told: TerraformOptions) -> Iterator[TerraformOptions]:
    """The same for each deployment of the root."""
    from peerlint import terraform

    for deployment in terraform.deployments_of(root, told):
        yield replace(told, deployment=deployment)
