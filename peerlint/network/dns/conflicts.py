"""Resources that set the DNS option of the same side of a peering.

The blocks of a connection, or of its accepter, and ``aws_vpc_peering_connection_options`` overwrite each other
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_options).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.dns.options import Setter
from peerlint.network.dns.sides import is_wrong_side, presence_of, written_options, wrong_side
from peerlint.network.handles import handle
from peerlint.network.model import DnsOption, Peering, PeeringOptions
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, self_peered
from peerlint.network.presence import uncertain
from peerlint.network.values import Truth, all_of, unless


class Conflict(Struct, frozen=True):
    """Two resources that set the same side, or (``truth`` undecided) may do so. ``kept`` is that which should stay."""

    peering: Peering
    source: Setter
    option: DnsOption
    kept: Setter
    kept_option: DnsOption
    truth: Truth


def conflicts(network: Network, peering: Peering) -> Iterator[Conflict]:
    """Each resource that sets a side which another one sets, with the first such side.

    What a resource cannot set is another rule's matter, and so is all of a second connection for the same pair.
    """
    if self_peered(network, peering) is True:
        return
    sources = sorted(
        (source for source in network.peerings.dns_sources(peering) if _is_own(peering, source)),
        key=lambda source: (not isinstance(source, PeeringOptions), source.origin.span, source.origin.address),
    )
    for number, source in enumerate(sources):
        found = [conflict for kept in sources[:number] for conflict in _between(network, peering, source, kept)]
        yield from sorted(found, key=lambda conflict: conflict.truth is not True)[:1]


def _is_own(peering: Peering, source: Setter) -> bool:
    """Whether a resource names this connection, and not a repetition of it."""
    id = source.id if isinstance(source, Peering) else source.peering
    return handle(id) == handle(peering.id)


def _between(network: Network, peering: Peering, source: Setter, kept: Setter) -> Iterator[Conflict]:
    for option in _settable(network, peering, source):
        for other in _settable(network, peering, kept):
            one, two = presence_of(source, option), presence_of(kept, other)
            if option.side is other.side and not one.excludes(two):
                given = peering.origin.presence
                doubts = uncertain(given), implied(one, given), implied(two, given)
                truth = all_of(unless(doubt) for doubt in doubts)
                yield Conflict(peering, source, option, kept, other, truth)


def _settable(network: Network, peering: Peering, source: Setter) -> Iterator[DnsOption]:
    found = wrong_side(network, peering, source) if is_wrong_side(network, peering, source) else None
    yield from (option for option in written_options(source) if found is None or option is not found.option)
