"""A module's directory → its configuration: variables, locals, resources, module calls, outputs, providers.

https://developer.hashicorp.com/terraform/language/files: ``.tf``, ``.tf.json`` and OpenTofu's ``.tofu`` twins, then
override files merged over them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from peerlint import filesystem
from peerlint.limits import LIMITS
from peerlint.links import is_foreign_link
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span
from peerlint.terraform.ast import Attribute, Block, Body, Literal
from peerlint.terraform.ast_text import render
from peerlint.terraform.grammar import HclError
from peerlint.terraform.json_syntax import parse_json_body, parse_json_values
from peerlint.terraform.syntax import parse_body

K = TypeVar("K")

MAX_PIECES = 50_000
"""Interpolations and directives in one file; each is parsed by itself."""

SUFFIXES = (".tofu.json", ".tofu", ".tf.json", ".tf")


@dataclass(slots=True)
class ModuleConfig:
    """What one directory declares.

    ``lone`` are blocks of override files that override nothing. ``templates`` are files from which others of the module
    are still to be made, by something that is not Terraform. ``wrapped`` is a module that Terragrunt may add files to.
    """

    directory: str
    variables: dict[str, Block] = field(default_factory=dict)
    locals: dict[str, Attribute] = field(default_factory=dict)
    resources: dict[tuple[str, str], Block] = field(default_factory=dict)
    data: dict[tuple[str, str], Block] = field(default_factory=dict)
    modules: dict[str, Block] = field(default_factory=dict)
    outputs: dict[str, Block] = field(default_factory=dict)
    providers: list[Block] = field(default_factory=list)
    settings: list[Block] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    extents: list[Span] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lone: list[Block] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)
    wrapped: bool = False

    @property
    def complete(self) -> bool:
        """Whether every file of it could be read."""
        return not self.unreadable and not self.templates

    @property
    def unreadable(self) -> list[Problem]:
        """The files that could not be read."""
        return [problem for problem in self.problems if problem.kind is ProblemKind.UNREADABLE_INPUT]

    @property
    def is_legacy(self) -> bool:
        """Whether it is written for Terraform 0.11: it quotes the types of its variables."""
        types = (block.body.attributes.get("type") for block in self.variables.values())
        return any(type is not None and isinstance(type.expr, Literal) for type in types)

    def unread_files(self) -> list[str]:
        """The files that could not be read, and the templates of files that are still to be made."""
        return [*(problem.at.file for problem in self.unreadable), *self.templates]


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


@lru_cache(maxsize=4096)
def load_module(directory: str, max_size: int = LIMITS.file_size) -> ModuleConfig:
    """The configuration in a directory, of files of so many bytes; what cannot be read is among its ``problems``."""
    config = load_files(directory, module_files(directory), max_size)
    config.templates = list(_templates(directory))
    config.wrapped = filesystem.exists(os.path.join(directory, "terragrunt.hcl"))
    if config.complete and not config.wrapped:
        config.problems += [_lone(block) for block in config.lone]
    return config


def load_files(directory: str, paths: Sequence[str], max_size: int = LIMITS.file_size) -> ModuleConfig:
    """The configuration that files make together, merged in their order."""
    config = ModuleConfig(directory)
    for path in paths:
        config.files.append(path)
        body = read_file(path, max_size)
        if isinstance(body, HclError):
            config.problems.append(unreadable(str(body), body.at))
            continue
        config.lone += _add(config, body, is_override(os.path.basename(path)))
    return config


def _lone(block: Block) -> Problem:
    """PL905: Terraform refuses to override what no other file declares."""
    shown = " ".join([block.type, *(f'"{label}"' for label in block.labels)])
    message = f"`{shown}` in an override file overrides something that no other file of this module declares"
    return Problem(ProblemKind.UNRESOLVED_REFERENCE, message, block.header)


TEMPLATES = re.compile(r"\.(tf|tofu)(\.json)?\.(?:j2|jinja2?|tmpl|tpl|tftpl|template|erb|mustache|m4|gotmpl|jsonnet)\Z")


def _templates(directory: str) -> Iterator[str]:
    """The templates in a directory whose Terraform file has not been made yet."""
    try:
        names = filesystem.names(directory)
    except OSError:
        return
    for name in names:
        if TEMPLATES.search(name) and TEMPLATES.sub(r".\1\2", name) not in names:
            yield os.path.join(directory, name)


def unreadable(message: str, at: Span) -> Problem:
    """The PL901 of a file."""
    return Problem(ProblemKind.UNREADABLE_INPUT, message, at)


@lru_cache(maxsize=4096)
def read_file(path: str, max_size: int = LIMITS.file_size) -> Body | HclError:
    """The body of a configuration or variables file, or why there is none: what cannot be read is tried once as well.

    A file of more than ``max_size`` bytes is not read.
    """
    try:
        return _body(path, max_size)
    except HclError as error:
        return HclError(str(error), error.at)  # without what led to it, which holds the whole parse


def _body(path: str, max_size: int) -> Body:
    at = Span(path, 1, 1, 1, 1)
    if is_foreign_link(path):
        raise HclError("a link to a file of another kind, which is not read", at)
    try:
        data = filesystem.read(path, max_size + 1)
    except OSError as error:
        raise HclError(f"cannot be read: {error.strerror}", at) from None
    if len(data) > max_size:
        raise HclError(f"larger than {max_size:,} bytes (limits.file-size)", at)
    if data.startswith(b"\0GITCRYPT"):
        raise HclError("encrypted with git-crypt", at)
    if data.count(b"${") + data.count(b"%{") > MAX_PIECES:
        raise HclError(f"more than {MAX_PIECES:,} interpolations and directives", at)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise HclError("not UTF-8", Span(path, line, column, line, column + 1)) from None
    if not path.endswith(".json"):
        return parse_body(text, path)
    return parse_json_body(text, path) if path.endswith(SUFFIXES) else parse_json_values(text, path)


def _add(config: ModuleConfig, body: Body, override: bool) -> Iterator[Block]:
    """Add what a file declares; yields what overrides nothing."""
    for block in body.blocks:
        config.extents.append(block.extent)
        if not _is_added(config, block, override):
            yield block


def _is_added(config: ModuleConfig, block: Block, override: bool) -> bool:
    """Add a block; false where it is to override another one that is not there."""
    match block.type, block.labels:
        case "resource", (type, name):
            return _put(config.resources, (type, name), block, override)
        case "data", (type, name):
            return _put(config.data, (type, name), block, override)
        case "variable", (name,):
            return _put(config.variables, name, block, override)
        case "module", (name,):
            return _put(config.modules, name, block, override)
        case "output", (name,):
            return _put(config.outputs, name, block, override)
        case "locals", ():
            missing = override and bool(block.body.attributes.keys() - config.locals.keys())
            config.locals.update(block.body.attributes)
            return not missing
        case "provider", (_,):
            return _put_provider(config.providers, block, override)
        case "terraform", ():
            config.settings.append(block)
    return True


def _put(table: dict[K, Block], key: K, block: Block, override: bool) -> bool:
    """Whether there was something to override, where the block does."""
    known = table.get(key)
    if known is None:
        table[key] = block
    elif override:
        table[key] = _merged(known, block)
    return known is not None or not override


def _put_provider(providers: list[Block], block: Block, override: bool) -> bool:
    """A provider's configuration; one in an override file goes over that of the same name and alias.

    The default configuration of a provider can be overridden where it is not written: it is empty then.
    """
    known = [i for i, other in enumerate(providers) if _provider_key(other) == _provider_key(block)]
    if override and known:
        providers[known[0]] = _merged(providers[known[0]], block)
    else:
        providers.append(block)
    return bool(known) or not override or _provider_key(block)[1] == ""


def _provider_key(block: Block) -> tuple[str, str]:
    alias = block.body.attributes.get("alias")
    return block.labels[0], "" if alias is None else render(alias.expr)


def _merged(base: Block, over: Block) -> Block:
    """An override's block over the one it overrides: arguments replace, nested blocks replace all of their type, but
    those of ``lifecycle`` are merged.

    https://developer.hashicorp.com/terraform/language/files/override
    """
    replaced = {_content_type(block) for block in over.body.blocks} - {"lifecycle"}
    kept = [block for block in base.body.blocks if _content_type(block) not in replaced]
    lifecycle = next((block for block in kept if block.type == "lifecycle"), None)
    for block in over.body.blocks:
        if block.type == "lifecycle" and lifecycle is not None:
            kept[kept.index(lifecycle)] = _merged(lifecycle, block)
        else:
            kept.append(block)
    return replace(base, body=Body({**base.body.attributes, **over.body.attributes}, tuple(kept)))


def _content_type(block: Block) -> str:
    """The type of the blocks that a nested block stands for: a ``dynamic`` one for those that it makes."""
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type
