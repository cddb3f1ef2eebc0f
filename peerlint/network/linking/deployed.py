"""Templates of the run that a root of the run deploys, joined by their parameters and outputs.

A template that one resource deploys has the arguments and the place that this resource gives it. It is read by itself,
so that only a parameter that has no value by itself can be given one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from peerlint.network.linking.places import may_be_one, unified
from peerlint.network.linking.substitution import Substitution, substituted
from peerlint.network.model import Deployed, Fragment, Gap, Kind, Signature
from peerlint.network.values import Identity, Written
from peerlint.records import replace


def with_deployed(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The fragments, in which deployed templates are joined with what deploys them; one that is not is a gap."""
    stacks = [deployed for fragment in fragments for deployed in fragment.deploys]
    if not stacks:
        return list(fragments)
    pairs = list(_pairs(fragments, stacks))
    joined = {deployed.of for deployed, _ in pairs}
    opened = [replace(f, gaps=(*f.gaps, *(_gap(d) for d in f.deploys if d.of not in joined))) for f in fragments]
    values = _values(pairs)
    return [substituted(fragment, values) for fragment in opened] if values else opened


def _pairs(fragments: Sequence[Fragment], stacks: Sequence[Deployed]) -> Iterator[tuple[Deployed, Signature]]:
    """The stacks whose template is in the run, and is deployed once."""
    templates: dict[str, list[Signature]] = defaultdict(list)
    for signature in (f.signature for f in fragments if f.signature is not None):
        templates[signature.file].append(signature)
    times = Counter(deployed.template for deployed in stacks)
    for deployed in stacks:
        found = templates.get(deployed.template or "", [])
        if len(found) == 1 and times[deployed.template] == 1 and _takes(found[0], deployed):
            yield deployed, found[0]


def _takes(signature: Signature, deployed: Deployed) -> bool:
    """Whether a template, as it was read, is what is deployed."""
    if deployed.origin.presence.doubt is not None or deployed.origin.presence.many:
        return False
    given, taken = ({name for name, _ in each} for each in (deployed.arguments, signature.parameters))
    return given <= taken and may_be_one(signature.place, deployed.place)


def _values(pairs: Sequence[tuple[Deployed, Signature]]) -> Substitution:
    values: dict[Identity, Written[object]] = {}
    for deployed, signature in pairs:
        taken = dict(signature.parameters)
        values.update({taken[name]: value for name, value in deployed.arguments})
        of = deployed.of
        values.update({replace(of, attribute=f'outputs["{name}"]'): value for name, value in signature.outputs})
    return {**values, **unified((signature.place, deployed.place) for deployed, signature in pairs)}


def _gap(deployed: Deployed) -> Gap:
    reason = f"the template of the stack `{deployed.origin.address}` was not read as it is deployed"
    kinds, touched = frozenset({Kind.ANY}), frozenset(deployed.touches)
    return Gap(deployed.origin.stack, kinds, reason, deployed.origin.span, touched)
