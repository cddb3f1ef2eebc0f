"""JSON with places: what the standard library reads, and where it stands in the text."""

from __future__ import annotations

import json
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.json_nodes import (
    JsonArray,
    JsonError,
    JsonLimitError,
    JsonNode,
    JsonNumber,
    JsonObject,
    JsonScalar,
    parse_json,
)
from peerlint.network.values import Span

Plain: TypeAlias = "str | bool | int | float | list[Plain] | dict[str, Plain] | None"

VALUES: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def parsed(text: str) -> JsonNode:
    return parse_json(text, "f.json", 100, 10_000)


def written(text: str, at: Span) -> str:
    lines = [line + "\n" for line in text.split("\n")]
    before = sum(map(len, lines[: at.line - 1])) + at.column - 1
    return text[before : sum(map(len, lines[: at.end_line - 1])) + at.end_column - 1]


def plain(node: JsonNode, text: str) -> Plain:
    """The value of a node, whose place and whose parts' places must be what was parsed."""
    match node:
        case JsonScalar(value=value):
            found: Plain = value
        case JsonNumber(text=number):
            found = json.loads(number)
        case JsonArray(items=items):
            found = [plain(item, text) for item in items]
        case JsonObject(members=members):
            assert [json.loads(written(text, member.at)) for member in members] == [m.name for m in members]
            found = {member.name: plain(member.value, text) for member in members}
    assert json.loads(written(text, node.at)) == found
    return found


@given(VALUES, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_it_reads_what_the_standard_library_does_and_knows_where(
    value: Plain, indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert plain(parsed(text), text) == value


def test_half_a_pair_of_surrogates_is_no_character() -> None:
    node = parsed(r'["\ud83d\ude00", "\ud83d", "\ude00x\ud83d"]')
    assert isinstance(node, JsonArray)
    assert [item.value for item in node.items if isinstance(item, JsonScalar)] == [
        "\U0001f600",
        "\ufffd",
        "\ufffdx\ufffd",
    ]


def test_a_name_may_be_written_twice() -> None:
    node = parsed('{"a": 1, "a": 2}')
    assert isinstance(node, JsonObject)
    assert [(member.name, member.at.column) for member in node.members] == [("a", 2), ("a", 10)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('{"a": 1,}', 1, 9), ("[1,\n2\n3]", 3, 1), ("[\nNaN]", 2, 1), ("", 1, 1), ("[1] 2", 1, 5), ("[01]", 1, 3)],
)
def test_what_is_not_json_is_said_at_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(JsonError) as caught:
        parsed(text)
    assert (caught.value.at.line, caught.value.at.column) == (line, column)


@pytest.mark.parametrize("text", ["[" * 102 + "]" * 102, "[" * 100_000, f"[{'0,' * 10_000}0]"])
def test_more_than_the_limits_is_not_read(text: str) -> None:
    with pytest.raises(JsonLimitError):
        parsed(text)
