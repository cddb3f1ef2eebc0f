"""The stacks that a resource of a template makes of another: one nested stack, or each instance of a stack set."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from msgspec import Struct

from peerlint.cloudformation.attributes import STACK_SET
from peerlint.cloudformation.lift.item import Item
from peerlint.cloudformation.nodes import Node, ScalarNode
from peerlint.cloudformation.opened import Whole, whole
from peerlint.cloudformation.options import CloudFormationOptions
from peerlint.cloudformation.source import content_of
from peerlint.cloudformation.stacks.nesting import Nesting
from peerlint.cloudformation.stacks.passing import Passed, Undisclosed, passed
from peerlint.cloudformation.stacks.stack_sets import instances
from peerlint.records import replace


class StackCall(Struct, frozen=True):
    """One stack that a resource makes: its name among those of its template, what it is given, and where it is."""

    name: str
    given: Passed | Undisclosed
    nesting: Nesting
    options: CloudFormationOptions


def calls(item: Item, options: CloudFormationOptions) -> Iterator[StackCall]:
    """The stacks that a resource makes, each once; ``options`` are those of the stack that it is declared in."""
    options = replace(options, name=None)
    outer = item.stack.evaluator.nesting
    spans = (*(outer.calls if outer is not None else ()), item.span)
    if item.resource.type != STACK_SET:
        given = passed(item)
        place = outer.place if outer is not None else ""
        yield StackCall(item.name, given, Nesting(f"{item.address}/", given, spans, item.presence, place), options)
        return
    seen: set[str] = set()
    for instance in instances(item):
        if instance.key in seen:
            continue
        seen.add(instance.key)
        name, prefix = f"{item.name}[{instance.key}]", f"{item.address}[{instance.key}]/"
        parameters = item.node("Parameters")
        if instance.parameters is not None or parameters is None:
            told: Passed | Undisclosed = Passed(instance.parameters or {}, item.scope, item.name, item.span)
        else:
            told = Undisclosed(parameters, item.stack.name, prefix)
        nesting = Nesting(prefix, told, spans, instance.presence, prefix)
        yield StackCall(name, told, nesting, replace(options, region=instance.region, account=instance.account))


def written_inside(body: Node, options: CloudFormationOptions) -> Whole | None:
    """A template that is a block of text in another one, with its places there; ``None`` where it is no such block.

    Raises Unreadable.
    """
    if not isinstance(body, ScalarNode) or not isinstance(body.value, str):
        return None
    span = body.span
    lines = content_of(span.file).decode("utf-8-sig", "replace").splitlines()
    block = "\n".join(lines[span.line : span.end_line])
    if textwrap.dedent(block).strip() != body.value.strip():
        return None
    return whole(("\n" * span.line + block + "\n").encode(), span.file, options)
