"""Which directories are root modules.

A directory that another one calls as a module is read through its callers, and by itself only where it configures a
backend or a provider.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from msgspec import Struct

from peerlint.limits import LIMITS
from peerlint.terraform.ast import Body
from peerlint.terraform.ast_text import mentions
from peerlint.terraform.config import ModuleConfig, load_module
from peerlint.terraform.sources import local_module


class Root(Struct, frozen=True):
    """A root module. ``label`` is how the summary calls it."""

    directory: str
    label: str


def find_roots(directories: Sequence[str], max_size: int = LIMITS.file_size) -> list[Root]:
    """The root modules among directories of Terraform files, in their order."""
    present = list(dict.fromkeys(os.path.abspath(d) for d in directories))
    configs = {directory: load_module(directory, max_size) for directory in present}
    called = {callee for config in configs.values() for callee in called_directories(config)}
    return [Root(d, d) for d, config in configs.items() if d not in called or is_configured(config)]


def called_directories(config: ModuleConfig) -> Iterator[str]:
    """The directories of the local modules that a module calls."""
    for block in config.modules.values():
        source = block.text_of("source")
        found = local_module(source, config.directory) if source is not None else None
        if found is not None and found != config.directory:
            yield found


def is_configured(config: ModuleConfig) -> bool:
    """Whether a module configures a backend or a provider, as only roots should.

    A ``provider`` block that only names its alias is 0.11's way of declaring one that the caller passes in, and one
    that is made of the module's variables takes its values from a caller as well.
    """
    settings = (block.read() for block in config.settings if block.may_hold(r"\b(?:backend|cloud)\b"))
    backends = any(inner.type in ("backend", "cloud") for body in settings if body for inner in body.blocks)
    providers = (body for block in config.providers if (body := block.read()) is not None)
    return backends or any(_is_complete(body) for body in providers)


def _is_complete(provider: Body) -> bool:
    says = bool(set(provider.attributes) - {"alias", "version"}) or bool(provider.blocks)
    return says and not mentions(provider, "var.")
