"""Values of a template's expressions, resolved as the service would resolve them with nothing deployed yet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from peerlint.cloudformation.attributes import CONFIGURED, DEFAULTS, NESTED_STACK, OWN_ID, VPC, VPC_BLOCK
from peerlint.cloudformation.conditions import NOTHING, Conditions, Guards
from peerlint.cloudformation.intrinsics import INTRINSICS
from peerlint.cloudformation.nodes import Call, MappingNode, Node, ScalarNode, SequenceNode, as_call, render
from peerlint.cloudformation.options import CloudFormationOptions, ParameterValue
from peerlint.cloudformation.template import Resource, Template
from peerlint.cloudformation.values import CfnValue, CfnWritten, as_text, joined, known_texts
from peerlint.network.model import Place, Problem, ProblemKind
from peerlint.network.values import Identity, Known, Span, Step, Truth, Unknown, Why, Written

_DYNAMIC = re.compile(r"\{\{resolve:[^{}]*\}\}")
_MAX_STEPS = 100
"""How deep an expression may lead into others, through the attributes of other resources too."""


class Evaluator:
    """Evaluates the nodes of one template.

    ``problems`` gathers what it finds wrong with the references that it follows, ``defaults`` the default groups and
    ACLs of VPCs that something refers to.
    """

    def __init__(self, template: Template, options: CloudFormationOptions) -> None:
        self.template = template
        self.problems: dict[Span, Problem] = {}
        self.defaults: dict[tuple[str, str], None] = {}
        self._options = options
        self.depth = 0
        self._is_quiet = True
        self._active: dict[tuple[str, str], None] = {}
        self._attributes: dict[tuple[str, str], CfnValue] = {}
        self.conditions = Conditions(template.stack, {}, self.scope().value)
        self.conditions = Conditions(template.stack, template.conditions, self.scope().value)
        self._is_quiet = False

    def scope(self, assumed: Guards = NOTHING) -> Scope:
        """A scope in which the given answers of conditions hold."""
        return Scope(self, assumed)

    @property
    def place(self) -> Place:
        """The Region and account of the stack."""
        return Place(
            self._place("AWS::Region", self._options.region), self._place("AWS::AccountId", self._options.account)
        )

    def _place(self, name: str, stated: str | None) -> Written[str]:
        if stated is not None:
            return Known(stated)
        return Unknown(Why.VARIABLE, name, None, Identity(self.template.stack, name))

    def quietly(self, node: Node) -> CfnValue:
        """The value of a node on which no question of the network depends: its mistakes are not reported."""
        self._is_quiet = True
        try:
            return self.scope().value(node)
        finally:
            self._is_quiet = False

    def identity(self, name: str, attribute: str = "") -> Identity:
        """The identity of a resource's attribute, or of a parameter."""
        return Identity(self.template.stack, name, attribute)

    def reference(self, name: str, source: str, at: Span) -> CfnValue:
        """What ``Ref`` returns: a parameter's value, a pseudo parameter's, or a resource's id."""
        if name.startswith("AWS::"):
            return self._pseudo(name, source, at)
        if name in self.template.parameters:
            return self._parameter(name, source, at)
        if name in self.template.resources:
            return Unknown(Why.COMPUTED, source, at, self.identity(name, "id"))
        return self._missing(name, "", source, at)

    def attribute(self, name: str, attribute: str, source: str, at: Span) -> CfnValue:
        """What ``Fn::GetAtt`` returns."""
        resource = self.template.resources.get(name)
        if resource is None:
            return self._missing(name, attribute, source, at)
        if attribute in OWN_ID.get(resource.type, ()):
            return Unknown(Why.COMPUTED, source, at, self.identity(name, "id"))
        if resource.type == NESTED_STACK:
            return Unknown(Why.MODULE, source, at, self.identity(name, attribute))
        if resource.type == VPC and attribute == "Ipv6CidrBlocks":
            return self._ipv6_blocks(name, source, at)
        if resource.type == VPC and attribute in DEFAULTS:
            self.defaults[name, attribute] = None
        if attribute in CONFIGURED.get(resource.type, ()):
            configured = self._configured(resource, attribute)
            if configured is not None:
                return configured
        return Unknown(Why.COMPUTED, source, at, self.identity(name, attribute))

    def _configured(self, resource: Resource, attribute: str) -> CfnValue:
        """The property that an attribute repeats; ``None`` where it is not written."""
        key = (resource.name, attribute)
        node = resource.property(attribute)
        if node is None:
            return None
        if key in self._active:
            return Unknown(Why.INVALID, f"{resource.name}.{attribute}", node.span)
        if key not in self._attributes:
            self._active[key] = None
            self._attributes[key] = self.scope().value(node)
            del self._active[key]
        return self._attributes[key]

    def _ipv6_blocks(self, name: str, source: str, at: Span) -> CfnValue:
        """The IPv6 blocks that the template associates with a VPC, where their order is certain."""
        found: list[CfnWritten] = []
        for other in self.template.resources.values():
            if other.type != VPC_BLOCK or other.property("CidrBlock") or other.property("Ipv4IpamPoolId"):
                continue
            vpc = self._configured(other, "VpcId")
            if isinstance(vpc, Unknown) and vpc.of == self.identity(name, "id"):
                found.append(self.ipv6_block(other))
        if len(found) == 1:
            return Known(tuple(found), at)
        return Unknown(Why.COMPUTED, source, at, self.identity(name, "Ipv6CidrBlocks"))

    def ipv6_block(self, association: Resource) -> CfnWritten:
        """The IPv6 block of an ``AWS::EC2::VPCCidrBlock``: as written, or known only after deployment."""
        written = self._configured(association, "Ipv6CidrBlock")
        if written is not None:
            return written
        return Unknown(
            Why.COMPUTED, association.name, association.header, self.identity(association.name, "Ipv6CidrBlock")
        )

    def _pseudo(self, name: str, source: str, at: Span) -> CfnValue:
        stated = {"AWS::Region": self._options.region, "AWS::AccountId": self._options.account}.get(name)
        if name == "AWS::NoValue":
            return None
        return Known(stated, at) if stated is not None else Unknown(Why.VARIABLE, source, at, self.identity(name))

    def _parameter(self, name: str, source: str, at: Span) -> CfnValue:
        declared = self.template.parameters[name]
        kind = as_text(self._literal(declared.get("Type"))) or "String"
        unknown = Unknown(Why.VARIABLE, source, at, self.identity(name))
        if kind.startswith("AWS::SSM::Parameter::Value<"):
            return Unknown(Why.LOOKUP, source, at, self.identity(name))
        is_list = kind.startswith("List<") or kind == "CommaDelimitedList"
        given = self._options.parameters.get(name)
        if given is not None:
            text = given if isinstance(given, str) else ",".join(given)
            return self._parameter_value(text, is_list, at)
        default = declared.get("Default")
        value = as_text(self._literal(default))
        if value is None or default is None:
            return unknown
        step = Step(f"this is the default of `{name}`", default.span)
        return _told(self._parameter_value(value, is_list, default.span), step)

    def given(self, name: str) -> ParameterValue | None:
        """The value that a user states for a parameter."""
        return self._options.parameters.get(name)

    def _literal(self, node: Node | None) -> CfnValue:
        match node:
            case ScalarNode(value=str() | int() as value, span=span):
                return Known(value, span)
            case _:
                return None

    def _parameter_value(self, text: str, is_list: bool, at: Span) -> CfnValue:
        if not is_list:
            return self.resolved(text, at)
        return known_texts((item.strip() for item in text.split(",")), at)

    def resolved(self, text: str, at: Span) -> CfnValue:
        """A text with its dynamic references (``{{resolve:…}}``), which the service looks up."""
        if "{{resolve:" not in text:
            return Known(text, at)
        parts: list[CfnValue] = []
        last = 0
        for match in _DYNAMIC.finditer(text):
            parts.append(Known(text[last : match.start()]))
            parts.append(Unknown(Why.LOOKUP, match.group(), at, self.identity(match.group())))
            last = match.end()
        parts.append(Known(text[last:]))
        return joined(self.template.stack, tuple(parts), text[:80], at)

    def _missing(self, name: str, attribute: str, source: str, at: Span) -> Unknown:
        if self.template.is_closed and not self._is_quiet and name not in self.template.names:
            self.problems.setdefault(
                at,
                Problem(
                    ProblemKind.UNRESOLVED_REFERENCE,
                    f"`{source}` names `{name}`, which is neither a parameter nor a resource of this template",
                    at,
                ),
            )
        return Unknown(Why.INVALID, source, at, self.identity(name, attribute))


