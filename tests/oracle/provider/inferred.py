"""Schemas guessed from how a root uses a provider, for the types that no schema here describes.

They take whatever the root writes, and have every attribute that it refers to, all of any type. That is enough for a
plan; what is in such resources is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.ast import Body, Expr
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.types import ANY, STRING, ListType, MapType
from tests.oracle.provider.schema import Attribute, Block, NestedBlock, ProviderSchema, provider_schema

META_ARGUMENTS = frozenset({"count", "for_each", "provider", "depends_on"})
META_BLOCKS = frozenset({"lifecycle", "provisioner", "connection"})
REGISTRY = "registry.terraform.io"
FREE = Attribute(ANY, optional=True, computed=True)


def providers_of(configs: Iterable[ModuleConfig], described: Mapping[str, str]) -> dict[str, ProviderSchema]:
    """The providers that modules use, by address: those described, by source, with what else is used of them."""
    found: dict[str, ProviderSchema] = {}
    for config in configs:
        text = "".join(Path(path).read_text(encoding="utf-8", errors="replace") for path in config.files)
        sources = dict(_sources(config))
        for source in sources.values():
            found.setdefault(_address(source), _described(_address(source), described))
        for data, blocks in ((False, config.resources), (True, config.data)):
            for (type, _), block in blocks.items():
                local = _local_name(block.body, type)
                address = _address(sources.get(local, f"hashicorp/{local}"))
                schema = found.get(address) or _described(address, described)
                references = _references(text, type, data)
                used = _used(block.body, references, data)
                found[address] = _with(schema, data, type, _with_parts(used, references))
        for provider in config.providers:
            address = _address(sources.get(provider.labels[0], f"hashicorp/{provider.labels[0]}"))
            schema = found.get(address) or _described(address, described)
            used = _merged(schema.provider, _used(provider.body, (), data=False))
            found[address] = replace(schema, provider=_without(used, "alias", "version"))
    return {address: schema for address, schema in found.items() if not address.startswith("terraform.io/builtin")}


def _described(address: str, described: Mapping[str, str]) -> ProviderSchema:
    name = described.get(address.removeprefix(f"{REGISTRY}/"))
    return provider_schema(name) if name is not None else ProviderSchema(Block(), {}, {})


def _local_name(body: Body, type: str) -> str:
    match body.attributes["provider"].expr if "provider" in body.attributes else None:
        case ast.Name(name=name) | ast.GetAttr(target=ast.Name(name=name)):
            return name
    return type.partition("_")[0]


def _sources(config: ModuleConfig) -> Iterable[tuple[str, str]]:
    """The source addresses of a module's ``required_providers``, by local name."""
    for settings in config.settings:
        for block in settings.body.blocks:
            for name, attribute in block.body.attributes.items() if block.type == "required_providers" else ():
                if isinstance(attribute.expr, ast.Object):
                    for key, value in attribute.expr.items:
                        if isinstance(key, ast.Literal) and key.value == "source" and isinstance(value, ast.Literal):
                            yield name, str(value.value)


def _address(source: str) -> str:
    source = source.lower()
    if source == "hashicorp/terraform":
        return "terraform.io/builtin/terraform"
    return source if source.count("/") == 2 else f"{REGISTRY}/{source}"


def _references(text: str, type: str, data: bool) -> dict[str, set[str]]:
    """The attributes of a type that a module's text refers to, each with the attributes of its first element."""
    instance = rf"\b{'data.' if data else ''}{type}\.[\w-]+(?:\[[^\]]*\]|\.\*|\.\d+)*"
    found: dict[str, set[str]] = {"id": set()}
    for name, part in re.findall(rf"{instance}\.(\w+)(?:(?:\[0\]|\.0)\.(\w+))?", text):
        found.setdefault(name, set()).update({part} - {""})
    return found


def _with_parts(block: Block, references: Mapping[str, set[str]]) -> Block:
    """The block with what is referred to in its nested blocks."""
    blocks = {
        name: replace(nested, content=_merged(nested.content, Block(dict.fromkeys(references.get(name, ()), FREE))))
        for name, nested in block.blocks.items()
    }
    return Block(block.attributes, blocks)


def _used(body: Body, references: Iterable[str], data: bool) -> Block:
    """A block that takes what is written in one, and has what is referred to."""
    names = {name for name in body.attributes if name not in META_ARGUMENTS} | set(references)
    blocks = _blocks(body, _plainly if data else _freely)
    return Block({name: FREE for name in names if name not in blocks and not name.isdigit()}, blocks)


def _blocks(body: Body, attribute: Callable[[Expr], Attribute]) -> dict[str, NestedBlock]:
    """The nested blocks that are written; ``attribute`` tells what an argument in them is."""
    blocks: dict[str, NestedBlock] = {}
    for block in body.blocks:
        content = block.body
        name = block.type
        if block.type == "dynamic":
            name = block.labels[0]
            content = next((inner.body for inner in block.body.blocks if inner.type == "content"), content)
        if name not in META_BLOCKS:
            arguments = {name: attribute(written.expr) for name, written in content.attributes.items()}
            inner = Block(arguments, _blocks(content, attribute))
            known = blocks.get(name)
            blocks[name] = NestedBlock("list", _merged(known.content, inner) if known is not None else inner)
    return blocks


def _freely(_: Expr) -> Attribute:
    return FREE


def _plainly(expr: Expr) -> Attribute:
    """A type for an argument in a block of a data source: Terraform 1.11 breaks off where it may be of any type."""
    match expr:
        case ast.Tuple() | ast.For():
            return Attribute(ListType(STRING), optional=True)
        case ast.Object():
            return Attribute(MapType(STRING), optional=True)
    return Attribute(STRING, optional=True)


def _merged(known: Block, used: Block) -> Block:
    """A schema with what is used beside it; a nested block that is known gets more arguments as well."""
    attributes = {**{n: a for n, a in used.attributes.items() if n not in known.blocks}, **known.attributes}
    blocks = {name: nested for name, nested in used.blocks.items() if name not in attributes}
    for name, nested in known.blocks.items():
        more = used.blocks.get(name)
        blocks[name] = replace(nested, content=_merged(nested.content, more.content)) if more is not None else nested
    return Block(attributes, blocks)


def _without(block: Block, *names: str) -> Block:
    return Block({name: it for name, it in block.attributes.items() if name not in names}, block.blocks)


def _with(schema: ProviderSchema, data: bool, type: str, used: Block) -> ProviderSchema:
    types = schema.data if data else schema.resources
    more = {**types, type: _merged(types.get(type, Block()), used)}
    return replace(schema, data=more) if data else replace(schema, resources=more)
