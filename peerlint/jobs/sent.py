"""What a helping process sends: as bytes, and the same again where it came from.

A value finds its way from its origin only when it is asked; what is sent has found it.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping, Sequence
from functools import partial
from types import FunctionType, MappingProxyType, MethodType
from typing import Any

from msgspec import Struct

from peerlint.filesystem import Sight
from peerlint.jobs.job import Outcome
from peerlint.network.model import Fragment, Language
from peerlint.network.order.as_data import with_drawn_order
from peerlint.network.values import Step
from peerlint.records import replace
from peerlint.terraform.packed import Packed


class Sent(Struct, frozen=True):
    """The outcome of a job, what was seen of the file system for it, and the syntax trees that were made."""

    outcome: Outcome
    sights: Sequence[tuple[Sight, str]]
    trees: Mapping[str, Packed]


class _Told(Struct, frozen=True):
    """The way of a value that has been found."""

    steps: tuple[Step, ...]

    def __call__(self) -> tuple[Step, ...]:
        return self.steps


def _read_only(items: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(items)


class _Pickler(pickle.Pickler):
    def reducer_override(self, thing: Any) -> Any:
        """Ways of values as what they find, read-only mappings as what they hold."""
        match thing:
            case MethodType() | partial():
                return _Told, (thing(),)
            case FunctionType() if "<locals>" in thing.__qualname__:
                return _Told, (thing(),)
            case MappingProxyType():
                return _read_only, (dict(thing),)
        return NotImplemented


def pack(sent: Sent) -> bytes:
    """The bytes of what is sent; none where there are no bytes for it."""
    written = io.BytesIO()
    try:
        outcome = list(map(_ordered, sent.outcome)) if isinstance(sent.outcome, list) else sent.outcome
        _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(replace(sent, outcome=outcome))
    except Exception:  # whatever it is, the process that asked reads the stack itself
        return b""
    return written.getvalue()


def _ordered(fragment: Fragment) -> Fragment:
    """The order of a template is drawn: that of a root is built anew where it is sent."""
    return with_drawn_order(fragment) if fragment.language is Language.CLOUDFORMATION else fragment


def unpack(content: bytes) -> Sent | None:
    """What was sent, by a process of this run; ``None`` where nothing was."""
    if not content:
        return None
    sent: Sent = pickle.loads(content)
    return sent
