"""What reading one stack yields: its entities, and what was not or could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from msgspec import Struct

from peerlint.network.model.deployed import Deployed, Signature
from peerlint.network.model.deployment import Deployment
from peerlint.network.model.entity import Entity
from peerlint.network.model.lookup import Findable, Lookup
from peerlint.network.model.order import UNTOLD, Order
from peerlint.network.model.origin import Language
from peerlint.network.model.provider import ProviderVersions, RetiredArgument
from peerlint.network.model.state import KeptState, StateReading
from peerlint.network.model.store import Published, Reading
from peerlint.network.values import Identity, Span, Written


class Kind(Enum):
    """The kinds of thing a gap may hide."""

    BLOCK = "address blocks"
    SUBNET = "subnets"
    ROUTE = "routes"
    ASSOCIATION = "route table associations"
    ACCEPTER = "accepters"
    DNS_OPTION = "DNS options"
    GROUP = "security groups"
    PERMISSION = "security group rules"
    ACL = "network ACL entries"
    ZONE = "private zone associations"
    ANY = "resources"


class Gap(Struct, frozen=True):
    """Something that was not read and may declare more.

    ``kinds`` are what it may declare. ``touches`` are the ids it was given (or that were exported): only the sets of
    those things are open. ``touches=None`` opens the sets of its whole stack.
    """

    stack: str
    kinds: frozenset[Kind]
    reason: str
    at: Span
    touches: frozenset[Written[str]] | None = None


class Basis(Struct, frozen=True):
    """A description of a module that stands in for the module itself, which was not read.

    ``address`` is that of the module; ``title`` names the description; the call's header is ``at``, all of it
    ``extent``.
    """

    stack: str
    address: str
    title: str
    at: Span
    extent: Span


class ProblemKind(Enum):
    """The rule that reports a problem of the input."""

    UNREADABLE_INPUT = "PL901"
    INVALID_VALUE = "PL902"
    UNRESOLVED_MODULE = "PL903"
    UNRESOLVED_REFERENCE = "PL905"


class Problem(Struct, frozen=True):
    """Something wrong with the input itself, found while reading it.

    With a ``question`` it is no defect: the message is why that question stays undecided.
    """

    kind: ProblemKind
    message: str
    at: Span
    address: str = ""
    notes: tuple[tuple[str, Span], ...] = ()
    remedy: str = ""
    question: str = ""


class Waiver(Struct, frozen=True):
    """A suppression that is data and not a comment (``Metadata: {peerlint: {ignore: […]}}``), for a whole block."""

    rules: tuple[str, ...]
    at: Span
    extent: Span


class Directive(Struct, frozen=True):
    """A suppression that is a comment, in a file that is not at hand: what it says from ``peerlint:`` on, and the line
    that it is about, its own or the next one of code.
    """

    at: Span
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one stack declares.

    ``provides`` gives values to identities that other stacks read: the outputs in the state of a root.
    ``lookups`` and ``findables`` are what is found by properties, ``readings`` and ``published`` what is by a name.
    ``deploys`` are the stacks that a root deploys; ``signature`` is what a template takes and gives.
    ``files`` are all that were read; ``extents`` are the whole ranges of their top-level blocks or resources; ``bases``
    are the descriptions that stand in for modules that were not read. ``deployment`` is which of the deployments
    of its root or template it is, ``None`` where only one was looked at. ``order`` tells what waits for what.
    ``retired`` is what a root writes that some versions of the AWS provider do not know, and ``aws_provider`` are
    those that it may be run with, told where there is any such thing. ``directives`` are the suppressions of those
    files that are not at hand. ``keeps`` are the states that other repositories may read, and ``reads`` the readings of
    states that no root beside this one keeps.
    """

    stack: str
    language: Language
    entities: tuple[Entity, ...] = ()
    gaps: tuple[Gap, ...] = ()
    problems: tuple[Problem, ...] = ()
    provides: Mapping[Identity, Written[object]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    extents: tuple[Span, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    bases: tuple[Basis, ...] = ()
    deployment: Deployment | None = None
    lookups: tuple[Lookup, ...] = ()
    findables: tuple[Findable, ...] = ()
    readings: tuple[Reading, ...] = ()
    published: tuple[Published, ...] = ()
    deploys: tuple[Deployed, ...] = ()
    signature: Signature | None = None
    order: Order = field(default=UNTOLD, compare=False, repr=False)
    aws_provider: ProviderVersions | None = None
    retired: tuple[RetiredArgument, ...] = ()
    directives: tuple[Directive, ...] = ()
    keeps: tuple[KeptState, ...] = ()
    reads: tuple[StateReading, ...] = ()
