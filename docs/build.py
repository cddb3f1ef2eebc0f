"""Writes the pages of the rules, their table, and the table in README.md. ``make docs`` runs it; tests compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from peerlint import registry
from peerlint.reporters import catalogue

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- rules: begin (made by `make docs`) -->\n", "<!-- rules: end -->\n"

HEAD = """# The rules

An *error* fails the deployment or means that traffic can never flow; a *warning* is very likely broken, or open wider
than the peering needs; a *note* is advice. `peerlint explain PL101` prints a page at the terminal. Severities can be
changed and rules left out in the [configuration](configuration.md).

"""


def documents() -> Mapping[Path, str]:
    """Every generated file with what it holds."""
    rules = registry.load()
    pages = {ROOT / "docs" / "rules" / f"{rule.id}.md": catalogue.page(rule) for rule in rules}
    table = {ROOT / "docs" / "rules.md": HEAD + catalogue.as_markdown(rules, "rules")}
    readme = ROOT / "README.md"
    return {
        **pages,
        **table,
        readme: between(readme.read_text(encoding="utf-8"), catalogue.as_markdown(rules, "docs/rules")),
    }


def between(text: str, table: str) -> str:
    """The text with what stands between the markers replaced. Raises ValueError where a marker is missing."""
    head, tail = text.index(BEGIN) + len(BEGIN), text.index(END)
    return text[:head] + "\n" + table + "\n" + text[tail:]


def main() -> None:
    """Write what has changed, and remove the pages of rules that are gone."""
    wanted = documents()
    for path, text in wanted.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for page in (ROOT / "docs" / "rules").glob("*.md"):
        if page not in wanted:
            page.unlink()


if __name__ == "__main__":
    main()
