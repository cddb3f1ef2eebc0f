"""A module instance: its variables, locals, resources, child modules and outputs, each evaluated when asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from peerlint.network.model import CERTAIN, Place, Presence, Problem, ProblemKind
from peerlint.network.values import Identity, Known, Span, Unknown, Why
from peerlint.terraform import ast
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.ast import Block, Expr, render
from peerlint.terraform.config import ModuleConfig, load_module
from peerlint.terraform.convert import convert
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.expansion import Expansion, Item, Shape, expand, uncounted
from peerlint.terraform.functions import FileContext
from peerlint.terraform.limits import Budget
from peerlint.terraform.providers import Provider, passed_name, provider_name, provider_of
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.scope import Scope
from peerlint.terraform.sources import find_module
from peerlint.terraform.typeexpr import type_constraint
from peerlint.terraform.values import EvaluationError, TfValue, make_object

MAX_MODULE_DEPTH = 30


class RootState:
    """What all module instances of one root share."""

    def __init__(self, stack: str, directory: str, project_dir: str) -> None:
        """The state of a root whose evaluation has not begun."""
        self.stack = stack
        self.directory = directory
        self.project_dir = project_dir
        self.by_address: dict[str, ResourceInstance] = {}
        self.configs: dict[str, ModuleConfig] = {}
        self.problems: dict[Problem, None] = {}
        self.unread: list[Unread] = []
        self.forgiving = 0
        self.budget = Budget()

    def report(self, problem: Problem) -> None:
        """Keep a problem, once; inside ``try`` and ``can`` it is none."""
        if not self.forgiving:
            self.problems.setdefault(problem)

    def take_problems(self) -> list[Problem]:
        """What was reported since the last call."""
        taken = list(self.problems)
        self.problems = {}
        return taken


@dataclass(frozen=True, slots=True)
class Unread:
    """A module call whose source is not on disk, or too deep."""

    address: str
    source: str
    at: Span
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class Group:
    """All instances of one resource."""

    address: str
    expansion: Expansion
    instances: tuple[ResourceInstance, ...]


@dataclass(frozen=True, slots=True)
class Child:
    """One instance of a module call; ``module`` is ``None`` where its source was not read."""

    address: str
    key: int | str | None
    module: ModuleInstance | None


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
        self._groups: dict[tuple[bool, str, str], Group] = {}
        self._children: dict[str, tuple[Expansion, tuple[Child, ...]]] = {}
        self._providers: dict[str, Provider] = {}

    def prefixed(self, name: str) -> str:
        """The address of a thing in this module."""
        return f"{self.address}.{name}" if self.address else name

    # --- Look-ups of references --------------------------------------------------------------------------------------

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
                return self._module_value(first, list(steps[1:]), scope, at)
            case "data":
                second = steps[1] if len(steps) > 1 else None
                if not isinstance(second, str):
                    raise EvaluationError("a data source is named by its type and its name")
                return self._resource_value(True, first, second, list(steps[2:]), scope, at)
            case _:
                return self._resource_value(False, name, first, list(steps[1:]), scope, at)

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
            return self._undeclared(f"variable `{name}` is not declared", at, f"var.{name}")
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
            return self._undeclared(f"local value `{name}` is not declared", at, f"local.{name}")
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
        if key in self._busy:
            raise EvaluationError(f"`{key}` refers to itself")
        self._busy.add(key)
        try:
            value = compute()
        finally:
            self._busy.discard(key)
        self.root.budget.size(value, value.at or Span(self.config.directory, 1, 1, 1, 1))
        self._values[key] = value
        return value

    def _undeclared(self, message: str, at: Span | None, source: str) -> Unknown:
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

    # --- Resources ---------------------------------------------------------------------------------------------------

    def group(self, data: bool, type: str, name: str) -> Group | None:
        """All instances of a resource or data source, or ``None`` where it is not declared."""
        key = (data, type, name)
        if key not in self._groups:
            block = (self.config.data if data else self.config.resources).get((type, name))
            if block is None:
                return None
            marker = f"{data}:{type}.{name}"
            if marker in self._busy:
                raise EvaluationError(f"`{type}.{name}` refers to itself")
            self._busy.add(marker)
            try:
                self._groups[key] = self._expanded(block, data, type, name)
            finally:
                self._busy.discard(marker)
        return self._groups[key]

    def _expanded(self, block: Block, data: bool, type: str, name: str) -> Group:
        address = self.prefixed(f"data.{type}.{name}" if data else f"{type}.{name}")
        expansion = self._within_budget(expand(block, self.scope), block)
        instances = []
        for item in expansion.items:
            presence = joined(self.presence, item.presence)
            arguments = Arguments(block.body, item.scope(self.scope), block.header, presence)
            whole = address + key_text(item.key)
            instance = ResourceInstance(self, data, type, name, whole, arguments)
            self.root.by_address[whole] = instance
            instances.append(instance)
        return Group(address, expansion, tuple(instances))

    def _within_budget(self, expansion: Expansion, block: Block) -> Expansion:
        """The expansion, or one uncertain instance in place of more than the root may have."""
        if self.root.budget.instance(len(expansion.items), block.header) or len(expansion.items) <= 1:
            return expansion
        return uncounted(expansion.shape, block.header)

    def _resource_value(
        self, data: bool, type: str, name: str, steps: list[str | Expr], scope: Scope, at: Span
    ) -> tuple[TfValue, list[str | Expr]]:
        group = self.group(data, type, name)
        if group is None:
            shown = f"data.{type}.{name}" if data else f"{type}.{name}"
            what = "data source" if data else "resource"
            return self._undeclared(f"{what} `{shown}` is not declared", at, shown), []
        instance, steps = _selected(group, steps, scope)
        if instance is not None:
            if steps and isinstance(steps[0], str):
                return instance.attribute(steps[0]), steps[1:]
            return instance.value(), steps
        if steps and isinstance(steps[0], str) and group.expansion.shape is not Shape.SINGLE:
            return self._keyless(group, steps[0], at), steps[1:]
        return _whole(group, self.root.stack), steps

    def _keyless(self, group: Group, attribute: str, at: Span) -> TfValue:
        """``aws_vpc.a.id`` where the resource has ``count`` or ``for_each``."""
        argument = group.expansion.shape.value
        local = group.address.removeprefix(f"{self.address}.")
        message = f"`{local}` has `{argument}`, so `.{attribute}` needs an instance key"
        self.root.report(Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at, self.address))
        return Unknown(Why.UNSUPPORTED, f"{group.address}.{attribute}", at)

    def is_uncertain(self, arguments: Sequence[Expr], scope: Scope) -> bool:
        """Whether an expression is a resource of which it is undecided how many instances there are."""
        expr = arguments[0] if arguments else None
        while isinstance(expr, ast.Splat):
            expr = expr.target
        match expr:
            case ast.GetAttr(target=ast.Name(name=type), name=name) if type not in ("var", "local", "each", "module"):
                group = self.group(False, type, name)
            case ast.GetAttr(target=ast.GetAttr(target=ast.Name(name="data"), name=type), name=name):
                group = self.group(True, type, name)
            case _:
                return False
        return group is not None and any(i.presence.doubt != self.presence.doubt for i in group.instances)

    def place_of(self, instance: ResourceInstance) -> Place:
        """The Region and account of a resource: its own ``region`` argument wins over its provider's."""
        name = provider_name(instance.arguments.expression("provider"), instance.type)
        place = self.provider("aws" if name == "awscc" else name).place
        match instance.arguments.get("region"):
            case Unknown() as own:
                return replace(place, region=own)
            case Known(value=str() as region, at=at):
                return replace(place, region=Known(region, at))
            case _:
                return place

    def provider(self, name: str) -> Provider:
        """The configuration behind a provider's name: this module's own, else what its caller passes."""
        if name not in self._providers:
            marker = f"provider.{name}"
            if marker in self._busy:
                return provider_of(marker, self.root.stack, None, certain=False)
            self._busy.add(marker)
            try:
                self._providers[name] = self._own_provider(name) or self._passed_provider(name)
            finally:
                self._busy.discard(marker)
        return self._providers[name]

    def _own_provider(self, name: str) -> Provider | None:
        for block in self.config.providers:
            arguments = Arguments(block.body, self.scope, block.header)
            alias = arguments.expression("alias")
            suffix = f".{alias.value}" if isinstance(alias, ast.Literal) else ""
            declares = bool(set(block.body.attributes) - {"alias", "version"}) or bool(block.body.blocks)
            if block.labels[0] + suffix == name and (declares or self.caller is None):
                return provider_of(f"provider.{self.prefixed(name)}", self.root.stack, arguments, certain=True)
        return None

    def _passed_provider(self, name: str) -> Provider:
        if self.caller is None:
            return provider_of(f"provider.{name}", self.root.stack, None, certain="." not in name)
        block, scope = self.caller
        passing = block.body.attributes.get("providers")
        named = passed_name(passing.expr if passing is not None else None, name)
        if named is None:
            return provider_of(f"provider.{self.prefixed(name)}", self.root.stack, None, certain=False)
        return scope.module.provider(named)

    # --- Modules -----------------------------------------------------------------------------------------------------

    def children(self, name: str) -> tuple[Expansion, tuple[Child, ...]] | None:
        """The instances of a module call, or ``None`` where there is no such call."""
        if name not in self._children:
            block = self.config.modules.get(name)
            if block is None:
                return None
            marker = f"module.{name}"
            if marker in self._busy:
                raise EvaluationError(f"`{marker}` refers to itself")
            self._busy.add(marker)
            try:
                expansion = self._within_budget(expand(block, self.scope), block)
            finally:
                self._busy.discard(marker)
            children = tuple(self._child(name, block, item) for item in expansion.items)
            self._children[name] = (expansion, children)
        return self._children[name]

    def _child(self, name: str, block: Block, item: Item) -> Child:
        address = self.prefixed(f"module.{name}") + key_text(item.key)
        scope = item.scope(self.scope)
        source = block.body.attributes.get("source")
        text = source.expr.value if source is not None and isinstance(source.expr, ast.Literal) else None
        directory = find_module(str(text), self.config.directory, self.root, address) if text is not None else None
        if directory is None or len(self.calls) >= MAX_MODULE_DEPTH:
            at = source.span if source is not None else block.header
            arguments = Arguments(block.body, scope, block.header)
            self.root.unread.append(Unread(address, str(text or "no source"), at, arguments))
            return Child(address, item.key, None)
        module = ModuleInstance(
            self.root,
            load_module(directory),
            {},
            address=address,
            calls=(*self.calls, block.header),
            presence=joined(self.presence, item.presence),
            caller=(block, scope),
        )
        return Child(address, item.key, module)

    def all_children(self) -> Iterator[ModuleInstance]:
        """Every child module instance that could be read."""
        for name in self.config.modules:
            try:
                found = self.children(name)
            except EvaluationError:
                continue
            for child in found[1] if found is not None else ():
                if child.module is not None:
                    yield child.module

    def _module_value(
        self, name: str, steps: list[str | Expr], scope: Scope, at: Span
    ) -> tuple[TfValue, list[str | Expr]]:
        found = self.children(name)
        if found is None:
            return self._undeclared(f"module `{name}` is not declared", at, f"module.{name}"), []
        expansion, children = found
        if expansion.shape is Shape.SINGLE or expansion.many:
            child: Child | None = children[0]
            if expansion.many and steps and not isinstance(steps[0], str):
                steps = steps[1:]
        else:
            child, steps = _selected_child(children, steps, scope)
        if child is not None and steps and isinstance(steps[0], str):
            return self._output(child, steps[0], at), steps[1:]
        if child is not None:
            return self._outputs(child), steps
        values = [(c.key, self._outputs(c)) for c in children]
        if expansion.shape is Shape.COUNT:
            return Known(tuple(value for _, value in values)), steps
        return Known(make_object({str(key): value for key, value in values})), steps

    def _output(self, child: Child, name: str, at: Span) -> TfValue:
        if child.module is None:
            return Unknown(Why.MODULE, of=Identity(self.root.stack, child.address, name))
        value = child.module.output(name)
        if value is None:
            return child.module._undeclared(f"`{child.address}` has no output `{name}`: none is declared", at, name)
        return value

    def output(self, name: str) -> TfValue | None:
        """The value of an output, or ``None`` where there is no such output."""
        block = self.config.outputs.get(name)
        value = block.body.attributes.get("value") if block is not None else None
        if value is None:
            return None
        return self._once(f"output.{name}", lambda: evaluate(value.expr, self.scope))

    def _outputs(self, child: Child) -> TfValue:
        if child.module is None:
            return Unknown(Why.MODULE, of=Identity(self.root.stack, child.address))
        module = child.module
        return Known(make_object({name: _guarded(module, name) for name in module.config.outputs}))


