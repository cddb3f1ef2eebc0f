"""The order in which the service makes resources: each after what it refers to and what its ``DependsOn`` names.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from peerlint.cloudformation.circles import circles, in_a_circle
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, as_call
from peerlint.cloudformation.references import named
from peerlint.cloudformation.template import SERVERLESS, Resource, Template
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Truth

Answer = Callable[[str], Truth]
"""The answer of a condition."""

_KIND = ProblemKind.UNRESOLVED_REFERENCE


def dependency_problems(template: Template, answer: Answer) -> Iterator[Problem]:
    """Resources that wait for each other, and those that wait for what the template lacks.

    Those of the Serverless Application Model become others, which need not refer to each other as these do.
    What a condition decides against is not there, and an arm of ``Fn::If`` that is not decided for is none: only what
    certainly stops the stack is a problem.
    """
    there = {name: resource for name, resource in template.resources.items() if _is_certain(resource, answer)}
    edges = {name: list(dict.fromkeys(_needed(resource, answer))) for name, resource in there.items()}
    for circle in circles(edges):
        notes = tuple((f"`{name}` is declared here", there[name].header) for name in circle[1:])
        yield Problem(_KIND, in_a_circle(circle), there[circle[0]].header, circle[0], notes)
    for resource in there.values():
        for node in depends_on(resource):
            if not template.may_have(str(node.value)) or node.value in template.parameters:
                message = f"`{resource.name}` depends on `{node.value}`, which is no resource of this template"
                yield Problem(_KIND, message, node.span, resource.name)


def _is_certain(resource: Resource, answer: Answer) -> bool:
    if resource.type.startswith(SERVERLESS):
        return False
    condition = resource.body.get("Condition")
    return condition is None or (isinstance(condition, ScalarNode) and answer(str(condition.value)) is True)


def _needed(resource: Resource, answer: Answer) -> Iterator[str]:
    yield from (str(node.value) for node in depends_on(resource))
    properties = resource.body.get("Properties")
    if properties is not None:
        yield from _names(properties, answer)


def depends_on(resource: Resource) -> Iterator[ScalarNode]:
    """The names that a resource's ``DependsOn`` gives."""
    node = resource.body.get("DependsOn")
    for item in node.items if isinstance(node, SequenceNode) else (node,):
        if isinstance(item, ScalarNode) and isinstance(item.value, str):
            yield item


def _names(node: Node, answer: Answer) -> Iterator[str]:
    """What a node certainly refers to."""
    pending = [node]
    while pending:
        current = pending.pop()
        match current:
            case SequenceNode(items=items):
                pending.extend(reversed(items))
            case MappingNode(
                entries={"Fn::If": Entry(value=SequenceNode(items=(ScalarNode(value=name), then, other)))}
            ):
                truth = answer(str(name))
                pending.extend([then] if truth is True else [other] if truth is False else [])
            case MappingNode(entries=entries):
                call = as_call(current)
                yield from named(call) if call is not None else ()
                pending.extend(entry.value for entry in _reversed(entries))
            case ScalarNode():
                pass


def _reversed(entries: Mapping[str, Entry]) -> Iterator[Entry]:
    yield from reversed(list(entries.values()))
