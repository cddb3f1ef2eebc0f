"""Where entities are declared, whether they exist, and the Region and account they live in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from msgspec import Struct

from peerlint.network.values import Span, Written


class Language(Enum):
    """What a stack is written in."""

    TERRAFORM = "Terraform"
    CLOUDFORMATION = "CloudFormation"
    INVENTORY = "output of the AWS CLI"


class Presence(Struct, frozen=True):
    """Whether a resource exists.

    ``doubt`` says why it is uncertain, and is ``None`` for one that certainly exists. ``guards`` are the undecided
    conditions it stands under, each with the answer it needs: two resources that need opposite answers exclude each
    other. ``many`` marks one instance that stands for an unknown number of them.
    """

    doubt: str | None = None
    guards: frozenset[tuple[str, bool]] = frozenset()
    many: bool = False

    def excludes(self, other: Presence) -> bool:
        """Whether the two can never exist together."""
        return any((name, not answer) in other.guards for name, answer in self.guards)


CERTAIN = Presence()
_KEYS = re.compile(r"\[(?:\".*?\"|[^\"\]]*)\](?=[./]|\Z)")
NO_ARGUMENTS: Mapping[str, Span] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entity is declared.

    ``address`` is what its author calls it (``module.net.aws_vpc.main["eu"]``, ``VpcA``); ``span`` is the header of its
    block; ``arguments`` holds the place of each argument, nested ones dotted
    (``accepter.allow_remote_vpc_dns_resolution``); ``calls`` are the module calls it came through, outermost first.
    ``label`` is what its stack is called, where it is seen from another one.
    """

    stack: str
    address: str
    span: Span
    language: Language
    arguments: Mapping[str, Span] = field(default_factory=lambda: NO_ARGUMENTS, compare=False)
    presence: Presence = CERTAIN
    calls: tuple[Span, ...] = ()
    label: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """What a message calls it: its address, and, for what another stack declares, where."""
        return f"{self.address} in {self.label}" if self.label else self.address

    @property
    def resource(self) -> str:
        """The address without instance keys: that of the block which makes this thing and others like it."""
        return _KEYS.sub("", self.address)

    @property
    def observed(self) -> bool:
        """Whether it is only seen in an inventory of what exists, and no code declares or names it here."""
        return self.language is Language.INVENTORY

    def at(self, argument: str) -> Span:
        """The place of an argument, or of the block's header where it is not written."""
        return self.arguments.get(argument, self.span)


class Place(Struct, frozen=True):
    """Region and account a resource lives in.

    An unknown Region or account carries the identity of the provider configuration (or of the template's pseudo
    parameter), so that it equals itself.
    """

    region: Written[str]
    account: Written[str]
