"""A process that has imported peerlint, and forks: what a command prints, without the second that its start takes.

Run as ``python -m tests.fork_server``: each line of its input is a request in JSON, and each line of its output the
exit code of the process that answered it.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import NoReturn, TypedDict

from peerlint import checking, cli, read_templates, read_terraform, registry, run
from peerlint.cloudformation import decode
from peerlint.reporters import json as json_report
from peerlint.reporters import sarif, text
from peerlint.terraform import grammar

IMPORTED = (checking, cli, decode, read_templates, read_terraform, run, json_report, sarif, text)
"""What commands import when they need it."""


class Request(TypedDict):
    """``out`` and ``err`` are the files that take what is written to stdout and stderr."""

    arguments: list[str]
    directory: str
    environment: dict[str, str]
    out: str
    err: str


def main() -> None:
    """Answers requests until there are no more."""
    registry.load()
    grammar.parse_tree("a = 1", "warm.tf")
    for line in sys.stdin:
        request: Request = json.loads(line)
        child = os.fork()
        if child == 0:
            _answer(request)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _answer(request: Request) -> NoReturn:
    """Be ``python -m peerlint``."""
    os.chdir(request["directory"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for descriptor, path in enumerate((os.devnull, request["out"], request["err"])):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), descriptor)
    sys.argv = ["peerlint", *request["arguments"]]
    code = 1
    try:
        cli.main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
