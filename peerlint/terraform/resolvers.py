"""What a root makes that answers for names beside the private zones of a VPC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from peerlint.network.model import Gap, Kind
from peerlint.network.values import Known
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.values import EvaluationError, elements, is_null

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
SERVERS = "domain_name_servers"
AMAZON = "AmazonProvidedDNS"
"""Amazon's own server; any beside it may be the one that is asked
(https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html)."""


def resolvers(modules: Iterable[ModuleInstance]) -> Iterator[Gap]:
    """Why a VPC of the run may find the names of a zone that it is not associated with."""
    for module in modules:
        for data, declared in ((False, module.site.config.resources), (True, module.site.config.data)):
            for (type, name), block in declared.items():
                if any(map(_answers, _instances(module, data, type, name))):
                    address = module.site.prefixed(f"data.{type}.{name}" if data else f"{type}.{name}")
                    reason = f"`{address}` may answer for names in more VPCs than those of their zones"
                    yield Gap(module.site.root.stack, frozenset({Kind.ZONE}), reason, block.header)


def _instances(module: ModuleInstance, data: bool, type: str, name: str) -> Sequence[ResourceInstance | None]:
    """The instances of what may answer that there are or may be; ``None`` for one of which nothing is known."""
    if type != DHCP_OPTIONS and not type.startswith(PREFIXES):
        return []
    try:
        with module.forgiving():
            group = module.resources.group(data, type, name)
    except EvaluationError:
        return [None]
    return group.instances if group is not None else []


def _answers(instance: ResourceInstance | None) -> bool:
    """Whether it answers or may answer: of DHCP options, whether they give VPCs other servers than Amazon's alone."""
    if instance is None or instance.type != DHCP_OPTIONS:
        return True
    servers = instance.arguments.get(SERVERS)
    if servers is None or is_null(servers):
        return False
    told = elements(servers)
    return told is None or not all(isinstance(server, Known) and server.value == AMAZON for server in told)
