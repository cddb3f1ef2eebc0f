"""What rules have in common."""

from __future__ import annotations

from peerlint.network.values import Known, Span, Unknown, Why
from peerlint.rule import Note, whence

ARGUMENT = Span("main.tf", 3, 3, 5, 10)
DEFAULT = Span("variables.tf", 2, 13, 2, 26)


def test_a_value_from_elsewhere_is_told_and_one_in_its_argument_is_not() -> None:
    assert whence(Known("10.0.0.0/16", DEFAULT), ARGUMENT) == (Note("10.0.0.0/16 is written here", DEFAULT),)
    assert whence(Known("10.0.0.0/16", Span("main.tf", 4, 5, 4, 9)), ARGUMENT) == ()
    assert whence(Known("10.0.0.0/16"), ARGUMENT) == ()
    assert whence(Unknown(Why.VARIABLE, at=DEFAULT), ARGUMENT) == ()
    assert whence(None, ARGUMENT) == ()
