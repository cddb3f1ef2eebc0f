"""Type constraints and their unification (https://developer.hashicorp.com/terraform/language/expressions/type-constraints).

``convert.convert`` converts a value to one; :func:`type_of` finds the type that a value has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias, assert_never

from msgspec import Struct

from peerlint.network.values import Unknown
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.values import TfList, TfMap, TfSet, TfValue, primitive_of


class Primitive(Struct, frozen=True):
    """``string``, ``number`` or ``bool``."""

    name: str


class AnyType(Struct, frozen=True):
    """``any``: whatever the value is; as an element type, the one type that all elements can be converted to."""


class AsWritten(Struct, frozen=True):
    """No conversion: a resource instance, and the elements of 0.11's quoted ``"list"`` and ``"map"``."""


class ListType(Struct, frozen=True):
    """``list(element)``."""

    element: TypeConstraint


class SetType(Struct, frozen=True):
    """``set(element)``."""

    element: TypeConstraint


class MapType(Struct, frozen=True):
    """``map(element)``."""

    element: TypeConstraint


class TupleType(Struct, frozen=True):
    """``tuple([…])``."""

    items: tuple[TypeConstraint, ...]


class Attribute(Struct, frozen=True):
    """An attribute of an object type; ``default`` is the second argument of ``optional()``, where it has one."""

    type: TypeConstraint
    optional: bool = False
    default: TfValue | None = None


class ObjectType(Struct, frozen=True):
    """``object({…})``."""

    attributes: Mapping[str, Attribute]


TypeConstraint: TypeAlias = Primitive | AnyType | AsWritten | ListType | SetType | MapType | TupleType | ObjectType

STRING = Primitive("string")
NUMBER = Primitive("number")
BOOL = Primitive("bool")
ANY = AnyType()

KEYWORDS: Mapping[str, TypeConstraint] = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": ANY}
"""The type keywords that stand alone."""

QUOTED: Mapping[str, TypeConstraint] = {
    "string": STRING,
    "list": ListType(AsWritten()),
    "map": MapType(AsWritten()),
}
"""What 0.11 wrote as ``type = "list"``."""

COLLECTIONS: Mapping[str, Callable[[TypeConstraint], TypeConstraint]] = {
    "list": ListType,
    "set": SetType,
    "map": MapType,
}
"""The constructors that take one element type: ``list(string)``."""

_COLLECTION_NAMES = {ListType: "list", SetType: "set", MapType: "map"}


def named(kind: TypeConstraint) -> str:
    """The type as it is written; empty for ``any``, and for what cannot be written."""
    return "" if isinstance(kind, AnyType) else _written(kind)


def _written(kind: TypeConstraint) -> str:
    match kind:
        case Primitive(name=name):
            return name
        case AnyType():
            return "any"
        case AsWritten():
            return ""
    parts = list(map(_written, element_types(kind)))
    if not all(parts):
        return ""
    match kind:
        case TupleType():
            return f"tuple([{', '.join(parts)}])"
        case ObjectType(attributes=attributes):
            pairs = [f"{name} = {part}" for name, part in zip(attributes, parts, strict=True)]
            return f"object({{{', '.join(pairs)}}})" if all(map(str.isidentifier, attributes)) else ""
        case _:
            return f"{_COLLECTION_NAMES[type(kind)]}({parts[0]})"


@lru_cache(maxsize=256)
def by_name(name: str) -> TypeConstraint:
    """The type that :func:`named` writes so; ``any`` for an empty text."""
    outer, _, rest = name.partition("(")
    inner = rest.removesuffix(")")
    match outer:
        case "tuple":
            return TupleType(tuple(map(by_name, _parts(inner))))
        case "object":
            pairs = [part.split(" = ", 1) for part in _parts(inner)]
            return ObjectType({attribute: Attribute(by_name(part)) for attribute, part in pairs})
    return COLLECTIONS[outer](by_name(inner)) if inner else KEYWORDS.get(name, ANY)


def _parts(bracketed: str) -> list[str]:
    """What commas part in a bracket, other than those in brackets inside."""
    parts = [""]
    depth = 0
    for character in bracketed[1:-1]:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part]


def type_of(value: TfValue) -> TypeConstraint:
    """The type a value has; ``any`` where that cannot be told (null, unknown, the elements of an empty collection)."""
    if isinstance(value, Unknown):
        return by_name(value.type or primitive_of(value))
    plain = value.value
    match plain:
        case None:
            return ANY
        case bool():
            return BOOL
        case int() | Decimal():
            return NUMBER
        case str():
            return STRING
        case TfList():
            return ListType(_common(plain))
        case tuple():
            return TupleType(tuple(type_of(item) for item in plain))
        case TfSet(items=items):
            return SetType(_common(items))
        case TfMap():
            return MapType(_common(plain.values()))
        case ResourceObject():
            return AsWritten()
        case dict():
            return ObjectType({name: Attribute(type_of(item)) for name, item in plain.items()})
    assert_never(plain)


