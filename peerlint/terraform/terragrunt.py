"""Terragrunt, which copies a root and adds files to the copy before it runs Terraform
(https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/#generate). What it adds is not known without running it.
"""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import islice

from peerlint import filesystem

UNIT = "terragrunt.hcl"
MOST_DIRECTORIES = 20_000
"""Directories of a project that are looked into."""


def is_unit(directory: str) -> bool:
    """Whether Terragrunt is run in a directory."""
    return filesystem.exists(os.path.join(directory, UNIT))


@lru_cache(maxsize=64)
def has_units(project: str) -> bool:
    """Whether Terragrunt is run anywhere in a project, and may have any root of it as its source.

    A whole file system is no project.
    """
    if os.path.dirname(project) == project:
        return False
    for _, below, names in islice(filesystem.walk(project), MOST_DIRECTORIES):
        below[:] = [name for name in below if not name.startswith(".")]
        if UNIT in names:
            return True
    return False
