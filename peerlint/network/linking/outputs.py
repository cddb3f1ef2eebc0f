"""Outputs of roots that others read from their states (``terraform_remote_state``).

https://developer.hashicorp.com/terraform/language/state/remote-state-data
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from peerlint.network.linking.substitution import Substitution, substituted
from peerlint.network.model import Fragment
from peerlint.network.values import Identity, Written


def with_outputs(fragments: Sequence[Fragment]) -> Sequence[Fragment]:
    """The fragments, in which what is read from the state of another root is what that root puts there."""
    provided = _provided(fragments)
    return [substituted(fragment, provided) for fragment in fragments] if provided else fragments


def _provided(fragments: Sequence[Fragment]) -> Substitution:
    """What stacks provide to others. A name that two stacks provide with different values joins nothing."""
    values: dict[Identity, list[Written[object]]] = defaultdict(list)
    for fragment in fragments:
        for identity, value in fragment.provides.items():
            values[identity].append(value)
    return {identity: found[0] for identity, found in values.items() if all(value == found[0] for value in found)}
