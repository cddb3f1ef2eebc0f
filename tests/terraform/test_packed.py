"""Syntax trees as data: what comes back is what was taken apart, and data that are no tree are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.terraform.ast import Body, Expr
from peerlint.terraform.packed import Malformed, Packed, packed, unpacked
from peerlint.terraform.syntax import parse_body, parse_expression

FIXTURES = sorted((Path(__file__).parent.parent.parent / "fixtures").glob("*/*/*.tf"))

KINDS = [
    '[1, -2.50, 1e100, 123456789012345678901234567890, true, null, "text"]',
    '"x-${var.a}%{ if var.b ~}yes%{ else }no%{ endif }%{ for k, v in var.c }${k}%{ endfor }"',
    '"%{ for v in [] }${v}%{ endfor }"',
    '{\n  a = 1, (var.k) : "v"\n  "q" = <<-EOT\n    heredoc ${local.x}\n  EOT\n}',
    'var.a[0].b["c"].*.d.0[*].e[*]["f"][*].g',
    "!var.a && -1 < max(1, var.b...) ? module.m.x : [for i, x in var.l : x if x != null]",
    "{ for k, v in var.m : k => v... }",
    "{ for v in var.m : v => provider::p::f(v) if true }",
]


@pytest.mark.parametrize(("line", "column"), [(1, 1), (40, 17)])
@pytest.mark.parametrize("text", KINDS)
def test_every_kind_of_expression_comes_back_wherever_it_stands(text: str, line: int, column: int) -> None:
    data = packed(parse_expression(text, "other.tf", 3, 5), 3, 5)
    assert unpacked(data, "main.tf", line, column) == parse_expression(text, "main.tf", line, column)


def _expressions(body: Body) -> Iterator[Expr]:
    for attribute in body.attributes.values():
        yield attribute.expr
    for block in body.blocks:
        yield from _expressions(block.body)


def test_every_fixture_comes_back() -> None:
    for path in FIXTURES[::5]:
        for expr in _expressions(parse_body(path.read_text(), str(path))):
            at = expr.span
            assert unpacked(packed(expr, at.line, at.column), str(path), at.line, at.column) == expr


def _places(data: Packed, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    items = data if isinstance(data, list) else []
    return [path, *(place for i, item in enumerate(items) for place in _places(item, (*path, i)))]


def _with(data: Packed, path: tuple[int, ...], other: Packed) -> Packed:
    if not path or not isinstance(data, list):
        return other
    return [_with(item, path[1:], other) if i == path[0] else item for i, item in enumerate(data)]


WHOLE = packed(parse_expression(f"[{', '.join(KINDS)}]", "main.tf"), 1, 1)
PLACES = _places(WHOLE)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**70) | st.text(max_size=3) | st.sampled_from("ltsonaipc?buf"),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=6,
)


@given(st.sampled_from(PLACES), ANYTHING)
def test_damaged_data_are_another_tree_or_none(place: tuple[int, ...], other: Packed) -> None:
    try:
        found = unpacked(_with(WHOLE, place, other), "main.tf", 1, 1)
    except Malformed:
        return
    assert unpacked(packed(found, 1, 1), "main.tf", 1, 1) == found


def test_data_nested_without_end_are_no_tree() -> None:
    data: Packed = []
    for _ in range(100_000):
        data = ["u", [0, 0, 0, 1], "-", data]
    with pytest.raises(Malformed):
        unpacked(data, "main.tf", 1, 1)
