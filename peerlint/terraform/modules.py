"""The module calls of a module instance, and the outputs of what they call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peerlint.network.values import Identity, Known, Span, Unknown, Why
from peerlint.terraform import ast
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.ast import Block, Expr, render
from peerlint.terraform.config import load_module
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.expansion import Expansion, Item, Shape, joined, key_text
from peerlint.terraform.root_state import Unread
from peerlint.terraform.scope import Scope
from peerlint.terraform.sources import find_module
from peerlint.terraform.values import EvaluationError, TfValue, make_object

if TYPE_CHECKING:
    from peerlint.terraform.instance import ModuleInstance

MAX_MODULE_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Child:
    """One instance of a module call; ``module`` is ``None`` where its source was not read."""

    address: str
    key: int | str | None
    module: ModuleInstance | None


class Modules:
    """Everything that one module instance calls."""

    __slots__ = ("_children", "_module")

    def __init__(self, module: ModuleInstance) -> None:
        """The calls of a module, of which none is expanded yet."""
        self._module = module
        self._children: dict[str, tuple[Expansion, tuple[Child, ...]]] = {}

    def children(self, name: str) -> tuple[Expansion, tuple[Child, ...]] | None:
        """The instances of a module call, or ``None`` where there is no such call."""
        if name not in self._children:
            block = self._module.config.modules.get(name)
            if block is None:
                return None
            with self._module.busy(f"module.{name}"):
                expansion = self._module.expanded(block)
            children = tuple(self._child(name, block, item) for item in expansion.items)
            self._children[name] = (expansion, children)
        return self._children[name]

    def _child(self, name: str, block: Block, item: Item) -> Child:
        address = self._module.prefixed(f"module.{name}") + key_text(item.key)
        scope = item.scope(self._module.scope)
        source = block.body.attributes.get("source")
        text = source.expr.value if source is not None and isinstance(source.expr, ast.Literal) else None
        directory = (
            find_module(str(text), self._module.config.directory, self._module.root, address)
            if text is not None
            else None
        )
        if directory is None or len(self._module.calls) >= MAX_MODULE_DEPTH:
            at = source.span if source is not None else block.header
            arguments = Arguments(block.body, scope, block.header)
            self._module.root.unread.append(Unread(address, str(text or "no source"), at, arguments))
            return Child(address, item.key, None)
        calls = (*self._module.calls, block.header)
        presence = joined(self._module.presence, item.presence)
        module = self._module.child(load_module(directory), address, calls, presence, (block, scope))
        return Child(address, item.key, module)

    def all_children(self) -> Iterator[ModuleInstance]:
        """Every child module instance that could be read."""
        for name in self._module.config.modules:
            try:
                found = self.children(name)
            except EvaluationError:
                continue
            for child in found[1] if found is not None else ():
                if child.module is not None:
                    yield child.module

    def look_up(self, name: str, steps: list[str | Expr], scope: Scope, at: Span) -> tuple[TfValue, list[str | Expr]]:
        found = self.children(name)
        if found is None:
            return self._module.undeclared(f"module `{name}` is not declared", at, f"module.{name}"), []
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
            return Unknown(Why.MODULE, of=Identity(self._module.root.stack, child.address, name))
        value = child.module.output(name)
        if value is None:
            return child.module.undeclared(f"`{child.address}` has no output `{name}`: none is declared", at, name)
        return value

    def _outputs(self, child: Child) -> TfValue:
        if child.module is None:
            return Unknown(Why.MODULE, of=Identity(self._module.root.stack, child.address))
        module = child.module
        return Known(make_object({name: _guarded(module, name) for name in module.config.outputs}))


def _guarded(module: ModuleInstance, name: str) -> TfValue:
    try:
        return module.output(name) or Unknown(Why.UNSUPPORTED, name)
    except EvaluationError:
        return Unknown(Why.UNSUPPORTED, f"{module.address}.{name}")


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
