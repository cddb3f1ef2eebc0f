"""So many VPCs are peered with one another that a transit gateway would serve them better.

## Why

A peering joins two VPCs and leads no further. For n VPCs that all talk to each other that makes n·(n−1)/2 connections,
each with routes in the tables of both ends and options on both sides: a sixth VPC in a mesh of five needs five
connections more. A hub does not help, for it passes nothing on from one spoke to another.

A transit gateway needs one attachment for each VPC, and costs more: an hourly rate for each attachment, and a rate for
each GB. Over a peering, traffic within an Availability Zone is free, across zones it has the cross-zone rate, and
across Regions the inter-Region rate.

## Bad

```hcl
locals {
  vpcs  = ["shop", "stock", "billing", "mail", "audit"]
  pairs = [for pair in setproduct(range(5), range(5)) : pair if pair[0] < pair[1]]
}

resource "aws_vpc" "this" {
  for_each = { for index, name in local.vpcs : name => index }

  cidr_block = "10.${each.value}.0.0/16"
}

resource "aws_vpc_peering_connection" "this" {
  for_each = { for pair in local.pairs : "${local.vpcs[pair[0]]}-${local.vpcs[pair[1]]}" => pair }

  vpc_id      = aws_vpc.this[local.vpcs[each.value[0]]].id
  peer_vpc_id = aws_vpc.this[local.vpcs[each.value[1]]].id
  auto_accept = true
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Stock:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
  Billing:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.2.0.0/16
  Mail:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.3.0.0/16
  Audit:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.4.0.0/16
  ShopStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Stock
  ShopBilling:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Billing
  ShopMail:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Mail
  ShopAudit:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Audit
  StockBilling:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Stock
      PeerVpcId: !Ref Billing
  StockMail:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Stock
      PeerVpcId: !Ref Mail
  StockAudit:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Stock
      PeerVpcId: !Ref Audit
  BillingMail:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Billing
      PeerVpcId: !Ref Mail
  BillingAudit:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Billing
      PeerVpcId: !Ref Audit
  MailAudit:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Mail
      PeerVpcId: !Ref Audit
```

## Good

```hcl
locals {
  vpcs  = ["shop", "stock", "billing", "mail", "audit"]
  pairs = [for pair in setproduct(range(5), range(5)) : pair if pair[0] == 0 && pair[1] > 0]
}

resource "aws_vpc" "this" {
  for_each = { for index, name in local.vpcs : name => index }

  cidr_block = "10.${each.value}.0.0/16"
}

resource "aws_vpc_peering_connection" "this" {
  for_each = { for pair in local.pairs : "${local.vpcs[pair[0]]}-${local.vpcs[pair[1]]}" => pair }

  vpc_id      = aws_vpc.this[local.vpcs[each.value[0]]].id
  peer_vpc_id = aws_vpc.this[local.vpcs[each.value[1]]].id
  auto_accept = true
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Stock:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
  Billing:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.2.0.0/16
  Mail:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.3.0.0/16
  Audit:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.4.0.0/16
  ShopStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Stock
  ShopBilling:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Billing
  ShopMail:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Mail
  ShopAudit:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Audit
```

## Fix

Attach the VPCs to a transit gateway, or keep the peerings that carry most of the traffic and send the rest through
one. `mesh-size` in the configuration says from how many VPCs on this is asked (5).

A mesh is a set of that many VPCs or more of which each is peered with all of the others but a few: with at least
`mesh-size` − 1 of them. A hub with that many spokes counts where a route of one spoke leads through it to another
(`transitive-route` is about that route); a hub whose spokes need nothing of each other is what peering is good for.

## Undecided when

There is a mesh only if a connection exists of which that is not known, or if VPCs that are looked up or given by
variables are different ones.

## See also

- [VPC peering, in Building a scalable and secure multi-VPC network infrastructure](https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/vpc-peering.html)
- [Transit gateways](https://docs.aws.amazon.com/vpc/latest/tgw/what-is-transit-gateway.html)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peerlint.network.filtering.vicinity import listed
from peerlint.network.model import Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.topology import Hub, Mesh, hubs, meshes
from peerlint.network.places import same_region
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

SHOWN = 5
REMEDY = "consider a transit gateway, with one attachment for each VPC (an hourly rate, and a rate for each GB)"


@rule("PL502", "transit-gateway-candidate", Severity.NOTE, fix=Fix.NONE)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One note for each mesh, and for each hub through which its spokes send to each other."""
    size = network.settings.mesh_size
    for mesh in meshes(network, size):
        yield _of_mesh(network, mesh)
    for hub in hubs(network, size):
        yield _of_hub(network, hub)


def _of_mesh(network: Network, mesh: Mesh) -> Finding | Undecided:
    first = mesh.peerings[0].origin
    addresses = tuple(vpc.origin.address for vpc in mesh.vpcs)
    if mesh.doubt is not None:
        question = f"whether {_named(mesh.vpcs)} are a mesh of {len(mesh.vpcs)} VPCs"
        return Undecided(question, mesh.doubt.reason, first.span, addresses, stack=first.stack)
    each = "all" if mesh.links == len(mesh.vpcs) - 1 else f"at least {mesh.links}"
    return Finding(
        f"{len(mesh.vpcs)} VPCs ({_named(mesh.vpcs)}) are each peered with {each} of the others, by "
        f"{len(mesh.peerings)} connections: a further VPC needs {mesh.links + 1} more, with routes at both ends"
        f"{_rates(network, mesh.peerings)}",
        first.span,
        addresses,
        tuple(Note(f"{vpc.origin.name} is one of them", vpc.origin.span) for vpc in mesh.vpcs[:SHOWN]),
        REMEDY,
        stack=first.stack,
    )


def _of_hub(network: Network, hub: Hub) -> Finding:
    stray = hub.onward[0]
    spokes = [vpc.origin.name for vpc in (stray.near, stray.third) if vpc is not None]
    return Finding(
        f"{hub.vpc.origin.name} is peered with {len(hub.spokes)} VPCs ({_named(hub.spokes)}), and "
        f"{' sends to '.join(spokes)} through it, which a peering does not carry: {len(hub.spokes)} spokes that "
        f"reach each other need {len(hub.spokes) * (len(hub.spokes) - 1) // 2} connections more"
        f"{_rates(network, hub.peerings)}",
        hub.peerings[0].origin.span,
        (hub.vpc.origin.address, *(vpc.origin.address for vpc in hub.spokes)),
        (
            Note(f"{hub.vpc.origin.name} is the hub", hub.vpc.origin.span),
            *(Note(f"{item.destination} is sent through it", item.route.origin.span) for item in hub.onward[:SHOWN]),
        ),
        REMEDY,
        stack=hub.peerings[0].origin.stack,
    )


def _named(vpcs: Sequence[Vpc]) -> str:
    names = [vpc.origin.name for vpc in vpcs[:SHOWN]]
    return listed([*names, f"{len(vpcs) - SHOWN} more"]) if len(vpcs) > SHOWN else listed(names)


def _rates(network: Network, peerings: Sequence[Peering]) -> str:
    """What the traffic of the connections costs, as far as their Regions are told."""
    ends = [network.peerings.ends(peering) for peering in peerings]
    far = sum(same_region(left.place, right.place) is False for left, right in ends)
    if not far:
        return ""
    return f"; the traffic of {far} of them is charged at the inter-Region rate"
