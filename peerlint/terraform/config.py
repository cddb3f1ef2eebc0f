"""A module's directory → its configuration: variables, locals, resources, module calls, outputs, providers.

https://developer.hashicorp.com/terraform/language/files: ``.tf``, ``.tf.json`` and OpenTofu's ``.tofu`` twins, then
override files merged over them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeVar

from peerlint import filesystem
from peerlint.limits import LIMITS
from peerlint.links import is_foreign_link
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.terraform.ast import Attribute, Block, Body
from peerlint.terraform.errors import HclError, UnreadError
from peerlint.terraform.module_files import SUFFIXES, is_override, module_files, templates
from peerlint.terraform.overrides import merged, provider_key
from peerlint.terraform.terragrunt import is_unit
from peerlint.terraform.unparsed import noted, unparsed_blocks

K = TypeVar("K")

MAX_PIECES = 50_000
"""Interpolations and directives in one file; each is parsed by itself."""


@dataclass
class ModuleConfig:
    """What one directory declares.

    ``lone`` are blocks of override files that override nothing. ``templates`` are files from which others of the module
    are still to be made, by something that is not Terraform. ``wrapped`` is a module that Terragrunt may add files to.
    """

    directory: str
    variables: dict[str, Block] = field(default_factory=dict)
    local_blocks: list[Block] = field(default_factory=list)
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

    @cached_property
    def is_legacy(self) -> bool:
        """Whether it is written for Terraform 0.11: it quotes the types of its variables."""
        return any(block.text_of("type") is not None for block in self.variables.values())

    @cached_property
    def locals(self) -> Mapping[str, Attribute]:
        """The local values, by their names, but those of blocks that cannot be read."""
        return _local_values(self.local_blocks)

    def local(self, name: str) -> Attribute | None:
        """A local value, or ``None`` where none is declared. Raises UnreadError where a block may declare it that
        cannot be read.
        """
        found = self.locals.get(name)
        for block in self.local_blocks if found is None else ():
            _ = block.body
        return found

    def blocks(self) -> Iterator[Block]:
        """Everything that it declares."""
        for table in (self.variables, self.resources, self.data, self.modules, self.outputs):
            yield from table.values()
        for blocks in (self.local_blocks, self.providers, self.settings):
            yield from blocks

    def noted(self, note: Callable[[UnreadError], None]) -> ModuleConfig:
        """The same configuration; ``note`` is told of each of its blocks that is asked for and is no HCL."""
        return replace(
            self,
            variables={key: noted(block, note) for key, block in self.variables.items()},
            local_blocks=[noted(block, note) for block in self.local_blocks],
            resources={key: noted(block, note) for key, block in self.resources.items()},
            data={key: noted(block, note) for key, block in self.data.items()},
            modules={key: noted(block, note) for key, block in self.modules.items()},
            outputs={key: noted(block, note) for key, block in self.outputs.items()},
            providers=[noted(block, note) for block in self.providers],
            settings=[noted(block, note) for block in self.settings],
        )

    def unread_files(self) -> list[str]:
        """The files that could not be read, and the templates of files that are still to be made."""
        return [*(problem.at.file for problem in self.unreadable), *self.templates]


@lru_cache(maxsize=4096)
def load_module(directory: str, max_size: int = LIMITS.file_size) -> ModuleConfig:
    """The configuration in a directory, of files of so many bytes; what cannot be read is among its ``problems``."""
    config = load_files(directory, module_files(directory), max_size)
    config.templates = list(templates(directory))
    config.wrapped = is_unit(directory)
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


def lone_overrides(config: ModuleConfig) -> Iterator[Problem]:
    """A PL905 for each block of an override file that overrides what no other file declares: Terraform refuses it.

    Override files alone are kept for another module, over which something copies them.
    """
    alone = all(is_override(os.path.basename(path)) for path in config.files)
    if config.complete and not config.wrapped and not alone:
        yield from map(_lone, config.lone)


def _lone(block: Block) -> Problem:
    shown = " ".join([block.type, *(f'"{label}"' for label in block.labels)])
    message = f"`{shown}` in an override file overrides something that no other file of this module declares"
    return Problem(ProblemKind.UNRESOLVED_REFERENCE, message, block.header)


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
    return _written(text, path)


def _written(text: str, path: str) -> Body:
    """What a text writes: blocks to be parsed later where it is a configuration file in HCL, else all of it parsed."""
    if path.endswith(".json"):
        from peerlint.terraform.json_syntax import parse_json_body, parse_json_values

        return parse_json_body(text, path) if path.endswith(SUFFIXES) else parse_json_values(text, path)
    blocks = unparsed_blocks(text.removeprefix("\ufeff"), path) if path.endswith(SUFFIXES) else None
    if blocks is not None:
        return Body({}, blocks)
    from peerlint.terraform.syntax import parse_body

    return parse_body(text, path)


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
            known = _local_values(config.local_blocks) if override else {}
            config.local_blocks.append(block)
            return not override or _local_values([block]).keys() <= known.keys()
        case "provider", (_,):
            return _put_provider(config.providers, block, override)
        case "terraform", ():
            config.settings.append(block)
    return True


def _local_values(blocks: Sequence[Block]) -> dict[str, Attribute]:
    bodies = [body for block in blocks if (body := block.read()) is not None]
    return {name: attribute for body in bodies for name, attribute in body.attributes.items()}


def _put(table: dict[K, Block], key: K, block: Block, override: bool) -> bool:
    """Whether there was something to override, where the block does."""
    known = table.get(key)
    if known is None:
        table[key] = block
    elif override:
        table[key] = merged(known, block)
    return known is not None or not override


def _put_provider(providers: list[Block], block: Block, override: bool) -> bool:
    """A provider's configuration; one in an override file goes over that of the same name and alias.

    The default configuration of a provider can be overridden where it is not written: it is empty then.
    """
    key = provider_key(block) if override else None
    known = [i for i, other in enumerate(providers) if provider_key(other) == key] if key is not None else []
    if known:
        providers[known[0]] = merged(providers[known[0]], block)
    else:
        providers.append(block)
    return bool(known) or key is None or key[1] == ""
