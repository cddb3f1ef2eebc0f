"""What the command line says about a Terraform root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from peerlint.limits import LIMITS, Limits
from peerlint.network.model import Deployment

if TYPE_CHECKING:
    from peerlint.terraform.root_state import StateReader

Assignment: TypeAlias = tuple[Literal["var", "file"], str]
"""``("var", "name=value")`` or ``("file", path)``, in the order of the command line, as the last one wins."""


class Paths(Protocol):
    """A set of paths, of which only membership is asked."""

    def __contains__(self, path: str, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class TerraformOptions:
    """Values for variables, and the folder outside of which nothing is read.

    ``environment`` is searched for ``TF_VAR_`` names. ``exclude`` holds the paths of var files that are not looked for.
    ``deployment`` says which of the others are given; ``None`` is the deployment without any. ``workspace`` is the
    selected one, where that is known; ``limits`` are what the root may cost; ``others`` are the roots whose state this
    one may read. ``state_is_read`` tells whether one of them may read its own.
    """

    project_dir: str
    assignments: tuple[Assignment, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    exclude: Paths = ()
    deployment: Deployment | None = None
    workspace: str | None = None
    limits: Limits = LIMITS
    others: StateReader | None = field(default=None, compare=False)
    state_is_read: bool = True

    @property
    def gives_values(self) -> bool:
        """Whether the user sets variables."""
        return bool(self.assignments) or any(name.startswith("TF_VAR_") for name in self.environment)
