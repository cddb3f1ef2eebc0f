"""References that lead to nothing, found without evaluating: also in blocks of which no instance exists.

Terraform checks them statically as well (https://developer.hashicorp.com/terraform/language/expressions/references).
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Problem, ProblemKind
from peerlint.terraform import ast
from peerlint.terraform.ast import Block, Body, Expr
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.errors import UnreadError

PEERING_TYPES = frozenset(
    {
        "aws_vpc_peering_connection",
        "aws_vpc_peering_connection_accepter",
        "aws_vpc_peering_connection_options",
        "awscc_ec2_vpc_peering_connection",
    }
)
BUILT_IN = frozenset({"each", "count", "path", "terraform", "tofu", "self", "ephemeral", "provider"})
CONNECTION = "vpc_peering_connection_id"
ROUTE_TYPES = frozenset({"aws_route", "awscc_ec2_route"})
UNREFERENCED = frozenset({"provider", "providers", "depends_on", "lifecycle", "tags", "timeouts"})
"""Arguments that do not take expressions, and those on which no peering question depends."""


def unresolved_references(config: ModuleConfig, address: str) -> Iterator[Problem]:
    """A PL905 for each reference in a peering, or a route over one, that this module does not declare."""
    if not config.complete or config.wrapped:
        return
    for (type, _), block in config.resources.items():
        body = block.read() if type in PEERING_TYPES or type in ROUTE_TYPES else None
        if body is not None and (type in PEERING_TYPES or CONNECTION in body.attributes):
            for message, at in _in_body(body, config, frozenset()):
                yield Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at.span, address)


def _in_body(body: Body, config: ModuleConfig, names: frozenset[str]) -> Iterator[tuple[str, Expr]]:
    for attribute in body.attributes.values():
        if attribute.name not in UNREFERENCED:
            yield from _in_expr(attribute.expr, config, names)
    for block in body.blocks:
        inner = names | {_iterator(block)} if block.type == "dynamic" else names
        if block.type not in UNREFERENCED:
            yield from _in_body(block.body, config, inner)


def _iterator(block: Block) -> str:
    named = block.body.attributes.get("iterator")
    return named.expr.name if named is not None and isinstance(named.expr, ast.Name) else "".join(block.labels)


def _in_expr(expr: Expr, config: ModuleConfig, names: frozenset[str]) -> Iterator[tuple[str, Expr]]:
    match expr:
        case ast.Name() | ast.GetAttr() | ast.Index():
            yield from _in_reference(expr, config, names)
        case ast.For(key=key, value=value):
            inner = names | {value} | ({key} if key else set())
            yield from _in_expr(expr.collection, config, names)
            for part in (expr.result_key, expr.result, expr.condition):
                if part is not None:
                    yield from _in_expr(part, config, inner)
        case _:
            for part in _parts(expr):
                yield from _in_expr(part, config, names)


def _parts(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case ast.Call(name="try" | "can"):
            return ()
        case ast.Splat(target=ast.GetAttr() as target) if _names_a_resource(target):
            return ()
        case _:
            return tuple(ast.parts(expr))


def _names_a_resource(expr: ast.GetAttr) -> bool:
    """Whether it is ``aws_vpc.a``, of which a splat takes all instances."""
    return isinstance(expr.target, ast.Name) and expr.target.name not in (*BUILT_IN, "var", "local", "module", "data")


def _in_reference(expr: Expr, config: ModuleConfig, names: frozenset[str]) -> Iterator[tuple[str, Expr]]:
    steps: list[str | None] = []
    root = expr
    while isinstance(root, ast.GetAttr | ast.Index):
        if isinstance(root, ast.Index):
            yield from _in_expr(root.key, config, names)
        steps.append(root.name if isinstance(root, ast.GetAttr) else None)
        root = root.target
    steps.reverse()
    if not isinstance(root, ast.Name):
        yield from _in_expr(root, config, names)
    elif root.name not in names and root.name not in BUILT_IN:
        message = _missing(root.name, steps, config)
        if message is not None:
            yield message, expr


def _missing(root: str, steps: list[str | None], config: ModuleConfig) -> str | None:
    """What is wrong with a reference, or ``None``."""
    first = steps[0] if steps else None
    match root, first:
        case _, None:
            return None
        case "var", str():
            return None if first in config.variables else f"variable `{first}` is not declared in this module"
        case "local", str():
            return None if _is_local(first, config) else f"local value `{first}` is not declared in this module"
        case "module", str():
            return None if first in config.modules else f"module `{first}` is not declared in this module"
        case "data", str():
            name = steps[1] if len(steps) > 1 else None
            block = config.data.get((first, name)) if name is not None else None
            return _keyed(config, block, f"data.{first}.{name}", "data source", steps[2:])
        case _, str():
            return _keyed(config, config.resources.get((root, first)), f"{root}.{first}", "resource", steps[1:])


def _is_local(name: str, config: ModuleConfig) -> bool:
    """Whether a local value is declared, or may be."""
    try:
        return config.local(name) is not None
    except UnreadError:
        return True


def _keyed(config: ModuleConfig, block: Block | None, address: str, what: str, rest: list[str | None]) -> str | None:
    if block is None:
        return f"{what} `{address}` is not declared in this module"
    body = block.read() if rest and rest[0] is not None and not config.is_legacy else None
    if body is None:
        return None
    argument = next((name for name in ("count", "for_each") if name in body.attributes), None)
    if argument is not None:
        return f"`{address}` has `{argument}`, so `.{rest[0]}` needs an instance key"
    return None
