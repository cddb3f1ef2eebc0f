"""The outputs of a root as peerlint evaluates them, in the form that terraform's JSON has."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from pathlib import Path

from peerlint.network.values import Unknown
from peerlint.terraform.config import load_module, read_file
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.root_state import RootState
from peerlint.terraform.site import Site
from peerlint.terraform.values import EvaluationError, TfSet, TfValue
from peerlint.terraform.variables import root_values
from tests.oracle.terraform_batch import ERROR
from tests.oracle.terraform_plan import UNKNOWN

PRECISE = Context(prec=120)


def outputs_of(folder: Path) -> dict[str, object]:
    """Every output: its value, ``UNKNOWN`` where it or a part of it is unknown, ``ERROR`` where terraform has one."""
    load_module.cache_clear()
    read_file.cache_clear()
    config = load_module(str(folder))
    options = TerraformOptions(str(folder))
    state = RootState(str(folder), str(folder), str(folder))
    values, _, problems = root_values(config, options, ModuleInstance(Site(state, config)).scope)
    assert not problems
    root = ModuleInstance(Site(state, config), values)
    return {name: _output(root, name) for name in config.outputs}


def _output(root: ModuleInstance, name: str) -> object:
    try:
        return plain(root.output(name))
    except EvaluationError:
        return ERROR


def plain(value: TfValue | None) -> object:
    """A value in the form that the plan's JSON has."""
    assert value is not None
    if isinstance(value, Unknown):
        return UNKNOWN
    match value.value:
        case tuple() as items:
            return [plain(item) for item in items]
        case TfSet(items=items):
            return [plain(item) for item in items]
        case dict() as entries:
            return {key: plain(item) for key, item in entries.items()}
        case other:
            return other


LONG_FRACTION = re.compile(r"-?\d+\.\d{100,}")
"""The text of a number of which the last digits may differ."""


NOTHING = Decimal("1e-150")
"""What binary arithmetic may leave where decimal arithmetic leaves nothing."""


def rounded(value: object) -> object:
    """The value with its numbers cut to the digits in which binary and decimal arithmetic agree."""
    match value:
        case bool():
            return value
        case int() | Decimal() as number:
            amount = Decimal(number)
            return amount.normalize(PRECISE) if abs(amount) > NOTHING else Decimal(0)
        case list() as items:
            return [rounded(item) for item in items]
        case dict() as entries:
            return {_rounded_text(key): rounded(item) for key, item in entries.items()}
        case str() as text:
            return _rounded_text(text)
    return value


def _rounded_text(text: str) -> str:
    return LONG_FRACTION.sub(lambda number: f"{Decimal(number[0]).normalize(PRECISE):f}", text)
