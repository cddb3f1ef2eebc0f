"""A peered VPC has more of something than an account may have.

## Why

AWS refuses what is past a quota, in the midst of an apply: the fifty-first peering of a VPC, the sixth block, a route
or a rule. Quotas are counted in ways that are easy to miss. A prefix list counts with the *most entries it may have*
(`max_entries`) and not with those it has; IPv4 and IPv6 are counted apart; a network ACL's own last entry, which
denies the rest, counts as well.

## Bad

```hcl
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "more" {
  count = 5

  vpc_id     = aws_vpc.hub.id
  cidr_block = "10.${count.index + 1}.0.0/16"
}

resource "aws_vpc" "spoke" {
  cidr_block = "10.100.0.0/16"
}

resource "aws_vpc_peering_connection" "hub_spoke" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.spoke.id
  auto_accept = true
}
```

```yaml
Resources:
  Hub:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  HubTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Hub
  Partners:
    Type: AWS::EC2::PrefixList
    Properties:
      PrefixListName: partners
      AddressFamily: IPv4
      MaxEntries: 600
      Entries:
        - Cidr: 10.100.0.0/16
  Spoke:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.100.0.0/16
  HubSpoke:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Spoke
  HubToPartners:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref HubTable
      DestinationPrefixListId: !Ref Partners
      VpcPeeringConnectionId: !Ref HubSpoke
```

## Good

```hcl
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "more" {
  count = 4

  vpc_id     = aws_vpc.hub.id
  cidr_block = "10.${count.index + 1}.0.0/16"
}

resource "aws_vpc" "spoke" {
  cidr_block = "10.100.0.0/16"
}

resource "aws_vpc_peering_connection" "hub_spoke" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.spoke.id
  auto_accept = true
}
```

```yaml
Resources:
  Hub:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  HubTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Hub
  Partners:
    Type: AWS::EC2::PrefixList
    Properties:
      PrefixListName: partners
      AddressFamily: IPv4
      MaxEntries: 20
      Entries:
        - Cidr: 10.100.0.0/16
  Spoke:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.100.0.0/16
  HubSpoke:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Spoke
  HubToPartners:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref HubTable
      DestinationPrefixListId: !Ref Partners
      VpcPeeringConnectionId: !Ref HubSpoke
```

## Fix

Ask AWS to raise the quota, and tell peerlint the new one under `[quotas]` in the configuration; or need less: a
smaller `max_entries`, aggregated blocks, a transit gateway in place of many peerings. The defaults are those of AWS:
50 peerings of a VPC, 25 requests that nobody accepted, 500 routes of a table, 60 rules of a group in one direction,
20 entries of a network ACL in one direction, 5 IPv4 blocks of a VPC. Routes, rules and entries are counted for each
address family; propagated routes have a quota of their own.

Only VPCs at an end of a peering are looked at, with their tables, groups and ACLs.

## Undecided when

The limit is passed only if something exists, or is of the address family, of which that is not known. What may be
declared elsewhere is not asked about.

## See also

- [Amazon VPC quotas](https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html)
- [VPC peering connection quotas](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-connection-quotas.html)
- [Security group size](https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-size)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.network import Network
from peerlint.network.quotas import Count, Quota, counts
from peerlint.rule import Finding, Note, Severity, Undecided, rule

WHOSE = {
    Quota.PEERINGS: "a VPC",
    Quota.PENDING: "an account in a Region",
    Quota.ROUTES: "a route table",
    Quota.GROUP_RULES: "a security group",
    Quota.ACL_RULES: "a network ACL",
    Quota.BLOCKS: "a VPC",
}
KEYS = {
    Quota.PEERINGS: "peerings-per-vpc",
    Quota.PENDING: "pending-requests",
    Quota.ROUTES: "routes-per-table",
    Quota.GROUP_RULES: "rules-per-group",
    Quota.ACL_RULES: "rules-per-acl",
    Quota.BLOCKS: "blocks-per-vpc",
}


@rule("PL501", "quota-exceeded", Severity.WARNING)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each count that is above its quota."""
    for count in counts(network):
        if count.certain > count.limit:
            yield _finding(count)
        elif count.doubt is not None:
            question = f"whether {count.of.name} has more than {count.limit} {_what(count)}"
            yield Undecided(question, count.doubt.reason, count.first, (count.of.address,), stack=count.of.stack)


def _what(count: Count) -> str:
    return f"{count.kind} {count.quota.value}".strip()


def _finding(count: Count) -> Finding:
    last = " (with the one that denies the rest)" if count.quota is Quota.ACL_RULES else ""
    who = "the account of " if count.quota is Quota.PENDING else ""
    return Finding(
        f"{who}{count.of.name} has {count.certain} {_what(count)}{last}, and {WHOSE[count.quota]} may have "
        f"{count.limit}: AWS refuses those past the quota",
        count.of.span,
        (f"{count.of.address} {_what(count)}",),
        (Note(f"this one passes the quota of {count.limit}", count.first),),
        f"have the quota raised and tell peerlint so (`{KEYS[count.quota]}` in `[quotas]`), or need fewer",
        stack=count.of.stack,
    )
