"""A template made ready: decoded, its includes in place, its loops written out, with what evaluates it."""

from __future__ import annotations

import os

from msgspec import Struct

from peerlint.cloudformation.decode import decode
from peerlint.cloudformation.evaluate import Evaluator
from peerlint.cloudformation.includes import Included, included, mentions_include, unreadable_at
from peerlint.cloudformation.loops import first_loop, mentions_loop, unrolled
from peerlint.cloudformation.nodes import Entry, MappingNode
from peerlint.cloudformation.options import CloudFormationOptions
from peerlint.cloudformation.stacks.nesting import Nesting
from peerlint.cloudformation.template import LANGUAGE_EXTENSIONS, has_macros, open_template, refuse_listed, transforms
from peerlint.network.model import Problem, ProblemKind


class Opened(Struct, frozen=True):
    """What evaluates a template, the files that were read for it, and what is wrong with its includes and loops."""

    evaluator: Evaluator
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


class Whole(Struct, frozen=True):
    """A decoded template with its includes in place, and whether it may have loops."""

    file: str
    included: Included
    may_loop: bool


def whole(content: bytes, file: str, options: CloudFormationOptions) -> Whole | None:
    """A file's bytes, decoded; ``None`` for what is no mapping. ``file`` is absolute. Raises Unreadable."""
    root, offences = decode(content, file)
    if not isinstance(root, MappingNode):
        refuse_listed(root)
        return None
    problems = tuple(unreadable_at(offence) for offence in offences)
    found = Included(root, (), ())
    if mentions_include(content):
        found = included(root, file, options.project or os.path.dirname(file))
    found = Included(found.root, found.files, (*problems, *found.problems))
    return Whole(file, found, mentions_loop(content) or bool(found.files))


def open_whole(
    decoded: Whole, stack: str, options: CloudFormationOptions, nesting: Nesting | None = None
) -> Opened | None:
    """The template that a decoded file is; ``None`` for a file that only mentions one's keys deeper down.

    Raises Unreadable.
    """
    root, problems = decoded.included.root, decoded.included.problems
    if decoded.may_loop:
        root, more = _unrolled(root, stack, options, nesting)
        problems = (*problems, *more)
    template = open_template(root, stack)
    if template is None:
        return None
    return Opened(Evaluator(template, options, nesting), (decoded.file, *decoded.included.files), problems)


def _unrolled(
    root: MappingNode, stack: str, options: CloudFormationOptions, nesting: Nesting | None
) -> tuple[MappingNode, tuple[Problem, ...]]:
    """The template with its loops written out; without the transform that does so, they stay."""
    names = {name for name, _ in transforms(root)}
    loop = first_loop(root)
    if loop is None:
        return root, ()
    if LANGUAGE_EXTENSIONS not in names:
        message = f"Fn::ForEach needs the transform `{LANGUAGE_EXTENSIONS}`, which the template does not declare"
        return root, () if has_macros(root) else (Problem(ProblemKind.INVALID_VALUE, message, loop),)
    resources = Entry(root.span, MappingNode({}, root.span))
    bare = {key: entry for key, entry in root.entries.items() if key in ("Parameters", "Mappings")}
    shell = open_template(MappingNode({**bare, "Resources": resources}, root.span), stack)
    if shell is None:
        return root, ()
    evaluator = Evaluator(shell, options, nesting)
    return unrolled(root, evaluator.quietly)
