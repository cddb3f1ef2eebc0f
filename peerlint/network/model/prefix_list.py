"""Prefix lists, which both routes and security groups name."""

from __future__ import annotations

from dataclasses import dataclass

from peerlint.network.cidr import Cidr
from peerlint.network.model.origin import Origin
from peerlint.network.values import Value, Written


@dataclass(frozen=True, slots=True)
class PrefixListEntry:
    """One block of a prefix list."""

    origin: Origin
    list: Written[str]
    cidr: Written[Cidr]


@dataclass(frozen=True, slots=True)
class PrefixList:
    """A prefix list; ``aws_owned`` ones are those of AWS services (S3, DynamoDB, …)."""

    origin: Origin
    id: Written[str]
    max_entries: Value[int] = None
    aws_owned: bool = False
    outside: bool = False
