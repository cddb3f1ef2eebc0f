"""Options of peerings for ClassicLink, which AWS has retired, and version 5 of the AWS provider no longer knows
(https://github.com/hashicorp/terraform-provider-aws/pull/30966).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peerlint.network.model import Accepter, Origin, Peering, PeeringOptions, ProviderVersions, Side
from peerlint.network.network import Network
from peerlint.network.values import Span, Truth

REMOVED_IN = (5, 0, 0)
OPTIONS = ("allow_classic_link_to_remote_vpc", "allow_vpc_to_remote_classic_link")


@dataclass(frozen=True, slots=True)
class ClassicLinkOption:
    """An option that is written, whatever its value.

    ``refused`` tells whether the provider that is taken refuses the argument; ``versions`` are those it is taken from.
    """

    origin: Origin
    argument: str
    at: Span
    refused: Truth
    versions: ProviderVersions


def classic_link_options(network: Network) -> Iterator[ClassicLinkOption]:
    """The options for ClassicLink that the code writes, each place once."""
    seen: set[tuple[str, Span]] = set()
    versions = {fragment.stack: fragment.aws_provider for fragment in network.fragments}
    declared = (entity.origin for kind in (Peering, Accepter, PeeringOptions) for entity in network.declared(kind))
    for origin in declared:
        provider = versions.get(origin.stack)
        for argument, at in _written(origin):
            if provider is not None and (origin.stack, at) not in seen:
                seen.add((origin.stack, at))
                yield ClassicLinkOption(origin, argument, at, provider.is_at_least(REMOVED_IN), provider)


def _written(origin: Origin) -> Iterator[tuple[str, Span]]:
    for side in Side:
        for option in OPTIONS:
            at = origin.arguments.get(f"{side.value}.{option}")
            if at is not None:
                yield option, at
