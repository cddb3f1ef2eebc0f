"""Arguments that version 5 of the AWS provider has removed from peerings.

An argument that a provider does not know is refused wherever it is written, in a resource of which there is no instance
as well (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-5-upgrade).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerlint.network.model import RetiredArgument, Side
from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.terraform.ast import Body, Expr, Literal, Object, Tuple
from peerlint.terraform.instance import ModuleInstance

ARGUMENTS = ("allow_classic_link_to_remote_vpc", "allow_vpc_to_remote_classic_link")
CLASSIC_LINK = "classic_link"
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
            body = block.read() if type in TYPES and block.may_hold(CLASSIC_LINK) else None
            if body is not None:
                for argument, at in _written(body):
                    yield RetiredArgument(site.prefixed(f"{type}.{name}"), argument, at, site.calls)


def _written(resource: Body) -> Iterator[tuple[str, Span]]:
    """The arguments that the sides of a resource write, with their places."""
    for body in _sides(resource):
        yield from ((name, body.attributes[name].span) for name in ARGUMENTS if name in body.attributes)
    for side in Side:
        if side.value in resource.attributes:
            yield from _of_objects(resource.attributes[side.value].expr)


def _of_objects(written: Expr) -> Iterator[tuple[str, Span]]:
    """The same, of sides that are given as objects, as JSON has them."""
    match written:
        case Tuple(items=items):
            for item in items:
                yield from _of_objects(item)
        case Object(items=members):
            for key, value in members:
                if isinstance(key, Literal) and key.value in ARGUMENTS:
                    at = replace(key.span, end_line=value.span.end_line, end_column=value.span.end_column)
                    yield str(key.value), at
        case _:
            pass


def _sides(resource: Body) -> Iterator[Body]:
    """The bodies of the ``requester`` and ``accepter`` blocks, those of ``dynamic`` ones included."""
    sides = {side.value for side in Side}
    for block in resource.blocks:
        if block.type in sides:
            yield block.body
        elif block.type == "dynamic" and sides & {*block.labels}:
            yield from (content.body for content in block.body.blocks if content.type == "content")
