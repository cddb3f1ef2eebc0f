"""Draws docs/terminal.svg from a real run: ``python docs/picture.py PATH…``."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

OUT = Path(__file__).parent / "terminal.svg"
COLUMN, LINE, MARGIN = 8.4, 19, 16
COLOURS = {31: "#ff7b72", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#56d4dd"}
FRAME = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" aria-label="{label}">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3" xml:space="preserve">
{lines}
</g>
</svg>
"""


def run(paths: list[str]) -> str:
    """What peerlint prints about the paths in colour, under the command that a reader would type."""
    command = [sys.executable, "-m", "peerlint", "--color", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise SystemExit(done.stderr or done.stdout)
    return f"$ peerlint {' '.join(paths)}\n{done.stdout}"


def draw(text: str) -> str:
    """The text, with its ANSI colours, as an SVG picture."""
    lines = text.rstrip("\n").split("\n")
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    rows = [
        f'<text x="{MARGIN}" y="{MARGIN + LINE * (number + 1) - 5}">{_spans(line)}</text>'
        for number, line in enumerate(lines)
    ]
    width = round(2 * MARGIN + COLUMN * max(map(len, plain)))
    height = 2 * MARGIN + LINE * len(lines)
    return FRAME.format(width=width, height=height, label=html.escape(plain[0]), lines="\n".join(rows))


def _spans(line: str) -> str:
    shown, style = "", ""
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        codes = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if codes is None:
            text = html.escape(part, quote=False)
            shown += f"<tspan{style}>{text}</tspan>" if style and text else text
        else:
            style = _style(style, [int(code or 0) for code in codes[1].split(";")])
    return shown


def _style(style: str, codes: list[int]) -> str:
    for code in codes:
        if code == 0:
            style = ""
        elif code == 1:
            style += ' font-weight="bold"'
        elif code in COLOURS:
            style += f' fill="{COLOURS[code]}"'
    return style


if __name__ == "__main__":
    OUT.write_text(draw(run(sys.argv[1:])), encoding="utf-8")
