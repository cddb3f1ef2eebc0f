"""A module's source is not on disk.

## Why

What a module declares is unknown until its source is there: peerlint fetches nothing. Each question about a thing
that the module was given, or that it exports, stays undecided. Of some releases of a few modules of the public registry
peerlint knows what they make: those are not reported. The path of a nested stack's template that leads to no file is
found too: `aws cloudformation package` refuses it.

## Bad

```terraform
module "peering" {
  source  = "example/vpc-peering/aws"
  version = "1.0.0"

  requester_vpc_id = aws_vpc.hub.id
  accepter_vpc_id  = aws_vpc.spoke.id
}

resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "spoke" {
  cidr_block = "10.1.0.0/16"
}
```

```yaml
Resources:
  Hub:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: nets/hub.yaml
```

## Good

```terraform
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "spoke" {
  cidr_block = "10.1.0.0/16"
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
```

## Fix

Run `terraform get` (or `terraform init -backend=false`) in the root before peerlint: both leave the sources in
`.terraform/modules`, and neither needs credentials for public modules. Of a module that peerlint knows, the message
says why that was of no use here: most often a `version` is missing.

## Undecided when

The template of a nested stack is at a URL: it is not fetched, and whether it declares a peering is one undecided
question for the whole template, which names the file of the repository that may be it.

A root declares nothing that concerns a peering, and its unread modules do not sound like it either: whether they
declare a peering is then one undecided question for the whole root.

## See also

- [Modules that are not on disk](https://github.com/peerlint/peerlint/blob/main/docs/modules.md)
- [Nested stacks](https://github.com/peerlint/peerlint/blob/main/docs/stacks.md)
- [terraform get](https://developer.hashicorp.com/terraform/cli/commands/get)
- [Module sources](https://developer.hashicorp.com/terraform/language/modules/sources)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import ProblemKind
from peerlint.network.network import Network
from peerlint.problems import findings
from peerlint.rule import Finding, Severity, Undecided, rule


@rule("PL903", "unresolved-module", Severity.NOTE)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """The problems of modules that are not on disk."""
    yield from findings(network, ProblemKind.UNRESOLVED_MODULE)
