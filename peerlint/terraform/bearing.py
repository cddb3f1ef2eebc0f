"""Which modules can bear on a peering, told without evaluating them: the others are not expanded."""

from __future__ import annotations

from functools import lru_cache

from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.group_makers import CHOOSERS, MAKERS
from peerlint.terraform.left_to_others import RULED
from peerlint.terraform.lift import DATA, RESOURCES
from peerlint.terraform.reach import Home, called, reach
from peerlint.terraform.resolvers import DHCP_OPTIONS, PREFIXES
from peerlint.terraform.site import Site
from peerlint.terraform.sought import SHARED

_RESOURCES = frozenset({*RESOURCES, *SHARED, *MAKERS, *CHOOSERS, *RULED, DHCP_OPTIONS})
_DATA = frozenset({*DATA, *SHARED, DHCP_OPTIONS})


@lru_cache(maxsize=4096)
def bears(directory: str, address: str, home: Home) -> bool:
    """Whether a module, or anything that it calls, declares or looks up what a peering may depend on, or may do so as
    it was not read.
    """
    reached = reach(directory, address, home)
    return not reached.whole or any(map(_declares, reached.modules.values()))


def _declares(config: ModuleConfig) -> bool:
    types = {type for type, _ in config.resources}
    looked_up = {type for type, _ in config.data}
    known = not _RESOURCES.isdisjoint(types) or not _DATA.isdisjoint(looked_up)
    return known or any(type.startswith(PREFIXES) for type in types | looked_up)


def call_bears(site: Site, name: str) -> bool:
    """Whether what a call of a module leads to bears on a peering. Of what does not, the root has the files only."""
    root = site.root
    home = Home(root.directory, root.project_dir, root.budget.limits.file_size)
    directory = called(site.config, name, site.address, home) if site.summary is None else None
    if directory is None or bears(directory, site.prefixed(f"module.{name}"), home):
        return True
    for reached in reach(directory, site.prefixed(f"module.{name}"), home).modules:
        root.module(reached)
    return False
