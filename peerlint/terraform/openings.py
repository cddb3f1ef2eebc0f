"""What a root with a peering leaves to scripts, functions and others."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Sequence

from peerlint import filesystem
from peerlint.network.model import Gap, Kind
from peerlint.network.values import Span
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.ast_text import mentions
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.lift import PEERINGS
from peerlint.terraform.root_state import RootState


def openings(modules: Sequence[ModuleInstance], told: Container[str] = ()) -> Iterator[Gap]:
    """What a root with a peering leaves to scripts, functions and others; of the types that are ``told`` of otherwise,
    nothing is said.
    """
    yield from _dns_calls(modules[0].site.root)
    yield from _scripts(modules, told)


SCRIPTED = frozenset(
    {
        "null_resource",
        "terraform_data",
        "aws_cloudformation_stack",
        "aws_lambda_invocation",
        "awscc_cloudformation_stack",
        "shell_script",
    }
)
"""Resources that can do anything with the ids that they are given."""


def _scripts(modules: Sequence[ModuleInstance], told: Container[str]) -> Iterator[Gap]:
    """Scripts and stacks that are given a peering's id may accept it, route over it or set its options. A table that
    leaves its routes to others may have more of them.
    """
    for module in modules:
        for (type, name), block in module.site.config.resources.items():
            address = module.site.prefixed(f"{type}.{name}")
            scripted = block.read() if type in SCRIPTED and type not in told and block.may_hold("peering") else None
            if scripted is not None and any(mentions(scripted, peering) for peering in PEERINGS):
                kinds = frozenset({Kind.ROUTE, Kind.ACCEPTER, Kind.DNS_OPTION})
                reason = f"`{address}` is given a peering, and what it does with it is not known"
                yield Gap(module.site.root.stack, kinds, reason, block.header)
            table = block.read() if type in ("aws_route_table", "aws_default_route_table") else None
            if table is not None and Arguments(table, module.scope, block.header).is_ignored("route"):
                reason = f"`{address}` leaves its routes to others (ignore_changes)"
                yield Gap(module.site.root.stack, frozenset({Kind.ROUTE}), reason, block.header)


DNS_CALL = re.compile(rb"modify[-_]?vpc[-_]?peering[-_]?connection[-_]?options", re.IGNORECASE)


def _dns_calls(state: RootState) -> Iterator[Gap]:
    """A script or function in the code may set the DNS options of peerings through the API."""
    for path in (path for config in state.configs.values() for path in config.files):
        try:
            content = filesystem.read(path, state.budget.limits.file_size + 1)
        except OSError:
            continue
        found = DNS_CALL.search(content)
        if found is not None:
            line = content.count(b"\n", 0, found.start()) + 1
            reason = f"`{os.path.relpath(path, state.directory)}` calls ModifyVpcPeeringConnectionOptions"
            yield Gap(state.stack, frozenset({Kind.DNS_OPTION}), reason, Span(path, line, 1, line, 2))
