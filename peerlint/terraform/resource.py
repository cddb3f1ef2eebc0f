"""One instance of a resource or data source: its arguments, its attributes, its identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerlint.network.model import Presence
from peerlint.network.values import Identity, Known, Unknown, Why
from peerlint.terraform.values import EvaluationError, TfValue

if TYPE_CHECKING:
    from peerlint.terraform.arguments import Arguments
    from peerlint.terraform.instance import ModuleInstance


class ResourceObject(dict[str, TfValue]):
    """A resource instance as a value: what is configured, as an object; the rest of its attributes on demand."""

    __slots__ = ("instance",)

    def __init__(self, instance: ResourceInstance) -> None:
        """The object of an instance, with its configured arguments and its id."""
        super().__init__(sorted(instance.configured_values().items()))
        self.instance = instance

    def attribute(self, name: str) -> TfValue:
        """An attribute, configured or computed."""
        return self.instance.attribute(name)


class ResourceInstance:
    """One instance. ``address`` is the whole one, module path and key included."""

    __slots__ = ("_busy", "_object", "address", "arguments", "data", "module", "name", "presence", "type")

    def __init__(
        self, module: ModuleInstance, data: bool, type: str, name: str, address: str, arguments: Arguments
    ) -> None:
        """An instance whose arguments are evaluated when they are asked for."""
        self.module = module
        self.data = data
        self.type = type
        self.name = name
        self.address = address
        self.arguments = arguments
        self.presence: Presence = arguments.presence
        self._object: Known[ResourceObject] | None = None
        self._busy: set[str] = set()

    def attribute(self, name: str) -> TfValue:
        """An attribute as plan knows it: what is configured, else an unknown with this resource's identity."""
        from peerlint.terraform.attributes import special

        if name in self._busy:
            raise EvaluationError(f"`{self.address}` refers to itself")
        self._busy.add(name)
        try:
            found = special(self, name)
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
        return Unknown(why, of=Identity(self.module.root.stack, self.address, name, self.presence.many))

    def configured_values(self) -> dict[str, TfValue]:
        """Every argument that is written as an attribute, and the id."""
        values = {name: self.attribute(name) for name in self.arguments.names()}
        values.setdefault("id", self.attribute("id"))
        return values

    def value(self) -> Known[ResourceObject]:
        """The instance as a value."""
        if self._object is None:
            self._object = Known(ResourceObject(self), self.arguments.span)
        return self._object
