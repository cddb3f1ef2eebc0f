"""The Terraform and OpenTofu front end: a root module → a fragment of the network."""

from __future__ import annotations

import os

from peerlint.network.model import Fragment
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.roots import Root

__all__ = ["Root", "TerraformOptions", "read"]


def read(root: Root, options: TerraformOptions) -> Fragment:
    """What a root module and the modules it calls declare, evaluated with nothing applied.

    Raises VariableError for a ``--var`` or ``--var-file`` that cannot be used. What cannot be read is among the
    fragment's problems.
    """
    from peerlint.terraform.fragment import fragment_of

    return fragment_of(os.path.abspath(root.directory), options)
