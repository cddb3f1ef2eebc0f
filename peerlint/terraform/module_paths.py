"""The modules of a root by their address without instance keys: what is written, whatever there will be of it."""

from __future__ import annotations

from msgspec import Struct

from peerlint.limits import Limits
from peerlint.terraform.ast import Block
from peerlint.terraform.config import ModuleConfig, load_module
from peerlint.terraform.sources import find_module
from peerlint.terraform.summaries import Summary, summary_for


class Module(Struct, frozen=True):
    """A module that was read. ``described`` says so of one that only a summary stands in for."""

    address: str
    config: ModuleConfig
    depth: int = 0
    described: str = ""

    def child(self, name: str) -> str:
        """The address of what a call of it makes."""
        return f"{self.address}.module.{name}" if self.address else f"module.{name}"


class Called(Struct, frozen=True):
    """What a module call makes: the ``call`` in its ``caller``, and the ``module``, ``None`` where it was not read.

    ``unread`` says why it may depend on anything that it is given.
    """

    module: Module | None
    call: Block | None = None
    caller: Module | None = None
    unread: str = ""


class ModulePaths:
    """The modules of a root, each found when it is asked for."""

    def __init__(self, directory: str, project_dir: str, limits: Limits) -> None:
        """The modules of the root in a directory."""
        self._directory = directory
        self._project_dir = project_dir
        self._limits = limits
        self._found: dict[str, Called] = {}

    def __reduce__(self) -> tuple[type[ModulePaths], tuple[str, str, Limits]]:
        """They are found anew where it is sent."""
        return ModulePaths, (self._directory, self._project_dir, self._limits)

    def at(self, address: str) -> Called:
        """The module with an address; empty is the root's."""
        if address not in self._found:
            self._found[address] = self._called(address) if address else Called(self._root())
        return self._found[address]

    def _root(self) -> Module:
        return Module("", load_module(self._directory, self._limits.file_size))

    def _called(self, address: str) -> Called:
        outer, _, name = address.rpartition(".")
        caller = self.at(outer.removesuffix("module").removesuffix(".")).module
        unread = f"module `{address}` was not read"
        call = caller.config.modules.get(name) if caller is not None else None
        if caller is None or call is None:
            return Called(None, None, caller, unread)
        return Called(self._module(address, caller, call), call, caller, unread)

    def _module(self, address: str, caller: Module, call: Block) -> Module | None:
        text = call.text_of("source")
        if text is None or caller.depth >= self._limits.depth:
            return None
        here = caller.config.directory
        directory = find_module(text, here, address, self._directory, self._project_dir)
        if call.read() is None:
            return None
        if directory is not None:
            return Module(address, load_module(directory, self._limits.file_size), caller.depth + 1)
        summary = summary_for(call)
        if isinstance(summary, Summary):
            described = f"module `{address}` is only described by a summary"
            return Module(address, summary.at(call), caller.depth + 1, described)
        return None
