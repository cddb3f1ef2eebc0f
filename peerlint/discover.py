"""From the paths of the command line to what is to be read: Terraform directories, plans, CloudFormation templates."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from peerlint import filesystem
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span
from peerlint.terraform.var_files import root_of
from peerlint.usage import ConfigError

TERRAFORM = (".tf", ".tf.json", ".tofu", ".tofu.json")
VAR_FILES = (".tfvars", ".tfvars.json")
TEMPLATES = (".yaml", ".yml", ".json", ".template", ".cfn")
SKIPPED = ("node_modules", "__pycache__")
MANIFEST = "manifest.json"
"""Of an assembly of the CDK."""

ASSET = re.compile(r"asset\.[0-9a-f]{64}\Z")
"""What the CDK uploads for a function or a bucket."""


class Exclude(Struct, frozen=True):
    """Glob patterns relative to a directory.

    A pattern without a slash names a file or directory at any depth; one that matches a directory excludes all below.
    """

    directory: str
    patterns: tuple[str, ...] = ()

    def __contains__(self, path: str) -> bool:
        relative = os.path.relpath(path, self.directory).replace(os.sep, "/")
        parts = relative.split("/")
        heads = ["/".join(parts[: index + 1]) for index in range(len(parts))]
        return any(_matches(pattern.strip("/"), heads, parts) for pattern in self.patterns)


def _matches(pattern: str, heads: list[str], parts: list[str]) -> bool:
    if "/" not in pattern:
        return any(fnmatch.fnmatchcase(part, pattern) for part in parts)
    variants = (pattern, pattern.removeprefix("**/"), pattern.removesuffix("/**"))
    return any(fnmatch.fnmatchcase(head, variant) for head in heads for variant in variants)


class Sources(Struct, frozen=True):
    """What there is to read; all paths are absolute and each comes once.

    ``directories`` hold Terraform files. ``touched`` are directories named through one of their files: the roots to
    read are those that reach them, wherever in the repository; ``touched_templates`` are templates that were named
    themselves: those that nest them are read in their place. ``assemblies`` are the directories that ``cdk synth``
    wrote. ``plans`` are plans and states as ``terraform show -json`` writes them, each of which was named: in a
    directory they are passed over, as nothing tells whether they are still true. ``problems`` are what could not be
    looked at. ``given`` are the directories that were named, or whose files were. ``exports`` are files that
    ``peerlint export`` wrote, each of which was named.
    """

    directories: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    given: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    touched_templates: tuple[str, ...] = ()
    assemblies: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()


def discover(paths: Sequence[str], exclude: Exclude) -> Sources:
    """What the paths hold. A file that is nothing of Terraform's and no template is passed over.

    Raises ConfigError for a path that does not exist.
    """
    search = _Search(exclude)
    for path in paths:
        if not (filesystem.exists(path) or filesystem.is_link(path)):
            raise ConfigError(f"{path}: no such file or directory")
        search.path(os.path.abspath(path))
    return Sources(
        directories=tuple(search.directories),
        touched=tuple(search.touched),
        templates=tuple(search.templates),
        problems=tuple(search.problems),
        given=tuple(p if filesystem.is_directory(p) else os.path.dirname(p) for p in map(os.path.abspath, paths)),
        plans=tuple(search.plans),
        touched_templates=tuple(search.touched_templates),
        assemblies=tuple(search.assemblies),
        exports=tuple(search.exports),
    )


def terraform_directories(top: str, exclude: Exclude) -> tuple[str, ...]:
    """Every directory below ``top`` that holds Terraform files."""
    return tuple(
        directory for directory, names in _walk(top, exclude, []) if any(name.endswith(TERRAFORM) for name in names)
    )


def nesting_templates(top: str, exclude: Exclude) -> tuple[str, ...]:
    """Every template below ``top`` that nests others."""
    from peerlint.cloudformation.recognise import nests_stacks

    paths = (os.path.join(directory, name) for directory, names in _walk(top, exclude, []) for name in names)
    return tuple(path for path in paths if path.endswith(TEMPLATES) and nests_stacks(path))


class _Search:
    """What was found so far; dicts keep the order and drop what comes twice."""

    def __init__(self, exclude: Exclude) -> None:
        self._exclude = exclude
        self.directories: dict[str, None] = {}
        self.touched: dict[str, None] = {}
        self.templates: dict[str, None] = {}
        self.touched_templates: dict[str, None] = {}
        self.plans: dict[str, None] = {}
        self.assemblies: dict[str, None] = {}
        self.exports: dict[str, None] = {}
        self.problems: list[Problem] = []

    def path(self, path: str) -> None:
        if path in self._exclude:
            return
        if not filesystem.is_directory(path):
            self._file(path)
            return
        for directory, names in _walk(path, self._exclude, self.problems):
            if any(name.endswith(TERRAFORM) for name in names):
                self.directories[directory] = None
            if MANIFEST in names and _is_assembly(directory):
                self.assemblies[directory] = None
                continue
            for name in names:
                if not name.endswith((*TERRAFORM, *VAR_FILES)):
                    self._unnamed(os.path.join(directory, name))

    def _file(self, path: str) -> None:
        if not filesystem.is_readable(path):
            if path.endswith((*TERRAFORM, *VAR_FILES, *TEMPLATES)):
                self.problems.append(unreadable(path, "it cannot be opened"))
        elif path.endswith(TERRAFORM):
            self.touched[os.path.dirname(path)] = None
        elif path.endswith(VAR_FILES):
            self.touched[root_of(path)] = None
        elif os.path.basename(path) == MANIFEST and _is_assembly(os.path.dirname(path)):
            self.assemblies[os.path.dirname(path)] = None
        elif _is_export(path):
            self.exports[path] = None
        elif not self._plan(path):
            self._template(path, self.touched_templates)

    def _plan(self, path: str) -> bool:
        """Whether a file that was named is of Terraform's making; what is not the output of ``show`` is a problem."""
        from peerlint.terraform.plan.recognise import Form, form_of

        form = form_of(path)
        if form is Form.SHOWN:
            self.plans[path] = None
        elif form is not None:
            self.problems.append(unreadable(path, f"it is {form.value}; {form.remedy}"))
        return form is not None

    def _unnamed(self, path: str) -> None:
        if not path.endswith(TEMPLATES):
            return
        from peerlint.cloudformation.recognise import is_too_large

        if not is_too_large(path):
            self._template(path, self.templates)

    def _template(self, path: str, found: dict[str, None]) -> None:
        if not path.endswith(TEMPLATES):
            return
        from peerlint.cloudformation.recognise import is_template
        from peerlint.terraform.plan.recognise import form_of

        if is_template(path) and form_of(path) is None and not _is_export(path):
            found[path] = None


