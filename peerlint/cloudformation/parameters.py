"""The values of a template's parameters.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

from __future__ import annotations

import re

from msgspec import Struct

from peerlint.cloudformation.nodes import MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.options import ParameterValue
from peerlint.cloudformation.values import CfnValue, as_text, known_texts, looked_up, split_apart, with_references
from peerlint.network.values import Identity, Known, Span, Step, Trail, Unknown, Why
from peerlint.records import replace

_STORED = re.compile(r"AWS::SSM::Parameter::Value<(.*)>\Z")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")


class Parameter(Struct, frozen=True):
    """A parameter as it is declared.

    ``of`` is what it is where it has no value; ``place`` begins the names of what is looked up in its stack's place.
    """

    name: str
    declared: MappingNode
    of: Identity
    place: str = ""

    @property
    def kind(self) -> str:
        """Its type, that of the value where it names one in the parameter store."""
        written = _text(self.declared.get("Type")) or "String"
        stored = _STORED.match(written)
        return stored.group(1) if stored else written

    @property
    def is_stored(self) -> bool:
        """Whether its value is the name of one in the parameter store of the Systems Manager."""
        return _STORED.match(_text(self.declared.get("Type")) or "") is not None

    @property
    def is_list(self) -> bool:
        """Whether its value is a list, written as a text with commas."""
        return self.kind.startswith("List<") or self.kind == "CommaDelimitedList"

    def unknown(self, source: str, at: Span) -> Unknown:
        """What it is without a value."""
        return Unknown(Why.LOOKUP if self.is_stored else Why.VARIABLE, source, at, self.of)

    def default(self, source: str, at: Span) -> CfnValue:
        """Its default; one that its own constraints refuse is a placeholder and counts as none."""
        node = self.declared.get("Default")
        text = _text(node)
        if node is None or text is None or self.refusal(text) is not None:
            return self.unknown(source, at)
        step = Step(f"this is the default of `{self.name}`", node.span)
        return _told(self.value(text, source, node.span), step)

    def given(self, given: ParameterValue, source: str, at: Span) -> CfnValue:
        """The value that is given for it, as the command line or a file states it."""
        return self.value(given if isinstance(given, str) else ",".join(given), source, at)

    def value(self, text: str, source: str, at: Span) -> CfnValue:
        """What a reference to it is where its value is this text."""
        if self.is_stored:
            found = looked_up(self.of.stack, self.place, f"{{{{resolve:ssm:{text.strip()}}}}}", at)
            return replace(found, source=source, cause=self.of)
        if not self.is_list:
            return with_references(self.of.stack, self.place, text, at)
        return known_texts((item.strip() for item in text.split(",")), at)

    def handed_over(self, value: CfnValue, source: str, at: Span) -> CfnValue:
        """What it is where the parent of a nested stack gives it a value, which is a text."""
        text = as_text(value)
        if text is not None and isinstance(value, Known):
            return _by_way_of(self.value(text, source, value.at or at), value.trail)
        if not isinstance(value, Unknown):
            return self.unknown(source, at)
        if self.is_stored:
            return replace(value, why=Why.LOOKUP, of=None)
        elements = split_apart(self.of.stack, value, ",", at) if self.is_list else None
        return elements if elements is not None else value

    def refusal(self, given: ParameterValue) -> str | None:
        """Why the service does not take a value: it takes only what the declaration allows.

        ``AllowedPattern`` is not looked at.
        """
        items = given if isinstance(given, list) else given.split(",") if self.is_list else [given]
        texts = [item.strip() if self.is_list else item for item in items]
        return next((why for text in texts if (why := self._refusal(text)) is not None), None)

    def _refusal(self, text: str) -> str | None:
        allowed = self.declared.get("AllowedValues")
        if isinstance(allowed, SequenceNode):
            values = [_text(item) for item in allowed.items]
            if None not in values and not any(self._is_same(text, value or "") for value in values):
                shown = ", ".join(f"`{value}`" for value in values[:8])
                return f"takes one of {shown}{' and others' if len(values) > 8 else ''}"
        low, high = (_integer(self.declared.get(key)) for key in ("MinLength", "MaxLength"))
        if (low is not None and len(text) < low) or (high is not None and len(text) > high):
            return "takes a text of another length"
        if self.kind in ("Number", "List<Number>"):
            return self._number_refusal(text)
        return None

    def _is_same(self, text: str, value: str) -> bool:
        if text == value or self.kind not in ("Number", "List<Number>"):
            return text == value
        return bool(_NUMBER.match(text) and _NUMBER.match(value)) and float(text) == float(value)

    def _number_refusal(self, text: str) -> str | None:
        if not _NUMBER.match(text) or len(text) > 30:
            return "takes a number"
        low, high = (_integer(self.declared.get(key)) for key in ("MinValue", "MaxValue"))
        if (low is not None and float(text) < low) or (high is not None and float(text) > high):
            return f"takes a number from {low if low is not None else 'any'} to {high if high is not None else 'any'}"
        return None


def _text(node: Node | None) -> str | None:
    match node:
        case ScalarNode(value=str() | int() as value, span=span):
            return as_text(Known(value, span))
        case _:
            return None


def _integer(node: Node | None) -> int | None:
    text = _text(node)
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,18}", text) else None


def _told(value: CfnValue, step: Step) -> CfnValue:
    """A text, or a list of texts, that came by one step."""
    return _by_way_of(value, lambda: (step,))


def _by_way_of(value: CfnValue, trail: Trail | None) -> CfnValue:
    """A text, or a list of texts, that came by a way."""
    match value:
        case Known(value=tuple(items)):
            texts = tuple(replace(item, trail=trail) if isinstance(item, Known) else item for item in items)
            return replace(value, value=texts)
        case Known():
            return replace(value, trail=trail)
        case _:
            return value
