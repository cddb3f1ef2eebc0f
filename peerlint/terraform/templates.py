"""Template syntax: escapes, strip markers, directives, heredoc indentation.

https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#templates
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peerlint.terraform.ast import Expr, Part, TemplateFor, TemplateIf

ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{", re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Interpolation:
    """``${ expression }``; ``~`` strips white space on its side."""

    expr: Expr
    strip_left: bool = False
    strip_right: bool = False


@dataclass(frozen=True, slots=True)
class Directive:
    """``%{ if … }``, ``%{ for … }``, ``%{ else }``, ``%{ endif }``, ``%{ endfor }``."""

    kind: str
    strip_left: bool = False
    strip_right: bool = False
    names: tuple[str, ...] = ()
    expr: Expr | None = None


@dataclass(frozen=True, slots=True)
class RawPiece:
    """An interpolation or directive as text: ``inner`` is what stands between its braces and strip markers."""

    inner: str
    directive: bool
    offset: int
    strip_left: bool
    strip_right: bool


def unescape(text: str) -> str:
    """The characters that a quoted string's text stands for."""

    def character(found: re.Match[str]) -> str:
        code = found.group(1)
        if code is None:
            return found.group(0)[1:]
        if code[0] in "uU" and len(code) > 1:
            return chr(int(code[1:], 16)) if int(code[1:], 16) < 0x110000 else "\ufffd"
        return ESCAPES.get(code, "\\" + code)

    return ESCAPE.sub(character, text) if "\\" in text or "{" in text else text


def heredoc_body(token: str) -> str:
    """What a heredoc token holds, without its markers and, for ``<<-``, without the common indentation."""
    lines = token.replace("\r\n", "\n").rstrip("\n").split("\n")
    body = lines[1:-1]
    if token.startswith("<<-"):
        margins = [len(line) - len(line.lstrip(" \t")) for line in body if line.strip()]
        margin = min(margins, default=0)
        body = [line[margin:] if line.strip() else line.lstrip(" \t") for line in body]
    return "".join(line + "\n" for line in body)


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


def assemble(pieces: list[str | Interpolation | Directive]) -> tuple[Part, ...]:
    """Parts of a template: strip markers applied, directives nested. A directive without its end takes the rest."""
    stripped = _strip(pieces)
    parts, _, _ = _sequence(stripped, 0)
    return parts


def _strip(pieces: list[str | Interpolation | Directive]) -> list[str | Interpolation | Directive]:
    out: list[str | Interpolation | Directive] = []
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


def _sequence(pieces: list[str | Interpolation | Directive], index: int) -> tuple[tuple[Part, ...], int, str]:
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
