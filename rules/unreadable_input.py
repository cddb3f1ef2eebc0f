"""A file that should be read cannot be.

## Why

A syntax error, text that is not UTF-8, an encrypted file or a template that is not a mapping hides everything that
the file declares. The rest of the run goes on, but what it says is about the rest only, so the exit code is 3
whatever else is found.

A key that is written twice in a template, and a second document in its file, hide less: the last of the two values and
the first document are read.

An error of syntax inside a Terraform block hides the argument that it is in, or that block. One in an argument on which
no peering depends is left to Terraform: such arguments are not parsed.

## Bad

```terraform
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
```

```yaml
Resources:
  Hub:
    Type: AWS::EC2::VPC
   Properties:
      CidrBlock: 10.0.0.0/16
```

## Good

```terraform
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
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

Correct the file at the line given. `terraform validate` and `cfn-lint` name the same place. A file that is not meant
to be read belongs in `exclude`.

## Undecided when

Two files of an inventory (`--inventory`) describe one thing differently: the later description is used.

## See also

- [Terraform: configuration syntax](https://developer.hashicorp.com/terraform/language/syntax/configuration)
- [CloudFormation: template format](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import ProblemKind
from peerlint.network.network import Network
from peerlint.problems import findings
from peerlint.rule import Finding, Severity, Undecided, rule


@rule("PL901", "unreadable-input", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """The problems of files that could not be read."""
    yield from findings(network, ProblemKind.UNREADABLE_INPUT)
