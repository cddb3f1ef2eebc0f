"""One instance of a resource or data source: its arguments, its attributes, its identity."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from peerlint.network.model import Place, Presence
from peerlint.network.values import Identity, Known, Unknown, Why
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.providers import Providers
from peerlint.terraform.site import Site
from peerlint.terraform.values import EvaluationError, TfValue

Special: TypeAlias = Callable[["ResourceInstance", str], TfValue | None]
"""Finds an attribute that has a meaning of its own; ``None`` for one that is as configured or computed."""


class ResourceInstance:
    """One instance. ``address`` is the whole one, module path and key included."""

    __slots__ = ("_busy", "_object", "_providers", "_special", "address", "arguments", "data", "site", "type")

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
        self._object: Known[ResourceObject] | None = None
        self._busy: set[str] = set()

    @property
    def presence(self) -> Presence:
        """Whether it exists."""
        return self.arguments.presence

    @property
    def place(self) -> Place:
        """The Region and account it lives in."""
        return self._providers.place_of(self.type, self.arguments)

    def attribute(self, name: str) -> TfValue:
        """An attribute as plan knows it: what is configured, else an unknown with this resource's identity."""
        if name in self._busy:
            raise EvaluationError(f"`{self.address}` refers to itself")
        self._busy.add(name)
        try:
            found = self._special(self, name)
            if found is not None:
                return found
            configured = self.arguments.get(name)
        finally:
            self._busy.discard(name)
        if configured is not None and not (isinstance(configured, Known) and configured.value is None):
            return configured
        return self.computed(name)

    def computed(self, name: str) -> Unknown:
        """An attribute that only apply (or the look-up) tells."""
        why = Why.LOOKUP if self.data else Why.COMPUTED
        return Unknown(why, of=Identity(self.site.root.stack, self.address, name, self.presence.many))

    def value(self) -> Known[ResourceObject]:
        """The instance as a value."""
        if self._object is None:
            configured = {name: self.attribute(name) for name in (*self.arguments.names(), "id")}
            self._object = Known(ResourceObject(self, configured), self.arguments.span)
        return self._object
