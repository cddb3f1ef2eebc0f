"""The scan finds the blocks that a parse of the whole file finds, and leaves to it what is not made of blocks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.network.values import Span
from peerlint.terraform.grammar import TRAILING
from peerlint.terraform.scan import scan
from tests.oracle.check_scan import Told, parsed, scanned, texts

FIXTURES = Path(__file__).parents[2] / "fixtures"

TEXT = """\
/* } */ # {
resource "aws_vpc" "a\\"b" { # }
  cidr = "10.0.${var.n}.0/16 }" // {
  name = "%{ if a }${f("}", { a = "${b}" })}%{ endif }$${ %%{"
  tags = { a = { b = { c = { d = { e = { f = { g = { h = "${"}"}" } } } } } } } }
  note = <<-EOT
    } "$${ {
    EOTX
    EOT
}

  locals { }
ключ bare
/* where it opens */ {
}
"""


def places(blocks: list[Told] | None) -> list[tuple[str, tuple[str, ...], tuple[int, ...], tuple[int, ...]]]:
    def numbers(at: Span) -> tuple[int, ...]:
        return at.line, at.column, at.end_line, at.end_column

    return [(type, labels, numbers(header), numbers(extent)) for type, labels, header, extent, *_ in blocks or ()]


def test_blocks_their_labels_and_places() -> None:
    expected = [
        ("resource", ("aws_vpc", 'a"b'), (2, 1, 2, 26), (2, 1, 10, 2)),
        ("locals", (), (12, 3, 12, 9), (12, 3, 12, 13)),
        ("ключ", ("bare",), (13, 1, 13, 10), (13, 1, 15, 2)),
    ]
    assert places(scanned(TEXT)) == expected
    assert places(parsed(TEXT)) == expected


@pytest.mark.parametrize("ends", ["", "\n", "\r\n", " # trailing", " /* a */ // b\n\n"])
def test_how_a_file_ends(ends: str) -> None:
    assert places(scanned("a {\r\n  b = 1\r\n}" + ends)) == [("a", (), (1, 1, 1, 2), (1, 1, 3, 2))]


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\n",
        "a {\n} b {\n}\n",
        "a {\n",
        "a {\n}}\n",
        'a { b = "\n" }\n',
        'a { b = "${c" }\n',
        "a { b = <<EOT\n}\n",
        "a { /* }\n",
        '"a" {\n}\n',
        'a "${b}" {\n}\n',
        'a "b {\n}\n',
        "a # b\nb {\n}\n",
        "?\n",
    ],
)
def test_what_is_not_made_of_blocks_is_left_to_a_parse(text: str) -> None:
    assert scan(text, "main.tf") is None


def test_what_stands_in_a_block_is_not_looked_at() -> None:
    (block,) = scan("a {\n  b = [1, 2\n  c d = ) \\ ? }\n", "main.tf") or ()
    assert (block.start, block.end, block.extent.end_line) == (0, 31, 3)


def test_white_space_after_a_heredocs_end_as_hcl_allows_it() -> None:
    text = "a {\n  b = <<EOT\n}\n  EOT \t\n}\nc {\n  d = <<EOT\nEOT\n}\n"
    assert [type for type, *_ in places(scanned(text))] == ["a", "c"]


@pytest.mark.parametrize("folder", sorted(path.name for path in FIXTURES.iterdir()))
def test_the_fixtures(folder: str) -> None:
    for _, text in texts(FIXTURES / folder):
        whole = parsed(text)
        assert whole is None or scanned(text) == whole


NAMES = st.sampled_from(["a", "for_each", "ß-1", "null", "in"])
SPACE = st.sampled_from(["", " ", "\t", " \r"])
LINE_END = st.sampled_from(["\n", "\r\n", ' # } " <<EOT\n', "// { ${\n", " /* } */\n", "\n\n\t\n"])
CHARACTERS = st.sampled_from(
    ["a", "é", "𐌰", " ", "{", "}", "#", "//", "/*", "<<EOT", "$", "%", "$${", "%%{", "$$", '\\"', "\\\\", "\\n", "'"]
)


def quoted(expressions: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    templates = st.builds(
        "${{{}{}{}}}".format, st.sampled_from(["", "~", " "]), expressions, st.sampled_from(["", "~"])
    )
    loops = st.builds("%{{ if {} }}{}%{{ endif }}".format, expressions, CHARACTERS)
    parts = st.lists(st.one_of(CHARACTERS, templates, loops), max_size=4)
    return st.builds(lambda inner: f'"{"".join(inner)}"', parts)


HEREDOCS = st.builds(
    lambda dash, lines: f"<<{dash}EOT\n{''.join(line + chr(10) for line in lines)}  EOT\n",
    st.sampled_from(["", "-"]),
    st.lists(st.sampled_from(["", "}", "{", '"', "EOT x", "xEOT", "  ${a}", "/*", "EO"]), max_size=3),
)
LITERALS = st.sampled_from(["1", "a.b", "x / 2", "1 < 2", "null", "[]", "{}", 'f("}")', "[for a in b : a]"])


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        quoted(inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{ a = {}\n b = {} }}".format, inner, inner),
        st.builds("{{{}}}".format, st.builds('a = {}, "b" = 1'.format, inner)),
        st.builds("f({})".format, inner),
        st.builds("({} ? {} : 1)".format, inner, inner),
    )


EXPRESSIONS = st.recursive(LITERALS, compound, max_leaves=8)
ARGUMENTS = st.builds("{}{}={}{}{}".format, NAMES, SPACE, SPACE, EXPRESSIONS, LINE_END)
ARGUMENTS_WITH_HEREDOCS = st.builds("{} = {}".format, NAMES, HEREDOCS)
LABELS = st.sampled_from([' "a"', '"a"', " b", ' "\\"}"', ' "$${é"', '\t"{ #"', ' ""'])


def block(items: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    opening = st.sampled_from([" {", "{", "\n{", " # }\n{", "/* { */ {"])
    labels = st.lists(LABELS, max_size=2).map("".join)
    return st.builds(
        lambda type, labels, opens, start, inside, end: f"{type}{labels}{opens}{start}{''.join(inside)}}}{end}",
        *(NAMES, labels, opening, LINE_END, items, LINE_END),
    )


ITEMS = st.one_of(ARGUMENTS, ARGUMENTS_WITH_HEREDOCS)
BLOCKS = st.recursive(
    block(st.lists(ITEMS, max_size=3)), lambda inner: block(st.lists(st.one_of(ITEMS, inner))), max_leaves=6
)
FILES = st.lists(st.one_of(BLOCKS, LINE_END), max_size=4).map("".join)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(FILES)
def test_generated_files_are_scanned_as_they_are_parsed(text: str) -> None:
    whole = parsed(text)
    assert whole is None or scanned(text) == whole


@settings(max_examples=100, deadline=None, derandomize=True)
@given(FILES, st.data())
def test_so_are_damaged_files_that_can_be_parsed(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    size = data.draw(st.integers(0, 3))
    piece = data.draw(
        st.sampled_from(["", '"', "{", "}", "${", "#", "/*", "*/", "\n", "<<EOT\n", "\nEOT\n", "\\", "="])
    )
    # python-hcl2 gets the lines of what it refuses without white space at their ends, those of heredocs as well
    damaged = TRAILING.sub("", text[:at] + piece + text[at + size :])
    whole = parsed(damaged)
    assert whole is None or scanned(damaged) in (None, whole)
