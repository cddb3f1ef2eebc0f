"""Nested stacks: to the stack that nests them what modules are to a Terraform root.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from msgspec import Struct

from peerlint import filesystem
from peerlint.cloudformation.attributes import STACK_SET, TEMPLATED
from peerlint.cloudformation.evaluate import Evaluator
from peerlint.cloudformation.lift.item import Item, Stack
from peerlint.cloudformation.nodes import Node, render
from peerlint.cloudformation.opened import Opened, Whole, open_whole
from peerlint.cloudformation.options import CloudFormationOptions
from peerlint.cloudformation.stacks.embedded import StackCall, calls, written_inside
from peerlint.cloudformation.stacks.files import TemplateFiles, likely_file, location
from peerlint.cloudformation.stacks.passing import Passed, mismatches
from peerlint.cloudformation.syntax import MAX_NESTED, MAX_STACKS, Unreadable
from peerlint.cloudformation.values import as_text
from peerlint.links import lies_in
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span, Unknown


class Unread(Struct, frozen=True):
    """A nested stack whose template was not read, and why; ``problem`` is what is wrong with it, where something is."""

    item: Item
    why: str
    problem: Problem | None = None


class _Link(Struct, frozen=True):
    """One template of those that lead to a nested one: its file, and where the next of them names it."""

    file: str
    at: Span


class _Level(Struct, frozen=True):
    """A stack whose nested stacks are to be read, the templates that lead to it, and what is stated about it."""

    stack: Stack
    chain: tuple[_Link, ...]
    options: CloudFormationOptions


class StackFamily:
    """A stack with all those that it nests, at any depth, as far as their templates are on disk.

    ``stacks`` are those that were read, each after the one that nests it, ``opened`` their templates; ``unread`` are
    the others; ``circles`` are templates that nest each other.
    """

    def __init__(self, files: TemplateFiles, options: CloudFormationOptions) -> None:
        """Nothing is read yet."""
        self.stacks: list[Stack] = []
        self.opened: list[Opened] = []
        self.unread: list[Unread] = []
        self.circles: dict[Problem, None] = {}
        self._given: list[tuple[Item, Evaluator, Passed]] = []
        self._files = files
        self._options = options
        self._project = options.project or ""

    def open(self, opened: Opened) -> None:
        """Read the stack that a template makes.

        Level by level: what a stack nests may depend on the outputs of all the others beside it.
        """
        root = opened.evaluator.template.root.span
        self._project = self._project or os.path.dirname(root.file)
        level = [_Level(self._add(opened), (_Link(filesystem.target(root.file), root),), self._options)]
        while level:
            level = [found for each in level for found in self._nested(each)]

    def problems(self) -> Iterator[Problem]:
        """What is wrong with what nested stacks are given."""
        for item, child, given in self._given:
            if child.template.is_closed and item.stack.evaluator.template.is_closed:
                yield from mismatches(item, child, given)

    def _add(self, opened: Opened) -> Stack:
        stack = Stack(opened.evaluator, opened.evaluator.place, family=self.stacks)
        self.stacks.append(stack)
        self.opened.append(opened)
        return stack

    def _nested(self, outer: _Level) -> Iterator[_Level]:
        """What a stack nests."""
        for item in list(outer.stack.of_type(*TEMPLATED)):
            found = self._template(item, outer)
            if isinstance(found, Unread):
                self.unread.append(found)
                continue
            decoded, link = found
            for call in calls(item, outer.options):
                if len(self.stacks) > MAX_STACKS:
                    self.unread.append(Unread(item, f"there are more than {MAX_STACKS} nested stacks"))
                    break
                opened = self._opened(item, decoded, call)
                if opened is not None:
                    yield _Level(self._add(opened), (*outer.chain, link), call.options)

    def _opened(self, item: Item, decoded: Whole, call: StackCall) -> Opened | None:
        try:
            opened = open_whole(decoded, item.stack.name, call.options, call.nesting)
        except Unreadable as error:
            self.unread.append(self._unreadable(item, decoded.file, error))
            return None
        if opened is None:
            self.unread.append(Unread(item, f"{self._shown(decoded.file)} is no template"))
            return None
        item.stack.evaluator.adopt(call.name, opened.evaluator)
        if isinstance(call.given, Passed):
            self._given.append((item, opened.evaluator, call.given))
        return opened

    def _template(self, item: Item, outer: _Level) -> tuple[Whole, _Link] | Unread:
        """The decoded template of a nested stack, and the link of the chain that leads to it."""
        body = item.node("TemplateBody") if item.resource.type == STACK_SET else None
        at = item.at(TEMPLATED[item.resource.type]) if body is None else item.at("TemplateBody")
        path = self._located(item) if body is None else f"{item.span.file}#{item.name}"
        if isinstance(path, Unread):
            return path
        refused = self._refused(item, filesystem.target(path), outer.chain)
        if refused:
            return Unread(item, refused)
        try:
            decoded = self._files.whole(path, outer.options) if body is None else written_inside(body, outer.options)
        except Unreadable as error:
            return self._unreadable(item, path if body is None else item.span.file, error)
        if decoded is None:
            why = f"{self._shown(path)} is no template" if body is None else "its `TemplateBody` is no block of text"
            return Unread(item, why)
        return decoded, _Link(filesystem.target(path), at)

    def _unreadable(self, item: Item, file: str, error: Unreadable) -> Unread:
        return Unread(item, f"{self._shown(file)} cannot be read", error.problem(file))

    def _refused(self, item: Item, real: str, chain: tuple[_Link, ...]) -> str:
        """Why a template that is on disk is not read; empty where it is."""
        files = [link.file for link in chain]
        if real in files:
            places = [link.at for link in chain[files.index(real) + 1 :]]
            self.circles[_circle([*places, item.at(TEMPLATED[item.resource.type])])] = None
            return "it nests itself"
        if len(chain) > MAX_NESTED:
            return f"stacks are nested more than {MAX_NESTED} deep"
        return ""

    def _located(self, item: Item) -> str | Unread:
        """The file of a nested stack's template."""
        written = location(item.resource.body)
        path = self._files.local(item.resource.body, _directory(item))
        if written is None:
            return Unread(item, f"there is no `{TEMPLATED[item.resource.type]}`")
        if path is None:
            return self._remote(item, written)
        shown = written if isinstance(written, str) else os.path.basename(path)
        if not lies_in(path, self._project or _directory(item)):
            return Unread(item, f"`{shown}` lies outside of what was given")
        if not filesystem.is_file(path):
            at = item.at(TEMPLATED[item.resource.type])
            message = f"the template of `{item.address}` was not read: there is no file `{shown}` beside this template"
            problem = Problem(ProblemKind.UNRESOLVED_MODULE, message, at, item.address, remedy="correct the path")
            return Unread(item, f"there is no file `{shown}`", problem)
        return path

    def _remote(self, item: Item, written: str | Node) -> Unread:
        value = written if isinstance(written, str) else item.scope.value(written)
        ending = value.ending if isinstance(value, Unknown) else ""
        url = value if isinstance(value, str) else as_text(value) or ending
        shown = written if isinstance(written, str) else render(written)
        likely = likely_file(url, _directory(item), self._project)
        if likely is None:
            return Unread(item, f"`{shown}` is not the path of a file")
        return Unread(
            item,
            f"`{shown}` is not the path of a file; it may be that of {self._shown(likely)}, which only its path would "
            "tell (`aws cloudformation package` uploads what a path names)",
        )

    def _shown(self, path: str) -> str:
        return f"`{os.path.relpath(path, self._project).replace(os.sep, '/')}`"


def _directory(item: Item) -> str:
    """The directory of the template that nests a stack."""
    return os.path.dirname(item.stack.evaluator.template.root.span.file)


def _circle(places: Sequence[Span]) -> Problem:
    """The problem of templates that nest each other, the same from whichever of them it is met."""
    first, *others = sorted(places)
    names = [f"`{os.path.basename(at.file)}`" for at in (first, *others)]
    message = f"{', '.join(names[:-1])} and {names[-1]} nest each other" if others else f"{names[0]} nests itself"
    notes = tuple((f"`{os.path.basename(at.file)}` nests the next of them here", at) for at in others)
    return Problem(ProblemKind.UNRESOLVED_REFERENCE, f"{message} without end", first, notes=notes)
