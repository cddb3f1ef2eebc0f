"""Questions about a peering's two ends as a pair, and which of a peering's rules speak before which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from peerlint.network.blocks import Overlap, overlap
from peerlint.network.handles import VPC_ID, handle
from peerlint.network.model import Accepter, Language, Origin, Peering, Presence, Vpc
from peerlint.network.network import Network
from peerlint.network.places import accepter_place, same_account, same_region
from peerlint.network.presence import uncertain
from peerlint.network.remembered import remembered
from peerlint.network.values import Known, Maybe, Span, Truth, Unknown, Value, all_of, any_of, same, unless


def vpcs(network: Network, peering: Peering) -> tuple[Vpc, Vpc]:
    """The requester's VPC and the accepter's."""
    requester, accepter = network.peerings.ends(peering)
    return requester.vpc, accepter.vpc


def stated_at(network: Network, peering: Peering) -> Span:
    """The request; for a network of a third party, the block by which this code takes part in the connection."""
    adopters = network.peerings.accepters(peering).items
    return adopters[0].origin.span if adopters and peering.third_party is not None else peering.origin.span


def addresses(network: Network, peering: Peering) -> tuple[str, ...]:
    """What a finding about a whole peering concerns: it, its requester and its accepter."""
    return (peering.origin.address, *(vpc.origin.address for vpc in vpcs(network, peering)))


@remembered
def self_peered(network: Network, peering: Peering) -> Truth:
    """Whether both ends are one VPC. Two placeholders that are alike (``vpc-xxxxxxx``) tell nothing."""
    requester, accepter = vpcs(network, peering)
    if peering.third_party is None and isinstance(peering.vpc, Known) and peering.vpc == peering.peer_vpc:
        real = handle(peering.vpc) is not None and VPC_ID.fullmatch(peering.vpc.value) is not None
        return real or Maybe(f"`{peering.vpc.value}` is not the id of a VPC")
    named = accepter_place(peering)
    stated = (same_region(peering.place, named), same_account(peering.place, named))
    if peering.third_party is not None or False in stated or same_place(network, peering) is False:
        return False
    answer = network.vpcs.same(requester, accepter)
    if isinstance(answer, Maybe):
        given = (vpc.id for vpc in (accepter, requester) if vpc.outside)
        return next((Maybe(id.reason) for id in given if isinstance(id, Unknown)), answer)
    return answer


@remembered
def same_place(network: Network, peering: Peering) -> Truth:
    """Whether both ends are in one account and one Region."""
    requester, accepter = (end.place for end in network.peerings.ends(peering))
    return all_of((same_region(requester, accepter), same_account(requester, accepter)))


@remembered
def overlapping(network: Network, peering: Peering) -> Overlap:
    """Which blocks of the two ends overlap; none for a VPC peered with itself."""
    requester, accepter = vpcs(network, peering)
    itself = self_peered(network, peering)
    if itself is True:
        return Overlap((), None)
    if requester is accepter:
        return Overlap((), itself if isinstance(itself, Maybe) else Maybe("one id is given for both VPCs"))
    return overlap(network, requester, accepter)


@remembered
def unroutable(network: Network, peering: Peering) -> bool:
    """Whether no rule about routes has anything to say: the connection fails, or its ends cannot be told apart."""
    requester, accepter = vpcs(network, peering)
    return requester is accepter or peering.vpc == peering.peer_vpc or overlapping(network, peering).truth is True


def implied(presence: Presence, given: Presence) -> Maybe | None:
    """The doubt about a resource where another one exists: none where it stands under conditions of that one only."""
    if presence.guards and presence.guards <= given.guards and not presence.many:
        return None
    return uncertain(presence)


@remembered
def accepted(network: Network, peering: Peering) -> Truth:
    """Whether something in the input accepts the request: ``auto_accept``, or an accepter with it.

    An accepter of a connection that is not told may be this one's. CloudFormation and the Cloud Control API accept by
    themselves within one account.
    """
    if peering.service_accepts:
        requester, accepter = (end.place for end in network.peerings.ends(peering))
        within = same_account(requester, accepter)
        if within is not False:
            return within
    own = network.peerings.accepters(peering)
    return any_of(
        chain(
            (is_true(each.auto_accept) for each in network.peerings.alike(peering)),
            (_accepts(peering, accepter) for accepter in own),
            _by_strays(network, peering, own.items),
            own.open,
        )
    )


def _by_strays(network: Network, peering: Peering, own: Sequence[Accepter]) -> Iterator[Truth]:
    """Whether accepters of connections that are not told accept a request.

    None certainly accepts one of which the id is not known, as its own accepters are not among them: the first that may
    tells all then.
    """
    strays = network.peerings.strays_that_may_adopt(peering)
    answers = (
        all_of((same(a.peering, peering.id), _accepts(peering, a))) for a in strays if all(a is not o for o in own)
    )
    if isinstance(peering.id, Known):
        yield from answers
    else:
        yield from islice((answer for answer in answers if answer is not False), 1)


def _accepts(peering: Peering, accepter: Accepter) -> Truth:
    doubt = implied(accepter.origin.presence, peering.origin.presence)
    return all_of((is_true(accepter.auto_accept), unless(doubt)))


def may_be_shared(vpc: Vpc) -> Maybe | None:
    """A look-up finds VPCs of other accounts as well, of which a subnet is shared
    (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html).
    """
    if not vpc.outside or vpc.shown is not None or vpc.complete:
        return None
    return Maybe(f"{vpc.origin.name} may be shared with the account that it is looked up in")


def is_true(value: Value[bool]) -> Truth:
    """Whether an argument that is false by default is true."""
    if value is None:
        return False
    return value.value if isinstance(value, Known) else Maybe(value.reason)


def is_cloudformation(peering: Peering) -> bool:
    """Whether it is written in CloudFormation, which has no property for the options of a connection."""
    return peering.origin.language is Language.CLOUDFORMATION


def written_at(origin: Origin, *arguments: str) -> Span:
    """The place of the first of these arguments, named as in either language, that is written; else the header."""
    return next((origin.arguments[name] for name in arguments if name in origin.arguments), origin.span)
