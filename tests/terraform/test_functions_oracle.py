"""Every function against the real ``terraform console``: the same result, and an error where Terraform has one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from peerlint.network.values import Unknown
from peerlint.terraform.functions import FUNCTIONS, FileContext, call
from peerlint.terraform.functions.json_text import encode
from peerlint.terraform.functions.signature import Function
from peerlint.terraform.types import ListType, MapType, Primitive, SetType, TypeConstraint
from peerlint.terraform.values import EvaluationError
from tests.oracle.function_cases import CASES, FILES, Case
from tests.oracle.literals import hcl, value
from tests.oracle.terraform_console import REASON, TERRAFORM, evaluate

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


def _described(function: Function) -> tuple[list[object], object]:
    params = [(param.name, _type(param.type), param.nullable) for param in function.params]
    rest = function.rest and (function.rest.name, _type(function.rest.type), function.rest.nullable)
    return list(params), rest


def _type(kind: TypeConstraint) -> object:
    match kind:
        case Primitive(name=name):
            return name
        case ListType(element=element):
            return ["list", _type(element)]
        case SetType(element=element):
            return ["set", _type(element)]
        case MapType(element=element):
            return ["map", _type(element)]
    return "dynamic"


def test_every_function_of_terraform_is_there_with_its_parameters() -> None:
    done = subprocess.run([str(TERRAFORM), "metadata", "functions", "-json"], capture_output=True, check=True)
    signatures = json.loads(done.stdout)["function_signatures"]
    theirs = {}
    for name, signature in signatures.items():
        if "::" not in name and name not in ("try", "can"):
            *params, rest = (
                each and (each["name"], each["type"], each.get("is_nullable", False))
                for each in (*signature.get("parameters", []), signature.get("variadic_parameter"))
            )
            theirs[name] = (params, rest)
    assert {name: _described(FUNCTIONS[name]) for name in theirs} == theirs
