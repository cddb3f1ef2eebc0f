"""States that roots of other repositories keep: what is read from one is the output that is there.

Only what is used as it is read is joined, as the expressions around it are not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from peerlint.network.linking.substitution import as_field, changed
from peerlint.network.model import Fragment, KeptState, StateReading
from peerlint.network.states import OWN_ATTRIBUTES, state_read
from peerlint.network.values import Identity, Known, Unknown, Written
from peerlint.records import replace

_STEP = re.compile(r'\.?([A-Za-z_][\w-]*)|\["([^"]*)"\]|\[(\d+)\]')


def with_states(fragments: Sequence[Fragment]) -> Sequence[Fragment]:
    """The fragments, in which what is read from the state of a root elsewhere is what that root puts there."""
    states = [kept for fragment in fragments for kept in fragment.keeps]
    readings = [reading for fragment in fragments for reading in fragment.reads]
    if not states or not readings:
        return fragments
    joined = _Joined(states, readings)
    return [changed(fragment, joined.change) for fragment in fragments]


class _Joined:
    """The states that are read, by the data sources that read them."""

    def __init__(self, states: Sequence[KeptState], readings: Iterable[StateReading]) -> None:
        self._found: dict[Identity, KeptState] = {}
        self._reasons: dict[Identity, str] = {}
        for reading in readings:
            found = state_read(reading, states)
            if isinstance(found, KeptState):
                self._found[reading.of] = found
            elif found is not None:
                self._reasons[reading.of] = found.reason

    def change(self, unknown: Unknown, field_name: str) -> Written[object]:
        """The output that an unknown is, or the unknown with what would tell."""
        value = self._end(unknown)
        if value is not unknown:
            return as_field(value, field_name, unknown)
        reason = self._reasons.get(_source(unknown.of)) if unknown.of is not None else None
        return replace(unknown, detail=reason) if reason else unknown

    def _end(self, unknown: Unknown) -> Written[object]:
        """The value at the end of a chain of states; a circle ends where it began."""
        value: Written[object] = unknown
        seen: set[Identity] = set()
        while isinstance(value, Unknown) and value.of is not None and value.of not in seen:
            seen.add(value.of)
            further = self._output(value.of)
            if further is None:
                return value
            value = further
        return value

    def _output(self, of: Identity) -> Written[object] | None:
        kept = self._found.get(_source(of)) if not of.many else None
        steps = _steps(of.attribute)
        if kept is None or not steps or steps[0] in OWN_ATTRIBUTES:
            return None
        steps = steps[1:] if steps[:1] == ["outputs"] else steps
        return _inside(kept.outputs, steps) if steps else None


def _source(of: Identity) -> Identity:
    return Identity(of.stack, of.address)


def _steps(attribute: str) -> list[str] | None:
    """The names and positions that an attribute is reached by; ``None`` where it is written otherwise."""
    steps: list[str] = []
    at = 0
    while at < len(attribute):
        found = _STEP.match(attribute, at)
        if found is None:
            return None
        steps.append(next(text for text in found.groups() if text is not None))
        at = found.end()
    return steps


def _inside(outputs: Mapping[str, Written[object]], steps: Sequence[str]) -> Written[object] | None:
    """What is there; ``None`` for nothing, and for what is not told."""
    value = outputs.get(steps[0])
    for step in steps[1:]:
        match value:
            case Known(value=dict() as items):
                value = items.get(step)
            case Known(value=tuple() as items) if step.isdigit() and int(step) < len(items):
                value = items[int(step)]
            case Unknown(of=Identity() as of):
                value = replace(value, of=replace(of, attribute=f"{of.attribute}.{step}".removeprefix(".")))
            case _:
                return None
    return None if isinstance(value, Unknown) and value.of is None else value
