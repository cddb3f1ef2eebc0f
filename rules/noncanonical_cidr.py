"""An address block of a peered VPC is written with bits set beyond its prefix.

## Why

`10.71.0.5/16` is an address in a network, and not a network. The AWS provider of Terraform refuses such a block where
it checks it: in VPCs, subnets, routes, group rules and the entries inside a network ACL. `aws_network_acl_rule` it
does not check: AWS drops the bits there, and the rule is replaced by each apply since it reads back otherwise.
CloudFormation leaves it to AWS as well. What was meant may be another block: the one address (`/32`), or a smaller
network.

## Bad

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.70.0.0/16"
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc" "stock" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_stock" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.stock.id
  auto_accept = true
}

resource "aws_route" "shop_to_stock" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = "10.71.0.5/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_stock.id
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.70.0.0/16
  ShopTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Shop
  Stock:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.71.0.0/16
  ShopStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Stock
  ShopToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: 10.71.0.5/16
      VpcPeeringConnectionId: !Ref ShopStock
```

## Good

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.70.0.0/16"
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc" "stock" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_stock" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.stock.id
  auto_accept = true
}

resource "aws_route" "shop_to_stock" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = "10.71.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_stock.id
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.70.0.0/16
  ShopTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Shop
  Stock:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.71.0.0/16
  ShopStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Stock
  ShopToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: 10.71.0.0/16
      VpcPeeringConnectionId: !Ref ShopStock
```

## Fix

Write the block without the bits, or with the prefix that was meant.

## Undecided when

The resource may not exist. Nothing is asked about blocks without a value.

## See also

- [VPC CIDR blocks](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html)
- [aws_route](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from peerlint.network.network import Network
from peerlint.network.routing.host_bits import Fate, HostBits, host_bits
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

SHOWN = 3
SEVERITY = {Fate.REFUSED: Severity.ERROR, Fate.REPLACED: Severity.WARNING, Fate.TAKEN: Severity.NOTE}


@rule("PL217", "noncanonical-cidr", Severity.ERROR, fix=Fix.AUTO)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each block that is written with host bits, wherever its value is used."""
    found: dict[object, list[HostBits]] = defaultdict(list)
    for bits in host_bits(network):
        found[bits.value.at or bits.at, bits.value.value.written].append(bits)
    for uses in found.values():
        certain = [bits for bits in uses if bits.origin.presence.doubt is None]
        worst = sorted(certain, key=lambda bits: SEVERITY[bits.fate].rank)
        yield _finding(worst) if worst else _question(uses[0])


def _ending(bits: HostBits) -> str:
    match bits.fate:
        case Fate.REFUSED:
            return f"the AWS provider refuses it, and takes {bits.value.value}"
        case Fate.REPLACED:
            return f"AWS takes it as {bits.value.value}, and each apply replaces what reads back otherwise"
        case Fate.TAKEN:
            return f"AWS takes it as {bits.value.value}"


def _question(bits: HostBits) -> Undecided:
    name, written = bits.origin.address, bits.value.value.written
    question = f"whether {name} exists, of which {bits.what} {written} has bits set beyond its prefix"
    return Undecided(question, bits.origin.presence.doubt or "", bits.at, (name,), stack=bits.origin.stack)


def _finding(uses: list[HostBits]) -> Finding:
    bits, written = uses[0], uses[0].value.value.written
    notes = [Note(f"{each.what} of {each.origin.address}", each.at) for each in uses]
    at = bits.value.at or bits.at
    return Finding(
        f"{bits.what} of {bits.origin.address} is {written}, with bits set beyond its prefix: {_ending(bits)}",
        at,
        (bits.origin.address,),
        tuple(note for note in notes[: SHOWN + 1] if not note.at.has_line_of(at)),
        f"write {bits.value.value}",
        SEVERITY[bits.fate],
        stack=bits.origin.stack,
    )
