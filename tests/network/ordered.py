"""Networks whose order of making is given, with groups, attachments and options."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from peerlint import registry
from peerlint.network.link import link
from peerlint.network.model import (
    Direction,
    DnsOption,
    Fragment,
    Gateway,
    GatewayKind,
    GroupPeer,
    GroupVpcAssociation,
    PeeringOptions,
    Permission,
    Place,
    Presence,
    SecurityGroup,
    Side,
)
from peerlint.network.network import Network
from peerlint.network.order.drawn import Drawing, Wait
from peerlint.network.values import Known, Maybe, Truth, Value, Written
from peerlint.records import replace
from peerlint.rule import Finding, Rule
from tests.network.build import Estate, findings

RULES: dict[str, Rule] = {rule.id: rule for rule in registry.load()}


@dataclass(frozen=True)
class Given:
    """An order of which every pair is told, and those that are not certain."""

    pairs: Collection[tuple[str, str]]
    doubtful: Collection[tuple[str, str]] = ()

    def waits_for(self, later: str, earlier: str) -> Truth:
        if (later, earlier) in self.doubtful:
            return Maybe("it depends")
        return (later, earlier) in self.pairs

    def drawing(self, addresses: Collection[str]) -> Drawing:
        nodes = {address: number for number, address in enumerate(addresses)}
        told = [(pair, "") for pair in self.pairs] + [(pair, "it depends") for pair in self.doubtful]
        waits = (tuple(Wait(nodes[e], doubt) for (later, e), doubt in told if later == a) for a in nodes)
        return Drawing(nodes, tuple(waits))


@dataclass
class Ordered(Estate):
    """A stack with an order."""

    order: Given = field(default_factory=lambda: Given(()))

    def group(self, name: str, vpc: Written[str], place: Place | None = None) -> Written[str]:
        id = self.id(f"aws_security_group.{name}")
        self.add(SecurityGroup(self.origin(f"aws_security_group.{name}"), id, vpc, place or self.place))
        return id

    def rule(
        self,
        name: str,
        group: Written[str],
        named: Written[str],
        *,
        direction: Direction = Direction.INGRESS,
        presence: Presence | None = None,
        account: Value[str] = None,
        type: str = "aws_security_group_rule",
    ) -> None:
        origin = self.origin(f"{type}.{name}", presence)
        peer = GroupPeer(named, origin.span, account)
        self.add(Permission(origin, group, direction, Known("tcp"), Known(1), Known(2), (peer,), self.place))

    def attachment(self, name: str, vpc: Written[str], references: Value[bool]) -> None:
        address = f"aws_ec2_transit_gateway_vpc_attachment.{name}"
        kind = GatewayKind.TRANSIT_ATTACHMENT
        self.add(Gateway(self.origin(address), kind, Known("tgw-1"), vpc, group_references=references))

    def association(self, name: str, group: Written[str], vpc: Written[str]) -> None:
        origin = self.origin(f"aws_vpc_security_group_vpc_association.{name}")
        self.add(GroupVpcAssociation(origin, group, vpc))

    def options(self, name: str, peering: Written[str]) -> None:
        origin = self.origin(f"aws_vpc_peering_connection_options.{name}")
        below = replace(origin.span, line=origin.span.line + 1000)
        option = DnsOption(Side.REQUESTER, Known(True), below)
        self.add(PeeringOptions(origin, peering, self.place, (option,)))

    @property
    def ordered(self) -> Fragment:
        return replace(self.fragment, order=self.order)

    @property
    def network(self) -> Network:
        return link([self.ordered])

    def found(self, id: str) -> list[Finding]:
        return findings(RULES[id], self.network)


def spoken(fragment: Fragment, *ids: str) -> set[tuple[str, tuple[str, ...]]]:
    """What rules find: the rule, and what it is about."""
    network = link([fragment])
    return {(id, finding.addresses) for id in ids for finding in findings(RULES[id], network)}
