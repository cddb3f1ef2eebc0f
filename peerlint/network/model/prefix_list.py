"""Prefix lists, which both routes and security groups name."""

from __future__ import annotations

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.model.origin import Origin
from peerlint.network.values import Value, Written


class PrefixListEntry(Struct, frozen=True):
    """One block of a prefix list."""

    origin: Origin
    list: Written[str]
    cidr: Written[Cidr]


class PrefixList(Struct, frozen=True):
    """A prefix list; ``aws_owned`` ones are those of AWS services (S3, DynamoDB, …)."""

    origin: Origin
    id: Written[str]
    max_entries: Value[int] = None
    aws_owned: bool = False
    outside: bool = False
