"""A folder of Terraform files as texts, edited at the places that the syntax tree tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeAlias

from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.ast import Block, Body, Expr
from peerlint.terraform.syntax import parse_body

Folder: TypeAlias = Mapping[str, str]
"""The texts of files, by their path below the folder."""

Edit: TypeAlias = tuple[Span, str]
"""A place, and what to write there."""

NOT_EXPRESSIONS = frozenset({"provider", "providers", "depends_on", "source", "version", "alias", "iterator", "type"})
"""Arguments that take no expression, or none with references that may be rewritten."""


def parsed(folder: Folder) -> dict[str, Body]:
    """The syntax trees of the folder's ``.tf`` files."""
    return {path: _parse(path, text) for path, text in folder.items() if path.endswith(".tf")}


@lru_cache(maxsize=4096)
def _parse(path: str, text: str) -> Body:
    return parse_body(text, path)


def directory_of(path: str) -> str:
    return PurePosixPath(path).parent.as_posix()


def modules(folder: Folder) -> dict[str, dict[str, Body]]:
    """The files of each directory that has any."""
    found: dict[str, dict[str, Body]] = {}
    for path, body in sorted(parsed(folder).items()):
        found.setdefault(directory_of(path), {})[path] = body
    return found


def roots(folder: Folder) -> dict[str, dict[str, Body]]:
    """Those directories that no other one calls."""
    called = set()
    for path, body in parsed(folder).items():
        for block in body.blocks:
            source = block.body.attributes.get("source")
            if block.type == "module" and source is not None and isinstance(source.expr, ast.Literal):
                called.add(_joined(directory_of(path), str(source.expr.value)))
    return {directory: files for directory, files in modules(folder).items() if directory not in called}


def _joined(directory: str, source: str) -> str:
    parts: list[str] = []
    for part in (*PurePosixPath(directory).parts, *source.split("/")):
        if part == "..":
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts) or "."


def offset(text: str, line: int, column: int) -> int:
    """Where a place is in a text."""
    position = 0
    for _ in range(line - 1):
        position = text.index("\n", position) + 1
    return position + column - 1


def text_at(folder: Folder, span: Span) -> str:
    """The text of a place."""
    text = folder[span.file]
    return text[offset(text, span.line, span.column) : offset(text, span.end_line, span.end_column)]


def whole(folder: Folder, span: Span) -> Span:
    """The place of a block with the lines of comments directly above it."""
    lines = folder[span.file].split("\n")
    first = span.line
    while first > 1 and lines[first - 2].lstrip().startswith(("#", "//")):
        first -= 1
    return replace(span, line=first, column=1)


def with_comments(folder: Folder, span: Span, edits: Iterable[Edit] = ()) -> str:
    """The text of a block with the lines of comments directly above it, edited."""
    lines = folder[span.file].split("\n")
    before = Span(span.file, 1, 1, whole(folder, span).line, 1)
    after = Span(span.file, span.end_line, span.end_column, len(lines), len(lines[-1]) + 1)
    alone = {span.file: folder[span.file]}
    return edited(alone, [(before, ""), *edits, (after, "\n")])[span.file]


def edited(folder: Folder, edits: Iterable[Edit]) -> dict[str, str]:
    """The folder with other text at some places, which do not overlap; an insertion comes before what begins there."""
    result = dict(folder)
    for span, new in sorted(edits, key=_position, reverse=True):
        text = result[span.file]
        start, end = offset(text, span.line, span.column), offset(text, span.end_line, span.end_column)
        result[span.file] = text[:start] + new + text[end:]
    return result


def _position(edit: Edit) -> tuple[int, int, bool]:
    span, _ = edit
    return span.line, span.column, (span.line, span.column) != (span.end_line, span.end_column)


@dataclass(frozen=True)
class Reference:
    """``var.x``, ``local.x``, ``module.x``, ``aws_vpc.a`` or ``data.aws_vpc.a``, and what stands directly around it."""

    kind: str
    name: str
    expr: Expr
    around: Expr | None

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.name


def references(body: Body) -> Iterator[Reference]:
    """Every reference in a body, nested blocks included."""
    for attribute in body.attributes.values():
        if attribute.name not in NOT_EXPRESSIONS:
            yield from references_in(attribute.expr)
    for block in body.blocks:
        if block.type != "lifecycle":
            yield from references(block.body)


def references_in(expr: Expr, around: Expr | None = None) -> Iterator[Reference]:
    """Every reference in an expression."""
    match expr:
        case ast.GetAttr(target=ast.GetAttr(target=ast.Name(name="data"), name=type), name=name):
            yield Reference(f"data.{type}", name, expr, around)
        case ast.GetAttr(target=ast.Name(name=kind), name=name):
            yield Reference(kind, name, expr, around)
        case _:
            for part in ast.parts(expr):
                yield from references_in(part, expr)


def declared(block: Block) -> tuple[str, str] | None:
    """What references to a resource, data source or module call name."""
    match block.type, block.labels:
        case "resource", (type, name):
            return type, name
        case "data", (type, name):
            return f"data.{type}", name
        case "module", (name,):
            return "module", name
        case _:
            return None
