"""A root that is not evaluated, as nothing in it bears on a peering: its files, and what could not be read of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint import filesystem
from peerlint.network.model import Deployment, Fragment, Language
from peerlint.terraform.ast import Block
from peerlint.terraform.reach import Home, reach
from peerlint.terraform.var_files import automatic_files, optional_files

PEERING_WORDS = ("peering", "vpc-peer", "vpc_peer")
"""By which what has to do with a peering is called."""

_MENTION = "(?i)" + "|".join((*PEERING_WORDS, "pcx-"))
_NAMES_GROUP = r"\b(?:(?:source|destination|referenced)_security_group|security_groups\b)"
_SECONDARY = ("cidr_block_association", "vpc_cidr_block")
"""What makes secondary blocks of a VPC."""


def is_concerned(home: Home) -> bool:
    """Whether a word of a peering stands in what a root and its modules declare, or in its var files; or a group names
    another one, whose VPC may not be peered with its own, or a VPC gets a block that a route may be in the way of.
    """
    modules = reach(home.root, "", home).modules.values()
    if any(block.may_hold(_MENTION) for config in modules for block in config.blocks()):
        return True
    if any(_matters_without(type, block) for config in modules for (type, _), block in config.resources.items()):
        return True
    return any(_file_mentions(path, home.max_size) for path in _var_files(home.root))


def _matters_without(type: str, block: Block) -> bool:
    """Whether a resource may be wrong as there is no peering."""
    return any(part in type for part in _SECONDARY) or ("security_group" in type and block.may_hold(_NAMES_GROUP))


def _file_mentions(path: str, max_size: int) -> bool:
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
