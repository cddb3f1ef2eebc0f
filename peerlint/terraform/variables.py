"""Values of a root module's variables, by Terraform's precedence.

https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence: environment,
``terraform.tfvars``, ``terraform.tfvars.json``, ``*.auto.tfvars`` by name, then ``-var`` and ``-var-file`` in order.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from peerlint.network.model import Problem
from peerlint.network.values import Identity, Known, Span, Step, Unknown, Why
from peerlint.terraform import ast
from peerlint.terraform.arguments import evaluated
from peerlint.terraform.ast import Attribute, Block, Expr
from peerlint.terraform.config import ModuleConfig, read_file, unreadable
from peerlint.terraform.grammar import HclError
from peerlint.terraform.json_syntax import parse_json_body
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.scope import Scope
from peerlint.terraform.syntax import parse_expression
from peerlint.terraform.values import Plain, TfValue


class VariableError(Exception):
    """A ``--var`` or ``--var-file`` of the command line that cannot be used; the message is one line."""


def root_values(
    config: ModuleConfig, options: TerraformOptions, scope: Scope
) -> tuple[dict[str, TfValue], list[str], list[Problem]]:
    """The values that are set for a root's variables, the files they came from, and what could not be read.

    Raises VariableError for the command line's.
    """
    values: dict[str, TfValue] = {}
    problems: list[Problem] = []
    for name, text in options.environment.items():
        if name.startswith("TF_VAR_"):
            values[name.removeprefix("TF_VAR_")] = _given(text, name.removeprefix("TF_VAR_"), name, config, scope)
    files = list(automatic_files(config.directory))
    for path in files:
        try:
            values |= _file_values(path, scope)
        except HclError as error:
            problems.append(unreadable(str(error), error.at))
    if not any(kind == "file" for kind, _ in options.assignments):
        values |= _chosen_values(config, values, scope)
    for kind, text in options.assignments:
        if kind == "file":
            values |= _named_file(text, scope)
            files.append(os.path.abspath(text))
        else:
            name, equals, given = text.partition("=")
            if not equals:
                raise VariableError(f"--var takes name=value, not {text!r}")
            values[name] = _given(given, name, "--var", config, scope)
    return values, files, problems


def _chosen_values(config: ModuleConfig, values: Mapping[str, TfValue], scope: Scope) -> dict[str, TfValue]:
    """What the var files that Terraform does not load by itself say: known where all of them and the default agree.

    Which of them is meant, if any, only the command line tells.
    """
    found: list[dict[str, TfValue]] = []
    for path in optional_files(config.directory):
        try:
            found.append(_file_values(path, scope))
        except HclError:
            continue
    chosen: dict[str, TfValue] = {}
    for name in {name for one in found for name in one if name in config.variables}:
        otherwise = values.get(name, _default(config, name, scope))
        candidates = [one.get(name, otherwise) for one in found] + [otherwise]
        told = [value for value in candidates if value is not None]
        if all(value == told[0] for value in told[1:]):
            chosen[name] = told[0]
        else:
            of = Identity(scope.module.files.root_dir, f"var.{name}")
            chosen[name] = Unknown(Why.CHOICE, f"var.{name}", config.variables[name].header, of)
    return chosen


def _default(config: ModuleConfig, name: str, scope: Scope) -> TfValue | None:
    default = config.variables[name].body.attributes.get("default")
    return evaluated(default.expr, scope) if default is not None else None


FOLDERS = ("", "env", "envs", "environments", "vars", "tfvars")
"""Where var files for ``-var-file`` are usually kept, from the root."""


def optional_files(directory: str) -> Iterator[str]:
    """The variable files of a root that Terraform loads only when it is told to."""
    automatic = set(automatic_files(directory))
    for folder in FOLDERS:
        try:
            names = sorted(os.listdir(os.path.join(directory, folder)))
        except OSError:
            continue
        for name in names:
            path = os.path.join(directory, folder, name) if folder else os.path.join(directory, name)
            if name.endswith((".tfvars", ".tfvars.json")) and path not in automatic and "example" not in name:
                yield path


def automatic_files(directory: str) -> Iterator[str]:
    """The variable files that Terraform loads by itself, in its order."""
    try:
        names = sorted(os.listdir(directory))
    except OSError:
        return
    first = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
    for name in (*first, *(n for n in names if n.endswith((".auto.tfvars", ".auto.tfvars.json")))):
        yield os.path.join(directory, name)


def _named_file(path: str, scope: Scope) -> Mapping[str, TfValue]:
    try:
        return _file_values(os.path.abspath(path), scope)
    except HclError as error:
        raise VariableError(f"{path}:{error.at.line}:{error.at.column}: {error}") from None


def _file_values(path: str, scope: Scope) -> dict[str, TfValue]:
    if path.endswith(".json"):
        return _json_values(path, scope)
    return {name: evaluated(a.expr, scope) for name, a in read_file(path).attributes.items()}


WRAPPED = '{"variable": {"values": '


def _json_values(path: str, scope: Scope) -> dict[str, TfValue]:
    """A JSON file's properties, read as the defaults of variables are."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise HclError(f"cannot be read: {error}", Span(path, 1, 1, 1, 1)) from None
    try:
        names = list(json.loads(text))
    except (json.JSONDecodeError, TypeError):
        names = []
    blocks = parse_json_body(f"{WRAPPED}{text}\n}}}}", path).blocks
    attributes: dict[str, Attribute] = blocks[0].body.attributes if blocks else {}
    read = {name: evaluated(attributes[name].expr, scope) for name in names if name in attributes}
    return {name: _moved(value, _unwrapped) for name, value in read.items()}


