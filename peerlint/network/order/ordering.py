"""What waits until a peering is accepted: only then is it active, and only then do groups and DNS options work.

https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle
"""

from __future__ import annotations

from peerlint.network.model import Origin, Peering
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import is_true
from peerlint.network.values import Truth, any_of


def acceptance(network: Network, peering: Peering) -> tuple[Origin, ...]:
    """What accepts a request in the stack that makes it: the connection itself, or accepters of it."""
    itself = peering.service_accepts or is_true(peering.auto_accept) is True
    adopters = (a.origin for a in network.peerings.accepters(peering) if is_true(a.auto_accept) is True)
    own = (origin for origin in adopters if origin.stack == peering.origin.stack)
    return (*((peering.origin,) if itself else ()), *own)


def waits_until_accepted(network: Network, origin: Origin, peering: Peering) -> Truth:
    """Whether something is made only once a peering, which its stack accepts, is accepted."""
    return any_of(network.waits_for(origin, accepting) for accepting in acceptance(network, peering))
