"""Exports of stacks, each of which is looked up by its name in one account and Region.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
"""

from __future__ import annotations

from peerlint.network.model import Place
from peerlint.network.values import Identity, Known, Unknown, Written

_PREFIX = "Fn::ImportValue:"
_OF_STACK = ("AWS::Region", "AWS::AccountId")


def export_identity(name: str, place: Place) -> Identity:
    """What an export is to every stack of a Region and account, as far as these are known."""
    return Identity(_market(place), f"{_PREFIX}{name}")


def export_name(identity: Identity, place: Place) -> str | None:
    """The name of the export that an identity is to a stack in a place; ``None`` where it is none."""
    is_export = identity.address.startswith(_PREFIX) and not identity.attribute and identity.stack == _market(place)
    return identity.address.removeprefix(_PREFIX) if is_export else None


def _market(place: Place) -> str:
    """Tells places apart that are known to be different; empty for one that may be any."""
    parts = [_part(value) for value in (place.account, place.region)]
    return "/".join(parts) if any(parts) else ""


def _part(value: Written[str]) -> str:
    match value:
        case Known(value=text):
            return text
        case Unknown(of=Identity(address=address)) if address not in _OF_STACK:
            return f"{value.of.stack} {value.of}" if value.of is not None else ""
        case Unknown():
            return ""
