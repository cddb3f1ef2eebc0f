"""A root that is not evaluated, as nothing in it bears on a peering: its files, and what could not be read of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint import filesystem
from peerlint.network.model import Deployment, Fragment, Language
from peerlint.terraform.reach import Home, reach
from peerlint.terraform.var_files import automatic_files, optional_files

PEERING_WORDS = ("peering", "vpc-peer", "vpc_peer")
"""By which what has to do with a peering is called."""

_MENTION = "(?i)" + "|".join((*PEERING_WORDS, "pcx-"))


def root_mentions_peering(home: Home) -> bool:
    """Whether a root does, in what it and its modules declare, or in its var files."""
    modules = reach(home.root, "", home).modules.values()
    if any(block.may_hold(_MENTION) for config in modules for block in config.blocks()):
        return True
    return any(file_mentions_peering(path, home.max_size) for path in _var_files(home.root))


def file_mentions_peering(path: str, max_size: int) -> bool:
    """Whether a word stands in a file without which it has nothing to do with any peering."""
    try:
        return re.search(_MENTION.encode(), filesystem.read(path, max_size + 1)) is not None
    except OSError:
        return False


def _var_files(directory: str) -> Iterator[str]:
    yield from automatic_files(directory)
    yield from (file.path for file in optional_files(directory))


def outline(home: Home) -> Fragment:
    """The fragment of a root of which nothing is evaluated."""
    modules = reach(home.root, "", home).modules.values()
    return Fragment(
        home.root,
        Language.TERRAFORM,
        problems=tuple(problem for config in modules for problem in config.problems),
        files=(*(file for config in modules for file in config.files), *_var_files(home.root)),
        extents=tuple(extent for config in modules for extent in config.extents),
        deployment=Deployment(home.root),
    )
