"""What the intrinsic functions share."""

from __future__ import annotations

from typing import Protocol

from peerlint.cloudformation.nodes import Call, MappingNode, Node, SequenceNode, render
from peerlint.cloudformation.values import CfnValue, derived
from peerlint.network.values import Identity, Span, Truth, Unknown, Why


class Scope(Protocol):
    """What the intrinsic functions ask of the template they stand in."""

    @property
    def stack(self) -> str:
        """The stack of the template."""

    @property
    def is_extended(self) -> bool:
        """Whether the template declares the language extensions."""

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
    """What a call gives whose arguments are not what the function takes."""
    return Unknown(Why.INVALID, source(call), call.span)


def unevaluated(scope: Scope, call: Call, *arguments: CfnValue) -> Unknown:
    """What a call gives whose arguments are unknown."""
    return derived(scope.stack, call.name, arguments, source(call), call.span)


def arguments_of(call: Call) -> tuple[Node, ...]:
    """The arguments of a call, one that is no list being the only one."""
    return call.argument.items if isinstance(call.argument, SequenceNode) else (call.argument,)
