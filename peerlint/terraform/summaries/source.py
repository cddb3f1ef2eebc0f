"""Module sources → the registry module that they name, and the release that a git reference is.

https://developer.hashicorp.com/terraform/language/modules/sources
"""

from __future__ import annotations

import re

from msgspec import Struct

HOSTS = ("registry.terraform.io", "registry.opentofu.org")
"""The public registries, whose modules are repositories of GitHub."""

REGISTRY = re.compile(
    r"(?:(?P<host>[\w.-]+\.[\w-]+)/)?(?P<namespace>[\w-]+)/(?P<name>[\w-]+)/(?P<provider>[a-z0-9]+)(?://(?P<sub>.+))?"
)
GITHUB = re.compile(
    r"(?:git::)?(?:(?:https?|ssh|git)://)?(?:git@)?github\.com[/:]"
    r"(?P<namespace>[\w-]+)/terraform-(?P<provider>[a-z0-9]+)-(?P<name>[\w-]+?)(?:\.git)?"
    r"(?://(?P<sub>[^?]+))?(?:\?(?P<query>.*))?"
)
REF = re.compile(r"(?:\A|&)ref=([^&]*)")
TAG = re.compile(r"(?:refs/)?(?:tags/)?v?(\d+\.\d+\.\d+)")
COMMIT = re.compile(r"[0-9a-f]{40}")


class Named(Struct, frozen=True):
    """A registry module: its name as the registry writes it, the folder inside it, and what a git reference says.

    ``version`` is the release or the commit that it names, empty for any other reference, and ``None`` for a source
    that takes no reference.
    """

    module: str
    submodule: str = ""
    version: str | None = None


def registry_module(source: str) -> Named | None:
    """The registry module behind a source, by its registry address or its repository; ``None`` for anything else."""
    found = REGISTRY.fullmatch(source)
    if found is not None:
        if (found["host"] or HOSTS[0]).lower() not in HOSTS:
            return None
        return Named(_name(found), _folder(found["sub"]))
    found = GITHUB.fullmatch(source)
    if found is None:
        return None
    ref = REF.search(found["query"] or "")
    return Named(_name(found), _folder(found["sub"]), _pinned(ref[1]) if ref is not None else "")


def _pinned(ref: str) -> str:
    """The release or commit that a reference is, or nothing for one that may move."""
    tag = TAG.fullmatch(ref)
    return tag[1] if tag is not None else ref if COMMIT.fullmatch(ref) else ""


def _name(found: re.Match[str]) -> str:
    return f"{found['namespace']}/{found['name']}/{found['provider']}"


def _folder(written: str | None) -> str:
    return (written or "").strip("/")
