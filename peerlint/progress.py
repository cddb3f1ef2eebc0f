"""One line on stderr that says what is being done, where a run takes longer than a second and someone looks on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import click

from peerlint.reporters.excerpt import printable


class ProgressLine:
    """The line, as long as it is entered; where stderr is no terminal there is none."""

    def __init__(self) -> None:
        """A line that is not shown yet."""
        self._doing = "looking for stacks"
        self._begun = False
        self._timer = threading.Timer(1, self._begin)
        self._timer.daemon = True

    def __enter__(self) -> Callable[[str], None]:
        """What is to be called with what is being done."""
        if not sys.stderr.isatty():
            return lambda _: None
        self._timer.start()
        return self._tell

    def _begin(self) -> None:
        self._begun = True
        self._tell(self._doing)

    def _tell(self, doing: str) -> None:
        self._doing = doing
        if self._begun:
            click.echo(f"\r\x1b[K{printable(doing[-78:])}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        """Wipe the line."""
        self._timer.cancel()
        if self._begun:
            click.echo("\r\x1b[K", nl=False, err=True)
