"""Which versions of the AWS provider a root may be run with.

What the lock file selects; else what the ``required_providers`` of the root and all of its modules allow together
(https://developer.hashicorp.com/terraform/language/providers/requirements,
https://developer.hashicorp.com/terraform/language/files/dependency-lock).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from peerlint import filesystem
from peerlint.network.model import ProviderVersions
from peerlint.network.values import Maybe, Span, first_doubt
from peerlint.terraform import ast
from peerlint.terraform.ast import Block, Expr
from peerlint.terraform.config import ModuleConfig, read_file
from peerlint.terraform.errors import HclError
from peerlint.terraform.root_state import RootState
from peerlint.terraform.summaries.versions import Range, allowed, only, release_of

LOCK_FILE = ".terraform.lock.hcl"
SOURCE = re.compile(r"(?:[\w.-]+/)?(?:hashicorp|opentofu)/aws")
"""The source addresses of the AWS provider, those with a registry's host included."""

RELEASE = re.compile(r"\d+(?:\.\d+){0,2}")


def aws_versions(state: RootState) -> ProviderVersions:
    """The versions of the AWS provider that a root may be run with."""
    return _locked(state) or _required(state)


def _locked(state: RootState) -> ProviderVersions | None:
    """The version that the lock file beside the root selects."""
    path = os.path.join(state.directory, LOCK_FILE)
    if not filesystem.is_file(path):
        return None
    body = read_file(path, state.budget.limits.file_size)
    for block in () if isinstance(body, HclError) else body.blocks:
        version = _literal(block.body.attributes["version"].expr) if "version" in block.body.attributes else None
        is_aws = block.type == "provider" and len(block.labels) == 1 and SOURCE.fullmatch(block.labels[0])
        if is_aws and version is not None and RELEASE.fullmatch(version):
            selected = only(release_of(version))
            at = block.body.attributes["version"].span
            return ProviderVersions(selected.first, selected.end, at, f"{version} in {LOCK_FILE}")
    return None


def _required(state: RootState) -> ProviderVersions:
    found, at, said, doubt = Range(), None, "", _unread(state)
    for config in state.configs.values():
        if any(block.read() is None for block in (*config.settings, *config.providers)):
            doubt = first_doubt(doubt, Maybe("not all of the version constraints could be read"))
    for constraint, span in (each for config in state.configs.values() for each in constraints(config)):
        more = allowed(constraint)
        if more is None:
            doubt = first_doubt(doubt, Maybe(f'the version constraint "{constraint}" is not evaluated'))
            continue
        end = found.end
        if more.end is not None and (end is None or more.end < end):
            end, at, said = more.end, span, f'"{constraint}"'
        found = Range(max(found.first, more.first), end)
    return ProviderVersions(found.first, found.end, at, said, doubt)


def _unread(state: RootState) -> Maybe | None:
    """Why modules that were not read may require another version; a summary does not tell what its module requires."""
    addresses = [*(unread.address for unread in state.unread), *(each.address for each in state.summarised)]
    return Maybe(f"module `{addresses[0]}`, which was not read, may require an older provider") if addresses else None


def constraints(config: ModuleConfig) -> Iterator[tuple[str, Span]]:
    """The version constraints of the AWS provider that one module writes, each with its place.

    Until Terraform 0.12 they stood in the ``provider`` block, and in ``required_providers`` without a source.
    """
    for body in (body for block in config.settings if (body := block.read()) is not None):
        for block in body.blocks:
            if block.type == "required_providers":
                yield from _of_settings(block)
    for block in config.providers:
        own = block.read()
        version = own.attributes.get("version") if own is not None else None
        text = _literal(version.expr) if version is not None else None
        if block.labels[0] == "aws" and version is not None and text is not None:
            yield text, version.span


def _of_settings(block: Block) -> Iterator[tuple[str, Span]]:
    for name, attribute in block.body.attributes.items():
        members = _members(attribute.expr)
        source = _literal(members["source"]) if "source" in members else None
        is_aws = name == "aws" if source is None else SOURCE.fullmatch(source) is not None
        version = members.get("version", attribute.expr)
        text = _literal(version)
        if is_aws and text is not None:
            yield text, version.span


def _members(expr: Expr) -> dict[str, Expr]:
    """The members of an object by their names."""
    if not isinstance(expr, ast.Object):
        return {}
    return {text: value for key, value in expr.items if (text := _literal(key)) is not None}


def _literal(expr: Expr) -> str | None:
    return expr.value if isinstance(expr, ast.Literal) and isinstance(expr.value, str) else None
