"""A security group of a peered VPC admits more than its peerings need.

## Why

A peering joins two networks as if they were one, so that whatever a group admits from "inside" the peer can send.
Three ways of being too wide are told apart; each rule of a group is reported once, for the widest.

- *The world*: 0.0.0.0/0 or ::/0, whole, split into halves such as 0.0.0.0/1 and 128.0.0.0/1, or through a prefix
  list, on any port that is not meant for the public (`public-ports`, by default 80 and 443). The peer needs none of
  it, and neither does a group that was opened "to make the peering work".
- *A supernet*: a block such as 10.0.0.0/8 that strictly contains a block of a peer, and is not exactly the blocks of
  this VPC and its known peers together. Each network that is peered or connected later is let in without anybody
  deciding it. This holds for the public ports too: a block inside a private range is not the public.
- *Every port*: all protocols, or all TCP or UDP ports, from a peer's addresses or a peer's group.

ICMP has no ports. It is reported for the world only, and only where every type is admitted: ping and path MTU
discovery need single types. Protocols without ports (ESP, GRE, …) are not reported. Egress never is.

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

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.data.id

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
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
  DatabaseGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The database
      VpcId: !Ref Data
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          CidrIp: 10.0.0.0/8
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

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.data.id

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.app.cidr_block]
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
  DatabaseGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The database
      VpcId: !Ref Data
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          CidrIp: !GetAtt App.CidrBlock
```

## Fix

Name the peer's own block, or (within one Region) its security group, and the ports that its clients use. Ports that
serve the public belong in `public-ports`.

## Undecided when

- a source, the ports or the entries of a prefix list are unknown values, or declared elsewhere;
- the blocks of a peer are unknown, and a source could contain one, or every port is open to a source that could lie
  in one;
- the rule, or every peering of the VPC, may not exist.

Groups of VPCs at no end of a declared peering are left alone. Where a group's VPC cannot be told and its root or
template declares a peering, the first two ways are notes.

## See also

- [Security groups and VPC peering](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html)
- [AWS Config: vpc-sg-open-only-to-authorized-ports](https://docs.aws.amazon.com/config/latest/developerguide/vpc-sg-open-only-to-authorized-ports.html)
- [Security Hub EC2.18](https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerlint.network.filtering.exposure import Accusation, Open, Shape, Wide, exposures
from peerlint.network.filtering.permissions import Addresses
from peerlint.network.filtering.surroundings import Neighbour, Surroundings
from peerlint.network.filtering.vicinity import described, listed
from peerlint.network.model import Permission
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import written_at
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL405", "wide-ingress", Severity.WARNING, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Ingress of security groups in peered VPCs that is wider than the peerings need."""
    for found in exposures(network):
        if isinstance(found, Wide):
            yield _finding(network, found)
        else:
            yield _undecided(found)


def _finding(network: Network, wide: Wide) -> Finding:
    first = wide.accusations[0]
    accused = [a for a in wide.accusations if a.shape is first.shape]
    named = listed(str(a.source) for a in accused)
    concerned = [n for a in accused for n in a.peers] or list(wide.around.neighbours)
    peers = _names(network, concerned)
    where = f" in {described(network, wide.around.own)}" if wide.around.own is not None else ""
    message = f"{wide.around.group}{where} admits {wide.ports} from {named}{_consequence(first, wide.around, peers)}"
    return Finding(
        message,
        first.source.at,
        (wide.permission.origin.address, wide.around.group),
        (*_sources(wide.accusations), *_ports(wide.permission), *_peerings(network, wide.permission, concerned)),
        _remedy(first.shape, concerned),
        Severity.NOTE if wide.around.own is None else None,
        stack=wide.permission.origin.stack,
    )


def _names(network: Network, neighbours: Iterable[Neighbour]) -> str:
    return listed(described(network, n.vpc) for n in neighbours)


def _consequence(first: Accusation, around: Surroundings, peers: str) -> str:
    match first.shape:
        case Shape.WORLD if around.own is None:
            return f": every address may connect, and its VPC may be an end of the peering between {peers}"
        case Shape.WORLD:
            return f": every address may reach it, while its VPC is peered with {peers}"
        case Shape.SUPERNET:
            return f", containing {peers} together with addresses of no known peer: whatever uses those is let in"
        case Shape.EVERY_PORT:
            return f", that is from {peers} at the other end of a peering: all that the group protects is open to it"


def _remedy(shape: Shape, peers: Iterable[Neighbour]) -> str:
    named = listed(n.vpc.origin.name for n in peers)
    match shape:
        case Shape.WORLD:
            return "name the peer's own blocks, or its security group; list ports meant for the public in public-ports"
        case Shape.SUPERNET:
            return f"name the blocks of {named} in its place"
        case Shape.EVERY_PORT:
            return f"name the ports that clients in {named} use"


def _sources(accusations: tuple[Accusation, ...]) -> Iterator[Note]:
    for index, accusation in enumerate(accusations):
        if index:
            yield Note(f"{accusation.source}: {accusation.shape.value}", accusation.source.at)
        if not isinstance(accusation.source, Addresses):
            continue
        if accusation.source.entry is not None:
            yield Note(f"the prefix list holds {accusation.source} here", accusation.source.entry)
        else:
            yield from whence(accusation.source.value, accusation.source.at)


def _ports(permission: Permission) -> Iterator[Note]:
    yield from whence(permission.from_port, written_at(permission.origin, "from_port", "FromPort"))
    yield from whence(permission.to_port, written_at(permission.origin, "to_port", "ToPort"))


def _peerings(network: Network, permission: Permission, neighbours: Iterable[Neighbour]) -> Iterator[Note]:
    for at, origin in {n.peering.origin.span: n.peering.origin for n in neighbours}.items():
        name = network.seen_from(origin, permission.origin.stack).name
        yield Note(f"{name} makes it a peered VPC", at)


def _undecided(found: Open) -> Undecided:
    question = f"whether {found.around.group} admits more than its VPC's peerings need"
    return Undecided(
        question,
        found.reason,
        found.at,
        (found.permission.origin.address, found.around.group),
        stack=found.permission.origin.stack,
    )
