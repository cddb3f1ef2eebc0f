"""The Terraform and OpenTofu front end: a root module → a fragment of the network."""

from __future__ import annotations

import os
import sys

from peerlint.network.model import Fragment
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.roots import Root

__all__ = ["Root", "TerraformOptions", "read"]

RECURSION = 6_000
"""Evaluation recurses through references and nested expressions; deeper ones are unknown."""


def read(root: Root, options: TerraformOptions) -> Fragment:
    """What a root module and the modules it calls declare, evaluated with nothing applied.

    Raises VariableError for a ``--var`` or ``--var-file`` that cannot be used. What cannot be read is among the
    fragment's problems.
    """
    from peerlint.terraform.fragment import fragment_of

    sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION))
    return fragment_of(os.path.abspath(root.directory), options)
