"""Where a template leaves room for things that it does not show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from peerlint.cloudformation.conditions import NOTHING
from peerlint.cloudformation.lift.group_makers import unseen_groups
from peerlint.cloudformation.lift.item import Stack
from peerlint.cloudformation.lift.options import DNS_CALL, stated_options
from peerlint.cloudformation.lift.resolvers import resolver
from peerlint.cloudformation.lift.shared import CROSS_REGION_READER, CROSS_REGION_WRITER, Name
from peerlint.cloudformation.nodes import MappingNode, Node, ScalarNode, as_call, calls, texts
from peerlint.cloudformation.template import Resource
from peerlint.cloudformation.values import as_text
from peerlint.network.model import Entity, Gap, Kind, Problem, ProblemKind, Store, is_of_peering
from peerlint.network.values import Known, Span, Unknown, Written

if TYPE_CHECKING:
    from peerlint.cloudformation.stacks.nested import StackFamily

_LITERAL_ID = re.compile(r"[a-z]{2,6}-[0-9a-f]{8,17}\Z")
_REFERENCES = ("Ref", "Fn::GetAtt", "Fn::ImportValue")
_EXPORTED = {
    "AWS::EC2::RouteTable": (Kind.ROUTE, "routes"),
    "AWS::EC2::SecurityGroup": (Kind.PERMISSION, "rules"),
    "AWS::EC2::NetworkAcl": (Kind.ACL, "entries"),
    "AWS::EC2::VPC": (Kind.GROUP, "security groups"),
    "AWS::Route53::HostedZone": (Kind.ZONE, "associations"),
}


def gaps(stack: Stack) -> Iterator[Gap]:
    """What other templates, macros and code outside the template may add."""
    template = stack.evaluator.template
    for what, at in template.generates:
        yield Gap(stack.name, frozenset({Kind.ANY}), f"{what} is not evaluated", at)
    stating = [r for r in template.resources.values() if stated_options(stack, r)]
    for resource in template.resources.values():
        if resource not in stating and resource.type not in (CROSS_REGION_WRITER, CROSS_REGION_READER):
            yield from _handed_over(stack, resource)
            yield from _awaiting(stack, resource)
            yield from _dns_call(stack, resource, stating)
            yield from unseen_groups(stack, resource)
            yield from resolver(stack, resource)
    for name, output in template.outputs.items():
        yield from _exported(stack, name, output)


def names(stack: Stack) -> Iterator[Name]:
    """The exports, and, where the stack's name is known, its outputs."""
    called = as_text(stack.evaluator.reference("AWS::StackName", "", stack.evaluator.template.root.span))
    for key, output in stack.evaluator.template.outputs.items():
        if _is_absent(stack, output):
            continue
        node, value_node = _export(output), output.get("Value")
        value = stack.evaluator.quietly(value_node) if value_node is not None else None
        name = as_text(stack.evaluator.quietly(node)) if node is not None else None
        if value is not None and name is not None:
            yield Name(Store.EXPORT, name, value, output.span)
        if value is not None and called is not None:
            yield Name(Store.OUTPUT, f"{called}.{key}", value, output.span)


def _is_absent(stack: Stack, output: MappingNode) -> bool:
    """Whether the condition of an output is false, so that the stack does not have it."""
    condition = output.get("Condition")
    name = condition.value if isinstance(condition, ScalarNode) else None
    return isinstance(name, str) and stack.evaluator.conditions.truth(name, NOTHING) is False


def _export(output: MappingNode) -> Node | None:
    """The name of an output's export; ``None`` without one."""
    export = output.get("Export")
    return export.get("Name") if isinstance(export, MappingNode) else None


def _exported(stack: Stack, name: str, output: MappingNode) -> Iterator[Gap]:
    node, value = _export(output), output.get("Value")
    if node is None or value is None or _is_absent(stack, output):
        return
    for touched in _ids(stack, value):
        resource = stack.evaluator.declared(touched.of) if isinstance(touched, Unknown) else None
        if resource is None or resource.type not in _EXPORTED:
            continue
        kind, what = _EXPORTED[resource.type]
        shown = as_text(stack.evaluator.quietly(node)) or name
        reason = f"`{resource.name}` is exported as `{shown}`: another stack may add {what}"
        yield Gap(stack.name, frozenset({kind}), reason, _place(output, node), frozenset({touched}))


def _place(output: MappingNode, node: Node) -> Span:
    entry = output.entries.get("Export")
    return entry.span if entry is not None else node.span


