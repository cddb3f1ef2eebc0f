"""DNS options that are set before the connection is active, which fails.

The provider sets those of a connection's own blocks as it requests it, and refuses to where the connection is not
active then ("Please set the `auto_accept` attribute to `true` or activate the EC2 VPC Peering Connection manually");
the API takes those of ``aws_vpc_peering_connection_options`` for active connections only
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_options,
https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.dns.sides import is_wrong_side
from peerlint.network.model import DnsOption, Origin, Peering, PeeringOptions
from peerlint.network.network import Network
from peerlint.network.order.ordering import acceptance, waits_until_accepted
from peerlint.network.peerings.acceptance import Verdict, verdict
from peerlint.network.peerings.pairs import is_true
from peerlint.network.presence import uncertain
from peerlint.network.values import Known, Maybe, Truth, all_of, first_doubt, negate, unless


class Early(Struct, frozen=True):
    """An option that a resource (``setter``) sets, or may set, before its connection is active.

    ``accepting`` is what accepts the request, where that is told.
    """

    peering: Peering
    setter: Origin
    option: DnsOption
    accepting: tuple[Origin, ...]
    truth: Truth


def early(network: Network) -> Iterator[Early]:
    """The first option of each connection, and of each ``_options``, that is set too early, told once for all the
    instances of a resource.

    Where nothing accepts the request, or the options are of a side that the resource cannot set, that is the defect.
    """
    told: set[tuple[str, str, bool]] = set()
    for found in _early(network):
        key = (found.setter.stack, found.setter.resource, found.truth is True)
        if found.truth is not False and key not in told:
            told.add(key)
            yield found


def _early(network: Network) -> Iterator[Early]:
    for peering in network.peerings.declared:
        if peering.service_accepts or peering.accepted or peering.third_party is not None:
            continue
        found = _inline(network, peering)
        if found is not None:
            yield found
    for options in network.declared(PeeringOptions):
        late = _apart(network, options)
        if late is not None:
            yield late


def _inline(network: Network, peering: Peering) -> Early | None:
    """The options in the connection's own blocks, which are set with the request: before any accepter can adopt it."""
    option = _first(peering.origin, peering.dns)
    by_itself = is_true(peering.auto_accept)
    adopters = tuple(a.origin for a in network.peerings.accepters(peering) if is_true(a.auto_accept) is True)
    if option is None or by_itself is True or is_wrong_side(network, peering, peering):
        return None
    match verdict(network, peering):
        case Maybe() as doubt:
            answer: Truth = doubt
        case Verdict.ACCEPTED if adopters:
            answer = negate(by_itself)
        case _:
            return None
    given = unless(first_doubt(uncertain(peering.origin.presence), _doubt(option)))
    return Early(peering, peering.origin, option, adopters, all_of((answer, given)))


def _apart(network: Network, options: PeeringOptions) -> Early | None:
    """The options of a resource of its own, which has to wait for what accepts the request."""
    peering, option = network.peerings.by_id(options.peering), _first(options.origin, options.dns)
    if peering is None or option is None or peering.outside or peering.accepted or peering.service_accepts:
        return None
    if is_wrong_side(network, peering, options):
        return None
    accepting = acceptance(network, peering)
    if verdict(network, peering) is not Verdict.ACCEPTED or peering.origin in accepting or not accepting:
        return None
    if options.origin.stack != peering.origin.stack or options.origin.presence.excludes(peering.origin.presence):
        return None
    waits = waits_until_accepted(network, options.origin, peering)
    doubt = first_doubt(uncertain(options.origin.presence), uncertain(peering.origin.presence), _doubt(option))
    return Early(peering, options.origin, option, accepting, all_of((negate(waits), unless(doubt))))


def _first(origin: Origin, options: tuple[DnsOption, ...]) -> DnsOption | None:
    """The first option that is written; what ``ignore_changes`` leaves to others is not."""
    written = [o for o in options if o.written]
    return min(written, key=lambda option: option.at, default=None)


def _doubt(option: DnsOption) -> Maybe | None:
    return None if isinstance(option.value, Known) else Maybe(option.value.reason)