def _told(value: CfnValue, step: Step) -> CfnValue:
    """A text, or a list of texts, that came by one step."""
    match value:
        case Known(value=tuple(items)):
            texts = tuple(replace(item, trail=lambda: (step,)) if isinstance(item, Known) else item for item in items)
            return replace(value, value=texts)
        case Known():
            return replace(value, trail=lambda: (step,))
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Scope:
    """Evaluation under the answers that a resource's condition takes for granted."""

    evaluator: Evaluator
    assumed: Guards = field(default=NOTHING)

    @property
    def stack(self) -> str:
        """The stack of the template."""
        return self.evaluator.template.stack

    def value(self, node: Node) -> CfnValue:
        """The value of a node: known, unknown with its reason, or ``None`` for ``AWS::NoValue`` and null."""
        if self.evaluator.depth >= _MAX_STEPS:
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
        if function is None:
            return Unknown(Why.UNSUPPORTED, f"{call.name} {render(call.argument)}", call.span)
        return function(self, call)

    def reference(self, name: str, source: str, at: Span) -> CfnValue:
        """What ``Ref`` returns."""
        return self.evaluator.reference(name, source, at)

    def attribute(self, name: str, attribute: str, source: str, at: Span) -> CfnValue:
        """What ``Fn::GetAtt`` returns."""
        return self.evaluator.attribute(name, attribute, source, at)

    def resolved(self, text: str, at: Span) -> CfnValue:
        """A text with its dynamic references."""
        return self.evaluator.resolved(text, at)

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