def _handed_over(stack: Stack, resource: Resource) -> Iterator[Gap]:
    """A resource whose code is not AWS's may add to the things whose ids it is given."""
    if not resource.type.startswith("AWS::") or resource.type == "AWS::CloudFormation::CustomResource":
        node, what = resource.properties, f"what the custom resource `{resource.name}` does is not known"
    else:
        return
    touched = frozenset(_ids(stack, node)) if node is not None else frozenset()
    if touched:
        yield Gap(stack.name, frozenset({Kind.ANY}), what, resource.header, touched)


def _awaiting(stack: Stack, resource: Resource) -> Iterator[Gap]:
    """A route over a connection that is made after its stack, whose id a later update gives: until then, its parameter
    is empty by default, and the route stands under a condition that is false.
    """
    properties = resource.properties if resource.type == "AWS::EC2::Route" else None
    connection = properties.get("VpcPeeringConnectionId") if properties is not None else None
    table = properties.get("RouteTableId") if properties is not None else None
    call = as_call(connection) if connection is not None else None
    if call is None or call.name != "Ref" or table is None or not isinstance(call.argument, ScalarNode):
        return
    name = str(call.argument.value)
    if name not in stack.evaluator.template.parameters or stack.evaluator.given(name) is not None:
        return
    if as_text(stack.evaluator.quietly(call.node)) == "":
        reason = f"`{resource.name}` routes over `{name}`, which is empty until it is given"
        yield Gap(stack.name, frozenset({Kind.ROUTE}), reason, resource.header, frozenset(_ids(stack, table)))


def unread_gaps(family: StackFamily) -> Iterator[Gap]:
    """A nested stack that was not read may add to the things whose ids it is given."""
    for unread in family.unread:
        node = unread.item.node("Parameters")
        touched = frozenset(_ids(unread.item.stack, node)) if node is not None else frozenset()
        if touched:
            what = f"the template of the nested stack `{unread.item.address}` was not read: {unread.why}"
            yield Gap(unread.item.stack.name, frozenset({Kind.ANY}), what, unread.item.span, touched)


def unread_stacks(family: StackFamily, entities: Iterable[Entity]) -> Iterator[Problem]:
    """What is wrong with the nested stacks that were not read, and one undecided question for the others.

    A file that is not there is wrong where the stack has anything to do with a peering, or the file sounds like it.
    """
    peers = any(is_of_peering(entity) for entity in entities)
    told = [each for each in family.unread if each.problem is not None and (peers or _matters(each.problem))]
    yield from (each.problem for each in told if each.problem is not None)
    unread = [each for each in family.unread if each not in told]
    if unread:
        names = ", ".join(f"`{each.item.address}`" for each in unread[:3])
        more = f" and {len(unread) - 3} more" if len(unread) > 3 else ""
        why = f" ({unread[0].why})" if len(unread) == 1 else f" (`{unread[0].item.address}`: {unread[0].why})"
        yield Problem(
            ProblemKind.UNRESOLVED_MODULE,
            f"the templates of nested stacks were not read: {names}{more}{why}",
            unread[0].item.span,
            unread[0].item.address,
            question="whether the nested stacks of this template declare a peering",
        )


def _matters(problem: Problem) -> bool:
    return problem.kind is not ProblemKind.UNRESOLVED_MODULE or "peer" in problem.message.lower()


def _ids(stack: Stack, node: Node) -> Iterator[Written[str]]:
    """Every id that a node refers to or contains."""
    for call in calls(node):
        value = stack.evaluator.quietly(call.node) if call.name in _REFERENCES else None
        for part in value.value if isinstance(value, Known) and isinstance(value.value, tuple) else (value,):
            text = as_text(part)
            if isinstance(part, Unknown):
                if part.of is None or not part.of.address.rpartition("/")[2].startswith("AWS::"):
                    yield part
            elif text is not None and _LITERAL_ID.match(text):
                yield Known(text, call.span)
    for scalar in texts(node):
        if isinstance(scalar.value, str) and _LITERAL_ID.match(scalar.value):
            yield Known(scalar.value, scalar.span)


def _dns_call(stack: Stack, resource: Resource, stating: Sequence[Resource]) -> Iterator[Gap]:
    """Code in the template, or a role for it, that sets DNS options, which no property of CloudFormation does.

    A role says nothing more where the custom resource that it is for states what it sets.
    """
    if stating and resource.type.startswith("AWS::IAM::"):
        return
    for scalar in texts(resource.body):
        if isinstance(scalar.value, str) and DNS_CALL.search(scalar.value):
            reason = f"`{resource.name}` calls ModifyVpcPeeringConnectionOptions"
            yield Gap(stack.name, frozenset({Kind.DNS_OPTION}), reason, scalar.span)
            return
