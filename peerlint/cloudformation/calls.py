"""What the intrinsic functions share."""

from __future__ import annotations

from typing import Protocol

from peerlint.cloudformation.nodes import Call, MappingNode, Node, ScalarNode, SequenceNode, calls, render
from peerlint.cloudformation.values import CfnValue, derived
from peerlint.network.model import Place
from peerlint.network.values import Identity, Span, Truth, Unknown, Why


class Scope(Protocol):
    """What the intrinsic functions ask of the template they stand in."""

    @property
    def stack(self) -> str:
        """The stack of the template."""

    @property
    def is_extended(self) -> bool:
        """Whether the template declares the language extensions."""

    @property
    def place(self) -> Place:
        """The Region and account of the stack."""

    def identity(self, name: str) -> Identity:
        """The identity of something that the template names."""

    def value(self, node: Node) -> CfnValue:
        """The value of a node: known, unknown with its reason, or ``None`` for ``AWS::NoValue`` and null."""

    def reference(self, name: str, source: str, at: Span) -> CfnValue:
        """What ``Ref`` returns."""

    def attribute(self, name: str, attribute: str, source: str, at: Span) -> CfnValue:
        """What ``Fn::GetAtt`` returns."""

    def resolved(self, text: str, at: Span) -> CfnValue:
        """A text with its dynamic references."""

    def refuse(self, call: Call, message: str) -> Unknown:
        """What a call gives that the service refuses; the message says why, after the name of the function."""

    def lost(self, call: Call, message: str) -> Unknown:
        """What a call gives that refers to nothing."""

    def is_resource(self, name: str) -> bool:
        """Whether a logical id is a resource's."""

    def has_condition(self, name: str) -> bool:
        """Whether the template has a condition of this name, or may have it."""

    def lookup(self, name: str) -> MappingNode | None:
        """A map of ``Mappings``."""

    def truth(self, condition: str) -> Truth:
        """The answer of a condition."""

    def because(self, condition: str) -> Unknown:
        """What leaves a condition undecided."""

    def under(self, condition: str, answer: bool) -> Scope:
        """The scope in which a condition has an answer."""


def source(call: Call) -> str:
    """The call as written in YAML."""
    return f"!{call.name.removeprefix('Fn::')} {render(call.argument)}"


def invalid(call: Call) -> Unknown:
    """What a call gives whose arguments have values that the function does not take."""
    return Unknown(Why.INVALID, source(call), call.span)


def unevaluated(scope: Scope, call: Call, *arguments: CfnValue) -> Unknown:
    """What a call gives whose arguments are unknown."""
    return derived(scope.stack, call.name, arguments, source(call), call.span)


def arguments_of(call: Call) -> tuple[Node, ...]:
    """The arguments of a call, one that is no list being the only one."""
    return call.argument.items if isinstance(call.argument, SequenceNode) else (call.argument,)


def is_written(node: Node) -> bool:
    """Whether a node is a value as it stands, without a function anywhere in it."""
    return not any(True for _ in calls(node))


def written_text(node: Node) -> str | None:
    """The text that a node is as it stands; ``None`` for a function or a collection."""
    match node:
        case ScalarNode(value=bool(truth)):
            return "true" if truth else "false"
        case ScalarNode(value=str() | int() as value):
            return str(value)
        case _:
            return None
