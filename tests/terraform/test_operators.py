"""The operators of HCL: conversions, errors, equality across types, unknown operands, Terraform's arithmetic."""

from __future__ import annotations

from decimal import Decimal, localcontext
from itertools import product
from pathlib import Path

import pytest

from peerlint.network.values import Identity, Known, Unknown, Why
from peerlint.terraform.functions.json_text import encode
from peerlint.terraform.operators import binary, unary
from peerlint.terraform.values import NULL, EvaluationError, TfSet, TfValue
from tests.oracle.literals import NOTHING, Literal, hcl, tolist, tomap, toset, value
from tests.oracle.terraform_console import REASON, TERRAFORM, evaluate

VPC = Identity("root", "aws_vpc.main", "id")
SUBNETS = Identity("root", "data.aws_subnets.all", "ids", many=True)

_OPERANDS: list[Literal] = [
    0, 1, -7, 5, Decimal("0.1"), Decimal("2.5"), 10**40, "5", "1e2", "abc", "", "true", "0", True, False, NOTHING,
    [], [1], [True], tolist(), tolist(1), toset(1, 1), toset(1), {"a": 1}, tomap(a=1), {}, ["1"], [tolist(1)], [[1]],
]  # fmt: skip
_OPERATORS = ["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "&&", "||"]
_CASES = [
    (op, left, right)
    for op, left, right in product(_OPERATORS, _OPERANDS, _OPERANDS)
    if not (op == "/" and right in (0, "0"))
]


def _text(case: tuple[str, Literal, Literal]) -> str:
    op, left, right = case
    return f"{hcl(left)} {op} {hcl(right)}"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    directory: Path = tmp_path_factory.mktemp("root")
    expressions = list(dict.fromkeys(map(_text, _CASES)))
    return dict(zip(expressions, evaluate(expressions, directory), strict=True))


@pytest.mark.skipif(TERRAFORM is None, reason=REASON)
@pytest.mark.parametrize("op", _OPERATORS)
def test_every_operator_agrees_with_terraform_on_every_pair(op: str, answers: dict[str, str | None]) -> None:
    ours: dict[str, str | Decimal | None] = {}
    for case in _CASES:
        if case[0] == op:
            try:
                ours[_text(case)] = _rounded(encode(binary(op, value(case[1]), value(case[2]))))
            except EvaluationError:
                ours[_text(case)] = None
    assert ours == {text: _rounded(answers[text]) for text in ours}


def _rounded(answer: str | None) -> str | Decimal | None:
    """A number without its last digits, in which binary and decimal arithmetic differ, and without the sign of zero."""
    if answer is None or answer in ("true", "false"):
        return answer
    with localcontext(prec=500):
        return Decimal(answer).quantize(Decimal("1e-100")) + 0


def _unknown(why: Why = Why.VARIABLE, of: Identity | None = VPC) -> Unknown:
    return Unknown(why, source="aws_vpc.main.id", of=of)


@pytest.mark.parametrize(
    ("op", "left", "right", "expected"),
    [
        ("+", Known("5"), Known(1), Known(6)),
        ("&&", Known("true"), Known(True), Known(True)),
        ("/", Known(7), Known(2), Known(Decimal("3.5"))),
        ("%", Known(-5), Known(3), Known(-2)),
        ("+", Known(Decimal("0.1")), Known(Decimal("0.2")), Known(Decimal("0.3"))),
        ("==", Known("1"), Known(1), Known(False)),
        ("==", Known(True), Known(1), Known(False)),
        ("==", NULL, Known(""), Known(False)),
        ("==", NULL, NULL, Known(True)),
        ("!=", Known("a"), Known("b"), Known(True)),
    ],
)
def test_known_operands(op: str, left: TfValue, right: TfValue, expected: TfValue) -> None:
    result = binary(op, left, right)
    assert result == expected
    assert isinstance(result, Known)
    assert isinstance(expected, Known)
    assert type(result.value) is type(expected.value)


@pytest.mark.parametrize(
    ("op", "left", "right"),
    [("+", NULL, Known(1)), ("+", Known("x"), Known(1)), ("&&", Known(1), Known(True)), ("<", Known("a"), Known(1))],
)
def test_operands_of_the_wrong_kind_are_errors_even_beside_an_unknown(op: str, left: TfValue, right: TfValue) -> None:
    for a, b in ((left, right), (left, _unknown())):
        with pytest.raises(EvaluationError):
            binary(op, a, b)


@pytest.mark.parametrize(("op", "decisive"), [("&&", False), ("||", True)])
def test_a_decisive_operand_decides_beside_an_unknown(op: str, decisive: bool) -> None:
    assert binary(op, Known(decisive), _unknown()) == Known(decisive)
    assert binary(op, _unknown(), Known(decisive)) == Known(decisive)
    assert isinstance(binary(op, Known(not decisive), _unknown()), Unknown)


def test_a_computed_unknown_names_its_cause_and_has_no_identity() -> None:
    result = binary("+", Known(1), _unknown(Why.COMPUTED))
    assert isinstance(result, Unknown)
    assert (result.why, result.of, result.cause) == (Why.COMPUTED, None, VPC)
    again = unary("-", result)
    assert isinstance(again, Unknown)
    assert (again.of, again.cause) == (None, VPC)


def test_an_unknown_equals_itself_but_some_element_need_not() -> None:
    assert binary("==", _unknown(), _unknown()) == Known(True)
    assert binary("!=", _unknown(), _unknown()) == Known(False)
    assert isinstance(binary("==", _unknown(of=SUBNETS), _unknown(of=SUBNETS)), Unknown)
    assert isinstance(binary("==", _unknown(), _unknown(of=Identity("root", "aws_vpc.other", "id"))), Unknown)
    assert isinstance(binary("==", _unknown(), Known("vpc-1")), Unknown)
    assert isinstance(binary("==", _unknown(), NULL), Unknown)


def test_a_known_difference_decides_equality_beside_an_unknown_part() -> None:
    assert binary("==", Known((_unknown(), Known("a"))), Known((Known("x"), Known("b")))) == Known(False)
    assert isinstance(binary("==", Known((_unknown(), Known("a"))), Known((Known("x"), Known("a")))), Unknown)
    assert binary("==", Known({"a": _unknown()}), Known({"b": _unknown()})) == Known(False)
    assert binary("==", Known((_unknown(),)), NULL) == Known(False)
    assert isinstance(binary("==", Known(TfSet((_unknown(),))), Known(TfSet((Known("a"),)))), Unknown)


def test_what_is_infinite_is_not_evaluated() -> None:
    assert isinstance(binary("/", Known(1), Known(0)), Unknown)
    assert isinstance(binary("*", Known(10**3000), Known(10**3000)), Unknown)
    with pytest.raises(EvaluationError):
        binary("/", Known(0), Known(0))
