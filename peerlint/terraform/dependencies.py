"""The order in which Terraform makes the resources of a root: its dependency graph, built from the configuration alone.

The nodes are those of Terraform's own graph (https://developer.hashicorp.com/terraform/internals/graph): resources and
not their instances, variables, local values and outputs of each module, and for each call a node before everything in
the module (its ``count``, ``for_each`` and ``depends_on``) and one after everything. The configuration of providers is
not followed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.order.drawn import Drawing, drawing
from peerlint.network.order.reach import Edge, Graph
from peerlint.network.values import Truth
from peerlint.records import replace
from peerlint.terraform.ast import Block, Body
from peerlint.terraform.module_paths import Called, Module, ModulePaths
from peerlint.terraform.traversals import Traversal, in_body, in_depends_on, in_expr


class Sort(Enum):
    """The kinds of node."""

    OBJECT = "resource or data source"
    VARIABLE = "variable"
    LOCAL = "local value"
    OUTPUT = "output"
    OPENING = "what a call waits for before anything in its module"
    ARGUMENTS = "what a call is given"
    CLOSING = "everything in a module"


class Node(Struct, frozen=True):
    """A node; ``module`` is the address of its module without keys, empty for the root."""

    module: str
    sort: Sort
    name: str = ""


Edges: TypeAlias = Iterator[Edge[Node]]

_KEY = re.compile(r"\[(?:\".*?\"|\d+|\*)\](?=\.|\Z)")
_META = ("count", "for_each", "depends_on")
_NOTHING = frozenset({"each", "count", "path", "self", "terraform", "tofu"})


class TerraformOrder:
    """What waits for what in a root. Of a module that was not read, everything may wait for what it is given."""

    def __init__(self, modules: ModulePaths) -> None:
        """The order of a root with these modules."""
        self._modules = modules
        self._graph = Graph(self._edges)

    def __reduce__(self) -> tuple[type[TerraformOrder], tuple[ModulePaths]]:
        """It is built anew where it is sent, once it is asked."""
        return TerraformOrder, (self._modules,)

    def waits_for(self, later: str, earlier: str) -> Truth:
        """Whether a resource or data source is made, or looked up, only once another one is made."""
        return self._graph.reached(node_of(later)).holds(node_of(earlier))

    def drawing(self, addresses: Collection[str]) -> Drawing:
        """The order of the things with these addresses as data."""
        return drawing(self._graph, {address: node_of(address) for address in addresses})

    def _edges(self, node: Node) -> Edges:
        called = self._modules.at(node.module)
        if node.sort is Sort.OPENING:
            yield from self._opening(called)
        elif node.sort is Sort.ARGUMENTS:
            yield from self._arguments(called)
        elif called.module is None:
            yield from self._of_unread(called, node)
        elif node.sort is Sort.CLOSING:
            yield from self._closing(called.module)
        else:
            yield from self._inside(called, called.module, node)
        if node.module and node.sort is not Sort.OPENING:
            yield Edge(Node(node.module, Sort.OPENING))

    def _inside(self, called: Called, module: Module, node: Node) -> Edges:
        """What a resource, variable, local value or output of a module waits for."""
        config = module.config
        match node.sort:
            case Sort.OBJECT:
                block = _object(module, node)
            case Sort.OUTPUT:
                block = config.outputs.get(node.name)
            case Sort.VARIABLE:
                yield from self._passed(called, node.name)
                block = config.variables.get(node.name)
            case _:
                block = None
                if node.name in config.locals:
                    yield from self._named(module, in_expr(config.locals[node.name].expr))
        if block is not None:
            yield from self._written(module, block)
        elif node.sort is not Sort.LOCAL and not config.complete:
            yield Edge(None, f"not every file of {node.module or 'the root'} could be read")
        if module.described:
            yield Edge(Node(node.module, Sort.ARGUMENTS), module.described)

    def _passed(self, called: Called, variable: str) -> Edges:
        """What the value of a variable is made of, in the module that calls this one."""
        body = called.call.read() if called.call is not None else None
        attribute = body.attributes.get(variable) if body is not None else None
        if attribute is not None and called.caller is not None:
            yield from self._named(called.caller, in_expr(attribute.expr))

    def _opening(self, called: Called) -> Edges:
        if called.call is not None and called.caller is not None:
            yield from self._written(called.caller, called.call, _only_meta)
            if called.caller.address:
                yield Edge(Node(called.caller.address, Sort.OPENING))

    def _arguments(self, called: Called) -> Edges:
        if called.call is not None and called.caller is not None:
            yield from self._written(called.caller, called.call, _without_meta)

    def _of_unread(self, called: Called, node: Node) -> Edges:
        """Everything in a module waits for its call's ``depends_on``, and what it is given is there before its end."""
        doubt = "" if node.sort is Sort.CLOSING else called.unread
        yield Edge(Node(node.module, Sort.ARGUMENTS), doubt)

    def _closing(self, module: Module) -> Edges:
        config, path = module.config, module.address
        for data, declared in (("data.", config.data), ("", config.resources)):
            for type, name in declared:
                yield from _made(module, Node(path, Sort.OBJECT, f"{data}{type}.{name}"))
        for sort, names in ((Sort.OUTPUT, config.outputs), (Sort.VARIABLE, config.variables)):
            yield from (Edge(Node(path, sort, name)) for name in names)
        yield from (Edge(Node(path, Sort.LOCAL, name)) for name in config.locals)
        yield from (Edge(Node(module.child(name), Sort.CLOSING)) for name in config.modules)
        if module.described:
            yield Edge(Node(path, Sort.ARGUMENTS))
        if not config.complete:
            yield Edge(None, f"not every file of {path or 'the root'} could be read")

    def _written(self, module: Module, block: Block, named: Callable[[Body], Iterator[Traversal]] = in_body) -> Edges:
        """What a block of a module names, or that it may name anything."""
        body = block.read()
        if body is None:
            yield Edge(None, f"`{' '.join((block.type, *block.labels))}` could not be read")
        else:
            yield from self._named(module, named(body))

    def _named(self, module: Module, found: Iterable[Traversal]) -> Edges:
        """What references in a module name."""
        for traversal in found:
            node = _node(module, traversal)
            if not traversal:
                yield Edge(None, f"not all of {module.address or 'the root'} could be read")
            elif node is not None:
                yield from _made(module, node)
            elif _may_be_unread(module, traversal):
                yield Edge(None, f"not every file of {module.address or 'the root'} could be read")


