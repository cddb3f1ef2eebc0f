"""What the tests against the real Terraform share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest


@pytest.fixture(scope="session")
def worlds() -> Iterator[tuple[Mapping[str, str], Mapping[str, str]]]:
    """The environments in which Terraform talks to stand-in providers, in one world and in another."""
    from tests.oracle.agreement import two_worlds

    with two_worlds() as environments:
        yield environments
