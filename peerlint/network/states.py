"""Whether the state that a root keeps is the one that a ``terraform_remote_state`` reads: whether it is one place.

https://developer.hashicorp.com/terraform/language/backend (each backend's own page says what its settings mean) and
https://developer.hashicorp.com/terraform/language/state/remote-state-data.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from peerlint.network.model import KeptState, StateLocation, StateReading
from peerlint.network.values import Identity, Known, Maybe, Truth, Unknown, Written, all_of
from peerlint.records import replace

DEFAULT_WORKSPACE = "default"
OWN_ATTRIBUTES = frozenset({"backend", "config", "defaults", "id", "workspace"})
"""The attributes of a ``terraform_remote_state`` itself; until 0.11 all others were outputs."""

STATE_FILE = "terraform.tfstate"
WORKSPACES = "terraform.tfstate.d"


class Setting(Struct, frozen=True):
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


def state_read(reading: StateReading, states: Iterable[KeptState]) -> KeptState | Maybe | None:
    """The state that a ``terraform_remote_state`` reads; ``None`` where none of these is it, Maybe where one may be."""
    told = [(kept, _is_read(reading, kept)) for kept in states if kept.root != reading.root]
    certain = [kept for kept, answer in told if answer is True]
    if certain:
        return _chosen(certain, reading)
    return _doubt([(kept, answer) for kept, answer in told if isinstance(answer, Maybe)], reading)


def _is_read(reading: StateReading, kept: KeptState) -> Truth:
    asked, wanted = reading.location, reading.workspace
    in_folder = _workspace_folder(asked)
    if in_folder is not None and _same_place(kept.location, asked) is not True:
        asked, wanted = in_folder[0], Known(in_folder[1])
    place = _same_place(kept.location, asked)
    if place is False:
        return False
    own = isinstance(wanted, Unknown) and wanted.of == Identity(reading.of.stack, "terraform.workspace")
    which = _Workspaces(kept.workspace, wanted, own, kept.uses_workspace or reading.uses_workspace)
    return all_of((place, _same_workspace(kept.location, asked, which)))


def _chosen(certain: Sequence[KeptState], reading: StateReading) -> KeptState | Maybe:
    """The one root that keeps its state in the place, in the deployment with the same var files."""
    labels = dict.fromkeys(_label(kept, reading) for kept in certain)
    if len(labels) > 1:
        return Maybe(f"{' and '.join(labels)} keep their state in one place")
    if len(certain) > 1:
        certain = [kept for kept in certain if kept.variant and kept.variant == reading.variant]
    if len(certain) != 1:
        return Maybe(f"{next(iter(labels))} is deployed with several var files, and it is not known with which")
    return certain[0]


def _label(kept: KeptState, reading: StateReading) -> str:
    beside = os.path.isabs(kept.root) == os.path.isabs(reading.root)
    return f"`{os.path.relpath(kept.root, reading.root) if beside else kept.root}`"


def _doubt(doubts: Sequence[tuple[KeptState, Maybe]], reading: StateReading) -> Maybe | None:
    labels = list(dict.fromkeys(_label(kept, reading) for kept, _ in doubts))
    if not labels:
        return None
    if len(labels) > 1:
        return Maybe(f"{len(labels)} roots may keep the state that it reads, such as {labels[0]}")
    return Maybe(f"{doubts[0][1].reason}; it may be that of {labels[0]}")


def _same_place(kept: StateLocation, asked: StateLocation) -> Truth:
    """Whether two locations are one, whatever the workspace; where it is undecided, the reason says what would tell."""
    if kept.backend != asked.backend or kept.backend not in BACKENDS:
        return False
    return all_of(_same_setting(setting, kept, asked) for setting in BACKENDS[kept.backend])


def _same_setting(setting: Setting, kept: StateLocation, asked: StateLocation) -> Truth:
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


class _Workspaces(Struct, frozen=True):
    """Which workspace a root is in, as far as the run says (``run``), and which one it is asked for.

    ``own`` is whether that is the workspace of the root that asks, whatever it is; ``used`` whether either root depends
    on its workspace.
    """

    run: str | None
    asked: Written[object]
    own: bool
    used: bool


def _same_workspace(kept: StateLocation, asked: StateLocation, which: _Workspaces) -> Truth:
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


def _keyed(location: StateLocation, name: str) -> StateLocation:
    return replace(location, settings={name: location.key_prefix or Known("env:")})


def _same_name(which: _Workspaces) -> Truth:
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


def _same_remote(kept: StateLocation, asked: StateLocation, which: _Workspaces) -> Truth:
    """A workspace of HCP Terraform is named in full, or by the prefix that all of a root's have."""
    left = _full_name(kept, None if which.run is None else Known(which.run))
    right = _full_name(asked, which.asked)
    if isinstance(left, Known) and isinstance(right, Known):
        return left.value == right.value
    if kept.prefix is not None and asked.prefix is not None and kept.prefix == asked.prefix:
        return _same_name(which)
    unknown = next((name for name in (left, right) if isinstance(name, Unknown)), None)
    return Maybe("the name of its workspace is not known" + ("" if unknown is None else f": {unknown.reason}"))


def _full_name(location: StateLocation, workspace: Written[object] | None) -> Written[object] | None:
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


def _workspace_folder(asked: StateLocation) -> tuple[StateLocation, str] | None:
    """A local state that is named by its file in a workspace's folder: the root's location, and the workspace."""
    path = asked.settings.get("path")
    if asked.backend != "local" or not isinstance(path, Known) or not isinstance(path.value, str):
        return None
    *above, folder, workspace, name = ("", "", *path.value.split(os.sep))
    if folder != WORKSPACES or name != STATE_FILE:
        return None
    return replace(asked, settings={"path": Known(os.sep.join((*above[2:], STATE_FILE)))}), workspace
