"""Runs in processes of their own, as a user's are, without the time that starting one takes."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from peerlint.cache.runs import Printed
from peerlint.cache.store import Store
from peerlint.checking import Check, Form, printed
from peerlint.request import Request


def forked(work: Callable[[], Printed]) -> Printed:
    """What the work returns, done in a copy of this process."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            made = work()
            with open(send, "w") as answer:
                json.dump([made.report, made.code], answer)
        except BaseException:  # the copy must not go on as a second test run, whatever happens in it
            traceback.print_exc(file=sys.__stderr__)
        os._exit(0)
    os.close(send)
    with open(receive) as answer:
        content = answer.read()
    os.waitpid(child, 0)
    assert content, "the copy of the process failed: its traceback is above"
    report, code = json.loads(content)
    return Printed(report, code)


def checked(directory: Path, store: Store | None, before: Callable[[], None] = lambda: None) -> Printed:
    """What a check of a directory prints, started in it."""

    def work() -> Printed:
        before()
        os.chdir(directory)
        return printed(Check(Request(paths=(".",)), Form(quiet=True)), store)

    return forked(work)


def written(top: Path, files: Mapping[str, str]) -> Path:
    """The directory, with files in it."""
    for name, text in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return top
