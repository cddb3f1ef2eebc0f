"""What a suppression silences, and what is said about one that silences nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.engine import Result
from peerlint.network.model import Waiver
from peerlint.network.values import Span
from peerlint.suppress import Suppression, Suppressions, suppressions
from tests.made import finding, fragment, result, rule, span

HCL = [
    # text; line of the finding; extent of a block (first, last line) or None; is it silenced?
    ("a = 1 # peerlint: ignore[PL101]\n", 1, None, True),
    ("a = 1 // peerlint: ignore[PL101] because\n", 1, None, True),
    ("a = 1 /* peerlint: ignore[PL101] */\n", 1, None, True),
    ("#peerlint:ignore[PL101]\na = 1\n", 2, None, True),
    ("# peerlint: ignore[PL101]\na = 1\nb = 2\n", 3, None, False),
    ("a = 1 # peerlint: ignore[PL101]\nb = 2\n", 2, None, False),
    ("# peerlint: ignore[PL101]\n# another comment\n\na = 1\n", 4, None, False),
    ("# peerlint: ignore[PL101]\n# another comment\na = 1\n", 3, None, True),
    ("/* peerlint: ignore[PL101]\n   on two lines */\na = 1\n", 3, None, True),
    ("# peerlint: ignore[cidr-overlap]\na = 1\n", 2, None, True),
    ("# peerlint: ignore[PL201, PL101]\na = 1\n", 2, None, True),
    ("# peerlint: ignore[PL201]\na = 1\n", 2, None, False),
    ("# peerlint: ignore[PL1]\na = 1\n", 2, None, False),
    ("# peerlint: ignore\na = 1\n", 2, None, False),
    ("# peerlint: ignore[]\na = 1\n", 2, None, False),
    ("# peerlint ignore[PL101]\na = 1\n", 2, None, False),
    ("# peerlint: ignore[PL101] until=2026-06-01 soon\na = 1\n", 2, None, True),
    ("# peerlint: ignore[PL101] until=2026-05-31\na = 1\n", 2, None, False),
    ("# peerlint: ignore[PL101] until=tomorrow\na = 1\n", 2, None, False),
    ('resource "x" "y" { # peerlint: ignore[PL101]\n  a = 1\n\n  b = 2\n}\n', 4, (1, 5), True),
    ('# peerlint: ignore[PL101]\nresource "x" "y" {\n  a = 1\n  b = 2\n}\n', 4, (2, 5), True),
    ('resource "x" "y" {\n  # peerlint: ignore[PL101]\n  a = 1\n  b = 2\n}\n', 4, (1, 5), False),
    ('a = "# peerlint: ignore[PL101]"\n', 1, None, False),
    ('a = "\\"# peerlint: ignore[PL101]"\n', 1, None, False),
    ("a = <<-EOT\n  # peerlint: ignore[PL101]\n  b\n  EOT\n", 3, None, False),
    ("a = <<EOT\nx\nEOT\nb = 1 # peerlint: ignore[PL101]\n", 4, None, True),
    ("a = 1 # peerlint: ignore[PL101]\r\n", 1, None, True),
]
YAML = [
    ("A: 1 # peerlint: ignore[PL101]\n", 1, None, True),
    ("# peerlint: ignore[PL101]\nA:\n  B: 1\n  C: 2\n", 4, (2, 4), True),
    ("A: '# peerlint: ignore[PL101]'\n", 1, None, False),
    ('A: "# peerlint: ignore[PL101]"\n', 1, None, False),
    ("A: b# peerlint: ignore[PL101]\n", 1, None, False),
    ("A: it's # peerlint: ignore[PL101]\n", 1, None, True),
    ("A: |\n  # peerlint: ignore[PL101]\n  b\n", 3, None, False),
    (
        "A:\n  - !Sub |-\n    x\n\n    # peerlint: ignore[PL101]\n    y\n  - z # peerlint: ignore[PL101]\n",
        6,
        None,
        False,
    ),
    ("A:\n  - !Sub |-\n    x\n\n    # y\n    y\n  - z # peerlint: ignore[PL101]\n", 7, None, True),
    ("A: // peerlint: ignore[PL101]\n", 1, None, False),
]


def _run(file: Path, text: str, line: int, block: tuple[int, int] | None) -> Result:
    file.write_bytes(text.encode())
    extents = () if block is None else (span(file, block[0], end_line=block[1]),)
    rules = (rule("PL101", "cidr-overlap", finding(span(file, line))), rule("PL201", "missing-reciprocal-route"))
    return result(*rules, fragments=(fragment(file, extents=extents),))


@pytest.mark.parametrize(("text", "line", "block", "silenced"), HCL)
def test_comments_of_hcl(tmp_path: Path, text: str, line: int, block: tuple[int, int] | None, silenced: bool) -> None:
    found = _run(tmp_path / "main.tf", text, line, block)
    assert [r.suppressed is not None for r in found.reports if r.rule.id == "PL101"] == [silenced]


@pytest.mark.parametrize(("text", "line", "block", "silenced"), YAML)
def test_comments_of_yaml(tmp_path: Path, text: str, line: int, block: tuple[int, int] | None, silenced: bool) -> None:
    found = _run(tmp_path / "stack.yaml", text, line, block)
    assert [r.suppressed is not None for r in found.reports if r.rule.id == "PL101"] == [silenced]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# peerlint: ignore[PL101] fine\na = 1\n", None),
        ("# peerlint: ignore[PL201]\na = 1\n", "nothing here is reported by PL201"),
        ("# peerlint: ignore[PL101,PL999]\na = 1\n", "no rule is called PL999"),
        ("# peerlint: ignore[PL101] until=2026-05-31\na = 1\n", "it ended on 2026-05-31"),
        ("# peerlint: ignore[PL101] until=soon\na = 1\n", "`until=soon` is not a date such as 2027-01-31"),
        ("# peerlint: ignore\na = 1\n", "it names no rule: write `peerlint: ignore[PL201]`"),
        (
            "# peerlint: disable[PL101]\na = 1\n",
            "`peerlint: disable` is not a directive; `peerlint: ignore[PL201]` is",
        ),
        ("# peerlint: ignore[PL201,PL904] kept for the other branch\na = 1\n", None),
        ("# peerlint: ignore[PL300] not run here\na = 1\n", "no rule is called PL300"),
    ],
)
def test_a_suppression_without_effect_is_reported(tmp_path: Path, text: str, said: str | None) -> None:
    found = _run(tmp_path / "main.tf", text, 2, None)
    messages = [r.finding.message for r in found.reports if r.rule.id == "PL904"]
    assert [message.partition("no effect: ")[2] for message in messages] == ([] if said is None else [said])


def test_any_place_of_a_finding_can_be_silenced_in_its_own_file(tmp_path: Path) -> None:
    here, there = tmp_path / "a.tf", tmp_path / "b.tf"
    here.write_text("a = 1\n")
    there.write_text("# peerlint: ignore[PL101] known\nb = 1\n")
    overlap = rule("PL101", "cidr-overlap", finding(span(here, 1), span(there, 2)))
    found = result(overlap, fragments=(fragment(here, there),))
    assert [r.suppressed.reason for r in found.reports if r.suppressed] == ["known"]


def test_the_reason_leaves_out_the_date_and_the_end_of_the_comment(tmp_path: Path) -> None:
    found = _run(
        tmp_path / "main.tf", "a = 1 /* peerlint: ignore[PL101] until=2027-01-31 - renumbered then */\n", 1, None
    )
    assert [r.suppressed.reason for r in found.suppressed if r.suppressed] == ["renumbered then"]


def test_a_waiver_silences_its_block_and_only_its_rules(tmp_path: Path) -> None:
    template = tmp_path / "stack.json"
    template.write_text("{\n}\n")
    waiver = Waiver(("PL101",), span(template, 2), span(template, 1, end_line=9))
    rules = (
        rule("PL101", "cidr-overlap", finding(span(template, 5)), finding(span(template, 12))),
        rule("PL201", "missing-reciprocal-route", finding(span(template, 6))),
    )
    found = result(*rules, fragments=(fragment(template, waivers=(waiver,)),))
    assert [(r.rule.id, r.finding.at.line, r.suppressed is not None) for r in found.reports] == [
        ("PL101", 5, True),
        ("PL201", 6, False),
        ("PL101", 12, False),
    ]


def test_a_hostile_file_is_scanned_in_linear_time(tmp_path: Path) -> None:
    """A quadratic scan of these would not end while anyone waits."""
    opened = "a = <<EOT\n" * 30_000 + "/* " * 100_000 + "peerlint:\n" + '"' * 100_000
    assert _run(tmp_path / "main.tf", opened, 1, None).active
    assert _run(tmp_path / "stack.yaml", "'\"|- " * 100_000 + "peerlint:\n", 1, None).active


def test_a_file_that_is_too_large_to_be_read_has_no_suppressions(tmp_path: Path) -> None:
    file = tmp_path / "main.tf"
    file.write_text("a = 1 # peerlint: ignore[PL101]\n")
    files, today = [fragment(file)], date(2026, 6, 1)
    assert len(suppressions(files, today, file.stat().st_size)) == 1
    assert suppressions(files, today, file.stat().st_size - 1) == ()


OVERLAP = rule("PL101", "cidr-overlap")
RANGES = st.tuples(st.integers(1, 30), st.integers(0, 20)).map(lambda pair: (pair[0], sum(pair)))
NAMES = st.sampled_from(["PL101", "PL201", "cidr-overlap"])
FILES = st.sampled_from(["a.tf", "b.tf"])


@given(
    st.lists(st.tuples(NAMES, FILES, st.lists(RANGES, min_size=1, max_size=2), st.booleans()), max_size=12),
    st.lists(st.tuples(FILES, RANGES), min_size=1, max_size=3),
)
def test_what_silences_a_finding_has_a_line_in_common_with_one_of_its_places(
    written: list[tuple[str, str, list[tuple[int, int]], bool]], places: list[tuple[str, tuple[int, int]]]
) -> None:
    every = [
        Suppression((name,), Span(file, 1, 1, 1, 1), tuple(Span(file, a, 1, b, 1) for a, b in ranges), fault=fault)
        for name, file, ranges, is_faulty in written
        for fault in ["it is wrong" if is_faulty else None]
    ]
    spans = [Span(file, first, 1, last, 1) for file, (first, last) in places]
    found = finding(spans[0], *spans[1:])
    named = [one for one in every if one.fault is None and one.rules[0] in (OVERLAP.id, OVERLAP.name)]
    expected = [
        one for one in named if {line for e in one.extents for line in lines(e)} & set().union(*map(lines, spans))
    ]
    assert list(map(id, Suppressions(every).silencing(found, OVERLAP))) == list(map(id, expected))


def lines(at: Span) -> set[tuple[str, int]]:
    return {(at.file, line) for line in range(at.line, at.end_line + 1)}


def test_a_suppression_reaches_over_any_number_of_comments_to_the_next_line_of_code(tmp_path: Path) -> None:
    file = tmp_path / "main.tf"
    file.write_text("# peerlint: ignore[PL101]\n" * 20_000 + "a = 1\n")
    found = suppressions([fragment(file)], date(2026, 6, 1), 10_000_000)
    assert len(found) == 20_000
    assert {extent.line for one in found for extent in one.extents} == {20_001}
    assert len(Suppressions(found).silencing(finding(span(file, 20_001)), OVERLAP)) == 20_000
