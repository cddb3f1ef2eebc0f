"""Which options are set before their connection is active, in every combination of what sets and what accepts."""

from __future__ import annotations

from itertools import product

import pytest

from peerlint.network.model import DnsOption, Side
from peerlint.network.values import Known, Span, Unknown, Value, Why
from tests.network.build import questions
from tests.network.ordered import RULES, Given, Ordered

OPTION = DnsOption(Side.REQUESTER, Known(True), Span("/root.tf", 900, 1, 900, 2))
REQUEST, ACCEPTER = "aws_vpc_peering_connection.p", "aws_vpc_peering_connection_accepter.p"


def estate(*, auto_accept: Value[bool], accepter: Value[bool], inline: bool, apart: bool, waits: bool) -> Ordered:
    made = Ordered()
    one, other = made.vpc("one", "10.0.0.0/16"), made.vpc("other", "10.1.0.0/16")
    dns = (OPTION,) if inline else ()
    pcx = made.peering("p", one, other, auto_accept=auto_accept, dns=dns)
    if accepter is not None:
        made.accepter("p", pcx, auto_accept=accepter)
    if apart:
        made.options("o", pcx)
    made.order = Given({("aws_vpc_peering_connection_options.o", ACCEPTER)} if waits else ())
    return made


def expected(*, auto_accept: bool, accepter: bool, inline: bool, apart: bool, waits: bool) -> set[str]:
    found = set()
    if accepter and not auto_accept:
        if inline:
            found.add(REQUEST)
        if apart and not waits:
            found.add("aws_vpc_peering_connection_options.o")
    return found


@pytest.mark.parametrize(
    ("auto_accept", "accepter", "inline", "apart", "waits"), list(product([False, True], repeat=5))
)
def test_options_wait_for_what_accepts(
    auto_accept: bool, accepter: bool, inline: bool, apart: bool, waits: bool
) -> None:
    made = estate(
        auto_accept=Known(True) if auto_accept else None,
        accepter=Known(True) if accepter else None,
        inline=inline,
        apart=apart,
        waits=waits,
    )
    wanted = expected(auto_accept=auto_accept, accepter=accepter, inline=inline, apart=apart, waits=waits)
    assert {finding.addresses[0] for finding in made.found("PL303")} == wanted
    assert questions(RULES["PL303"], made.network) == []


def test_an_acceptance_that_is_not_told_is_asked_about_once() -> None:
    unknown = Unknown(Why.VARIABLE, "var.accept")
    made = estate(auto_accept=unknown, accepter=None, inline=True, apart=False, waits=False)
    assert made.found("PL303") == []
    assert len(questions(RULES["PL303"], made.network)) == 1


def test_options_of_a_connection_that_is_active_come_in_time() -> None:
    made = Ordered()
    one, other = made.vpc("one", "10.0.0.0/16"), made.vpc("other", "10.1.0.0/16")
    pcx = made.peering("p", one, other, accepted=True, dns=(OPTION,))
    made.accepter("p", pcx, auto_accept=Known(True))
    made.options("o", pcx)
    assert made.found("PL303") == []
