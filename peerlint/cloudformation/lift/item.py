"""A resource, or one element of a property of it, as the lifters read it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from msgspec import Struct

from peerlint.cloudformation.evaluate import Evaluator
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, as_call, render
from peerlint.cloudformation.scope import Scope
from peerlint.cloudformation.template import Resource
from peerlint.cloudformation.values import CfnValue
from peerlint.network.model import CERTAIN, Gap, Kind, Language, Origin, Place, Presence, Problem, ProblemKind
from peerlint.network.values import Identity, Maybe, Span, Unknown, Why, Written
from peerlint.records import replace


@dataclass(frozen=True, slots=True)
class Stack:
    """What all items of one template share: its evaluator, its place, and where problems and gaps are gathered.

    ``family`` are the stacks that nest each other, this one among them; empty for one by itself.
    """

    evaluator: Evaluator
    place: Place
    problems: dict[Problem, None] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    family: list[Stack] = field(default_factory=list, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The stack's name in identities."""
        return self.evaluator.template.stack

    def identity(self, resource: str, attribute: str = "id") -> Identity:
        """The identity of a resource's attribute."""
        return self.evaluator.identity(resource, attribute)

    def gap(self, kind: Kind, reason: str, at: Span, *touches: Written[str]) -> None:
        """Note that something of a kind may be declared beyond what was read, for the things with these ids."""
        self.gaps.append(Gap(self.name, frozenset({kind}), reason, at, frozenset(touches)))

    def of_type(self, *types: str) -> Iterator[Item]:
        """The resources of these types that exist or may exist."""
        for resource in self.evaluator.template.resources.values():
            if resource.type in types and (item := open_item(self, resource)) is not None:
                yield item

    def of_family(self, *types: str) -> Iterator[Item]:
        """The resources of these types in all stacks of the family."""
        for stack in self.family or (self,):
            yield from stack.of_type(*types)


class Item(Struct, frozen=True):
    """Properties to read, with the resource they belong to and the conditions under which they apply.

    ``prefix`` is the path of an element inside its resource (``SecurityGroupIngress[0]``), empty for the resource.
    """

    stack: Stack
    resource: Resource
    properties: MappingNode
    scope: Scope
    presence: Presence
    span: Span
    prefix: str = ""

    @property
    def name(self) -> str:
        """The logical id."""
        return self.resource.name

    @property
    def id(self) -> Unknown:
        """The resource's own id, known only after deployment."""
        return Unknown(Why.COMPUTED, f"!Ref {self.name}", self.resource.header, self.stack.identity(self.name))

    @property
    def place(self) -> Place:
        """The Region and account of the stack."""
        return self.stack.place

    @property
    def origin(self) -> Origin:
        """Where this is declared, with a place for every property."""
        arguments: dict[str, Span] = {}
        if self.prefix:
            arguments[self.prefix] = self.span
            _places(self.properties, self.prefix, arguments)
        _places(self.properties, "", arguments)
        nesting = self.stack.evaluator.nesting
        calls = nesting.calls if nesting is not None else ()
        return Origin(
            self.stack.name, self.address, self.span, Language.CLOUDFORMATION, arguments, self.presence, calls
        )

    @property
    def address(self) -> str:
        """The logical id, after those of the nested stacks that lead to it."""
        return self.stack.evaluator.prefix + self.name

    def node(self, name: str) -> Node | None:
        """The node of a property."""
        return self.properties.get(name)

    def at(self, name: str) -> Span:
        """The place of a property, or of the whole where it is not written."""
        entry = self.properties.entries.get(name)
        return entry.span if entry is not None else self.span

    def value(self, name: str) -> CfnValue:
        """A property's value; ``None`` where it is not written, unknown where a macro may write it."""
        node = self.node(name)
        if node is not None:
            return self.scope.value(node)
        hidden = next((key for key in self.properties.entries if key.startswith("Fn::")), None)
        return None if hidden is None else Unknown(Why.UNSUPPORTED, hidden, self.properties.span)

    def elements(self, name: str) -> Iterator[Item | Unknown]:
        """The elements of a property that is a list of mappings, each with the conditions it stands under.

        What is unknown as a whole comes as the Unknown that it is.
        """
        node = self.node(name)
        if node is not None:
            yield from self._elements(node, name, 0)
        elif isinstance(hidden := self.value(name), Unknown):
            yield hidden

    def _elements(self, node: Node, path: str, depth: int) -> Iterator[Item | Unknown]:
        match node:
            case SequenceNode(items=items):
                for index, item in enumerate(items):
                    yield from self._elements(item, path if depth else f"{path}[{index}]", depth + 1)
            case MappingNode() if as_call(node) is None:
                yield replace(self, properties=node, span=node.span, prefix=path)
            case MappingNode(entries={"Fn::If": entry}):
                yield from self._arms(entry.value, path, depth)
            case _:
                value = self.scope.value(node)
                if isinstance(value, Unknown):
                    yield value

    def _arms(self, argument: Node, path: str, depth: int) -> Iterator[Item | Unknown]:
        match argument:
            case SequenceNode(items=(ScalarNode(value=str(name)), then, otherwise)):
                for arm, answer in ((then, True), (otherwise, False)):
                    narrowed = self.under(name, answer)
                    if narrowed is not None:
                        yield from narrowed._elements(arm, path, depth)
            case _:
                yield Unknown(Why.INVALID, render(argument), argument.span)

    def under(self, condition: str, answer: bool) -> Item | None:
        """The same where a condition has an answer; ``None`` where it cannot have it."""
        truth = self.scope.truth(condition)
        if not isinstance(truth, Maybe):
            return self if truth is answer else None
        scope = self.scope.under(condition, answer)
        doubt = self.presence.doubt or _doubt(condition, truth)
        return replace(self, scope=scope, presence=Presence(doubt, scope.assumed))

    def variants(self, names: Collection[str], budget: int = 3) -> Iterator[Item]:
        """The same once for each answer of the undecided conditions that choose the values of these properties."""
        for name in names if budget else ():
            node = self.node(name)
            call = as_call(node) if node is not None else None
            if call is None or call.name != "Fn::If" or not isinstance(call.argument, SequenceNode):
                continue
            match call.argument.items:
                case (ScalarNode(value=str(condition)), _, _) if isinstance(self.scope.truth(condition), Maybe):
                    for answer in (True, False):
                        narrowed = self.under(condition, answer)
                        if narrowed is not None:
                            yield from narrowed.variants(names, budget - 1)
                    return
                case _:
                    continue
        yield self

    def refuse(self, name: str, message: str) -> Unknown:
        """Report a value that its property does not take, and return what it counts as."""
        node = self.node(name)
        source = render(node) if node is not None else ""
        self.stack.problems[Problem(ProblemKind.INVALID_VALUE, message, self.at(name), self.address)] = None
        return Unknown(Why.INVALID, source, self.at(name))


