"""Who is peered with whom: meshes, and hubs whose spokes are sent to each other.

A peering joins two VPCs and leads no further, so that what many VPCs have in common needs a connection for each pair
(https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/vpc-peering.html).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.handles import Handle, handle
from peerlint.network.model import Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import self_peered, vpcs
from peerlint.network.routing.strays import Defect, Stray, strays
from peerlint.network.values import Known, Maybe

Neighbours: TypeAlias = Mapping[Handle, Mapping[Handle, Peering]]
"""The VPCs by their ids, each with those that it is peered with and a connection to each."""


class Mesh(Struct, frozen=True):
    """VPCs of which each is peered with at least ``links`` of the others, by these connections.

    ``doubt`` says why it may be smaller than that.
    """

    vpcs: tuple[Vpc, ...]
    peerings: tuple[Peering, ...]
    links: int
    doubt: Maybe | None = None


class Hub(Struct, frozen=True):
    """A VPC with spokes, of which one at least sends to another through it; ``onward`` are such destinations."""

    vpc: Vpc
    spokes: tuple[Vpc, ...]
    peerings: tuple[Peering, ...]
    onward: tuple[Stray, ...]


def meshes(network: Network, size: int) -> Iterator[Mesh]:
    """The meshes of at least so many VPCs, each VPC of which is peered with at least ``size - 1`` others of it.

    VPCs that may be one, as two variables may, and connections that may not exist, make no mesh: they leave undecided
    whether there is one.
    """
    found = [*_meshes(network, _certain(network), size)]
    yield from found
    meshed = {handle(vpc.id) for mesh in found for vpc in mesh.vpcs}
    for mesh in _meshes(network, list(_joined(network)), size):
        if not meshed & {handle(vpc.id) for vpc in mesh.vpcs}:
            reason = next(reason for peering in mesh.peerings if (reason := _doubt(network, peering)) is not None)
            yield Mesh(mesh.vpcs, mesh.peerings, mesh.links, reason)


def _meshes(network: Network, joined: Iterable[Peering], size: int) -> Iterator[Mesh]:
    neighbours = core(_neighbours(network, joined), size - 1)
    for members in _components(neighbours):
        links = {peering.origin: peering for member in members for peering in neighbours[member].values()}
        peerings = sorted(links.values(), key=lambda peering: (peering.origin.span, peering.origin.address))
        found = {handle(vpc.id): vpc for peering in peerings for vpc in vpcs(network, peering)}
        ordered = sorted((found[member] for member in members), key=lambda vpc: vpc.origin.address)
        yield Mesh(tuple(ordered), tuple(peerings), min(len(neighbours[member]) for member in members))


def core(neighbours: Neighbours, least: int) -> Neighbours:
    """The largest part of a graph in which each node has at least so many neighbours: its k-core
    (Seidman, Network structure and minimum degree, 1983). Linear in the number of links.
    """
    degrees = {node: len(others) for node, others in neighbours.items()}
    poor = [node for node, degree in degrees.items() if degree < least]
    gone = set(poor)
    while poor:
        for other in neighbours[poor.pop()]:
            degrees[other] -= 1
            if degrees[other] < least and other not in gone:
                gone.add(other)
                poor.append(other)
    return {
        node: {other: peering for other, peering in others.items() if other not in gone}
        for node, others in neighbours.items()
        if node not in gone
    }


def _components(neighbours: Neighbours) -> Iterator[frozenset[Handle]]:
    """The connected parts of a graph."""
    seen: set[Handle] = set()
    for start in neighbours:
        if start in seen:
            continue
        members, waiting = {start}, [start]
        while waiting:
            more = neighbours[waiting.pop()].keys() - members
            members |= more
            waiting += more
        seen |= members
        yield frozenset(members)


def _joined(network: Network) -> Iterator[Peering]:
    """The connections that join two VPCs which can be told apart."""
    for peering in network.peerings.judged:
        ends = [handle(vpc.id) for vpc in vpcs(network, peering)]
        if None not in ends and ends[0] != ends[1] and self_peered(network, peering) is not True:
            yield peering


def _certain(network: Network) -> list[Peering]:
    return [peering for peering in _joined(network) if _doubt(network, peering) is None]


def _doubt(network: Network, peering: Peering) -> Maybe | None:
    """Why a connection may not exist, or may join the same VPCs as another one."""
    if peering.origin.presence.doubt is not None:
        return Maybe(peering.origin.presence.doubt)
    for vpc in vpcs(network, peering):
        if vpc.outside and not isinstance(vpc.id, Known) and vpc.owner is None:
            return Maybe(f"{vpc.origin.name} may be another of these VPCs: {vpc.id.reason}")
    return None


def _neighbours(network: Network, joined: Iterable[Peering]) -> Neighbours:
    found: dict[Handle, dict[Handle, Peering]] = defaultdict(dict)
    for peering in joined:
        one, other = (handle(vpc.id) for vpc in vpcs(network, peering))
        if one is not None and other is not None:
            found[one].setdefault(other, peering)
            found[other].setdefault(one, peering)
    return found


def hubs(network: Network, size: int) -> Iterator[Hub]:
    """The VPCs with at least so many spokes, of which one certainly sends to another through the hub."""
    joined = _certain(network)
    neighbours = _neighbours(network, joined)
    large = {hub: spokes for hub, spokes in neighbours.items() if len(spokes) >= size}
    onward = _onward(network, joined, large) if large else {}
    for hub, strays_of_hub in onward.items():
        links = large[hub].values()
        found = {key: vpc for peering in links for vpc in vpcs(network, peering) if (key := handle(vpc.id)) is not None}
        ordered = sorted((found[spoke] for spoke in large[hub]), key=lambda vpc: vpc.origin.address)
        yield Hub(found[hub], tuple(ordered), tuple(links), tuple(strays_of_hub))


def _onward(network: Network, joined: Iterable[Peering], hubs: Neighbours) -> Mapping[Handle, list[Stray]]:
    """The destinations that spokes of hubs send through them to other spokes, by the hub."""
    found: dict[Handle, list[Stray]] = defaultdict(list)
    for peering in joined:
        if not any(handle(vpc.id) in hubs for vpc in vpcs(network, peering)):
            continue
        for item in strays(network, peering):
            if isinstance(item, Stray) and item.defect is Defect.TRANSITIVE and item.far and item.third:
                hub, spoke = handle(item.far.id), handle(item.third.id)
                if hub is not None and spoke in hubs.get(hub, {}):
                    found[hub].append(item)
    return found
