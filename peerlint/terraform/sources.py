"""Module sources → directories on disk.

https://developer.hashicorp.com/terraform/language/modules/sources. Local paths, the bare relative paths of 0.11, and
what ``terraform init`` has recorded in ``.terraform/modules/modules.json``. Nothing is fetched.
"""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache

from peerlint.terraform.config import module_files

REMOTE = re.compile(r"::|://|\A[\w.-]+@|\A(?:github\.com|bitbucket\.org)/|\?ref=")
INSTANCE_KEY = re.compile(r"\[[^\]]*\]")


def find_module(source: str, from_directory: str, address: str, root_directory: str, project_dir: str) -> str | None:
    """The directory of a module call's source, or ``None`` where it is not on disk or outside the project."""
    found = local_module(source, from_directory) or _installed(root_directory, address)
    if found is None or not _inside(found, project_dir):
        return None
    return found if module_files(found) else None


def local_module(source: str, from_directory: str) -> str | None:
    """The directory of a local source; a bare relative path counts where it exists."""
    if REMOTE.search(source):
        return None
    if not source.startswith(("./", "../", ".\\", "..\\")) and source not in (".", ".."):
        bare = os.path.normpath(os.path.join(from_directory, source))
        return bare if not os.path.isabs(source) and os.path.isdir(bare) else None
    return os.path.normpath(os.path.join(from_directory, source))


def _inside(directory: str, project_dir: str) -> bool:
    real, project = os.path.realpath(directory), os.path.realpath(project_dir)
    return real == project or real.startswith(project.rstrip(os.sep) + os.sep)


def _installed(root_directory: str, address: str) -> str | None:
    key = ".".join(part for part in INSTANCE_KEY.sub("", address).split(".") if part != "module")
    return manifest(root_directory).get(key)


@lru_cache(maxsize=1024)
def manifest(root_directory: str) -> dict[str, str]:
    """Directories by module key, as ``terraform init`` records them; empty where it has not run."""
    try:
        with open(os.path.join(root_directory, ".terraform", "modules", "modules.json"), encoding="utf-8") as file:
            rows = json.load(file)["Modules"]
        return {row["Key"]: os.path.normpath(os.path.join(root_directory, row["Dir"])) for row in rows if row["Key"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
