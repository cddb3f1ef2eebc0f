"""Fragments of many stacks → one network.

What one stack looks up in another is replaced by what the other one declares, one way after the other. Only exact and
unambiguous matches join; what is likely says what would tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from peerlint.network.linking.configured import with_configured
from peerlint.network.linking.deployed import with_deployed
from peerlint.network.linking.lookups import with_found
from peerlint.network.linking.observed import with_observed
from peerlint.network.linking.outputs import with_outputs
from peerlint.network.linking.states import with_states
from peerlint.network.linking.stores import with_stored
from peerlint.network.model import Fragment
from peerlint.network.network import Network
from peerlint.network.outside import OutsideVpc
from peerlint.network.settings import Settings


def link(
    fragments: Sequence[Fragment], outside: Sequence[OutsideVpc] = (), settings: Settings | None = None
) -> Network:
    """The network that the fragments and the configuration's outside VPCs describe together."""
    joined = with_states(fragments)
    joined = with_outputs(joined)
    joined = with_deployed(joined)
    joined = with_stored(joined)
    joined = with_found(joined)
    joined = with_configured(joined, outside)
    joined = with_observed(joined)
    return Network(joined, settings or Settings())
