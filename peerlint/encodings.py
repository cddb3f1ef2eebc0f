"""How files that other programs write are encoded."""

from __future__ import annotations

BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
"""What files of other editors and shells begin with; PowerShell's ``>`` writes UTF-16."""


def encoding_of(data: bytes) -> str:
    """The encoding that the first bytes of a file tell; UTF-8 where they tell none."""
    return BYTE_ORDER_MARKS.get(data[:2]) or BYTE_ORDER_MARKS.get(data[:3]) or "utf-8"
