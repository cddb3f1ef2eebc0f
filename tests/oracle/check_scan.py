"""The scan of configuration files beside python-hcl2's parse of all of them: the same blocks at the same places, and
the same in each of them.

    make scan-check ROOTS="path/to/repository …"

Prints each file in which the two differ, among those that can be parsed as a whole.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from peerlint.network.values import Span
from peerlint.terraform.ast import Block, Expr
from peerlint.terraform.errors import HclError
from peerlint.terraform.grammar import TRAILING
from peerlint.terraform.scan import scan
from peerlint.terraform.syntax import parse_body
from peerlint.terraform.unparsed import unparsed_blocks

SUFFIXES = (".tf", ".tofu")

Told: TypeAlias = tuple[str, tuple[str, ...], Span, Span, tuple["Told", ...], tuple[tuple[str, Expr, Span], ...]]
"""Type, labels, header, extent, blocks and arguments of a block."""


def told(block: Block) -> Told:
    """A block with all that stands in it."""
    blocks = tuple(told(inner) for inner in block.body.blocks)
    arguments = tuple((name, each.expr, each.span) for name, each in block.body.attributes.items())
    return block.type, block.labels, block.header, block.extent, blocks, arguments


def scanned(text: str, file: str = "main.tf") -> list[Told] | None:
    """The blocks as the scan has them; ``None`` where it leaves them to a parse."""
    blocks = unparsed_blocks(text, file)
    return None if blocks is None else [told(block) for block in blocks]


def parsed(text: str, file: str = "main.tf") -> list[Told] | None:
    """The same as a parse of the whole text has them; ``None`` where it cannot be parsed.

    White space at the ends of lines is left out, as python-hcl2 would not see the end of a heredoc before it.
    """
    try:
        return [told(block) for block in parse_body(TRAILING.sub("", text), file).blocks]
    except HclError:
        return None


def agree(text: str, file: str, whole: list[Told]) -> bool:
    """Whether the scan has what the parse has: the same blocks where they are, the same in them without white space at
    the ends of lines, which is part of a heredoc's text.
    """
    blocks, trimmed = scanned(text, file), scanned(TRAILING.sub("", text), file)
    return blocks is not None and [block[:4] for block in blocks] == [block[:4] for block in whole] and trimmed == whole


def texts(directory: Path) -> Iterator[tuple[Path, str]]:
    """The configuration files below a directory that are UTF-8, in the order of their paths."""
    for path in sorted(path for path in directory.rglob("*") if path.name.endswith(SUFFIXES) and path.is_file()):
        try:
            yield path, path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue


def main(directories: list[str]) -> int:
    """Compare all files below the directories; how many differ is the exit code, up to 1."""
    files = unscanned = unparsed = wrong = 0
    for path, text in (each for directory in directories for each in texts(Path(directory))):
        files += 1
        whole = parsed(text, str(path))
        left = scan(text, str(path)) is None
        unscanned += left
        unparsed += whole is None
        if whole is not None and not left and not agree(text, str(path), whole):
            wrong += 1
            print(f"{path}: differs", flush=True)
        elif left and whole is not None:
            print(f"{path}: is parsed as a whole, without need", flush=True)
    print(f"{files} files: {wrong} differ, {unscanned} are left to a parse, {unparsed} cannot be parsed")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
