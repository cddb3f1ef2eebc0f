"""A template's file: its bytes within the limit, or why there are none."""

from __future__ import annotations

import os
import stat

from peerlint.cloudformation.syntax import MAX_BYTES, Unreadable
from peerlint.links import is_foreign_link
from peerlint.network.model import Fragment, Language, Problem, ProblemKind
from peerlint.network.values import Span


def content_of(path: str) -> bytes:
    """The bytes of a regular file within the limit. Raises Unreadable."""
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("not a regular file", 1, 1)
        if is_foreign_link(path):
            raise Unreadable("a link to a file of another kind, which is not read", 1, 1)
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise Unreadable(f"cannot be read: {reason or error}", 1, 1) from error
    if len(content) > MAX_BYTES:
        raise Unreadable(f"larger than {MAX_BYTES:,} bytes", 1, 1)
    return content


def unreadable(stack: str, file: str, error: Unreadable) -> Fragment:
    """The fragment of a template that cannot be read: nothing but the reason, where it shows."""
    at = Span(file, error.line, error.column, error.line, error.column + 1)
    problem = Problem(ProblemKind.UNREADABLE_INPUT, error.message, at)
    return Fragment(stack, Language.CLOUDFORMATION, problems=(problem,), files=(file,))
