"""Options of peerings for ClassicLink, which AWS has retired, and version 5 of the AWS provider no longer knows
(https://github.com/hashicorp/terraform-provider-aws/pull/30966).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.model import ProviderVersions, RetiredArgument
from peerlint.network.network import Network
from peerlint.network.values import Truth

REMOVED_IN = (5, 0, 0)


class ClassicLinkOption(Struct, frozen=True):
    """An option that is written, whatever its value.

    ``refused`` tells whether the provider that is taken refuses the argument; ``versions`` are those it is taken from.
    """

    stack: str
    written: RetiredArgument
    refused: Truth
    versions: ProviderVersions


def classic_link_options(network: Network) -> Iterator[ClassicLinkOption]:
    """The options for ClassicLink that the code of each root writes, each place once."""
    for fragment in network.fragments:
        provider = fragment.aws_provider
        if provider is not None:
            for written in {argument.at: argument for argument in reversed(fragment.retired)}.values():
                yield ClassicLinkOption(fragment.stack, written, provider.is_at_least(REMOVED_IN), provider)
