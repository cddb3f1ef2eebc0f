"""What lifting asks of a resource instance, wherever it is told: evaluated from source, or in a plan or state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from peerlint.network.model import Place, Presence
from peerlint.network.values import Span, Trail, Unknown
from peerlint.terraform.site import Site
from peerlint.terraform.values import TfValue


class BlockArguments(Protocol):
    """The arguments of a block."""

    @property
    def presence(self) -> Presence:
        """Whether the block exists."""

    @property
    def span(self) -> Span:
        """The header of the block."""

    def names(self) -> list[str]:
        """The names of the arguments that are written."""

    def get(self, name: str) -> TfValue | None:
        """An argument's value, or ``None`` where it is not written."""

    def chosen(self, name: str) -> tuple[TfValue, Presence] | None:
        """An argument that an undecided condition leaves null or gives a value: that value, under the condition."""

    def is_ignored(self, name: str) -> bool:
        """Whether ``lifecycle.ignore_changes`` leaves an argument to something outside Terraform."""

    def is_configured(self, name: str) -> bool:
        """Whether the configuration sets an argument, or has blocks of that type, as far as it tells."""

    def trail(self, name: str, at: Span | None) -> Trail | None:
        """The way of an argument's value that is written ``at`` a place; ``None`` where the argument is that place."""

    def place(self, name: str) -> Span | None:
        """The place of an argument, or of the first nested block of that type; ``None`` where it is not written."""

    def places(self) -> dict[str, Span]:
        """The place of every argument that is written."""

    def blocks(self, type: str) -> Sequence[BlockArguments]:
        """The nested blocks of a type, in order."""


class Declaration(Protocol):
    """A resource instance or data source."""

    @property
    def site(self) -> Site:
        """Where it stands in its root."""

    @property
    def type(self) -> str:
        """Its resource type."""

    @property
    def address(self) -> str:
        """Its whole address, module path and key included."""

    @property
    def data(self) -> bool:
        """Whether it is a data source."""

    @property
    def arguments(self) -> BlockArguments:
        """Its arguments."""

    @property
    def presence(self) -> Presence:
        """Whether it exists."""

    @property
    def place(self) -> Place:
        """The Region and account it lives in."""

    @property
    def configured_by(self) -> BlockArguments | None:
        """The arguments of the provider configuration it is made with, where that has a block."""

    def attribute(self, name: str) -> TfValue:
        """An attribute as plan knows it. Raises EvaluationError where it refers to itself."""

    def computed(self, name: str) -> Unknown:
        """An attribute that only apply (or the look-up) tells."""
