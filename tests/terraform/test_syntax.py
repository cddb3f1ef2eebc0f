"""Places of blocks and arguments, and where a syntax error is."""

from __future__ import annotations

import json

import pytest

from peerlint.terraform import ast
from peerlint.terraform.ast import GetAttr, Template
from peerlint.terraform.ast_text import render
from peerlint.terraform.errors import HclError
from peerlint.terraform.json_syntax import parse_json_body
from peerlint.terraform.syntax import parse_body

TEXT = """\
resource "aws_vpc" "a" {
  cidr_block = "10.0.${var.n}.0/16" # trailing
  tags = {
    Name = "a"
  }

  timeouts {
    create = "5m"
  }
}
"""


def test_blocks_and_arguments_have_their_places() -> None:
    block = parse_body(TEXT, "f.tf").blocks[0]
    assert (block.header.line, block.header.column, block.header.end_column) == (1, 1, 23)
    assert (block.extent.line, block.extent.end_line, block.extent.end_column) == (1, 10, 2)
    cidr = block.body.attributes["cidr_block"]
    assert (cidr.span.line, cidr.span.column, cidr.span.end_column) == (2, 3, 36)
    assert (cidr.expr.span.column, cidr.expr.span.end_column) == (16, 36)
    tags = block.body.attributes["tags"].span
    assert (tags.line, tags.end_line, tags.end_column) == (3, 5, 4)
    assert [(inner.type, inner.header.line) for inner in block.body.blocks] == [("timeouts", 7)]


def test_columns_count_code_points() -> None:
    attribute = parse_body('tags = { "ключ" = var.x }\n', "f.tf").attributes["tags"]
    assert attribute.span.end_column == 26


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('resource "aws_vpc" "a" {\n  cidr_block = \n}\n', 2, 16),
        ('resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n', 3, 1),
        ("a = 1\nb = [1, 2\nc = 3\n", 3, 1),
        ('variable "x" {\n  default {\n    "k" = "v"\n  }\n}\n', 3, 5),
        ('a = "unclosed\n', 1, 6),
        ('variable "x" { type = bool default = false }\n', 1, 28),
        ("a = 1 b = 2\n", 1, 7),
    ],
)
def test_a_syntax_error_is_at_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(HclError) as caught:
        parse_body(text, "f.tf")
    assert (caught.value.at.line, caught.value.at.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "aws_vpc.a[0].id",
        'aws_vpc.a["eu"].cidr_block',
        "var.a ? var.b : var.c",
        "a && (b || c)",
        "[for k, v in var.m : k if v]",
        "{for k, v in var.m : k => v...}",
        "merge(var.a, var.b...)",
        "aws_subnet.a[*].id",
        "!var.a",
    ],
)
def test_an_expression_is_rendered_as_it_was_written(text: str) -> None:
    assert render(parse_body(f"x = {text}\n", "f.tf").attributes["x"].expr) == text


def test_the_arrow_of_a_for_expression_may_begin_a_line() -> None:
    text = "x = { for k, v in var.m :\n  upper(k)\n  => v }\n"
    assert render(parse_body(text, "f.tf").attributes["x"].expr) == "{for k, v in var.m : upper(k) => v}"


@pytest.mark.parametrize(
    "tokens",
    [
        "a",
        "1 - 2",
        "- a + ! b == c",
        "a && b || c",
        "a ? b : c",
        "f ( )",
        "f ( a , b , )",
        "f ( a ... )",
        "[ a , b , ]",
        "[ for k , v in m : k if v ]",
        "a . b [ 0 ] . c",
        "a [*] . b",
        '( "a" )',
    ],
)
@pytest.mark.parametrize("around", ["({})", "[{}]", "f({})", '"${{{}}}"', '"x${{~{}~}}y"', '"%{{if {}}}y%{{endif}}"'])
def test_newlines_and_comments_mean_nothing_in_brackets_and_templates(tokens: str, around: str) -> None:
    one = parse_body(f"x = {around.format(tokens)}\n", "f.tf").attributes["x"].expr
    for newline in ("\n", " # and\n  ", "\n\n /* so */ "):
        written = around.format(f"{newline}{tokens.replace(' ', newline)}{newline}")
        assert render(parse_body(f"x = {written}\ny = 1\n", "f.tf").attributes["x"].expr) == render(one)


@pytest.mark.parametrize("text", ["a =\n1\n", "a = 1 -\n", "a = x\n.b\n", 'a = "${x\n"\n', "a = { b\n = 1 c = 2 }\n"])
def test_elsewhere_a_newline_ends_something(text: str) -> None:
    with pytest.raises(HclError):
        parse_body(text, "f.tf")


