"""The rules themselves, for a reader: the table of all, and the page of one."""

from __future__ import annotations

import json
from collections.abc import Sequence

from peerlint.rule import Rule

PAGES = "https://github.com/peerlint/peerlint/blob/main/docs/rules"
"""Where the pages are published, one file for each rule, named by its id."""


def page_url(rule: Rule) -> str:
    """The published page of a rule."""
    return f"{PAGES}/{rule.id}.md"


def title(rule: Rule) -> str:
    """The first sentence of a rule's page, without its full stop."""
    return " ".join(rule.page.split("\n\n")[0].split()).rstrip(".")


def page(rule: Rule) -> str:
    """The page of a rule in Markdown, under a heading with its id and name."""
    state = "" if rule.enabled else ", off by default"
    return f"# {rule.id} {rule.name}\n\n*{rule.severity.value}{state}* — {rule.page}\n"


def as_text(rules: Sequence[Rule]) -> str:
    """One line for each rule: id, severity, name, title."""
    width = max((len(rule.name) for rule in rules), default=0)
    return "".join(
        f"{rule.id}  {rule.severity.value:<7}  {rule.name:<{width}}  {title(rule)}{_off(rule)}\n" for rule in rules
    )


def as_markdown(rules: Sequence[Rule], pages: str = PAGES) -> str:
    """A table with a link to each rule's page below ``pages``."""
    rows = [
        f"| [{rule.id}]({pages}/{rule.id}.md) | {rule.name} | {rule.severity.value} | {title(rule)}{_off(rule)} |"
        for rule in rules
    ]
    return "\n".join(["| id | name | severity | what it finds |", "|---|---|---|---|", *rows, ""])


def as_json(rules: Sequence[Rule]) -> str:
    """A list of objects, one for each rule."""
    rows = [
        {
            "id": rule.id,
            "name": rule.name,
            "severity": rule.severity.value,
            "title": title(rule),
            "fix": rule.fix.value,
            "enabled": rule.enabled,
            "url": page_url(rule),
        }
        for rule in rules
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _off(rule: Rule) -> str:
    return "" if rule.enabled else " (off by default)"
