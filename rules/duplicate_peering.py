"""Two peerings join one pair of VPCs.

## Why

AWS keeps one connection for a pair of VPCs, whichever of them asks. A second request with the same requester is
answered with the id of the connection that exists: two resources, perhaps of two states, then own one connection,
overwrite each other's tags and options, and whichever is destroyed first takes the connection from the other. A
request from the other side cannot be accepted (`VpcPeeringConnectionAlreadyExists`), and the deployment fails. It
happens where each team, or each side's code, requests the connection instead of one requesting and the other
accepting, and where a loop over VPCs yields each pair twice.

## Bad

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.60.0.0/16"
}

resource "aws_vpc" "stock" {
  cidr_block = "10.61.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_to_stock" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.stock.id
  auto_accept = true
}

resource "aws_vpc_peering_connection" "stock_to_shop" {
  vpc_id      = aws_vpc.stock.id
  peer_vpc_id = aws_vpc.shop.id
  auto_accept = true
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.60.0.0/16
  Stock:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.61.0.0/16
  ShopToStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Stock
  StockToShop:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Stock
      PeerVpcId: !Ref Shop
```

## Good

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.60.0.0/16"
}

resource "aws_vpc" "stock" {
  cidr_block = "10.61.0.0/16"
}

# Traffic flows both ways over one connection.
resource "aws_vpc_peering_connection" "shop_to_stock" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.stock.id
  auto_accept = true
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.60.0.0/16
  Stock:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.61.0.0/16
  # Traffic flows both ways over one connection.
  ShopToStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Stock
```

## Fix

Keep one of them, and give its id to the routes, options and rules that named the other one. The other account or
Region adopts the connection with an `aws_vpc_peering_connection_accepter`; other code looks it up by
`data.aws_vpc_peering_connection`, or is given its id.

The other rules speak of the first connection only; a route over the second one counts as one over the first.

## Undecided when

- One of the two stands under a condition that is not known. Two that exclude each other (`count = var.x ? 1 : 0` and
  `count = var.x ? 0 : 1`) are no duplicate.
- Two roots or templates name VPCs that no code in the input declares, by the same ids: they may be copies or examples.

VPCs of which the code does not tell that they are the same ones are not compared, and connections of third-party
networks (MongoDB Atlas, HCP and others) are left alone.

## See also

- [VPC peering basics](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html)
- [aws_vpc_peering_connection](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection)
- [terraform-provider-aws #44315](https://github.com/hashicorp/terraform-provider-aws/issues/44315)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.vicinity import described
from peerlint.network.network import Network
from peerlint.network.peerings.duplicates import Direction, Doubtful, Repeat, duplicates
from peerlint.network.peerings.pairs import addresses, vpcs
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

EFFECT = {
    Direction.SAME: "AWS keeps one connection for a pair and answers the second request with the id of the first, so "
    "that two resources own one connection and destroying either takes it from the other",
    Direction.OTHER: "AWS keeps one connection for a pair, whichever side asks, and the second request fails",
}
REMEDY = "keep one of the two, and use its id wherever the other one is named"
ADOPT = "; the other side's code accepts it or looks it up"


@rule("PL104", "duplicate-peering", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each connection that joins VPCs which another one joins already."""
    for item in duplicates(network):
        match item:
            case Repeat():
                yield _finding(network, item)
            case Doubtful():
                yield _question(network, item)


def _finding(network: Network, repeat: Repeat) -> Finding:
    peering = repeat.peering
    first = network.seen_from(repeat.first.origin, peering.origin.stack)
    requester, accepter = (described(network, vpc) for vpc in vpcs(network, peering))
    asked = "as well" if repeat.direction is Direction.SAME else "as well, the other way round"
    apart = repeat.first.origin.stack != peering.origin.stack
    return Finding(
        f"{peering.origin.name} joins {requester} with {accepter}, which {first.name} does {asked}: "
        f"{EFFECT[repeat.direction]}",
        peering.origin.span,
        addresses(network, peering),
        (Note(f"{first.name} joins them first", first.span),) if first.span != peering.origin.span else (),
        REMEDY + (ADOPT if apart else ""),
        stack=peering.origin.stack,
    )


def _question(network: Network, item: Doubtful) -> Undecided:
    peering = item.peering
    first = network.seen_from(item.first.origin, peering.origin.stack)
    question = f"whether {peering.origin.name} and {first.name}, of one pair of VPCs, both exist"
    return Undecided(
        question, item.doubt.reason, peering.origin.span, addresses(network, peering), stack=peering.origin.stack
    )
