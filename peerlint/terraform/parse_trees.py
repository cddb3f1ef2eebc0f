"""python-hcl2's parse tree → syntax tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from lark import Token, Tree

from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.ast import Attribute, Block, Body, Expr
from peerlint.terraform.errors import HclError
from peerlint.terraform.syntax import literal_number, pieces_of, template
from peerlint.terraform.templates import (
    Directive,
    Interpolation,
    Piece,
    assemble,
    assemble_lines,
    heredoc_body,
    unescape,
)
from peerlint.terraform.values import normalized

Node: TypeAlias = "Tree[Token] | Token"

OPERATORS = {
    "DOUBLE_EQ": "==", "NEQ": "!=", "LT": "<", "GT": ">", "LEQ": "<=", "GEQ": ">=", "MINUS": "-", "ASTERISK": "*",
    "SLASH": "/", "PERCENT": "%", "DOUBLE_AMP": "&&", "DOUBLE_PIPE": "||", "PLUS": "+", "NOT": "!",
}  # fmt: skip


def read_body(tree: Tree[Token], file: str, lines: int, columns: int) -> Body:
    """The body that a whole tree is, of a text that stands so many lines down, and so many columns to the right.

    Raises HclError.
    """
    return _Reader(file, lines, columns).body(_trees(tree)[0])


def _trees(node: Tree[Token]) -> list[Tree[Token]]:
    """The children that are rules, comments and newlines left out."""
    return [c for c in node.children if isinstance(c, Tree) and c.data != "new_line_or_comment"]


def _significant(node: Tree[Token]) -> list[Node]:
    return [c for c in node.children if not (isinstance(c, Tree) and c.data == "new_line_or_comment")]


class _Reader:
    """Turns one file's parse tree into a syntax tree."""

    def __init__(self, file: str, lines: int = 0, columns: int = 0) -> None:
        """A reader of a text that stands so many lines down in the file, and so many columns to the right."""
        self.file = file
        self._lines = lines
        self._columns = columns

    def span(self, node: Node) -> Span:
        start, end = _first_token(node), _last_token(node)
        line, end_line = start.line or 1, end.end_line or 1
        column, end_column = start.column or 1, end.end_column or 1
        if self._columns:
            column = max(1, column + self._columns) if line == 1 else column
            end_column = max(1, end_column + self._columns) if end_line == 1 else end_column
        return Span(self.file, line + self._lines, column, end_line + self._lines, end_column)

    def body(self, node: Tree[Token]) -> Body:
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        last_line = 0
        for child in _trees(node):
            at = self.span(child)
            if at.line == last_line:
                raise HclError("each argument and each block needs a line of its own", at)
            last_line = at.end_line if at.end_column > 1 else at.end_line - 1  # a heredoc takes its newline
            if child.data == "attribute":
                attribute = self.attribute(child)
                attributes.setdefault(attribute.name, attribute)
            else:
                blocks.append(self.block(child))
        return Body(attributes, tuple(blocks))

    def attribute(self, node: Tree[Token]) -> Attribute:
        name, expression = _trees(node)
        return Attribute(_text(name), self.expr(expression), self.span(node))

    def block(self, node: Tree[Token]) -> Block:
        *head, body = _trees(node)
        labels = tuple(self.label(label) for label in head[1:])
        first, last = self.span(head[0]), self.span(head[-1])
        header = replace(first, end_line=last.end_line, end_column=last.end_column)
        return Block(_text(head[0]), labels, self.body(body), header, self.span(node))

    def label(self, node: Tree[Token]) -> str:
        if node.data != "string":
            return _text(node)
        return "".join(unescape(_text(part)) for part in _trees(node))

    def expr(self, node: Node) -> Expr:
        if isinstance(node, Token):
            return ast.Name(str(node), self.span(node))
        reader = READERS.get(str(node.data))
        if reader is None:
            raise HclError(f"{node.data} is not understood", self.span(node))
        return reader(self, node)

    def term(self, node: Tree[Token]) -> Expr:
        return self.expr(next(c for c in _significant(node) if not isinstance(c, Token)))

    def identifier(self, node: Tree[Token]) -> Expr:
        return ast.Name(_text(node), self.span(node))

    def literal(self, node: Tree[Token]) -> Expr:
        values: dict[str, bool | None] = {"true": True, "false": False, "null": None}
        return ast.Literal(values[_text(node)], self.span(node))

    def number(self, node: Tree[Token]) -> Expr:
        return ast.Literal(literal_number(_text(node)), self.span(node))

    def string(self, node: Tree[Token]) -> Expr:
        pieces: list[Piece] = []
        for part in _trees(node):
            inner = part.children[0]
            if isinstance(inner, Token):
                pieces.append(unescape(str(inner)))
            else:
                pieces.append(self.piece(inner))
        return template(assemble(pieces), self.span(node))

    def piece(self, node: Tree[Token]) -> Interpolation | Directive:
        tokens = [t for t in node.children if isinstance(t, Token)]
        kinds = [t.type for t in tokens]
        strip_left = len(kinds) > 1 and kinds[1] == "STRIP_MARKER"
        strip_right = len(kinds) > 1 and kinds[-2] == "STRIP_MARKER"
        inner = _trees(node)
        match str(node.data):
            case "interpolation":
                strip_left, strip_right = isinstance(node.children[1], Token), isinstance(node.children[-2], Token)
                return Interpolation(self.expr(inner[0]), strip_left, strip_right)
            case "template_if_start":
                return Directive("if", strip_left, strip_right, expr=self.expr(inner[-1]))
            case "template_for_start":
                names = tuple(_text(n) for n in inner[:-1])
                return Directive("for", strip_left, strip_right, names, self.expr(inner[-1]))
            case name:
                return Directive(name.removeprefix("template_"), strip_left, strip_right)

    def quoted(self, node: Tree[Token]) -> Expr:
        return ast.Literal(normalized(unescape(_text(node)[2:-2])), self.span(node))

    def heredoc(self, node: Tree[Token]) -> Expr:
        at = self.span(node)
        token = _text(node)
        pieces = pieces_of(heredoc_body(token), self.file, at.line + 1, 1)
        return template(assemble_lines(pieces, flush=token.startswith("<<-")), at)

    def sequence(self, node: Tree[Token]) -> Expr:
        return ast.Tuple(tuple(self.expr(item) for item in _trees(node)), self.span(node))

    def object(self, node: Tree[Token]) -> Expr:
        return ast.Object(tuple(self.pair(item) for item in _trees(node)), self.span(node))

    def pair(self, node: Tree[Token]) -> tuple[Expr, Expr]:
        key, value = _trees(node)
        inner = _trees(key)[0]
        bare = inner.data == "keyword" or (
            inner.data == "expr_term" and isinstance(inner.children[0], Tree) and len(inner.children) == 1
            and inner.children[0].data in ("identifier", "literal_value")
        )  # fmt: skip
        name: Expr = ast.Literal(_text(inner), self.span(inner)) if bare else self.expr(inner)
        return name, self.expr(value)

    def call(self, node: Tree[Token]) -> Expr:
        trees = _trees(node)
        arguments = next((t for t in trees if t.data == "arguments"), None)
        name = "::".join(_text(t) for t in trees if t.data == "identifier")
        if arguments is None:
            return ast.Call(name, (), False, self.span(node))
        expand = any(isinstance(c, Token) and c.type == "ELLIPSIS" for c in arguments.children)
        return ast.Call(name, tuple(self.expr(a) for a in _trees(arguments)), expand, self.span(node))

    def get_attr(self, node: Tree[Token]) -> Expr:
        target, attribute = _trees(node)
        return ast.GetAttr(self.expr(target), _text(attribute), self.span(node))

    def index(self, node: Tree[Token]) -> Expr:
        target, key = _trees(node)
        return ast.Index(self.expr(target), self.key(key), self.span(node))

    def key(self, node: Tree[Token]) -> Expr:
        if node.data == "short_index":
            return ast.Literal(int(str(node.children[-1])), self.span(node))
        return self.expr(_trees(node)[0])

    def splat(self, node: Tree[Token]) -> Expr:
        target, splat = _trees(node)
        steps = tuple(_text(s) if s.data == "get_attr" else self.key(s) for s in _trees(splat))
        inner, full = self.expr(target), splat.data == "full_splat"
        bare = not any(isinstance(c, Token) and c.type == "LPAR" for c in target.children)
        if bare and isinstance(inner, ast.Splat) and inner.full:
            return _within(inner, steps, full, self.span(node))
        return ast.Splat(inner, steps, full, self.span(node))

    def conditional(self, node: Tree[Token]) -> Expr:
        condition, then, otherwise = (self.expr(t) for t in _trees(node))
        return ast.Conditional(condition, then, otherwise, self.span(node))

    def binary(self, node: Tree[Token]) -> Expr:
        left, term = _trees(node)
        operator, right = _trees(term)
        token = operator.children[0]
        assert isinstance(token, Token)
        return ast.Binary(OPERATORS[token.type], self.expr(left), self.expr(right), self.span(node))

    def unary(self, node: Tree[Token]) -> Expr:
        operator, operand = node.children
        return ast.Unary(str(operator), self.expr(operand), self.span(node))

    def for_expr(self, node: Tree[Token]) -> Expr:
        intro, *rest = _trees(node)
        names = [_text(t) for t in _trees(intro) if t.data == "identifier"]
        collection = self.expr(_trees(intro)[-1])
        last = rest.pop() if rest[-1].data == "for_cond" else None
        condition = self.expr(_trees(last)[0]) if last is not None else None
        results = [self.expr(t) for t in rest]
        group = any(isinstance(c, Token) and c.type == "ELLIPSIS" for c in node.children)
        key = names[0] if len(names) == 2 else None
        result_key = results[0] if len(results) == 2 else None
        return ast.For(key, names[-1], collection, result_key, results[-1], group, condition, self.span(node))


