"""Version constraints as ranges."""

from __future__ import annotations

import pytest

from peerlint.terraform.summaries.versions import Range, allowed, release_of

MEANINGS = [
    ("5.1.0", (5, 1, 0), (5, 1, 1)),
    ("= 5.1.0", (5, 1, 0), (5, 1, 1)),
    ("v5.1.0", (5, 1, 0), (5, 1, 1)),
    ("5", (5, 0, 0), (5, 0, 1)),
    (">= 5.1", (5, 1, 0), None),
    ("> 5.1.0", (5, 1, 1), None),
    ("< 5.1.0", (0, 0, 0), (5, 1, 0)),
    ("<= 5.1.0", (0, 0, 0), (5, 1, 1)),
    ("~> 5.1.0", (5, 1, 0), (5, 2, 0)),
    ("~> 5.1", (5, 1, 0), (6, 0, 0)),
    ("~>5.0", (5, 0, 0), (6, 0, 0)),
    ("~> 5", (5, 0, 0), None),
    (">= 4.0, < 5.0.0", (4, 0, 0), (5, 0, 0)),
    (">= 4.0, ~> 4.2", (4, 2, 0), (5, 0, 0)),
]


@pytest.mark.parametrize(("written", "first", "end"), MEANINGS)
def test_a_constraint_is_a_range(written: str, first: tuple[int, int, int], end: tuple[int, int, int] | None) -> None:
    assert allowed(written) == Range(first, end)


@pytest.mark.parametrize("written", ["", "latest", "5.1.0-rc1", ">= 5.0 < 6.0", "~> 5.x", "5.1.0.2"])
def test_what_is_no_constraint_on_releases_is_none(written: str) -> None:
    assert allowed(written) is None


RELEASED = [release_of(text) for text in ("5.0.0", "5.1.0", "5.21.0", "6.0.0", "6.6.0")]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("~> 5.0", "5.21.0"),
        ("5.1.0", "5.1.0"),
        (">= 5.0", "6.6.0"),
        (">= 5.0, != 6.6.0", "6.0.0"),
        ("~> 5.7.0", "5.7.0"),
        (">= 7.0", "7.0.0"),
    ],
)
def test_terraform_takes_the_newest_release_that_is_allowed_or_a_later_one(written: str, first: str) -> None:
    found = allowed(written)
    assert found is not None
    assert found.newest(RELEASED).first == release_of(first)
    assert found.newest(RELEASED).end == found.end


@pytest.mark.parametrize(
    ("outer", "inner", "held"),
    [
        (">= 5.0, < 6.0", "~> 5.1", True),
        (">= 5.0, < 6.0", "5.21.0", True),
        (">= 5.0, <= 5.21.0", "~> 5.1", False),
        (">= 5.0, < 6.0", ">= 5.1", False),
        (">= 5.1, < 6.0", ">= 5.0, < 6.0", False),
        (">= 5.0, < 6.0", ">= 5.3, < 5.2", False),
        (">= 5.0", ">= 5.0", True),
    ],
)
def test_a_range_holds_another_that_has_no_release_outside_of_it(outer: str, inner: str, held: bool) -> None:
    left, right = allowed(outer), allowed(inner)
    assert left is not None
    assert right is not None
    assert left.holds(right) is held
