"""A check, from the request to the report and the exit code: recalled where nothing has changed, else run."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from peerlint import filesystem
from peerlint.cache.runs import Printed, digest_of, recall, remember
from peerlint.exit_codes import BUG, CLEAN, FOUND, UNREADABLE
from peerlint.reporters.timed import timed

if TYPE_CHECKING:
    from peerlint.cache.store import Store
    from peerlint.config import Config
    from peerlint.engine import Result
    from peerlint.request import Request


class Form(Struct, frozen=True):
    """How a report looks: ``text``, ``sarif`` or ``json``; the others concern the text. ``width`` is in columns."""

    format: str = "text"
    undecided: bool = False
    quiet: bool = False
    colour: bool = False
    width: int = 80


class Check(Struct, frozen=True):
    """What is checked, and what is made of it. ``traceback`` is printed of the bugs that are met."""

    request: Request
    form: Form = Form()
    config_file: str | None = None
    fail_on: str | None = None
    traceback: bool = False


def printed(check: Check, store: Store | None) -> Printed:
    """The report and the exit code; kept in the store, where there is one. Raises ConfigError."""
    started = time.perf_counter()
    digest = digest_of([repr(_with_the_same_findings(check))])
    found = recall(store, digest) if store is not None else None
    if found is None:
        found = _run(check, store)
        if store is not None and found.code != BUG:
            remember(store, digest, found)
    if check.form.format != "text" or check.form.quiet:
        return found
    return Printed(timed(found.report, time.perf_counter() - started), found.code)


def _with_the_same_findings(check: Check) -> Check:
    """The check as everybody runs it, however many processes they have."""
    return replace(check, request=replace(check.request, processes=None))


def _run(check: Check, store: Store | None) -> Printed:
    from peerlint import run
    from peerlint.progress import ProgressLine

    filesystem.forget()
    settings = run.configuration(check.request.paths, check.config_file)
    with ProgressLine() as progress:
        result = run.analyse(check.request, settings, progress, store)
    report = _report(result, check)
    if check.traceback:
        import click

        for crash in result.crashes:
            click.echo(crash.trace, err=True)
    return Printed(report, _exit_code(result, check.fail_on, settings))


def _report(result: Result, check: Check) -> str:
    match check.form.format:
        case "sarif":
            from peerlint.reporters import sarif
            from peerlint.run import project

            return sarif.render(result, project(check.request.paths))
        case "json":
            from peerlint.reporters import json

            return json.render(result)
        case _:
            from peerlint.reporters import text

            form = check.form
            options = text.TextOptions(os.getcwd(), form.width, form.colour, form.undecided, form.quiet, untimed=True)
            return text.render(result, options)


def _exit_code(result: Result, fail_on: str | None, settings: Config) -> int:
    from peerlint.rule import Severity

    if result.crashes:
        return BUG
    if result.unreadable:
        return UNREADABLE
    wanted = fail_on or settings.fail_on
    ranks = [report.severity.rank for report in result.active]
    return FOUND if wanted != "never" and any(rank <= Severity(wanted).rank for rank in ranks) else CLEAN
