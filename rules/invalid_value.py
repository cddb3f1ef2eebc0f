"""A value is not what its argument takes.

## Why

A CIDR that does not parse, a prefix that AWS refuses on a VPC, a port above 65535 or a word outside an enumeration
fails when the plan is applied or the stack is created, often after other resources have been made. CloudFormation
refuses a template in which a function is called with other arguments than it takes, and a stack whose parameter gets a
value that its declaration does not allow. Every other rule takes such a value as unknown.

## Bad

```terraform
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/8"
}
```

```yaml
Resources:
  Hub:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/8
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

Write a value that the argument takes. The block of a VPC is between /16 and /28.

## Undecided when

The value is not known, or it is the default of a parameter, which may be a placeholder: nothing is said.

## See also

- [VPC CIDR blocks](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html)
- [CloudFormation: intrinsic functions](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html)
- [How peerlint evaluates CloudFormation](https://github.com/peerlint/peerlint/blob/main/docs/cloudformation.md)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import ProblemKind
from peerlint.network.network import Network
from peerlint.problems import findings
from peerlint.rule import Finding, Severity, Undecided, rule


@rule("PL902", "invalid-value", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """The problems of values that their arguments do not take."""
    yield from findings(network, ProblemKind.INVALID_VALUE)
