"""Arguments that version 5 of the AWS provider has removed from peerings.

An argument that a provider does not know is refused wherever it is written, in a resource of which there is no instance
as well (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-5-upgrade).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerlint.network.model import RetiredArgument, Side
from peerlint.terraform.ast import Block, Body
from peerlint.terraform.instance import ModuleInstance

ARGUMENTS = ("allow_classic_link_to_remote_vpc", "allow_vpc_to_remote_classic_link")
TYPES = frozenset(
    {
        "aws_vpc_peering_connection",
        "aws_vpc_peering_connection_accepter",
        "aws_vpc_peering_connection_options",
    }
)


def retired_arguments(modules: Iterable[ModuleInstance]) -> Iterator[RetiredArgument]:
    """The arguments for ClassicLink that modules write."""
    for module in modules:
        site = module.site
        for (type, name), block in site.config.resources.items():
            if type in TYPES:
                for body in _sides(block):
                    for argument in ARGUMENTS:
                        if argument in body.attributes:
                            address = site.prefixed(f"{type}.{name}")
                            yield RetiredArgument(address, argument, body.attributes[argument].span, site.calls)


def _sides(resource: Block) -> Iterator[Body]:
    """The bodies of the ``requester`` and ``accepter`` blocks, those of ``dynamic`` ones included."""
    sides = {side.value for side in Side}
    for block in resource.body.blocks:
        if block.type in sides:
            yield block.body
        elif block.type == "dynamic" and sides & {*block.labels}:
            yield from (content.body for content in block.body.blocks if content.type == "content")
