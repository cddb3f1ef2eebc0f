"""What ``aws ec2 describe-…`` prints → a fragment of what exists, as context for the code. Nothing is asked of AWS."""

from __future__ import annotations

from collections.abc import Sequence

from peerlint.inventory.collect import collect
from peerlint.inventory.completeness import gaps
from peerlint.inventory.lift import lifted
from peerlint.inventory.places import STACK
from peerlint.limits import Limits
from peerlint.network.model import Fragment, Language, Vpc


def read(paths: Sequence[str], limits: Limits) -> Fragment:
    """The one fragment of all files of an inventory, whose paths are absolute."""
    inventory = collect(paths, limits.inventory_size)
    entities = tuple(lifted(inventory))
    vpcs = [entity for entity in entities if isinstance(entity, Vpc)]
    return Fragment(
        STACK,
        Language.INVENTORY,
        entities,
        gaps=tuple(gaps(inventory, vpcs)),
        problems=tuple(inventory.problems),
    )
