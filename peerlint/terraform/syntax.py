"""HCL text → syntax tree, with a place for every node. The parser is imported when the first text is parsed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from peerlint.network.values import Span
from peerlint.terraform import ast
from peerlint.terraform.ast import Body, Expr, Part
from peerlint.terraform.convert import arithmetic
from peerlint.terraform.errors import HclError, NestingError
from peerlint.terraform.templates import (
    Directive,
    Interpolation,
    Piece,
    RawPiece,
    assemble_lines,
    split_template,
)
from peerlint.terraform.values import normalized


def parse_body(text: str, file: str, line: int = 1, column: int = 1) -> Body:
    """The body that a text writes, of which the first character stands at ``line`` and ``column`` of a file.

    Raises HclError at the first thing that is not HCL.
    """
    from peerlint.terraform.grammar import parse_tree
    from peerlint.terraform.parse_trees import read_body

    start = line - 1, column - 1
    try:
        tree = parse_tree(text.removeprefix("\ufeff"), file)
    except HclError as error:
        raise HclError(str(error), _moved(error.at, *start)) from None
    try:
        return read_body(tree, file, *start)
    except RecursionError:
        raise NestingError(_moved(_deepest(text, file), *start)) from None


def _deepest(text: str, file: str) -> Span:
    """Where brackets are nested most deeply, those in strings counted too; the beginning where there are none."""
    depth = most = at = 0
    for found in re.finditer(r"[\[({]|[\])}]", text):
        depth += 1 if found[0] in "[({" else -1
        if depth > most:
            most, at = depth, found.start()
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Span(file, line, column, line, column + 1)


def parse_expression(text: str, file: str, line: int = 1, column: int = 1) -> Expr:
    """One expression, of which the first character stands at ``line`` and ``column``. Raises HclError."""
    from peerlint.terraform.grammar import parse_tree
    from peerlint.terraform.parse_trees import read_body

    start = line - 1, column - 1 - len("_=(")
    try:
        tree = parse_tree(f"_=({text}\n)", file)
    except HclError as error:
        raise HclError(str(error), _moved(error.at, *start)) from None
    try:
        return read_body(tree, file, *start).attributes["_"].expr
    except RecursionError:
        raise NestingError(_moved(_deepest(text, file), line - 1, column - 1)) from None


def _moved(at: Span, lines: int, columns: int) -> Span:
    """A place in a text that itself stands so many lines down, and its first line so many columns to the right."""
    column = max(1, at.column + columns) if at.line == 1 else at.column
    end_column = max(1, at.end_column + columns) if at.end_line == 1 else at.end_column
    return Span(at.file, at.line + lines, column, at.end_line + lines, end_column)


def parse_template(text: str, file: str, line: int = 1, column: int = 1) -> Expr:
    """A template without its quotes (a heredoc's body, a string of JSON syntax). Raises HclError."""
    at = Span(file, line, column, line + text.count("\n"), column + len(text))
    return template(assemble_lines(pieces_of(text, file, line, column), flush=False), at)


def literal_number(text: str) -> int | Decimal:
    """The number that a literal writes: an ``int`` where it is integral, else without trailing zeros."""
    number = Decimal(text)
    whole = number == number.to_integral_value() and abs(number.adjusted()) < 1000
    return int(number) if whole else number.normalize(arithmetic())


def template(parts: tuple[Part, ...], at: Span) -> Expr:
    """The expression that the parts of a template make: a literal where all of them are texts."""
    if not parts:
        return ast.Literal("", at)
    if all(isinstance(part, str) for part in parts):
        return ast.Literal(normalized("".join(str(part) for part in parts)), at)
    return ast.Template(parts, at)


def pieces_of(text: str, file: str, line: int, column: int) -> list[Piece]:
    """The pieces of a template whose first character stands at ``line`` and ``column``."""
    pieces: list[Piece] = []
    row = passed = line_start = 0
    for piece in split_template(text):
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        row += text.count("\n", passed, piece.offset)
        line_start = max(line_start, text.rfind("\n", passed, piece.offset) + 1)
        passed = piece.offset
        start = passed - line_start + (column if row == 0 else 1)
        pieces.append(_parsed(piece, file, line + row, start + 2))
    return pieces


DIRECTIVE = re.compile(r"\s*(if|for|else|endif|endfor)\b\s*(.*)\s*\Z", re.DOTALL)
FOR = re.compile(r"(?:([\w-]+)\s*,\s*)?([\w-]+)\s+in\s+(.*)\Z", re.DOTALL)


def _parsed(piece: RawPiece, file: str, line: int, column: int) -> Interpolation | Directive:
    inner = piece.inner
    if not piece.directive:
        return Interpolation(parse_expression(inner, file, line, column), piece.strip_left, piece.strip_right)
    found = DIRECTIVE.match(inner)
    if found is None:
        raise HclError("a template directive is not understood", Span(file, line, column, line, column + 1))
    kind, rest = found.groups()
    if kind == "if":
        return Directive("if", piece.strip_left, piece.strip_right, (), parse_expression(rest, file, line, column))
    if kind != "for":
        return Directive(kind, piece.strip_left, piece.strip_right)
    loop = FOR.match(rest)
    if loop is None:
        raise HclError("a `for` directive is not understood", Span(file, line, column, line, column + 1))
    names = tuple(name for name in loop.group(1, 2) if name)
    return Directive(
        "for", piece.strip_left, piece.strip_right, names, parse_expression(loop.group(3), file, line, column)
    )


@lru_cache(maxsize=4096)
def reference(text: str) -> Expr | None:
    """A reference written in a string, as 0.11 writes ``provider = "aws.peer"``; ``None`` where it is none."""
    try:
        return parse_expression(text, "")
    except HclError:
        return None
