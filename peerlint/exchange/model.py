"""The kinds of value that fragments are made of."""

from __future__ import annotations

from functools import cache

from peerlint.exchange.shapes import Kinds
from peerlint.network.model import Fragment
from peerlint.network.values import Known, Unknown


@cache
def model() -> Kinds:
    """Those of this version of peerlint."""
    return Kinds(Fragment, (Known[object], Unknown))
