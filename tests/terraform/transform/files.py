"""The same blocks in other files, in another order, under other names of files."""

from __future__ import annotations

from itertools import pairwise

from peerlint.network.values import Span
from peerlint.terraform.ast import Body
from peerlint.terraform.module_files import is_override
from tests.terraform.transform.source import Edit, Folder, edited, modules, parsed, text_at, with_comments


def one_block_per_file(folder: Folder) -> Folder | None:
    """Each top-level block in a file of its own."""
    result = {path: text for path, text in folder.items() if not _is_plain(path)}
    number = 0
    for path, body in parsed(folder).items():
        for block in body.blocks if _is_plain(path) else ():
            number += 1
            directory = path.rpartition("/")[0]
            name = f"{number:03}_{block.type}.tf"
            result[f"{directory}/{name}" if directory else name] = with_comments(folder, block.extent)
    return result if number > 1 else None


def one_file(folder: Folder) -> Folder | None:
    """All files of a directory as one."""
    result = {path: text for path, text in folder.items() if not _is_plain(path)}
    merged = False
    for directory, files in modules(folder).items():
        plain = [path for path in sorted(files) if _is_plain(path)]
        merged = merged or len(plain) > 1
        name = "everything.tf" if directory == "." else f"{directory}/everything.tf"
        result[name] = "\n".join(folder[path] for path in plain)
    return result if merged else None


def _is_plain(path: str) -> bool:
    return path.endswith(".tf") and not is_override(path.rpartition("/")[2])


def tofu(folder: Folder) -> Folder:
    """``.tofu`` in place of ``.tf``."""
    return {path.removesuffix(".tf") + ".tofu" if path.endswith(".tf") else path: t for path, t in folder.items()}


def blocks_reversed(folder: Folder) -> Folder | None:
    """The top-level blocks of each file from the last to the first."""
    if all(len(body.blocks) < 2 for body in parsed(folder).values()):
        return None
    result = dict(folder)
    for path, body in parsed(folder).items():
        result[path] = "\n".join(with_comments(folder, block.extent) for block in reversed(body.blocks))
    return result


def attributes_reversed(folder: Folder) -> Folder | None:
    """The attributes of each block from the last to the first; nested blocks stay where they are."""
    edits = [edit for body in parsed(folder).values() for block in body.blocks for edit in _turned(folder, block.body)]
    return edited(folder, edits) if edits else None


def _turned(folder: Folder, body: Body) -> list[Edit]:
    spans = sorted(attribute.span for attribute in body.attributes.values())
    texts = [text_at(folder, span) for span in spans]
    found: list[Edit] = []
    if not any("<<" in text for text in texts) and not any(_touch(a, b) for a, b in pairwise(spans)):
        found = list(zip(spans, reversed(texts), strict=True)) if len(spans) > 1 else []
    return found + [edit for block in body.blocks for edit in _turned(folder, block.body)]


def _touch(left: Span, right: Span) -> bool:
    return left.end_line >= right.line
