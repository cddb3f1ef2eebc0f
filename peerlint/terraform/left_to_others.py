"""Security groups and network ACLs whose rules a root leaves to others: ``ignore_changes``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from peerlint.network.model import Gap, Kind
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.instance import ModuleInstance

RULED: Mapping[str, tuple[Kind, str]] = {
    "aws_security_group": (Kind.PERMISSION, "rules"),
    "aws_default_security_group": (Kind.PERMISSION, "rules"),
    "aws_network_acl": (Kind.ACL, "entries"),
    "aws_default_network_acl": (Kind.ACL, "entries"),
}


def left_to_others(modules: Iterable[ModuleInstance]) -> Iterator[Gap]:
    """Why the groups and ACLs of a root may have more rules than it declares."""
    for module in modules:
        for (type, name), block in module.site.config.resources.items():
            if type not in RULED:
                continue
            arguments = Arguments(block.body, module.scope, block.header)
            if arguments.is_ignored("ingress") or arguments.is_ignored("egress"):
                kind, what = RULED[type]
                address = module.site.prefixed(f"{type}.{name}")
                reason = f"`{address}` leaves its {what} to others (ignore_changes)"
                yield Gap(module.site.root.stack, frozenset({kind}), reason, block.header)
