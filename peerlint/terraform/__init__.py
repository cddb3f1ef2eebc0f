"""The Terraform and OpenTofu front end: a root module → a fragment of the network for each of its deployments."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from peerlint.network.model import Deployment, Fragment
from peerlint.records import replace
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.roots import Root

if TYPE_CHECKING:
    from peerlint.terraform.reach import Home

__all__ = [
    "Root",
    "TerraformOptions",
    "backend_of",
    "backends_read",
    "bears",
    "deployments_of",
    "is_concerned",
    "is_whole",
    "outlined",
    "read",
]


def deployments_of(root: Root, options: TerraformOptions) -> tuple[Deployment, ...]:
    """How a root is deployed: once for each of its var files, or once without any."""
    from peerlint.terraform import deployments

    return deployments.deployments_of(os.path.abspath(root.directory), options)


def bears(root: Root, options: TerraformOptions) -> bool:
    """Whether anything that a root declares, or may declare, can bear on a peering."""
    from peerlint.terraform import bearing

    return bearing.bears(root.directory, "", _home(root, options))


def is_whole(root: Root, options: TerraformOptions) -> bool:
    """Whether a root and all that it calls is on disk and could be read."""
    from peerlint.terraform.reach import reach

    return reach(root.directory, "", _home(root, options)).whole


def is_concerned(root: Root, options: TerraformOptions) -> bool:
    """Whether a root may have to do with a peering, or have what is wrong where there is none."""
    from peerlint.terraform.outline import is_concerned

    return is_concerned(_home(root, options))


def backend_of(root: Root, options: TerraformOptions) -> str | None:
    """The type of the backend that keeps the state of a root; ``None`` where that cannot be told."""
    from peerlint.terraform import states
    from peerlint.terraform.config import load_module

    return states.backend_of(load_module(root.directory, options.limits.file_size))


def backends_read(root: Root, options: TerraformOptions) -> Iterator[str | None]:
    """The type of each backend that a root reads a state of; ``None`` for one that no plain text names."""
    from peerlint.terraform import states
    from peerlint.terraform.reach import reach

    for config in reach(root.directory, "", _home(root, options)).modules.values():
        yield from states.backends_read(config)


def outlined(root: Root, options: TerraformOptions) -> Fragment:
    """The files of a root and what could not be read of them; nothing is evaluated."""
    from peerlint.terraform.outline import outline

    return outline(_home(root, options))


def _home(root: Root, options: TerraformOptions) -> Home:
    from peerlint.terraform.reach import Home

    return Home(os.path.abspath(root.directory), options.project_dir, options.limits.file_size)


def read(root: Root, options: TerraformOptions) -> Fragment:
    """What a root module and the modules it calls declare, evaluated with nothing applied.

    Raises VariableError for a ``--var`` or ``--var-file`` that cannot be used. What cannot be read is among the
    fragment's problems.
    """
    from peerlint.terraform.deployments import problems_of
    from peerlint.terraform.fragment import fragment_of

    directory = os.path.abspath(root.directory)
    fragment = fragment_of(directory, options)
    return replace(fragment, problems=(*fragment.problems, *problems_of(directory, options)))
