"""The same resources under other names."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.records import replace
from peerlint.terraform.ast import Body
from tests.terraform.transform.source import (
    Edit,
    Folder,
    Reference,
    declared,
    edited,
    modules,
    references,
    references_in,
    text_at,
)

PREFIX = "renamed_"


def renamed(folder: Folder) -> Folder | None:
    """Every resource, data source and module call with a prefix to its name."""
    edits: list[Edit] = []
    for files in modules(folder).values():
        own = {key for body in files.values() for block in body.blocks if (key := declared(block)) is not None}
        for body in files.values():
            for block in body.blocks:
                if declared(block) is not None:
                    header = text_at(folder, block.header)
                    kept, _, name = header.rpartition(block.labels[-1])
                    edits.append((block.header, f"{kept}{PREFIX}{block.labels[-1]}{name}"))
            found = [*references(body), *_dependencies(body)]
            for reference in found:
                if reference.key in own:
                    end = reference.expr.span
                    edits.append(
                        (
                            replace(end, line=end.end_line, column=end.end_column - len(reference.name)),
                            PREFIX + reference.name,
                        )
                    )
    return edited(folder, dict.fromkeys(edits)) if edits else None


def _dependencies(body: Body) -> Iterator[Reference]:
    for block in body.blocks:
        named = block.body.attributes.get("depends_on")
        if named is not None:
            yield from references_in(named.expr)
        for lifecycle in (inner for inner in block.body.blocks if inner.type == "lifecycle"):
            for condition in lifecycle.body.blocks:
                yield from references(condition.body)