def _guarded(module: ModuleInstance, name: str) -> TfValue:
    try:
        return module.output(name) or Unknown(Why.UNSUPPORTED, name)
    except EvaluationError:
        return Unknown(Why.UNSUPPORTED, f"{module.address}.{name}")


def _iteration(name: str, first: str | None, scope: Scope) -> TfValue:
    if name == "count":
        value = scope.count if first == "index" else None
    else:
        pair = scope.each
        value = pair[("key", "value").index(first)] if pair is not None and first in ("key", "value") else None
    if value is None:
        raise EvaluationError(f"`{name}.{first}` has no meaning here")
    return value


def _selected(group: Group, steps: list[str | Expr], scope: Scope) -> tuple[ResourceInstance | None, list[str | Expr]]:
    """The instance that the first step names (or the only one), and the steps after it."""
    if group.expansion.shape is Shape.SINGLE:
        return group.instances[0], steps
    if not steps or isinstance(steps[0], str):
        return None, steps
    if group.expansion.many:
        return group.instances[0], steps[1:]
    key = evaluate(steps[0], scope)
    if isinstance(key, Unknown):
        return None, steps
    wanted = group.expansion.items
    for item, instance in zip(wanted, group.instances, strict=True):
        if item.key == key.value or str(item.key) == str(key.value):
            return instance, steps[1:]
    raise EvaluationError(f"`{group.address}` has no instance {render(steps[0])}")


