"""Templates deployed by moto's CloudFormation, and read by peerlint, are one network.

Every fixture and scenario with templates is deployed, each in two ways where it has parameters with allowed values;
further templates, of what no fixture has, are in ``tests/oracle/cloudformation/templates``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.oracle.cloudformation.estate import Comparison, compare
from tests.oracle.cloudformation.limits import DIFFERENT, REFUSED
from tests.oracle.cloudformation.service import RefusedError

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".yaml", ".json")
AGREED = Comparison([], [])


def _estates() -> dict[str, list[Path]]:
    """The templates of each directory that has some."""
    found: dict[str, list[Path]] = {}
    for top in ("fixtures", "tests/oracle/cloudformation/templates"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in SUFFIXES and "AWS::" in path.read_text(encoding="utf-8"):
                found.setdefault(path.parent.relative_to(ROOT).as_posix(), []).append(path)
    return found


ESTATES = _estates()


@pytest.mark.parametrize("answer", [0, 1])
@pytest.mark.parametrize("directory", ESTATES)
def test_the_model_has_what_the_service_makes(directory: str, answer: int) -> None:
    if directory in REFUSED:
        with pytest.raises(RefusedError, match=re.escape(REFUSED[directory])):
            compare(ESTATES[directory], answer)
    else:
        assert compare(ESTATES[directory], answer) == DIFFERENT.get(directory, AGREED)


def test_every_limit_of_the_service_is_that_of_an_estate() -> None:
    assert {*REFUSED, *DIFFERENT} <= ESTATES.keys()
