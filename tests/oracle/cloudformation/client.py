"""Places of a cloud, and clients of its API there, which cost a second each to make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import boto3

REGION, ACCOUNT = "eu-west-1", "123456789012"
"""Where a stack is unless something says otherwise."""


@dataclass(frozen=True, order=True)
class Place:
    """A Region of an account."""

    region: str = REGION
    account: str = ACCOUNT

    def client(self, service: str) -> Any:
        """A client of a service there."""
        return _client(service, self.region, self.account)


def place_of(arn: str) -> Place:
    """The place that an ARN names."""
    _, _, _, region, account, *_ = arn.split(":")
    return Place(region, account)


@lru_cache
def _client(service: str, region: str, account: str) -> Any:
    made = _session().client(service, region, aws_access_key_id="none", aws_secret_access_key="none")

    def tell(params: dict[str, Any], **_: object) -> None:
        params["headers"]["x-moto-account-id"] = account

    made.meta.events.register("before-call", tell)
    return made


@lru_cache
def _session() -> boto3.Session:
    """One that outlives the service, whose end throws away the default session and the models that it has loaded."""
    return boto3.Session()