def open_item(stack: Stack, resource: Resource) -> Item | None:
    """The resource as an item; ``None`` where its condition is false."""
    properties = resource.properties
    node = resource.body.get("Properties")
    if properties is None or as_call(properties) is not None:
        at = node.span if node is not None else resource.header
        hidden = {"Fn::Transform": Entry(at, ScalarNode(None, at))} if node is not None and properties else {}
        properties = MappingNode(hidden, at)
    nesting = stack.evaluator.nesting
    presence = nesting.presence if nesting is not None else CERTAIN
    scope = stack.evaluator.scope(presence.guards)
    whole = Item(stack, resource, properties, scope, presence, resource.header)
    condition = resource.body.get("Condition")
    if condition is None:
        return whole
    if isinstance(condition, ScalarNode) and isinstance(condition.value, str):
        if condition.value not in stack.evaluator.conditions and stack.evaluator.template.is_closed:
            _missing_condition(stack, resource, condition.value, condition.span)
        return whole.under(condition.value, True)
    doubt = presence.doubt or f"its condition `{render(condition)}` is not evaluated"
    return replace(whole, presence=Presence(doubt, presence.guards))


def _missing_condition(stack: Stack, resource: Resource, name: str, at: Span) -> None:
    message = f"`{name}` is not among the template's conditions"
    address = stack.evaluator.prefix + resource.name
    stack.problems[Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at, address)] = None


def _doubt(condition: str, truth: Maybe) -> str:
    return f"condition `{condition}` is undecided: {truth.reason}"


def _places(node: Node, path: str, into: dict[str, Span]) -> None:
    match node:
        case MappingNode(entries=entries):
            for key, entry in entries.items():
                inner = f"{path}.{key}" if path else key
                into[inner] = entry.span
                _places(entry.value, inner, into)
        case SequenceNode(items=items):
            for index, item in enumerate(items):
                inner = f"{path}[{index}]"
                into[inner] = item.span
                _places(item, inner, into)
        case _:
            pass
