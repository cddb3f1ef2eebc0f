"""What a root makes, as plain data without places: two roots that make the same network compare equal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from peerlint.network.model import Fragment, Origin, Presence
from peerlint.network.values import Identity, Known, Span, Unknown
from peerlint.records import field_names, is_record
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.values import TfSet

if TYPE_CHECKING:
    pass

Plain: TypeAlias = "tuple[Plain, ...] | str"

AS_WRITTEN = re.compile(r"`[^`]*`(?= is not evaluated)|`local\.[^`]*`")
"""An expression of the module in a reason: a summary may write it in another way."""


def entities(fragment: Fragment) -> list[Plain]:
    """Every entity of a fragment, sorted."""
    return sorted((plain(entity, fragment.stack) for entity in fragment.entities), key=repr)


def others(fragment: Fragment) -> list[Plain]:
    """What a fragment says beside its entities: gaps and problems."""
    gaps: list[Plain] = [("gap", plain(gap.kinds, fragment.stack), gap.reason) for gap in fragment.gaps]
    problems: list[Plain] = [("problem", p.kind.value, p.message, p.address) for p in fragment.problems]
    return sorted([*gaps, *problems], key=repr)


def plain(thing: object, stack: str) -> Plain:
    """A value of the model, or of Terraform, as tuples and strings."""
    match thing:
        case Known(value=value):
            return ("known", plain(value, stack))
        case Unknown(why=why, of=of):
            return ("unknown", why.name, plain(of, stack))
        case Identity():
            address = thing.address.replace(stack, "STACK")
            return ("identity", address, thing.attribute, str(thing.many), str(thing.computed))
        case Origin():
            return ("origin", thing.address, plain(thing.presence, stack))
        case Presence():
            return ("presence", _doubt(thing), str(thing.many), *sorted(_guards(thing, stack)))
        case ResourceObject():
            return ("resource", plain(thing.attribute("id"), stack))
        case TfSet(items=items):
            return ("set", *sorted((plain(item, stack) for item in items), key=repr))
        case frozenset() | set():
            return ("set", *sorted((plain(item, stack) for item in thing), key=repr))
        case Mapping():
            return ("object", *((str(key), plain(value, stack)) for key, value in sorted(thing.items())))
        case tuple() | list():
            return ("list", *(plain(item, stack) for item in thing))
        case _ if is_record(thing):
            return (type(thing).__name__, *_fields(thing, stack))
        case _:
            return repr(thing).replace(stack, "STACK")


def _fields(thing: object, stack: str) -> Iterator[Plain]:
    for name in field_names(thing):
        value: object = getattr(thing, name)
        if not isinstance(value, Span):
            yield (name, plain(value, stack))


def _doubt(presence: Presence) -> str:
    """Why something may not be there; of several conditions, either side may name another one first."""
    reason = AS_WRITTEN.sub("an expression", presence.doubt or "")
    return "one of the conditions is undecided" if reason and len(presence.guards) > 1 else reason


def _guards(presence: Presence, stack: str) -> Iterator[Plain]:
    """The conditions; those that have no identity but their text in the module are only told apart by their answer."""
    for name, answer in presence.guards:
        identified = name.startswith(f"{stack}:")
        yield ("guard", name.replace(stack, "STACK") if identified else "a condition of the module", str(answer))
