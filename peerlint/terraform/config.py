"""A module's directory → its configuration: variables, locals, resources, module calls, outputs, providers.

https://developer.hashicorp.com/terraform/language/files: ``.tf``, ``.tf.json`` and OpenTofu's ``.tofu`` twins, then
override files merged over them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from peerlint.limits import LIMITS
from peerlint.links import is_foreign_link
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span
from peerlint.terraform.ast import Attribute, Block, Body, Literal, render
from peerlint.terraform.grammar import HclError
from peerlint.terraform.json_syntax import parse_json_body, parse_json_values
from peerlint.terraform.syntax import parse_body

K = TypeVar("K")

SUFFIXES = (".tofu.json", ".tofu", ".tf.json", ".tf")


@dataclass(slots=True)
class ModuleConfig:
    """What one directory declares.

    ``templates`` are files from which others of the module are still to be made, by something that is not Terraform.
    ``wrapped`` is a module that Terragrunt may add files to.
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
    templates: list[str] = field(default_factory=list)
    wrapped: bool = False

    @property
    def complete(self) -> bool:
        """Whether every file of it could be read."""
        return not self.problems and not self.templates

    @property
    def is_legacy(self) -> bool:
        """Whether it is written for Terraform 0.11: it quotes the types of its variables."""
        types = (block.body.attributes.get("type") for block in self.variables.values())
        return any(type is not None and isinstance(type.expr, Literal) for type in types)

    def unread_files(self) -> list[str]:
        """The files that could not be read, and the templates of files that are still to be made."""
        return [*(problem.at.file for problem in self.problems), *self.templates]


def module_files(directory: str) -> list[str]:
    """The files of a module in the order in which they are merged: normal ones by name, then overrides by name.

    A ``.tofu`` file replaces the ``.tf`` file of the same name.
    """
    try:
        names = sorted(n for n in os.listdir(directory) if n.endswith(SUFFIXES) and not n.startswith((".", "#")))
    except OSError:
        return []
    present = set(names)
    names = [n for n in names if not (_is_tf(n) and _tofu_twin(n) in present)]
    paths = [(n, os.path.join(directory, n)) for n in names if not n.endswith("~")]
    files = [(n, p) for n, p in paths if not os.path.isdir(p)]
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
    config = ModuleConfig(directory)
    config.templates = list(_templates(directory))
    config.wrapped = os.path.exists(os.path.join(directory, "terragrunt.hcl"))
    for path in module_files(directory):
        config.files.append(path)
        try:
            body = read_file(path, max_size)
        except HclError as error:
            config.problems.append(unreadable(str(error), error.at))
            continue
        _add(config, body, is_override(os.path.basename(path)))
    return config


TEMPLATES = re.compile(r"\.(tf|tofu)(\.json)?\.(?:j2|jinja2?|tmpl|tpl|tftpl|template|erb|mustache|m4|gotmpl|jsonnet)\Z")


def _templates(directory: str) -> Iterator[str]:
    """The templates in a directory whose Terraform file has not been made yet."""
    try:
        names = os.listdir(directory)
    except OSError:
        return
    for name in sorted(names):
        if TEMPLATES.search(name) and TEMPLATES.sub(r".\1\2", name) not in names:
            yield os.path.join(directory, name)


def unreadable(message: str, at: Span) -> Problem:
    """The PL901 of a file."""
    return Problem(ProblemKind.UNREADABLE_INPUT, message, at)


@lru_cache(maxsize=4096)
def read_file(path: str, max_size: int = LIMITS.file_size) -> Body:
    """The body of a configuration or variables file. Raises HclError, also where the file cannot be read at all."""
    at = Span(path, 1, 1, 1, 1)
    if is_foreign_link(path):
        raise HclError("a link to a file of another kind, which is not read", at)
    try:
        with open(path, "rb") as file:
            data = file.read(max_size + 1)
    except OSError as error:
        raise HclError(f"cannot be read: {error.strerror}", at) from None
    if len(data) > max_size:
        raise HclError(f"larger than {max_size:,} bytes", at)
    if data.startswith(b"\0GITCRYPT"):
        raise HclError("encrypted with git-crypt", at)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise HclError("not UTF-8", Span(path, line, column, line, column + 1)) from None
    if not path.endswith(".json"):
        return parse_body(text, path)
    return parse_json_body(text, path) if path.endswith(SUFFIXES) else parse_json_values(text, path)


def _add(config: ModuleConfig, body: Body, override: bool) -> None:
    for block in body.blocks:
        config.extents.append(block.extent)
        match block.type, block.labels:
            case "resource", (type, name):
                _put(config.resources, (type, name), block, override)
            case "data", (type, name):
                _put(config.data, (type, name), block, override)
            case "variable", (name,):
                _put(config.variables, name, block, override)
            case "module", (name,):
                _put(config.modules, name, block, override)
            case "output", (name,):
                _put(config.outputs, name, block, override)
            case "locals", ():
                config.locals.update(block.body.attributes)
            case "provider", (_,):
                _put_provider(config.providers, block, override)
            case "terraform", ():
                config.settings.append(block)


def _put(table: dict[K, Block], key: K, block: Block, override: bool) -> None:
    known = table.get(key)
    if known is None:
        table[key] = block
    elif override:
        table[key] = _merged(known, block)


def _put_provider(providers: list[Block], block: Block, override: bool) -> None:
    """A provider's configuration; one in an override file goes over that of the same name and alias."""
    known = [i for i, other in enumerate(providers) if _provider_key(other) == _provider_key(block)]
    if override and known:
        providers[known[0]] = _merged(providers[known[0]], block)
    else:
        providers.append(block)


def _provider_key(block: Block) -> tuple[str, str]:
    alias = block.body.attributes.get("alias")
    return block.labels[0], "" if alias is None else render(alias.expr)


def _merged(base: Block, over: Block) -> Block:
    """An override's block over the one it overrides: arguments replace, nested blocks replace all of their type.

    https://developer.hashicorp.com/terraform/language/files/override
    """
    types = {block.type for block in over.body.blocks}
    kept = tuple(block for block in base.body.blocks if block.type not in types)
    body = Body({**base.body.attributes, **over.body.attributes}, kept + over.body.blocks)
    return replace(base, body=body)
