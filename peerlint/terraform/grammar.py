"""HCL text → python-hcl2's parse tree. The one file that knows python-hcl2 and its shortcomings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken
from lark.lark import PostLex

from peerlint.network.values import Span
from peerlint.terraform import recursion, tables
from peerlint.terraform.errors import HclError


class Newlines(PostLex):
    """The newlines that end something, which python-hcl2 expects in fewer places than HCL allows them.

    In brackets and templates they mean nothing
    (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#lexical-elements). Between braces, one before an
    operator is joined to it, as python-hcl2 does, which leaves out the arrow of ``for``.
    """

    always_accept = ("NL_OR_COMMENT",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens, with each newline before an operator made a part of it, and without those that mean nothing."""
        opened: list[bool] = []  # for each open bracket, whether newlines mean something in it
        pending: Token | None = None
        try:
            for token in stream:
                if pending is not None and token.type in JOINED:
                    token = token.update(value=f"{pending}{token}")
                elif pending is not None:
                    yield pending
                pending = None
                if token.type == "NL_OR_COMMENT":
                    pending = token if not opened or opened[-1] else None
                    continue
                if token.type in OPENING:
                    opened.append(token.type == "LBRACE")
                elif token.type in CLOSING and opened:
                    opened.pop()
                yield token
        except UnexpectedInput:  # what was wrong may be the newline before
            if pending is not None:
                yield pending
            raise
        if pending is not None:
            yield pending


OPENING = frozenset({"LPAR", "LSQB", "LBRACE", "INTERP_START", "DIRECTIVE_START"})
CLOSING = frozenset({"RPAR", "RSQB", "RBRACE"})
# fmt: off
JOINED = frozenset({
    "ASTERISK", "DOUBLE_AMP", "DOUBLE_EQ", "DOUBLE_PIPE", "FOR_OBJECT_ARROW", "GEQ", "GT", "LEQ", "LT", "NEQ",
    "PERCENT", "PLUS", "QMARK", "SLASH",
})
# fmt: on
"""The operators that a newline is joined to: python-hcl2's, and the arrow."""


CORRECTIONS = (
    ("INTERP_START expression RBRACE", "INTERP_START STRIP_MARKER? expression STRIP_MARKER? RBRACE"),
    ("!unary_op : (MINUS | NOT) expr_term", "!unary_op : (MINUS | NOT) unary_expr"),
    ("(COLONS identifier COLONS identifier)?", "(COLONS identifier (COLONS identifier)?)?"),
    ("NAME : /[a-zA-Z_][a-zA-Z0-9_-]*/", r"NAME : /[^\W\d][\w-]*/"),
    (r"ESCAPED_INTERPOLATION.2: /\$\$\{[^}]*\}/", r"ESCAPED_INTERPOLATION.2: /\$\$\{/"),
    (r"ESCAPED_DIRECTIVE.2: /%%\{[^}]*\}/", r"ESCAPED_DIRECTIVE.2: /%%\{/"),
    ('FULL_SPLAT_START : "[*]"', r"FULL_SPLAT_START : /\[\s*\*\s*\]/"),
)
"""What python-hcl2's grammar lacks: ``${~ a ~}``, ``!!a``, ``core::upper(a)``, letters of any script, ``"$${"``,
``a[ * ]``."""


def corrected() -> str:
    """python-hcl2's grammar, with the corrections.

    It is all that is taken of python-hcl2, whose modules take longer to import than a small root to read.
    """
    found = find_spec("hcl2")
    assert found is not None
    assert found.origin is not None
    rules = Path(found.origin).with_name("hcl2.lark").read_text(encoding="utf-8")
    for theirs, ours in CORRECTIONS:
        rules = rules.replace(theirs, ours)
    return rules


@lru_cache(maxsize=1)
def _parser() -> Lark:
    """The parser of the corrected grammar, with newlines of its own."""
    return tables.parser(corrected(), Newlines())


def write_tables() -> None:
    """Write the tables that come with peerlint, for the python-hcl2 and lark that are installed."""
    tables.ship(corrected(), Newlines())


def parse_tree(text: str, file: str) -> Tree[Token]:
    """The parse tree of a body. Raises HclError at the first thing that is not HCL."""
    recursion.allow()
    try:
        return _raw_tree(text)
    except UnexpectedInput as error:
        trimmed = TRAILING.sub("", text)
        try:
            if trimmed != text:
                return _raw_tree(trimmed)
        except UnexpectedInput:
            pass
        raise _located(error, text, file) from None


def _raw_tree(text: str) -> Tree[Token]:
    tree: Tree[Token] = _parser().parse(text + "\n")
    return tree


TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
"""White space at a line's end, which HCL allows after a heredoc's end marker and python-hcl2 does not."""


QUOTED_NAME = re.compile(r'(?:^|\{)\s*"[^"]*"\s*[={]')
BLOCK_START = re.compile(r'\s*[\w-]+(\s+"[^"]*")*\s*\{')


def _likely(shown: str, line: str) -> str:
    """What an unexpected token most likely means, as the end of a sentence."""
    if shown.startswith('"') and QUOTED_NAME.search(line):
        return ": an argument's name in quotes is syntax of Terraform 0.11 and older (HCL1)"
    if shown.startswith("{") and BLOCK_START.match(line):
        return ": a block cannot stand inside a value"
    return ""


def _located(error: UnexpectedInput, text: str, file: str) -> HclError:
    lines = text.split("\n")
    line, column = getattr(error, "line", -1), getattr(error, "column", -1)
    if isinstance(error, UnexpectedEOF) or not isinstance(line, int) or line < 1 or line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    at = Span(file, line, max(1, column), line, max(1, column) + 1)
    match error:
        case UnexpectedToken(token=Token(type="$END")):
            return HclError("the file ends inside a block or an expression", at)
        case UnexpectedToken(token=token):
            shown = str(token).strip() or "the end of the line"
            return HclError(f"unexpected {shown.splitlines()[0][:40]!r}{_likely(shown, lines[line - 1])}", at)
        case UnexpectedCharacters():
            shown = lines[line - 1][column - 1 : column] or "the end of the file"
            return HclError(f"unexpected {shown!r}", at)
        case _:
            return HclError("the file ends inside a block or an expression", at)
