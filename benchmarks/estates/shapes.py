"""The shapes of generated estates: what is peered, routed and admitted, and what of it is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]
"""The numbers of a requester and an accepter."""

DEGREE = 8
"""With how many others a VPC of a partial mesh is peered, about."""


class Wrong(Enum):
    """What is wrong with a connection."""

    SILENT = "no table of the accepter has a route back"
    PENDING = "nothing accepts the request"
    OUTSIDE = "a route leads over it to what the peer has not"
    PARTIAL = "the accepter's last table has no route back"
    NAMES = "the accepter's side does not resolve names"
    WIDE = "the accepter's group admits every port from more than its peers"


@dataclass(frozen=True, slots=True)
class Scale:
    """What each VPC of an estate has.

    Every table has ``routes``: one for each connection, one to a NAT gateway, and ones by a transit gateway up to that
    number. Every group has ``rules`` for ingress. Every ``wrong``-th connection is wrong, none with 0. Without ``told``
    the blocks of VPCs are allocated from a pool at deployment.
    """

    routes: int = 500
    rules: int = 60
    tables: int = 2
    subnets: int = 4
    wrong: int = 0
    told: bool = True


@dataclass(frozen=True, slots=True)
class Connection:
    """A peering connection of an estate, by the numbers of its VPCs."""

    requester: int
    accepter: int
    wrong: Wrong | None = None

    @property
    def name(self) -> str:
        """The name of its resource."""
        return f"p{self.requester}_{self.accepter}"

    def far(self, near: int) -> int:
        """The VPC at the other end."""
        return self.accepter if near == self.requester else self.requester


@dataclass(frozen=True)
class Estate:
    """VPCs by number, and the connections that join them. With ``apart`` each VPC is a stack of its own."""

    size: int
    connections: tuple[Connection, ...]
    scale: Scale
    apart: bool = False
    of: Mapping[int, Sequence[Connection]] = field(init=False)

    def __post_init__(self) -> None:
        """Index the connections by their VPCs."""
        found: dict[int, list[Connection]] = defaultdict(list)
        for connection in self.connections:
            found[connection.requester].append(connection)
            found[connection.accepter].append(connection)
        object.__setattr__(self, "of", found)


def mesh(size: int) -> Iterator[Pair]:
    """Each VPC with each other."""
    yield from ((one, other) for one in range(size) for other in range(one + 1, size))


def partial(size: int) -> Iterator[Pair]:
    """Each VPC with about DEGREE others."""
    random = Random(size)
    pairs = {tuple(sorted(random.sample(range(size), 2))) for _ in range(size * DEGREE // 2)}
    yield from sorted((one, other) for one, other in pairs)


def hub(size: int) -> Iterator[Pair]:
    """The first VPC with each other."""
    yield from ((0, spoke) for spoke in range(1, size + 1))


def chain(size: int) -> Iterator[Pair]:
    """Each VPC with the next."""
    yield from ((one, one + 1) for one in range(size - 1))


def flat(size: int) -> Iterator[Pair]:
    """No connections."""
    yield from ()


SHAPES: Mapping[str, Callable[[int], Iterator[Pair]]] = {
    "mesh": mesh,
    "partial": partial,
    "hub": hub,
    "chain": chain,
    "flat": flat,
}


def estate(shape: str, size: int, scale: Scale = Scale()) -> Estate:
    """The estate of a shape with so many VPCs; raises KeyError for a shape that there is not."""
    connections = tuple(_connections(SHAPES[shape](size), scale.wrong))
    return Estate(size + (shape == "hub"), connections, scale, apart=shape == "flat")


def _connections(pairs: Iterable[Pair], wrong: int) -> Iterator[Connection]:
    kinds = list(Wrong)
    for number, (one, other) in enumerate(pairs):
        fault = kinds[number // wrong % len(kinds)] if wrong and number % wrong == 0 else None
        yield Connection(one, other, fault)


def block(vpc: int) -> str:
    """The block of a VPC, of which 10.0.0.0/8 has 4096."""
    return f"10.{vpc >> 4 & 255}.{(vpc & 15) << 4}.0/20"


def subnet_block(vpc: int, subnet: int) -> str:
    """The block of a subnet, of which a VPC has 16."""
    return f"10.{vpc >> 4 & 255}.{((vpc & 15) << 4) + subnet}.0/24"


def premises(number: int) -> str:
    """A block on the premises, of which 172.16.0.0/12 has 4096."""
    return f"172.{16 + (number >> 8 & 15)}.{number & 255}.0/24"


def nowhere(connection: Connection) -> str:
    """A block that no VPC has, for what is routed over a connection in vain."""
    return f"198.{18 + (connection.accepter >> 8 & 1)}.{connection.accepter & 255}.0/24"


def routed(estate: Estate, vpc: int, table: int) -> Iterator[Connection]:
    """The connections that a table of a VPC has a route to the peer for."""
    for connection in estate.of.get(vpc, ()):
        accepts = connection.accepter == vpc
        silent = accepts and connection.wrong is Wrong.SILENT
        partial = accepts and connection.wrong is Wrong.PARTIAL and 0 < table == estate.scale.tables - 1
        if not silent and not partial:
            yield connection


@dataclass(frozen=True, slots=True)
class Source:
    """An ingress rule of a group: a port from a subnet of a peer, or from the group of one."""

    connection: Connection | None
    peer: int
    port: int
    by_group: bool


def admitted(estate: Estate, vpc: int) -> Iterator[Source]:
    """The ingress rules of the group of a VPC, half of them by address and half by group; without peers from itself."""
    connections = estate.of.get(vpc, ())
    for number in range(estate.scale.rules - 1):
        port = 8000 + number // max(len(connections), 1)
        if connections:
            connection = connections[number % len(connections)]
            yield Source(connection, connection.far(vpc), port, by_group=number % 2 == 1)
        else:
            yield Source(None, vpc, 8000 + number, by_group=False)
