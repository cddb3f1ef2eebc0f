"""Networks made by hand, in the words of their author: names for resources, text for blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.link import link
from peerlint.network.model import (
    Accepter,
    Block,
    BlockAssociation,
    BlockKind,
    CidrDestination,
    Entity,
    Fragment,
    Gap,
    Language,
    Origin,
    Peering,
    Place,
    PrefixListDestination,
    Presence,
    Route,
    RouteTable,
    Subnet,
    SubnetAssociation,
    Target,
    TargetKind,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.values import Identity, Known, Span, Unknown, Why, Written
from peerlint.rule import Finding, Rule, Undecided


def known_cidr(text: str) -> Known[Cidr]:
    """A block that is written."""
    cidr = parse_cidr(text)
    assert cidr is not None, text
    return Known(cidr)


def unknown(name: str, attribute: str = "", why: Why = Why.VARIABLE, *, stack: str = "root") -> Unknown:
    """A value that is the same wherever it has this name."""
    return Unknown(why, name, of=Identity(stack, name, attribute))


def cidr_value(text: str) -> Written[Cidr]:
    """A block, or the variable of this name: what has no slash is a name."""
    return known_cidr(text) if "/" in text else unknown(text)


MAYBE = Presence("it depends", frozenset({("condition", True)}))
NOT_MAYBE = Presence("it depends", frozenset({("condition", False)}))


@dataclass
class Estate:
    """A stack that is being written. Each resource stands on a line of its own."""

    stack: str = "root"
    language: Language = Language.TERRAFORM
    entities: list[Entity] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    _lines: count[int] = field(default_factory=lambda: count(1))

    @property
    def place(self) -> Place:
        """The one Region and account of the stack."""
        return Place(
            unknown("provider.aws", "region", stack=self.stack), unknown("provider.aws", "account", stack=self.stack)
        )

    def origin(self, address: str, presence: Presence | None = None) -> Origin:
        line = next(self._lines)
        span = Span(f"/{self.stack}.tf", line, 1, line, 80)
        return Origin(self.stack, address, span, self.language, presence=presence or Presence())

    def id(self, address: str) -> Unknown:
        """The id of a resource, known only after apply."""
        return unknown(address, "id", Why.COMPUTED, stack=self.stack)

    def add(self, entity: Entity) -> None:
        self.entities.append(entity)

    def vpc(self, name: str, *cidrs: str, outside: bool = False, place: Place | None = None) -> Written[str]:
        """A VPC with its blocks; a main table comes with a declared one."""
        address = f"data.aws_vpc.{name}" if outside else f"aws_vpc.{name}"
        origin, id = self.origin(address), self.id(address)
        blocks = tuple(self.block(text, origin) for text in cidrs)
        self.add(Vpc(origin, id, blocks, Known(True), Known(False), place or self.place, outside=outside))
        if not outside:
            main = unknown(address, "main_route_table_id", Why.COMPUTED, stack=self.stack)
            self.add(RouteTable(origin, main, id, self.place, is_default=True))
        return id

    def block(self, text: str, origin: Origin, kind: BlockKind = BlockKind.PRIMARY) -> Block:
        version = 6 if ":" in text or text.startswith("six") else 4
        return Block(cidr_value(text), version, kind, origin.span)

    def secondary(self, name: str, vpc: Written[str], cidr: str, presence: Presence | None = None) -> None:
        origin = self.origin(f"aws_vpc_ipv4_cidr_block_association.{name}", presence)
        self.add(BlockAssociation(origin, vpc, self.block(cidr, origin, BlockKind.SECONDARY)))

    def peering(
        self,
        name: str,
        requester: Written[str],
        accepter: Written[str],
        presence: Presence | None = None,
        **arguments: Any,
    ) -> Written[str]:
        address = f"aws_vpc_peering_connection.{name}"
        id = self.id(address)
        self.add(Peering(self.origin(address, presence), id, requester, accepter, self.place, **arguments))
        return id

    def accepter(self, name: str, peering: Written[str], **arguments: Any) -> None:
        origin = self.origin(f"aws_vpc_peering_connection_accepter.{name}")
        self.add(Accepter(origin, peering, self.place, **arguments))

    def table(self, name: str, vpc: Written[str], *, subnets: int = 1) -> Written[str]:
        """A route table, with subnets that use it."""
        id = self.id(f"aws_route_table.{name}")
        self.add(RouteTable(self.origin(f"aws_route_table.{name}"), id, vpc, self.place))
        for number in range(subnets):
            subnet = self.subnet(f"{name}{number}", vpc)
            self.associate(f"{name}{number}", id, subnet)
        return id

    def main(self, vpc_name: str) -> Written[str]:
        """The id of a VPC's main route table."""
        return unknown(f"aws_vpc.{vpc_name}", "main_route_table_id", Why.COMPUTED, stack=self.stack)

    def subnet(self, name: str, vpc: Written[str], *cidrs: str) -> Written[str]:
        id, origin = self.id(f"aws_subnet.{name}"), self.origin(f"aws_subnet.{name}")
        self.add(Subnet(origin, id, vpc, tuple(self.block(text, origin) for text in cidrs)))
        return id

    def associate(self, name: str, table: Written[str], subnet: Written[str]) -> None:
        self.add(SubnetAssociation(self.origin(f"aws_route_table_association.{name}"), table, subnet))

    def route(
        self, name: str, table: Written[str], to: str, over: Written[str], presence: Presence | None = None
    ) -> Route:
        """A route over a peering to a block, a variable, or (``pl-…``) a prefix list."""
        destination: CidrDestination | PrefixListDestination = CidrDestination(
            cidr_value(to), 6 if ":" in to or to.startswith("six") else 4
        )
        if to.startswith("pl-"):
            destination = PrefixListDestination(Known(to))
        target = Target(TargetKind.PEERING, over, "vpc_peering_connection_id")
        route = Route(self.origin(f"aws_route.{name}", presence), table, destination, target, self.place)
        self.add(route)
        return route

    @property
    def fragment(self) -> Fragment:
        return Fragment(self.stack, self.language, tuple(self.entities), tuple(self.gaps))

    @property
    def network(self) -> Network:
        return link([self.fragment])


def findings(rule: Rule, network: Network) -> list[Finding]:
    """What a rule claims."""
    return [item for item in rule.check(network) if isinstance(item, Finding)]


def questions(rule: Rule, network: Network) -> list[Undecided]:
    """What a rule asks."""
    return [item for item in rule.check(network) if isinstance(item, Undecided)]
