"""A module instance: its variables, locals and outputs, each evaluated when asked for, and what it declares."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from peerlint.network.model import Problem
from peerlint.network.values import Identity, Known, Span, Unknown, Why
from peerlint.terraform.ast import Block, Expr, Unreadable
from peerlint.terraform.convert import convert
from peerlint.terraform.definitions import definitions
from peerlint.terraform.errors import UnreadError
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.limits import Budget
from peerlint.terraform.modules import Modules
from peerlint.terraform.providers import Providers
from peerlint.terraform.rendering import file_context
from peerlint.terraform.resources import Resources
from peerlint.terraform.scope import Definition, Scope
from peerlint.terraform.site import Site
from peerlint.terraform.typeexpr import not_nullable, type_constraint
from peerlint.terraform.values import EvaluationError, TfValue, is_null


class ModuleInstance:
    """One instance of a module, at its site in the root."""

    def __init__(
        self, site: Site, inputs: Mapping[str, TfValue] | None = None, providers: Providers | None = None
    ) -> None:
        """An instance of which nothing is evaluated yet.

        ``inputs`` are the values of a root's variables, a child's come from its call; ``providers`` are the caller's.
        """
        self.site = site
        self.scope = Scope(self)
        root = site.root
        self.files = file_context(site.config.directory, root.project_dir, root.directory, root.budget)
        site.root.configs.setdefault(site.config.directory, site.config)
        self.inputs = inputs or {}
        self._values: dict[str, TfValue] = {}
        own = Providers(site, self.scope, providers)
        self.resources = Resources(site, self.scope, own)
        self.modules: Modules[ModuleInstance] = Modules(site, self.scope, lambda s: ModuleInstance(s, providers=own))

    @property
    def address(self) -> str:
        """Its address; empty for the root."""
        return self.site.address

    @property
    def budget(self) -> Budget:
        """What its root has spent."""
        return self.site.root.budget

    def look_up(
        self, name: str, steps: Sequence[str | Expr], scope: Scope, at: Span
    ) -> tuple[TfValue, list[str | Expr]]:
        """The value that a reference's first steps name, and the steps that are left; unknown for what is no HCL.

        Raises EvaluationError.
        """
        try:
            return self._look_up(name, steps, scope, at)
        except UnreadError:
            return Unknown(
                Why.UNSUPPORTED, ".".join((name, *(step for step in steps[:1] if isinstance(step, str)))), at
            ), []

    def _look_up(
        self, name: str, steps: Sequence[str | Expr], scope: Scope, at: Span
    ) -> tuple[TfValue, list[str | Expr]]:
        first = steps[0] if steps and isinstance(steps[0], str) else None
        match name:
            case "each" | "count":
                return _iteration(name, first, scope), list(steps[1:])
            case "path":
                return self._path(first), list(steps[1:])
            case "terraform" | "tofu":
                return self._terraform(first), list(steps[1:])
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

    def _terraform(self, name: str | None) -> TfValue:
        """``terraform.workspace``, which is one and the same in all of the root."""
        if name == "workspace" and self.site.root.workspace is not None:
            return Known(self.site.root.workspace)
        return Unknown(Why.VARIABLE, of=Identity(self.site.root.stack, f"terraform.{name}"))

    def _path(self, name: str | None) -> TfValue:
        match name:
            case "module":
                return Known(os.path.relpath(self.site.config.directory, self.site.root.directory))
            case "root":
                return Known(".")
            case "cwd":
                return Known(self.site.root.directory)
            case _:
                raise EvaluationError("`path` has module, root and cwd")

    def variable(self, name: str, at: Span | None = None) -> TfValue:
        """The value of an input variable."""
        declared = self.site.config.variables.get(name)
        if declared is None:
            return self.site.undeclared(f"variable `{name}` is not declared", at, f"var.{name}")
        return self._once(f"var.{name}", declared.header, lambda: self._variable(name, declared))

    def _variable(self, name: str, declared: Block) -> TfValue:
        value = self._input(name)
        default = declared.body.attributes.get("default")
        if default is not None and (value is None or (is_null(value) and not_nullable(declared))):
            value = evaluate(default.expr, Scope(self))
        if value is None:
            of = Identity(self.site.root.stack, self.site.prefixed(f"var.{name}"))
            return Unknown(Why.VARIABLE, f"var.{name}", declared.header, of=of)
        constraint = declared.body.attributes.get("type")
        if constraint is None:
            return value
        if isinstance(constraint.expr, Unreadable):
            return evaluate(constraint.expr, self.scope)
        try:
            return _placed(convert(value, type_constraint(constraint.expr)), value)
        except EvaluationError as error:
            return self.site.refused(f"var.{name}", str(error), value.at or declared.header)

    def _input(self, name: str) -> TfValue | None:
        if self.site.caller is None:
            return self.inputs.get(name)
        block, scope = self.site.caller
        attribute = block.body.attributes.get(name)
        return evaluate(attribute.expr, scope) if attribute is not None else None

    def local(self, name: str, at: Span | None = None) -> TfValue:
        """The value of a local."""
        declared = self.site.config.local(name)
        if declared is None:
            return self.site.undeclared(f"local value `{name}` is not declared", at, f"local.{name}")
        return self._once(f"local.{name}", declared.span, lambda: evaluate(declared.expr, self.scope))

    def definition(self, kind: str, name: str) -> tuple[Expr, Scope] | None:
        """The expression that defines a local, or what a module call passes for a variable, with its scope."""
        if kind == "local":
            declared = self.site.config.locals.get(name)
            return (declared.expr, self.scope) if declared is not None else None
        if self.site.caller is None:
            return None
        block, scope = self.site.caller
        attribute = block.body.attributes.get(name)
        return (attribute.expr, scope) if attribute is not None else None

    def definitions(self, name: str, steps: Sequence[str | Expr], scope: Scope) -> Iterator[Definition]:
        """What may define the thing that a reference names."""
        return definitions(self, name, steps, scope)

    def _once(self, key: str, at: Span, compute: Callable[[], TfValue]) -> TfValue:
        if key in self._values:
            return self._values[key]
        with self.site.busy(key, at):
            try:
                value = compute()
            except RecursionError:
                raise self.budget.depth(at) from None
        self.budget.size(value, at)
        self._values[key] = value
        return value

    @property
    def is_forgiving(self) -> bool:
        """Whether an error is caught by ``try`` or ``can``."""
        return self.site.root.forgiving > 0

    def report(self, problem: Problem) -> None:
        """Report a problem, unless it is inside ``try`` or ``can``."""
        self.site.root.report(problem)

    def unread(self, error: UnreadError) -> None:
        """Report what is no HCL, also inside ``try`` and ``can``."""
        self.site.root.unread_part(error)

    @contextmanager
    def forgiving(self) -> Iterator[None]:
        """Report no unresolved references meanwhile."""
        self.site.root.forgiving += 1
        try:
            yield
        finally:
            self.site.root.forgiving -= 1

    def doubt_about(self, expr: Expr) -> str | None:
        """Why it is undecided how many instances there are of the resource or module that an expression is."""
        return self.resources.doubt_about(expr) or self.modules.doubt_about(expr)

    @property
    def is_complete(self) -> bool:
        """Whether every file of it could be read, so that an output that it does not declare does not exist."""
        return self.site.config.complete and not self.site.config.wrapped

    def output_names(self) -> Sequence[str]:
        """The names of its outputs."""
        return list(self.site.config.outputs)

    def output(self, name: str) -> TfValue | None:
        """The value of an output, or ``None`` where there is no such output."""
        block = self.site.config.outputs.get(name)
        value = block.body.attributes.get("value") if block is not None else None
        if value is None:
            return None
        return self._once(f"output.{name}", value.span, lambda: evaluate(value.expr, self.scope))


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
        return written.read_as(value.value)
    return value
