"""The security groups on both sides of a peering let no packet pass.

## Why

A peering carries what the groups of both sides allow: one on the sending side has to let it out, and one on the
receiving side has to let it in. Where no group of either VPC has a rule for the other one, routes and connection are
right and nothing arrives. Answers need no rule of their own: a group knows to which connection they belong.

Terraform takes away the rule by which AWS lets everything out of a new group, so that an `aws_security_group` without
egress rules lets nothing out. CloudFormation leaves it, unless the group lists egress rules itself.

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

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.app.id

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.0/24"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.data.id

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.data.cidr_block]
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
  WebGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The web servers
      VpcId: !Ref App
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 203.0.113.0/24
  DatabaseGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The database
      VpcId: !Ref Data
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          CidrIp: !GetAtt Data.CidrBlock
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

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.app.id

  egress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.data.cidr_block]
  }
}

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.data.id

  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.web.id]
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
  WebGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The web servers
      VpcId: !Ref App
  DatabaseGroup:
    Type: AWS::EC2::SecurityGroup
    DependsOn: AppToData
    Properties:
      GroupDescription: The database
      VpcId: !Ref Data
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          SourceSecurityGroupId: !GetAtt WebGroup.GroupId
```

## Fix

Add an ingress rule for the peer's blocks (or, within one Region, its group) to a group of the side that serves, and
where the groups of the other side let nothing out to it, an egress rule there.

## Undecided when

A source, a port or the presence of a rule is unknown, or others may add rules, where that decides whether anything
passes.

Nothing is said where either VPC has no group of its own in the input, or may have groups that the input does not show:
those of a VPC that is looked up, those that an unread module, an importing stack, a Kubernetes cluster, a directory or
another service makes along, or the default group, where something is left in it. The default group of a VPC counts only
where the input declares or uses it.

## See also

- [Security groups and VPC peering](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html)
- [Security group rules](https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html)
- [aws_security_group](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.isolation import Gate, isolated
from peerlint.network.filtering.vicinity import listed
from peerlint.network.model import Peering
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, vpcs
from peerlint.network.routing.destinations import block_names
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

SHOWN = 3


@rule("PL406", "peer-traffic-blocked", Severity.WARNING, fix=Fix.NONE)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Peerings over which the security groups of both VPCs let nothing pass."""
    for peering in network.peerings.judged:
        found = isolated(network, peering)
        doubt = peering.origin.presence.doubt
        if isinstance(found, Maybe):
            yield _question(network, peering, found.reason)
        elif found is not None and doubt is not None:
            yield _question(network, peering, doubt)
        elif found is not None:
            yield _finding(network, peering, *found)


def _question(network: Network, peering: Peering, reason: str) -> Undecided:
    names = " and ".join(vpc.origin.name for vpc in vpcs(network, peering))
    question = f"whether the security groups of {names} let anything pass over {peering.origin.name}"
    return Undecided(question, reason, peering.origin.span, addresses(network, peering), stack=peering.origin.stack)


def _finding(network: Network, peering: Peering, near: Gate, far: Gate) -> Finding:
    name, other = near.end.vpc.origin.name, far.end.vpc.origin.name
    groups = tuple(group.origin.address for gate in (near, far) for group in gate.groups)
    return Finding(
        f"no security group of {name} lets anything out to {other} that a group there admits, and none of {other} "
        f"anything to {name}: no packet passes over {peering.origin.name}",
        peering.origin.span,
        (*addresses(network, peering), *groups),
        (_note(network, peering, near, far), _note(network, peering, far, near)),
        _remedy(network, near, far),
        stack=peering.origin.stack,
    )


def _note(network: Network, peering: Peering, own: Gate, peer: Gate) -> Note:
    """What the groups of one side do, at the first of them."""
    names = [network.groups.name(group, peering.origin.stack) for group in own.groups]
    more = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    who = f"the security groups of {own.end.vpc.origin.name} ({listed((*names[:SHOWN], *more))})"
    admits, lets_out = own.admits or "nothing", own.lets_out or "nothing"
    text = f"{who} admit {admits} from {peer.end.vpc.origin.name}, and let {lets_out} out to it"
    return Note(text, own.groups[0].origin.span)


def _remedy(network: Network, near: Gate, far: Gate) -> str:
    calling, serving = (near, far) if _is_meant(near, far) or not _is_meant(far, near) else (far, near)
    there, here = serving.end.vpc.origin.name, calling.end.vpc.origin.name
    if _is_meant(calling, serving):
        return (
            f"let {serving.admits} out to {there} in a group of {here}, or admit {calling.lets_out} in one of {there}"
        )
    if serving.admits:
        return f"let {serving.admits} out to {there} in a group of {here}"
    blocks = block_names(network, calling.end.vpc)
    remedy = f"admit the ports of the service from {blocks} in a group of {there}"
    return remedy if calling.lets_out else f"{remedy}, and let them out to there in a group of {here}"


def _is_meant(calling: Gate, serving: Gate) -> bool:
    """Whether one side lets something out to the other, and that admits something else."""
    return bool(calling.lets_out) and bool(serving.admits)
