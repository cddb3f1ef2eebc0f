"""Questions about a peering's two ends as a pair, and which of a peering's rules speak before which."""

from __future__ import annotations

from peerlint.network.blocks import Overlap, overlap
from peerlint.network.model import Accepter, Language, Origin, Peering, Presence, Vpc
from peerlint.network.network import Network, uncertain
from peerlint.network.values import Known, Maybe, Span, Truth, Value, all_of, any_of, negate, same


def vpcs(network: Network, peering: Peering) -> tuple[Vpc, Vpc]:
    """The requester's VPC and the accepter's."""
    requester, accepter = network.ends(peering)
    return requester.vpc, accepter.vpc


def addresses(network: Network, peering: Peering) -> tuple[str, ...]:
    """What a finding about a whole peering concerns: it, its requester and its accepter."""
    return (peering.origin.address, *(vpc.origin.address for vpc in vpcs(network, peering)))


def self_peered(network: Network, peering: Peering) -> Truth:
    """Whether both ends are one VPC."""
    requester, accepter = network.ends(peering)
    if peering.third_party is not None or negate(same_place(network, peering)) is True:
        return False
    return network.same_vpc(requester.vpc, accepter.vpc)


def same_place(network: Network, peering: Peering) -> Truth:
    """Whether both ends are in one account and one Region."""
    requester, accepter = (end.place for end in network.ends(peering))
    return all_of((network.same_region(requester, accepter), network.same_account(requester, accepter)))


def overlapping(network: Network, peering: Peering) -> Overlap:
    """Which blocks of the two ends overlap; none for a VPC peered with itself."""
    if self_peered(network, peering) is True:
        return Overlap((), None)
    return overlap(network, *vpcs(network, peering))


def unroutable(network: Network, peering: Peering) -> bool:
    """Whether the connection certainly fails, so that no rule about routes has anything to say of it."""
    return self_peered(network, peering) is True or overlapping(network, peering).truth is True


def implied(presence: Presence, given: Presence) -> Maybe | None:
    """The doubt about a resource where another one exists: none where it stands under conditions of that one only."""
    if presence.guards and presence.guards <= given.guards and not presence.many:
        return None
    return uncertain(presence)


def accepted(network: Network, peering: Peering) -> Truth:
    """Whether something in the input accepts the request: ``auto_accept``, or an accepter with it.

    An accepter of a connection that is not told may be this one's.
    """
    own = network.accepters(peering)
    strays = (a for a in network.stray_accepters if a not in own.items)
    return any_of(
        (
            is_true(peering.auto_accept),
            *(_accepts(peering, accepter) for accepter in own),
            *(all_of((same(a.peering, peering.id), _accepts(peering, a))) for a in strays),
            *own.open,
        )
    )


def _accepts(peering: Peering, accepter: Accepter) -> Truth:
    doubt = implied(accepter.origin.presence, peering.origin.presence)
    return all_of((is_true(accepter.auto_accept), True if doubt is None else doubt))


def is_true(value: Value[bool]) -> Truth:
    """Whether an argument that is false by default is true."""
    if value is None:
        return False
    return value.value if isinstance(value, Known) else Maybe(value.reason)


def is_cloudformation(peering: Peering) -> bool:
    """Whether it is written in CloudFormation, which accepts a same-account request by itself."""
    return peering.origin.language is Language.CLOUDFORMATION


def written_at(origin: Origin, *arguments: str) -> Span:
    """The place of the first of these arguments (Terraform's name or CloudFormation's) that is written, or the header."""
    return next((origin.arguments[name] for name in arguments if name in origin.arguments), origin.span)
