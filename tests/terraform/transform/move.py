"""The resources of a root, all or some of them, in a module that the root calls."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from peerlint.terraform import ast
from peerlint.terraform.ast import Block, Body
from peerlint.terraform.module_files import is_override
from tests.terraform.transform.source import (
    Edit,
    Folder,
    declared,
    edited,
    references,
    references_in,
    roots,
    text_at,
    whole,
    with_comments,
)

NAME = "moved"
KEPT = frozenset({"terraform", "provider", "variable"})
MOVED = frozenset({"resource", "data", "locals", "module", "output"})
SOME = frozenset({"aws_vpc", "aws_subnet", "aws_security_group", "aws_vpc_peering_connection"})


def everything(folder: Folder) -> Folder | None:
    """All of a root but its variables, providers and settings."""
    result: dict[str, str] = dict(folder)
    moved = 0
    for directory, files in roots(folder).items():
        blocks = [block for body in files.values() for block in body.blocks]
        if not _can_move(folder, blocks) or any(_uses_locals(b) for b in blocks if b.type == "provider"):
            continue
        moved += 1
        for path in files:
            del result[path]
        prefix = "" if directory == "." else f"{directory}/"
        inputs = "".join(f"  {b.labels[0]} = var.{b.labels[0]}\n" for b in blocks if b.type == "variable")
        outputs = "".join(
            f'output "{b.labels[0]}" {{\n  value = module.{NAME}.{b.labels[0]}\n}}\n'
            for b in blocks
            if b.type == "output"
        )
        kept = "\n".join(with_comments(folder, b.extent) for b in blocks if b.type in KEPT)
        result[f"{prefix}main.tf"] = "\n".join((kept, _call(blocks, inputs), outputs))
        inside = edited(folder, [edit for b in blocks for edit in _deeper(folder, b)])
        again = {b.extent.file for b in blocks}
        result |= _inside(inside, again, prefix, blocks)
    return result if moved else None


def _inside(folder: Folder, paths: Iterable[str], prefix: str, blocks: Iterable[Block]) -> dict[str, str]:
    """The files of the module, in which the root's own blocks are blanked."""
    blank = edited(folder, [(whole(folder, b.extent), "") for b in blocks if b.type in ("terraform", "provider")])
    found = {f"{prefix}{NAME}/{path.rpartition('/')[2]}": blank[path] for path in paths}
    found[f"{prefix}{NAME}/versions.tf"] = _aliases(blocks)
    return found


def _deeper(folder: Folder, block: Block) -> Iterator[Edit]:
    """A source that is relative, from one directory deeper."""
    source = block.body.attributes.get("source")
    if block.type == "module" and source is not None and isinstance(source.expr, ast.Literal):
        text = str(source.expr.value)
        if text.startswith(("./", "../")):
            yield source.expr.span, f'"../{text.removeprefix("./")}"'


def some(folder: Folder) -> Folder | None:
    """The VPCs, subnets, groups and peerings of a root, with variables for what they need and outputs for what others
    need of them. A root with override files stays as it is, as all that is moved goes into one file; so does what waits
    for something by ``depends_on``, or is waited for, as a module would wait as a whole.
    """
    result: dict[str, str] = dict(folder)
    moved = 0
    for directory, files in roots(folder).items():
        blocks = [block for body in files.values() for block in body.blocks]
        mine = {declared(b) for b in blocks if b.type == "resource" and b.labels[0] in SOME} - set(_ordered(blocks))
        if not mine or not _can_move(folder, blocks) or any(is_override(os.path.basename(path)) for path in files):
            continue
        moved += 1
        prefix = "" if directory == "." else f"{directory}/"
        result |= _split(folder, files, prefix, blocks, mine)
    return result if moved else None


def _ordered(blocks: Iterable[Block]) -> Iterator[tuple[str, str] | None]:
    for block in blocks:
        named = block.body.attributes.get("depends_on")
        if named is not None:
            yield declared(block)
            yield from (reference.key for reference in references_in(named.expr))


def _split(
    folder: Folder, files: Mapping[str, Body], prefix: str, blocks: list[Block], mine: set[tuple[str, str] | None]
) -> dict[str, str]:
    own = {declared(b) for b in blocks} | {("var", b.labels[0]) for b in blocks if b.type == "variable"}
    own |= {("local", name) for b in blocks if b.type == "locals" for name in b.body.attributes}
    inputs: dict[str, str] = {}
    inner: list[Edit] = []
    outer: list[Edit] = []
    for block in blocks:
        is_mine = declared(block) in mine
        for reference in references(block.body):
            if is_mine and reference.key in own - mine:
                name = inputs.setdefault(text_at(folder, reference.expr.span), f"given_{len(inputs)}")
                inner.append((reference.expr.span, f"var.{name}"))
            elif not is_mine and reference.key in mine:
                outer.append((reference.expr.span, f"module.{NAME}.{reference.kind}_{reference.name}"))
    moved = [b for b in blocks if declared(b) in mine]
    texts = [with_comments(folder, b.extent, [edit for edit in inner if _within(edit, b)]) for b in moved]
    outputs = [f'output "{t}_{n}" {{\n  value = {t}.{n}\n}}\n' for t, n in sorted(k for k in mine if k is not None)]
    variables = [f'variable "{name}" {{}}\n' for name in inputs.values()]
    passed = "".join(f"  {name} = {text}\n" for text, name in inputs.items())
    kept = [edit for edit in outer if not any(_within(edit, b) for b in moved)]
    rest = edited(folder, [*kept, *((whole(folder, b.extent), "") for b in moved)])
    found = {path: rest[path] for path in files}
    found[f"{prefix}{NAME}.tf"] = _call(blocks, passed)
    found[f"{prefix}{NAME}/main.tf"] = "\n".join((*texts, *outputs, *variables, _aliases(blocks)))
    return found


def _within(edit: Edit, block: Block) -> bool:
    span, extent = edit[0], block.extent
    return span.file == extent.file and extent.line <= span.line <= extent.end_line


def _can_move(folder: Folder, blocks: Iterable[Block]) -> bool:
    types = {block.type for block in blocks}
    texts = [text_at(folder, block.extent) for block in blocks]
    return types <= KEPT | MOVED and not any(word in text for text in texts for word in ("path.", "file(", "%{"))


def _uses_locals(provider: Block) -> bool:
    return any(reference.kind not in ("var", "terraform") for reference in references(provider.body))


def _call(blocks: Iterable[Block], arguments: str) -> str:
    names = ["aws", *_alias_names(blocks)]
    providers = "".join(f"    {name} = {name}\n" for name in names)
    passing = f"  providers = {{\n{providers}  }}\n" if len(names) > 1 else ""
    return f'module "{NAME}" {{\n  source = "./{NAME}"\n{arguments}{passing}}}\n'


def _alias_names(blocks: Iterable[Block]) -> list[str]:
    found = []
    for block in blocks:
        alias = block.body.attributes.get("alias") if block.type == "provider" else None
        if alias is not None and isinstance(alias.expr, ast.Literal):
            found.append(f"{block.labels[0]}.{alias.expr.value}")
    return found


def _aliases(blocks: Iterable[Block]) -> str:
    names = _alias_names(blocks)
    if not names:
        return ""
    listed = ", ".join(names)
    return (
        "terraform {\n  required_providers {\n    aws = {\n"
        f'      source = "hashicorp/aws"\n      configuration_aliases = [{listed}]\n    }}\n  }}\n}}\n'
    )
