"""The report as a reader at a terminal sees it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from peerlint.engine import Result
from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.reporters.excerpt import MAX_SIZE, Sources, columns, excerpt
from peerlint.reporters.text import TextOptions, render, summary
from peerlint.rule import Finding, Note, Severity, Undecided
from tests.made import finding, fragment, result, rule, span, with_var_files


def _shown(found: Result, directory: Path, **options: Any) -> str:
    return render(replace(found, seconds=0.124), TextOptions(str(directory), **options))


def test_a_finding_shows_its_places_with_carets_and_its_remedy(tmp_path: Path) -> None:
    here, there = tmp_path / "hub.tf", tmp_path / "net" / "spoke.tf"
    there.parent.mkdir()
    here.write_text("\n" * 9 + 'resource "aws_vpc" "hub" {\n  cidr_block = "10.0.0.0/16"\n}\n')
    there.write_text('resource "aws_vpc" "spoke" {\n  cidr_block = var.cidr\n}\n')
    at, note = Span(str(here), 11, 16, 11, 29), Span(str(there), 2, 16, 2, 24)
    overlap = rule("PL101", "cidr-overlap", finding(at, note, message="hub and spoke overlap: 10.0.0.0/16"))
    shown = _shown(result(overlap, fragments=(fragment(here, there),)), tmp_path)
    assert shown == (
        "error[PL101] cidr-overlap\n"
        "  hub and spoke overlap: 10.0.0.0/16\n"
        "  --> hub.tf:11:16\n"
        "   |\n"
        '11 | cidr_block = "10.0.0.0/16"\n'
        "   |              ^^^^^^^^^^^^^\n"
        "   note: the other block\n"
        "  --> net/spoke.tf:2:16\n"
        "   |\n"
        " 2 | cidr_block = var.cidr\n"
        "   |              ^^^^^^^^\n"
        "   help: renumber one\n"
        "\n"
        "1 stack, 0 peerings: 1 error; 0.12 s\n"
    )


def test_instances_of_one_resource_share_a_block(tmp_path: Path) -> None:
    def leads(key: str, line: int = 1, to: str = "hub") -> Finding:
        name = f"aws_route.back[{key}]"
        return Finding(f"{name} leads to {to}", span(tmp_path / "a.tf", line), (f"aws_vpc.{to}", name))

    items = (leads('"a"'), leads('"b"'), leads("0"), leads('"c"', line=2), leads('"a"', to="spoke"))
    shown = _shown(result(rule("PL206", "route-outside-peer", *items)), tmp_path)
    assert shown.count("error[PL206]") == 3
    assert 'note: the same holds for aws_route.back["b"], aws_route.back[0]\n' in shown
    assert "5 errors" in shown


def test_a_place_is_shown_once_in_a_block(tmp_path: Path) -> None:
    here = tmp_path / "a.tf"
    here.write_text("here = 1\nthere = 2\n")
    notes = (
        Note("one", span(here, 2)),
        Note("two", span(here, 2)),
        Note("one", span(here, 2)),
        Note("x", span(here, 1)),
    )
    shown = _shown(result(rule("PL101", "o", Finding("m", span(here, 1), (), notes))), tmp_path)
    assert (shown.count("note: one"), shown.count("note: two")) == (1, 1)
    assert (shown.count("here = 1"), shown.count("there = 2")) == (1, 1)
    assert shown.count("--> a.tf:2:1") == 2


def test_messages_notes_and_remedies_are_wrapped_to_the_width(tmp_path: Path) -> None:
    words = "the requester sends to the accepter and nothing leads back " * 4
    long = Finding(words, span("/none.tf", 1), (), remedy=words)
    for width in (40, 80, 120):
        shown = _shown(result(rule("PL201", "way-back", long)), tmp_path, width=width)
        assert max(map(len, shown.splitlines())) <= width
        assert " ".join(shown.split()).count("leads back") == 8


def test_names_are_never_broken_in_the_middle(tmp_path: Path) -> None:
    address = "module.network.aws_vpc_peering_connection.a-very-long-name-with-hyphens[0]"
    long = Finding(f"nothing accepts {address}", span("/none.tf", 1), ())
    assert address in _shown(result(rule("PL106", "accept", long)), tmp_path, width=60)


def test_suppressed_findings_are_counted_and_not_shown(tmp_path: Path) -> None:
    here = tmp_path / "a.tf"
    here.write_text("a = 1 # peerlint: ignore[PL101]\n")
    shown = _shown(result(rule("PL101", "o", finding(span(here, 1))), fragments=(fragment(here),)), tmp_path)
    assert shown == "no VPC peering in 1 file; 1 suppressed; 0.12 s\n"


def test_undecided_questions_are_counted_and_listed_on_demand(tmp_path: Path) -> None:
    here = tmp_path / "a.tf"
    here.write_text("a = var.cidr\n")
    open_ = Undecided("whether A and B overlap", "`var.cidr` has no value", span(here, 1, 5, 1, 13), ())
    found = result(rule("PL101", "cidr-overlap", open_), fragments=(fragment(here),))
    assert "undecided[" not in _shown(found, tmp_path)
    assert "1 undecided (--show-undecided)" in _shown(found, tmp_path)
    shown = _shown(found, tmp_path, undecided=True)
    assert (
        "undecided[PL101] cidr-overlap\n  whether A and B overlap: `var.cidr` has no value\n --> a.tf:1:5\n\n" in shown
    )
    assert "1 undecided; " in shown


def test_quiet_leaves_only_findings(tmp_path: Path) -> None:
    assert _shown(result(), tmp_path, quiet=True) == ""
    found = result(rule("PL101", "o", finding(span("/a.tf", 1))))
    assert _shown(found, tmp_path, quiet=True).endswith("help: renumber one\n")


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ([], "no VPC peering here: no Terraform or CloudFormation files"),
        ([Severity.NOTE], "0 stacks, 0 peerings: 1 note"),
        (
            [Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.NOTE],
            "0 stacks, 0 peerings: 1 error, 2 warnings, 1 note",
        ),
    ],
)
def test_the_summary_counts_by_severity(severities: list[Severity], said: str) -> None:
    items = [Finding("m", span("/a.tf", line), (), severity=given) for line, given in enumerate(severities, 1)]
    assert summary(result(rule("PL101", "o", *items))) == said


def test_colour_changes_nothing_but_colour(tmp_path: Path) -> None:
    import click

    here = tmp_path / "a.tf"
    here.write_text("a = 1\n")
    found = result(rule("PL101", "o", finding(span(here, 1), span(here, 1))), fragments=(fragment(here),))
    plain, coloured = _shown(found, tmp_path), _shown(found, tmp_path, colour=True)
    assert "\x1b[31m" in coloured
    assert click.unstyle(coloured) == plain


def test_what_a_file_holds_cannot_drive_the_terminal(tmp_path: Path) -> None:
    here = tmp_path / "a\x1b[2J.tf"
    here.write_text("a = '\x1b]0;owned\x07\u202e'\n")
    hostile = Finding("bad \x1b[31m name\u202e", Span(str(here), 1, 5, 1, 9), (), remedy="x\x07")
    shown = _shown(result(rule("PL101", "o", hostile)), tmp_path)
    assert not any(char in shown for char in "\x1b\x07\u202e")


@pytest.mark.parametrize(
    ("line", "start", "end", "width", "source", "carets"),
    [
        ("  a = 1", 3, 4, 40, "a = 1", "^"),
        ("a = 1", 5, 6, 40, "a = 1", "    ^"),
        ("\ta\t= 1", 4, 5, 40, "a    = 1", "     ^"),
        ('n = "東京"', 5, 9, 40, 'n = "東京"', "    ^^^^^^"),
        ('n = "東京" + x', 12, 13, 40, 'n = "東京" + x', "             ^"),
        ("a = 1", 9, 9, 40, "a = 1", "     ^"),
        ("a" * 100, 1, 5, 20, "a" * 18 + "…", "^^^^"),
        ("a" * 50 + "b" * 5 + "c" * 50, 51, 56, 20, "…" + "a" * 4 + "b" * 5 + "c" * 9 + "…", "     ^^^^^"),
        ("a" * 100, 90, 101, 20, "…" + "a" * 18, "        " + "^" * 11),
        ("a" * 100, 1, 101, 20, "a" * 18 + "…", "^" * 18),
    ],
)
def test_excerpts(line: str, start: int, end: int, width: int, source: str, carets: str) -> None:
    assert excerpt(line, Span("/a.tf", 1, start, 1, end), width) == (source, carets)


def test_an_excerpt_of_several_lines_marks_the_first_to_its_end() -> None:
    assert excerpt("a = [", Span("/a.tf", 1, 5, 3, 2), 40) == ("a = [", "    ^")
    assert excerpt("a = foo([  ", Span("/a.tf", 1, 5, 3, 2), 40) == ("a = foo([", "    ^^^^^")


@pytest.mark.parametrize("column", [1, 40, 80, 199, 200])
@pytest.mark.parametrize("char", ["x", "東", "\t", "e\u0301"])
def test_no_excerpt_is_wider_than_asked(char: str, column: int) -> None:
    source, carets = excerpt(char * 200, Span("/a.tf", 1, column, 1, column + 30), 60)
    assert columns(source) <= 60
    assert len(carets) <= 60
    assert "^" in carets


def test_the_var_files_with_which_something_holds_are_named(tmp_path: Path) -> None:
    open_ = Undecided("whether A and B overlap", "`var.cidr` has no value", span("/a.tf", 3), ())
    found = result(rule("PL101", "overlap", finding(span("/a.tf", 1)), open_), fragments=(fragment("/a.tf"),))
    shown = _shown(
        with_var_files(found, "/net", "dev.tfvars", "prod.tfvars", text="with dev.tfvars"), tmp_path, undecided=True
    )
    assert "  note: found with dev.tfvars\n" in shown
    assert "whether A and B overlap: `var.cidr` has no value (with dev.tfvars)\n" in shown
    assert "1 stack in 2 deployments, 0 peerings: 1 error; 1 undecided" in shown


def test_instances_that_hold_with_different_var_files_have_blocks_of_their_own(tmp_path: Path) -> None:
    first, second = (Finding(f'aws_route.back["{key}"] leads to hub', span("/a.tf", 1), (key,)) for key in "ab")
    one, other = result(rule("PL206", "o", first)), result(rule("PL206", "o", second))
    told = with_var_files(one, "/net", "dev.tfvars", text="with dev.tfvars")
    both = replace(
        told, reports=(*told.reports, *with_var_files(other, "/net", "p.tfvars", text="with p.tfvars").reports)
    )
    assert _shown(both, tmp_path).count("error[PL206]") == 2


def test_no_line_of_a_huge_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "main.tf"
    file.write_text("a = 1\n")
    assert Sources().line(str(file), 1) == "a = 1"
    os.truncate(file, MAX_SIZE + 1)
    assert Sources().line(str(file), 1) is None