def test_legacy_syntax_is_read() -> None:
    body = parse_body('a = "${aws_subnet.a.*.id}"\nb = aws_subnet.a.0.id\n', "f.tf").attributes
    assert render(body["a"].expr) == '"${aws_subnet.a[*].id}"'
    assert render(body["b"].expr) == "aws_subnet.a[0].id"


def test_a_splat_may_have_spaces() -> None:
    assert render(parse_body("a = b[ * ].c\n", "f.tf").attributes["a"].expr) == "b[*].c"


def test_an_interpolation_in_a_heredoc_has_its_line() -> None:
    text = "a = <<-EOT\n  first\n  ${var.x}\nEOT\n"
    template = parse_body(text, "f.tf").attributes["a"].expr
    assert isinstance(template, Template)
    spans = [part.span for part in template.parts if isinstance(part, GetAttr)]
    assert [(span.line, span.column) for span in spans] == [(3, 5)]


def test_an_argument_may_follow_a_heredoc() -> None:
    text = "a = <<EOT\nx\nEOT\nb = <<-EOT\n  y\n  EOT\nc {\n  d = 1\n}\n"
    body = parse_body(text, "f.tf")
    assert [*body.attributes, *(block.type for block in body.blocks)] == ["a", "b", "c"]


def test_json_syntax_gives_the_same_places() -> None:
    text = '{\n\t"resource": {"aws_vpc": {"a": {\n    "cidr_block": "10.0.0.0/16"\n  }}}\n}\n'
    block = parse_json_body(text, "f.tf.json").blocks[0]
    assert (block.type, block.labels) == ("resource", ("aws_vpc", "a"))
    at = block.body.attributes["cidr_block"].span
    assert (at.line, at.column, at.end_column) == (3, 5, 32)


def test_json_has_the_blocks_of_the_language_and_its_bare_words() -> None:
    text = """{
      "terraform": {"backend": {"s3": {"bucket": "b"}}},
      "variable": {"v": {"type": "map(object({\\n  a = optional(string, \\"x\\")\\n  b = string\\n}))"}},
      "resource": {"aws_security_group": {"g": {
        "dynamic": {"ingress": {"for_each": "${var.v}", "content": {"from_port": 1}}},
        "lifecycle": {"ignore_changes": ["tags[\\"x\\"]", "ingress"]},
        "provisioner": [{"local-exec": {"connection": {"host": "b"}}}, {"remote-exec": {"inline": []}}]
      }}}
    }"""
    settings, variable, group = parse_json_body(text, "f.tf.json").blocks
    assert [(block.type, block.labels) for block in settings.body.blocks] == [("backend", ("s3",))]
    type = variable.body.attributes["type"]
    assert render(type.expr) == 'map(object({"a" = optional(string, "x"), "b" = string}))'
    assert type.expr.span.line == 3
    dynamic, lifecycle, *provisioners = group.body.blocks
    assert (dynamic.labels, [block.type for block in dynamic.body.blocks]) == (("ingress",), ["content"])
    assert render(lifecycle.body.attributes["ignore_changes"].expr) == '[tags["x"], ingress]'
    assert [(block.type, block.labels) for block in provisioners] == [
        ("provisioner", ("local-exec",)),
        ("provisioner", ("remote-exec",)),
    ]


@pytest.mark.parametrize("text", ["k" * 2_000, "a\x7fb", "a\u2028b\x85c", "\U0001f600", "\ta", "a: b", "- a", "#"])
def test_json_holds_any_text(text: str) -> None:
    written = json.dumps({"locals": {"x": {text: text}, "y": 1}}, ensure_ascii=False)
    for body in (written, written.replace("\U0001f600", "\\ud83d\\ude00")):
        (block,) = parse_json_body(body, "f.tf.json").blocks
        read = block.body.attributes["x"].expr
        assert isinstance(read, ast.Object)
        assert [getattr(part, "value", None) for part in read.items[0]] == [text, text]


def test_json_repeats_a_name_where_blocks_are_written() -> None:
    vpc = '"resource": {"aws_vpc": {"N": {}}}'
    body = parse_json_body(f"{{{vpc.replace('N', 'a')}, {vpc.replace('N', 'b')}}}", "f.tf.json")
    assert [block.labels for block in body.blocks] == [("aws_vpc", "a"), ("aws_vpc", "b")]


def test_json_must_be_strict() -> None:
    with pytest.raises(HclError) as caught:
        parse_json_body('{"locals": {"a": 1,}}', "f.tf.json")
    assert caught.value.at.line == 1
