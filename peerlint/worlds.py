"""What is analysed together: every stack, each root or template in one of its deployments.

Nothing shows that two deployments of one exist side by side, so no claim may rest on both. What is called alike
goes together: ``dev`` of one root with ``dev`` of another, or of a template.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.model import Deployment, Fragment
from peerlint.network.network import Network

MAX_WORLDS = 40
"""The rules run once in each. Where roots call their deployments by more names, those are paired by their order."""

Joined: TypeAlias = Callable[[Sequence[Fragment]], Network]
Labels: TypeAlias = Mapping[str, Mapping[Deployment, str]]
"""What the deployments of each root that has several are called."""


class World(Struct, frozen=True):
    """Stacks that are analysed together. ``judged`` are those about which a finding counts.

    The others are the deployments of a root of which none is called as this world is: they are only there so that
    nothing is said to be absent that one of them may declare.
    """

    network: Network
    judged: frozenset[str]


class Estate(Struct, frozen=True):
    """Everything that was read, and the worlds that it makes, at least one."""

    fragments: tuple[Fragment, ...]
    worlds: tuple[World, ...]

    def judges(self, number: int, stack: str) -> bool:
        """Whether what is found about a stack counts in a world; of no stack, it always does."""
        return stack in self.worlds[number].judged or not any(stack in world.judged for world in self.worlds)

    def certain(self, found: Sequence[tuple[int, str]]) -> frozenset[str]:
        """The stacks that something was found about in every world in which they are judged."""
        return frozenset(
            stack
            for stack in {stack for _, stack in found}
            if {n for n, world in enumerate(self.worlds) if stack in world.judged}
            <= {n for n, s in found if s == stack}
        )


def estate_of(fragments: Sequence[Fragment], joined: Joined) -> Estate:
    """The worlds that stacks make; ``joined`` makes the network of one."""
    labels = _labels(fragments)
    called = dict.fromkeys(label for each in labels.values() for label in each.values())
    worlds = tuple(_world(label, fragments, labels, joined) for label in called or ("",))
    return Estate(tuple(fragments), worlds)


def _labels(fragments: Sequence[Fragment]) -> Labels:
    roots: dict[str, list[Deployment]] = defaultdict(list)
    for fragment in fragments:
        if fragment.deployment is not None:
            roots[fragment.deployment.root].append(fragment.deployment)
    several = {root: deployed for root, deployed in roots.items() if len(deployed) > 1}
    labels = {root: _told_apart(deployed) for root, deployed in several.items()}
    if len({label for each in labels.values() for label in each.values()}) <= MAX_WORLDS:
        return labels
    return {root: {d: str(number) for number, d in enumerate(deployed)} for root, deployed in several.items()}


def _told_apart(deployed: Sequence[Deployment]) -> dict[Deployment, str]:
    """The label of each deployment of a root, or its name where two have one label."""
    labels = {deployment: deployment.label for deployment in deployed}
    return labels if len(set(labels.values())) == len(deployed) else {d: d.name for d in deployed}


def _world(label: str, fragments: Sequence[Fragment], labels: Labels, joined: Joined) -> World:
    judged = frozenset(fragment.stack for fragment in fragments if _label(fragment, labels) in (None, label))
    return World(joined(list(_present(label, fragments, labels, judged))), judged)


def _present(label: str, fragments: Sequence[Fragment], labels: Labels, judged: frozenset[str]) -> Iterator[Fragment]:
    for fragment in fragments:
        root = fragment.deployment.root if fragment.deployment is not None else ""
        if fragment.stack in judged or label not in labels[root].values():
            yield fragment


def _label(fragment: Fragment, labels: Labels) -> str | None:
    """What a fragment's deployment is called; ``None`` for a stack that has only one."""
    deployment = fragment.deployment
    return labels[deployment.root][deployment] if deployment is not None and deployment.root in labels else None
