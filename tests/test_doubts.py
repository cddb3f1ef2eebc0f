"""Rules on networks of which anything may be unknown: what a rule cannot decide is undecided, and no bug of it.

Every fixture is read, and then values of it are taken to be unknown, and things to be there perhaps. Nothing is said of
what is found: only that every rule comes to an end, and still tells places.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec import Struct

from peerlint import registry
from peerlint.discover import Exclude, discover
from peerlint.network.link import link
from peerlint.network.model import Fragment, Origin, Presence
from peerlint.network.values import Identity, Known, Span, Unknown, Why
from peerlint.read import read
from peerlint.read_options import ReadOptions
from peerlint.records import field_names, replace

FIXTURES = Path(__file__).parent.parent / "fixtures"
RULES = [rule for rule in registry.load() if not rule.id.startswith("PL9")]
FOLDERS = sorted(path for path in FIXTURES.glob("*/*") if path.is_dir())
SHARES = ((0.02, 0.3), (0.1, 0.1), (0.3, 0.5), (0.05, 1.0), (0.0, 0.5), (0.15, 0.0))
"""How many values are unknown, and how many things are there only perhaps."""

GUARDS: tuple[frozenset[tuple[str, bool]], ...] = (
    frozenset(),
    frozenset({("a condition", True)}),
    frozenset({("a condition", False)}),
)


class _Doubter:
    """Takes values of records to be unknown, by chance."""

    def __init__(self, seed: str, values: float, things: float) -> None:
        self._random = Random(seed)
        self._values = values
        self._things = things

    def doubted(self, fragment: Fragment) -> Fragment:
        return replace(fragment, entities=tuple(map(self._changed, fragment.entities)))

    def _changed(self, record: Any) -> Any:
        match record:
            case Known(at=at):
                return self._unknown(at) if self._random.random() < self._values else record
            case Origin():
                doubtful = self._random.random() < self._things
                return replace(record, presence=self._presence()) if doubtful else record
            case tuple():
                return tuple(map(self._changed, record))
            case Struct() if not isinstance(record, (Unknown, Span)):
                return replace(record, **{name: self._changed(getattr(record, name)) for name in field_names(record)})
            case _:
                return record

    def _unknown(self, at: Span | None) -> Unknown:
        of = Identity("any", f"var.any{self._random.randrange(3)}") if self._random.random() < 0.3 else None
        return Unknown(self._random.choice(list(Why)), "var.any", at, of)

    def _presence(self) -> Presence:
        return Presence("it may be there", self._random.choice(GUARDS))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_no_rule_fails_whatever_is_unknown(folder: Path) -> None:
    exclude = Exclude(str(folder))
    fragments = read(discover((str(folder),), exclude), ReadOptions(exclude), lambda _: None).fragments
    for number in range(12):
        doubter = _Doubter(f"{folder.name}-{number}", *SHARES[number % len(SHARES)])
        network = link([doubter.doubted(fragment) for fragment in fragments])
        for rule in RULES:
            assert all(isinstance(item.at, Span) for item in rule.check(network)), (rule.id, number)
