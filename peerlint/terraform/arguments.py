"""The arguments of a block instance: attributes, nested blocks, ``dynamic`` blocks, attributes written as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from peerlint.network.model import CERTAIN, Presence
from peerlint.network.values import Known, Span, Step, Trail, Unknown, Why
from peerlint.terraform import ast
from peerlint.terraform.ast import Block, Body, Expr
from peerlint.terraform.ast_text import render
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.expansion import chosen_arm, taken_arm
from peerlint.terraform.objects import MissingOutputError
from peerlint.terraform.provenance import trace
from peerlint.terraform.scope import Frame, Scope
from peerlint.terraform.values import EvaluationError, TfSet, TfValue, element_of, elements, key_of

META_ARGUMENTS = frozenset({"count", "for_each", "provider", "depends_on", "providers", "source", "version"})


class Arguments:
    """What is written in a block, evaluated when it is asked for. Errors of evaluation give an unknown."""

    __slots__ = ("_around", "_body", "_memo", "_scope", "_values", "_written", "presence", "span")

    def __init__(
        self, body: Body, scope: Scope, span: Span, presence: Presence = CERTAIN, around: tuple[Frame, ...] = ()
    ) -> None:
        """The arguments of a body in its scope; ``span`` is the header of its block, and ``around`` are the collections
        that the names in its scope are taken from.
        """
        self._body = body
        self._scope = scope
        self._around = around
        self._values: Mapping[str, TfValue] = {}
        self._written: Frame | None = None
        self._memo: dict[str, TfValue] = {}
        self.span = span
        self.presence = presence

    @classmethod
    def of_object(
        cls, values: Mapping[str, TfValue], span: Span, presence: Presence, scope: Scope, written: Frame | None
    ) -> Arguments:
        """The arguments of a block that is written as an object in an attribute (``ingress = [{ … }]``)."""
        made = cls(Body({}, ()), scope, span, presence)
        made._values = values
        made._written = written
        return made

    @property
    def scope(self) -> Scope:
        """Where they are evaluated."""
        return self._scope

    def names(self) -> list[str]:
        """The names of the attributes that are written."""
        written = [name for name in self._body.attributes if name not in META_ARGUMENTS]
        return [*written, *self._values]

    def get(self, name: str) -> TfValue | None:
        """An attribute's value, or ``None`` where it is not written."""
        if name in self._values:
            return self._values[name]
        attribute = self._body.attributes.get(name)
        if attribute is None:
            return None
        if name not in self._memo:
            self._memo[name] = evaluated(attribute.expr, self._scope)
        return self._memo[name]

    def chosen(self, name: str) -> tuple[TfValue, Presence] | None:
        """An attribute that an undecided condition leaves null or gives a value: that value, under the condition."""
        value, expr = self.get(name), self.expression(name)
        arm = chosen_arm(expr, self._scope) if expr is not None else None
        if arm is None or not isinstance(value, Unknown):
            return None
        inner, scope, guards = arm
        return evaluated(inner, scope), Presence(value.reason, self.presence.guards | guards, self.presence.many)

    def is_ignored(self, name: str) -> bool:
        """Whether ``lifecycle.ignore_changes`` leaves an argument to something outside Terraform."""
        for block in self._body.blocks:
            ignored = block.body.attributes.get("ignore_changes") if block.type == "lifecycle" else None
            match ignored.expr if ignored is not None else None:
                case ast.Name(name="all") | ast.Unreadable():
                    return True
                case ast.Tuple(items=items):
                    return any(_first_name(item) in (name, "*") for item in items)
        return False

    def is_configured(self, name: str) -> bool:
        """Whether an argument is set and not known to be null, or there are blocks of that type."""
        if self.place(name) is None:
            return bool(self.blocks(name))
        value = self.get(name)
        return value is None or not (isinstance(value, Known) and value.value is None)

    def expression(self, name: str) -> Expr | None:
        """An attribute's expression, or ``None`` where it is not written."""
        attribute = self._body.attributes.get(name)
        return attribute.expr if attribute is not None else None

    @property
    def around(self) -> tuple[Frame, ...]:
        """The collections that ``each`` and the local names of the block are taken from, innermost first."""
        each = self._body.attributes.get("for_each")
        return (Frame(each.expr, self._scope), *self._around) if each is not None else self._around

    def frame(self, name: str) -> Frame | None:
        """What writes an argument, or ``None`` where it is not written."""
        attribute = self._body.attributes.get(name)
        if attribute is not None:
            return Frame(attribute.expr, self._scope, self.around)
        return self._written if name in self._values else None

    def trail(self, name: str, at: Span | None) -> Trail | None:
        """The way of an argument's value that is written ``at`` a place; ``None`` where the argument is that place."""
        if at is None or isinstance(self.expression(name), ast.Literal):
            return None
        return partial(self._trace, name, at)

    def _trace(self, name: str, at: Span) -> tuple[Step, ...]:
        frame = self.frame(name)
        return trace(frame, at) if frame is not None else ()

    def place(self, name: str) -> Span | None:
        """The place of an attribute, or of the first nested block of that type."""
        attribute = self._body.attributes.get(name)
        if attribute is not None:
            return attribute.span
        if name in self._values:
            return self._values[name].at or self.span
        return next((block.header for block in self._body.blocks if block.type == name), None)

    def places(self) -> dict[str, Span]:
        """The place of every attribute that is written."""
        found = {name: attribute.span for name, attribute in self._body.attributes.items()}
        return found | {name: value.at or self.span for name, value in self._values.items()}

    def blocks(self, type: str) -> list[Arguments]:
        """The nested blocks of a type, in order: plain, ``dynamic``, or given as an attribute."""
        found: list[Arguments] = []
        for block in self._body.blocks:
            if block.type == type:
                found.append(Arguments(block.body, self._scope, block.header, self.presence, self.around))
            elif block.type == "dynamic" and block.labels == (type,):
                found += self._dynamic(block)
        attribute = self._body.attributes.get(type)
        value = self.get(type)
        if value is not None:
            found += self._objects(value, attribute.span if attribute is not None else self.span, self.frame(type))
        return found

    def _objects(self, value: TfValue, span: Span, written: Frame | None) -> Iterator[Arguments]:
        match value:
            case Unknown():
                yield self._unread(value, span)
            case Known(value=dict() as items):
                yield Arguments.of_object(items, value.at or span, self.presence, self._scope, written)
            case Known(value=tuple() as items) | Known(value=TfSet(items=items)):
                for item in items:
                    yield from self._objects(item, item.at or span, written)
            case _:
                return

    def _unread(self, value: Unknown, span: Span) -> Arguments:
        """One block that stands for an unknown number of them, of which nothing is known."""
        presence = Presence(value.reason, self.presence.guards, many=True)
        return UnreadArguments(value, self._scope, span, presence)

    def _dynamic(self, block: Block) -> Iterator[Arguments]:
        each = block.body.attributes.get("for_each")
        content = next((inner for inner in block.body.blocks if inner.type == "content"), None)
        if each is None or content is None:
            return
        iterator = block.body.attributes.get("iterator")
        name = render(iterator.expr).strip('"') if iterator is not None else block.labels[0]
        value, guarded = self._repeated(each.expr)
        around = (Frame(each.expr, self._scope, self.around), *self.around)
        for key, item, presence in self._iterations(self._few(value, each.expr), guarded):
            bound = self._scope.bind({name: Known({"key": key, "value": item})})
            yield Arguments(content.body, bound, block.header, presence, around)

    def _repeated(self, expr: Expr) -> tuple[TfValue, Presence]:
        """What a ``dynamic`` block goes through, and the presence of its blocks. Where an undecided condition chooses
        between that and nothing, they stand under that condition.
        """
        value = evaluated(expr, self._scope)
        arm = taken_arm(expr, self._scope) if isinstance(value, Unknown) else None
        if arm is None or not isinstance(value, Unknown):
            return value, self.presence
        inner, scope, guards = arm
        doubt = f"{value.reason}, so a `dynamic` block is undecided"
        return evaluated(inner, scope), Presence(doubt, self.presence.guards | guards, self.presence.many)

    def _few(self, value: TfValue, expr: Expr) -> TfValue:
        """The value, unknown where it makes more blocks than a root may have instances."""
        most = self._scope.module.budget.limits.instances
        if len(elements(value) or ()) <= most:
            return value
        message = f"a `dynamic` block that makes more than {most:,} blocks (limits.instances)"
        self._scope.module.budget.passed(message, expr.span)
        return Unknown(Why.UNSUPPORTED, render(expr), expr.span)

    def _iterations(self, value: TfValue, presence: Presence) -> Iterator[tuple[TfValue, TfValue, Presence]]:
        match value:
            case Unknown():
                doubt = f"{value.reason}, so a `dynamic` block is undecided"
                yield key_of(value), element_of(value), Presence(doubt, presence.guards, many=True)
            case Known(value=dict() as entries):
                for key, entry in entries.items():
                    yield Known(key), entry, presence
            case Known(value=TfSet(items=items)):
                for element in items:
                    yield element, element, presence
            case Known(value=tuple() as items):
                for index, element in enumerate(items):
                    yield Known(index), element, presence
            case _:
                return


