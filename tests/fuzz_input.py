"""Random mutations of the fixtures, read as a user's run reads them: nothing crashes, nothing hangs.

``make fuzz-input`` runs it for a minute (``SECONDS=600`` for longer, ``SEED=1`` for the same run again). An input that
makes peerlint fail is kept in a folder that is named at the end.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from peerlint import run
from peerlint.config import Config
from peerlint.terraform.config import load_module, read_file
from peerlint.usage import ConfigError

FIXTURES = Path(__file__).parent.parent / "fixtures"
PATIENCE = 60
"""Seconds that one input may take; a limit that stops it later is too high."""

SUFFIXES = (".tf", ".tf.json", ".tofu", ".tfvars", ".yaml", ".json")
PIECES = [
    *('"', "${", "%{", "}", "{", "[", "]", "(", ")", "<<EOT\n", "<<-EOT\n", "EOT\n", "\n", "#", "/*", "*/"),
    *("=", "==", "=>", "...", "[*]", ".*", ".0", "[0]", "?", ":", "!", "-", "$${", "%%{", "~}", "\\"),
    *("\\u0000", "\ud7ff", "\u00e9", "\t", "\r\n", "null", "true", "1e999", "-1", "0", "99999999999999999999"),
    *('"10.0.0.0/33"', '"::/0"', "count.index", "each.value", "local.x", "var.x", "self", "path.module"),
    *("terraform.workspace", "module.x", "data.aws_vpc.x.id", "aws_vpc.x[*]", 'provider = aws["x"]\n'),
    *("count = 1000000\n", "for_each = {}\n", "for_each = toset([1])\n", "depends_on = [x]\n"),
    *('dynamic "route" {\n', "content {\n", "lifecycle { ignore_changes = all }\n", 'source = "."\n'),
    *('source = "../"\n', "range(1000)", "try(", "can(", 'regex("(a|aa)+$", "aaaaaaaaaaaaaaaaaaaa!")'),
    *("jsondecode(", "merge([]...)", "one(", "!Ref X", "Fn::Sub: '${A}'", "&a", "*a", "<<: *a", "!!binary"),
    *("- - -", "'", "|\n", "? "),
    *("\\ud83d", "\\ude00", "\x7f", "\x85", "\u2028", "\ufeff", "n" * 1_100, "9" * 5_000, "NaN", '"a": 1, "a": 2,'),
    *("- - -", "'", "|\n", "? ", "\u2028", "!If [X, !Ref Y, !Ref AWS::NoValue]", "!FindInMap [A, B, C]"),
    *("Transform: AWS::LanguageExtensions\n", "Fn::ForEach::X: [A, [b, c], {'${A}': {}}]\n", "DependsOn: X\n"),
    *("Fn::Transform: {Name: AWS::Include, Parameters: {Location: template.yaml}}\n", "!Condition X", "!GetAtt X.Y"),
]  # fmt: skip


def cases() -> list[list[Path]]:
    """The files of each root, module or folder of templates among the fixtures."""
    folders = sorted({path.parent for path in FIXTURES.rglob("*") if path.name.endswith(SUFFIXES)})
    return [sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIXES)) for folder in folders]


def cut(text: str, dice: random.Random) -> tuple[int, int]:
    """Two places in a text, near each other."""
    start = dice.randrange(len(text) + 1)
    return start, min(len(text), start + dice.choice((1, 2, 8, 40, 200)))


def without(text: str, dice: random.Random) -> str:
    start, end = cut(text, dice)
    return text[:start] + text[end:]


def repeated(text: str, dice: random.Random) -> str:
    start, end = cut(text, dice)
    return text[:end] + text[start:end] * dice.choice((1, 1, 2, 50, 2_000)) + text[end:]


def inserted(text: str, dice: random.Random) -> str:
    start, _ = cut(text, dice)
    return text[:start] + dice.choice(PIECES) + text[start:]


def replaced(text: str, dice: random.Random) -> str:
    start, end = cut(text, dice)
    return text[:start] + dice.choice(PIECES) * dice.choice((1, 1, 1, 3_000)) + text[end:]


def moved(text: str, dice: random.Random) -> str:
    start, end = cut(text, dice)
    at, _ = cut(text, dice)
    return text[:at] + text[start:end] + text[at:]


MUTATIONS: Sequence[Callable[[str, random.Random], str]] = (without, repeated, inserted, replaced, moved)


def mutated(files: Sequence[Path], folder: Path, dice: random.Random) -> None:
    """Write the files into the folder, some of them mutated."""
    chosen = set(dice.choices(files, k=dice.choice((1, 1, 2))))
    for path in files:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        for _ in range(dice.choice((1, 2, 5)) if path in chosen else 0):
            text = dice.choice(MUTATIONS)(text, dice)
        (folder / path.name).write_text(text, encoding="utf-8", errors="surrogateescape")


class Hang(BaseException):
    """An input takes longer than it may."""


def _alarm(number: int, frame: FrameType | None) -> None:
    raise Hang


def failure(folder: Path) -> str | None:
    """What goes wrong when the folder is checked, or ``None``."""
    load_module.cache_clear()
    read_file.cache_clear()
    signal.alarm(PATIENCE)
    try:
        result = run.analyse(run.Request(paths=(str(folder),)), Config(directory=str(folder)), lambda _: None)
    except ConfigError:
        return None
    except Hang:
        return f"takes longer than {PATIENCE} s"
    except Exception as error:  # whatever is raised is what the search is for
        return f"{type(error).__name__}: {error}"
    finally:
        signal.alarm(0)
    return result.crashes[0].trace if result.crashes else None


def main(seconds: float, seed: int) -> int:
    """Mutate and check for so many seconds; the number of failures."""
    signal.signal(signal.SIGALRM, _alarm)
    dice, every = random.Random(seed), cases()
    kept = Path(tempfile.mkdtemp(prefix="peerlint-fuzz-"))
    end, count, failures = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        folder = kept / str(count)
        folder.mkdir()
        mutated(dice.choice(every), folder, dice)
        wrong = failure(folder)
        if wrong is None:
            shutil.rmtree(folder)
        else:
            failures += 1
            print(f"{folder}: {wrong}", flush=True)
        count += 1
    print(f"{count} inputs with the seed {seed}: {failures} failures" + (f", kept in {kept}" if failures else ""))
    return failures


if __name__ == "__main__":
    sys.exit(1 if main(float(sys.argv[1]), int(sys.argv[2])) else 0)
