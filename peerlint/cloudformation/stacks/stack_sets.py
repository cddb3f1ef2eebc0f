"""Stack sets: one template, deployed once in each account and Region that its groups of instances name.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.item import Item
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, as_call
from peerlint.cloudformation.values import as_text
from peerlint.network.model import Presence
from peerlint.network.values import Known, Unknown, Written
from peerlint.records import replace


class Instance(Struct, frozen=True):
    """A stack of a stack set: its account and Region, ``None`` where they are not known, and what it is given.

    ``parameters`` is ``None`` where they are not told one by one. ``presence`` is that of the stack set, or the doubt
    about how many such instances there are.
    """

    account: str | None
    region: str | None
    parameters: Mapping[str, Entry] | None
    presence: Presence

    @property
    def key(self) -> str:
        """What tells it apart from the others of its set: ``111122223333:eu-west-1``."""
        return f"{self.account or '*'}:{self.region or '*'}"


def instances(item: Item) -> Iterator[Instance]:
    """The instances that a stack set names; those of an organizational unit are in accounts that nothing tells."""
    given = _parameters(item.node("Parameters"))
    if item.node("StackInstancesGroup") is None:
        yield Instance(None, None, given, _many(item, "it names none"))
    for group in item.elements("StackInstancesGroup"):
        if isinstance(group, Unknown):
            yield Instance(None, None, given, _many(item, group.reason))
            continue
        own = _parameters(group.node("ParameterOverrides"))
        parameters = {**given, **own} if given is not None and own is not None else None
        for account in _accounts(group):
            for region in read.references(group, "Regions"):
                presence = group.presence
                for value, what in ((account, "accounts"), (region, "Regions")):
                    if isinstance(value, Unknown):
                        presence = _many(group, f"its {what} are not known")
                yield Instance(_text(account), _text(region), parameters, presence)


def _accounts(group: Item) -> Iterator[Written[str]]:
    """The accounts of a group; units stand for accounts that are not told, and a filter for some of those named."""
    targets = group.node("DeploymentTargets")
    if not isinstance(targets, MappingNode) or as_call(targets) is not None:
        return
    inner = replace(group, properties=targets, span=targets.span)
    units = inner.node("OrganizationalUnitIds")
    if units is None:
        yield from read.references(inner, "Accounts")
    else:
        yield read.required(inner, "OrganizationalUnitIds", None)


def _text(value: Written[str]) -> str | None:
    return as_text(value) if isinstance(value, Known) else None


def _many(item: Item, doubt: str) -> Presence:
    return Presence(
        item.presence.doubt or f"how many instances there are of `{item.name}`: {doubt}", item.presence.guards, True
    )


def _parameters(node: Node | None) -> Mapping[str, Entry] | None:
    """A list of keys and values, by the keys; ``None`` where they are not told."""
    if node is None:
        return {}
    found: dict[str, Entry] = {}
    for element in node.items if isinstance(node, SequenceNode) else (None,):
        key = element.get("ParameterKey") if isinstance(element, MappingNode) else None
        value = element.get("ParameterValue") if isinstance(element, MappingNode) else None
        if not isinstance(key, ScalarNode) or not isinstance(key.value, str) or value is None or element is None:
            return None
        found[key.value] = Entry(element.span, value)
    return found
