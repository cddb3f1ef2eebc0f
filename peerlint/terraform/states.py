"""Where a root keeps its state, and where a ``terraform_remote_state`` looks for one: whether that is one place.

https://developer.hashicorp.com/terraform/language/backend (each backend's own page says what its settings mean) and
https://developer.hashicorp.com/terraform/language/state/remote-state-data.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from peerlint.network.values import Known, Maybe, Truth, Unknown, all_of
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.ast import Block
from peerlint.terraform.ast_text import mentions
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.scope import Scope
from peerlint.terraform.values import TfValue, is_null

DEFAULT_WORKSPACE = "default"
STATE_FILE = "terraform.tfstate"
WORKSPACES = "terraform.tfstate.d"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a backend that tells its states apart; ``default`` is what it means where it is not written.

    An ``implied`` one follows from the others (a bucket's Region): only two known values of it tell states apart.
    """

    name: str
    default: str | None = None
    implied: bool = False


BACKENDS: Mapping[str, tuple[Setting, ...]] = {
    "azurerm": (Setting("storage_account_name"), Setting("container_name"), Setting("key")),
    "consul": (Setting("path"), Setting("address", ""), Setting("datacenter", "")),
    "gcs": (Setting("bucket"), Setting("prefix", "")),
    "http": (Setting("address"),),
    "local": (Setting("path", STATE_FILE),),
    "remote": (Setting("hostname", "app.terraform.io"), Setting("organization")),
    "s3": (Setting("bucket"), Setting("key"), Setting("region", implied=True), Setting("endpoint", implied=True)),
}
"""The settings that name a state, of every backend whose states are compared. ``cloud`` blocks are ``remote``."""


@dataclass(frozen=True, slots=True)
class Location:
    """The place of a state, or of one state for each workspace.

    ``settings`` are those of :data:`BACKENDS` that are written or have a default. ``name`` and ``prefix`` are what HCP
    Terraform calls its workspaces by, ``key_prefix`` is what S3 puts before the keys of workspaces.
    """

    backend: str
    settings: Mapping[str, TfValue]
    name: TfValue | None = None
    prefix: TfValue | None = None
    key_prefix: TfValue | None = None


def kept_by(config: ModuleConfig, scope: Scope) -> Location | None:
    """Where a root keeps its state: as its last ``backend`` or ``cloud`` block says, else in a local file.

    ``None`` where Terragrunt may write the block, or one cannot be read.
    """
    bodies = [block.read() for block in config.settings]
    blocks = [inner for body in bodies if body is not None for inner in body.blocks if _is_backend(inner)]
    if None in bodies:
        return None
    if not blocks:
        return None if config.wrapped else _location("local", None, config.directory)
    last = blocks[-1]
    backend = last.labels[0] if last.type == "backend" and last.labels else "remote"
    return _location(backend, Arguments(last.body, scope, last.header), config.directory)


def _is_backend(block: Block) -> bool:
    return block.type in ("backend", "cloud")


def asked_by(arguments: BlockArguments, directory: str) -> Location | None:
    """Where a ``terraform_remote_state`` of the root in ``directory`` looks; ``None`` for an unknown backend."""
    backend = arguments.get("backend")
    if not isinstance(backend, Known) or not isinstance(backend.value, str):
        return None
    config = next(iter(arguments.blocks("config")), None)
    return _location("remote" if backend.value == "cloud" else backend.value, config, directory)


def _location(backend: str, arguments: BlockArguments | None, directory: str) -> Location:
    found: dict[str, TfValue] = {}
    for setting in BACKENDS.get(backend, ()):
        value = _written(arguments, setting.name)
        if value is None and setting.default is not None:
            value = Known(setting.default)
        if value is not None:
            found[setting.name] = _normal(backend, setting.name, value, directory)
    key_prefix = _written(arguments, "workspace_key_prefix")
    workspaces = next(iter(arguments.blocks("workspaces")), None) if arguments is not None else None
    return Location(backend, found, _written(workspaces, "name"), _written(workspaces, "prefix"), key_prefix)


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


