"""The Terraform and OpenTofu front end: a root module → a fragment of the network for each of its deployments."""

from __future__ import annotations

import os
from dataclasses import replace

from peerlint.network.model import Deployment, Fragment
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.roots import Root

__all__ = ["Root", "TerraformOptions", "deployments_of", "read"]


def deployments_of(root: Root, options: TerraformOptions) -> tuple[Deployment, ...]:
    """How a root is deployed: once for each of its var files, or once without any."""
    from peerlint.terraform import deployments

    return deployments.deployments_of(os.path.abspath(root.directory), options)


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
