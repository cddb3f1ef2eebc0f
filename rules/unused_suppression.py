"""A suppression silences nothing.

## Why

A suppression that outlived its finding hides the next one at the same place. One that names no existing rule, or
whose `until` has passed, does not do what its author meant. It is reported only where every rule that it names was
run.

## Bad

```terraform
# peerlint: ignore[PL101] the spoke is renumbered next year
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}
```

```yaml
Resources:
  # peerlint: ignore[PL101] the spoke is renumbered next year
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

Remove the comment, or correct the rules, the date or the place.

## Undecided when

Never.

## See also

- [Suppressing findings](https://github.com/peerlint/peerlint#suppressing-a-finding)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.network import Network
from peerlint.rule import Finding, Severity, Undecided, rule


@rule("PL904", "unused-suppression", Severity.WARNING)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Nothing by itself: the engine reports it, once it knows what every suppression silenced."""
    yield from ()
