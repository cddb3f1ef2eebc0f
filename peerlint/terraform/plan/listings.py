"""What a table, group or ACL lists in a state without being configured to: also what other resources have added.

``aws_route_table.route`` tells every route of the table, and ``ingress`` and ``egress`` of a group or ACL every rule
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table). What a resource of its own
declares, or declared before the plan, is taken out: it would be there twice, or as it was before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from typing import TypeAlias

from peerlint.terraform.plan.format import Json
from peerlint.terraform.plan.table import Row, Table

Entry: TypeAlias = tuple[Hashable, ...]

DESTINATIONS = ("cidr_block", "ipv6_cidr_block", "destination_prefix_list_id")
PEERS = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")
LISTS: Mapping[str, tuple[str, ...]] = {
    "aws_route_table": ("route",),
    "aws_default_route_table": ("route",),
    "aws_security_group": ("ingress", "egress"),
    "aws_default_security_group": ("ingress", "egress"),
    "aws_network_acl": ("ingress", "egress"),
    "aws_default_network_acl": ("ingress", "egress"),
}
"""The arguments that list."""


class Listings:
    """What the stand-alone resources of a document declare, by what they declare it of."""

    __slots__ = ("_after", "_before", "_prior")

    def __init__(self, table: Table) -> None:
        """What is declared once the plan is applied, and what was before."""
        self._after = _declared_by(table.rows.values())
        self._before = _declared_by(table.before)
        self._prior = {row.address: row.values for row in table.before if row.type in LISTS}

    def own(self, row: Row) -> Json:
        """The values of an instance, without what its lists tell of stand-alone resources.

        A list that the plan changes is what the configuration says, and tells nothing of what was before.
        """
        id = row.values.get("id")
        after, before = self._after.get(id, frozenset()), self._before.get(id, frozenset())
        if row.data or not (after or before):
            return row.values
        values = dict(row.values)
        for name in LISTS.get(row.type, ()):
            items = values.get(name)
            if isinstance(items, list):
                kept = self._prior.get(row.address, {}).get(name) == items
                declared = after | before if kept else after
                values[name] = [left for item in items if (left := _left(row.type, name, item, declared)) is not None]
        return values


def _declared_by(rows: Iterable[Row]) -> Mapping[object, Set[Entry]]:
    """What stand-alone resources declare, by the id of what they declare it of, where that is known."""
    found: dict[object, set[Entry]] = defaultdict(set)
    for row in rows:
        for owner, entry in _declared(row):
            if isinstance(owner, str):
                found[owner].add(entry)
    return found


def _left(type: str, name: str, item: object, declared: Set[Entry]) -> object:
    """What no stand-alone resource declares of an entry, or ``None`` where nothing is left."""
    if not isinstance(item, dict):
        return item
    if type.endswith("route_table"):
        return None if ("route", _first(item, DESTINATIONS)) in declared else item
    if type.endswith("network_acl"):
        return None if (name, _number(item.get("rule_no"))) in declared else item
    service = _service(item.get("protocol"), item.get("from_port"), item.get("to_port"))
    left = dict(item)
    for peers in PEERS:
        listed = item.get(peers)
        if isinstance(listed, list):
            left[peers] = [peer for peer in listed if (name, service, peer) not in declared]
    if item.get("self") is True and (name, service, "self") in declared:
        left["self"] = False
    return left if any(left.get(peers) for peers in PEERS) or left.get("self") is True else None


def _declared(row: Row) -> Iterator[tuple[object, Entry]]:
    values = row.values
    if row.data:
        return
    match row.type:
        case "aws_route":
            names = ("destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id")
            yield values.get("route_table_id"), ("route", _first(values, names))
        case "aws_network_acl_rule":
            direction = "egress" if values.get("egress") is True else "ingress"
            yield values.get("network_acl_id"), (direction, _number(values.get("rule_number")))
        case "aws_security_group_rule":
            yield from _rule(values)
        case "aws_vpc_security_group_ingress_rule" | "aws_vpc_security_group_egress_rule":
            direction = "ingress" if "ingress" in row.type else "egress"
            service = _service(values.get("ip_protocol"), values.get("from_port"), values.get("to_port"))
            group = values.get("security_group_id")
            for name in ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"):
                peer = values.get(name)
                yield group, (direction, service, "self" if peer == group else str(peer))


def _rule(values: Json) -> Iterator[tuple[object, Entry]]:
    direction, group = str(values.get("type")), values.get("security_group_id")
    service = _service(values.get("protocol"), values.get("from_port"), values.get("to_port"))
    for name in PEERS[:3]:
        listed = values.get(name)
        for peer in listed if isinstance(listed, list) else ():
            yield group, (direction, service, str(peer))
    source = values.get("source_security_group_id")
    yield group, (direction, service, str(source))
    if values.get("self") is True or source == group:
        yield group, (direction, service, "self")


def _service(protocol: object, first: object, last: object) -> Entry:
    name = {"all": "-1", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}.get(str(protocol), str(protocol))
    return (name,) if name == "-1" else (name, _number(first), _number(last))


def _number(value: object) -> str:
    return str(value)


def _first(values: Json, names: tuple[str, ...]) -> str:
    return next((str(values[name]) for name in names if values.get(name)), "")
