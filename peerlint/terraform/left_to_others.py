"""Security groups and network ACLs whose rules a root leaves to others: ``ignore_changes``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from peerlint.network.model import Gap, Kind
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.values import EvaluationError

RULED: Mapping[str, tuple[Kind, str, str]] = {
    "aws_security_group": (Kind.PERMISSION, "rules", "id"),
    "aws_default_security_group": (Kind.PERMISSION, "rules", "id"),
    "aws_network_acl": (Kind.ACL, "entries", "id"),
    "aws_default_network_acl": (Kind.ACL, "entries", "default_network_acl_id"),
}
"""What a resource has that others may add to, and the attribute that is the id of what it manages."""


def left_to_others(modules: Iterable[ModuleInstance]) -> Iterator[Gap]:
    """Why these groups and ACLs of a root may have more rules than it declares."""
    for instance in _ruled(modules):
        reader = Reader(instance)
        if reader.is_ignored("ingress") or reader.is_ignored("egress"):
            kind, what, attribute = RULED[instance.type]
            reason = f"`{instance.address}` leaves its {what} to others (ignore_changes)"
            touched = frozenset({reader.attribute(attribute)})
            yield Gap(instance.site.root.stack, frozenset({kind}), reason, reader.span, touched)


def _ruled(modules: Iterable[ModuleInstance]) -> Iterator[ResourceInstance]:
    for module in modules:
        for type, name in module.site.config.resources:
            if type in RULED:
                with suppress(EvaluationError):
                    group = module.resources.group(False, type, name)
                    yield from group.instances if group is not None else ()
