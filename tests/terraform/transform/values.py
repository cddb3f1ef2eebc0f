"""The same values by another way: through variables, var files and locals, or written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from peerlint.terraform import ast
from peerlint.terraform.ast import Attribute, Block, Body
from tests.terraform.transform.source import (
    NOT_EXPRESSIONS,
    Edit,
    Folder,
    edited,
    modules,
    references,
    roots,
    text_at,
)

KEPT = NOT_EXPRESSIONS | {"count", "for_each", "auto_accept"}
"""Arguments whose literal stays: those that take none, and those that decide what exists."""


def variables_with_defaults(folder: Folder) -> Folder | None:
    """Every literal of a resource as the default of a variable."""
    return _indirect(folder, modules(folder), "var", 'variable "{name}" {{\n  default = {text}\n}}\n', "")


def values_of_var_files(folder: Folder) -> Folder | None:
    """Every literal of a root's resource as a value in ``terraform.tfvars``."""
    return _indirect(folder, roots(folder), "var", 'variable "{name}" {{}}\n', "{name} = {text}\n")


def local_values(folder: Folder) -> Folder | None:
    """Every literal of a resource as a local value."""
    return _indirect(folder, modules(folder), "local", "locals {{\n  {name} = {text}\n}}\n", "")


def _indirect(
    folder: Folder, where: Mapping[str, Mapping[str, Body]], kind: str, declaration: str, assignment: str
) -> Folder | None:
    edits: list[Edit] = []
    added: dict[str, str] = {}
    for directory, files in where.items():
        prefix = "" if directory == "." else f"{directory}/"
        declarations = assignments = ""
        for attribute in (found for body in files.values() for found in _literals(body)):
            text, name = text_at(folder, attribute.expr.span), f"literal_{len(edits)}"
            edits.append((attribute.expr.span, f"{kind}.{name}"))
            declarations += declaration.format(name=name, text=text)
            assignments += assignment.format(name=name, text=text)
        added[f"{prefix}literals.tf"] = declarations
        if assignments:
            given = f"{prefix}terraform.tfvars"
            added[given] = folder.get(given, "") + "\n" + assignments
    return edited(folder, edits) | added if edits else None


def _literals(body: Body) -> Iterator[Attribute]:
    for block in body.blocks:
        if block.type in ("resource", "data"):
            yield from _of(block)


def _of(block: Block) -> Iterator[Attribute]:
    for attribute in block.body.attributes.values():
        literal = isinstance(attribute.expr, ast.Literal) and attribute.expr.value is not None
        if literal and attribute.name not in KEPT and attribute.span.line == attribute.span.end_line:
            yield attribute
    for inner in block.body.blocks:
        if inner.type not in ("lifecycle", "provisioner", "connection"):
            yield from _of(inner)


def inlined(folder: Folder) -> Folder | None:
    """The default of each variable of a root in place of the variable, where nothing else gives it a value."""
    if any(".tfvars" in path for path in folder):
        return None
    edits: list[Edit] = []
    for files in roots(folder).values():
        defaults = {
            block.labels[0]: text_at(folder, block.body.attributes["default"].expr.span)
            for body in files.values()
            for block in body.blocks
            if block.type == "variable" and _is_plain(block.body)
        }
        for reference in (r for body in files.values() for r in references(body)):
            if reference.kind == "var" and reference.name in defaults:
                edits.append((reference.expr.span, f"({defaults[reference.name]})"))
    return edited(folder, edits) if edits else None


def _is_plain(variable: Body) -> bool:
    """Whether the default is of the type as it is written."""
    default, type = variable.attributes.get("default"), variable.attributes.get("type")
    if default is None or not isinstance(default.expr, ast.Literal) or default.expr.value is None:
        return False
    named = type.expr.name if type is not None and isinstance(type.expr, ast.Name) else None
    names = {str: "string", bool: "bool", int: "number"}
    return type is None or named == names.get(default.expr.value.__class__)
