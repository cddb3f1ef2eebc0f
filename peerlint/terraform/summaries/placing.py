"""A summary as if it stood at the module call that it is used for: no place of it is in peerlint's own folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from msgspec import Struct, structs

from peerlint.network.values import Span
from peerlint.terraform import ast
from peerlint.terraform.ast import Attribute, Block, Body, Deferred, Expr
from peerlint.terraform.config import ModuleConfig

K = TypeVar("K")


def placed(config: ModuleConfig, call: Block) -> ModuleConfig:
    """A configuration with every place in it moved to a module call: to the argument of the call that an attribute is
    made of, where there is one, else to the call's header.
    """
    return ModuleConfig(
        os.path.dirname(call.header.file),
        variables=_moved_blocks(config.variables, call),
        local_blocks=[_moved_block(block, call) for block in config.local_blocks],
        resources=_moved_blocks(config.resources, call),
        data=_moved_blocks(config.data, call),
        modules=_moved_blocks(config.modules, call),
        outputs=_moved_blocks(config.outputs, call),
        providers=[_moved_block(block, call) for block in config.providers],
        settings=[_moved_block(block, call) for block in config.settings],
    )


def _moved_blocks(blocks: dict[K, Block], call: Block) -> dict[K, Block]:
    return {key: _moved_block(block, call) for key, block in blocks.items()}


def _moved_block(block: Block, call: Block) -> Block:
    return Block(block.type, block.labels, _Moved(block, call), call.header, call.header)


class _Moved:
    """What stands in a block of a summary, moved when it is asked for."""

    __slots__ = ("_block", "_call", "_found")

    def __init__(self, block: Block, call: Block) -> None:
        self._block = block
        self._call = call
        self._found: Body | None = None

    def parsed(self) -> Body:
        if self._found is None:
            body = self._block.body
            names = _variables_of(body)
            attributes = {name: _moved_attribute(a, names[name], self._call) for name, a in body.attributes.items()}
            self._found = Body(attributes, tuple(_moved_block(nested, self._call) for nested in body.blocks))
        return self._found

    def may_hold(self, pattern: str) -> bool:
        return self._block.may_hold(pattern)


def _moved_attribute(attribute: Attribute, names: Sequence[str], call: Block) -> Attribute:
    given = (call.body.attributes.get(name) for name in names)
    to = next((argument.span for argument in given if argument is not None), call.header)
    return Attribute(attribute.name, Deferred(lambda: _moved(attribute.expr, to)), to)


_VARIABLES: dict[int, tuple[Body, dict[str, tuple[str, ...]]]] = {}
"""By the identity of a body, which lives as long as it is here: bodies of summaries are few, and dear to compare."""


def _variables_of(body: Body) -> dict[str, tuple[str, ...]]:
    """The variables that each attribute of a summary is made of; the same ones at every call."""
    if id(body) not in _VARIABLES:
        found = {name: tuple(_variables(attribute.expr)) for name, attribute in body.attributes.items()}
        _VARIABLES[id(body)] = body, found
    return _VARIABLES[id(body)][1]


def _variables(expr: Expr) -> Iterator[str]:
    match expr:
        case ast.GetAttr(target=ast.Name(name="var"), name=name):
            yield name
        case _:
            for part in ast.parts(expr):
                yield from _variables(part)


def _moved(expr: Expr, to: Span) -> Expr:
    """The expression with the place of every node in it set to ``to``."""
    return type(expr)(*[_moved_part(part, to) for part in structs.astuple(expr)])


def _moved_part(part: Any, to: Span) -> Any:
    if isinstance(part, Span):
        return to
    if isinstance(part, Struct):
        return type(part)(*[_moved_part(inner, to) for inner in structs.astuple(part)])
    return tuple([_moved_part(item, to) for item in part]) if isinstance(part, tuple) else part
