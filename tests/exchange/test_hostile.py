"""Files that no export wrote: each is told of at its place, and nothing else is lost."""

from __future__ import annotations

import itertools
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerlint import run
from peerlint.config import Config
from peerlint.engine import Result
from peerlint.exchange.exporting import Repository, exported
from tests.exchange.made import MAX_SIZE, fragments_in

ESTATE = Path(__file__).parent.parent.parent / "fixtures" / "scenarios" / "two-teams" / "broken"


@cache
def _bytes() -> bytes:
    return exported(fragments_in(ESTATE), (), Repository(str(ESTATE), "acme/net", MAX_SIZE))


NUMBERS = itertools.count()


def _file(folder: Path, content: bytes | dict[str, Any]) -> Path:
    """A new file: none that was read may change while the process lasts."""
    file = folder / f"{next(NUMBERS)}.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


def _document(**changes: object) -> dict[str, Any]:
    return {**json.loads(_bytes()), **changes}


def _checked(*files: Path) -> Result:
    request = run.Request(paths=tuple(map(str, files)))
    result = run.analyse(request, Config(directory=str(files[0].parent)), lambda _: None)
    assert [crash.trace for crash in result.crashes] == []
    return result


def _unreadable(result: Result) -> list[str]:
    return [r.finding.message for r in result.reports if r.rule.id == "PL901"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 2}, "peerlint 0.1.0 wrote it in a form that this version does not read"),
        ({"model": "0"}, "export it again with this version"),
        ({"name": "../net"}, "'../net' is no name of a repository"),
        ({"name": "/etc"}, "'/etc' is no name of a repository"),
        ({"name": "a/../../b"}, "is no name of a repository"),
        ({"name": 1}, "not as `peerlint export` writes it: Expected `str`, got `int` - at `$.name`"),
        ({"things": [[99]]}, "thing 0 is of no kind"),
        ({"things": [[]]}, "thing 0 is of no kind"),
        ({"texts": []}, "a number leads to nothing"),
        ({"places": [0, 1, 1]}, "a place is cut off"),
        ({"places": [0, 0, 1, 0, 1]}, "a place is none"),
        ({"fragments": [0]}, "a value is of another kind than its field takes"),
        ({"digests": []}, "a file has no digest"),
    ],
    ids=repr,
)
def test_what_no_export_holds_is_said(changes: dict[str, object], said: str, tmp_path: Path) -> None:
    (message,) = _unreadable(_checked(_file(tmp_path, _document(**changes))))
    assert said in message


def test_what_is_no_json_is_said_at_its_place(tmp_path: Path) -> None:
    (report,) = _checked(_file(tmp_path, _bytes().replace(b'"files":', b'\n\n!"files":', 1))).reports
    assert (report.rule.id, report.finding.at.line) == ("PL901", 3)
    (report,) = _checked(_file(tmp_path, _bytes()[:2000])).reports
    assert "it ends too early" in report.finding.message


def test_one_that_cannot_be_read_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    good, bad = _file(tmp_path, _bytes()), _file(tmp_path, _bytes()[:-40])
    alone, both = _checked(good), _checked(bad, good)
    assert len(_unreadable(both)) == 1
    assert [r.finding for r in both.reports if r.rule.id != "PL901"] == [r.finding for r in alone.reports]


def test_no_path_of_a_file_is_opened(tmp_path: Path) -> None:
    """A place in a file of this machine is not shown, however a document names it."""
    secret = tmp_path / "secret.tf"
    secret.write_text("# peerlint: ignore[PL201]\n" * 400, encoding="utf-8")
    for name in (str(secret), f"../../../../..{secret}"):
        document = _document()
        document["files"] = [name] * len(document["files"])
        result = _checked(_file(tmp_path, document))
        assert result.reports != ()
        places = [at for r in result.reports for at in (r.finding.at, *(note.at for note in r.finding.notes))]
        assert [at.file for at in places if not at.file.startswith("acme/net/")] == []
        assert result.suppressed == ()


Spot = tuple[list[Any], int]


def _spots(node: object) -> list[Spot]:
    found: list[Spot] = []
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, dict):
            pending.extend(current.values())
        elif isinstance(current, list):
            pending.extend(current)
            found.extend((current, index) for index in range(len(current)))
    return found


VALUES = (
    st.none() | st.booleans() | st.integers(-2, 400) | st.sampled_from([2**63, 0.5, "", "/etc/passwd", [], [1], {}])
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_file_never_makes_a_run_fail(data: st.DataObject, tmp_path: Path) -> None:
    document = _document()
    for _ in range(data.draw(st.integers(1, 3))):
        holder, index = data.draw(st.sampled_from(_spots(document)))
        holder[index] = data.draw(VALUES)
    _checked(_file(tmp_path, document))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_exchanged_fields_never_make_a_run_fail(data: st.DataObject, tmp_path: Path) -> None:
    """Things of one kind exchange a field, so that the file stays one that could be an export."""
    document = _document()
    for _ in range(data.draw(st.integers(1, 5))):
        row = data.draw(st.sampled_from(document["things"]))
        other = data.draw(st.sampled_from([one for one in document["things"] if one[0] == row[0]]))
        index = data.draw(st.integers(1, len(row) - 1))
        row[index], other[index] = other[index], row[index]
    _checked(_file(tmp_path, document))
