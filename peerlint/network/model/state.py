"""The states of Terraform roots: where one is kept, what is in it, and who reads one."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from peerlint.network.values import Identity, Written


class StateLocation(Struct, frozen=True):
    """The place of a state, or of one state for each workspace.

    ``settings`` are those that tell the states of a backend apart, as far as they are written or have a default.
    ``name`` and ``prefix`` are what HCP Terraform calls its workspaces by, ``key_prefix`` is what S3 puts before the
    keys of workspaces.
    """

    backend: str
    settings: Mapping[str, Written[object]]
    name: Written[object] | None = None
    prefix: Written[object] | None = None
    key_prefix: Written[object] | None = None


class KeptState(Struct, frozen=True):
    """A state that a root keeps: ``root`` is the root's directory, ``variant`` the name of the var files that it is
    deployed with.

    ``workspace`` is that of the run, where it is known, and ``uses_workspace`` whether anything in the root depends on
    it. ``outputs`` are told for other repositories, as far as they may tell of a network; ``names`` are those of all,
    and in a ``complete`` state there is no other.
    """

    stack: str
    root: str
    variant: str
    location: StateLocation
    workspace: str | None
    uses_workspace: bool
    names: tuple[str, ...] = ()
    complete: bool = True
    outputs: Mapping[str, Written[object]] = field(default_factory=dict)


class StateReading(Struct, frozen=True):
    """A ``terraform_remote_state`` of a root in the directory ``root``.

    ``of`` is its identity, of which an output is an attribute; ``workspace`` is the one whose state it asks for.
    """

    of: Identity
    root: str
    variant: str
    location: StateLocation
    workspace: Written[object]
    uses_workspace: bool
