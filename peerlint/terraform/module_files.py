"""Which files of a directory make a module, told by their names alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from peerlint import filesystem

SUFFIXES = (".tofu.json", ".tofu", ".tf.json", ".tf")


def module_files(directory: str) -> list[str]:
    """The files of a module in the order in which they are merged: normal ones by name, then overrides by name.

    A ``.tofu`` file replaces the ``.tf`` file of the same name.
    """
    try:
        names = [n for n in filesystem.names(directory) if n.endswith(SUFFIXES) and not n.startswith(".")]
    except (OSError, ValueError):
        return []
    present = set(names)
    names = [n for n in names if not (_is_tf(n) and _tofu_twin(n) in present)]
    paths = [(n, os.path.join(directory, n)) for n in names if not n.endswith("~")]
    files = [(n, p) for n, p in paths if not filesystem.is_directory(p)]
    return [p for n, p in files if not is_override(n)] + [p for n, p in files if is_override(n)]


def _is_tf(name: str) -> bool:
    return name.endswith((".tf", ".tf.json"))


def _tofu_twin(name: str) -> str:
    return name.removesuffix(".json").removesuffix(".tf") + (".tofu.json" if name.endswith(".json") else ".tofu")


def is_override(name: str) -> bool:
    """Whether a file is ``override.tf`` or ends in ``_override.tf``."""
    stem = next(name.removesuffix(s) for s in SUFFIXES if name.endswith(s))
    return stem == "override" or stem.endswith("_override")


TEMPLATES = re.compile(r"\.(tf|tofu)(\.json)?\.(?:j2|jinja2?|tmpl|tpl|tftpl|template|erb|mustache|m4|gotmpl|jsonnet)\Z")


def templates(directory: str) -> Iterator[str]:
    """The templates in a directory whose Terraform file has not been made yet."""
    try:
        names = filesystem.names(directory)
    except OSError:
        return
    for name in names:
        if TEMPLATES.search(name) and TEMPLATES.sub(r".\1\2", name) not in names:
            yield os.path.join(directory, name)