def _common(items: Iterable[TfValue]) -> TypeConstraint:
    return unify([type_of(item) for item in items]) or AsWritten()


def unify(types: Sequence[TypeConstraint]) -> TypeConstraint | None:
    """The one type that values of all these types can be converted to, or ``None`` where there is none.

    ``any`` stands for a type that is not known here and goes with every other.
    """
    known = [kind for kind in types if not isinstance(kind, AnyType)]
    if not known:
        return ANY
    first = known[0]
    if all(kind == first for kind in known):
        return first
    if any(isinstance(kind, AsWritten) for kind in known):
        return AsWritten()
    if all(isinstance(kind, Primitive) for kind in known):
        return STRING if STRING in known else None
    if all(isinstance(kind, MapType | ObjectType) for kind in known):
        return _unify_mappings(known)
    if all(isinstance(kind, ListType | SetType | TupleType) for kind in known):
        return _unify_sequences(known)
    return None


def _unify_mappings(types: Sequence[TypeConstraint]) -> TypeConstraint | None:
    objects = [kind for kind in types if isinstance(kind, ObjectType)]
    names = {tuple(sorted(kind.attributes)) for kind in objects}
    if len(objects) == len(types) and len(names) == 1:
        attributes: dict[str, Attribute] = {}
        for name in names.pop():
            common = unify([kind.attributes[name].type for kind in objects])
            if common is None:
                return None
            attributes[name] = Attribute(common)
        return ObjectType(attributes)
    element = common_element([inner for kind in types for inner in element_types(kind)])
    return None if element is None else MapType(element)


def common_element(types: Sequence[TypeConstraint]) -> TypeConstraint | None:
    """The type that elements have in common, if any; a null among different ones leaves each as it is: ``any``."""
    return unify(types) or (ANY if any(isinstance(kind, AnyType) for kind in types) else None)


def _unify_sequences(types: Sequence[TypeConstraint]) -> TypeConstraint | None:
    tuples = [kind for kind in types if isinstance(kind, TupleType)]
    if len(tuples) == len(types) and len({len(kind.items) for kind in tuples}) == 1:
        items = [unify(column) for column in zip(*(kind.items for kind in tuples), strict=True)]
        found = tuple(item for item in items if item is not None)
        return TupleType(found) if len(found) == len(items) else None
    kinds = {type(kind) for kind in types}
    elements = [inner for kind in types for inner in element_types(kind)]
    if kinds >= {ListType, SetType} and all(isinstance(inner, Primitive) for inner in elements):
        return next(kind for kind in types if isinstance(kind, ListType))  # a set becomes the list that is there
    element = common_element(elements) if len(tuples) == len(types) else unify(elements)
    if element is None:
        return None
    return SetType(element) if SetType in kinds and ListType not in kinds else ListType(element)


def element_types(kind: TypeConstraint) -> tuple[TypeConstraint, ...]:
    """The types of what a collection or structure holds; empty for a primitive type."""
    match kind:
        case ListType(element=element) | SetType(element=element) | MapType(element=element):
            return (element,)
        case TupleType(items=items):
            return items
        case ObjectType(attributes=attributes):
            return tuple(attribute.type for attribute in attributes.values())
        case Primitive() | AnyType() | AsWritten():
            return ()
    assert_never(kind)


def apart(left: TypeConstraint, right: TypeConstraint) -> bool:
    """Whether no value is of both types, converted to neither."""
    match left, right:
        case (AnyType() | AsWritten(), _) | (_, AnyType() | AsWritten()):
            return False
        case (Primitive(), Primitive()):
            return left != right
        case (ObjectType(attributes=ours), ObjectType(attributes=theirs)):
            return ours.keys() != theirs.keys() or any(apart(ours[name].type, theirs[name].type) for name in ours)
    pairs = list(zip(element_types(left), element_types(right), strict=False))
    return (
        type(left) is not type(right)
        or len(element_types(left)) != len(element_types(right))
        or any(apart(ours, theirs) for ours, theirs in pairs)
    )


def holds_any(kind: TypeConstraint) -> bool:
    """Whether ``any`` occurs in the type."""
    return isinstance(kind, AnyType) or any(holds_any(inner) for inner in element_types(kind))


def friendly_name(kind: TypeConstraint) -> str:
    """The type as Terraform's messages name it: "list of string"."""
    match kind:
        case Primitive(name=name):
            return name
        case AnyType() | AsWritten():
            return "dynamic"
        case ListType(element=element):
            return f"list of {friendly_name(element)}"
        case SetType(element=element):
            return f"set of {friendly_name(element)}"
        case MapType(element=element):
            return f"map of {friendly_name(element)}"
        case TupleType():
            return "tuple"
        case ObjectType():
            return "object"
    assert_never(kind)
