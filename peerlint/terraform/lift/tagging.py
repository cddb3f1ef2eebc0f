"""The tags that a resource keeps: its own, and what its provider adds to them or leaves to others.

``default_tags`` are added where the resource has no such key, and ``ignore_tags`` names keys that are neither compared
nor changed (https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags-configuration-block).
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import TagEntries, Tags
from peerlint.network.values import Known, Unknown, Why, Written
from peerlint.terraform.lift.reader import Reader


def tags(reader: Reader) -> Tags | None:
    """The tags that a resource keeps: none where they are not written, and ``None`` where their changes are ignored. A
    plan has added those of the provider.
    """
    if reader.is_ignored("tags") or reader.is_ignored("tags_all"):
        return None
    configured = reader.instance.configured_by
    provider = Reader(reader.instance, configured) if configured is not None else None
    if reader.written("tags_all"):
        return Tags(reader.entries("tags_all"), ignored=_ignored(provider))
    return Tags(reader.entries("tags"), _defaults(provider), _ignored(provider))


def _defaults(provider: Reader | None) -> TagEntries:
    for block in provider.blocks("default_tags") if provider is not None else ():
        return block.entries("tags") if block.presence.doubt is None else Unknown(Why.UNSUPPORTED, "default_tags")
    return Known(())


def _ignored(provider: Reader | None) -> Written[tuple[str, ...]]:
    names: list[str] = []
    for name in _patterns(provider) if provider is not None else ():
        if isinstance(name, Unknown):
            return name
        names.append(name.value)
    return Known(tuple(names))


def _patterns(provider: Reader) -> Iterator[Written[str]]:
    """The keys that a provider ignores, and the beginnings of keys with a ``*`` behind each."""
    for block in provider.blocks("ignore_tags"):
        if block.presence.doubt is not None:
            yield Unknown(Why.UNSUPPORTED, "ignore_tags")
        yield from block.items("keys")
        for beginning in block.items("key_prefixes"):
            yield Known(f"{beginning.value}*") if isinstance(beginning, Known) else beginning
