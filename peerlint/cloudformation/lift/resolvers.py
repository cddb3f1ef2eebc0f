"""What a template makes that answers for names beside the private zones of a VPC."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.cloudformation.lift.item import Stack
from peerlint.cloudformation.nodes import texts
from peerlint.cloudformation.template import Resource
from peerlint.network.model import Gap, Kind

PREFIXES = (
    "AWS::Route53Resolver::ResolverEndpoint",
    "AWS::Route53Resolver::ResolverRule",
    "AWS::Route53Profiles::",
    "AWS::DirectoryService::",
)
"""Rules and endpoints of the Resolver forward queries between VPCs, Profiles share zones among them, and directories
are DNS servers (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver.html,
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html)."""

AMAZON = "AmazonProvidedDNS"


def resolver(stack: Stack, resource: Resource) -> Iterator[Gap]:
    """Why a VPC of the run may find the names of a zone that it is not associated with."""
    if resource.type.startswith(PREFIXES) or _has_servers(resource):
        reason = f"`{resource.name}` may answer for names in more VPCs than those of their zones"
        yield Gap(stack.name, frozenset({Kind.ZONE}), reason, resource.header)


def _has_servers(resource: Resource) -> bool:
    """Whether a set of DHCP options gives VPCs other DNS servers than Amazon's."""
    if resource.type != "AWS::EC2::DHCPOptions" or resource.properties is None:
        return False
    servers = resource.properties.get("DomainNameServers")
    return servers is not None and all(scalar.value != AMAZON for scalar in texts(servers))
