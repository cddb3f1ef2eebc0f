"""Look-ups of gateways: by VPC."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from peerlint.network.handles import Handle, grouped, handle
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.kept import kept
from peerlint.network.lookups.subnets import Subnets
from peerlint.network.model import Gateway, Vpc
from peerlint.network.values import Value


class Gateways:
    """The gateways of VPCs."""

    def __init__(self, declarations: Declarations, subnets: Subnets) -> None:
        """Look up what these declarations hold."""
        self._declarations = declarations
        self._subnets = subnets

    @kept
    def of(self, vpc: Vpc) -> tuple[Gateway, ...]:
        """The gateways of a VPC; a NAT gateway's VPC is that of its subnet."""
        key = handle(vpc.id)
        return tuple(self._by_vpc.get(key, ())) if key is not None else ()

    @cached_property
    def _by_vpc(self) -> dict[Handle, list[Gateway]]:
        found: dict[Handle, list[Gateway]] = defaultdict(list)
        for gateway in self._declarations.all(Gateway):
            key = self._vpc_of(gateway)
            if key is not None:
                found[key].append(gateway)
        return found

    def _vpc_of(self, gateway: Gateway) -> Handle | None:
        if gateway.vpc is not None:
            return handle(gateway.vpc)
        if gateway.subnet is None:
            return self._vpc_at_end(gateway)
        subnet = self._subnets.by_id(gateway.subnet)
        return handle(subnet.vpc) if subnet is not None else None

    def _vpc_at_end(self, gateway: Gateway) -> Handle | None:
        """The VPC of the gateway that a VPN connection, or a route of one, goes through."""
        connections = [gateway] if gateway.through is not None else self._with_id(gateway.id)
        ends = [end for c in connections for end in self._with_id(c.through) if end.vpc is not None]
        return handle(ends[0].vpc) if ends else None

    def _with_id(self, id: Value[str]) -> list[Gateway]:
        key = handle(id)
        return self._by_id.get(key, []) if key is not None else []

    @cached_property
    def _by_id(self) -> dict[Handle, list[Gateway]]:
        return grouped(self._declarations.all(Gateway), lambda gateway: gateway.id)
