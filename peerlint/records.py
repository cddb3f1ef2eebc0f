"""What msgspec's structs and dataclasses have in common: fields by their names, and copies with other values.

Nearly all records are structs, which Python makes thirty times as fast as dataclasses when it imports a module; a
dataclass is what has fields that do not count when two are compared.
"""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar, cast

from msgspec import Struct, structs

T = TypeVar("T")


def replace(record: T, /, **changes: Any) -> T:
    """A copy of a record with other values of some fields."""
    if isinstance(record, Struct):
        return structs.replace(record, **changes)
    copied: T = dataclasses.replace(cast("Any", record), **changes)
    return copied


def is_record(thing: object) -> bool:
    """Whether it is a record, and no class of records."""
    return isinstance(thing, Struct) or (dataclasses.is_dataclass(thing) and not isinstance(thing, type))


def is_record_type(thing: object) -> bool:
    """Whether it is a class of records."""
    return isinstance(thing, type) and (issubclass(thing, Struct) or dataclasses.is_dataclass(thing))


def field_names(record: Any) -> tuple[str, ...]:
    """The names of the fields of a record, or of a class of records, in their order."""
    names: tuple[str, ...] | None = getattr(record, "__struct_fields__", None)
    return tuple(record.__dataclass_fields__) if names is None else names
