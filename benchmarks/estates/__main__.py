"""Writes a generated estate as Terraform."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

from benchmarks import estates
from benchmarks.estates.shapes import SHAPES, Scale, estate
from benchmarks.estates.terraform import write

parser = argparse.ArgumentParser(prog="python -m benchmarks.estates", description=estates.__doc__)
parser.add_argument("shape", choices=sorted(SHAPES))
parser.add_argument("size", type=int)
parser.add_argument("directory", type=Path)
NUMBERS = {field.name: field.default for field in fields(Scale) if isinstance(field.default, int)}
for name, default in NUMBERS.items():
    parser.add_argument(f"--{name}", type=int, default=int(default), help=f"by default {int(default)}")
given = vars(parser.parse_args())
write(estate(given["shape"], given["size"], Scale(**{name: given[name] for name in NUMBERS})), given["directory"])
