"""What the provider fills in by itself once something exists, taken out again: a rule would take it for written.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection: ``peer_region`` and
the DNS options of both sides are optional and computed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set

from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.plan.format import ConfiguredResource, Json
from peerlint.terraform.plan.table import Row, Table
from peerlint.terraform.values import is_null

SIDES = ("requester", "accepter")
PEERING = "aws_vpc_peering_connection"
OPTION = "allow_remote_vpc_dns_resolution"
IDS: Mapping[str, str] = {
    PEERING: "id",
    f"{PEERING}_accepter": "vpc_peering_connection_id",
    f"{PEERING}_options": "vpc_peering_connection_id",
}
"""The argument that holds a connection's id."""


class Filled:
    """What of the arguments of connections, accepters and options is not the configuration's."""

    __slots__ = ("_options",)

    def __init__(self, table: Table) -> None:
        """The resources of a document that set options, by the connection's id."""
        self._options: dict[object, set[str]] = defaultdict(set)
        for row in table.rows.values():
            if row.type == f"{PEERING}_options" and not row.data:
                self._options[row.values.get(IDS[row.type])].add(row.address)

    def own(self, row: Row, values: Json, block: ConfiguredResource | None, twin: BlockArguments | None) -> Json:
        """The values of an instance without what the provider filled in, by its block in the plan or the source."""
        if row.data or row.type not in IDS or not values.get("id"):
            return values
        kept = dict(values)
        if values.get("auto_accept") is True and not _writes(twin, "peer_region"):
            kept["peer_region"] = None  # the provider refuses the two together, so it exists without
        others = self._options.get(values.get(IDS[row.type]), set()) - {row.address}
        for side in SIDES:
            if _is_off(values.get(side)) and not _is_configured(side, block, twin, others):
                kept[side] = []
        return kept


def _is_configured(side: str, block: ConfiguredResource | None, twin: BlockArguments | None, others: Set[str]) -> bool:
    """Whether the configuration sets an option; where nothing tells it, whether no other resource may have."""
    if twin is not None:
        return bool(twin.blocks(side))
    if block is not None:
        return side in (block.expressions or {})
    return not others


def _writes(twin: BlockArguments | None, name: str) -> bool:
    value = twin.get(name) if twin is not None else None
    return value is not None and not is_null(value)


def _is_off(value: object) -> bool:
    blocks = value if isinstance(value, list) else []
    return bool(blocks) and all(isinstance(inner, dict) and inner.get(OPTION) is not True for inner in blocks)
