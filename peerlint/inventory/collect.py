"""Files of an inventory → its records by their ids, and what was wrong with them."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct, field

from peerlint import filesystem
from peerlint.inventory.documents import Item, Unreadable, documents, read_text
from peerlint.inventory.records import COMMANDS, ENTRIES, READ, AttributeRecord, ListEntry, Record
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span

R = TypeVar("R", bound=Record)
T = TypeVar("T")

LIST_ID = re.compile(r"(?<![0-9A-Za-z])pl-[0-9a-f]{8,17}(?![0-9a-f])")
PLACE_IN_RECORD = re.compile(r" - at `\$(?:\.(\w+))?[^`]*`")
MAX_MISTAKES = 10
"""Bad records that are told of one document."""


class Seen(Struct, Generic[R], frozen=True):
    """A record and where it stands; ``document`` is the number of the document that holds it."""

    record: R
    item: Item
    document: int


class Inventory(Struct):
    """What the files hold. ``partial`` tells, for each kind of record, why some of them are not in the files."""

    partial: dict[type[Record], list[str]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[str, list[tuple[ListEntry, Item]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _records: dict[type, dict[str, Seen[Any]]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, kind: type[R]) -> Mapping[str, Seen[R]]:
        """The records of a kind by what tells them apart."""
        return self._records[kind]

    def add(self, seen: Seen[Any]) -> None:
        """Keep a record; of two different ones of one id, the later one."""
        known = self._records[type(seen.record)].get(seen.record.key)
        self._records[type(seen.record)][seen.record.key] = seen
        if known is not None and known.record != seen.record:
            there = f"{os.path.basename(known.item.text.path)}:{known.item.span.line}"
            self.problems.append(
                Problem(
                    ProblemKind.UNREADABLE_INPUT,
                    f"it is described differently at {there}; the later description is taken",
                    seen.item.span,
                    seen.record.key,
                    question=f"what {seen.record.key} is like",
                )
            )


def collect(paths: Sequence[str], most: int) -> Inventory:
    """The records of files of at most so many bytes each; a file that is given twice is read once."""
    inventory = Inventory()
    number = 0
    for path in dict.fromkeys(filesystem.target(path) for path in paths):
        try:
            for document in documents(read_text(path, most)):
                number += 1
                _read(document, number, inventory)
        except Unreadable as error:
            inventory.problems.append(_problem(f"the inventory cannot be read: {error}", error.at))
    return inventory


def _read(document: Item, number: int, inventory: Inventory) -> None:
    """Take the records of one document."""
    value = document.value
    members = {key: item for key, _, item in document.members()} if isinstance(value, dict) else {}
    found = [key for key in members if key in COMMANDS or key == ENTRIES]
    for key in found:
        if isinstance(members[key].value, list):
            _read_list(key, members, number, inventory)
        else:
            inventory.problems.append(_problem(f"`{key}` is not a list", members[key].span))
    if not found and "VpcId" in members:
        _keep(document, AttributeRecord, "describe-vpc-attribute", number, inventory)
    elif not found:
        begun = f" ({next(iter(members))!r:.60})" if members else ""
        at = document.text.span(document.start, document.start + 1)
        message = f"this is not the output of a command that is read{begun}"
        inventory.problems.append(_problem(message, at, f"the commands are: {', '.join(READ)}"))


def _read_list(key: str, members: Mapping[str, Item], number: int, inventory: Inventory) -> None:
    items = members[key].elements()
    if key == ENTRIES:
        _read_entries(items, members[key], inventory)
        return
    command, kind = COMMANDS[key]
    if members.get("NextToken") is not None:
        inventory.partial[kind].append(f"the output of {command} goes on: it was cut at a number of items")
    bad = 0
    for item in items:
        if not _keep(item, kind, command, number, inventory, quiet=bad >= MAX_MISTAKES):
            bad += 1
    if bad:
        inventory.partial[kind].append(f"{bad} of the records of {command} cannot be read")


def _keep(item: Item, kind: type[R], command: str, number: int, inventory: Inventory, quiet: bool = False) -> bool:
    """Keep a record, if it is one."""
    record = _converted(item, kind, command, [] if quiet else inventory.problems)
    if record is not None:
        inventory.add(Seen(record, item, number))
    return record is not None


def _converted(item: Item, kind: type[T], command: str, problems: list[Problem]) -> T | None:
    """A value as what a command prints; a problem at its place, and ``None``, where it is none."""
    try:
        return msgspec.convert(item.value, kind)
    except msgspec.ValidationError as error:
        message = str(error)
        found = PLACE_IN_RECORD.search(message)
        at = item.at(found[1]) if found is not None and found[1] else item.span
        expected = message if found is None else message[: found.start()]
        where = f" at `{found[1]}`" if found is not None and found[1] else ""
        text = f"not what {command} prints: {expected[:1].lower()}{expected[1:]}{where}; the record is left out"
        problems.append(_problem(text, at))
        return None


def _read_entries(items: Iterator[Item], array: Item, inventory: Inventory) -> None:
    """The entries of a prefix list, which only the name of the file tells."""
    lists = set(LIST_ID.findall(os.path.basename(array.text.path)))
    if len(lists) != 1:
        message = "the output of get-managed-prefix-list-entries does not tell which prefix list it is of"
        remedy = "name the file by the id of the list: pl-0123456789abcdef0.json"
        inventory.problems.append(_problem(message, array.text.span(array.start, array.start + 1), remedy))
        return
    command = "get-managed-prefix-list-entries"
    read = [(_converted(item, ListEntry, command, inventory.problems), item) for item in items]
    inventory.entries[lists.pop()] = [(entry, item) for entry, item in read if entry is not None]


def _problem(message: str, at: Span, remedy: str = "") -> Problem:
    return Problem(ProblemKind.UNREADABLE_INPUT, message, at, at.file, remedy=remedy)
