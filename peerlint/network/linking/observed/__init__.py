"""What an inventory shows, joined with the code that names it.

An inventory holds what exists. The VPC that code declares may be one of those, already deployed: nothing but its id
tells that, so a declared VPC and one that an inventory shows are joined by a known id only (one of a plan or state).
A look-up is joined with the one VPC of the inventory that it can find.
"""

from __future__ import annotations

from collections.abc import Sequence

from peerlint.network.linking.observed.lookups import findings
from peerlint.network.linking.observed.naming import naming
from peerlint.network.linking.observed.things import Observed
from peerlint.network.linking.substitution import substituted
from peerlint.network.model import Fragment, Language
from peerlint.records import replace


def with_observed(fragments: Sequence[Fragment]) -> Sequence[Fragment]:
    """The fragments of code, with what an inventory tells of the things that they name, and then the inventory's."""
    shown = [fragment for fragment in fragments if fragment.language is Language.INVENTORY]
    if not shown:
        return fragments
    observed = Observed(shown)
    code = [fragment for fragment in fragments if fragment.language is not Language.INVENTORY]
    code = [substituted(f, found) if (found := findings(f, code, observed)) else f for f in code]
    code = [replace(f, entities=tuple(observed.told(entity) for entity in f.entities)) for f in code]
    return [*naming(code, observed), *shown]
