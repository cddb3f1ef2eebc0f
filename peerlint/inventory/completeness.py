"""What an inventory does not show.

A command prints what it was asked for, and its output does not tell what that was. An absence is believed of a VPC
whose records fit together: its main route table is there, and so is every subnet that a table or an ACL names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from peerlint.inventory.collect import Inventory, Seen
from peerlint.inventory.places import STACK
from peerlint.inventory.records import AclRecord, SubnetRecord, TableRecord
from peerlint.network.model import Gap, Kind, Vpc
from peerlint.network.values import Known, Span


def gaps(inventory: Inventory, vpcs: Sequence[Vpc]) -> Iterator[Gap]:
    """A gap for each VPC whose subnets or route tables may not all be there."""
    tables: dict[str, list[Seen[TableRecord]]] = defaultdict(list)
    for seen in inventory.of(TableRecord).values():
        tables[seen.record.vpc_id].append(seen)
    subnets = _Subnets(inventory)
    owners = _owners(inventory)
    for vpc in vpcs:
        if not isinstance(vpc.id, Known) or vpc.shown is None:
            continue
        name = vpc.origin.address
        unseen = subnets.unseen(vpc.id.value, name)
        if unseen is not None:
            yield _gap(vpc.id, vpc.shown, unseen, Kind.SUBNET)
        missing = unseen or _missing(inventory, tables[vpc.id.value], owners, name)
        if missing is not None:
            yield _gap(vpc.id, vpc.shown, missing, Kind.ROUTE, Kind.ASSOCIATION)


def _gap(vpc: Known[str], at: Span, reason: str, *kinds: Kind) -> Gap:
    return Gap(STACK, frozenset(kinds), reason, at, frozenset({vpc}))


class _Subnets:
    """The subnets that are described, and those that are named, by VPC."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._shown: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        for subnet in inventory.of(SubnetRecord).values():
            self._shown[subnet.record.vpc_id].add(subnet.record.subnet_id)
        for table in inventory.of(TableRecord).values():
            ids = (association.subnet_id for association in table.record.associations)
            self._named[table.record.vpc_id] |= {id for id in ids if id}
        for acl in inventory.of(AclRecord).values():
            self._named[acl.record.vpc_id] |= {association.subnet_id for association in acl.record.associations}

    def unseen(self, vpc: str, name: str) -> str | None:
        """Why a VPC may have subnets that are not described."""
        for reason in self._inventory.partial[SubnetRecord]:
            return reason
        if not self._shown[vpc]:
            return f"the inventory does not show the subnets of {name} (`aws ec2 describe-subnets`)"
        for id in sorted(self._named[vpc] - self._shown[vpc]):
            return f"the inventory does not show {id} of {name}: its subnets are not all there"
        return None


def _missing(
    inventory: Inventory, tables: Sequence[Seen[TableRecord]], owners: Mapping[int, set[str]], name: str
) -> str | None:
    """Why a VPC may have route tables that are not described."""
    for reason in inventory.partial[TableRecord]:
        return reason
    if not tables:
        return f"the inventory does not show the route tables of {name} (`aws ec2 describe-route-tables`)"
    if not any(association.main for seen in tables for association in seen.record.associations):
        return f"the inventory does not show the main route table of {name}: its route tables are not all there"
    if any(len(owners[seen.document]) > 1 for seen in tables):
        return f"the route tables of {name} are listed with those of another account, which sees only a part of them"
    return None


def _owners(inventory: Inventory) -> Mapping[int, set[str]]:
    """The accounts whose tables each document holds: a subnet is shared with its table, and the VPC stays its owner's
    (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html).
    """
    found: dict[int, set[str]] = defaultdict(set)
    for seen in inventory.of(TableRecord).values():
        if seen.record.owner_id:
            found[seen.document].add(seen.record.owner_id)
    return found
