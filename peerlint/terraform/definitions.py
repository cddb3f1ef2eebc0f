"""What defines the things that references name, for the way back from a value's use to its origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from peerlint.network.values import Known
from peerlint.terraform.arguments import Arguments, evaluated
from peerlint.terraform.ast import Expr
from peerlint.terraform.scope import Definition, Frame, Scope
from peerlint.terraform.values import EvaluationError

if TYPE_CHECKING:
    from peerlint.terraform.instance import ModuleInstance


def definitions(module: ModuleInstance, name: str, steps: Sequence[str | Expr], scope: Scope) -> Iterator[Definition]:
    """What may define the variable, local, output or argument that a reference names in a module, likeliest first."""
    names = [step for step in steps if isinstance(step, str)]
    match name, names:
        case "var", [variable, *_]:
            yield from _of_variable(module, variable)
        case "local", [local, *_]:
            declared = module.site.config.locals.get(local)
            if declared is not None:
                yield Definition(f"`local.{local}` is written here", (Frame(declared.expr, module.scope),))
        case "module", [call, *outputs]:
            yield from _of_outputs(module, call, outputs, _key(steps[1:], scope))
        case "data", [type, resource, *attributes]:
            yield from _of_arguments(module, True, type, resource, attributes)
        case _, [resource, *attributes]:
            yield from _of_arguments(module, False, name, resource, attributes)


def _of_variable(module: ModuleInstance, name: str) -> Iterator[Definition]:
    declared = module.site.config.variables.get(name)
    if declared is None:
        return
    if module.site.caller is not None:
        block, scope = module.site.caller
        passing = Arguments(block.body, scope, block.header).frame(name)
        if passing is not None:
            message = f"`var.{name}` is passed here by {module.address}"
            yield Definition(message, (passing,), call=block.header)
    given = module.inputs.get(name)
    if isinstance(given, Known):
        said = given.trail()[0].message if given.trail is not None else f"`var.{name}` is set here"
        yield Definition(said, given=given.at)
    body = declared.read()
    default, constraint = (body.attributes.get(key) if body is not None else None for key in ("default", "type"))
    said = f"this is the default of `var.{name}`"
    if default is not None:
        yield Definition(said, (Frame(default.expr, module.scope),))
    if constraint is not None:
        yield Definition(said, given=constraint.expr.span)


def _of_outputs(module: ModuleInstance, call: str, named: Sequence[str], key: str | None) -> Iterator[Definition]:
    try:
        found = module.modules.children(call)
    except EvaluationError:
        return
    for child in found[1] if found is not None else ():
        if child.module is None or (key is not None and str(child.key) != key):
            continue
        outputs = child.module.site.config.outputs
        for name in named[:1] if named and named[0] in outputs else outputs:
            body = outputs[name].read()
            value = body.attributes.get("value") if body is not None else None
            if value is not None:
                said = f"`{child.address}.{name}` is output here"
                yield Definition(said, (Frame(value.expr, child.module.scope),))


def _of_arguments(
    module: ModuleInstance, data: bool, type: str, name: str, named: Sequence[str]
) -> Iterator[Definition]:
    try:
        group = module.resources.group(data, type, name)
    except EvaluationError:
        return
    address = f"data.{type}.{name}" if data else f"{type}.{name}"
    for instance in group.instances if group is not None else ():
        written = instance.arguments.names()
        for argument in named[:1] if named and named[0] in written else written:
            frame = instance.arguments.frame(argument)
            if frame is not None:
                yield Definition(f"`{address}.{argument}` is written here", (frame,))


def _key(steps: Sequence[str | Expr], scope: Scope) -> str | None:
    """The instance key that the first of the steps is, where it is known."""
    if not steps or isinstance(steps[0], str):
        return None
    value = evaluated(steps[0], scope)
    return str(value.value) if isinstance(value, Known) else None
