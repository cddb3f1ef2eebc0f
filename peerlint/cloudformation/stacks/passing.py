"""What a nested stack is given for its parameters, evaluated where it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from peerlint.cloudformation.evaluate import Evaluator
from peerlint.cloudformation.lift.item import Item
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, as_call, render
from peerlint.cloudformation.scope import Scope
from peerlint.cloudformation.stacks.nesting import Argument
from peerlint.cloudformation.values import CfnValue, by_step
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Identity, Span, Step, Unknown, Why


class Passed(Mapping[str, Argument]):
    """The ``Parameters`` of a nested stack, by name, each evaluated once when it is asked for."""

    def __init__(self, entries: Mapping[str, Entry], scope: Scope, name: str, header: Span) -> None:
        """Those of the stack ``name``, whose resource's header is ``header``, in the scope of that resource."""
        self.entries = entries
        self._scope = scope
        self._name = name
        self._header = header
        self._values: dict[str, CfnValue] = {}

    def __getitem__(self, name: str) -> Argument:
        """The value of a parameter. Raises KeyError for one that is not given."""
        entry = self.entries[name]
        return lambda: self._value(name, entry)

    def __iter__(self) -> Iterator[str]:
        """The names of the parameters that are given."""
        return iter(self.entries)

    def __len__(self) -> int:
        """How many are given."""
        return len(self.entries)

    def _value(self, name: str, entry: Entry) -> CfnValue:
        if name not in self._values:
            self._values[name] = Unknown(Why.INVALID, f"{self._name}.{name}", entry.span)  # if it is made of itself
            value = self._scope.value(entry.value)
            step = Step(f"`{name}` is passed here to `{self._name}`", entry.span, self._header)
            self._values[name] = by_step(value, step) if value is not None else None
        return self._values[name]


class Undisclosed(Mapping[str, Argument]):
    """The parameters of a nested stack where nothing tells which are given: each may be, with an unknown value."""

    def __init__(self, node: Node, stack: str, prefix: str) -> None:
        """Those that ``node`` makes, of the nested stack whose addresses begin with ``prefix``."""
        self._node = node
        self._stack = stack
        self._prefix = prefix

    def __getitem__(self, name: str) -> Argument:
        """The value of a parameter: itself."""
        of = Identity(self._stack, f"{self._prefix}{name}")
        return lambda: Unknown(Why.UNSUPPORTED, render(self._node), self._node.span, of)

    def __iter__(self) -> Iterator[str]:
        """No name is known."""
        return iter(())

    def __len__(self) -> int:
        """How many names are known: none."""
        return 0


def passed(item: Item) -> Passed | Undisclosed:
    """The parameters that a nested stack is given."""
    node = item.node("Parameters")
    match node:
        case None:
            return Passed({}, item.scope, item.name, item.span)
        case MappingNode(entries=entries) if as_call(node) is None and not any(k.startswith("Fn::") for k in entries):
            return Passed(entries, item.scope, item.name, item.span)
        case _:
            return Undisclosed(node, item.stack.name, f"{item.address}/")


def mismatches(item: Item, child: Evaluator, given: Passed) -> Iterator[Problem]:
    """The parameters that a template lacks, and those that it demands and is not given: the service refuses both.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
    """
    section = child.template.root.get("Parameters")
    declared = section.entries if isinstance(section, MappingNode) else {}
    file = f"`{os.path.basename(child.template.root.span.file)}`"
    for name, entry in given.entries.items():
        if name not in declared:
            message = f"`{item.name}` is given `{name}`, which is no parameter of its template {file}"
            yield Problem(ProblemKind.UNRESOLVED_REFERENCE, message, entry.span, item.address)
    for name, parameter in child.template.parameters.items():
        if "Default" not in parameter.entries and not _is_given(item, given, name):
            message = f"`{item.name}` is not given `{name}`, which has no default in its template {file}"
            at = item.at("Parameters") if item.node("Parameters") is not None else item.span
            note = (f"`{name}` is declared here", declared[name].key)
            yield Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at, item.address, (note,))


def _is_given(item: Item, given: Passed, name: str) -> bool:
    return name in given and item.stack.evaluator.quiet(given[name]) is not None
