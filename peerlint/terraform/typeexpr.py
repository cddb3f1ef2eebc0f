"""The expression of a variable's ``type`` → a type constraint."""

from __future__ import annotations

from peerlint.network.values import Known
from peerlint.terraform import ast
from peerlint.terraform.ast import Block, Expr
from peerlint.terraform.types import (
    ANY,
    COLLECTIONS,
    KEYWORDS,
    QUOTED,
    Attribute,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    TypeConstraint,
)
from peerlint.terraform.values import Plain, TfValue, make_object

BARE: dict[str, TypeConstraint] = {"list": ListType(ANY), "map": MapType(ANY), "set": SetType(ANY)}
"""Collection keywords without an element type mean ``any`` elements."""


def type_constraint(expr: Expr) -> TypeConstraint:
    """The constraint that an expression writes; ``any`` for what is no type (Terraform would refuse it elsewhere)."""
    match expr:
        case ast.Literal(value=str() as name):
            return QUOTED.get(name) or KEYWORDS.get(name, ANY)
        case ast.Name(name=name):
            return KEYWORDS.get(name) or BARE.get(name, ANY)
        case ast.Call(name=("list" | "set" | "map") as name, arguments=(element,)):
            return COLLECTIONS[name](type_constraint(element))
        case ast.Call(name="tuple", arguments=(ast.Tuple(items=items),)):
            return TupleType(tuple(type_constraint(item) for item in items))
        case ast.Call(name="object", arguments=(ast.Object(items=items),)):
            return ObjectType({str(k.value): _attribute(v) for k, v in items if isinstance(k, ast.Literal)})
        case ast.Call(name="optional", arguments=(inner, *_)):
            return type_constraint(inner)
        case _:
            return ANY


def not_nullable(variable: Block) -> bool:
    """Whether ``nullable = false`` makes a null passed for the variable mean its default."""
    written = variable.body.attributes.get("nullable")
    return written is not None and isinstance(written.expr, ast.Literal) and written.expr.value is False


def _attribute(expr: Expr) -> Attribute:
    match expr:
        case ast.Call(name="optional", arguments=(inner,)):
            return Attribute(type_constraint(inner), True)
        case ast.Call(name="optional", arguments=(inner, default)):
            return Attribute(type_constraint(inner), True, _constant(default))
        case _:
            return Attribute(type_constraint(expr))


def _constant(expr: Expr) -> TfValue:
    """The value of a default in a type constraint, which may only be a constant."""
    match expr:
        case ast.Literal(value=value, span=span):
            return Known(value, span)
        case ast.Tuple(items=items, span=span):
            return Known(tuple(_constant(item) for item in items), span)
        case ast.Object(items=pairs, span=span):
            made = {str(k.value): _constant(v) for k, v in pairs if isinstance(k, ast.Literal)}
            return Known(make_object(made), span)
        case ast.Unary(operator="-", operand=ast.Literal(value=int() as number), span=span):
            negative: Plain = -number
            return Known(negative, span)
        case _:
            return Known(None, expr.span)
