"""The command line: arguments in, exit code out."""

from __future__ import annotations

import gc
import io
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

import click

from peerlint import __version__
from peerlint.exit_codes import BUG, CLEAN, MISUSED
from peerlint.usage import ACCOUNT, FAIL_ON, ConfigError

if TYPE_CHECKING:
    from peerlint.cache.store import Store
    from peerlint.request import Request
    from peerlint.terraform.options import Assignment

F = TypeVar("F", bound=Callable[..., Any])

COLLECTION = 2_000_000, 30, 30
"""When garbage is looked for. A run makes trees of millions of objects, next to none of them garbage: with Python's own
thresholds, looking takes as long as parsing. With these, few runs are so large that it is looked for at all.
"""

HELP = """Find what will not work, and what is open too wide, in AWS VPC peering written as Terraform, OpenTofu or
CloudFormation. Nothing is run, fetched or sent.

`peerlint PATH…` is short for `peerlint check PATH…`; see `peerlint check --help`.
"""

EXIT_CODES = """\b
Exit codes:
  0  nothing found at or above --fail-on
  1  findings at or above --fail-on
  2  wrong usage or configuration
  3  something could not be read (PL901); the rest is reported all the same
  4  a bug in peerlint or in a rule (PL900); the rest is reported all the same
"""


class _DefaultCheck(click.Group):
    """A group whose first argument may be left out where it is ``check``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {*self.commands, "--version", "--help", "-h"}
        return super().parse_args(ctx, args if args and args[0] in own else ["check", *args])


class _Check(click.Command):
    """Keeps the order of ``--var`` and ``--var-file``, of which the last one wins."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta["peerlint.assignments"] = _assignments(args)
        return super().parse_args(ctx, args)


def _assignments(args: Sequence[str]) -> tuple[Assignment, ...]:
    kinds: dict[str, Literal["var", "file"]] = {"--var": "var", "--var-file": "file"}
    found: list[Assignment] = []
    for index, arg in enumerate(args):
        if arg == "--":
            break
        name, equals, value = arg.partition("=")
        if name in kinds and equals:
            found.append((kinds[name], value))
        elif arg in kinds and index + 1 < len(args):
            found.append((kinds[arg], args[index + 1]))
    return tuple(found)


@click.group(cls=_DefaultCheck, help=HELP, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="peerlint %(version)s")
def cli() -> None:
    """The group of all commands."""


def _variables(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not re.match(r"[^=\s]+=", value):
            raise click.BadParameter(f"{value!r} is not NAME=VALUE")
    return values


def _account(ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not ACCOUNT.fullmatch(value):
        raise click.BadParameter("an account id has 12 digits")
    return value


READING = (
    click.option("--var", multiple=True, metavar="NAME=VALUE", callback=_variables, help="A Terraform variable."),
    click.option("--var-file", multiple=True, metavar="FILE", help="A Terraform variable file."),
    click.option("--env", is_flag=True, help="Take Terraform variables from TF_VAR_… as well."),
    click.option("--workspace", metavar="NAME", help="The Terraform workspace that is selected."),
    click.option("--parameters", multiple=True, metavar="FILE", help="A CloudFormation parameter file."),
    click.option("--region", metavar="REGION", help="The Region that templates are deployed to."),
    click.option("--account", metavar="ID", callback=_account, help="The account that templates are deployed to."),
    click.option("--config", "config_file", metavar="FILE", help="Use this configuration file."),
    click.option(
        "--jobs", "-j", type=click.IntRange(1), metavar="N", help="Processes that read [as many as there is work for]."
    ),
)
"""The options that say how the input is read."""


def _reading(command: F) -> F:
    """A command with these options."""
    for option in reversed(READING):
        command = option(command)
    return command


@cli.command(cls=_Check, epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="PATH…")
@click.option("--format", "format_", type=click.Choice(["text", "sarif", "json"]), default="text", show_default=True)
@click.option("--output", "-o", metavar="FILE", help="Write the report to a file.")
@click.option("--select", multiple=True, metavar="RULES", help="Run only these: ids, beginnings of ids (PL2), names.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Do not run these.")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="The severity that makes the exit code 1 [warning].")
@click.option("--show-undecided", is_flag=True, help="List the questions that the input does not answer.")
@_reading
@click.option("--inventory", multiple=True, metavar="FILE", help="What `aws ec2 describe-…` printed, as context.")
@click.option("--rules", multiple=True, metavar="DIR", help="A folder of rules of one's own.")
@click.option("--color/--no-color", "colour", default=None, help="Colour always or never [on a terminal].")
@click.option("--quiet", "-q", is_flag=True, help="Leave out the summary line.")
@click.option("--cache/--no-cache", default=True, envvar="PEERLINT_CACHE", help="Keep and use what earlier runs found.")
@click.option("--traceback", is_flag=True, help="Print the traceback of a bug (PL900).")
@click.pass_context
def check(ctx: click.Context, /, paths: tuple[str, ...], **given: Any) -> int:
    """Check the Terraform roots and CloudFormation templates in PATH… (default: the current directory).

    A PATH may be a file that `peerlint export` wrote: it is checked as if the sources that it tells of were there.
    """
    from msgspec.structs import replace

    from peerlint.checking import Check, Form, printed

    request = replace(
        _request(ctx, paths, given),
        select=_words(given["select"]),
        ignore=_words(given["ignore"]),
        inventory=given["inventory"],
        rules=given["rules"],
    )
    width = _terminal_width(given["output"])
    form = Form(given["format_"], given["show_undecided"], given["quiet"], _is_coloured(given, width), width or 80)
    traceback = given["traceback"] or bool(os.environ.get("PEERLINT_TRACEBACK"))
    asked = Check(request, form, given["config_file"], given["fail_on"], traceback)
    found = printed(asked, _store(cached=given["cache"] and not traceback))
    _write(found.report, given["output"])
    return found.code


@cli.command(cls=_Check)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="PATH…")
@click.option("--output", "-o", metavar="FILE", help="Write to this file [the standard output].")
@click.option("--name", metavar="NAME", help="What the repository is called [as its directory].")
@click.option("--states", multiple=True, metavar="FILE", help="An export of roots whose states are read here.")
@_reading
@click.pass_context
def export(ctx: click.Context, /, paths: tuple[str, ...], **given: Any) -> int:
    """Write what PATH… (default: the current directory) declares to a file, for `peerlint check` to link with others.

    The file holds names, address blocks, ids and places, and no source text. What could not be read is told in it, for
    the check to report.
    """
    from peerlint import run
    from peerlint.progress import ProgressLine

    request = _request(ctx, paths, given)
    settings = run.configuration(request.paths, given["config_file"])
    with ProgressLine() as progress:
        written = run.export(request, settings, given["name"], given["states"], progress)
    _write(written.decode(), given["output"])
    return CLEAN


