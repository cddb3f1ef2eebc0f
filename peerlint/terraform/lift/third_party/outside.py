"""The VPC of another service, its routes, and its peerings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.handles import handle
from peerlint.network.model import (
    Block,
    BlockKind,
    CidrDestination,
    Entity,
    Peering,
    Place,
    Route,
    RouteTable,
    Target,
    TargetKind,
    Vpc,
)
from peerlint.network.values import Known, Unknown, Value, Why, Written
from peerlint.terraform.lift.reader import Reader


def is_on_aws(reader: Reader, argument: str) -> bool:
    """Whether the cloud that an argument names is AWS, or not told."""
    cloud = reader.text(argument)
    return not isinstance(cloud, Known) or cloud.value.upper() == "AWS"


def named(reader: Reader, argument: str) -> Written[str]:
    """The id that an argument gives, or the argument's own identity where the id has none."""
    id = reader.text(argument)
    return id if id is not None and handle(id) is not None else reader.identity(argument)


def place_of(reader: Reader, region: Value[str] = None, account: Value[str] = None) -> Place:
    """The Region and account that a resource states; unknown where it states none."""
    nothing = Unknown(Why.LOOKUP, reader.instance.address, reader.span)
    return Place(region or nothing, account or nothing)


def block_of(reader: Reader, argument: str) -> Iterator[Block]:
    """The block that an argument states."""
    cidr = reader.cidr(argument)
    if cidr is not None:
        yield Block(cidr, 4, BlockKind.PRIMARY, reader.at(argument))


def vpc(reader: Reader, id: Written[str], blocks: Iterable[Block], place: Place, owner: str) -> Vpc:
    """The VPC of a service."""
    nothing = Unknown(Why.LOOKUP, reader.instance.address, reader.span)
    return Vpc(reader.origin, id, tuple(blocks), nothing, nothing, place, outside=True, owner=owner)


class Request(Struct, frozen=True):
    """A request that a service makes to a VPC in AWS: from its VPC, under an id, with the peer's place where stated."""

    id: Written[str]
    vpc: Written[str]
    peer_vpc: Written[str]
    owner: str
    peer_owner: Value[str] = None
    peer_region: Value[str] = None

    def peering(self, reader: Reader) -> Peering:
        """The peering that it makes."""
        return Peering(
            reader.origin,
            self.id,
            self.vpc,
            self.peer_vpc,
            place_of(reader),
            peer_owner=self.peer_owner,
            peer_region=self.peer_region,
            third_party=self.owner,
        )

    def routes(self, reader: Reader, argument: str, cidrs: Iterable[Written[Cidr]]) -> Iterator[Entity]:
        """The service's routes to the blocks of the peer that it is told. It may have others."""
        table = reader.identity("routes")
        yield RouteTable(reader.origin, table, self.vpc, place_of(reader), is_default=True, outside=True)
        target = Target(TargetKind.PEERING, self.id, argument)
        for cidr in cidrs:
            version = cidr.value.version if isinstance(cidr, Known) else 4
            yield Route(reader.origin, table, CidrDestination(cidr, version), target, place_of(reader))
