"""What a root makes that answers for names beside the private zones of a VPC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerlint.network.model import Gap, Kind
from peerlint.terraform.ast import Block
from peerlint.terraform.ast_text import render
from peerlint.terraform.instance import ModuleInstance

PREFIXES = (
    "aws_route53_resolver_endpoint",
    "aws_route53_resolver_rule",
    "aws_route53profiles_",
    "awscc_route53resolver_resolver_endpoint",
    "awscc_route53resolver_resolver_rule",
    "awscc_route53profiles_",
    "aws_directory_service_directory",
)
"""Rules and endpoints of the Resolver forward queries between VPCs, Profiles share zones among them, and directories
are DNS servers (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver.html,
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html)."""

DHCP_OPTIONS = "aws_vpc_dhcp_options"
AMAZON = "AmazonProvidedDNS"


def resolvers(modules: Iterable[ModuleInstance]) -> Iterator[Gap]:
    """Why a VPC of the run may find the names of a zone that it is not associated with."""
    for module in modules:
        for declared in (module.site.config.resources, module.site.config.data):
            for (type, name), block in declared.items():
                if type.startswith(PREFIXES) or _has_servers(type, block):
                    address = module.site.prefixed(f"{type}.{name}")
                    reason = f"`{address}` may answer for names in more VPCs than those of their zones"
                    yield Gap(module.site.root.stack, frozenset({Kind.ZONE}), reason, block.header)


def _has_servers(type: str, block: Block) -> bool:
    """Whether a set of DHCP options gives VPCs other DNS servers than Amazon's."""
    body = block.read() if type == DHCP_OPTIONS else None
    servers = body.attributes.get("domain_name_servers") if body is not None else None
    return servers is not None and AMAZON not in render(servers.expr)
