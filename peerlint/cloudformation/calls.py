"""What the intrinsic functions share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerlint.cloudformation.nodes import Call, Node, SequenceNode, render
from peerlint.cloudformation.values import CfnValue, derived
from peerlint.network.values import Unknown, Why

if TYPE_CHECKING:
    from peerlint.cloudformation.evaluate import Scope


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
