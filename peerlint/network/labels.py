"""What a stack is called where what it declares is named in the midst of another one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property

from peerlint.network.model import Fragment, Language, Origin
from peerlint.network.values import is_at_hand


class Labels:
    """The names of stacks: the path of a root or template, from the directory that those at hand have in common."""

    def __init__(self, fragments: Sequence[Fragment]) -> None:
        """The stacks of a network."""
        self._fragments = fragments

    def of(self, origin: Origin, stack: str) -> str:
        """The label of the stack that declares something, as seen from a stack; empty for its own.

        It is empty as well for what none of the stack's files declares: a row of the configuration.
        """
        if origin.stack == stack or self._homes.get(origin.stack) == self._homes.get(stack):
            return ""
        return self._labels.get(origin.stack, "") if origin.span.file in self._files.get(origin.stack, ()) else ""

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        """The directory of each root, the same for all its deployments, and the file of each template."""
        return {f.stack: _home(f) for f in self._fragments if f.entities and f.language is not Language.INVENTORY}

    @cached_property
    def _files(self) -> Mapping[str, frozenset[str]]:
        return {f.stack: frozenset(f.files) for f in self._fragments if f.entities}

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        homes = list(self._homes.values())
        top = os.path.commonpath([home for home in homes if is_at_hand(home)] or homes) if homes else ""
        return {stack: _short(_relative(home, top)) for stack, home in self._homes.items()}


def _relative(home: str, top: str) -> str:
    """A path as seen from what all have in common; that itself by its own name, and one of a repository that is not
    at hand, where others are, as it is.
    """
    if not top or is_at_hand(home) != is_at_hand(top):
        return home
    return os.path.basename(home) if home == top else os.path.relpath(home, top).replace(os.sep, "/")


def _short(path: str) -> str:
    """The name of a stack in the place of that of the file that `cdk synth` writes for it."""
    return path.removesuffix(".template.json")


def _home(fragment: Fragment) -> str:
    return fragment.stack if fragment.deployment is None else fragment.deployment.root
