"""IP network functions (https://developer.hashicorp.com/terraform/language/functions/cidrsubnet and its neighbours)."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address, IPv6Address

from msgspec import Struct

from peerlint.network.values import Known
from peerlint.terraform.functions.signature import ArgumentError, Call, Function, Param
from peerlint.terraform.types import NUMBER, STRING
from peerlint.terraform.values import EvaluationError, TfList, TfValue

_LOW_64 = (1 << 64) - 1


class _Block(Struct, frozen=True):
    """A block of addresses: the first as an integer, the prefix length, and the bits of an address (32 or 128)."""

    first: int
    prefix: int
    bits: int

    def __str__(self) -> str:
        return f"{_address_text(self.first, self.bits)}/{self.prefix}"

    @property
    def last(self) -> int:
        return self.first + (1 << (self.bits - self.prefix)) - 1


def _address_text(address: int, bits: int) -> str:
    return str(IPv4Address(address) if bits == 32 else IPv6Address(address))


def _parse_address(text: str) -> tuple[int, int] | None:
    """The address and its bits; octets may have leading zeros, which stay decimal. ``None`` where it is none."""
    if ":" in text:
        try:
            return (int(IPv6Address(text)), 128) if "%" not in text else None
        except AddressValueError:
            return None
    octets = text.split(".")
    if len(octets) != 4 or not all(_is_digits(octet) and int(octet) < 256 for octet in octets):
        return None
    return sum(int(octet) << shift for octet, shift in zip(octets, (24, 16, 8, 0), strict=True)), 32


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _parse_block(text: str) -> _Block:
    address, _, prefix = text.partition("/")
    parsed = _parse_address(address)
    if parsed is None or not _is_digits(prefix) or int(prefix) > parsed[1]:
        raise ArgumentError(0, f"invalid CIDR expression: invalid CIDR address: {text}")
    first, bits = parsed
    length = int(prefix)
    return _Block(first >> (bits - length) << (bits - length), length, bits)


def _insert(block: _Block, number: int, prefix: int) -> int:
    """The block's address with a number put in above the host bits; Terraform drops the sign of a negative result."""
    return abs(block.first | (number << (block.bits - prefix)))


def _cidrsubnet(call: Call) -> TfValue:
    block, newbits, netnum = _parse_block(call.text(0)), call.integer(1), call.whole(2)
    prefix = block.prefix + newbits
    if prefix > block.bits:
        raise EvaluationError(f"insufficient address space to extend prefix of {block.prefix} by {newbits}")
    if prefix < 0:
        raise EvaluationError(f"cannot extend prefix of {block.prefix} by {newbits}")
    highest = (1 << newbits) - 1 if 0 <= newbits < 64 else _LOW_64
    if abs(netnum) & _LOW_64 > highest:
        raise EvaluationError(f"prefix extension of {newbits} does not accommodate a subnet numbered {netnum}")
    return Known(str(_Block(_insert(block, netnum, prefix), prefix, block.bits)))


def _cidrsubnets(call: Call) -> TfValue:
    block = _parse_block(call.text(0))
    position, current, blocks = block.first, "", []
    for index in range(1, len(call.args)):
        newbits = call.integer(index)
        prefix = block.prefix + newbits
        if newbits < 1:
            raise ArgumentError(index, "must extend prefix by at least one bit")
        if prefix > block.bits:
            protocol = "IPv4" if block.bits == 32 else "IPv6"
            raise ArgumentError(
                index, f"would extend prefix to {prefix} bits, which is too long for an {protocol} address"
            )
        size = 1 << (block.bits - prefix)
        first = -(-position // size) * size
        if first > block.last or first == 0:
            raise ArgumentError(
                index, f"not enough remaining address space for a subnet with a prefix of {prefix} bits{current}"
            )
        part = _Block(first, prefix, block.bits)
        position, current = part.last + 1, f" after {part}"
        blocks.append(str(part))
    return Known(TfList(Known(text) for text in blocks))


def _cidrhost(call: Call) -> TfValue:
    """Negative numbers count from the end; like Terraform, compares only the low 64 bits of the number as signed."""
    block, hostnum = _parse_block(call.text(0)), call.whole(1)
    highest = (1 << (block.bits - block.prefix)) - 1
    compared = hostnum & _LOW_64
    compared -= (1 << 64) if compared >> 63 else 0
    if hostnum < 0:
        compared = -hostnum - 1
        hostnum = highest - compared
    if compared > highest:
        raise EvaluationError(f"prefix of {block.prefix} does not accommodate a host numbered {hostnum}")
    return Known(_address_text(_insert(block, hostnum, block.bits), block.bits))


def _cidrnetmask(call: Call) -> TfValue:
    block = _parse_block(call.text(0))
    if block.bits != 32:
        raise ArgumentError(0, f"IPv6 addresses cannot have a netmask: {call.text(0)}")
    return Known(_address_text((1 << 32) - (1 << (32 - block.prefix)), 32))


def _cidrcontains(call: Call) -> TfValue:
    """OpenTofu's ``cidrcontains``."""
    outer, text = _parse_block(call.text(0)), call.text(1)
    address = _parse_address(text)
    inner = _Block(address[0], address[1], address[1]) if address is not None else _parse_block(text)
    if inner.bits != outer.bits:
        raise EvaluationError(f"address family mismatch: {call.text(0)} vs. {text}")
    return Known(outer.first <= inner.first and inner.last <= outer.last)


_PREFIX = Param("prefix", STRING)

FUNCTIONS = {
    "cidrcontains": Function(
        _cidrcontains, (Param("containing_prefix", STRING), Param("contained_ip_or_prefix", STRING))
    ),
    "cidrhost": Function(_cidrhost, (_PREFIX, Param("hostnum", NUMBER))),
    "cidrnetmask": Function(_cidrnetmask, (_PREFIX,)),
    "cidrsubnet": Function(_cidrsubnet, (_PREFIX, Param("newbits", NUMBER), Param("netnum", NUMBER))),
    "cidrsubnets": Function(_cidrsubnets, (_PREFIX,), Param("newbits", NUMBER)),
}
