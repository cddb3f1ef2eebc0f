"""Evaluation of nodes where certain conditions are taken for granted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from peerlint.cloudformation.calls import source
from peerlint.cloudformation.conditions import NOTHING, Guards
from peerlint.cloudformation.intrinsics import INTRINSICS
from peerlint.cloudformation.nodes import Call, MappingNode, Node, ScalarNode, SequenceNode, as_call, render
from peerlint.cloudformation.values import CfnValue
from peerlint.network.model import Place, Problem, ProblemKind
from peerlint.network.values import Identity, Known, Span, Truth, Unknown, Why

if TYPE_CHECKING:
    from peerlint.cloudformation.evaluate import Evaluator

MAX_STEPS = 100
"""How deep an expression may lead into others, through the attributes of other resources too."""

_FUNCTION = re.compile(r"Fn::[A-Za-z0-9]+\Z")
"""A function of the service's; ``!Rain::Embed`` is for a tool that makes the template."""

_TRANSFORMED = ("Fn::Transform", "Fn::ForEach")
"""What stays in place of a loop or an include that was not read."""


class Scope(Struct, frozen=True):
    """Evaluation under the answers that a resource's condition takes for granted."""

    evaluator: Evaluator
    assumed: Guards = field(default=NOTHING)

    @property
    def stack(self) -> str:
        """The stack of the template."""
        return self.evaluator.template.stack

    @property
    def is_extended(self) -> bool:
        """Whether the template declares the language extensions."""
        return self.evaluator.template.is_extended

    @property
    def place(self) -> Place:
        """The Region and account of the stack."""
        return self.evaluator.place

    def identity(self, name: str) -> Identity:
        """The identity of something that the template names."""
        return self.evaluator.identity(name)

    def value(self, node: Node) -> CfnValue:
        """The value of a node: known, unknown with its reason, or ``None`` for ``AWS::NoValue`` and null."""
        if self.evaluator.depth >= MAX_STEPS:
            return Unknown(Why.UNSUPPORTED, render(node), node.span)
        self.evaluator.depth += 1
        try:
            return self._value(node)
        finally:
            self.evaluator.depth -= 1

    def _value(self, node: Node) -> CfnValue:
        call = as_call(node)
        if call is not None:
            return self._call(call)
        match node:
            case ScalarNode(value=str(text), span=span):
                return self.evaluator.resolved(text, span)
            case ScalarNode(value=int(value), span=span):
                return Known(value, span)
            case ScalarNode():
                return None
            case SequenceNode(items=items, span=span):
                values = (self.value(item) for item in items)
                return Known(tuple(value for value in values if value is not None), span)
            case MappingNode():
                return self._mapping(node)

    def _mapping(self, node: MappingNode) -> CfnValue:
        if any(key.startswith("Fn::") for key in node.entries):
            return Unknown(Why.UNSUPPORTED, render(node), node.span)
        values = {key: self.value(entry.value) for key, entry in node.entries.items()}
        return Known({key: value for key, value in values.items() if value is not None}, node.span)

    def _call(self, call: Call) -> CfnValue:
        function = INTRINSICS.get(call.name)
        if function is not None:
            return function(self, call)
        if _FUNCTION.match(call.name) and not call.name.startswith(_TRANSFORMED):
            self.refuse(call, "is no intrinsic function of CloudFormation")
        return Unknown(Why.UNSUPPORTED, f"{call.name} {render(call.argument)}", call.span)

    def refuse(self, call: Call, message: str) -> Unknown:
        """What a call gives that the service refuses."""
        problem = Problem(ProblemKind.INVALID_VALUE, f"{call.name} {message}", call.span)
        return self.evaluator.refuse(problem, source(call))

    def lost(self, call: Call, message: str) -> Unknown:
        """What a call gives that refers to nothing."""
        return self.evaluator.refuse(Problem(ProblemKind.UNRESOLVED_REFERENCE, message, call.span), source(call))

    def is_resource(self, name: str) -> bool:
        """Whether a logical id is a resource's."""
        return name in self.evaluator.template.resources and name not in self.evaluator.template.parameters

    def reference(self, name: str, source: str, at: Span) -> CfnValue:
        """What ``Ref`` returns."""
        return self.evaluator.reference(name, source, at)

    def attribute(self, name: str, attribute: str, source: str, at: Span) -> CfnValue:
        """What ``Fn::GetAtt`` returns."""
        return self.evaluator.attribute(name, attribute, source, at)

    def resolved(self, text: str, at: Span) -> CfnValue:
        """A text with its dynamic references."""
        return self.evaluator.resolved(text, at)

    def has_condition(self, name: str) -> bool:
        """Whether the template has a condition of this name, or may have it."""
        return name in self.evaluator.template.conditions or not self.evaluator.template.is_closed

    def lookup(self, name: str) -> MappingNode | None:
        """A map of ``Mappings``."""
        return self.evaluator.template.mappings.get(name)

    def truth(self, condition: str) -> Truth:
        """The answer of a condition."""
        return self.evaluator.conditions.truth(condition, self.assumed)

    def because(self, condition: str) -> Unknown:
        """What leaves a condition undecided."""
        return self.evaluator.conditions.because(condition)

    def under(self, condition: str, answer: bool) -> Scope:
        """The scope in which a condition has an answer."""
        return Scope(self.evaluator, self.assumed | self.evaluator.conditions.needs(condition, answer))
