"""Module sources → directories on disk.

https://developer.hashicorp.com/terraform/language/modules/sources. Local paths, the bare relative paths of 0.11, and
what ``terraform init`` has recorded in ``.terraform/modules/modules.json``. Nothing is fetched.
"""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache

from peerlint import filesystem
from peerlint.project import is_below
from peerlint.terraform.module_files import module_files

REMOTE = re.compile(r"::|://|\A[\w.-]+@|\A(?:github\.com|bitbucket\.org)/|\?ref=")
LOCAL = re.compile(r"\.\.?(?:[/\\]|\Z)")
INSTANCE_KEY = re.compile(r'\["(?:[^"\\]|\\.)*"\]|\[[^\]]*\]')


def find_module(source: str, from_directory: str, address: str, root_directory: str, project_dir: str) -> str | None:
    """The directory of a module call's source, or ``None`` where it is not on disk or outside the project."""
    found = _found(source, from_directory, address, root_directory)
    if found is None or not _inside(found, project_dir):
        return None
    return found if module_files(found) else None


def lies_outside(source: str, from_directory: str, address: str, root_directory: str, project_dir: str) -> bool:
    """Whether a module call's source is on disk, but outside the project, where nothing is read."""
    found = _found(source, from_directory, address, root_directory)
    return found is not None and filesystem.is_directory(found) and not _inside(found, project_dir)


def _found(source: str, from_directory: str, address: str, root_directory: str) -> str | None:
    """What a source names: a local path, else what is installed, else the bare path of 0.11."""
    named = local_module(source, from_directory)
    return named if LOCAL.match(source) else _installed(root_directory, address) or named


def local_module(source: str, from_directory: str) -> str | None:
    """The directory of a local source; a bare relative path counts where it exists."""
    if not source or REMOTE.search(source):
        return None
    found = os.path.normpath(os.path.join(from_directory, source.replace("\\", "/")))
    if LOCAL.match(source):
        return found
    return found if not os.path.isabs(source) and filesystem.is_directory(found) else None


def _inside(directory: str, project_dir: str) -> bool:
    real, project = filesystem.target(directory), filesystem.target(project_dir)
    return real == project or is_below(real, project)


def _installed(root_directory: str, address: str) -> str | None:
    key = ".".join(INSTANCE_KEY.sub("", address).split(".")[1::2])
    return manifest(root_directory).get(key)


@lru_cache(maxsize=1024)
def manifest(root_directory: str) -> dict[str, str]:
    """Directories by module key, as ``terraform init`` records them; empty where it has not run."""
    try:
        path = os.path.join(root_directory, ".terraform", "modules", "modules.json")
        rows = json.loads(filesystem.read(path).decode())["Modules"]
        pairs = [(row.get("Key"), row.get("Dir")) for row in rows if isinstance(row, dict)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    named = [(key, place) for key, place in pairs if isinstance(key, str) and isinstance(place, str) and key]
    return {key: _directory(root_directory, place) for key, place in named}


def _directory(root_directory: str, written: str) -> str:
    """A directory as the manifest has it: from where Terraform ran, with the separators of that system."""
    return os.path.normpath(os.path.join(root_directory, written.replace("\\", "/")))
