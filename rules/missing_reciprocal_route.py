"""Routes lead into a peering on one side only.

## Why

Each side of a peering is routed by hand. Where one VPC sends into the connection and the other has no route back,
packets may arrive but no answer does: every TCP connection hangs until it times out. The plan is clean and the
connection is `active` on the console. IPv4 and IPv6 are routed apart: a pair that is complete for one may be one-way
for the other.

## Bad

```hcl
resource "aws_vpc" "web" {
  cidr_block = "10.60.0.0/16"
}

resource "aws_vpc" "db" {
  cidr_block = "10.61.0.0/16"
}

resource "aws_vpc_peering_connection" "web_db" {
  vpc_id      = aws_vpc.web.id
  peer_vpc_id = aws_vpc.db.id
  auto_accept = true
}

resource "aws_route" "web_to_db" {
  route_table_id            = aws_vpc.web.main_route_table_id
  destination_cidr_block    = aws_vpc.db.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}
```

```yaml
Resources:
  Web:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.60.0.0/16
  WebSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Web
      CidrBlock: 10.60.1.0/24
  WebTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Web
  WebSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref WebSubnet
      RouteTableId: !Ref WebTable
  Db:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.61.0.0/16
  WebDb:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Web
      PeerVpcId: !Ref Db
  WebToDb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref WebTable
      DestinationCidrBlock: !GetAtt Db.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
```

## Good

```hcl
resource "aws_vpc" "web" {
  cidr_block = "10.60.0.0/16"
}

resource "aws_vpc" "db" {
  cidr_block = "10.61.0.0/16"
}

resource "aws_vpc_peering_connection" "web_db" {
  vpc_id      = aws_vpc.web.id
  peer_vpc_id = aws_vpc.db.id
  auto_accept = true
}

resource "aws_route" "web_to_db" {
  route_table_id            = aws_vpc.web.main_route_table_id
  destination_cidr_block    = aws_vpc.db.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "db_to_web" {
  route_table_id            = aws_vpc.db.main_route_table_id
  destination_cidr_block    = aws_vpc.web.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}
```

```yaml
Resources:
  Web:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.60.0.0/16
  WebTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Web
  Db:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.61.0.0/16
  DbTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
  WebDb:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Web
      PeerVpcId: !Ref Db
  WebToDb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref WebTable
      DestinationCidrBlock: !GetAtt Db.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
  DbToWeb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref DbTable
      DestinationCidrBlock: !GetAtt Web.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
```

## Fix

Add a route to the sender's block, with the same connection as its target, to every route table that the subnets of
the silent side use. A broader route over the connection is a way back as well.

CloudFormation has no reference to the main route table of a VPC, which subnets without an association use, and cannot
route in it: give those subnets an `AWS::EC2::RouteTable` of their own. The table of a VPC in another account or Region
is for a stack of that account and Region.

## Undecided when

A route of the silent side leads to the sender's block through something else that may reach it (a transit gateway, an
appliance), or a route may that a gateway propagates. The silent side's route tables may be declared elsewhere (a VPC
of another state, a module that was not read, an exported route table), be given to a script or left to others by
`ignore_changes`, or a route in the input has a table or target that is not told and may be the way back. A route of
the silent side that certainly leads over the connection is never an absence, even where its destination is not known:
it is the way back, or `route-outside-peer` speaks. Where nothing is routed over the connection at all,
`unrouted-peering` asks or speaks; where the way back is in a table that no subnet uses, `ineffective-peer-route`.

Of a side that only an inventory shows (`--inventory`), a missing way back is a warning, and undecided where the
inventory does not show the connection itself, or not all of the side's route tables.

## See also

- [Update your route tables for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html)
- [Troubleshoot a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/troubleshoot-vpc-peering-connections.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.vicinity import shortened
from peerlint.network.model import Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, stated_at, vpcs
from peerlint.network.routing.destinations import block_names, prefixes, shares
from peerlint.network.routing.effective import has_no_main_table, on_main_table
from peerlint.network.routing.reciprocity import OneWay, one_ways
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

SHOWN = 3


@rule("PL201", "missing-reciprocal-route", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each side of a peering that has no way back."""
    for peering in network.peerings.judged:
        doubt = peering.origin.presence.doubt
        for item in one_ways(network, peering):
            if isinstance(item, Maybe):
                yield _question(network, peering, item.reason)
            elif doubt is not None:
                yield _question(network, peering, doubt)
            elif not _all_observed(item):
                yield _finding(network, peering, item)


def _all_observed(way: OneWay) -> bool:
    """Whether no code has a part in it, so that only the inventory could be blamed."""
    return way.silent.vpc.outside and all(route.origin.observed for route in way.routes)


def _as_shown(way: OneWay) -> bool:
    """Whether a side of it is only told by an inventory."""
    return any(end.vpc.outside and end.vpc.shown is not None for end in (way.sender, way.silent))


def _question(network: Network, peering: Peering, reason: str) -> Undecided:
    names = " and ".join(vpc.origin.name for vpc in vpcs(network, peering))
    question = f"whether {names} both route over {peering.origin.name}"
    return Undecided(question, reason, peering.origin.span, addresses(network, peering), stack=peering.origin.stack)


def _finding(network: Network, peering: Peering, way: OneWay) -> Finding:
    sender, silent = way.sender.vpc, way.silent.vpc
    sent = ", ".join(_sent(network, way))
    families = "" if 4 in way.versions else " IPv6"
    blocks = block_names(network, sender, way.versions)
    notes = [Note(f"{sender.origin.name} sends from here", route.origin.span) for route in way.routes[:SHOWN]]
    notes.append(Note(f"{silent.origin.name} has no{families} route back", silent.shown or silent.origin.span))
    shown = ", as the inventory shows it" if _as_shown(way) else ""
    return Finding(
        f"{sender.origin.name} routes {sent} over {peering.origin.name} to {silent.origin.name}, which has no"
        f"{families} route back to {blocks} over it{shown}: answers are dropped, and no connection can be made",
        stated_at(network, peering),
        (peering.origin.address, sender.origin.address, silent.origin.address),
        tuple(notes),
        _remedy(network, silent, blocks),
        Severity.WARNING if shown else None,
        stack=peering.origin.stack,
    )


def _remedy(network: Network, silent: Vpc, blocks: str) -> str:
    """What to add; CloudFormation cannot route in the main table, which subnets without an association use."""
    remedy = f"add a route to {blocks} over this connection to the route tables of the subnets of {silent.origin.name}"
    main = [subnet.origin.name for subnet in on_main_table(network, silent)]
    if not main or not has_no_main_table(network, silent):
        return remedy
    verb = "use" if len(main) > 1 else "uses"
    return (
        f"{remedy}; {shortened(main)} {verb} the main one, in which CloudFormation cannot route: associate "
        f"{'them' if len(main) > 1 else 'it'} with an AWS::EC2::RouteTable that has the route"
    )


def _sent(network: Network, way: OneWay) -> list[str]:
    """The destinations by which the sender reaches the silent side."""
    found = (prefix for route in way.routes for prefix in prefixes(network, route))
    silent = way.silent.vpc
    return list(dict.fromkeys(str(p) for p in found if shares(network, p, silent) is True))[:SHOWN]
