"""The comments of HCL and YAML files, told from strings, heredocs and block scalars without parsing the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peerlint.network.values import Span

HCL_FILES = (".tf", ".tofu", ".tfvars", ".hcl")

_HCL = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*(?:"|$))
      | (?P<comment>\#|//)
      | (?P<block>/\*)
      | <<[-~]?(?P<heredoc>[\w.-]+)\s*$""",
    re.VERBOSE,
)
_YAML = re.compile(
    r"""(?P<string>(?<![^\s\[{,:(-])(?:"(?:\\.|[^"\\])*(?:"|$)|'(?:''|[^'])*(?:'|$)))
      | (?P<comment>(?<!\S)\#)
      | (?P<scalar>(?<!\S)[|>][0-9+-]*[ \t]*(?:[ \t]\#.*)?$)""",
    re.VERBOSE,
)


def comments(file: str, text: str) -> Iterator[tuple[Span, str]]:
    """Each comment's place and what it says after its sign. JSON has none."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if file.endswith(HCL_FILES):
        yield from _hcl(file, lines)
    elif not text.lstrip().startswith(("{", "[")):
        yield from _yaml(file, lines)


def _hcl(file: str, lines: Sequence[str]) -> Iterator[tuple[Span, str]]:
    number = 0
    while number < len(lines):
        number += 1
        line, position = lines[number - 1], 0
        while token := _HCL.search(line, position):
            position = token.end()
            if token["comment"]:
                yield Span(file, number, token.start() + 1, number, len(line) + 1), line[position:]
                break
            if token["block"]:
                last, column = _end_of_block(lines, number, position)
                said = "\n".join([line, *lines[number:last]])[position:]
                yield Span(file, number, token.start() + 1, last, column), said.partition("*/")[0]
                number, line, position = last, lines[last - 1], column - 1
            if token["heredoc"]:
                number = _end_of_heredoc(lines, number, token["heredoc"])
                break


def _end_of_block(lines: Sequence[str], number: int, position: int) -> tuple[int, int]:
    """The line and the column after the end of a block comment; the end of the file where it is not closed."""
    for last in range(number, len(lines) + 1):
        found = lines[last - 1].find("*/", position if last == number else 0)
        if found >= 0:
            return last, found + 3
    return len(lines), len(lines[-1]) + 1


def _end_of_heredoc(lines: Sequence[str], number: int, word: str) -> int:
    return next((last for last in range(number + 1, len(lines) + 1) if lines[last - 1].strip() == word), len(lines))


def _yaml(file: str, lines: Sequence[str]) -> Iterator[tuple[Span, str]]:
    scalar: int | None = None
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip(" "))
        if scalar is not None and (not line.strip() or indent > scalar):
            continue
        scalar = None
        for token in _YAML.finditer(line):
            if token["scalar"]:
                scalar = indent
            elif token["comment"]:
                yield Span(file, number, token.start() + 1, number, len(line) + 1), line[token.end() :]
                break
