"""Values of a root module's variables, by Terraform's precedence.

https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence: environment,
``terraform.tfvars``, ``terraform.tfvars.json``, ``*.auto.tfvars`` by name, then ``-var`` and ``-var-file`` in order.
The var files of a deployment stand before those.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from peerlint.network.model import Deployment, Problem
from peerlint.network.values import Identity, Known, Span, Step, Unknown, Why
from peerlint.terraform import ast
from peerlint.terraform.arguments import evaluated
from peerlint.terraform.ast import Block, Body, Expr
from peerlint.terraform.config import ModuleConfig, read_file, unreadable
from peerlint.terraform.deployments import layers
from peerlint.terraform.errors import HclError
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.scope import Scope
from peerlint.terraform.syntax import parse_expression
from peerlint.terraform.values import Plain, TfValue
from peerlint.terraform.var_files import automatic_files


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
    if options.deployment is not None:
        more = layers(options.deployment, options)
        values |= _deployed_values(config, options.deployment, more, values, scope)
        files += (*options.deployment.files, *more)
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


def _deployed_values(
    config: ModuleConfig, deployment: Deployment, more: Sequence[str], values: Mapping[str, TfValue], scope: Scope
) -> dict[str, TfValue]:
    """What the var files of a deployment set, and what those set (``more``) that may be given with them.

    A variable that only the latter set is known where they agree with one another and with the value it has otherwise.
    """
    own = {name: value for path in deployment.files for name, value in _file_values(path, scope).items()}
    read = (read_file(path, scope.module.budget.limits.file_size) for path in more)
    added = [body.attributes for body in read if isinstance(body, Body)]
    for name in {name for one in added for name in one if name in config.variables and name not in own}:
        otherwise = values.get(name, _default(config, name, scope))
        told = [evaluated(one[name].expr, scope) for one in added if name in one]
        told += [] if otherwise is None else [otherwise]
        if all(value == told[0] for value in told[1:]):
            own[name] = told[0]
        else:
            of = Identity(deployment.stack, f"var.{name}")
            own[name] = Unknown(Why.CHOICE, f"var.{name}", config.variables[name].header, of)
    return own


def _default(config: ModuleConfig, name: str, scope: Scope) -> TfValue | None:
    body = config.variables[name].read()
    default = body.attributes.get("default") if body is not None else None
    return evaluated(default.expr, scope) if default is not None else None


def _named_file(path: str, scope: Scope) -> Mapping[str, TfValue]:
    try:
        return _file_values(os.path.abspath(path), scope)
    except HclError as error:
        raise VariableError(f"{path}:{error.at.line}:{error.at.column}: {error}") from None


def _file_values(path: str, scope: Scope) -> dict[str, TfValue]:
    body = read_file(path, scope.module.budget.limits.file_size)
    if isinstance(body, HclError):
        raise HclError(str(body), body.at)
    return {name: evaluated(attribute.expr, scope) for name, attribute in body.attributes.items()}


def _placed(plain: Plain, at: Span) -> Plain:
    """What a value holds, all of it written at one place."""
    match plain:
        case tuple() as items:
            return tuple(Known(_placed(i.value, at), at) if isinstance(i, Known) else i for i in items)
        case dict() as entries:
            return {k: Known(_placed(i.value, at), at) if isinstance(i, Known) else i for k, i in entries.items()}
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
    return Known(_placed(value.value, block.header), block.header, lambda: (said,))


def _given_value(text: str, name: str, block: Block | None, scope: Scope) -> TfValue:
    body = block.read() if block is not None else None
    constraint = body.attributes.get("type") if body is not None else None
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
