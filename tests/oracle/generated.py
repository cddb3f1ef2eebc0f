"""Random expressions of Terraform's language, mostly well typed, over names that a small root declares.

``expressions.txt`` holds what they are made of: for each kind of value the leaves, and productions in which
``<string>`` stands for an expression of that kind, ``<$>`` for one of the same kind, ``<any>`` for one of any, and
``<string+x>`` for one that may use the local name ``x``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from hypothesis import strategies as st

PREAMBLE = """\
resource "terraform_data" "u" {
  input = "known"
}

resource "terraform_data" "counted" {
  count = 2
  input = "n${count.index}"
}

resource "terraform_data" "each" {
  for_each = { eu = "10.0.0.0/16", us = "10.1.0.0/16" }
  input    = { name = each.key, cidr = each.value }
}

resource "terraform_data" "none" {
  count = 0
}

variable "typed" {
  type    = object({ name = string, cidr = optional(string, "10.9.0.0/16"), size = optional(number, 3) })
  default = { name = 5, size = "7" }
}

variable "texts" {
  type    = map(string)
  default = { b = 1, a = true }
}

variable "numbers" {
  type    = list(number)
  default = ["3", 1]
}

variable "set" {
  type    = set(string)
  default = ["b", 1, "b"]
}

variable "pairs" {
  type    = list(tuple([string, number]))
  default = [["a", 1], [2, "3"]]
}

locals {
  text    = "Subnet-A"
  cidr    = "10.20.0.0/16"
  three   = 3
  yes     = true
  nothing = null
  names   = ["b", "a", "b"]
  listed  = tolist(["x", "y"])
  numbers = [3, 1, 2.5]
  chosen  = toset(["q", "p"])
  tags    = { Name = "vpc", Env = "dev" }
  mapped  = tomap({ k = "1", j = "2" })
  mixed   = { id = 7, name = "m", on = true, deep = { list = ["u", "v"] }, none = null }
  peers   = [{ name = "p", cidr = "10.1.0.0/16", ports = [22, 443] }, { name = "q", cidr = "10.2.0.0/16", ports = [] }]
  open    = terraform_data.u.id
  opened  = ["a", terraform_data.u.id]
  part    = { id = terraform_data.u.id, cidr = "10.3.0.0/16" }
  template = "Hi $${who}%%{ for x in list } $${x}%%{ endfor }"
  ids     = terraform_data.counted[*].id
}
"""
"""What the names in generated expressions mean; ``open`` and what is made of it are known only after apply."""


def _read() -> Mapping[str, list[str]]:
    """The sections of ``expressions.txt``; in a heredoc ``\\n`` is the end of a line."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (Path(__file__).parent / "expressions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(("[leaves ", "[productions ")):
            lines = sections.setdefault(line.strip("[]"), [])
        elif line:
            lines.append(line.replace("\\n", "\n") if line.startswith("<<") else line)
    return sections


_SECTIONS = _read()
_KINDS = ["string", "number", "bool", "list", "map"]
_PLACE = re.compile(r"<(string|number|bool|list|map|any|\$)(?:\+([a-z,]+))?>")
_DEPTH = 4
_ROLLS = st.integers(0, 29)


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """An expression of any kind, at most a few operations deep."""
    return _expression(draw, draw(st.sampled_from(_KINDS)), draw(st.integers(1, _DEPTH)), ())


def _expression(draw: st.DrawFn, kind: str, depth: int, names: tuple[str, ...]) -> str:
    """An expression that most likely is of the kind, now and then of another; ``names`` are the local ones."""
    if kind == "any" or draw(_ROLLS) == 0:
        kind = draw(st.sampled_from(_KINDS))
    if depth <= 0 or draw(_ROLLS) < 4:
        nulls = ["null", "local.nothing", "local.mixed.none"] if draw(_ROLLS) == 0 else []
        return draw(st.sampled_from([*_SECTIONS[f"leaves {kind}"], *names * 4, *nulls]))
    text = draw(st.sampled_from(_SECTIONS[f"productions {kind if draw(_ROLLS) < 22 else 'any'}"]))

    deeper = 0 if "<<" in text else depth - 1

    def fill(place: re.Match[str]) -> str:
        inner = kind if place[1] == "$" else place[1]
        bound = tuple(place[2].split(",")) if place[2] else ()
        return _expression(draw, inner, deeper, (*names, *bound))

    return _PLACE.sub(fill, text)
