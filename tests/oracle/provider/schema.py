"""The schemas of the stand-in providers, as compact data.

``schemas/<provider>.yaml`` holds a mapping by type: ``aws_vpc`` is a resource type, ``data.aws_vpc`` a data source,
and ``provider`` the provider's own configuration. In it, a type (``string``, ``list(string)``) lists the attributes
that have it, each with its marks: ``!`` required, ``?`` optional, ``=`` computed. ``block route list`` is a nested
block, with ``list 1`` at most once and with ``!`` at least once; ``object ingress?= set`` is an attribute whose value
is a collection of objects, and ``nested assume_role? single`` one whose objects need not have all of their attributes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, assert_never

import yaml
from tf.gen import tfplugin_pb2 as pb

from peerlint.records import replace
from peerlint.terraform import types
from peerlint.terraform.types import (
    COLLECTIONS,
    KEYWORDS,
    AnyType,
    AsWritten,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    TypeConstraint,
)

SCHEMAS = Path(__file__).parent / "schemas"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NESTINGS = {
    "single": pb.Schema.NestedBlock.SINGLE,
    "list": pb.Schema.NestedBlock.LIST,
    "set": pb.Schema.NestedBlock.SET,
    "map": pb.Schema.NestedBlock.MAP,
}

OBJECT_NESTINGS = {
    "single": pb.Schema.Object.SINGLE,
    "list": pb.Schema.Object.LIST,
    "set": pb.Schema.Object.SET,
    "map": pb.Schema.Object.MAP,
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute."""

    type: TypeConstraint
    required: bool = False
    optional: bool = False
    computed: bool = False
    nested: NestedBlock | None = None


@dataclass(frozen=True, slots=True)
class NestedBlock:
    """One type of nested block; ``most`` is 0 where there may be any number."""

    nesting: str
    content: Block
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """What a resource, data source, provider or nested block takes."""

    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    blocks: Mapping[str, NestedBlock] = field(default_factory=dict)

    def nested(self, name: str) -> NestedBlock | None:
        """What may be written as nested blocks of that name: blocks, or an attribute that holds objects."""
        if name in self.blocks:
            return self.blocks[name]
        match self.attributes[name].type:
            case ObjectType(attributes=fields):
                return NestedBlock("single", _of_fields(fields))
            case ListType(element=ObjectType(attributes=fields)):
                return NestedBlock("list", _of_fields(fields))
            case SetType(element=ObjectType(attributes=fields)):
                return NestedBlock("set", _of_fields(fields))
        return None

    def type_of(self, name: str) -> TypeConstraint:
        """The type of an attribute, or of what nested blocks of that name come to."""
        if name in self.attributes:
            return self.attributes[name].type
        nested = self.blocks[name]
        return _objects(nested.nesting, nested.content)


def _of_fields(fields: Mapping[str, types.Attribute]) -> Block:
    return Block({name: Attribute(field.type, optional=True) for name, field in fields.items()})


@dataclass(frozen=True, slots=True)
class ProviderSchema:
    """Everything that one provider has."""

    provider: Block
    resources: Mapping[str, Block]
    data: Mapping[str, Block]


@cache
def provider_schema(name: str) -> ProviderSchema:
    """The schemas of a provider; one that is not described here has no types at all."""
    path = SCHEMAS / f"{name}.yaml"
    described = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) if path.exists() else {}
    blocks = {type: _block(notation) for type, notation in described.items()}
    return ProviderSchema(
        blocks.pop("provider", Block()),
        {type: block for type, block in blocks.items() if not type.startswith("data.")},
        {type.removeprefix("data."): block for type, block in blocks.items() if type.startswith("data.")},
    )


def block_of(type: str, data: bool) -> Block | None:
    """The schema of a resource type or data source, or ``None`` where it is not described."""
    schema = provider_schema(type.partition("_")[0])
    return (schema.data if data else schema.resources).get(type)


def _block(notation: Mapping[str, Any]) -> Block:
    attributes: dict[str, Attribute] = {}
    blocks: dict[str, NestedBlock] = {}
    for key, value in notation.items():
        match key.split():
            case ["block", name, nesting, *most]:
                least = 1 if name.endswith("!") else 0
                limit = int(most[0]) if most else 0
                blocks[name.rstrip("!")] = NestedBlock(nesting, _block(value), least, limit)
            case ["object", name, nesting]:
                attributes |= _attributes(name, _objects(nesting, _block(value)))
            case ["nested", name, nesting]:
                content = _block(value)
                inner = NestedBlock(nesting, content)
                described = _attributes(name, _objects(nesting, content))
                attributes |= {name: replace(each, nested=inner) for name, each in described.items()}
            case _:
                attributes |= _attributes(value, _type(key))
    return Block(attributes, blocks)


def _attributes(names: str, type: TypeConstraint) -> dict[str, Attribute]:
    return {
        name.rstrip("!?="): Attribute(type, "!" in name, "?" in name, "=" in name and "!" not in name)
        for name in names.split()
    }


def _objects(nesting: str, content: Block) -> TypeConstraint:
    names = (*content.attributes, *content.blocks)
    held = ObjectType({name: types.Attribute(content.type_of(name), optional=True) for name in names})
    return held if nesting == "single" else COLLECTIONS[nesting](held)


def _type(text: str) -> TypeConstraint:
    outer, _, inner = text.partition("(")
    return COLLECTIONS[outer](_type(inner.removesuffix(")"))) if inner else KEYWORDS[outer]


# --- As the protocol has it ------------------------------------------------------------------------------------------


def type_name(type: TypeConstraint) -> object:
    """A type in the protocol's JSON notation: ``"string"``, ``["set", ["object", {…}]]``."""
    match type:
        case Primitive(name=name):
            return name
        case AnyType() | AsWritten():
            return "dynamic"
        case ListType(element=element):
            return ["list", type_name(element)]
        case SetType(element=element):
            return ["set", type_name(element)]
        case MapType(element=element):
            return ["map", type_name(element)]
        case TupleType(items=items):
            return ["tuple", [type_name(item) for item in items]]
        case ObjectType(attributes=attributes):
            return ["object", {name: type_name(attribute.type) for name, attribute in attributes.items()}]
    assert_never(type)


def encoded(block: Block) -> pb.Schema:
    """A schema in the form of the plug-in protocol."""
    return pb.Schema(version=0, block=_encoded_block(block))


def _encoded_block(block: Block) -> pb.Schema.Block:
    return pb.Schema.Block(
        attributes=_encoded_attributes(block),
        block_types=[
            pb.Schema.NestedBlock(
                type_name=name,
                block=_encoded_block(nested.content),
                nesting=NESTINGS[nested.nesting],
                min_items=nested.least,
                max_items=nested.most,
            )
            for name, nested in block.blocks.items()
        ],
    )


def _encoded_attributes(block: Block) -> list[pb.Schema.Attribute]:
    return [
        pb.Schema.Attribute(
            name=name,
            required=attribute.required,
            optional=attribute.optional,
            computed=attribute.computed,
            **_encoded_type(attribute),
        )
        for name, attribute in block.attributes.items()
    ]


def _encoded_type(attribute: Attribute) -> dict[str, Any]:
    """The type of an attribute, in whichever of the protocol's two fields tells it."""
    if attribute.nested is None:
        return {"type": json.dumps(type_name(attribute.type)).encode()}
    nesting = OBJECT_NESTINGS[attribute.nested.nesting]
    held = pb.Schema.Object(attributes=_encoded_attributes(attribute.nested.content), nesting=nesting)
    return {"nested_type": held}
