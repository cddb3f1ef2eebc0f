"""What ``templatefile`` and ``templatestring`` make of a template: an evaluation that knows its variables alone.

https://developer.hashicorp.com/terraform/language/functions/templatefile
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache

from peerlint.network.model import Problem
from peerlint.network.values import Known, Span
from peerlint.terraform import ast
from peerlint.terraform.ast import Expr
from peerlint.terraform.errors import HclError, UnreadError
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.functions import FileContext
from peerlint.terraform.limits import Budget
from peerlint.terraform.scope import Definition, Scope
from peerlint.terraform.syntax import parse_body, parse_template
from peerlint.terraform.values import EvaluationError, TfValue, make_object

_VARIABLE = re.compile(r"[^\W\d][\w-]*")


def file_context(module_dir: str, project_dir: str, root_dir: str, budget: Budget) -> FileContext:
    """Where a module's functions read files, and how they render templates."""
    plain = FileContext(module_dir, project_dir, root_dir)

    def render(template: str, variables: Mapping[str, TfValue], path: str) -> TfValue:
        wrong = next((name for name in variables if not _VARIABLE.fullmatch(name)), None)
        if wrong is not None:
            raise EvaluationError(f"invalid template variable name {wrong!r}")
        expr = _parsed(template, path)
        return evaluate(expr, Scope(_Alone(plain, budget), variables))

    def read_variables(text: str) -> TfValue:
        try:
            body = parse_body(text, "")
        except HclError as error:
            raise EvaluationError(f"invalid expression syntax: {error}") from None
        if body.blocks:
            raise EvaluationError("a block is not allowed in a variables file")
        if any(map(_has_call, (each.expr for each in body.attributes.values()))):
            raise EvaluationError("there are no functions in a variables file")
        scope = Scope(_Alone(plain, budget))
        return Known(make_object({name: evaluate(each.expr, scope) for name, each in body.attributes.items()}))

    return FileContext(module_dir, project_dir, root_dir, render, read_variables)


@lru_cache(maxsize=256)
def _parsed(template: str, path: str) -> Expr:
    try:
        return parse_template(template, path)
    except HclError as error:
        raise EvaluationError(f"the template is not valid: {error}") from None


def _has_call(expr: Expr) -> bool:
    return isinstance(expr, ast.Call) or any(map(_has_call, ast.parts(expr)))


class _Alone:
    """The module that a template seems to stand in: it declares nothing, and its functions render no templates."""

    address = ""

    def __init__(self, files: FileContext, budget: Budget) -> None:
        self.files = files
        self.budget = budget

    def look_up(
        self, name: str, steps: Sequence[str | Expr], scope: Scope, at: Span
    ) -> tuple[TfValue, list[str | Expr]]:
        """Raise EvaluationError: the variables are in the scope, and there is nothing else."""
        raise EvaluationError(f'the variables of the template have no "{name}"')

    def definition(self, kind: str, name: str) -> tuple[Expr, Scope] | None:
        """Nothing is defined here."""
        return None

    def definitions(self, name: str, steps: Sequence[str | Expr], scope: Scope) -> Iterator[Definition]:
        """Nothing is defined here."""
        return iter(())

    def doubt_about(self, expr: Expr) -> str | None:
        """Nothing is declared here."""
        return None

    @property
    def is_forgiving(self) -> bool:
        """An error ends the call that renders, which then says so."""
        return True

    def report(self, problem: Problem) -> None:
        """Nothing is reported here."""

    def unread(self, error: UnreadError) -> None:
        """Nothing is reported here."""

    @contextmanager
    def forgiving(self) -> Iterator[None]:
        """Nothing is reported here."""
        yield