class UnreadArguments(Arguments):
    """Arguments of a block that is given by an unknown value: every one of them is unknown."""

    __slots__ = ("_unknown",)

    def __init__(self, unknown: Unknown, scope: Scope, span: Span, presence: Presence) -> None:
        """Arguments that are all derived from ``unknown``."""
        super().__init__(Body({}, ()), scope, span, presence)
        self._unknown = unknown

    def get(self, name: str) -> TfValue | None:
        """An unknown derived from the block's."""
        return Unknown(self._unknown.why, self._unknown.source, self.span, cause=self._unknown.of)


def _first_name(expr: Expr) -> str:
    """The argument that an element of ``ignore_changes`` names; 0.11 writes it as a string."""
    text = str(expr.value) if isinstance(expr, ast.Literal) else render(expr)
    return text.split(".", 1)[0].split("[", 1)[0]


def evaluated(expr: Expr, scope: Scope) -> TfValue:
    """The value of an expression, unknown where its evaluation fails."""
    try:
        return evaluate(expr, scope)
    except RecursionError:
        scope.module.budget.depth(expr.span)
    except MissingOutputError as error:
        scope.module.report(error.problem)
        return Unknown(Why.UNSUPPORTED, error.source, error.problem.at)
    except EvaluationError:
        pass
    return Unknown(Why.UNSUPPORTED, render(expr), expr.span)
