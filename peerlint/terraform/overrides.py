"""Blocks of override files over those that they override.

https://developer.hashicorp.com/terraform/language/files/override
"""

from __future__ import annotations

from peerlint.records import replace
from peerlint.terraform.ast import Block, Body
from peerlint.terraform.ast_text import render
from peerlint.terraform.unparsed import Overridden


def merged(base: Block, over: Block) -> Block:
    """An override's block over the one it overrides."""
    return replace(base, content=Overridden(base, over, _merged))


def _merged(base: Body, over: Body) -> Body:
    """Arguments replace, nested blocks replace all of their type, but those of ``lifecycle`` are merged."""
    replaced = {_content_type(block) for block in over.blocks} - {"lifecycle"}
    kept = [block for block in base.blocks if _content_type(block) not in replaced]
    lifecycle = next((block for block in kept if block.type == "lifecycle"), None)
    for block in over.blocks:
        if block.type == "lifecycle" and lifecycle is not None:
            kept[kept.index(lifecycle)] = replace(lifecycle, content=_merged(lifecycle.body, block.body))
        else:
            kept.append(block)
    return Body({**base.attributes, **over.attributes}, tuple(kept))


def _content_type(block: Block) -> str:
    """The type of the blocks that a nested block stands for: a ``dynamic`` one for those that it makes."""
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


def provider_key(block: Block) -> tuple[str, str] | None:
    """The name and the alias of a provider's configuration; ``None`` where it cannot be read."""
    body = block.read()
    if body is None:
        return None
    alias = body.attributes.get("alias")
    return block.labels[0], "" if alias is None else render(alias.expr)
