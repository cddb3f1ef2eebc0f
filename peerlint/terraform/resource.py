"""One instance of a resource or data source: its arguments, its attributes, its identity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from peerlint.network.model import Place, Presence
from peerlint.network.values import Identity, Known, Unknown, Why
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.convert import to_string
from peerlint.terraform.declaration import BlockArguments, Declaration
from peerlint.terraform.identity import canonical
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.providers import Provider, Providers
from peerlint.terraform.schema_facts import read_back
from peerlint.terraform.site import Site
from peerlint.terraform.values import EvaluationError, TfValue, elements, make_object

Special: TypeAlias = Callable[[Declaration, str], TfValue | None]
"""Finds an attribute that has a meaning of its own; ``None`` for one that is as configured or computed."""


WHOLE: Mapping[str, tuple[str, ...]] = {"terraform_data": ("id", "input", "output", "triggers_replace")}
"""Resources of which all attributes are listed here, so that they are ordinary objects."""


class ResourceInstance:
    """One instance. ``address`` is the whole one, module path and key included."""

    __slots__ = ("_busy", "_first", "_object", "_providers", "_special", "address", "arguments", "data", "site", "type")

    def __init__(
        self,
        site: Site,
        providers: Providers,
        special: Special,
        *,
        data: bool,
        type: str,
        address: str,
        arguments: Arguments,
    ) -> None:
        """An instance whose arguments are evaluated when they are asked for."""
        self.site = site
        self.data = data
        self.type = type
        self.address = address
        self.arguments = arguments
        self._providers = providers
        self._special = special
        self._object: Known[dict[str, TfValue]] | None = None
        self._busy: set[str] = set()
        self._first: str | None = None

    @property
    def presence(self) -> Presence:
        """Whether it exists."""
        return self.arguments.presence

    @property
    def place(self) -> Place:
        """The Region and account it lives in."""
        return self._providers.place_of(self.type, self.arguments)

    @property
    def provider(self) -> Provider:
        """The provider configuration it is made with."""
        return self._providers.of(self.type, self.arguments)

    @property
    def configured_by(self) -> BlockArguments | None:
        """The arguments of the provider configuration it is made with, where that has a block."""
        return self.provider.arguments

    def attribute(self, name: str) -> TfValue:
        """An attribute as plan knows it: what is configured, else an unknown with this resource's identity."""
        if name in self._busy:
            raise EvaluationError(f"`{self.address}` refers to itself")
        told = self.site.root.told(self.address, name)
        if told is not None:
            return told
        self._busy.add(name)
        try:
            found = self._special(self, name)
            if found is not None:
                return found
            configured = self.arguments.get(name)
        finally:
            self._busy.discard(name)
        if configured is not None and not (isinstance(configured, Known) and configured.value is None):
            return configured if self.data else read_back(self.type, name, configured)
        return self.computed(name)

    def computed(self, name: str) -> Unknown:
        """An attribute that only apply (or the look-up) tells. Two look-ups of the same thing tell the same."""
        if not self.data:
            return Unknown(Why.COMPUTED, of=Identity(self.site.root.stack, self.address, name, self.presence.many))
        if self._first is None:
            self._first = self.address
            self._first = self.site.root.first_with(question_of(self), self.address)
        return Unknown(Why.LOOKUP, of=Identity(self.site.root.stack, self._first, name, self.presence.many))

    def value(self) -> Known[dict[str, TfValue]]:
        """The instance as a value."""
        if self._object is None:
            self._object = Known(self._plain(), self.arguments.span)
        return self._object

    def _plain(self) -> dict[str, TfValue]:
        if self.type in WHOLE and not self.data:
            return make_object({name: self.attribute(name) for name in WHOLE[self.type]})
        return ResourceObject(self, {name: self.attribute(name) for name in (*self.arguments.names(), "id")})


def _filter(block: BlockArguments, stack: str) -> tuple[str, str | None]:
    """A filter and its values, whose order is of no account."""
    name, values = block.get("name"), block.get("values")
    items: Sequence[TfValue] = () if values is None else elements(values) or (values,)
    texts = [canonical(_as_argument(item), stack) for item in items]
    known = sorted(text for text in texts if text is not None)
    named = canonical(name, stack) if name is not None else "unnamed"
    return f"filter {named}", str(known) if named is not None and len(known) == len(texts) else None


def question_of(instance: Declaration) -> str | None:
    """What a data source looks up, and where, as text; ``None`` where that cannot be told apart from others."""
    if instance.presence.many or instance.presence.doubt is not None:
        return None
    asked = [(name, instance.arguments.get(name)) for name in sorted(instance.arguments.names())]
    stack = instance.site.root.stack
    texts = [(name, canonical(_as_argument(value), stack)) for name, value in asked if value is not None]
    texts += sorted((_filter(block, stack) for block in instance.arguments.blocks("filter")), key=str)
    where = [canonical(instance.place.region, stack), canonical(instance.place.account, stack)]
    if None in where or any(text is None for _, text in texts):
        return None
    return f"{instance.type} {where} {texts}"


def _as_argument(value: TfValue) -> TfValue:
    """A primitive as the string that any argument takes it as: ``"true"`` asks for what ``true`` does."""
    try:
        return to_string(value)
    except EvaluationError:
        return value
