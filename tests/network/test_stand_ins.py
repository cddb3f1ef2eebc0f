"""Ids and accounts that only stand for those that are still to be filled in."""

from __future__ import annotations

import pytest

from peerlint.network.handles import handle
from peerlint.network.model import Place
from peerlint.network.places import same_account
from peerlint.network.values import Known, Maybe, Truth

REAL = ("vpc-0a1b2c3d4e5f60718", "vpc-00e7a1b666f269c10", "rtb-4fbb3ac4", "pcx-45ff3dc1", "vpc-012345678", "local")
INVENTED = ("vpc-xxxxxxxx", "vpc-12345678", "rtb-abcdef12", "sg-0123456789abcdef0", "pcx-11111111", "vpc-00000000")


@pytest.mark.parametrize("id", REAL)
def test_an_id_leads_to_what_has_it(id: str) -> None:
    assert handle(Known(id)) == id


@pytest.mark.parametrize("id", INVENTED)
def test_an_id_that_nobody_gets_leads_nowhere(id: str) -> None:
    assert handle(Known(id)) is None


def _same(left: str, right: str) -> Truth:
    region = Known("eu-west-1")
    return same_account(Place(region, Known(left)), Place(region, Known(right)))


def test_an_account_that_stands_for_another_may_be_any() -> None:
    assert _same("630470746897", "111122223333") is False
    assert _same("123456789012", "123456789012") is True
    assert isinstance(_same("123456789012", "630470746897"), Maybe)
    assert isinstance(_same("630470746897", "999999999999"), Maybe)
