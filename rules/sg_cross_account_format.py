"""A security group rule names a group of another account in the wrong form.

## Why

The AWS provider reads a rule that names a group of another account back as `123456789012/sg-…`. Written as a bare id
it never matches: the plan shows a difference for ever, and each apply makes the rule anew, with a gap in between.

CloudFormation has a property of its own for the account, `SourceSecurityGroupOwnerId`, which is required for a group
of another account. An account in the place of the id ("123456789012/sg-…") is malformed: InvalidGroupId.Malformed.

## Bad

```hcl
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

provider "aws" {
  alias               = "data"
  region              = "eu-west-1"
  allowed_account_ids = ["222233334444"]
}

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_security_group" "database" {
  provider = aws.data
  name     = "database"
  vpc_id   = "vpc-0b1c2d3e4f5061728"
}

resource "aws_security_group_rule" "database_from_app" {
  provider                 = aws.data
  security_group_id        = aws_security_group.database.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
  source_security_group_id = aws_security_group.app.id
}
```

```yaml
Resources:
  DatabaseGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: database
      VpcId: vpc-0b1c2d3e4f5061728
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          SourceSecurityGroupId: 111122223333/sg-0a1b2c3d4e5f60718
```

## Good

```hcl
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

provider "aws" {
  alias               = "data"
  region              = "eu-west-1"
  allowed_account_ids = ["222233334444"]
}

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_security_group" "database" {
  provider = aws.data
  name     = "database"
  vpc_id   = "vpc-0b1c2d3e4f5061728"
}

resource "aws_security_group_rule" "database_from_app" {
  provider                 = aws.data
  security_group_id        = aws_security_group.database.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
  source_security_group_id = "111122223333/${aws_security_group.app.id}"
}
```

```yaml
Resources:
  DatabaseGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: database
      VpcId: vpc-0b1c2d3e4f5061728
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          SourceSecurityGroupId: sg-0a1b2c3d4e5f60718
          SourceSecurityGroupOwnerId: "111122223333"
```

## Fix

In Terraform write `123456789012/sg-…`, with the account of the group that is named. In CloudFormation, and for the
resources of the `awscc` provider, give the account in `SourceSecurityGroupOwnerId` and a bare id beside it; an egress
rule has no such property, so that it has to name address blocks.

## Undecided when

The two groups are of one root and of providers whose accounts are not told (`allowed_account_ids`, `assume_role`); the
rule or one of the groups may not exist. Of a group that the input does not declare nothing is said.

## See also

- [aws_security_group_rule](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule)
- [AWS::EC2::SecurityGroupIngress](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html)
- [Reference peer security groups](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from peerlint.network.filtering.accounts import Misnamed, Naming, misnamed
from peerlint.network.network import Network
from peerlint.network.routing.destinations import name_of
from peerlint.network.values import Known, Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL404", "sg-cross-account-format", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Groups of other accounts that are named in the wrong form."""
    for naming in misnamed(network):
        if isinstance(naming.truth, Maybe):
            yield _undecided(network, naming, naming.truth.reason)
        else:
            yield _finding(network, naming)


def _finding(network: Network, naming: Naming) -> Finding:
    reference, at = naming.reference, naming.reference.peer.at
    origin = reference.permission.origin
    message, remedy = _words(network, naming)
    notes = [*whence(naming.far_account, at)]
    if reference.named is not None:
        named = reference.named.origin
        notes.append(Note(f"{named.name} is declared here", named.span))
    severity = Severity.WARNING if naming.fault is Misnamed.BARE else None
    return Finding(message, at, _addresses(network, naming), tuple(notes), remedy, severity, stack=origin.stack)


def _words(network: Network, naming: Naming) -> tuple[str, str]:
    """The message and the remedy."""
    subject, named = naming.reference.permission.origin.name, _named(network, naming)
    if naming.fault is Misnamed.SLASHED:
        return (
            f"{subject} names {named} by its account and id in one text, which AWS does not take for the id of a "
            "group (InvalidGroupId.Malformed)",
            "give the account in SourceSecurityGroupOwnerId, and the id of the group alone",
        )
    account = _shown(naming)
    across = f"{subject} of account {name_of(naming.account) if naming.account is not None else ''} names {named}"
    across += f" of account {account}"
    match naming.fault:
        case Misnamed.BARE:
            return (
                f"{across} by its id alone: the provider reads the rule back with the account, so that each plan "
                "shows a difference and each apply makes the rule anew",
                f'write "{account}/${{{_reference(naming)}}}"',
            )
        case Misnamed.UNOWNED:
            return (
                f"{across} without SourceSecurityGroupOwnerId, which a group of another account needs",
                f'add SourceSecurityGroupOwnerId: "{account}"',
            )
        case Misnamed.OWNERLESS:
            return (
                f"{across} as a destination, and an egress rule has no property for the owner of a group",
                "name the address blocks of the peer's VPC instead of the group",
            )
        case _:
            assert_never(naming.fault)


def _shown(naming: Naming) -> str:
    return name_of(naming.far_account) if naming.far_account is not None else ""


def _reference(naming: Naming) -> str:
    """The expression that the id is given by."""
    group = naming.reference.peer.group
    return group.value if isinstance(group, Known) else group.name


def _named(network: Network, naming: Naming) -> str:
    reference = naming.reference
    stack = reference.permission.origin.stack
    if reference.named is not None:
        return network.groups.name(reference.named, stack)
    return name_of(reference.peer.group)


def _addresses(network: Network, naming: Naming) -> tuple[str, ...]:
    return (naming.reference.permission.origin.address, _named(network, naming))


def _undecided(network: Network, naming: Naming, reason: str) -> Undecided:
    origin, named = naming.reference.permission.origin, _named(network, naming)
    question = f"whether {named}, which {origin.name} names by its id alone, is of another account"
    at = naming.reference.peer.at
    return Undecided(question, reason, at, _addresses(network, naming), stack=origin.stack)
