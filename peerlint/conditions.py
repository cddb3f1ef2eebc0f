"""With which var files or parameter files something was found."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from peerlint.network.model import Deployment, Fragment

MAX_NAMES = 6
"""Files that a sentence names."""


class Condition(Struct, frozen=True):
    """The deployments for which something holds, that in words (``with env/dev.tfvars``), and whether they are ``all``.

    Of one template that is stated to be several stacks, the words name those stacks. Deployments and words are empty
    where it concerns a stack that has only one, without such files.
    """

    deployments: tuple[Deployment, ...] = ()
    text: str = ""
    all: bool = True


ALWAYS = Condition()

STATED = " as "
"""Between a template and the name of a stack, in the id of one of several that are stated of it."""


class Conditions:
    """The deployments of the roots that were read, and the stacks that are stated of one template."""

    __slots__ = ("_by_root", "_by_stack", "_stated")

    def __init__(self, fragments: Sequence[Fragment]) -> None:
        """Those of these fragments."""
        self._by_stack = {f.stack: f.deployment for f in fragments if f.deployment is not None}
        self._by_root: dict[str, list[Deployment]] = defaultdict(list)
        for deployment in self._by_stack.values():
            self._by_root[deployment.root].append(deployment)
        self._stated = _stated(fragments)

    def of(self, stacks: Iterable[str]) -> Condition:
        """The condition of what holds for these stacks: none where it holds for one that has no such files at all."""
        stacks = list(dict.fromkeys(stacks))
        found = [self._by_stack.get(stack) for stack in stacks]
        deployments = tuple(sorted({deployment for deployment in found if deployment is not None}))
        if None in found or any(not d.files and len(self._by_root[d.root]) == 1 for d in deployments):
            return self._of_stated(stacks)
        roots = {deployment.root for deployment in deployments}
        every = sum(len(self._by_root[root]) for root in roots)
        return Condition(deployments, self._text(deployments), len(deployments) == every)

    def _of_stated(self, stacks: Sequence[str]) -> Condition:
        """The condition of what holds for some only of the stacks that one template is stated to be."""
        alike = self._stated.get(stacks[0], ()) if stacks else ()
        if not set(stacks) < set(alike):
            return ALWAYS
        names = [stack.rpartition(STATED)[2] for stack in sorted(stacks)]
        return Condition(text=f"in the stack{'s' if len(names) > 1 else ''} {' and '.join(names)}", all=False)

    @property
    def alternatives(self) -> str:
        """What tells the deployments of roots and templates apart, as the middle of a sentence: "which var files other
        roots".
        """
        kinds = {deployment.files_are for each in self._by_root.values() for deployment in each if deployment.files}
        if kinds == {"var file"}:
            return "which var files other roots"
        return "which parameter files other templates" if len(kinds) == 1 else "which files other roots and templates"

    def root(self, stack: str) -> str | None:
        """The root or template that a stack is a deployment of, ``None`` for one that has no other."""
        deployment = self._by_stack.get(stack)
        return None if deployment is None else deployment.root

    def _text(self, deployments: Sequence[Deployment]) -> str:
        roots = {deployment.root for deployment in deployments}
        base = os.path.commonpath({deployment.directory for deployment in deployments})
        names = [deployment.relative_to(base) for deployment in deployments if deployment.files]
        every = [d for root in roots for d in self._by_root[root] if d.files]
        without = len(names) < len(deployments)
        kinds = {deployment.files_are for deployment in deployments}
        kind = next(iter(kinds)) if len(kinds) == 1 else "file"
        if not names:
            return f"without a {kind}"
        return _with(names, f"{len(every)} {kind}s", len(every)) + (" and without any" if without else "")


def _stated(fragments: Sequence[Fragment]) -> Mapping[str, Sequence[str]]:
    """The stacks of one template that are told apart by their names, for each of them."""
    found: dict[str, list[str]] = defaultdict(list)
    for fragment in fragments:
        template, named, _ = fragment.stack.rpartition(STATED)
        if named and fragment.files[:1] == (template,):
            found[template].append(fragment.stack)
    return {stack: stacks for stacks in found.values() for stack in stacks}


def _with(names: Sequence[str], files: str, every: int) -> str:
    if len(names) == every > 2:
        return f"with each of the {files}"
    if len(names) > MAX_NAMES:
        return f"with {', '.join(names[:MAX_NAMES])} and {len(names) - MAX_NAMES} more of the {files}"
    return f"with {' and '.join(part for part in (', '.join(names[:-1]), names[-1]) if part)}"
