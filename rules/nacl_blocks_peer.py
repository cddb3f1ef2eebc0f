"""A network ACL keeps the packets of a peer, or the answers to them, from passing.

## Why

A network ACL stands at the border of each subnet, for the traffic of a peering as for any other. Its entries are read
by their numbers, the first that matches decides, and what none matches is denied: an ACL of one's own denies everything
until it has entries, and so does a default ACL that `aws_default_network_acl` adopts without any. IPv4 and IPv6 have
entries of their own.

It keeps no state: the answer to a request that is let in has to be let out, to the port that the client took, and an
answer that comes back has to be let in. Those ports are 1024 to 65535. An ACL that lets in the port of a service and
lets out the same port again answers nobody: every connection hangs until it times out, while routes, groups and the
connection itself look right.

An error: nothing of the peer passes for any subnet that sends there. A warning: that is so for some of them, or TCP
requests pass one way whose answers do not pass the other. A note: answers pass to the clients of some systems only
(32768 to 65535 lacks those that NAT gateways, load balancers and functions use). Which ports of services an ACL denies
is a design, and is never reported.

## Bad

```hcl
resource "aws_vpc" "app" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_subnet" "database" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_route" "data_to_app" {
  route_table_id            = aws_vpc.data.main_route_table_id
  destination_cidr_block    = aws_vpc.app.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.app_data.id
}

resource "aws_network_acl" "database" {
  vpc_id     = aws_vpc.data.id
  subnet_ids = [aws_subnet.database.id]

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = aws_vpc.app.cidr_block
    from_port  = 5432
    to_port    = 5432
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = aws_vpc.app.cidr_block
    from_port  = 5432
    to_port    = 5432
  }
}
```

```yaml
Resources:
  App:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Data:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
  AppToData:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref App
      PeerVpcId: !Ref Data
  DatabaseSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Data
      CidrBlock: 10.1.1.0/24
  DataTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Data
  DatabaseTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref DatabaseSubnet
      RouteTableId: !Ref DataTable
  RouteToApp:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref DataTable
      DestinationCidrBlock: !GetAtt App.CidrBlock
      VpcPeeringConnectionId: !Ref AppToData
  DatabaseAcl:
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: !Ref Data
  DatabaseAclOfSubnet:
    Type: AWS::EC2::SubnetNetworkAclAssociation
    Properties:
      SubnetId: !Ref DatabaseSubnet
      NetworkAclId: !Ref DatabaseAcl
  PostgresIn:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref DatabaseAcl
      RuleNumber: 100
      RuleAction: allow
      Protocol: 6
      CidrBlock: !GetAtt App.CidrBlock
      PortRange:
        From: 5432
        To: 5432
  PostgresOut:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref DatabaseAcl
      Egress: true
      RuleNumber: 100
      RuleAction: allow
      Protocol: 6
      CidrBlock: !GetAtt App.CidrBlock
      PortRange:
        From: 5432
        To: 5432
```

## Good

```hcl
resource "aws_vpc" "app" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_subnet" "database" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_route" "data_to_app" {
  route_table_id            = aws_vpc.data.main_route_table_id
  destination_cidr_block    = aws_vpc.app.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.app_data.id
}

resource "aws_network_acl" "database" {
  vpc_id     = aws_vpc.data.id
  subnet_ids = [aws_subnet.database.id]

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = aws_vpc.app.cidr_block
    from_port  = 5432
    to_port    = 5432
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = aws_vpc.app.cidr_block
    from_port  = 1024
    to_port    = 65535
  }
}
```

```yaml
Resources:
  App:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Data:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
  AppToData:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref App
      PeerVpcId: !Ref Data
  DatabaseSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Data
      CidrBlock: 10.1.1.0/24
  DataTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Data
  DatabaseTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref DatabaseSubnet
      RouteTableId: !Ref DataTable
  RouteToApp:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref DataTable
      DestinationCidrBlock: !GetAtt App.CidrBlock
      VpcPeeringConnectionId: !Ref AppToData
  DatabaseAcl:
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: !Ref Data
  DatabaseAclOfSubnet:
    Type: AWS::EC2::SubnetNetworkAclAssociation
    Properties:
      SubnetId: !Ref DatabaseSubnet
      NetworkAclId: !Ref DatabaseAcl
  PostgresIn:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref DatabaseAcl
      RuleNumber: 100
      RuleAction: allow
      Protocol: 6
      CidrBlock: !GetAtt App.CidrBlock
      PortRange:
        From: 5432
        To: 5432
  AnswersOut:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref DatabaseAcl
      Egress: true
      RuleNumber: 100
      RuleAction: allow
      Protocol: 6
      CidrBlock: !GetAtt App.CidrBlock
      PortRange:
        From: 1024
        To: 65535
```

## Fix

Add a pair of entries that allow the blocks of the peer: one for the ports of the service, and one in the other
direction for TCP ports 1024 to 65535. Give them lower numbers than an entry that denies those blocks.

## Undecided when

An entry's number, action, protocol, ports or block is an unknown value, or an entry or the association of a subnet may
not exist, where that decides whether anything passes; or the entries of the ACL may be added to by code that was not
read, such as a module or an importing stack. Only subnets that certainly send over the connection are judged. A subnet
that nothing gives an ACL has its VPC's default one, which allows everything until something adopts it. UDP and ICMP are
not judged by their answers: a log or a metric wants none.

## See also

- [Control subnet traffic with network ACLs](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html)
- [Ephemeral ports](https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html)
- [aws_default_network_acl](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_network_acl)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.acls import services_of
from peerlint.network.filtering.blockades import Blockade, Narrow, Open, Shut, Unanswered, blockades
from peerlint.network.filtering.vicinity import listed
from peerlint.network.model import AclEntry, Direction, Peering
from peerlint.network.network import Network
from peerlint.network.routing.destinations import block_names
from peerlint.network.values import Known
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

SHOWN = 3
EPHEMERAL = "TCP ports 1024 to 65535"


@rule("PL407", "nacl-blocks-peer", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Network ACLs of routed subnets by which a peering cannot be used."""
    for peering in network.peerings.judged:
        doubt = peering.origin.presence.doubt
        for found in blockades(network, peering):
            if isinstance(found, Open):
                yield _question(network, peering, found, found.reason)
            elif doubt is not None:
                yield _question(network, peering, found, doubt)
            else:
                yield _finding(network, peering, found)


