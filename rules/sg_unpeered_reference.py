"""A security group rule names a group of a VPC that is not peered with its own.

## Why

A rule can name a group of another VPC only where the two VPCs are peered (or a transit gateway makes groups known, or
the group is associated with the other VPC). Without, AWS refuses the rule: InvalidGroup.NotFound, "You have specified
two resources that belong to different networks". The plan cannot see it, since an id is only a string.

## Bad

```hcl
resource "aws_vpc" "app" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.app.id
}

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.data.id

  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.app.id]
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
  AppGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: application
      VpcId: !Ref App
  DatabaseGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: database
      VpcId: !Ref Data
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          SourceSecurityGroupId: !GetAtt AppGroup.GroupId
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

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.app.id
}

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.data.id

  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.app.id]
  }

  depends_on = [aws_vpc_peering_connection.app_data]
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
  AppGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: application
      VpcId: !Ref App
  DatabaseGroup:
    Type: AWS::EC2::SecurityGroup
    DependsOn: AppToData
    Properties:
      GroupDescription: database
      VpcId: !Ref Data
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          SourceSecurityGroupId: !GetAtt AppGroup.GroupId
```

## Fix

Peer the two VPCs, or name the address blocks of the other one.

Nothing is said where attachments of both VPCs to a transit gateway have `security_group_referencing_support` on, where
the group is associated with the other VPC (`aws_vpc_security_group_vpc_association`), and of VPCs that the input does
not declare. A group of another Region is PL401's.

## Undecided when

- another stack than the rule's declares one of the VPCs: code that is not in the input may peer them. What a stack
  itself declares nobody can peer before it is made;
- transit gateway attachments of both VPCs do not tell whether groups can be referenced through them;
- a module, nested stack or custom resource that was not read is given one of the VPCs;
- the peering, the rule or one of the groups may not exist.

## See also

- [Reference peer security groups](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html)
- [Security group VPC associations](https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html)
- [Security group referencing of transit gateways](https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.links import Link, links, unpeered
from peerlint.network.filtering.vicinity import described
from peerlint.network.model import Direction
from peerlint.network.network import Network
from peerlint.network.values import Known, Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule


@rule("PL402", "sg-unpeered-reference", Severity.ERROR, fix=Fix.NONE)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Rules of security groups that name a group of a VPC that is not peered with their own."""
    for link in links(network):
        match unpeered(network, link):
            case True:
                yield _finding(network, link)
            case Maybe(reason=reason):
                yield _undecided(network, link, reason)


def _finding(network: Network, link: Link) -> Finding:
    permission = link.reference.permission
    group, named = _names(network, link)
    way = "source" if permission.direction is Direction.INGRESS else "destination"
    message = (
        f"{group} of {described(network, link.own)} names {named} of {described(network, link.far)} as a {way}, and no "
        "peering joins the two VPCs: AWS refuses the rule (InvalidGroup.NotFound)"
    )
    blocks = [str(b.cidr.value) for b in network.vpcs.blocks(link.far) if isinstance(b.cidr, Known)]
    notes = (
        Note(f"{link.own.origin.name} is declared here", link.own.origin.span),
        Note(f"{link.far.origin.name} is declared here", link.far.origin.span),
    )
    remedy = f"peer {link.own.origin.name} with {link.far.origin.name}"
    remedy += f", or name {' and '.join(blocks)} instead of the group" if blocks else ""
    return Finding(message, link.reference.peer.at, _addresses(link, named), notes, remedy, stack=_stack(link))


def _names(network: Network, link: Link) -> tuple[str, str]:
    """What the rule's group and the named one are called."""
    reference = link.reference
    found = (reference.group, reference.named)
    first, second = (
        network.groups.name(group, _stack(link)) if group is not None else reference.permission.origin.address
        for group in found
    )
    return first, second


def _stack(link: Link) -> str:
    return link.reference.permission.origin.stack


def _addresses(link: Link, named: str) -> tuple[str, ...]:
    return (link.reference.permission.origin.address, named, link.own.origin.address, link.far.origin.address)


def _undecided(network: Network, link: Link, reason: str) -> Undecided:
    group, named = _names(network, link)
    question = f"whether {group} of {link.own.origin.name} may name {named} of {link.far.origin.name}"
    return Undecided(question, reason, link.reference.peer.at, _addresses(link, named), stack=_stack(link))
