"""Where the things of an inventory live: the Region and account that their descriptions tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from peerlint.inventory.collect import Inventory
from peerlint.inventory.records import GroupRecord, PeeringRecord, SubnetRecord, TableRecord, VpcRecord
from peerlint.network.model import Place
from peerlint.network.values import Known, Unknown, Why, Written

ARN = re.compile(r"arn:[a-z-]+:ec2:([a-z0-9-]+):")
ZONE = re.compile(r"([a-z]{2,3}(?:-[a-z]+)+-\d+)(?:[a-z]|-[a-z0-9-]+)")
"""A zone is its Region with a letter; Local and Wavelength Zones have names of their own after the Region
(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html).
"""
STACK = "the inventory"
"""The stack of everything that an inventory shows."""


class Places:
    """The places of VPCs, and so of what is in them. A VPC of which the records disagree has an unknown place."""

    def __init__(self, inventory: Inventory) -> None:
        """The places that an inventory tells."""
        self._regions: dict[str, set[str]] = defaultdict(set)
        self._owners: dict[str, set[str]] = defaultdict(set)
        for vpc, region in _regions(inventory):
            self._regions[vpc].add(region)
        for vpc, owner in _owners(inventory):
            self._owners[vpc].add(owner)

    def of(self, vpc: str) -> Place:
        """The place of a VPC."""
        return Place(
            _told(self._regions.get(vpc), vpc, "Region"),
            _told(self._owners.get(vpc), vpc, "account"),
        )


def _told(values: set[str] | None, vpc: str, what: str) -> Written[str]:
    if values is not None and len(values) == 1:
        return Known(next(iter(values)))
    return Unknown(Why.LOOKUP, f"the {what} of {vpc}")


def _regions(inventory: Inventory) -> Iterator[tuple[str, str]]:
    for subnet in (seen.record for seen in inventory.of(SubnetRecord).values()):
        arn, zone = ARN.match(subnet.subnet_arn or ""), ZONE.fullmatch(subnet.availability_zone or "")
        yield from ((subnet.vpc_id, found[1]) for found in (arn, zone) if found is not None)
    for group in (seen.record for seen in inventory.of(GroupRecord).values()):
        arn = ARN.match(group.security_group_arn or "")
        if arn is not None and group.vpc_id is not None:
            yield group.vpc_id, arn[1]
    for peering in (seen.record for seen in inventory.of(PeeringRecord).values()):
        for end in (peering.requester_vpc_info, peering.accepter_vpc_info):
            if end.region:
                yield end.vpc_id, end.region


def _owners(inventory: Inventory) -> Iterator[tuple[str, str]]:
    for vpc in (seen.record for seen in inventory.of(VpcRecord).values()):
        if vpc.owner_id:
            yield vpc.vpc_id, vpc.owner_id
    for peering in (seen.record for seen in inventory.of(PeeringRecord).values()):
        for end in (peering.requester_vpc_info, peering.accepter_vpc_info):
            if end.owner_id:
                yield end.vpc_id, end.owner_id
    for table in (seen.record for seen in inventory.of(TableRecord).values()):
        if table.owner_id:
            yield table.vpc_id, table.owner_id
