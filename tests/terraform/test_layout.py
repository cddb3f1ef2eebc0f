"""Where the value of an argument ends, however deeply it is nested."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from peerlint.network.values import Span
from peerlint.terraform import ast, layout
from tests.oracle.check_scan import parsed, scanned
from tests.terraform.test_scan import FILES

DEEP = [
    'f([{ a = [{ b = [{ c = [{ d = ["]"] }] }] }] }])',
    'f(f(f(f(f(f(f(f("${f("${f({ a = "}" })}")}", 1))))))))',
    '"${a ? "${b ? "%{ if c }${"}"}%{ endif }" : "$${"}" : "%%{"}"',
    "[[[[[[[\n  # ] }\n  1, // )\n  /* [ */ 2\n]]]]]]]",
    "f(f(f(f(f(f(f({\n  a = <<-EOT\n    } ) ${b}\n    EOT\n  c = 1\n})))))))",
    "a[b[c[d[e[f[g[0]]]]]]].h[*].i",
]


@pytest.mark.parametrize("value", DEEP)
@pytest.mark.parametrize("after", ["\n", " # }\n", "\n\n  other = 1\n"])
def test_a_deeply_nested_value_is_told_apart_without_a_parse(value: str, after: str) -> None:
    text = f"a {{\n  before = 1\n  deep = {value}{after}  b {{\n    x = {value}\n  }}\n}}"
    found = layout.layout(text, Span("main.tf", 1, 1, text.count("\n") + 1, 2))
    assert found is not None
    assert list(found.attributes) == ["before", "deep", *(["other"] if "other" in after else [])]
    assert list(found.blocks[0].body.attributes) == ["x"]
    whole = parsed(text)
    assert whole is not None
    assert scanned(text) == whole


@pytest.mark.parametrize("value", ["[", "f(]]", '"${"', '"${a"', "[<<EOT\n]", '[\\"a\\"]', "f(a)) b", "1 /* b */"])
def test_a_value_without_its_end_is_left_to_a_parse(value: str) -> None:
    assert layout.layout(f"a {{\n  b = {value}\n}}", Span("main.tf", 1, 1, 3, 2)) is None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(FILES)
def test_followed_step_by_step_each_value_ends_where_it_is_parsed_to_end(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "_ARGUMENT", re.compile(r"(?!)"))
        whole = parsed(text)
        assert whole is None or scanned(text) == whole


def test_what_is_nested_too_deeply_is_unreadable_where_it_is_and_its_block_is_read() -> None:
    depth = 10_000
    text = f'a {{\n  before = 1\n  deep = f({"[" * depth}{"]" * depth})\n  after = "x"\n}}\n'
    ((*_, arguments),) = scanned(text) or []
    values = {name: expr for name, expr, _ in arguments}
    assert isinstance(values["before"], ast.Literal)
    assert isinstance(values["after"], ast.Literal)
    deep = values["deep"]
    assert isinstance(deep, ast.Unreadable)
    assert deep.message == "nested too deeply to be read"
    assert (deep.span.line, deep.span.column) == (3, len("  deep = f(") + depth)
