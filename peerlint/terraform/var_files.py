"""Where the variable files of a root lie, told by names alone: nothing is parsed here.

https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from msgspec import Struct

from peerlint import filesystem

SUFFIXES = (".tfvars", ".tfvars.json")
AUTOMATIC = (".auto.tfvars", ".auto.tfvars.json")
CONFIGURATION = (".tf", ".tf.json", ".tofu", ".tofu.json")
FOLDERS = ("env", "envs", "environments", "vars", "tfvars")
"""Where the var files for ``-var-file`` are usually kept, from the root."""

ILLUSTRATIONS = re.compile("example|sample|template", re.IGNORECASE)
"""Names of files that show what a var file looks like."""

SHARED = ("common", "global", "globals", "shared", "base", "default", "defaults")
SECRETS = ("secret", "secrets", "credential", "credentials", "creds")
LAYERS = frozenset({*SHARED, *SECRETS})


class VarFile(Struct, frozen=True):
    """A var file that Terraform loads only when it is told to.

    ``environment`` is the folder of a single environment that it lies in (``envs/dev``), empty for others.
    """

    path: str
    environment: str = ""

    @property
    def is_layer_by_name(self) -> bool:
        """Whether it, or its folder, is called as files are that others are given on top of: ``common.tfvars``."""
        return is_layer(os.path.basename(self.path).partition(".tfvars")[0]) or is_layer(self.folder)

    @property
    def folder(self) -> str:
        """The name of the environment that its folder is for; empty where it is for none in particular."""
        return os.path.basename(self.environment)


def is_layer(name: str) -> bool:
    """Whether something is called as var files are that are given with others, and not by themselves."""
    return not LAYERS.isdisjoint(re.split(r"[^a-z0-9]+", name.lower()))


def automatic_files(directory: str) -> Iterator[str]:
    """The variable files that Terraform loads by itself, in its order."""
    names = _names(directory)
    first = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
    for name in (*first, *(n for n in names if n.endswith(AUTOMATIC))):
        yield os.path.join(directory, name)


def optional_files(directory: str) -> Iterator[VarFile]:
    """The variable files of a root that Terraform loads only when it is told to.

    They lie beside it, in one of the usual folders, and in a folder for each environment in there. A folder that holds
    a root of its own keeps its files to itself.
    """
    automatic = set(automatic_files(directory))
    yield from (VarFile(path) for path in _var_files(directory) if path not in automatic)
    beside = _names(directory)
    for folder in (os.path.join(directory, name) for name in FOLDERS if name in beside):
        if _is_data(folder):
            yield from map(VarFile, _var_files(folder))
            for environment in (os.path.join(folder, name) for name in _names(folder)):
                if _is_data(environment):
                    yield from (VarFile(path, environment) for path in _var_files(environment))


def root_of(path: str) -> str:
    """The directory of the root that a var file is for."""
    directory = os.path.dirname(path)
    above = os.path.dirname(directory)
    for folder, root in ((directory, above), (above, os.path.dirname(above))):
        if os.path.basename(folder) in FOLDERS and _is_data(directory) and _is_data(folder):
            return root
    return directory


def _var_files(directory: str) -> Iterator[str]:
    for name in _names(directory):
        if name.endswith(SUFFIXES) and not name.startswith(".") and not ILLUSTRATIONS.search(name):
            path = os.path.join(directory, name)
            if not filesystem.is_directory(path):
                yield path


def _is_data(directory: str) -> bool:
    """Whether it is a folder, not a link to one that may lie anywhere, and holds no configuration."""
    names = _names(directory)
    return bool(names) and not filesystem.is_link(directory) and not any(n.endswith(CONFIGURATION) for n in names)


def _names(directory: str) -> list[str]:
    try:
        return filesystem.names(directory)
    except OSError:
        return []