READERS: dict[str, Callable[[_Reader, Tree[Token]], Expr]] = {
    "expr_term": _Reader.term,
    "identifier": _Reader.identifier,
    "literal_value": _Reader.literal,
    "int_lit": _Reader.number,
    "float_lit": _Reader.number,
    "string": _Reader.string,
    "template_string": _Reader.quoted,
    "heredoc_template": _Reader.heredoc,
    "heredoc_template_trim": _Reader.heredoc,
    "tuple": _Reader.sequence,
    "object": _Reader.object,
    "function_call": _Reader.call,
    "get_attr_expr_term": _Reader.get_attr,
    "index_expr_term": _Reader.index,
    "attr_splat_expr_term": _Reader.splat,
    "full_splat_expr_term": _Reader.splat,
    "conditional": _Reader.conditional,
    "binary_op": _Reader.binary,
    "unary_op": _Reader.unary,
    "for_tuple_expr": _Reader.for_expr,
    "for_object_expr": _Reader.for_expr,
}


def _within(outer: ast.Splat, steps: tuple[str | Expr, ...], full: bool, at: Span) -> ast.Splat:
    """A splat after ``[*]``, which each element is given to."""
    last = outer.steps[-1] if outer.steps else ""
    if not isinstance(last, ast.Splat) or not ast.is_within(last):
        return replace(outer, steps=(*outer.steps, ast.Splat(ast.Name(ast.ITEM, at), steps, full, at)), span=at)
    step = _within(last, steps, full, at) if last.full else ast.Splat(last, steps, full, at)
    return replace(outer, steps=(*outer.steps[:-1], step), span=at)


def _first_token(node: Node) -> Token:
    """The first token of a rule, which every rule that has a place begins with."""
    while isinstance(node, Tree):
        node = node.children[0]
    return node


def _last_token(node: Node) -> Token:
    """The last token of a rule that is no newline: python-hcl2 counts a following newline into an operation."""
    while isinstance(node, Tree):
        node = next(child for child in reversed(node.children) if not _is_newline(child))
    return node


def _is_newline(node: Node) -> bool:
    return isinstance(node, Tree) and node.data == "new_line_or_comment"


def _text(node: Node) -> str:
    """The text of a rule that is one token, or of the last token in it."""
    while isinstance(node, Tree):
        node = node.children[-1]
    return str(node)
