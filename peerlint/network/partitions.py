"""The partitions of AWS: which one a Region belongs to, and the domain of its services.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

from collections.abc import Mapping

_PREFIXES: Mapping[str, str] = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}
"""How the names of Regions begin outside of the partition ``aws``."""

_SUFFIXES: Mapping[str, str] = {
    "aws": "amazonaws.com",
    "aws-us-gov": "amazonaws.com",
    "aws-cn": "amazonaws.com.cn",
    "aws-iso": "c2s.ic.gov",
    "aws-iso-b": "sc2s.sgov.gov",
    "aws-iso-e": "cloud.adc-e.uk",
    "aws-iso-f": "csp.hci.ic.gov",
    "aws-eusc": "amazonaws.eu",
}


def partition_of(region: str) -> str:
    """The partition that a Region is in."""
    return next((partition for prefix, partition in _PREFIXES.items() if region.startswith(prefix)), "aws")


def url_suffix_of(region: str) -> str:
    """The domain of AWS in a Region's partition: ``amazonaws.com``."""
    return _SUFFIXES[partition_of(region)]
