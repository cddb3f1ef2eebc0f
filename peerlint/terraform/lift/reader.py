"""Typed access to the arguments of a resource instance: Terraform values → the model's values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeVar

from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.model import Language, Origin, Place, Presence, Problem, ProblemKind, TagEntries
from peerlint.network.values import Known, Span, Unknown, Value, Why, Written
from peerlint.terraform.convert import to_bool, to_number, to_string
from peerlint.terraform.declaration import BlockArguments, Declaration
from peerlint.terraform.lift.names import named_once
from peerlint.terraform.values import EvaluationError, TfSet, TfValue

T = TypeVar("T")

AWS_PREFIXES = range(16, 29)
"""The prefix lengths that AWS takes for the IPv4 block of a VPC or subnet
(https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html).
"""


class Reader:
    """Reads one block of a resource instance: the resource's own, or a nested one."""

    __slots__ = ("_arguments", "_prefix", "instance")

    def __init__(self, instance: Declaration, arguments: BlockArguments | None = None, prefix: str = "") -> None:
        """A reader of the resource's own arguments, or of those of one of its nested blocks."""
        self.instance = instance
        self._arguments = arguments or instance.arguments
        self._prefix = prefix

    @property
    def presence(self) -> Presence:
        """Whether the block exists."""
        return self._arguments.presence

    @property
    def span(self) -> Span:
        """The header of the block."""
        return self._arguments.span

    @property
    def origin(self) -> Origin:
        """Where the block is declared, under the address of its resource."""
        site = self.instance.site
        places = self._arguments.places()
        for name in ("requester", "accepter"):
            for block in self._arguments.blocks(name):
                places |= {f"{name}.{argument}": at for argument, at in block.places().items()}
        return Origin(
            site.root.stack,
            self.instance.address,
            self._arguments.span,
            Language.TERRAFORM,
            places,
            self._arguments.presence,
            site.calls,
        )

    @property
    def place(self) -> Place:
        """The Region and account of the resource."""
        return self.instance.place

    @property
    def id(self) -> Written[str]:
        """The resource's id."""
        return self.attribute("id")

    def attribute(self, name: str) -> Written[str]:
        """An attribute of the resource, as plan knows it."""
        try:
            return self._text(self.instance.attribute(name), name) or self.instance.computed(name)
        except EvaluationError:
            return self.instance.computed(name)

    def identity(self, attribute: str) -> Unknown:
        """An unknown that is an attribute of this resource, whether Terraform has it or not."""
        return self.instance.computed(attribute)

    def at(self, name: str) -> Span:
        """The place of an argument, or of the block."""
        return self._arguments.place(name) or self._arguments.span

    def written(self, name: str) -> bool:
        """Whether an argument is written and not known to be null."""
        value = self._arguments.get(name)
        return value is not None and not (isinstance(value, Known) and value.value is None)

    def blocks(self, name: str) -> list[Reader]:
        """The nested blocks of a type."""
        return [Reader(self.instance, block, name) for block in self._arguments.blocks(name)]

    def is_given(self, name: str) -> bool:
        """Whether an argument or block of this name is written at all (``route = []`` counts)."""
        return self._arguments.place(name) is not None or bool(self._arguments.blocks(name))

    def lists_all(self, name: str) -> bool:
        """Whether the configuration lists blocks of a type, so that what it does not list is removed."""
        return self._arguments.is_configured(name) and not self._arguments.is_ignored(name)

    # --- Values ----------------------------------------------------------------------------------------------------

    def text(self, name: str) -> Value[str]:
        """A string argument; an empty one counts as not written."""
        return self._text(self._arguments.get(name), name)

    def as_text(self, value: TfValue) -> Written[str]:
        """A value of another resource, as a string."""
        return self._text(value, "") or Unknown(Why.UNSUPPORTED, "an empty value", self.span)

    def _text(self, value: TfValue | None, name: str) -> Value[str]:
        if isinstance(value, Unknown):
            value = named_once(value, self.instance.site.root)
        match value:
            case None:
                return None
            case Unknown():
                return value
            case Known(value=(tuple() as items)) if len(items) == 1:
                return self._text(items[0], name)
        try:
            text = to_string(value)
        except EvaluationError:
            return self._refuse(name, value, "a string")
        if isinstance(text, Unknown):
            return text
        return self._traced(name, text.value, value.at) if isinstance(text.value, str) and text.value else None

    def _traced(self, name: str, value: T, at: Span | None) -> Known[T]:
        """The value of an argument, with the way that it came."""
        return Known(value, at, self._arguments.trail(name, at))

    def chosen(self, name: str) -> tuple[Written[str], Presence]:
        """A string argument that is written, as far as a condition tells, and the presence it gives its block."""
        found = self._arguments.chosen(name)
        if found is not None:
            return self.as_text(found[0]), found[1]
        value = self.needed(name)
        reason = value.reason if isinstance(value, Unknown) else None
        return value, Presence(reason, self.presence.guards, self.presence.many)

    def needed(self, name: str) -> Written[str]:
        """A string argument that its schema requires; without it, an unknown."""
        return self.text(name) or Unknown(Why.UNSUPPORTED, name, self.span)

    def flag(self, name: str) -> Value[bool]:
        """A boolean argument; 0.11 writes it as a string or a number."""
        value = self._arguments.get(name)
        if value is None or isinstance(value, Unknown):
            return value
        plain = value.value
        if plain in ("1", "0", 1, 0) and not isinstance(plain, bool):
            return self._traced(name, str(plain) == "1", value.at)
        try:
            answer = to_bool(value)
        except EvaluationError:
            return self._refuse(name, value, "true or false")
        if isinstance(answer, Unknown):
            return answer
        return self._traced(name, answer.value, value.at) if isinstance(answer.value, bool) else None

    def managed_elsewhere(self, name: str) -> Unknown | None:
        """An unknown for an argument that is left to something outside Terraform, and not written here."""
        if self.is_given(name) or not self._arguments.is_ignored(name):
            return None
        return Unknown(Why.UNSUPPORTED, f"{name} (in ignore_changes)", self.span)

    def is_ignored(self, name: str) -> bool:
        """Whether changes of an argument are left to something outside Terraform."""
        return self._arguments.is_ignored(name)

    def entries(self, name: str) -> TagEntries:
        """The texts of a map by their keys, without those that are null; of one that is not written, none."""
        value = self._arguments.get(name)
        if isinstance(value, Unknown):
            return value
        entries = value.value if value is not None else None
        if not isinstance(entries, dict):
            return Known(())
        texts = [(key, self._entry(item)) for key, item in sorted(entries.items())]
        return Known(tuple((key, text) for key, text in texts if text is not None), value.at if value else None)

    def _entry(self, value: TfValue) -> Written[str] | None:
        if isinstance(value, Unknown):
            return value
        if value.value is None:
            return None
        try:
            text = to_string(value)
        except EvaluationError:
            return Unknown(Why.INVALID, "a collection", value.at)
        if isinstance(text, Unknown):
            return text
        return Known(text.value, text.at) if isinstance(text.value, str) else None

    def number(self, name: str) -> Value[int]:
        """A whole number."""
        value = self._arguments.get(name)
        if value is None or isinstance(value, Unknown):
            return value
        if value.value == "":
            return None
        try:
            number = to_number(value)
        except EvaluationError:
            return self._refuse(name, value, "a number")
        if isinstance(number, Unknown):
            return number
        return self._traced(name, number.value, value.at) if isinstance(number.value, int) else None

    def port(self, name: str) -> Value[int]:
        """A port, or an ICMP type or code: −1 to 65535."""
        value = self.number(name)
        if isinstance(value, Known) and not -1 <= value.value <= 65535:
            return self._refuse(name, value, "a port from 0 to 65535 (or -1)")
        return value

    def cidr(self, name: str) -> Value[Cidr]:
        """An address block."""
        value = self.text(name)
        return self.as_cidr(name, value) if value is not None else None

    def subnet_cidr(self, name: str) -> Value[Cidr]:
        """The block of a VPC or subnet, of which AWS limits the IPv4 prefix to /16–/28."""
        value = self.cidr(name)
        if isinstance(value, Known) and value.value.version == 4 and value.value.prefix not in AWS_PREFIXES:
            return self._refuse(name, Known(str(value.value), value.at), "a block from /16 to /28")
        return value

    def as_cidr(self, name: str, value: Written[str]) -> Written[Cidr]:
        """The address block that a string writes; PL902 and unknown where it is none."""
        if isinstance(value, Unknown):
            return value
        cidr = parse_cidr(value.value.strip())
        if cidr is None:
            return self._refuse(name, value, "a CIDR block")
        return value.read_as(cidr)

    def items(self, name: str) -> Iterator[Written[str]]:
        """The strings of a list; a list in the list is flattened, as 0.11 did. An unknown list is one unknown item."""
        value = self._arguments.get(name)
        if value is not None:
            yield from self._items(value, name)

    def _items(self, value: TfValue, name: str) -> Iterator[Written[str]]:
        match value:
            case Known(value=tuple() as items) | Known(value=TfSet(items=items)):
                for item in items:
                    yield from self._items(item, name)
            case _:
                text = self._text(value, name)
                if text is not None:
                    yield text

    def is_whole(self, name: str) -> Unknown | None:
        """The unknown that a list is as a whole, or ``None`` where its items can be told apart."""
        value = self._arguments.get(name)
        return value if isinstance(value, Unknown) else None

    def argument_name(self, name: str) -> str:
        """The argument with the nested block it stands in."""
        return f"{self._prefix}.{name}" if self._prefix else name

    def refuse(self, name: str, what: str) -> None:
        """PL902 at an argument: what is wrong with the resource, after its address."""
        address = self.instance.address
        problem = Problem(ProblemKind.INVALID_VALUE, f"`{address}` {what}", self.at(name), address)
        self.instance.site.root.report(problem)

    def _refuse(self, name: str, value: TfValue, wanted: str) -> Unknown:
        """PL902: a known value that its argument does not take."""
        at = (value.at if isinstance(value, Known) else None) or self.at(name)
        shown = value.value if isinstance(value, Known) else ""
        simple = isinstance(shown, bool | int | Decimal)
        quoted = f'"{shown[:80]}"' if isinstance(shown, str) else str(shown) if simple else "a collection"
        message = f"`{self.argument_name(name)}` of `{self.instance.address}` is {quoted}, which is not {wanted}"
        argument = self.at(name)
        notes = () if argument.has_line_of(at) else (("the argument that it is given to", argument),)
        kind = ProblemKind.INVALID_VALUE
        self.instance.site.root.report(Problem(kind, message, at, self.instance.address, notes))
        return Unknown(Why.INVALID, quoted, at)

    def name_tag(self) -> Value[str]:
        """The value of the ``Name`` tag."""
        value = self._arguments.get("tags")
        match value:
            case Known(value=dict() as tags) if "Name" in tags:
                return self._text(tags["Name"], "tags")
            case Known(value=tuple() | TfSet()):
                return next(
                    (tag.text("value") for tag in self.blocks("tags") if tag.text("key") == Known("Name")), None
                )
            case _:
                return next((block.text("Name") for block in self.blocks("tags")), None)

    def filters(self) -> dict[str, list[Written[str]]]:
        """The values of a data source's ``filter`` blocks, by their names."""
        found: dict[str, list[Written[str]]] = {}
        for block in self.blocks("filter"):
            name = block.text("name")
            if isinstance(name, Known):
                found[name.value] = list(block.items("values"))
        return found

    def filtered(self, name: str) -> Value[str]:
        """The only value that a data source's ``filter`` of this name has."""
        values = self.filters().get(name, [])
        return values[0] if len(values) == 1 else None
