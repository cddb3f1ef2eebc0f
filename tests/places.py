"""What holds of the places of every finding, wherever it comes from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from peerlint.engine import Result
from peerlint.network.values import Span


def check_places(result: Result) -> None:
    """The place of each note exists, and one about where a value is set repeats no line that is shown."""
    for found in (report.finding for report in result.reports):
        shown = Counter((at.file, at.line) for at in (found.at, *(note.at for note in found.notes)))
        for note in found.notes:
            assert _exists(note.at), note
            assert note.step is None or shown[note.at.file, note.at.line] == 1, note


def _exists(at: Span) -> bool:
    lines = Path(at.file).read_text(encoding="utf-8-sig").split("\n")
    return 0 < at.line <= at.end_line <= len(lines) and at.end_column <= len(lines[at.end_line - 1]) + 1