def same_place(kept: Location, asked: Location) -> Truth:
    """Whether two locations are one, whatever the workspace; where it is undecided, the reason says what would tell."""
    if kept.backend != asked.backend or kept.backend not in BACKENDS:
        return False
    return all_of(_same_setting(setting, kept, asked) for setting in BACKENDS[kept.backend])


def _same_setting(setting: Setting, kept: Location, asked: Location) -> Truth:
    left, right = kept.settings.get(setting.name), asked.settings.get(setting.name)
    if isinstance(left, Known) and isinstance(right, Known):
        return left.value == right.value
    if setting.implied:
        return True
    what = f"the {setting.name.replace('_', ' ')} of the state"
    if isinstance(right, Unknown):
        return Maybe(f"{what} that it reads is not known: {right.reason}")
    if isinstance(left, Unknown):
        return Maybe(f"{what} is not known: {left.reason}")
    return Maybe(f"{what} is written only where Terraform is run (-backend-config)")


@dataclass(frozen=True, slots=True)
class Workspaces:
    """Which workspace a root is in, as far as the run says (``run``), and which one it is asked for.

    ``own`` is whether that is the workspace of the root that asks, whatever it is; ``used`` whether either root depends
    on its workspace.
    """

    run: str | None
    asked: TfValue
    own: bool
    used: bool


def same_workspace(kept: Location, asked: Location, which: Workspaces) -> Truth:
    """Whether the state of the run's workspace is the one asked for."""
    if kept.backend == "http":
        return True
    if kept.backend == "remote":
        return _same_remote(kept, asked, which)
    answer = _same_name(which)
    if kept.backend == "s3" and which.asked != Known(DEFAULT_WORKSPACE):
        prefixes = Setting("workspace_key_prefix")
        left, right = (_keyed(one, prefixes.name) for one in (kept, asked))
        answer = all_of((answer, _same_setting(prefixes, left, right)))
    return answer


def _keyed(location: Location, name: str) -> Location:
    return replace(location, settings={name: location.key_prefix or Known("env:")})


def _same_name(which: Workspaces) -> Truth:
    if which.own:
        return True
    if isinstance(which.asked, Unknown):
        return Maybe(f"the workspace of the state that it reads is not known: {which.asked.reason}")
    wanted = str(which.asked.value)
    if which.run is not None:
        return wanted == which.run
    if wanted == DEFAULT_WORKSPACE and not which.used:
        return True
    return Maybe(f"the workspace is not known: --workspace {wanted} would tell that it is the one that it reads")


def _same_remote(kept: Location, asked: Location, which: Workspaces) -> Truth:
    """A workspace of HCP Terraform is named in full, or by the prefix that all of a root's have."""
    left = _full_name(kept, None if which.run is None else Known(which.run))
    right = _full_name(asked, which.asked)
    if isinstance(left, Known) and isinstance(right, Known):
        return left.value == right.value
    if kept.prefix is not None and asked.prefix is not None and kept.prefix == asked.prefix:
        return _same_name(which)
    unknown = next((name for name in (left, right) if isinstance(name, Unknown)), None)
    return Maybe("the name of its workspace is not known" + ("" if unknown is None else f": {unknown.reason}"))


def _full_name(location: Location, workspace: TfValue | None) -> TfValue | None:
    match location.name, location.prefix, workspace:
        case Known() | Unknown() as name, _, _:
            return name
        case None, Known(value=prefix), Known(value=name):
            return Known(f"{prefix}{name}")
        case None, Unknown() as prefix, _:
            return prefix
        case None, _, Unknown() as name:
            return name
        case _:
            return None


def workspace_folder(asked: Location) -> tuple[Location, str] | None:
    """A local state that is named by its file in a workspace's folder: the root's location, and the workspace."""
    path = asked.settings.get("path")
    if asked.backend != "local" or not isinstance(path, Known) or not isinstance(path.value, str):
        return None
    *above, folder, workspace, name = ("", "", *path.value.split(os.sep))
    if folder != WORKSPACES or name != STATE_FILE:
        return None
    return replace(asked, settings={"path": Known(os.sep.join((*above[2:], STATE_FILE)))}), workspace


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
