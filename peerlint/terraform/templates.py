"""Template syntax: escapes, strip markers, directives, heredoc indentation.

https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#templates
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from peerlint.terraform.ast import Expr, Part, TemplateFor, TemplateIf

ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{", re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class Interpolation(Struct, frozen=True):
    """``${ expression }``; ``~`` strips white space on its side."""

    expr: Expr
    strip_left: bool = False
    strip_right: bool = False


class Directive(Struct, frozen=True):
    """``%{ if … }``, ``%{ for … }``, ``%{ else }``, ``%{ endif }``, ``%{ endfor }``."""

    kind: str
    strip_left: bool = False
    strip_right: bool = False
    names: tuple[str, ...] = ()
    expr: Expr | None = None


class RawPiece(Struct, frozen=True):
    """An interpolation or directive as text: ``inner`` is what stands between its braces and strip markers."""

    inner: str
    directive: bool
    offset: int
    strip_left: bool
    strip_right: bool


Piece: TypeAlias = str | Interpolation | Directive


def unescape(text: str) -> str:
    """The characters that a quoted string's text stands for."""

    def character(found: re.Match[str]) -> str:
        code = found.group(1)
        if code is None:
            return found.group(0)[1:]
        if code[0] in "uU" and len(code) > 1:
            return _character(int(code[1:], 16))
        return ESCAPES.get(code, "\\" + code)

    return ESCAPE.sub(character, text) if "\\" in text or "{" in text else text


def _character(number: int) -> str:
    """The character of a number; U+FFFD for one that UTF-8 cannot have, which Terraform refuses."""
    return chr(number) if number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"


def heredoc_body(token: str) -> str:
    """What a heredoc token holds between its markers."""
    lines = token.replace("\r\n", "\n").rstrip("\n").split("\n")
    return "".join(line + "\n" for line in lines[1:-1])


def assemble_lines(pieces: list[Piece], flush: bool) -> tuple[Part, ...]:
    """Parts of a heredoc or a template file. HCL reads it line by line: a strip marker reaches to its line's end.

    With ``flush`` (``<<-``) the indentation common to all lines is taken away afterwards, as HCL does: a line whose
    start a strip marker has joined to the line before keeps its own.
    """
    lines: list[Piece] = []
    for piece in pieces:
        lines += piece.splitlines(keepends=True) if isinstance(piece, str) else [piece]
    stripped = _strip(lines)
    parts, _, _ = _sequence(_flushed(stripped) if flush else stripped, 0)
    return parts


def _flushed(pieces: list[Piece]) -> list[Piece]:
    starts = [i for i in range(len(pieces)) if i == 0 or _ends_line(pieces[i - 1])]
    margins = [_margin(pieces[i]) for i in starts]
    margin = min((m for m in margins if m is not None), default=0)
    out = list(pieces)
    for index in starts:
        piece = pieces[index]
        if isinstance(piece, str) and _margin(piece) is not None:
            out[index] = piece[margin:]
    return out


def _ends_line(piece: Piece) -> bool:
    return isinstance(piece, str) and piece.endswith("\n")


def _margin(piece: Piece) -> int | None:
    """How far a line is indented; ``None`` for a blank one, which does not count."""
    if not isinstance(piece, str):
        return 0
    if not piece.strip() and piece.endswith("\n"):
        return None
    return len(piece) - len(piece.lstrip())


def split_template(text: str) -> Iterator[str | RawPiece]:
    """The literal stretches, interpolations and directives of a template, in order."""
    literal: list[str] = []
    position = 0
    while position < len(text):
        mark = text[position : position + 3]
        if mark in ("$${", "%%{"):
            literal.append(mark[1:])
            position += 3
        elif mark[:2] in ("${", "%{"):
            end = _closing_brace(text, position + 2)
            if literal:
                yield "".join(literal)
                literal = []
            yield _raw(text[position + 2 : end], mark[0] == "%", position)
            position = end + 1
        else:
            literal.append(text[position])
            position += 1
    if literal:
        yield "".join(literal)


def _raw(inner: str, directive: bool, offset: int) -> RawPiece:
    left, right = inner.startswith("~"), inner.endswith("~")
    return RawPiece(inner.removeprefix("~").removesuffix("~"), directive, offset, left, right)


def _closing_brace(text: str, position: int) -> int:
    """The index of the brace that ends an interpolation begun before ``position``; the text's end where none does."""
    depth, quoted = 1, [False]
    while position < len(text):
        character = text[position]
        if quoted[-1]:
            if character == "\\":
                position += 1
            elif character == '"':
                quoted[-1] = False
            elif text[position : position + 2] in ("${", "%{"):
                quoted.append(False)
                depth += 1
                position += 1
        elif character == '"':
            quoted[-1] = True
        elif character == "{":
            depth += 1
            quoted.append(False)
        elif character == "}":
            depth -= 1
            if depth == 0:
                return position
            quoted.pop()
        position += 1
    return position


def assemble(pieces: list[Piece]) -> tuple[Part, ...]:
    """Parts of a template: strip markers applied, directives nested. A directive without its end takes the rest."""
    stripped = _strip(pieces)
    parts, _, _ = _sequence(stripped, 0)
    return parts


def _strip(pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, str):
            before = pieces[index - 1] if index else ""
            after = pieces[index + 1] if index + 1 < len(pieces) else ""
            if not isinstance(before, str) and before.strip_right:
                piece = piece.lstrip()
            if not isinstance(after, str) and after.strip_left:
                piece = piece.rstrip()
            if not piece:
                continue
        out.append(piece)
    return out


def _sequence(pieces: list[Piece], index: int) -> tuple[tuple[Part, ...], int, str]:
    """Parts up to the directive that closes this level, the index after it, and that directive's kind."""
    parts: list[Part] = []
    while index < len(pieces):
        piece = pieces[index]
        index += 1
        match piece:
            case str():
                parts.append(piece)
            case Interpolation(expr=expr):
                parts.append(expr)
            case Directive(kind="if", expr=condition) if condition is not None:
                then, index, closed_by = _sequence(pieces, index)
                otherwise: tuple[Part, ...] = ()
                if closed_by == "else":
                    otherwise, index, _ = _sequence(pieces, index)
                parts.append(TemplateIf(condition, then, otherwise))
            case Directive(kind="for", names=names, expr=collection) if collection is not None and names:
                body, index, _ = _sequence(pieces, index)
                parts.append(TemplateFor(names[0] if len(names) == 2 else None, names[-1], collection, body))
            case Directive(kind=kind):
                return tuple(parts), index, kind
    return tuple(parts), index, ""
