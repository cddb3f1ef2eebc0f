"""``Conditions`` with three values, and what an undecided one takes for granted.

A condition becomes a formula over *atoms*: comparisons of something unknown. A resource under an undecided condition
carries the atoms' answers that it needs, so that a condition and its negation, or one parameter compared with two
values, are seen to exclude each other
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from peerlint.cloudformation.calls import Scope
from peerlint.cloudformation.circles import circles, in_a_circle
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, render
from peerlint.cloudformation.references import references
from peerlint.cloudformation.values import as_text, derived, unknowns
from peerlint.network.model import ProblemKind
from peerlint.network.values import Maybe, Span, Truth, Unknown, Why, all_of, any_of, negate

Guard: TypeAlias = tuple[str, bool]
Guards: TypeAlias = frozenset[Guard]
Subjects: TypeAlias = dict[str, set[str]]
NOTHING: Guards = frozenset()

_PARTS = range(2, 11)
_TAKES = {
    "Condition": "the name of a condition",
    "Fn::Not": "a list of one condition",
    "Fn::And": "a list of 2 to 10 conditions",
    "Fn::Or": "a list of 2 to 10 conditions",
    "Fn::Equals": "a list of two values",
}
_MAX_DEPTH = 60
_MAX_CONSTANTS = 64


class Atom(Struct, frozen=True):
    """An undecided comparison: its name, the unknown in it, and (where it compares with a constant) what and which."""

    name: str
    because: Unknown
    subject: str | None = None


class Negation(Struct, frozen=True):
    """The opposite of a formula."""

    of: Formula


class Combination(Struct, frozen=True):
    """All of its parts (``Fn::And``), or any of them (``Fn::Or``)."""

    parts: tuple[Formula, ...]
    needs_all: bool


class Named(Struct, frozen=True):
    """A condition of the template."""

    name: str


Formula: TypeAlias = "bool | Atom | Negation | Combination | Named"


def _named(formula: Formula) -> Iterator[str]:
    """The conditions that a formula refers to."""
    match formula:
        case Named(name=name):
            yield name
        case Negation(of=inner):
            yield from _named(inner)
        case Combination(parts=parts):
            for part in parts:
                yield from _named(part)
        case _:
            pass


class Conditions:
    """The conditions of one template.

    ``scope`` evaluates what is compared; ``report`` takes what the service refuses; ``subjects`` gathers, for all
    templates of a stack, the constants that unknown values are compared with.
    """

    def __init__(
        self,
        scope: Scope,
        written: Mapping[str, Entry],
        report: Callable[[ProblemKind, str, Span], None],
        subjects: Subjects,
    ) -> None:
        self._scope = scope
        self._stack = scope.stack
        self._written = written
        self._report = report
        self._formulas: dict[str, Formula] = {}
        self._subjects = subjects
        self._decided: dict[tuple[str, Guards], Truth] = {}
        self._needed: dict[tuple[str, bool], Guards] = {}
        for name in written:
            self._formula(name)
        for circle in circles({name: list(dict.fromkeys(_named(f))) for name, f in self._formulas.items()}):
            report(ProblemKind.UNRESOLVED_REFERENCE, in_a_circle(circle), written[circle[0]].key)

    def __contains__(self, name: str) -> bool:
        return name in self._written

    def truth(self, name: str, assumed: Guards = NOTHING) -> Truth:
        """The answer of a condition, given other answers. An unknown name is undecided."""
        return self._decide(Named(name), assumed, 0)

    def because(self, name: str) -> Unknown:
        """The unknown that leaves a condition undecided."""
        atom = self._first_atom(Named(name), set())
        return atom.because if atom is not None else Unknown(Why.UNSUPPORTED, f"condition {name}")

    def needs(self, name: str, answer: bool) -> Guards:
        """Every answer that must hold for the condition to have this one."""
        return self._needs(Named(name), answer, 0)

    def _formula(self, name: str) -> Formula:
        if name not in self._formulas:
            entry = self._written.get(name)
            self._formulas[name] = self._unsupported(name, None) if entry is None else self._read(entry.value)
        return self._formulas[name]

    def _unsupported(self, source: str, node: Node | None) -> Atom:
        at = node.span if node is not None else None
        return Atom(f"{self._stack}: {self._scope.identity(source)}", Unknown(Why.UNSUPPORTED, source, at))

    def _read(self, node: Node) -> Formula:
        match node:
            case ScalarNode(value=bool(truth)):
                return truth
            case MappingNode(entries=entries) if len(entries) == 1:
                ((function, entry),) = entries.items()
                return self._function(function, entry.value, node)
            case _:
                return self._refuse("a condition is one function that has a truth value", node)

    def _refuse(self, message: str, node: Node) -> Formula:
        self._report(ProblemKind.INVALID_VALUE, message, node.span)
        return self._unsupported(render(node), node)

    def _function(self, function: str, argument: Node, node: Node) -> Formula:
        match function, argument:
            case "Condition", ScalarNode(value=str(name)):
                if name not in self._written:
                    message = f"`{name}` is not among the template's conditions"
                    self._report(ProblemKind.UNRESOLVED_REFERENCE, message, node.span)
                return Named(name)
            case "Fn::Not", SequenceNode(items=(part,)):
                return Negation(self._read(part))
            case (("Fn::And" | "Fn::Or"), SequenceNode(items=parts)) if len(parts) in _PARTS:
                return Combination(tuple(self._read(part) for part in parts), function == "Fn::And")
            case "Fn::Equals", SequenceNode(items=(left, right)):
                return self._equals(left, right, node)
            case _ if function in _TAKES:
                return self._refuse(f"{function} takes {_TAKES[function]}", node)
            case _ if function.startswith(("Fn::Transform", "Fn::ForEach")):
                return self._unsupported(render(node), node)
            case _:
                return self._refuse(f"{function} is no function for a condition", node)

    def _equals(self, left: Node, right: Node, node: Node) -> Formula:
        for resource, call in references(node):
            if self._scope.is_resource(resource):
                message = f"a condition cannot refer to a resource, here `{resource}`"
                self._report(ProblemKind.UNRESOLVED_REFERENCE, message, call.span)
        first, second = self._scope.value(left), self._scope.value(right)
        texts = as_text(first), as_text(second)
        if texts[0] is not None and texts[1] is not None:
            return texts[0] == texts[1]
        pending = list(unknowns((first, second)))
        if not pending:
            return first == second
        if (
            isinstance(first, Unknown)
            and isinstance(second, Unknown)
            and first.of is not None
            and first.of == second.of
        ):
            return True
        constant = texts[0] if texts[0] is not None else texts[1]
        unknown = second if texts[0] is not None else first
        if constant is None or not isinstance(unknown, Unknown) or unknown.of is None:
            name = derived(self._stack, "Fn::Equals", (first, second), render(node), node.span).of
            return Atom(f"{self._stack}: {name or self._scope.identity(render(node, 200))}", pending[0])
        subject = f"{self._stack}: {unknown.of}"
        self._subjects.setdefault(subject, set()).add(constant)
        return Atom(f"{subject} == {constant}", unknown, subject)

    def _decide(self, formula: Formula, assumed: Guards, depth: int) -> Truth:
        if depth > _MAX_DEPTH:
            return Maybe("the conditions are nested too deeply")
        match formula:
            case bool():
                return formula
            case Atom(name=name, because=because):
                if (name, True) in assumed or (name, False) in assumed:
                    return (name, True) in assumed
                return Maybe(because.reason)
            case Negation(of=inner):
                return negate(self._decide(inner, assumed, depth + 1))
            case Combination(parts=parts, needs_all=needs_all):
                answers = (self._decide(part, assumed, depth + 1) for part in parts)
                return all_of(answers) if needs_all else any_of(answers)
            case Named(name=name):
                return self._decide_named(name, assumed, depth)

    def _decide_named(self, name: str, assumed: Guards, depth: int) -> Truth:
        atom = self._named_atom(name)
        if (atom, True) in assumed or (atom, False) in assumed:
            return (atom, True) in assumed
        if (name, assumed) not in self._decided:
            self._decided[name, assumed] = Maybe(f"condition `{name}` depends on itself")
            self._decided[name, assumed] = self._decide(self._formula(name), assumed, depth + 1)
        return self._decided[name, assumed]

    def _named_atom(self, name: str) -> str:
        return f"{self._stack}: condition {self._scope.identity(name)}"

    def _needs(self, formula: Formula, answer: bool, depth: int) -> Guards:
        if depth > _MAX_DEPTH:
            return NOTHING
        match formula:
            case bool():
                return NOTHING
            case Atom():
                return self._atom_needs(formula, answer)
            case Negation(of=inner):
                return self._needs(inner, not answer, depth + 1)
            case Combination(parts=parts, needs_all=needs_all):
                return self._combination_needs(parts, needs_all is answer, answer, depth)
            case Named(name=name):
                if (name, answer) not in self._needed:
                    self._needed[name, answer] = NOTHING
                    needed = self._needs(self._formula(name), answer, depth + 1)
                    self._needed[name, answer] = needed | {(self._named_atom(name), answer)}
                return self._needed[name, answer]

    def _atom_needs(self, atom: Atom, answer: bool) -> Guards:
        own: Guards = frozenset({(atom.name, answer)})
        if atom.subject is None or not answer:
            return own
        constants = self._subjects[atom.subject]
        if len(constants) > _MAX_CONSTANTS:
            return own
        others = {f"{atom.subject} == {constant}" for constant in constants} - {atom.name}
        return own | {(name, False) for name in others}

    def _combination_needs(self, parts: tuple[Formula, ...], together: bool, answer: bool, depth: int) -> Guards:
        """Needs of each part where all must have the answer; otherwise what every way to the answer has in common."""
        open_parts = [part for part in parts if isinstance(self._decide(part, NOTHING, depth + 1), Maybe)]
        needs = [self._needs(part, answer, depth + 1) for part in open_parts]
        if not needs:
            return NOTHING
        return frozenset.union(*needs) if together else frozenset.intersection(*needs)

    def _first_atom(self, formula: Formula, seen: set[str]) -> Atom | None:
        match formula:
            case Atom():
                return formula
            case Negation(of=inner):
                return self._first_atom(inner, seen)
            case Combination(parts=parts):
                open_parts = (part for part in parts if isinstance(self._decide(part, NOTHING, 0), Maybe))
                return next((atom for part in open_parts if (atom := self._first_atom(part, seen)) is not None), None)
            case Named(name=name) if name not in seen:
                seen.add(name)
                return self._first_atom(self._formula(name), seen)
            case _:
                return None