def _object(module: Module, node: Node) -> Block | None:
    """The block of a resource or data source; ``None`` where a module has none."""
    data, rest = node.name.startswith("data."), node.name.removeprefix("data.")
    type, _, name = rest.partition(".")
    return (module.config.data if data else module.config.resources).get((type, name))


def _made(module: Module, node: Node) -> Edges:
    """A step to what has been made before, while which, if it sleeps or runs a program, anything may have been made.

    https://registry.terraform.io/providers/hashicorp/time/latest/docs/resources/sleep
    """
    yield Edge(node)
    block = _object(module, node) if node.sort is Sort.OBJECT else None
    body = block.read() if block is not None else None
    address = f"{node.module}.{node.name}".lstrip(".")
    if body is None:
        return
    if node.name.startswith("time_sleep.") and "create_duration" in body.attributes:
        yield Edge(None, f"`{address}` lets time pass")
    elif any(inner.type == "provisioner" for inner in body.blocks):
        yield Edge(None, f"`{address}` runs a program, which may wait")


def _may_be_unread(module: Module, traversal: Traversal) -> bool:
    """Whether what a reference names may be declared where a module could not be read."""
    if len(traversal) < 2 or traversal[0] in _NOTHING:
        return False
    blocks = module.config.local_blocks if traversal[0] == "local" else ()
    return not module.config.complete or any(block.read() is None for block in blocks)


def node_of(address: str) -> Node:
    """The node of a resource or data source, for the address of any instance of it."""
    steps = _KEY.sub("", address).split(".")
    depth = 0
    while steps[depth : depth + 1] == ["module"] and len(steps) > depth + 2:
        depth += 2
    return Node(".".join(steps[:depth]), Sort.OBJECT, ".".join(steps[depth:]))


def _node(module: Module, traversal: Traversal) -> Node | None:
    """What a reference in a module names; ``None`` for nothing that is declared there."""
    config = module.config
    match traversal:
        case ("var", name, *_) if name in config.variables:
            return Node(module.address, Sort.VARIABLE, name)
        case ("local", name, *_) if name in config.locals:
            return Node(module.address, Sort.LOCAL, name)
        case ("module", name, output, *_) if name in config.modules:
            return Node(module.child(name), Sort.OUTPUT, output)
        case ("module", name) if name in config.modules:
            return Node(module.child(name), Sort.CLOSING)
        case ("data", type, name, *_) if (type, name) in config.data:
            return Node(module.address, Sort.OBJECT, f"data.{type}.{name}")
        case (type, name, *_) if (type, name) in config.resources:
            return Node(module.address, Sort.OBJECT, f"{type}.{name}")
        case _:
            return None


def _only_meta(call: Body) -> Iterator[Traversal]:
    for name in _META:
        attribute = call.attributes.get(name)
        if attribute is not None:
            yield from in_depends_on(attribute.expr) if name == "depends_on" else in_expr(attribute.expr)


def _without_meta(call: Body) -> Iterator[Traversal]:
    attributes = {name: attribute for name, attribute in call.attributes.items() if name not in _META}
    return in_body(replace(call, attributes=attributes))
