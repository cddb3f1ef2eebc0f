"""What a template makes that answers for names beside the private zones of a VPC."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.cloudformation.lift.item import Item, Stack, open_item
from peerlint.cloudformation.template import Resource
from peerlint.cloudformation.values import as_text
from peerlint.network.model import Gap, Kind
from peerlint.network.values import Known

PREFIXES = (
    "AWS::Route53Resolver::ResolverEndpoint",
    "AWS::Route53Resolver::ResolverRule",
    "AWS::Route53Profiles::",
    "AWS::DirectoryService::",
)
"""Rules and endpoints of the Resolver forward queries between VPCs, Profiles share zones among them, and directories
are DNS servers (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver.html,
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html)."""

DHCP_OPTIONS = "AWS::EC2::DHCPOptions"
SERVERS = "DomainNameServers"
AMAZON = "AmazonProvidedDNS"
"""Amazon's own server; any beside it may be the one that is asked
(https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html)."""


def resolver(stack: Stack, resource: Resource) -> Iterator[Gap]:
    """Why a VPC of the run may find the names of a zone that it is not associated with."""
    if resource.type != DHCP_OPTIONS and not resource.type.startswith(PREFIXES):
        return
    item = open_item(stack, resource)
    if item is not None and any(map(_answers, item.variants((SERVERS,)))):
        reason = f"`{resource.name}` may answer for names in more VPCs than those of their zones"
        yield Gap(stack.name, frozenset({Kind.ZONE}), reason, resource.header)


def _answers(item: Item) -> bool:
    """Whether it answers or may answer: of DHCP options, whether they give VPCs other servers than Amazon's alone."""
    if item.resource.type != DHCP_OPTIONS:
        return True
    servers = item.value(SERVERS)
    if servers is None:
        return False
    told = servers.value if isinstance(servers, Known) and isinstance(servers.value, tuple) else (servers,)
    return any(as_text(server) != AMAZON for server in told)
