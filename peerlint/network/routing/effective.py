"""The route table that a subnet uses, and whether any subnet uses a table.

A subnet uses the table that it is associated with, and the main one of its VPC where it is associated with none; it
uses exactly one (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.handles import handle
from peerlint.network.lookups.elsewhere import elsewhere
from peerlint.network.members import Members
from peerlint.network.model import Kind, Language, RouteTable, Subnet, SubnetAssociation, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.remembered import remembered
from peerlint.network.values import Maybe, Truth, Unknown, all_of, any_of, negate, unless


@remembered
def effective_table(network: Network, subnet: Subnet) -> RouteTable | Maybe:
    """The table that a subnet certainly uses, or why that is not told.

    It is not where the association may not exist or names a table that is not in the input, where one may be declared
    in a place that was not read, and where the main table is not in the input.
    """
    found = _associations(network, subnet)
    tables = {a.table: a for a in found if implied(a.origin.presence, subnet.origin.presence) is None}
    if len(tables) == 1:
        (id,) = tables
        table = network.tables.by_id(id)
        return table if table is not None else Maybe(_untold(id))
    if tables:
        return Maybe(f"{subnet.origin.name} is associated with several route tables")
    doubt = _unassociated(network, subnet)
    if doubt is not True:
        return doubt if isinstance(doubt, Maybe) else Maybe(f"{found[0].origin.name} may not exist")
    return network.tables.main(network.vpcs.by_id(subnet.vpc, subnet.origin))


def _associations(network: Network, subnet: Subnet) -> tuple[SubnetAssociation, ...]:
    """Those that can exist together with the subnet."""
    presence = subnet.origin.presence
    found = network.subnets.associations(subnet)
    return tuple(a for a in found if not a.origin.presence.excludes(presence))


def _untold(id: object) -> str:
    return id.reason if isinstance(id, Unknown) else "the route table is not in the input"


@remembered
def _unassociated(network: Network, subnet: Subnet) -> Truth:
    """Whether a subnet has no association of its own, and so uses the main table."""
    presences = (a.origin.presence for a in _associations(network, subnet))
    known = (unless(implied(presence, subnet.origin.presence)) for presence in presences)
    return negate(any_of((*known, *_more_associations(network, subnet))))


def _more_associations(network: Network, subnet: Subnet) -> Iterator[Maybe]:
    """Why a subnet may have an association that is not seen as its own."""
    yield from network.subnets.associations(subnet).open
    if subnet.outside:
        yield elsewhere("associations", subnet)
    for association in network.subnets.stray_associations(subnet):
        yield Maybe(f"{association.origin.name} names no known subnet")


@remembered
def in_use(network: Network, table: RouteTable) -> Truth:
    """Whether any subnet uses a route table.

    Undecided where subnets or associations are not all read, and where a subnet uses the main table of its VPC and that
    is not told: it may be this one.
    """
    presences = (a.origin.presence for a in network.tables.associations(table))
    associated = any_of(unless(implied(presence, table.origin.presence)) for presence in presences)
    if associated is True:
        return True
    vpc = network.vpcs.by_id(table.vpc, table.origin)
    subnets = network.subnets.of(vpc)
    main = _is_main(network, table, vpc)
    if table.outside or not subnets.items:
        return main is True or Maybe(f"the subnets that use {table.origin.name} are not in the input")
    unassociated = any_of((*(_unassociated(network, subnet) for subnet in subnets), *subnets.open))
    return any_of((associated, all_of((main, unassociated)), *_more_users(network, table, subnets)))


def _more_users(network: Network, table: RouteTable, subnets: Members[Subnet]) -> Iterator[Maybe]:
    """Why subnets may be associated with a table that the input shows without any."""
    yield from subnets.open
    for subnet in subnets:
        if not _associations(network, subnet):
            yield from network.subnets.associations(subnet).open
    yield from network.openness(Kind.ASSOCIATION, table.origin.stack, table.id)
    for association in network.tables.stray_associations:
        if association.origin.stack == table.origin.stack:
            yield Maybe(f"{association.origin.name} names no known table")


def _is_main(network: Network, table: RouteTable, vpc: Vpc) -> Truth:
    main = network.tables.main(vpc)
    return handle(main.id) == handle(table.id) if isinstance(main, RouteTable) else main


def on_main_table(network: Network, vpc: Vpc) -> tuple[Subnet, ...]:
    """The subnets of a VPC that certainly use its main route table: nothing associates them with another one."""
    return tuple(subnet for subnet in network.subnets.of(vpc) if _unassociated(network, subnet) is True)


def has_no_main_table(network: Network, vpc: Vpc) -> bool:
    """Whether nothing that declares a VPC can route in its main table, to which a template has no reference
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html#aws-resource-ec2-vpc-return-values).
    """
    return vpc.origin.language is Language.CLOUDFORMATION and isinstance(network.tables.main(vpc), Maybe)


def named_table(network: Network, table: RouteTable) -> str:
    """What a message calls a table: the main one that comes with a VPC has no name of its own."""
    vpc = network.vpcs.by_id(table.vpc, table.origin)
    return (
        f"the main route table of {vpc.origin.name}"
        if table.origin.address == vpc.origin.address
        else table.origin.name
    )
