"""Where a root keeps its state, and where a ``terraform_remote_state`` looks for one.

https://developer.hashicorp.com/terraform/language/backend
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from peerlint.network.model import StateLocation
from peerlint.network.states import BACKENDS
from peerlint.network.values import Known
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.ast import Block
from peerlint.terraform.ast_text import mentions
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.remote_state import REMOTE_STATE
from peerlint.terraform.scope import Scope
from peerlint.terraform.values import TfValue, is_null


def kept_by(config: ModuleConfig, scope: Scope) -> StateLocation | None:
    """Where a root keeps its state: as its last ``backend`` or ``cloud`` block says, else in a local file.

    ``None`` where Terragrunt may write the block, or one cannot be read.
    """
    blocks = _backends(config)
    if blocks is None:
        return None
    arguments = Arguments(blocks[-1].body, scope, blocks[-1].header) if blocks else None
    return _location(_type(blocks), arguments, config.directory)


def backend_of(config: ModuleConfig) -> str | None:
    """The type of the backend that keeps a root's state; ``None`` where :func:`kept_by` has none."""
    blocks = _backends(config)
    return None if blocks is None else _type(blocks)


def backends_read(config: ModuleConfig) -> Iterator[str | None]:
    """The type of each backend that a module reads a state of; ``None`` for one that no plain text names."""
    for (type, _), block in config.data.items():
        if type == REMOTE_STATE:
            named = block.text_of("backend")
            yield "remote" if named == "cloud" else named


def _backends(config: ModuleConfig) -> list[Block] | None:
    """The blocks that say where the state is; ``None`` where not all of them can be told."""
    bodies = [block.read() for block in config.settings]
    if None in bodies:
        return None
    blocks = [inner for body in bodies if body is not None for inner in body.blocks if _is_backend(inner)]
    return None if not blocks and config.wrapped else blocks


def _type(backends: Sequence[Block]) -> str:
    if not backends:
        return "local"
    last = backends[-1]
    return last.labels[0] if last.type == "backend" and last.labels else "remote"


def _is_backend(block: Block) -> bool:
    return block.type in ("backend", "cloud")


def asked_by(arguments: BlockArguments, directory: str) -> StateLocation | None:
    """Where a ``terraform_remote_state`` of the root in ``directory`` looks; ``None`` for an unknown backend."""
    backend = arguments.get("backend")
    if not isinstance(backend, Known) or not isinstance(backend.value, str):
        return None
    config = next(iter(arguments.blocks("config")), None)
    return _location("remote" if backend.value == "cloud" else backend.value, config, directory)


def _location(backend: str, arguments: BlockArguments | None, directory: str) -> StateLocation:
    found: dict[str, TfValue] = {}
    for setting in BACKENDS.get(backend, ()):
        value = _written(arguments, setting.name)
        if value is None and setting.default is not None:
            value = Known(setting.default)
        if value is not None:
            found[setting.name] = _normal(backend, setting.name, value, directory)
    key_prefix = _written(arguments, "workspace_key_prefix")
    workspaces = next(iter(arguments.blocks("workspaces")), None) if arguments is not None else None
    return StateLocation(backend, found, _written(workspaces, "name"), _written(workspaces, "prefix"), key_prefix)


def _written(arguments: BlockArguments | None, name: str) -> TfValue | None:
    value = arguments.get(name) if arguments is not None else None
    return None if value is None or is_null(value) else value


def _normal(backend: str, name: str, value: TfValue, directory: str) -> TfValue:
    """One spelling for settings that can be written in several ways."""
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return value
    match backend, name:
        case "local", "path":
            return Known(os.path.normpath(os.path.join(directory, value.value)), value.at)
        case "gcs", "prefix":
            return Known(value.value.strip("/"), value.at)
        case _:
            return value


def uses_workspace(config: ModuleConfig) -> bool:
    """Whether anything in a root module depends on the workspace."""
    blocks = (
        *config.resources.values(),
        *config.data.values(),
        *config.modules.values(),
        *config.providers,
        *config.local_blocks,
    )
    return any(_uses_workspace(block) for block in blocks)


def _uses_workspace(block: Block) -> bool:
    """Whether a block names the workspace; one that cannot be read may."""
    if not block.may_hold("workspace"):
        return False
    body = block.read()
    return body is None or any(mentions(body, name) for name in ("terraform.workspace", "tofu.workspace"))