def _selected_child(
    children: tuple[Child, ...], steps: list[str | Expr], scope: Scope
) -> tuple[Child | None, list[str | Expr]]:
    if not steps or isinstance(steps[0], str):
        return None, steps
    key = evaluate(steps[0], scope)
    if isinstance(key, Unknown):
        return None, steps
    for child in children:
        if str(child.key) == str(key.value):
            return child, steps[1:]
    raise EvaluationError(f"the module has no instance {render(steps[0])}")


def _whole(group: Group, stack: str) -> TfValue:
    """A resource as a value: a list by ``count``, a map by ``for_each``."""
    if group.expansion.many:
        why = Why.LOOKUP if group.instances[0].data else Why.COMPUTED
        return Unknown(why, of=Identity(stack, group.instances[0].address))
    if group.expansion.shape is Shape.COUNT:
        return Known(tuple(i.value() for i in group.instances))
    values: dict[str, TfValue] = {
        str(item.key): i.value() for item, i in zip(group.expansion.items, group.instances, strict=True)
    }
    return Known(make_object(values))


def _placed(value: TfValue, written: TfValue) -> TfValue:
    if isinstance(value, Known) and value.at is None and isinstance(written, Known):
        return Known(value.value, written.at)
    return value


def key_text(key: int | str | None) -> str:
    """An instance key as addresses show it."""
    match key:
        case None:
            return ""
        case "*":
            return "[*]"
        case int():
            return f"[{key}]"
        case _:
            return f'["{key}"]'


def joined(outer: Presence, inner: Presence) -> Presence:
    """The presence of a thing inside another."""
    doubt = inner.doubt if inner.doubt is not None else outer.doubt
    return Presence(doubt, outer.guards | inner.guards, outer.many or inner.many)
