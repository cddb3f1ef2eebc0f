"""The order in which the service makes the resources of a stack: each after what it refers to and ``DependsOn`` names.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html

A nested stack is begun once all that its own resource waits for is there, and that resource is there once all of the
nested stack is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from peerlint.cloudformation.conditions import NOTHING
from peerlint.cloudformation.dependencies import depends_on
from peerlint.cloudformation.evaluate import Evaluator
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, as_call
from peerlint.cloudformation.references import named
from peerlint.cloudformation.template import Resource
from peerlint.network.order.drawn import Drawing, drawing
from peerlint.network.order.reach import Edge, Graph
from peerlint.network.values import Maybe, Truth

_ELSEWHERE = ("Type", "Condition", "DependsOn", "Properties")


class StackOrder:
    """What waits for what in a stack and all that it nests. Addresses are those of resources, with their prefixes."""

    def __init__(self, top: Evaluator) -> None:
        """The order of the stack of a template."""
        self._top = top
        self._graph = Graph(self._edges)
        self._opened: Mapping[str, tuple[Evaluator, str]] | None = None

    def waits_for(self, later: str, earlier: str) -> Truth:
        """Whether a resource is made only once another one is."""
        return self._graph.reached(later).holds(earlier)

    def drawing(self, addresses: Collection[str]) -> Drawing:
        """The order of the things with these addresses as data."""
        return drawing(self._graph, {address: address for address in addresses})

    @property
    def _stacks(self) -> Mapping[str, tuple[Evaluator, str]]:
        """The stacks by the prefix of their addresses, each with the address of the resource that nests it."""
        if self._opened is None:
            self._opened = dict(_nested(self._top, ""))
        return self._opened

    def _edges(self, address: str) -> Iterator[Edge[str]]:
        """What a resource, or (its prefix) the beginning of a nested stack, waits for."""
        if address.endswith("/"):
            yield from self._own(self._stacks[address][1])
            return
        yield from self._own(address)
        for prefix, (stack, nesting) in self._stacks.items():
            if nesting == address and prefix:
                yield from (Edge(f"{prefix}{name}") for name in stack.template.resources)

    def _own(self, address: str) -> Iterator[Edge[str]]:
        prefix = address[: address.rfind("/") + 1]
        prefix = prefix if prefix in self._stacks else ""
        stack = self._stacks[prefix][0]
        name = address.removeprefix(prefix)
        resource = stack.template.resources.get(name)
        if resource is not None:
            yield from (Edge(prefix + other, doubt) for other, doubt in _needed(stack, resource))
        if not stack.template.is_closed:
            yield Edge(None, "a transform or macro that is not evaluated may add to what it waits for")
        if prefix:
            yield Edge(prefix)


def _nested(stack: Evaluator, nesting: str) -> Iterator[tuple[str, tuple[Evaluator, str]]]:
    yield stack.prefix, (stack, nesting)
    for name, child in stack.children.items():
        yield from _nested(child, stack.prefix + name.partition("[")[0])


def _needed(stack: Evaluator, resource: Resource) -> Iterator[tuple[str, str]]:
    """The names that a resource refers to, each with the doubt about it."""
    yield from ((str(node.value), "") for node in depends_on(resource))
    properties = resource.body.get("Properties")
    if properties is not None:
        yield from _names(properties, stack)
    for key, entry in resource.body.entries.items():
        if key not in _ELSEWHERE:
            doubt = f"`{resource.name}` refers to it in its {key}"
            yield from ((name, inner or doubt) for name, inner in _names(entry.value, stack))


def _names(node: Node, stack: Evaluator) -> Iterator[tuple[str, str]]:
    """What a node refers to; of an arm of ``Fn::If`` that is undecided, with the doubt."""
    pending: list[tuple[Node, str]] = [(node, "")]
    while pending:
        current, doubt = pending.pop()
        match current:
            case SequenceNode(items=items):
                pending.extend((item, doubt) for item in items)
            case MappingNode(
                entries={"Fn::If": Entry(value=SequenceNode(items=(ScalarNode(value=name), then, other)))}
            ):
                truth = stack.conditions.truth(str(name), NOTHING)
                if truth is not False:
                    pending.append((then, _or(doubt, name, truth)))
                if truth is not True:
                    pending.append((other, _or(doubt, name, truth)))
            case MappingNode(entries=entries):
                call = as_call(current)
                yield from ((name, doubt) for name in named(call)) if call is not None else ()
                pending.extend((entry.value, doubt) for entry in entries.values())
            case ScalarNode():
                pass


def _or(doubt: str, condition: object, truth: Truth) -> str:
    undecided = f"condition `{condition}` is undecided: {truth.reason}" if isinstance(truth, Maybe) else ""
    return doubt or undecided
