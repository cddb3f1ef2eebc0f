"""What ``Fn::GetAtt`` returns: a property, something of another resource, or what is known only after deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peerlint.cloudformation.attributes import (
    CONFIGURED,
    DEFAULTS,
    NESTED_STACKS,
    OF_SUBNET,
    OWN_ACCOUNT,
    OWN_ID,
    SUBNET,
    SUBNET_BLOCK,
    VPC,
    VPC_BLOCK,
)
from peerlint.cloudformation.schemas import lacks_attribute
from peerlint.cloudformation.template import Resource
from peerlint.cloudformation.values import CfnValue, CfnWritten
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Known, Span, Unknown, Why

if TYPE_CHECKING:
    from peerlint.cloudformation.evaluate import Evaluator


class Attributes:
    """The attributes of a template's resources; a property that one repeats is evaluated once."""

    def __init__(self, evaluator: Evaluator) -> None:
        """Those of the resources of the evaluator's template."""
        self._evaluator = evaluator
        self._active: dict[tuple[str, str], None] = {}
        self._values: dict[tuple[str, str], CfnValue] = {}

    def value(self, resource: Resource, attribute: str, source: str, at: Span) -> CfnValue:
        """An attribute, asked for by the expression ``source`` at a place."""
        evaluator, name = self._evaluator, resource.name
        if attribute in OWN_ID.get(resource.type, ()):
            return Unknown(Why.COMPUTED, source, at, evaluator.identity(name, "id"))
        if resource.type in NESTED_STACKS:
            return self._of_nested(name, attribute, source, at)
        if resource.type in (VPC, SUBNET) and attribute == "Ipv6CidrBlocks":
            return self._ipv6_blocks(resource, source, at)
        if attribute == OWN_ACCOUNT.get(resource.type):
            return evaluator.reference("AWS::AccountId", source, at)
        if resource.type == VPC and attribute in DEFAULTS:
            evaluator.defaults[name, attribute] = None
        return self._followed(resource, attribute, source, at)

    def _of_nested(self, name: str, attribute: str, source: str, at: Span) -> CfnValue:
        kind, _, output = attribute.partition(".")
        outputs = self._evaluator.outputs.get(name)
        if outputs is not None and kind == "Outputs":
            return outputs.value(output, source, at)
        return Unknown(Why.MODULE, source, at, self._evaluator.identity(name, attribute))

    def _followed(self, resource: Resource, attribute: str, source: str, at: Span) -> CfnValue:
        """An attribute that is a property, or one of the resource's subnet; otherwise known only after deployment."""
        found: CfnValue = None
        if attribute in CONFIGURED.get(resource.type, ()):
            found = self._configured(resource, attribute)
        elif attribute in OF_SUBNET.get(resource.type, ()):
            found = self._of_subnet(resource, attribute, source, at)
        elif lacks_attribute(resource.type, attribute):
            message = f"`{source}`: {resource.type} has no attribute `{attribute}`"
            return self._evaluator.refuse(Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at), source)
        if found is not None:
            return found
        return Unknown(Why.COMPUTED, source, at, self._evaluator.identity(resource.name, attribute))

    def _of_subnet(self, resource: Resource, attribute: str, source: str, at: Span) -> CfnValue:
        subnet = self._configured(resource, "SubnetId")
        declared = self._evaluator.declared(subnet.of) if isinstance(subnet, Unknown) else None
        if declared is None or self._evaluator.template.resources.get(declared.name) is not declared:
            return None
        return self.value(declared, attribute, source, at)

    def _configured(self, resource: Resource, attribute: str) -> CfnValue:
        """The property that an attribute repeats; ``None`` where it is not written."""
        key = (resource.name, attribute)
        node = resource.property(attribute)
        if node is None:
            return None
        if key in self._active:
            return Unknown(Why.INVALID, f"{resource.name}.{attribute}", node.span)
        if key not in self._values:
            self._active[key] = None
            self._values[key] = self._evaluator.scope().value(node)
            del self._active[key]
        return self._values[key]

    def _ipv6_blocks(self, resource: Resource, source: str, at: Span) -> CfnValue:
        """The IPv6 blocks of a VPC or subnet, where their order is certain: where there is one."""
        kind, key = (VPC_BLOCK, "VpcId") if resource.type == VPC else (SUBNET_BLOCK, "SubnetId")
        own = self._configured(resource, "Ipv6CidrBlock") if resource.type == SUBNET else None
        found: list[CfnWritten] = [own] if own is not None else []
        for other in self._evaluator.template.resources.values():
            if other.type != kind or other.property("CidrBlock") or other.property("Ipv4IpamPoolId"):
                continue
            whole = self._configured(other, key)
            if isinstance(whole, Unknown) and whole.of == self._evaluator.identity(resource.name, "id"):
                found.append(self._ipv6_block(other))
        if len(found) == 1:
            return Known(tuple(found), at)
        return Unknown(Why.COMPUTED, source, at, self._evaluator.identity(resource.name, "Ipv6CidrBlocks"))

    def _ipv6_block(self, association: Resource) -> CfnWritten:
        """The IPv6 block that is associated with a VPC or subnet: as written, or known only after deployment."""
        written = self._configured(association, "Ipv6CidrBlock")
        if written is not None:
            return written
        of = self._evaluator.identity(association.name, "Ipv6CidrBlock")
        return Unknown(Why.COMPUTED, association.name, association.header, of)