def _unwrapped(at: Span) -> Span:
    """A place in the file, out of the one after the words that the file's first line is wrapped in."""
    start = at.column - len(WRAPPED) if at.line == 1 else at.column
    end = at.end_column - len(WRAPPED) if at.end_line == 1 else at.end_column
    return replace(at, column=start, end_column=end)


def _moved(value: TfValue, to: Callable[[Span], Span]) -> TfValue:
    """A value of literals at other places."""
    if isinstance(value, Unknown) or value.at is None:
        return value
    return Known(_inside_moved(value.value, to), to(value.at))


def _inside_moved(plain: Plain, to: Callable[[Span], Span]) -> Plain:
    match plain:
        case tuple() as items:
            return tuple(_moved(item, to) for item in items)
        case dict() as entries:
            return {key: _moved(item, to) for key, item in entries.items()}
        case _:
            return plain


def _given(text: str, name: str, by: str, config: ModuleConfig, scope: Scope) -> TfValue:
    """A value as text: an expression where the variable's type is not a primitive one. As no file has it, its place is
    that of the variable's declaration.
    """
    block = config.variables.get(name)
    value = _given_value(text, name, block, scope)
    if block is None or isinstance(value, Unknown):
        return value
    said = Step(f"`var.{name}` is declared here and set by {by}", block.header)
    return Known(_inside_moved(value.value, lambda _: block.header), block.header, lambda: (said,))


def _given_value(text: str, name: str, block: Block | None, scope: Scope) -> TfValue:
    constraint = block.body.attributes.get("type") if block is not None else None
    if constraint is None or _primitive(constraint.expr):
        return Known(text)
    wrong = VariableError(f"the value of --var {name} is not an expression: {text!r}")
    try:
        value = evaluated(parse_expression(text, f"--var {name}"), scope)
    except HclError:
        raise wrong from None
    if isinstance(value, Unknown):
        raise wrong
    return value


def _primitive(expr: Expr) -> bool:
    match expr:
        case ast.Name(name=name) | ast.Literal(value=str() as name):
            return name in ("string", "number", "bool")
        case _:
            return False
