"""A fragment with its order as data, for whoever reads it elsewhere."""

from __future__ import annotations

from peerlint.network.model import UNTOLD, Fragment
from peerlint.network.order.drawn import DrawnOrder
from peerlint.records import replace


def with_drawn_order(fragment: Fragment) -> Fragment:
    """The same, its order drawn as far as rules ask about it: for what it declares."""
    drawing = fragment.order.drawing(dict.fromkeys(entity.origin.address for entity in fragment.entities))
    return replace(fragment, order=UNTOLD if drawing is None else DrawnOrder(drawing))
