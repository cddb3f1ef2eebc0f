"""The resources and data sources of a module instance, expanded when they are asked for."""

from __future__ import annotations

from msgspec import Struct

from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Identity, Known, Span, Unknown, Why
from peerlint.terraform import ast
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.ast import Block, Expr
from peerlint.terraform.ast_text import render
from peerlint.terraform.attributes import special
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.expansion import Expansion, Shape, joined, key_text
from peerlint.terraform.providers import Providers
from peerlint.terraform.remote_state import REMOTE_STATE, remote_output
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.scope import Scope
from peerlint.terraform.site import Site
from peerlint.terraform.values import EvaluationError, TfValue, make_object


class Group(Struct, frozen=True):
    """All instances of one resource."""

    address: str
    expansion: Expansion
    instances: tuple[ResourceInstance, ...]


class Resources:
    """Everything that one module instance declares by ``resource`` and ``data``."""

    __slots__ = ("_groups", "_providers", "_scope", "_site")

    def __init__(self, site: Site, scope: Scope, providers: Providers) -> None:
        """The resources of a module, of which none is expanded yet."""
        self._site = site
        self._scope = scope
        self._providers = providers
        self._groups: dict[tuple[bool, str, str], Group] = {}

    def group(self, data: bool, type: str, name: str) -> Group | None:
        """All instances of a resource or data source, or ``None`` where it is not declared."""
        key = (data, type, name)
        if key not in self._groups:
            block = (self._site.config.data if data else self._site.config.resources).get((type, name))
            if block is None:
                return None
            with self._site.busy(f"data.{type}.{name}" if data else f"{type}.{name}", block.header):
                self._groups[key] = self._expanded(block, data, type, name)
        return self._groups[key]

    def _expanded(self, block: Block, data: bool, type: str, name: str) -> Group:
        address = self._site.prefixed(f"data.{type}.{name}" if data else f"{type}.{name}")
        expansion = self._site.expanded(block, self._scope, address)
        instances = []
        for item in expansion.items:
            presence = joined(self._site.presence, item.presence)
            arguments = Arguments(block.body, item.scope(self._scope), block.header, presence)
            whole = address + key_text(item.key)
            instance = ResourceInstance(
                self._site, self._providers, special, data=data, type=type, address=whole, arguments=arguments
            )
            self._site.root.by_address[whole] = instance
            instances.append(instance)
        return Group(address, expansion, tuple(instances))

    def look_up(
        self, data: bool, type: str, name: str, steps: list[str | Expr], scope: Scope, at: Span
    ) -> tuple[TfValue, list[str | Expr]]:
        """The value that a reference to a resource or data source names, and the steps that are left."""
        group = self.group(data, type, name)
        if group is None:
            shown = f"data.{type}.{name}" if data else f"{type}.{name}"
            what = "data source" if data else "resource"
            return self._site.undeclared(f"{what} `{shown}` is not declared", at, shown), []
        instance, steps = _selected(group, steps, scope)
        if instance is not None:
            if data and type == REMOTE_STATE and len(steps) > 1 and steps[0] == "outputs":
                return self._remote(instance, steps[1:], scope, at)
            if steps and isinstance(steps[0], str):
                return instance.attribute(steps[0]), steps[1:]
            return instance.value(), steps
        if steps and isinstance(steps[0], str) and group.expansion.shape is not Shape.SINGLE:
            return self._keyless(group, steps[0], at), steps[1:]
        return _whole(group, self._site.root.stack), steps

    def _remote(
        self, instance: ResourceInstance, steps: list[str | Expr], scope: Scope, at: Span
    ) -> tuple[TfValue, list[str | Expr]]:
        """One output of another root's state, without the others, as two roots may read each other's."""
        name: TfValue = Known(steps[0]) if isinstance(steps[0], str) else evaluate(steps[0], scope)
        if isinstance(name, Known) and isinstance(name.value, str):
            return remote_output(instance, name.value, at), steps[1:]
        return instance.attribute("outputs"), steps

    def _keyless(self, group: Group, attribute: str, at: Span) -> TfValue:
        """``aws_vpc.a.id`` where the resource has ``count`` or ``for_each``."""
        if self._site.config.is_legacy:
            only = group.instances[0] if len(group.instances) == 1 and not group.expansion.many else None
            return only.attribute(attribute) if only is not None else Unknown(Why.UNSUPPORTED, group.address, at)
        argument = group.expansion.shape.value
        local = group.address.removeprefix(f"{self._site.address}.")
        message = f"`{local}` has `{argument}`, so `.{attribute}` needs an instance key"
        self._site.root.report(Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at, self._site.address))
        return Unknown(Why.UNSUPPORTED, f"{group.address}.{attribute}", at)

    def doubt_about(self, expr: Expr) -> str | None:
        """Why it is undecided how many instances there are of the resource that an expression is."""
        match expr:
            case ast.GetAttr(target=ast.Name(name=type), name=name) if type not in ("var", "local", "each", "module"):
                group = self.group(False, type, name)
            case ast.GetAttr(target=ast.GetAttr(target=ast.Name(name="data"), name=type), name=name):
                group = self.group(True, type, name)
            case _:
                return None
        doubts = (i.presence.doubt for i in group.instances) if group is not None else ()
        return next((doubt for doubt in doubts if doubt is not None and doubt != self._site.presence.doubt), None)


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
