"""A reference that a peering question depends on leads to nothing.

## Why

A variable, local, resource, data source, output or parameter that is not declared makes the plan or the stack fail. A
counted resource used without an instance key does so too, and so do values that are made of each other in a circle, an
output that the state of another root lacks, and an override of what is not declared. In a template, so do a condition
or a key of a mapping that is not there, an attribute that a resource's type lacks, a condition that refers to a
resource, and resources that wait for each other: two security groups that name each other in their inline rules, or
one that names itself. With nested stacks, so do a parameter that the nested template lacks or demands, an output that
it does not have, and templates that nest each other. Every other rule takes the value as unknown.

## Bad

```terraform
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
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
  HubToSpoke:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Spoke
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
  Spoke:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
  HubToSpoke:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Spoke
```

## Fix

Declare what is referred to, or correct its name. Groups that name each other take their rules from resources of their
own: `aws_vpc_security_group_ingress_rule`, `AWS::EC2::SecurityGroupIngress`.

## Undecided when

A file of the module or template could not be read, or a macro or a loop over an unknown list may make what is missed:
it may be declared there, and nothing is said. Nor is anything of a root in a project with a `terragrunt.hcl`, since
Terragrunt may add files to it, or of override files that no other file or no peering stands beside.

An output that a state lacks is undecided where a condition that is not known decides whether it is asked for, and
where the state is made into another object first (`merge`, a conversion to another type).

## See also

- [Terraform: references to named values](https://developer.hashicorp.com/terraform/language/expressions/references)
- [CloudFormation: Ref](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html)
- [CloudFormation: DependsOn](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html)
- [How peerlint evaluates CloudFormation](https://github.com/peerlint/peerlint/blob/main/docs/cloudformation.md)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import ProblemKind
from peerlint.network.network import Network
from peerlint.problems import findings
from peerlint.rule import Finding, Severity, Undecided, rule


@rule("PL905", "unresolved-reference", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """The problems of references that lead to nothing."""
    yield from findings(network, ProblemKind.UNRESOLVED_REFERENCE)
