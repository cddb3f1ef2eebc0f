"""Which templates are stacks of their own. One that another nests is read through its callers only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from peerlint import filesystem
from peerlint.cloudformation.options import CloudFormationOptions
from peerlint.cloudformation.stacks.files import TemplateFiles


class Callers:
    """Which template nests which."""

    def __init__(self, files: TemplateFiles, told: Callable[[str], CloudFormationOptions]) -> None:
        """Those that ``files`` decodes for it, as ``told`` says of each."""
        self._files = files
        self._told = told

    def outermost(self, templates: Iterable[str]) -> list[str]:
        """The templates that no other of them nests, in their order; of a circle that nothing outside of it nests, the
        first.
        """
        present = list(dict.fromkeys(templates))
        nested = {filesystem.target(inner) for path in present for inner in self._inner(path)}
        found = [path for path in present if filesystem.target(path) not in nested]
        seen: set[str] = set()
        for path in found:
            self._mark(path, seen)
        for path in present:
            if filesystem.target(path) not in seen:
                found.append(path)
                self._mark(path, seen)
        return sorted(found, key=present.index)

    def reaching(self, wanted: Sequence[str], templates: Iterable[str]) -> list[str]:
        """The outermost templates that are wanted, or that nest one that is, at any depth."""
        targets = {filesystem.target(path) for path in wanted}
        found = []
        for path in self.outermost((*templates, *wanted)):
            seen: set[str] = set()
            self._mark(path, seen)
            if targets & seen:
                found.append(path)
        return found

    def _inner(self, path: str) -> list[str]:
        own = filesystem.target(path)
        return [inner for inner in self._files.nested_by(path, self._told(path)) if filesystem.target(inner) != own]

    def _mark(self, path: str, seen: set[str]) -> None:
        """Add a template, and all that it nests at any depth."""
        pending = [path]
        while pending:
            current = pending.pop()
            if filesystem.target(current) not in seen:
                seen.add(filesystem.target(current))
                pending += self._inner(current)
