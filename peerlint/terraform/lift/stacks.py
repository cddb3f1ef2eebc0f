"""``aws_cloudformation_stack``: a template that a root deploys.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudformation_stack
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from peerlint.network.model import Deployed, Language, Origin
from peerlint.network.values import Identity, Known, Unknown, Written
from peerlint.terraform import ast
from peerlint.terraform.arguments import Arguments, evaluated
from peerlint.terraform.convert import to_string
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.values import EvaluationError, TfValue, elements

STACK = "aws_cloudformation_stack"
STACKS = frozenset({STACK, "awscc_cloudformation_stack"})


def deployed(instance: ResourceInstance) -> Iterator[Deployed]:
    """The stack that a resource deploys."""
    of = instance.computed("outputs").of
    if instance.data or of is None:
        return
    arguments = _parameters(instance)
    site = instance.site
    yield Deployed(
        Identity(of.stack, of.address),
        Origin(
            site.root.stack,
            instance.address,
            instance.arguments.span,
            Language.TERRAFORM,
            presence=instance.presence,
            calls=site.calls,
        ),
        instance.place,
        _template(instance) if arguments is not None and instance.type == STACK else None,
        arguments or (),
        tuple(id for name in instance.arguments.names() for id in ids(instance.arguments.get(name))),
    )


def _template(instance: ResourceInstance) -> str | None:
    """The file that ``template_body = file("…")`` reads."""
    arguments = instance.arguments
    body = arguments.expression("template_body") if isinstance(arguments, Arguments) else None
    if not isinstance(body, ast.Call) or body.name != "file" or len(body.arguments) != 1:
        return None
    match evaluated(body.arguments[0], arguments.scope):
        case Known(value=str() as path):
            return os.path.normpath(os.path.join(instance.site.root.directory, path))
        case _:
            return None


def _parameters(instance: ResourceInstance) -> tuple[tuple[str, Written[str]], ...] | None:
    """The arguments of the template; ``None`` where not all of them are told."""
    match instance.arguments.get("parameters"):
        case None | Known(value=None):
            return ()
        case Known(value=dict() as parameters):
            texts = {name: _text(value) for name, value in parameters.items()}
            return tuple((n, t) for n, t in texts.items() if t is not None) if None not in texts.values() else None
        case _:
            return None


def _text(value: TfValue) -> Written[str] | None:
    try:
        text = to_string(value)
    except EvaluationError:
        return None
    if isinstance(text, Unknown):
        return text
    return Known(text.value, text.at, text.trail) if isinstance(text.value, str) else None


def ids(value: TfValue | None) -> Iterator[Written[str]]:
    """Everything in a value that may be an id: unknowns with an identity, and strings."""
    match value:
        case None:
            return
        case Unknown(of=of):
            if of is not None:
                yield value
        case Known(value=str() as text):
            yield Known(text)
        case _:
            for item in elements(value) or ():
                yield from ids(item)
