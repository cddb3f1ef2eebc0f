"""Findings that rest on a summary: where they are, what they say of it, and what silences them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.engine import Result
from peerlint.network.values import Span
from peerlint.reporters import sarif
from peerlint.reporters.text import TextOptions, render
from peerlint.terraform.summaries import FOLDER
from tests.terraform.estate import write

OVERLAP = """
module "a" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.1.2"
  cidr    = "10.0.0.0/16"
}

module "b" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.1.2"
  name    = "b"
}

module "peering" {
  source           = "cloudposse/vpc-peering/aws"
  version          = "1.0.0"
  requestor_vpc_id = module.a.vpc_id
  acceptor_vpc_id  = module.b.vpc_id
}
"""


def _run(folder: Path, files: dict[str, str] | str) -> Result:
    write(folder, {"main.tf": files} if isinstance(files, str) else files)
    return run.analyse(run.Request(paths=(str(folder),)), Config(directory=str(folder)), lambda _: None)


def _places(result: Result) -> Iterator[Span]:
    for report in result.reports:
        yield from (report.finding.at, *(note.at for note in report.finding.notes))
    yield from (question.undecided.at for question in result.questions)


def test_a_finding_is_at_the_call_and_its_notes_at_the_arguments_that_make_it(tmp_path: Path) -> None:
    result = _run(tmp_path, OVERLAP)
    (overlap,) = [report.finding for report in result.active if report.rule.id == "PL101"]
    assert (Path(overlap.at.file).name, overlap.at.line) == ("main.tf", 13)
    assert [(note.at.line, note.message) for note in overlap.notes] == [
        (4, "10.0.0.0/16 of module.a.aws_vpc.this[0] is here"),
        (7, "10.0.0.0/16 of module.b.aws_vpc.this[0] is here"),
        (1, _basis("a", "`terraform-aws-modules/vpc/aws` >= 5.1.2, <= 5.7.0")),
        (7, _basis("b", "`terraform-aws-modules/vpc/aws` >= 5.1.2, <= 5.7.0")),
        (13, _basis("peering", "`cloudposse/vpc-peering/aws` >= 1.0.0, <= 1.0.1")),
    ]


def _basis(name: str, summary: str) -> str:
    return f"`module.{name}` is not on disk: peerlint's summary of {summary} is used"


def test_no_place_is_in_peerlint_s_own_folder(tmp_path: Path) -> None:
    """Neither of findings nor of undecided questions, of which a peering between separate blocks leaves some."""
    for name, text in (("overlap", OVERLAP), ("separate", OVERLAP.replace("10.0.0.0/16", "10.9.0.0/16"))):
        result = _run(tmp_path / name, text)
        assert bool(result.questions) is (name == "separate")
        assert {at.file for at in _places(result)} <= {str(tmp_path / name / "main.tf")}
        assert result.files == 1


def test_the_text_shows_the_line_of_the_call(tmp_path: Path) -> None:
    text = render(_run(tmp_path, OVERLAP), TextOptions(str(tmp_path), width=200))
    assert '  --> main.tf:13:1\n   |\n13 | module "peering" {\n' in text
    assert f"   note: {_basis('a', '`terraform-aws-modules/vpc/aws` >= 5.1.2, <= 5.7.0')}\n  --> main.tf:1:1\n" in text
    assert FOLDER not in text


def test_sarif_has_the_call_as_the_location_and_the_summary_as_a_related_one(tmp_path: Path) -> None:
    text = sarif.render(_run(tmp_path, OVERLAP), str(tmp_path))
    (overlap,) = [found for found in json.loads(text)["runs"][0]["results"] if found["ruleId"] == "PL101"]
    (location,) = overlap["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "main.tf"
    assert location["physicalLocation"]["region"]["startLine"] == 13
    related = {place["message"]["text"] for place in overlap["relatedLocations"]}
    assert _basis("b", "`terraform-aws-modules/vpc/aws` >= 5.1.2, <= 5.7.0") in related
    assert "site-packages" not in text
    assert FOLDER not in text


def test_a_module_of_one_s_own_around_the_call_is_named_too(tmp_path: Path) -> None:
    files = {
        "main.tf": """
        module "net" {
          source = "./net"
        }
        """,
        "net/net.tf": OVERLAP,
    }
    result = _run(tmp_path, files)
    (overlap,) = [report.finding for report in result.active if report.rule.id == "PL101"]
    assert (Path(overlap.at.file).name, overlap.at.line) == ("net.tf", 13)
    assert ("main.tf", 1, "module.net is called here") in [
        (Path(note.at.file).name, note.at.line, note.message) for note in overlap.notes
    ]
    assert [note.message for note in overlap.notes][-1].startswith("`module.net.module.peering` is not on disk")


def test_a_call_of_many_instances_is_named_once(tmp_path: Path) -> None:
    text = OVERLAP.replace('module "a" {', 'module "a" {\n  for_each = toset(["x", "y", "z"])')
    result = _run(tmp_path, text.replace("module.a.", 'module.a["y"].'))
    (overlap,) = [report.finding for report in result.active if report.rule.id == "PL101"]
    assert [note.message for note in overlap.notes if "is not on disk" in note.message] == [
        _basis("a", "`terraform-aws-modules/vpc/aws` >= 5.1.2, <= 5.7.0"),
        _basis("b", "`terraform-aws-modules/vpc/aws` >= 5.1.2, <= 5.7.0"),
        _basis("peering", "`cloudposse/vpc-peering/aws` >= 1.0.0, <= 1.0.1"),
    ]


@pytest.mark.parametrize("call", ["a", "b", "peering"])
def test_a_comment_on_a_call_silences_what_rests_on_it(tmp_path: Path, call: str) -> None:
    text = OVERLAP.replace(f'module "{call}" {{', f'# peerlint: ignore[PL101] known\nmodule "{call}" {{')
    result = _run(tmp_path, text)
    assert [report.rule.id for report in result.suppressed] == ["PL101"]


def test_an_invalid_value_is_at_the_argument_that_gives_it(tmp_path: Path) -> None:
    result = _run(tmp_path, OVERLAP.replace("10.0.0.0/16", "10.0.0.0/33"))
    (invalid,) = [report.finding for report in result.active if report.rule.id == "PL902"]
    assert (Path(invalid.at.file).name, invalid.at.line) == ("main.tf", 4)
    assert "`cidr_block` of `module.a.aws_vpc.this[0]`" in invalid.message


def test_nothing_of_the_summaries_is_read_without_a_call_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: str) -> None:
        raise AssertionError(folder)

    monkeypatch.setattr("peerlint.terraform.summaries._read", refuse)
    files = {"main.tf": 'module "net" {\n  source = "./net"\n}\n', "net/net.tf": 'resource "aws_vpc" "a" {}\n'}
    assert _run(tmp_path, files).crashes == ()


def test_a_module_with_a_summary_is_no_unresolved_module(tmp_path: Path) -> None:
    assert "PL903" not in {report.rule.id for report in _run(tmp_path, OVERLAP).active}
    assert "PL903" not in {question.rule.id for question in _run(tmp_path, OVERLAP).questions}


def test_a_release_without_a_summary_is_one_unresolved_module_that_says_why(tmp_path: Path) -> None:
    result = _run(tmp_path, OVERLAP.replace('"5.1.2"', '"2.77.0"', 1))
    (unread,) = [report.finding for report in result.active if report.rule.id == "PL903"]
    assert unread.at.line == 2
    assert unread.message == (
        "module `module.a` was not read: its source `terraform-aws-modules/vpc/aws` is not on disk, and "
        "peerlint's summary of `terraform-aws-modules/vpc/aws` "
        "holds only for >= 5.7.2, <= 6.6.0, or >= 5.1.2, <= 5.7.0, or >= 4.0.2, < 5.1.2, "
        "or >= 3.14.2, < 4.0.0, or >= 3.14.0, < 3.14.2"
    )
