"""What stands in for AWS: it makes up every value that only the service could tell.

Values that a look-up returns are different in two worlds, so that what is equal in both follows from the configuration.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias, assert_never

from peerlint.terraform.types import (
    BOOL,
    NUMBER,
    AnyType,
    AsWritten,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    TypeConstraint,
)

Plain: TypeAlias = "str | bool | int | float | bytes | list[Plain] | dict[str, Plain] | None"
"""A value as the plug-in protocol has it; a value of type ``dynamic`` is a list of its type and itself."""

Object: TypeAlias = dict[str, Plain]


PREFIXES = {
    "aws_vpc": "vpc",
    "aws_subnet": "subnet",
    "aws_route_table": "rtb",
    "aws_security_group": "sg",
    "aws_internet_gateway": "igw",
    "aws_nat_gateway": "nat",
    "aws_vpn_gateway": "vgw",
    "aws_ec2_transit_gateway": "tgw",
    "aws_vpc_peering_connection": "pcx",
    "aws_ec2_managed_prefix_list": "pl",
    "awscc_ec2_vpc": "vpc",
    "awscc_ec2_subnet": "subnet",
    "awscc_ec2_route_table": "rtb",
    "awscc_ec2_vpc_peering_connection": "pcx",
}
"""What the ids of AWS begin with; before 17 hexadecimal digits
(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html).
"""

PEERING_IDS = ("aws_peering_id", "connection_id", "provider_peering_id")
"""What other services call the id that a peering has in AWS."""


@dataclass(frozen=True, slots=True)
class World:
    """One state of everything outside of the configuration.

    ``name`` goes into every value that is made up; ``parity`` is 0 or 1, and decides what a name cannot: truth values
    and sizes. ``made`` are the resources that were created, by type and id.
    """

    name: str
    parity: int
    made: dict[tuple[str, str], Object] = field(default_factory=dict)
    serial: Iterator[int] = field(default_factory=lambda: count(1))

    def number(self, *seed: object) -> int:
        """A number that depends on the seed and on the world."""
        text = "/".join(map(str, (self.name, *seed)))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:7], "big")

    def invented(self, type: TypeConstraint, name: str, *seed: object) -> Plain:
        """A value of a type, made up for an attribute of that name; collections have more elements in another world."""
        match type:
            case Primitive():
                return self._primitive(type, name, *seed)
            case AnyType() | AsWritten():
                return [b'"string"', self._text(name, *seed)]
            case ListType(element=element) | SetType(element=element):
                return [self.invented(element, name, index, *seed) for index in range(self.size)]
            case MapType(element=element):
                return {f"key{index}": self.invented(element, name, index, *seed) for index in range(self.size)}
            case ObjectType(attributes=fields):
                return {inner: self.invented(field.type, inner, name, *seed) for inner, field in fields.items()}
            case TupleType(items=items):
                return [self.invented(item, name, index, *seed) for index, item in enumerate(items)]
        assert_never(type)

    def _primitive(self, type: Primitive, name: str, *seed: object) -> Plain:
        if type == BOOL:
            return self.parity == 0
        return self.number(name, *seed) % 1000 + 1 if type == NUMBER else self._text(name, *seed)

    @property
    def size(self) -> int:
        """How many things a look-up of several finds."""
        return 2 + self.parity

    def _text(self, name: str, *seed: object) -> str:
        number = self.number(name, *seed)
        if name == "id" and seed and seed[0] in PREFIXES:
            return f"{PREFIXES[str(seed[0])]}-{number % 16**17:017x}"
        if name in PEERING_IDS:
            return f"pcx-{number % 16**17:017x}"
        if "ipv6" in name and "cidr" in name:
            return f"2600:{number % 0xFFFF:x}:{number // 0xFFFF % 0xFFFF:x}:{self.number('net') % 256:x}00::/56"
        if "cidr" in name:
            return f"10.{number % 256}.{number // 256 % 16 * 16}.0/20"
        if name in ("json", "policy", "body", "response_body") or name.endswith("_json"):
            return f'{{"world":"{self.name}","number":{number % 1000}}}'
        if name == "ip" or name.endswith("_ip"):
            return f"10.{number % 256}.{number // 256 % 256}.{number // 65536 % 254 + 1}"
        if "account" in name or name == "owner_id":
            return f"{number % 10**12:012}"
        return f"{name.removesuffix('s').replace('_', '-')}-{number:014x}"

    def filled(self, type: TypeConstraint, value: Plain, name: str, seed: tuple[object, ...]) -> Plain:
        """The value with what is unknown in it made up."""
        if is_unknown(value):
            return self.invented(type, name, *seed)
        match type, value:
            case ((ListType(element=element) | SetType(element=element)), list()):
                return [self.filled(element, item, name, (index, *seed)) for index, item in enumerate(value)]
            case MapType(element=element), dict():
                return {key: self.filled(element, item, key, (name, *seed)) for key, item in value.items()}
            case ObjectType(attributes=fields), dict():
                return {key: self.filled(fields[key].type, item, key, (name, *seed)) for key, item in value.items()}
        return value


def is_unknown(value: object) -> bool:
    """Whether it is one of the values by which the protocol says that something is not known."""
    return not isinstance(value, str | bool | int | float | bytes | list | dict | None)
