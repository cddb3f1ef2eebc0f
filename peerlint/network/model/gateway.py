"""The gateways of VPCs."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.model.origin import Origin
from peerlint.network.values import Value, Written


class GatewayKind(Enum):
    """The ways out of a VPC that a peering cannot lend to its peer."""

    INTERNET = "internet gateway"
    EGRESS_ONLY = "egress-only internet gateway"
    NAT = "NAT gateway"
    VPN = "virtual private gateway"
    DIRECT_CONNECT = "Direct Connect gateway association"
    GATEWAY_ENDPOINT = "gateway endpoint"
    INTERFACE_ENDPOINT = "interface endpoint"
    TRANSIT_ATTACHMENT = "transit gateway attachment"
    CUSTOMER_ROUTE = "VPN connection route"


class Gateway(Struct, frozen=True):
    """A gateway of a VPC. ``cidrs`` are on-premises blocks it leads to; ``prefix_list`` is a gateway endpoint's.

    A NAT gateway names its ``subnet``, from which its VPC follows. A transit gateway attachment has the ``id`` of the
    transit gateway; ``group_references`` is its security-group referencing support. ``through`` is the gateway that a
    VPN connection ends at, from which its VPC follows; a VPN connection's route has the connection's ``id``.
    """

    origin: Origin
    kind: GatewayKind
    id: Written[str]
    vpc: Value[str]
    subnet: Value[str] = None
    cidrs: tuple[Written[Cidr], ...] = ()
    prefix_list: Value[str] = None
    tables: tuple[Written[str], ...] = ()
    group_references: Value[bool] = None
    through: Value[str] = None
