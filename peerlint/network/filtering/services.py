"""Sets of services: what of every protocol a filter lets pass.

A service is a protocol's number with a port of TCP or UDP, or with a type and code of ICMP; of any other protocol there
is nothing to tell apart (https://www.iana.org/assignments/protocol-numbers). It is counted as one number, the protocol
in the upper bits and the port, or type and code, in the lower sixteen, so that a set of services is a set of intervals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from peerlint.network.intervals import common, merged, rest
from peerlint.network.values import Known, Maybe, Unknown, Value, Written

ICMP, TCP, UDP, ICMP6 = 1, 6, 17, 58

NUMBERS = {
    "icmp": ICMP,
    "igmp": 2,
    "tcp": TCP,
    "egp": 8,
    "udp": UDP,
    "rdp": 27,
    "gre": 47,
    "esp": 50,
    "ah": 51,
    "icmpv6": ICMP6,
    "ospf": 89,
    "sctp": 132,
}
"""The protocols that are commonly given by a name."""

NAMES = {ICMP: "ICMP", TCP: "TCP", UDP: "UDP", ICMP6: "ICMPv6"}

PROTOCOLS, PORTS = 256, 1 << 16


class Services(Struct, frozen=True):
    """A set of services, as sorted intervals of their numbers that neither overlap nor touch."""

    intervals: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any service in it."""
        return bool(self.intervals)

    def __or__(self, other: Services) -> Services:
        """The services in either."""
        return Services(merged(sorted((*self.intervals, *other.intervals))))

    def __and__(self, other: Services) -> Services:
        """The services in both."""
        return Services(tuple(common(self.intervals, other.intervals)))

    def __sub__(self, other: Services) -> Services:
        """The services of this one that are not in the other."""
        return Services(tuple(rest(self.intervals, other.intervals)))

    def covers(self, other: Services) -> bool:
        """Whether every service of the other is in this one."""
        return not other - self

    def __len__(self) -> int:
        """How many services it has: every protocol without ports counts as 65536 of them."""
        return sum(last - first + 1 for first, last in self.intervals)

    def __str__(self) -> str:
        if self == EVERYTHING:
            return "every protocol and port"
        return ", ".join(_names(self))


def ports(protocol: int, first: int = 0, last: int = PORTS - 1) -> Services:
    """The services of a protocol with these ports, all by default."""
    low, high = max(first, 0), min(last, PORTS - 1)
    base = protocol * PORTS
    return Services(((base + low, base + high),)) if low <= high and 0 <= protocol < PROTOCOLS else NOTHING


NOTHING = Services()
EVERYTHING = Services(((0, PROTOCOLS * PORTS - 1),))


def _names(services: Services) -> Iterator[str]:
    """The services by protocol, as a message lists them: "TCP ports 22 and 1024 to 65535"."""
    found: dict[int, list[tuple[int, int]]] = {}
    for first, last in services.intervals:
        for protocol in range(first // PORTS, last // PORTS + 1):
            base = protocol * PORTS
            found.setdefault(protocol, []).append((max(first - base, 0), min(last - base, PORTS - 1)))
    for protocol, ranges in found.items():
        if protocol in (TCP, UDP, ICMP, ICMP6):
            yield _ranges(NAMES[protocol], ranges, has_ports=protocol in (TCP, UDP))
    others = [protocol for protocol in found if protocol not in NAMES]
    if others:
        yield f"protocol {others[0]}" if len(others) == 1 else f"{len(others)} other protocols"


def _ranges(name: str, ranges: list[tuple[int, int]], *, has_ports: bool) -> str:
    if ranges == [(0, PORTS - 1)]:
        return f"every {name} port" if has_ports else f"every type of {name}"
    if not has_ports:
        return f"some types of {name}"
    shown = [str(first) if first == last else f"{first} to {last}" for first, last in ranges]
    noun = "port" if len(ranges) == 1 and ranges[0][0] == ranges[0][1] else "ports"
    return f"{name} {noun} {' and '.join(shown) if len(shown) < 3 else ', '.join(shown)}"


class Named(Struct, frozen=True):
    """The services that a filter's rule names: ``least`` are certainly among them, ``most`` may be.

    ``doubt`` says why the two differ, and is ``None`` where they do not.
    """

    least: Services
    most: Services
    doubt: Maybe | None = None


def named(
    protocol: Written[str],
    first: Value[int],
    last: Value[int],
    icmp: tuple[Value[int], Value[int]] | None = None,
) -> Named:
    """The services of a protocol, ``-1`` for all of them, and of ports from ``first`` to ``last``.

    Ports that are not written are all ports. ``icmp`` is the type and the code of ICMP, for which ``-1`` is every one;
    without it they are what the ports say, as in the rules of security groups
    (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html).
    """
    if isinstance(protocol, Unknown):
        return Named(NOTHING, EVERYTHING, Maybe(protocol.reason))
    if protocol.value in ("-1", "all"):
        return Named(EVERYTHING, EVERYTHING)
    number = int(protocol.value) if protocol.value.isdecimal() else NUMBERS.get(protocol.value)
    if number is None or number >= PROTOCOLS:
        return Named(NOTHING, EVERYTHING, Maybe(f"the protocol `{protocol.value}` is not told by its number"))
    match number:
        case _ if number in (TCP, UDP):
            return _ports(number, first, last)
        case _ if number in (ICMP, ICMP6):
            return _types(number, *(icmp if icmp is not None else (first, last)))
        case _:
            return Named(ports(number), ports(number))


def _ports(protocol: int, first: Value[int], last: Value[int]) -> Named:
    doubts = [Maybe(value.reason) for value in (first, last) if isinstance(value, Unknown)]
    low = first.value if isinstance(first, Known) else 0
    high = last.value if isinstance(last, Known) else PORTS - 1
    if (low, high) == (-1, -1):
        low, high = 0, PORTS - 1
    most = ports(protocol, low, high)
    return Named(most, most) if not doubts else Named(NOTHING, most, doubts[0])


def _types(protocol: int, type: Value[int], code: Value[int]) -> Named:
    """The types and codes of ICMP; one that is not written is every one."""
    doubts = [Maybe(value.reason) for value in (type, code) if isinstance(value, Unknown)]
    if doubts:
        return Named(NOTHING, ports(protocol), doubts[0])
    kind = type.value if isinstance(type, Known) else -1
    detail = code.value if isinstance(code, Known) else -1
    if kind < 0:
        return Named(ports(protocol), ports(protocol))
    low, high = (0, 255) if detail < 0 else (detail, detail)
    found = ports(protocol, kind * 256 + low, kind * 256 + high)
    return Named(found, found)


def union(many: Iterable[Services]) -> Services:
    """The services in any of many sets."""
    return Services(merged(sorted(interval for services in many for interval in services.intervals)))