def _question(network: Network, peering: Peering, found: Blockade | Open, reason: str) -> Undecided:
    acl, peer = network.acls.name(found.acl), found.peer.vpc.origin.name
    return Undecided(
        f"whether {acl} lets the traffic of {peer} pass in both directions",
        reason,
        found.acl.origin.span,
        _addresses(peering, found),
        stack=found.acl.origin.stack,
    )


def _addresses(peering: Peering, found: Blockade | Open) -> tuple[str, ...]:
    ends = (found.own.vpc.origin.address, found.peer.vpc.origin.address)
    return (found.acl.origin.address, peering.origin.address, *ends)


def _finding(network: Network, peering: Peering, found: Blockade) -> Finding:
    stack = found.acl.origin.stack
    name = network.seen_from(peering.origin, stack).name
    notes = [Note(_of_entry(entry), entry.origin.span) for entry in found.entries[:SHOWN]]
    notes.append(Note(f"{name} joins the two VPCs", peering.origin.span))
    routes = dict.fromkeys(route for item in found.routed for route in item.routes)
    notes += [Note(f"{found.own.vpc.origin.name} sends from here", r.origin.span) for r in list(routes)[:SHOWN]]
    return Finding(
        f"{network.acls.name(found.acl)} {_what(network, found)}",
        found.acl.origin.span,
        _addresses(peering, found),
        tuple(notes),
        _remedy(network, found),
        _severity(found),
        stack=stack,
    )


def _severity(found: Blockade) -> Severity:
    match found.verdict:
        case Shut():
            return Severity.ERROR if found.whole else Severity.WARNING
        case Unanswered():
            return Severity.WARNING
        case Narrow():
            return Severity.NOTE


def _of_entry(entry: AclEntry) -> str:
    number = entry.number.value if isinstance(entry.number, Known) else "an unknown number"
    way = "comes in" if entry.direction is Direction.INGRESS else "goes out"
    cidr = entry.cidr.value if isinstance(entry.cidr, Known) else f"`{entry.cidr.name}`"
    where = "from" if entry.direction is Direction.INGRESS else "to"
    verb = "allows" if entry.allow == Known(True) else "denies"
    return f"{number} {verb} what {way} {where} {cidr} for {services_of(entry).least}"


def _what(network: Network, found: Blockade) -> str:
    family = "" if 4 in found.versions else "IPv6 "
    peer = f"{found.peer.vpc.origin.name} ({_blocks(network, found)})"
    subnets = _subnets(found)
    match found.verdict:
        case Shut():
            every = f"every subnet of {found.own.vpc.origin.name} that sends there ({subnets})"
            where = every if found.whole else subnets
            passes = "nothing passes" if not family else "no IPv6 passes"
            return f"lets no {family}packet from {peer} in and none out to it, for {where}: {passes} the peering"
        case Unanswered(inbound=inbound, outbound=outbound) if inbound and outbound:
            return (
                f"lets {family}requests in from {peer} for {inbound} and out to it for {outbound}, and answers neither "
                f"out nor in to {EPHEMERAL}, for {subnets}: no connection can be made"
            )
        case Unanswered(inbound=inbound, outbound=outbound):
            came, went = _words(Direction.INGRESS if inbound else Direction.EGRESS)
            return (
                f"lets {family}requests {came} {peer} for {inbound or outbound}, and none of their answers {went} to "
                f"{EPHEMERAL}, for {subnets}: no connection for them can be made"
            )
        case Narrow(direction=direction, answers=answers):
            came, went = _words(direction)
            return (
                f"lets {family}requests {came} {peer}, and their answers {went} for {answers} only, for {subnets}: "
                "clients that take other ports from 1024 to 65535 get none"
            )


def _words(direction: Direction) -> tuple[str, str]:
    return ("in from", "out") if direction is Direction.INGRESS else ("out to", "in")


def _subnets(found: Blockade) -> str:
    names = [subnet.name for subnet in found.subnets]
    more = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return listed((*names[:SHOWN], *more))


def _blocks(network: Network, found: Blockade) -> str:
    match found.verdict:
        case Unanswered(some=parts) if parts:
            return ", ".join(dict.fromkeys(map(str, parts)))
        case _:
            return block_names(network, found.peer.vpc, found.versions)


def _remedy(network: Network, found: Blockade) -> str:
    blocks = _blocks(network, found)
    match found.verdict:
        case Shut():
            return f"allow {blocks} in for the ports of the services, and out for {EPHEMERAL}"
        case Unanswered(inbound=inbound, outbound=outbound) if inbound and outbound:
            return f"allow {EPHEMERAL} out to {blocks} where it serves, and in from there where it calls"
        case Unanswered(inbound=inbound):
            return f"allow {EPHEMERAL} {'out to' if inbound else 'in from'} {blocks}"
        case Narrow(direction=direction):
            return f"allow {EPHEMERAL} {'out to' if direction is Direction.INGRESS else 'in from'} {blocks}"
