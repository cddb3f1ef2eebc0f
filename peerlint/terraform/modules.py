"""The module calls of a module instance, and the outputs of what they call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from peerlint import filesystem
from peerlint.network.model import Presence, Problem
from peerlint.network.values import Identity, Known, Span, Unknown, Why
from peerlint.terraform import ast
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.ast import Block, Expr
from peerlint.terraform.ast_text import render
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.expansion import Expansion, Item, Shape, joined, key_text
from peerlint.terraform.objects import MissingOutputError
from peerlint.terraform.root_state import Summarised, Unread
from peerlint.terraform.scope import Scope
from peerlint.terraform.site import Site
from peerlint.terraform.sources import find_module
from peerlint.terraform.summaries import Summary, Unfit, summary_for
from peerlint.terraform.values import EvaluationError, TfValue, make_object


class Called(Protocol):
    """What a module call asks of the instance that it makes."""

    @property
    def site(self) -> Site:
        """Where it stands."""

    def output(self, name: str) -> TfValue | None:
        """The value of an output, or ``None`` where there is no such output."""

    def report(self, problem: Problem) -> None:
        """Report a problem, unless it is inside ``try`` or ``can``."""


M = TypeVar("M", bound=Called)


class Child(Struct, Generic[M], frozen=True):
    """One instance of a module call; ``module`` is ``None`` where its source was not read."""

    address: str
    key: int | str | None
    module: M | None


class Modules(Generic[M]):
    """Everything that one module instance calls."""

    __slots__ = ("_children", "_make", "_scope", "_site", "_summaries")

    def __init__(self, site: Site, scope: Scope, make: Callable[[Site], M]) -> None:
        """The calls of a module, of which none is expanded yet; ``make`` makes the instance at a site."""
        self._site = site
        self._scope = scope
        self._make = make
        self._children: dict[str, tuple[Expansion, tuple[Child[M], ...]]] = {}
        self._summaries: dict[str, ModuleConfig] = {}

    def children(self, name: str) -> tuple[Expansion, tuple[Child[M], ...]] | None:
        """The instances of a module call, or ``None`` where there is no such call."""
        if name not in self._children:
            block = self._site.config.modules.get(name)
            if block is None:
                return None
            with self._site.busy(f"module.{name}", block.header):
                expansion = self._site.expanded(block, self._scope, self._site.prefixed(f"module.{name}"))
            children = tuple(self._child(name, block, item) for item in expansion.items)
            self._children[name] = (expansion, children)
        return self._children[name]

    def _child(self, name: str, block: Block, item: Item) -> Child[M]:
        address = self._site.prefixed(f"module.{name}") + key_text(item.key)
        scope = item.scope(self._scope)
        source = block.body.attributes.get("source")
        text = source.expr.value if source is not None and isinstance(source.expr, ast.Literal) else None
        if source is not None and isinstance(source.expr, ast.Unreadable):
            evaluate(source.expr, self._scope)
        root, here = self._site.root, self._site.config.directory
        directory = (
            find_module(str(text), here, address, root.directory, root.project_dir) if text is not None else None
        )
        presence = joined(self._site.presence, item.presence)
        if directory is None:
            summary = summary_for(block)
            if isinstance(summary, Summary) and root.budget.has_room:
                return self._summarised(name, block, summary, Child(address, item.key, None), scope, presence)
            why = summary.reason if isinstance(summary, Unfit) else ""
            return self._unread(block, scope, Child(address, item.key, None), summary=why)
        refused = self._refused(directory, block)
        if refused:
            return self._unread(block, scope, Child(address, item.key, None), reason=refused)
        calls = (*self._site.calls, block.header)
        directories = (*self._site.directories, filesystem.target(directory))
        site = Site(root, root.module(directory), address, calls, presence, (block, scope), directories)
        return Child(address, item.key, self._make(site))

    def _unread(self, block: Block, scope: Scope, child: Child[M], *, reason: str = "", summary: str = "") -> Child[M]:
        source = block.body.attributes.get("source")
        text = source.expr.value if source is not None and isinstance(source.expr, ast.Literal) else None
        at = source.span if source is not None else block.header
        arguments = Arguments(block.body, scope, block.header)
        unread = Unread(child.address, str(text or "no source"), at, arguments, reason, summary)
        self._site.root.unread.append(unread)
        return child

    def _summarised(
        self, name: str, block: Block, summary: Summary, child: Child[M], scope: Scope, presence: Presence
    ) -> Child[M]:
        root, site = self._site.root, self._site
        if site.summary is None:
            root.summarised.append(
                Summarised(child.address, summary, block, Arguments(block.body, scope, block.header))
            )
        if name not in self._summaries:
            self._summaries[name] = summary.at(block)
        caller = (block, scope)
        made = Site(root, self._summaries[name], child.address, site.calls, presence, caller, site.directories, summary)
        return Child(child.address, child.key, self._make(made))

    def _refused(self, directory: str, block: Block) -> str:
        """Why a module that is on disk is not read: it calls itself, or this is more than a root may have."""
        site, real = self._site, filesystem.target(directory)
        if real in site.directories:
            return site.root.circular(f"`module.{block.labels[0]}`", block.header)
        limits = site.root.budget.limits
        if len(site.calls) >= limits.depth:
            message = f"modules are nested more than {limits.depth} deep (limits.depth)"
            return str(site.root.budget.passed(message, block.header))
        return "" if site.root.budget.has_room else "it is one of too many instances"

    def all_children(self, wanted: Callable[[str], bool]) -> Iterator[M]:
        """Every instance of the calls that are wanted which could be read, whatever the order of calls."""
        for name in sorted(filter(wanted, self._site.config.modules)):
            try:
                found = self.children(name)
            except EvaluationError:
                continue
            for child in found[1] if found is not None else ():
                if child.module is not None:
                    yield child.module

    def doubt_about(self, expr: Expr) -> str | None:
        """Why it is undecided how many instances there are of the module call that an expression is."""
        match expr:
            case ast.GetAttr(target=ast.Name(name="module"), name=name):
                found = self.children(name)
                doubts = (item.presence.doubt for item in found[0].items) if found is not None else ()
                return next((doubt for doubt in doubts if doubt is not None), None)
            case _:
                return None

    def look_up(self, name: str, steps: list[str | Expr], scope: Scope, at: Span) -> tuple[TfValue, list[str | Expr]]:
        """The value that a reference to a module call names, and the steps that are left."""
        found = self.children(name)
        if found is None:
            return self._site.undeclared(f"module `{name}` is not declared", at, f"module.{name}"), []
        expansion, children = found
        if expansion.shape is Shape.SINGLE or expansion.many:
            child: Child[M] | None = children[0]
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

    def _output(self, child: Child[M], name: str, at: Span) -> TfValue:
        if child.module is None:
            return Unknown(Why.MODULE, of=Identity(self._site.root.stack, child.address, name))
        value = child.module.output(name)
        if value is None and child.module.site.summary is not None:
            return Unknown(Why.MODULE, of=Identity(self._site.root.stack, child.address, name))
        if value is None:
            return child.module.site.undeclared(f"`{child.address}` has no output `{name}`: none is declared", at, name)
        return value

    def _outputs(self, child: Child[M]) -> TfValue:
        if child.module is None:
            return Unknown(Why.MODULE, of=Identity(self._site.root.stack, child.address))
        module = child.module
        known = {name: _guarded(module, name) for name in module.site.config.outputs}
        summary = module.site.summary
        unstated = {
            name: Unknown(Why.MODULE, of=Identity(self._site.root.stack, child.address, name))
            for name in (summary.unstated if summary is not None else ())
        }
        return Known(make_object({**unstated, **known}))


def _guarded(module: Called, name: str) -> TfValue:
    try:
        return module.output(name) or Unknown(Why.UNSUPPORTED, name)
    except MissingOutputError as error:
        module.report(error.problem)
        return Unknown(Why.UNSUPPORTED, error.source, error.problem.at)
    except EvaluationError:
        return Unknown(Why.UNSUPPORTED, f"{module.site.address}.{name}")


def _selected_child(
    children: tuple[Child[M], ...], steps: list[str | Expr], scope: Scope
) -> tuple[Child[M] | None, list[str | Expr]]:
    if not steps or isinstance(steps[0], str):
        return None, steps
    key = evaluate(steps[0], scope)
    if isinstance(key, Unknown):
        return None, steps
    for child in children:
        if str(child.key) == str(key.value):
            return child, steps[1:]
    raise EvaluationError(f"the module has no instance {render(steps[0])}")
