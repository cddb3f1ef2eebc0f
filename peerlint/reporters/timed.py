"""How long a run took, behind the report, which is kept without it."""

from __future__ import annotations


def timed(report: str, seconds: float) -> str:
    """A report that ends in a summary, which now says the time."""
    return f"{report.removesuffix(chr(10))}; {seconds:.2f} s\n"
