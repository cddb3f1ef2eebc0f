"""Templates deployed by moto's CloudFormation, and read by peerlint, are one network.

Every fixture and scenario with templates is deployed, each in two ways where it has parameters with allowed values;
further templates, of what no fixture has, are in ``tests/oracle/cloudformation/templates``. The ordinary suite takes
those, the scenarios, what is refused or differs, and every third case of each rule; `make service` takes the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.oracle.cloudformation.estate import Comparison, compare
from tests.oracle.cloudformation.limits import DIFFERENT, REFUSED, REFUSED_BY_ANSWER
from tests.oracle.cloudformation.planned import estates
from tests.oracle.cloudformation.service import RefusedError

ROOT = Path(__file__).resolve().parents[2]
ESTATES = estates(ROOT, ("fixtures", "tests/oracle/cloudformation/templates"))
AGREED = Comparison([], [])


def _sampled() -> Iterator[str]:
    seen: Counter[str] = Counter()
    for directory in ESTATES:
        rule = directory.split("/")[1] if directory.startswith("fixtures/") else "oracle"
        is_of_a_rule = rule not in ("oracle", "scenarios")
        if not is_of_a_rule or directory in EXCEPTIONS or seen[rule] % 3 == 0:
            yield directory
        seen[rule] += 1


EXCEPTIONS = {*REFUSED, *DIFFERENT, *(directory for directory, _ in REFUSED_BY_ANSWER)}
SAMPLE = set(_sampled())
WAYS = [(directory, answer) for directory in ESTATES for answer in ESTATES[directory].answers()]


@pytest.mark.parametrize(("directory", "answer"), [way for way in WAYS if way[0] in SAMPLE])
def test_the_model_has_what_the_service_makes(directory: str, answer: int) -> None:
    _compare(directory, answer)


@pytest.mark.service
@pytest.mark.parametrize(("directory", "answer"), [way for way in WAYS if way[0] not in SAMPLE])
def test_the_model_has_what_the_service_makes_of_the_others(directory: str, answer: int) -> None:
    _compare(directory, answer)


def _compare(directory: str, answer: int) -> None:
    refused = REFUSED_BY_ANSWER.get((directory, answer), REFUSED.get(directory))
    if refused is not None:
        with pytest.raises(RefusedError, match=re.escape(refused)):
            compare(ESTATES[directory], answer)
    else:
        assert compare(ESTATES[directory], answer) == DIFFERENT.get(directory, AGREED)


def test_every_limit_of_the_service_is_that_of_an_estate() -> None:
    assert ESTATES.keys() >= EXCEPTIONS
