"""The default security groups and network ACLs that AWS makes with each VPC, where the template refers to them."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.cloudformation.lift.groups import everything
from peerlint.cloudformation.lift.item import Item, Stack
from peerlint.network.cidr import Cidr
from peerlint.network.model import AclEntry, Direction, Entity, NetworkAcl, SecurityGroup, SelfPeer
from peerlint.network.values import Known, Unknown, Why
from peerlint.records import replace


def defaults(stack: Stack) -> Iterator[Entity]:
    """A default group admits itself and lets everything out; a default ACL allows everything both ways.

    https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html and default-network-acl.html.
    """
    for item in stack.of_type("AWS::EC2::VPC"):
        for attribute in ("DefaultSecurityGroup", "DefaultNetworkAcl"):
            if (item.name, attribute) in stack.evaluator.defaults:
                of = stack.identity(item.name, attribute)
                own = Unknown(Why.COMPUTED, f"!GetAtt {item.name}.{attribute}", item.span, of)
                yield from _group(item, own) if attribute == "DefaultSecurityGroup" else _acl(item, own)


def _group(item: Item, own: Unknown) -> Iterator[Entity]:
    yield SecurityGroup(item.origin, own, item.id, item.place, is_default=True)
    yield replace(everything(item, Direction.EGRESS), group=own)
    yield replace(everything(item, Direction.INGRESS), group=own, peers=(SelfPeer(item.span),))


def _acl(item: Item, own: Unknown) -> Iterator[Entity]:
    yield NetworkAcl(item.origin, own, item.id, is_default=True)
    for direction in Direction:
        for block, number in ((Cidr(4, 0, 0, "0.0.0.0/0"), 100), (Cidr(6, 0, 0, "::/0"), 101)):
            yield AclEntry(
                origin=item.origin,
                acl=own,
                direction=direction,
                number=Known(number),
                allow=Known(True),
                protocol=Known("-1"),
                cidr=Known(block, item.span),
            )
