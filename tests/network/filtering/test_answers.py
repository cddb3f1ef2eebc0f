"""Whether TCP connections get their answers, for ports as engineers write them."""

from __future__ import annotations

import pytest

from peerlint.network.filtering.answers import is_broad, is_narrow, requests, takes_answers, unanswered, works
from peerlint.network.filtering.services import EVERYTHING, NOTHING, TCP, UDP, Services, ports, union


def tcp(text: str) -> Services:
    """TCP ports as in "22 1024-65535"; "all" and "udp" are every protocol, and every port of UDP."""
    if text in ("all", "udp"):
        return EVERYTHING if text == "all" else ports(UDP)
    ranges = [part.partition("-") for part in text.split()]
    return union(ports(TCP, int(first), int(last or first)) for first, _, last in ranges)


@pytest.mark.parametrize(
    ("passing", "back", "lost"),
    [
        ("443", "1024-65535", ""),
        ("443", "32768-60999", ""),
        ("443", "49152-65535", ""),
        ("443", "1025-5000", ""),
        ("443", "443", "443"),
        ("443", "", "443"),
        ("443", "udp", "443"),
        ("5432", "3306", "5432"),
        ("22 1024-65535", "443", "22"),
        ("1024-65535", "443", ""),
        ("1024-65535", "", "1024-65535"),
        ("49152-65535", "443 8443", ""),
        ("all", "443", "1-1023"),
        ("all", "all", ""),
        ("", "443", ""),
        ("udp", "", ""),
    ],
)
def test_requests_without_answers(passing: str, back: str, lost: str) -> None:
    assert str(unanswered(tcp(passing), tcp(passing), tcp(back))) == str(tcp(lost))


def test_what_may_pass_as_an_answer_is_no_request_for_certain() -> None:
    assert requests(tcp("8080"), tcp("8080")) == tcp("8080")
    assert requests(tcp("8080"), tcp("8080 32768-60999")) == NOTHING


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("1024-65535", False),
        ("all", False),
        ("1024-3388 3390-65535", False),
        ("32768-65535", True),
        ("32768-61000", True),
        ("1024-61000", True),
        ("1025-5000", True),
        ("443", False),
    ],
)
def test_narrow_answers(text: str, narrow: bool) -> None:
    assert is_narrow(tcp(text)) is narrow


def test_words() -> None:
    assert is_broad(tcp("1-1023"))
    assert is_broad(tcp("0-21 23-65535"))
    assert not is_broad(tcp("22 80 443"))
    assert takes_answers(tcp("50000"))
    assert not takes_answers(tcp("1025-4999"))
    assert works(tcp("5432"), tcp("all"))
    assert not works(tcp("1024-65535"), tcp("all"))
    assert not works(tcp("5432"), tcp("5432"))
