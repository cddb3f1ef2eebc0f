"""What an inventory shows, joined with the code that names it.

An inventory holds what exists. The VPC that code declares may be one of those, already deployed: nothing but its id
tells that, so a declared VPC and one that an inventory shows are joined by a known id only (one of a plan or state).
A look-up is joined with the one VPC of the inventory that it can find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from peerlint.network.model import Fragment, Language
from peerlint.network.observed.lookups import findings
from peerlint.network.observed.naming import naming
from peerlint.network.observed.things import Observed
from peerlint.network.values import Identity, Written

Substitute: TypeAlias = Callable[[Fragment, Mapping[Identity, Written[object]]], Fragment]


def with_observed(fragments: Sequence[Fragment], substitute: Substitute) -> Sequence[Fragment]:
    """The fragments of code, with what an inventory tells of the things that they name, and then the inventory's.

    ``substitute`` puts values in the place of identities.
    """
    shown = [fragment for fragment in fragments if fragment.language is Language.INVENTORY]
    if not shown:
        return fragments
    observed = Observed(shown)
    code = [fragment for fragment in fragments if fragment.language is not Language.INVENTORY]
    code = [substitute(f, found) if (found := findings(f, code, observed)) else f for f in code]
    code = [replace(f, entities=tuple(observed.told(entity) for entity in f.entities)) for f in code]
    return [*naming(code, observed), *shown]
