"""Whether a TCP connection over a network ACL gets its answers: the ports that clients take.

An answer goes to the port that the client took. Those are 1024 to 65535 together: NAT gateways, load balancers and
Lambda functions take any of them, Linux 32768 to 61000, Windows 49152 to 65535, and before Windows Server 2008 1025 to
5000 (https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html).
"""

from __future__ import annotations

from functools import lru_cache

from peerlint.network.filtering.services import NOTHING, TCP, Services, ports

EVERY_TCP = ports(TCP, 1)
"""Port 0 is never used."""

SERVERS = ports(TCP, 1, 1023)
"""The ports that no client takes."""

CLIENTS = ports(TCP, 1024)
"""Every port that a client may take."""

SYSTEMS = ports(TCP, 32768)
"""The ports that clients of today's operating systems take."""

LONG_AGO = ports(TCP, 1025, 5000)

FEW = 1024
"""How many different sets of services are remembered: all ACLs of an estate let pass only a few."""

BELOW, ABOVE = ports(TCP, 1024, 32767), ports(TCP, 61001)
"""The ports of clients that no range of Linux has."""


@lru_cache(maxsize=FEW)
def takes_answers(services: Services) -> bool:
    """Whether answers to any client at all may be among some services."""
    return bool(services & SYSTEMS) or services.covers(LONG_AGO)


@lru_cache(maxsize=FEW)
def requests(passing: Services, around: Services) -> Services:
    """Which of the TCP traffic that passes one way is requests, to whatever port.

    ``around`` is all that may pass that way: where it takes answers, what passes to the ports of clients is answers to
    the connections of the other way.
    """
    tcp = passing & EVERY_TCP
    return tcp - CLIENTS if takes_answers(around) else tcp


@lru_cache(maxsize=FEW)
def unanswered(passing: Services, around: Services, answers: Services) -> Services:
    """Which TCP requests that pass one way get no answer by what passes the other way, whatever port the client took.

    ``around`` is all that may pass the way of the requests. Where no TCP passes the other way, all of it is requests.
    """
    if takes_answers(answers):
        return NOTHING
    return requests(passing, around) if answers & EVERY_TCP else passing & EVERY_TCP


def is_broad(asked: Services) -> bool:
    """Whether so many ports are let pass that none of them is meant for a service: most of those below 1024."""
    return 2 * len(SERVERS - asked) < len(SERVERS)


@lru_cache(maxsize=FEW)
def works(passing: Services, answers: Services) -> bool:
    """Whether connections can be made by what passes one way for requests, and the other way for answers."""
    return bool(requests(passing, passing)) and takes_answers(answers)


@lru_cache(maxsize=FEW)
def is_narrow(answers: Services) -> bool:
    """Whether answers pass to the clients of some systems only: most of the ports below or above theirs are left out.

    Single ports that an ACL denies are left out on purpose.
    """
    return takes_answers(answers) and any(2 * len(part - answers) > len(part) for part in (BELOW, ABOVE))
