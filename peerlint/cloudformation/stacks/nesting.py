"""How a template is deployed by another: as a nested stack of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct, field

from peerlint.cloudformation.values import CfnValue
from peerlint.network.model import CERTAIN, Presence
from peerlint.network.values import Span

Argument: TypeAlias = Callable[[], CfnValue]
"""The value that the parent hands over for a parameter, in the parent's scope, found when it is asked for."""

NO_ARGUMENTS: Mapping[str, Argument] = MappingProxyType({})


class Nesting(Struct, frozen=True):
    """A nested stack as its parent declares it.

    ``prefix`` begins the addresses of all that it declares (``PeeringStack/``); ``calls`` are the places of the
    ``AWS::CloudFormation::Stack`` resources that lead to it, outermost first; ``presence`` is what those resources
    stand under; ``place`` begins the names of its Region and account where they may be others than its parent's.
    """

    prefix: str
    arguments: Mapping[str, Argument] = field(default_factory=lambda: NO_ARGUMENTS)
    calls: tuple[Span, ...] = ()
    presence: Presence = CERTAIN
    place: str = ""
