"""A peering sets an option for ClassicLink, which no longer exists.

## Why

ClassicLink joined instances of EC2-Classic with VPCs. AWS has retired both, and version 5 of the AWS provider removed
`allow_classic_link_to_remote_vpc` and `allow_vpc_to_remote_classic_link` from the blocks of a peering: a plan fails
with "Unsupported argument", whatever the value. With an older provider the options still pass, do nothing where they
are false, and stand in the way of the update.

## Bad

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 4.0"
    }
  }
}

resource "aws_vpc_peering_connection_options" "legacy" {
  vpc_peering_connection_id = "pcx-0a1b2c3d4e5f60718"

  accepter {
    allow_remote_vpc_dns_resolution  = true
    allow_classic_link_to_remote_vpc = false
  }
}
```

## Good

```hcl
resource "aws_vpc_peering_connection_options" "legacy" {
  vpc_peering_connection_id = "pcx-0a1b2c3d4e5f60718"

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}
```

## Fix

Delete the argument. CloudFormation never had it.

It is a warning where the lock file or the version constraints of the root and its modules keep the provider below
version 5, and an error otherwise: Terraform takes the newest version that it may.

## Undecided when

The constraints that were read allow version 5 as well as older ones, and a module of the root was not read, which may
require an older one; or a constraint is not understood. A lock file (`.terraform.lock.hcl`) decides.

## See also

- [EC2-Classic networking is retiring](https://aws.amazon.com/blogs/aws/ec2-classic-is-retiring-heres-how-to-prepare/)
- [AWS provider version 5 upgrade guide](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-5-upgrade)
- [terraform-provider-aws #30966](https://github.com/hashicorp/terraform-provider-aws/pull/30966)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.network import Network
from peerlint.network.peerings.classic_link import ClassicLinkOption, classic_link_options
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule


@rule("PL109", "classiclink-option", Severity.ERROR, fix=Fix.AUTO)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each place where an option for ClassicLink is written."""
    for option in classic_link_options(network):
        if isinstance(option.refused, Maybe):
            question = f"whether the AWS provider of {option.written.address} still knows {option.written.argument}"
            yield Undecided(
                question, option.refused.reason, option.written.at, (option.written.address,), stack=option.stack
            )
        else:
            yield _refused(option) if option.refused else _tolerated(option)


def _refused(option: ClassicLinkOption) -> Finding:
    return Finding(
        f"{option.written.address} sets {option.written.argument}: ClassicLink is retired, and the AWS provider has "
        "not known the argument since version 5, so that the plan will fail",
        option.written.at,
        (option.written.address,),
        remedy="delete the argument",
        stack=option.stack,
    )


def _tolerated(option: ClassicLinkOption) -> Finding:
    versions = option.versions
    notes = () if versions.at is None else (Note("the version of the AWS provider is limited here", versions.at),)
    return Finding(
        f"{option.written.address} sets {option.written.argument}: ClassicLink is retired, and only providers older "
        f"than version 5, as this one is ({versions.said}), know the argument",
        option.written.at,
        (option.written.address,),
        notes,
        "delete the argument",
        Severity.WARNING,
        stack=option.stack,
    )