def _is_export(path: str) -> bool:
    from peerlint.exchange.recognise import is_export

    return is_export(path)


def _is_assembly(directory: str) -> bool:
    from peerlint.cloudformation.stacks.assembly import is_assembly

    return is_assembly(directory)


def unreadable(path: str, why: str) -> Problem:
    """The problem of a path that cannot be read at all."""
    return Problem(ProblemKind.UNREADABLE_INPUT, f"{path} cannot be read: {why}", Span(path, 1, 1, 1, 1), path)


def _walk(top: str, exclude: Exclude, problems: list[Problem]) -> Iterator[tuple[str, list[str]]]:
    """Each directory below ``top`` with the names of its files, both sorted; links to directories are not followed."""

    def refused(error: OSError) -> None:
        problems.append(unreadable(error.filename or top, error.strerror or str(error)))

    for directory, below, names in filesystem.walk(top, refused):
        below[:] = [name for name in below if _is_searched(directory, name, exclude)]
        yield directory, [name for name in names if os.path.join(directory, name) not in exclude]


def _is_searched(directory: str, name: str, exclude: Exclude) -> bool:
    if name.startswith(".") or name in SKIPPED or ASSET.match(name) or os.path.join(directory, name) in exclude:
        return False
    return not filesystem.exists(os.path.join(directory, name, "pyvenv.cfg"))
