"""VPCs, their attributes and their subnets."""

from __future__ import annotations

from msgspec import Struct

from peerlint.inventory.records.ids import Id


class Tag(Struct, rename="pascal"):
    """A tag."""

    key: str
    value: str = ""


class BlockState(Struct, rename="pascal"):
    """Whether a block is associated: ``associated``, ``associating``, ``disassociated``, ``failed``, …."""

    state: str = ""


class Association(Struct, rename="pascal"):
    """An IPv4 block of a VPC."""

    cidr_block: str
    cidr_block_state: BlockState | None = None


class Ipv6Association(Struct, rename="pascal"):
    """An IPv6 block of a VPC or subnet."""

    ipv6_cidr_block: str
    ipv6_cidr_block_state: BlockState | None = None


class VpcRecord(Struct, rename="pascal"):
    """A VPC of ``describe-vpcs``."""

    vpc_id: Id
    cidr_block: str | None = None
    cidr_block_association_set: list[Association] | None = None
    ipv6_cidr_block_association_set: list[Ipv6Association] | None = None
    is_default: bool = False
    owner_id: str | None = None
    tags: list[Tag] | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.vpc_id


class Flag(Struct, rename="pascal"):
    """A truth value that is an attribute of its own."""

    value: bool


class AttributeRecord(Struct, rename="pascal"):
    """The output of ``describe-vpc-attribute``, which has one attribute."""

    vpc_id: Id
    enable_dns_support: Flag | None = None
    enable_dns_hostnames: Flag | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return f"{self.vpc_id} {self.attribute}"

    @property
    def attribute(self) -> str:
        """The attribute that it tells; empty for one that is not used."""
        if self.enable_dns_support is not None:
            return "EnableDnsSupport"
        return "" if self.enable_dns_hostnames is None else "EnableDnsHostnames"


class SubnetRecord(Struct, rename="pascal"):
    """A subnet of ``describe-subnets``."""

    subnet_id: Id
    vpc_id: Id
    cidr_block: str | None = None
    ipv6_cidr_block_association_set: list[Ipv6Association] | None = None
    availability_zone: str | None = None
    owner_id: str | None = None
    subnet_arn: str | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.subnet_id
