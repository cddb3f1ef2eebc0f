"""Every function against the real ``terraform console``: the same result, and an error where Terraform has one."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracle.function_cases import CASES, FILES, Case
from oracle.literals import hcl, value
from oracle.terraform_console import REASON, TERRAFORM, evaluate

from peerlint.network.values import Unknown
from peerlint.terraform.functions import FUNCTIONS, FileContext, call
from peerlint.terraform.functions.json_text import encode
from peerlint.terraform.values import EvaluationError

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason=REASON)


def _expression(case: Case) -> str:
    name, args = case
    return f"{name}({', '.join(map(hcl, args))})"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("root")
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


@pytest.fixture(scope="module")
def answers(directory: Path) -> dict[str, str | None]:
    expressions = list(dict.fromkeys(map(_expression, CASES)))
    return dict(zip(expressions, evaluate(expressions, directory), strict=True))


@pytest.mark.parametrize("case", CASES, ids=_expression)
def test_function(case: Case, answers: dict[str, str | None], directory: Path) -> None:
    name, args = case
    context = FileContext(str(directory), str(directory), str(directory))
    try:
        result = call(name, [value(arg) for arg in args], context)
    except EvaluationError:
        assert answers[_expression(case)] is None
        return
    assert not isinstance(result, Unknown)
    assert encode(result) == answers[_expression(case)]
