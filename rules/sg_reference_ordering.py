"""A security group rule names a group of a peered VPC and does not wait for the peering.

## Why

A group of another VPC can be named only once the peering between the two VPCs is *active*. Neither Terraform nor
CloudFormation infers that: the rule refers to the group, and nothing in it refers to the peering. Both are made at the
same time, and where the rule comes first it is refused: InvalidGroup.NotFound, "You have specified two resources that
belong to different networks". A second apply works, which hides the defect until the code is applied somewhere else.

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

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.app.id
}

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.data.id
}

resource "aws_vpc_security_group_ingress_rule" "database_from_app" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
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
    Properties:
      GroupDescription: database
      VpcId: !Ref Data
  DatabaseFromApp:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !GetAtt DatabaseGroup.GroupId
      SourceSecurityGroupId: !GetAtt AppGroup.GroupId
      IpProtocol: tcp
      FromPort: 5432
      ToPort: 5432
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
}

resource "aws_vpc_security_group_ingress_rule" "database_from_app" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432

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
    Properties:
      GroupDescription: database
      VpcId: !Ref Data
  DatabaseFromApp:
    Type: AWS::EC2::SecurityGroupIngress
    DependsOn: AppToData
    Properties:
      GroupId: !GetAtt DatabaseGroup.GroupId
      SourceSecurityGroupId: !GetAtt AppGroup.GroupId
      IpProtocol: tcp
      FromPort: 5432
      ToPort: 5432
```

## Fix

Let the rule wait for what accepts the request: the connection where it has `auto_accept = true`, else its
`aws_vpc_peering_connection_accepter`; in CloudFormation the connection. Any way of waiting will do: `depends_on` of
the rule, of the module that makes it, or of something that it refers to, and `DependsOn` alike.

A peering that exists, is looked up, or is made by another stack than the rule is no matter of this rule: what people
deploy in an order of their own, no code can order. Neither is one that nothing accepts (PL106), and a group of
another Region (PL401).

## Undecided when

The rule or the peering may not exist, a module that was not read, a `time_sleep` or a provisioner stands between the
two, or a transit gateway may make the group known as well.

## See also

- [Reference peer security groups](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html)
- [The depends_on meta-argument](https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on)
- [DependsOn attribute](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.links import Hasty, hasty
from peerlint.network.filtering.vicinity import described
from peerlint.network.model import Language
from peerlint.network.network import Network
from peerlint.network.order.ordering import acceptance
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule


@rule("PL403", "sg-reference-ordering", Severity.WARNING, fix=Fix.AUTO)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Rules of security groups that may be made before the peering that they need."""
    for item in hasty(network):
        if isinstance(item.truth, Maybe):
            yield _undecided(network, item, item.truth.reason)
        else:
            yield _finding(network, item)


def _finding(network: Network, item: Hasty) -> Finding:
    link, origin = item.link, item.link.reference.permission.origin
    accepting = acceptance(network, item.peering)[0]
    message = (
        f"{origin.name} of {described(network, link.own)} names {_named(network, item)} of "
        f"{described(network, link.far)} and does not wait for {accepting.name}: until the peering is active, AWS "
        "refuses the rule (InvalidGroup.NotFound)"
    )
    notes = [Note(f"{accepting.name} makes the peering active", accepting.span)]
    if link.reference.named is not None:
        notes.append(Note(f"{_named(network, item)} is declared here", link.reference.named.origin.span))
    return Finding(
        message,
        link.reference.peer.at,
        _addresses(network, item),
        tuple(notes),
        _remedy(accepting.address, origin.address, origin.language),
        stack=origin.stack,
    )


def _remedy(accepting: str, waiting: str, language: Language) -> str:
    if language is Language.CLOUDFORMATION:
        return f"add DependsOn: {accepting} to {waiting}"
    if "module." in (accepting + waiting):
        return f"let {waiting} wait for {accepting}, by depends_on of the resource or of a module call around it"
    return f"add depends_on = [{accepting}] to {waiting}"


def _named(network: Network, item: Hasty) -> str:
    reference = item.link.reference
    stack = reference.permission.origin.stack
    return network.groups.name(reference.named, stack) if reference.named is not None else str(reference.peer.group)


def _addresses(network: Network, item: Hasty) -> tuple[str, ...]:
    return (item.link.reference.permission.origin.address, _named(network, item), item.peering.origin.address)


def _undecided(network: Network, item: Hasty, reason: str) -> Undecided:
    origin = item.link.reference.permission.origin
    question = f"whether {origin.name}, which names {_named(network, item)}, waits for {item.peering.origin.name}"
    at = item.link.reference.peer.at
    return Undecided(question, reason, at, _addresses(network, item), stack=origin.stack)
