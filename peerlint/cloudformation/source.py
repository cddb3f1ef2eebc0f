"""A template's file: its bytes within the limit, or why there are none."""

from __future__ import annotations

from peerlint import filesystem
from peerlint.cloudformation.syntax import MAX_BYTES, Unreadable
from peerlint.links import is_foreign_link
from peerlint.network.model import Fragment, Language


def content_of(path: str) -> bytes:
    """The bytes of a regular file within the limit. Raises Unreadable."""
    try:
        if filesystem.kind(path) in (filesystem.Kind.DIRECTORY, filesystem.Kind.OTHER):
            raise Unreadable("not a regular file", 1, 1)
        if is_foreign_link(path):
            raise Unreadable("a link to a file of another kind, which is not read", 1, 1)
        content = filesystem.read(path, MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise Unreadable(f"cannot be read: {reason or error}", 1, 1) from error
    if len(content) > MAX_BYTES:
        raise Unreadable(f"larger than {MAX_BYTES:,} bytes", 1, 1)
    return content


def unreadable(stack: str, file: str, error: Unreadable) -> Fragment:
    """The fragment of a template that cannot be read: nothing but the reason, where it shows."""
    return Fragment(stack, Language.CLOUDFORMATION, problems=(error.problem(file),), files=(file,))
