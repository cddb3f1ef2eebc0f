"""Roots that neither name a thing of another root nor have one that another could name, told by their text.

What such a root passes on to modules that were not read concerns nobody, and need not be evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from peerlint import filesystem
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.remote_state import REMOTE_STATE
from peerlint.terraform.root_state import RootState

IDS = (
    *("vpc", "rtb", "subnet", "sg", "pcx", "acl", "igw", "eigw", "vgw"),
    *("nat", "tgw", "eni", "pl", "vpce", "vpn", "cgw", "lgw", "cagw"),
)
_NAMED = "|".join(rf"(?<=\b{name}-.)" for name in IDS)
NAMING = (
    rf"-[0-9a-f$%](?:{_NAMED})",
    r"Z[0-9A-Z]{8}(?<=\b.{9})",
    r"file\w*\(",
)
"""An id of AWS or the beginning of one, and what reads a file in which there may be any
(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html). Each begins with a character that is searched
for a few times as fast as an alternative would be.
"""


def is_aloof(state: RootState, var_files: Iterable[str], options: TerraformOptions) -> bool:
    """Whether a root without anything of a network of its own has nothing to do with that of other roots either.

    It reads no other root's state, none reads its own, and no id of anything is written in it or given to it.
    """
    configs = state.configs.values()
    if options.state_is_read or options.gives_values:
        return False
    return not (any(map(_reads_state, configs)) or any(map(_names_ids, configs)) or any(map(_holds_ids, var_files)))


def _reads_state(config: ModuleConfig) -> bool:
    return any(type == REMOTE_STATE for type, _ in config.data)


def _names_ids(config: ModuleConfig) -> bool:
    return any(block.may_hold(pattern) for block in config.blocks() for pattern in NAMING)


def _holds_ids(path: str) -> bool:
    try:
        content = filesystem.read(path)
    except OSError:
        return True
    return any(re.search(pattern.encode(), content) for pattern in NAMING)
