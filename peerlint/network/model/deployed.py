"""Templates that other code deploys as stacks, and what a template takes and gives."""

from __future__ import annotations

from msgspec import Struct

from peerlint.network.model.origin import Origin, Place
from peerlint.network.values import Identity, Written


class Deployed(Struct, frozen=True):
    """A stack that a root deploys: its template with ``arguments``, in a place.

    ``of`` is the identity of the resource, of which the outputs are attributes. ``template`` is the template's file,
    ``None`` where that is not told, or not which arguments it gets. ``touches`` are the ids that it is given.
    """

    of: Identity
    origin: Origin
    place: Place
    template: str | None
    arguments: tuple[tuple[str, Written[str]], ...]
    touches: tuple[Written[str], ...]


class Signature(Struct, frozen=True):
    """What a template takes and gives: its parameters that have no value, by name, and its outputs."""

    file: str
    place: Place
    parameters: tuple[tuple[str, Identity], ...]
    outputs: tuple[tuple[str, Written[object]], ...]
