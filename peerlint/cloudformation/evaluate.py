"""Values of a template's expressions, resolved as the service would resolve them with nothing deployed yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from peerlint.cloudformation.conditions import NOTHING, Conditions, Guards, Subjects
from peerlint.cloudformation.dependencies import dependency_problems
from peerlint.cloudformation.get_att import Attributes
from peerlint.cloudformation.nodes import Node
from peerlint.cloudformation.options import CloudFormationOptions, ParameterValue
from peerlint.cloudformation.parameters import Parameter
from peerlint.cloudformation.pseudo import NO_VALUE, OF_ONE_STACK, PSEUDO_PARAMETERS, stated
from peerlint.cloudformation.scope import MAX_STEPS, Scope
from peerlint.cloudformation.stacks.nesting import Nesting
from peerlint.cloudformation.stacks.outputs import Outputs
from peerlint.cloudformation.template import Resource, Template, has_macros
from peerlint.cloudformation.values import CfnValue, as_text, with_references
from peerlint.network.model import Place, Problem, ProblemKind
from peerlint.network.values import Identity, Known, Span, Unknown, Why, Written

T = TypeVar("T")
_CROSSING = 3
"""So many steps of an evaluation is the way into another template."""


class Evaluator:
    """Evaluates the nodes of one template.

    ``problems`` gathers what it finds wrong with the references that it follows, ``defaults`` the default groups and
    ACLs of VPCs that something refers to. ``children`` are the evaluators of its nested stacks that were read, by
    logical id, and ``outputs`` what they give back; those of the others are unknown. Nothing is evaluated before it is
    asked for, so that a parent may ``adopt`` its children after both are made. While it ``is_quiet``, mistakes are not
    reported.
    """

    def __init__(self, template: Template, options: CloudFormationOptions, nesting: Nesting | None = None) -> None:
        self.template = template
        self.nesting = nesting
        self.problems: dict[Span, Problem] = {}
        self.defaults: dict[tuple[str, str], None] = {}
        self.children: dict[str, Evaluator] = {}
        self.outputs: dict[str, Outputs] = {}
        self._options = options
        self._depth = 0
        self._subjects: Subjects = {}
        self.is_quiet = False
        self._attributes = Attributes(self)
        self._conditions: Conditions | None = None
        self._parent: Evaluator | None = None

    @property
    def conditions(self) -> Conditions:
        """The template's conditions; while they are read, there are none."""
        if self._conditions is None:
            self._conditions = Conditions(self.scope(), {}, self._report_condition, {})
            written, subjects = self.template.conditions, self.root._subjects
            self._conditions = Conditions(self.scope(), written, self._report_condition, subjects)
        return self._conditions

    def _report_condition(self, kind: ProblemKind, message: str, at: Span) -> None:
        self.refuse(Problem(kind, message, at), "")

    def check(self) -> Iterator[Problem]:
        """What is wrong with the template whatever its resources are: with its conditions and the order of things."""
        conditions = self.conditions
        if self.template.is_closed:
            yield from dependency_problems(self.template, conditions.truth)

    @property
    def depth(self) -> int:
        """How deep the evaluation is, over all the stacks that are nested in each other."""
        return self.root._depth

    @depth.setter
    def depth(self, depth: int) -> None:
        self.root._depth = depth

    @property
    def root(self) -> Evaluator:
        """That of the outermost stack."""
        return self if self._parent is None else self._parent.root

    def adopt(self, name: str, child: Evaluator) -> None:
        """Take what was read of a nested stack for the resource of this name."""
        child._parent = self
        self.children[name] = child
        self.outputs[name] = Outputs(self, child)

    def declared(self, of: Identity | None) -> Resource | None:
        """The resource whose id an identity is, also one of the stack that nests this one, or is nested by it."""
        if of is None or of.stack != self.template.stack or of.attribute != "id":
            return None
        owner = self.root
        while child := next((c for c in owner.children.values() if of.address.startswith(c.prefix)), None):
            owner = child
        return owner.template.resources.get(of.address[len(owner.prefix) :])

    def is_in_parameters(self, at: Span) -> bool:
        """Whether a place lies in the ``Parameters`` of this template, or of one that nests it or is nested by it."""
        return self.root._has_in_parameters(at)

    def _has_in_parameters(self, at: Span) -> bool:
        section = self.template.root.get("Parameters")
        own = section is not None and section.span.holds(at)
        return own or any(child._has_in_parameters(at) for child in self.children.values())

    def scope(self, assumed: Guards = NOTHING) -> Scope:
        """A scope in which the given answers of conditions hold."""
        return Scope(self, assumed)

    @property
    def place(self) -> Place:
        """The Region and account of the stack."""
        return Place(self._place("AWS::Region"), self._place("AWS::AccountId"))

    def _place(self, name: str) -> Written[str]:
        given = stated(name, self._options)
        return Known(given) if given is not None else Unknown(Why.VARIABLE, name, None, self._pseudo_identity(name))

    def _pseudo_identity(self, name: str) -> Identity:
        """A nested stack has the Region and account of its parent, and a name of its own."""
        if name == "AWS::StackId" and self.prefix:
            return Identity(self.template.stack, self.prefix.rstrip("/"), "id")
        of_place = Identity(self.template.stack, f"{self.elsewhere}{name}")
        return self.identity(name) if name in OF_ONE_STACK else of_place

    @property
    def elsewhere(self) -> str:
        """What the names of a place begin with that may be another one than that of the parent."""
        return self.nesting.place if self.nesting is not None else ""

    def quietly(self, node: Node) -> CfnValue:
        """The value of a node on which no question of the network depends: its mistakes are not reported."""
        return self.quiet(lambda: self.scope().value(node))

    def quiet(self, found: Callable[[], T]) -> T:
        """What a function returns that evaluates something on which no question of the network depends."""
        was, self.is_quiet = self.is_quiet, True
        try:
            return found()
        finally:
            self.is_quiet = was

    @property
    def prefix(self) -> str:
        """What the addresses of a nested stack begin with (``PeeringStack/``); empty for a stack by itself."""
        return self.nesting.prefix if self.nesting is not None else ""

    def identity(self, name: str, attribute: str = "") -> Identity:
        """The identity of a resource's attribute, or of a parameter."""
        return Identity(self.template.stack, f"{self.prefix}{name}", attribute)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Evaluate in another template: that costs more than a step within one."""
        self.depth += _CROSSING
        try:
            yield
        finally:
            self.depth -= _CROSSING

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
        return self._attributes.value(resource, attribute, source, at)

    def _pseudo(self, name: str, source: str, at: Span) -> CfnValue:
        if name == NO_VALUE:
            return None
        given = stated(name, self._options)
        if given is not None:
            return Known(given, at)
        if name not in PSEUDO_PARAMETERS:
            message = f"`{source}` names `{name}`, which is no pseudo parameter of CloudFormation"
            return self.refuse(Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at), source)
        return Unknown(Why.VARIABLE, source, at, self._pseudo_identity(name))

    def _parameter(self, name: str, source: str, at: Span) -> CfnValue:
        parameter = Parameter(name, self.template.parameters[name], self.identity(name), self.elsewhere)
        argument = self.nesting.arguments.get(name) if self.nesting is not None else None
        if argument is not None:
            with self.deeper():
                value = argument() if self.depth < MAX_STEPS else parameter.unknown(source, at)
            if value is not None:
                return parameter.handed_over(value, source, at)
        given = self._options.parameters.get(name) if self.nesting is None else None
        if given is None:
            return parameter.default(source, at)
        why = parameter.refusal(given)
        if why is None:
            return parameter.given(given, source, at)
        message = f"the parameter `{name}` {why}, and `{given}` is given for it"
        self.refuse(Problem(ProblemKind.INVALID_VALUE, message, self.template.header(name)), source)
        return parameter.unknown(source, at)

    def given(self, name: str) -> ParameterValue | None:
        """The value that a user states for a parameter, or the template that nests this one (empty for an unknown)."""
        if self.nesting is None:
            return self._options.parameters.get(name)
        argument = self.nesting.arguments.get(name)
        return as_text(self.quiet(argument)) or "" if argument is not None else None

    def resolved(self, text: str, at: Span) -> CfnValue:
        """A text with its dynamic references (``{{resolve:…}}``), which the service looks up."""
        return with_references(self.template.stack, self.elsewhere, text, at)

    def _missing(self, name: str, attribute: str, source: str, at: Span) -> Unknown:
        if not self.template.may_have(name):
            message = f"`{source}` names `{name}`, which is neither a parameter nor a resource of this template"
            self.refuse(Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at), source)
        return Unknown(Why.INVALID, source, at, self.identity(name, attribute))

    def refuse(self, problem: Problem, source: str) -> Unknown:
        """Report what the service refuses, and return what it counts as.

        Nothing is said where a macro may put it right before, nor of a name that what was not read may have.
        """
        is_shown = self.template.is_closed or problem.kind is not ProblemKind.UNRESOLVED_REFERENCE
        if is_shown and not self.is_quiet and not has_macros(self.template.root):
            self.problems.setdefault(problem.at, problem)
        return Unknown(Why.INVALID, source, problem.at)
