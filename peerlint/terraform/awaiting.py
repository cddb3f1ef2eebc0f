"""Routes over a connection that does not exist yet: its id is a variable, empty until the connection is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerlint.network.model import Gap, Kind
from peerlint.network.values import Known, Written
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.ast import Attribute, Block, Body, GetAttr, Name
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.lift.stacks import ids

CONNECTION = "vpc_peering_connection_id"
ROUTES = ("aws_route", "aws_route_table", "aws_default_route_table")


def awaiting(modules: Iterable[ModuleInstance]) -> Iterator[Gap]:
    """A gap for the table of each such route, which a later run makes: until then it is not there."""
    for module in modules:
        for (type, name), block in module.site.config.resources.items():
            body = block.read() if type in ROUTES and block.may_hold(CONNECTION) else None
            if body is not None and any(_is_empty(module, attribute) for attribute in _connections(body)):
                address = module.site.prefixed(f"{type}.{name}")
                reason = f"`{address}` routes over a variable that is empty until it is given"
                stack = module.site.root.stack
                yield Gap(stack, frozenset({Kind.ROUTE}), reason, block.header, _tables(module, type, block))


def _connections(body: Body) -> Iterator[Attribute]:
    """The connections that a resource and the blocks in it name."""
    if CONNECTION in body.attributes:
        yield body.attributes[CONNECTION]
    for inner in body.blocks:
        yield from _connections(inner.body)


def _is_empty(module: ModuleInstance, connection: Attribute) -> bool:
    match connection.expr:
        case GetAttr(target=Name(name="var"), name=variable):
            value = module.variable(variable, connection.span)
            return isinstance(value, Known) and value.value in (None, "")
        case _:
            return False


def _tables(module: ModuleInstance, type: str, block: Block) -> frozenset[Written[str]] | None:
    """The tables that the route may be in; all of the stack's where they are not told for every instance alike."""
    if type != "aws_route":
        return None
    return frozenset(ids(Arguments(block.body, module.scope, block.header).get("route_table_id"))) or None
