"""The types that functions return, as far as their arguments' types tell them.

``terraform metadata functions -json`` and ``tofu metadata functions -json`` list those that are always the same; the
others are the ``Type`` functions of https://github.com/zclconf/go-cty/tree/main/cty/function/stdlib.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from peerlint.network.values import Unknown
from peerlint.records import replace
from peerlint.terraform.types import (
    ANY,
    STRING,
    ListType,
    MapType,
    SetType,
    TupleType,
    TypeConstraint,
    holds_any,
    named,
    type_of,
    unify,
)
from peerlint.terraform.values import TfValue, element_type, is_present

# fmt: off
_TEXTS = frozenset({
    "abspath", "base64decode", "base64encode", "base64gzip", "base64sha256", "base64sha512", "basename", "bcrypt",
    "chomp", "cidrhost", "cidrnetmask", "cidrsubnet", "dirname", "file", "filebase64", "filebase64sha256",
    "filebase64sha512", "filemd5", "filesha1", "filesha256", "filesha512", "formatdate", "indent", "join",
    "jsonencode", "lower", "md5", "pathexpand", "plantimestamp", "replace", "rsadecrypt", "sha1", "sha256",
    "sha512", "strrev", "substr", "templatestring", "textdecodebase64", "textencodebase64", "timeadd",
    "timestamp", "title", "trim", "trimprefix", "trimspace", "trimsuffix", "upper", "urlencode", "uuid", "uuidv5",
    "yamlencode",
})
_NUMBERS = frozenset({
    "abs", "ceil", "floor", "index", "length", "log", "max", "min", "parseint", "pow", "signum", "sum", "timecmp",
})
_BOOLS = frozenset({
    "alltrue", "anytrue", "can", "cidrcontains", "contains", "endswith", "fileexists", "issensitive", "startswith",
    "strcontains",
})
_LISTS_OF_TEXTS = frozenset({"cidrsubnets", "compact", "formatlist", "sort", "split"})
# fmt: on

_ALWAYS: Mapping[str, str] = {
    **dict.fromkeys(_TEXTS, "string"),
    **dict.fromkeys(_NUMBERS, "number"),
    **dict.fromkeys(_BOOLS, "bool"),
    **dict.fromkeys(_LISTS_OF_TEXTS, "list(string)"),
    "fileset": "set(string)",
    "range": "list(number)",
    "transpose": "map(list(string))",
}

_Types: TypeAlias = Sequence[TypeConstraint]


def _keys(types: _Types) -> TypeConstraint:
    return ListType(STRING) if isinstance(types[0], MapType) else ANY


def _values(types: _Types) -> TypeConstraint:
    return ListType(types[0].element) if isinstance(types[0], MapType) else ANY


def _zipmap(types: _Types) -> TypeConstraint:
    return MapType(types[1].element) if isinstance(types[1], ListType) else ANY


def _chunks(types: _Types) -> TypeConstraint:
    return ListType(_as_list(types))


def _as_list(types: _Types) -> TypeConstraint:
    match types[0]:
        case ListType(element=element) | SetType(element=element):
            return ListType(element)
    return ANY


def _common(types: _Types) -> TypeConstraint:
    return unify(types) or ANY if not any(map(holds_any, types)) else ANY


def _common_list(types: _Types) -> TypeConstraint:
    return _common(types) if all(isinstance(kind, ListType) for kind in types) else ANY


def _product(types: _Types) -> TypeConstraint:
    if not all(isinstance(kind, ListType | SetType | TupleType) for kind in types):
        return ANY
    return SetType(ANY) if any(isinstance(kind, SetType) for kind in types) else ListType(ANY)


def _same_list(types: _Types) -> TypeConstraint:
    return types[0] if isinstance(types[0], ListType) else ANY


def _common_map(types: _Types) -> TypeConstraint:
    alike = types and isinstance(types[0], MapType) and all(kind == types[0] for kind in types)
    return types[0] if alike and not holds_any(types[0]) else ANY


def _common_set(types: _Types) -> TypeConstraint:
    return _common(types) if all(isinstance(kind, SetType) for kind in types) else ANY


_BY_ARGUMENTS: Mapping[str, Callable[[_Types], TypeConstraint]] = {
    "chunklist": _chunks,
    "coalesce": _common,
    "concat": _common_list,
    "distinct": _same_list,
    "keys": _keys,
    "matchkeys": _same_list,
    "merge": _common_map,
    "reverse": _as_list,
    "setproduct": _product,
    "setintersection": _common_set,
    "setsubtract": _common_set,
    "setunion": _common_set,
    "slice": _same_list,
    "values": _values,
    "zipmap": _zipmap,
}

_CONVERTING: Mapping[str, str] = {
    "tobool": "bool",
    "tolist": "list(any)",
    "tomap": "map(any)",
    "tonumber": "number",
    "toset": "set(any)",
    "tostring": "string",
}
"""What is null for a null; and the type where that of the argument does not tell it."""


_CHOOSING = frozenset({"element", "lookup", "one"})
"""What returns an element of its first argument, which may be null."""


def typed(name: str, args: Sequence[TfValue], result: TfValue) -> TfValue:
    """The result of a function, with its type where it is unknown and the type is told."""
    if not isinstance(result, Unknown):
        return result
    if name in _ALWAYS:
        return replace(result, type=_ALWAYS[name], not_null=True)
    if name in _CONVERTING:
        present = all(isinstance(arg, Unknown) and is_present(arg) for arg in args)
        return replace(result, type=result.type or _CONVERTING[name], not_null=present)
    if name in _BY_ARGUMENTS:
        told = named(_BY_ARGUMENTS[name]([type_of(arg) for arg in args]))
        return replace(result, type=told, not_null=True) if told else result
    if name in _CHOOSING:
        told = element_type(named(type_of(args[0])))
        return replace(result, type=result.type or told)
    return result
