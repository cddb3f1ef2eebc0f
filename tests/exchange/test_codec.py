"""What is encoded comes back whole, and is encoded in one way."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from peerlint.exchange.decode import MAX_DEPTH, Malformed, decode
from peerlint.exchange.encode import encode
from peerlint.exchange.tables import Tables
from peerlint.network.model import Fragment, Language
from peerlint.network.order.drawn import Drawing, DrawnOrder, Wait
from peerlint.network.values import Identity, Known, Maybe, Unknown, Why
from peerlint.terraform.values import TfSet
from tests.exchange.generated import fragments, unfolded


def _encoded(*some: Fragment) -> bytes:
    return msgspec.json.encode(encode(some))


def _decoded(data: bytes) -> tuple[Fragment, ...]:
    return decode(msgspec.json.decode(data, type=Tables))


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(fragments(), fragments())
def test_what_is_encoded_comes_back(first: Fragment, second: Fragment) -> None:
    data = _encoded(first, second)
    back = _decoded(data)
    assert unfolded(back) == unfolded((first, second))
    assert back == (first, second)
    assert _encoded(*back) == data


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1,
        0,
        2**80,
        Decimal("1.50"),
        "",
        ("a", 1),
        {"a": Known(1), "b": Unknown(Why.LOOKUP)},
        TfSet((Known(1),)),
    ],
    ids=repr,
)
def test_a_value_of_any_type_keeps_it(value: object) -> None:
    fragment = Fragment("s", Language.TERRAFORM, provides={Identity("s", "a"): Known(value)})
    ((back,),) = [one.provides.values() for one in _decoded(_encoded(fragment))]
    assert isinstance(back, Known)
    assert (type(back.value), back.value) == (type(value), value)


def test_an_order_comes_back_with_its_doubts() -> None:
    drawing = Drawing({"a": 0, "b": 1, "c": 2}, ((Wait(1), Wait(None, "perhaps")), (Wait(2, "if so"),), ()))
    (back,) = _decoded(_encoded(Fragment("s", Language.TERRAFORM, order=DrawnOrder(drawing))))
    asked = [back.order.waits_for(*pair) for pair in (("a", "b"), ("a", "c"), ("a", "z"), ("b", "a"), ("b", "c"))]
    assert asked == [True, Maybe("if so"), Maybe("perhaps"), False, Maybe("if so")]


def test_what_is_told_once_cannot_be_meant_without_end() -> None:
    """Each thing holds the one before it twice."""
    tables = encode([Fragment("s", Language.TERRAFORM, provides={Identity("s", "a"): Known((Known(1), Known(1)))})])
    doubled = len(tables.things) - 2
    kind = tables.things[doubled][0]
    things = [list(row) for row in tables.things[:doubled]]
    things += [[kind, [3, [7, number - 1], [7, number - 1]], None, None] for number in range(doubled, doubled + 40)]
    with pytest.raises(Malformed, match="too large"):
        decode(msgspec.structs.replace(tables, things=msgspec.json.decode(msgspec.json.encode(things)), fragments=[]))


def test_things_lie_in_things_to_a_depth() -> None:
    value: Known[object] = Known(1)
    for _ in range(MAX_DEPTH + 1):
        value = Known((value,))
    with pytest.raises(Malformed, match="too large"):
        _decoded(_encoded(Fragment("s", Language.TERRAFORM, provides={Identity("s", "a"): value})))