def _request(ctx: click.Context, paths: tuple[str, ...], given: Mapping[str, Any]) -> Request:
    """What the options say about the input."""
    from peerlint.request import Request

    return Request(
        paths=paths or (".",),
        assignments=ctx.meta["peerlint.assignments"],
        environment={n: v for n, v in os.environ.items() if n.startswith("TF_VAR_")} if given["env"] else {},
        parameters=given["parameters"],
        region=given["region"],
        account=given["account"],
        workspace=given["workspace"],
        processes=given["jobs"],
    )


def _store(*, cached: bool) -> Store | None:
    from peerlint.cache.store import Store, default_folder

    return Store(default_folder()) if cached else None


def _terminal_width(file: str | None) -> int | None:
    """The columns of the terminal that the report goes to; ``None`` where it goes elsewhere."""
    return shutil.get_terminal_size().columns if file is None and sys.stdout.isatty() else None


def _is_coloured(given: dict[str, Any], width: int | None) -> bool:
    if given["colour"] is not None:
        return bool(given["colour"])
    return width is not None and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _words(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.strip() for text in given for word in text.split(",") if word.strip())


def _write(report: str, file: str | None) -> None:
    if file is None:
        _print(report)
        return
    try:
        with open(file, "w", encoding="utf-8", errors="replace") as stream:
            stream.write(report)
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from error


def _print(text: str) -> None:
    """Writes to stdout; a reader who leaves early (``| head``) changes nothing."""
    try:
        click.echo(text, nl=False, color=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end


@cli.command()
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text")
@click.option("--rules", "folders", multiple=True, metavar="DIR", help="A folder of rules of one's own.")
def rules(format_: str, folders: tuple[str, ...]) -> int:
    """List every rule."""
    from peerlint import registry
    from peerlint.reporters import catalogue

    formats = {"text": catalogue.as_text, "markdown": catalogue.as_markdown, "json": catalogue.as_json}
    _print(formats[format_](registry.load(folders)))
    return CLEAN


@cli.command()
@click.argument("rule")
@click.option("--rules", "folders", multiple=True, metavar="DIR", help="A folder of rules of one's own.")
def explain(rule: str, folders: tuple[str, ...]) -> int:
    """Print the page of a rule, given its id or name."""
    from peerlint import registry
    from peerlint.reporters import catalogue

    _print("\n".join(catalogue.page(found) for found in registry.matching(registry.load(folders), rule)))
    return CLEAN


@cli.group()
def cache() -> None:
    """The folder in which runs are kept."""


@cache.command(name="clear")
def clear() -> int:
    """Remove all that is kept."""
    store = _store(cached=True)
    _print(f"{store.clear() if store is not None else 0:,} bytes removed\n")
    return CLEAN


@cache.command(name="dir")
def folder() -> int:
    """Print the folder."""
    from peerlint.cache.store import default_folder

    _print(f"{default_folder()}\n")
    return CLEAN


def main() -> NoReturn:
    """Run the command line and leave with its exit code; a user never sees a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    gc.set_threshold(*COLLECTION)
    sys.exit(_main())


def _main() -> int:
    try:
        with cli.make_context("peerlint", sys.argv[1:]) as ctx:
            code = cli.invoke(ctx)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (ConfigError, click.ClickException) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo(f"peerlint: {message}", err=True)
        return MISUSED
    except (KeyboardInterrupt, click.Abort):
        return 130
    except Exception as error:  # a bug outside readers and rules
        if "--traceback" in sys.argv or os.environ.get("PEERLINT_TRACEBACK"):
            raise
        click.echo(f"peerlint: a bug in peerlint: {type(error).__name__}: {error}; --traceback shows where", err=True)
        return BUG
    return code if isinstance(code, int) else CLEAN
