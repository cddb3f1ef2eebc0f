"""The pseudo parameters.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
"""

from __future__ import annotations

from peerlint.cloudformation.options import CloudFormationOptions
from peerlint.network.partitions import partition_of, url_suffix_of

NO_VALUE = "AWS::NoValue"
OF_ONE_STACK = frozenset({"AWS::StackName", "AWS::StackId", "AWS::NotificationARNs"})
"""What a nested stack has of its own."""

PSEUDO_PARAMETERS = OF_ONE_STACK | {"AWS::Region", "AWS::AccountId", "AWS::Partition", "AWS::URLSuffix"}
"""All that have a value."""


def stated(name: str, options: CloudFormationOptions) -> str | None:
    """What the user says about a stack; the partition and the domain of AWS follow from the Region."""
    region = options.region
    match name:
        case "AWS::Region":
            return region
        case "AWS::AccountId":
            return options.account
        case "AWS::StackName":
            return options.name
        case "AWS::Partition" if region is not None:
            return partition_of(region)
        case "AWS::URLSuffix" if region is not None:
            return url_suffix_of(region)
        case _:
            return None
