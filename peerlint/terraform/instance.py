"""A module instance: its variables, locals and outputs, each evaluated when asked for, and what it declares."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from peerlint.network.model import CERTAIN, Presence, Problem, ProblemKind
from peerlint.network.values import Identity, Known, Span, Unknown, Why
from peerlint.terraform.ast import Block, Expr
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.convert import convert
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.expansion import Expansion, expand, uncounted
from peerlint.terraform.functions import FileContext
from peerlint.terraform.modules import Modules
from peerlint.terraform.providers import Providers
from peerlint.terraform.resources import Resources
from peerlint.terraform.root_state import RootState
from peerlint.terraform.scope import Scope
from peerlint.terraform.typeexpr import type_constraint
from peerlint.terraform.values import EvaluationError, TfValue


class ModuleInstance:
    """One instance of a module. ``address`` is empty for the root, else ``module.a["x"].module.b``."""

    def __init__(
        self,
        root: RootState,
        config: ModuleConfig,
        inputs: Mapping[str, TfValue],
        *,
        address: str = "",
        calls: tuple[Span, ...] = (),
        presence: Presence = CERTAIN,
        caller: tuple[Block, Scope] | None = None,
    ) -> None:
        """An instance of which nothing is evaluated yet. ``inputs`` are for a root; a child's come from its call."""
        self.root = root
        self.config = config
        self.address = address
        self.calls = calls
        self.presence = presence
        self.caller = caller
        self.scope = Scope(self)
        self.files = FileContext(config.directory, root.project_dir, root.directory)
        root.configs.setdefault(config.directory, config)
        self._inputs = inputs
        self._values: dict[str, TfValue] = {}
        self._busy: set[str] = set()
        self.providers = Providers(self)
        self.resources = Resources(self)
        self.modules = Modules(self)

    def prefixed(self, name: str) -> str:
        """The address of a thing in this module."""
        return f"{self.address}.{name}" if self.address else name

    def look_up(
        self, name: str, steps: Sequence[str | Expr], scope: Scope, at: Span
    ) -> tuple[TfValue, list[str | Expr]]:
        """The value that a reference's first steps name, and the steps that are left. Raises EvaluationError."""
        first = steps[0] if steps and isinstance(steps[0], str) else None
        match name:
            case "each" | "count":
                return _iteration(name, first, scope), list(steps[1:])
            case "path":
                return self._path(first), list(steps[1:])
            case "terraform" | "tofu":
                of = Identity(self.root.stack, f"terraform.{first}")
                return Unknown(Why.VARIABLE, of=of), list(steps[1:])
            case "self" | "ephemeral":
                return Unknown(Why.COMPUTED), []
            case _ if first is None:
                raise EvaluationError(f"`{name}` is not a value")
            case "var":
                return self.variable(first, at), list(steps[1:])
            case "local":
                return self.local(first, at), list(steps[1:])
            case "module":
                return self.modules.look_up(first, list(steps[1:]), scope, at)
            case "data":
                second = steps[1] if len(steps) > 1 else None
                if not isinstance(second, str):
                    raise EvaluationError("a data source is named by its type and its name")
                return self.resources.look_up(True, first, second, list(steps[2:]), scope, at)
            case _:
                return self.resources.look_up(False, name, first, list(steps[1:]), scope, at)

    def _path(self, name: str | None) -> TfValue:
        match name:
            case "module":
                return Known(os.path.relpath(self.config.directory, self.root.directory))
            case "root":
                return Known(".")
            case "cwd":
                return Known(self.root.directory)
            case _:
                raise EvaluationError("`path` has module, root and cwd")

    def variable(self, name: str, at: Span | None = None) -> TfValue:
        """The value of an input variable."""
        return self._once(f"var.{name}", lambda: self._variable(name, at))

    def _variable(self, name: str, at: Span | None) -> TfValue:
        declared = self.config.variables.get(name)
        if declared is None:
            return self.undeclared(f"variable `{name}` is not declared", at, f"var.{name}")
        value = self._input(name)
        default = declared.body.attributes.get("default")
        if value is None and default is not None:
            value = evaluate(default.expr, Scope(self))
        if value is None:
            of = Identity(self.root.stack, self.prefixed(f"var.{name}"))
            return Unknown(Why.VARIABLE, f"var.{name}", declared.header, of=of)
        constraint = declared.body.attributes.get("type")
        if constraint is None:
            return value
        try:
            return _placed(convert(value, type_constraint(constraint.expr)), value)
        except EvaluationError:
            return value

    def _input(self, name: str) -> TfValue | None:
        if self.caller is None:
            return self._inputs.get(name)
        block, scope = self.caller
        attribute = block.body.attributes.get(name)
        return evaluate(attribute.expr, scope) if attribute is not None else None

    def local(self, name: str, at: Span | None = None) -> TfValue:
        """The value of a local."""
        declared = self.config.locals.get(name)
        if declared is None:
            return self.undeclared(f"local value `{name}` is not declared", at, f"local.{name}")
        return self._once(f"local.{name}", lambda: evaluate(declared.expr, self.scope))

    def definition(self, kind: str, name: str) -> tuple[Expr, Scope] | None:
        """The expression that defines a local, or what a module call passes for a variable, with its scope."""
        if kind == "local":
            declared = self.config.locals.get(name)
            return (declared.expr, self.scope) if declared is not None else None
        if self.caller is None:
            return None
        block, scope = self.caller
        attribute = block.body.attributes.get(name)
        return (attribute.expr, scope) if attribute is not None else None

    def _once(self, key: str, compute: Callable[[], TfValue]) -> TfValue:
        if key in self._values:
            return self._values[key]
        with self.busy(key):
            value = compute()
        self.root.budget.size(value, value.at or Span(self.config.directory, 1, 1, 1, 1))
        self._values[key] = value
        return value

    def undeclared(self, message: str, at: Span | None, source: str) -> Unknown:
        """A reference that leads to nothing: PL905 where all of the module could be read."""
        if at is not None and self.config.complete and not self.config.wrapped:
            kind = ProblemKind.UNRESOLVED_REFERENCE
            self.root.report(Problem(kind, f"{message} in this module", at, self.address))
        return Unknown(Why.UNSUPPORTED, source, at)

    @contextmanager
    def forgiving(self) -> Iterator[None]:
        """Report no unresolved references meanwhile."""
        self.root.forgiving += 1
        try:
            yield
        finally:
            self.root.forgiving -= 1

    @contextmanager
    def busy(self, name: str) -> Iterator[None]:
        """Mark a thing as being evaluated. Raises EvaluationError where it already is, as it then refers to itself."""
        if name in self._busy:
            raise EvaluationError(f"`{name}` refers to itself")
        self._busy.add(name)
        try:
            yield
        finally:
            self._busy.discard(name)

    def expanded(self, block: Block) -> Expansion:
        """The instances of a block, or one uncertain instance in place of more than the root may have."""
        expansion = expand(block, self.scope)
        if self.root.budget.instance(len(expansion.items), block.header) or len(expansion.items) <= 1:
            return expansion
        return uncounted(expansion.shape, block.header)

    def child(
        self,
        config: ModuleConfig,
        address: str,
        calls: tuple[Span, ...],
        presence: Presence,
        caller: tuple[Block, Scope],
    ) -> ModuleInstance:
        """An instance of a module that this one calls."""
        return ModuleInstance(
            self.root, config, {}, address=address, calls=calls, presence=presence, caller=caller
        )  # fmt: skip

    def output(self, name: str) -> TfValue | None:
        """The value of an output, or ``None`` where there is no such output."""
        block = self.config.outputs.get(name)
        value = block.body.attributes.get("value") if block is not None else None
        if value is None:
            return None
        return self._once(f"output.{name}", lambda: evaluate(value.expr, self.scope))


def _iteration(name: str, first: str | None, scope: Scope) -> TfValue:
    if name == "count":
        value = scope.count if first == "index" else None
    else:
        pair = scope.each
        value = pair[("key", "value").index(first)] if pair is not None and first in ("key", "value") else None
    if value is None:
        raise EvaluationError(f"`{name}.{first}` has no meaning here")
    return value


def _placed(value: TfValue, written: TfValue) -> TfValue:
    if isinstance(value, Known) and value.at is None and isinstance(written, Known):
        return Known(value.value, written.at)
    return value
