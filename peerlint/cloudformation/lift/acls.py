"""Network ACLs."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.item import Item, Stack
from peerlint.network.model import AclAssociation, AclEntry, Direction, Entity, NetworkAcl, directions
from peerlint.network.values import Known, Unknown, Value, Why, Written

_PORTS = (-1, 65535)


def acls(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::NetworkAcl`` and ``AWS::EC2::SubnetNetworkAclAssociation``."""
    for item in stack.of_type("AWS::EC2::NetworkAcl"):
        yield NetworkAcl(item.origin, item.id, read.required(item, "VpcId", read.reference(item, "VpcId")))
    for item in stack.of_type("AWS::EC2::SubnetNetworkAclAssociation"):
        acl = read.required(item, "NetworkAclId", read.reference(item, "NetworkAclId"))
        yield AclAssociation(item.origin, acl, read.required(item, "SubnetId", read.reference(item, "SubnetId")))


def entries(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::NetworkAclEntry``: one for each address family that it names."""
    for item in stack.of_type("AWS::EC2::NetworkAclEntry"):
        acl = read.required(item, "NetworkAclId", read.reference(item, "NetworkAclId"))
        number = read.integer(item, "RuleNumber", 1, 32766)
        protocol = read.protocol(item, "Protocol")
        from_port, to_port = _range(item, protocol)
        icmp_type, icmp_code = _icmp(item)
        for name, version in (("CidrBlock", 4), ("Ipv6CidrBlock", 6)):
            block = read.cidr(item, name, version)
            if block is None:
                continue
            for origin, direction in directions(item.origin, _direction(item)):
                yield AclEntry(
                    origin=origin,
                    acl=acl,
                    direction=direction,
                    number=number if number is not None else Unknown(Why.INVALID, "RuleNumber", item.span),
                    allow=_allow(item),
                    protocol=protocol,
                    cidr=block,
                    from_port=from_port,
                    to_port=to_port,
                    icmp_type=icmp_type,
                    icmp_code=icmp_code,
                    version=version,
                )


def _direction(item: Item) -> Direction | Unknown:
    egress = read.boolean(item, "Egress")
    if isinstance(egress, Unknown):
        return egress
    return Direction.EGRESS if egress == Known(True) else Direction.INGRESS


def _allow(item: Item) -> Written[bool]:
    action = read.text(item, "RuleAction")
    match action:
        case Known(value=text) if text.lower() in ("allow", "deny"):
            return Known(text.lower() == "allow", action.at)
        case Known(value=text):
            return item.refuse("RuleAction", f"RuleAction takes allow or deny, not `{text[:60]}`")
        case None:
            return Unknown(Why.INVALID, "RuleAction", item.span)
        case _:
            return action


def _range(item: Item, protocol: Written[str]) -> tuple[Value[int], Value[int]]:
    ports = nested(item, "PortRange")
    if protocol == Known("-1") or ports is None:
        return None, None
    if isinstance(ports, Unknown):
        return ports, ports
    return read.integer(ports, "From", *_PORTS), read.integer(ports, "To", *_PORTS)


def _icmp(item: Item) -> tuple[Value[int], Value[int]]:
    icmp = nested(item, "Icmp")
    if icmp is None or isinstance(icmp, Unknown):
        return icmp, icmp
    return read.integer(icmp, "Type", -1, 255), read.integer(icmp, "Code", -1, 255)


def nested(item: Item, name: str) -> Item | Unknown | None:
    """A property that is a mapping of its own; unknown where an undecided condition chooses between two."""
    found = list(item.elements(name))
    if len(found) > 1:
        return Unknown(Why.UNSUPPORTED, name, item.at(name))
    return found[0] if found else None
