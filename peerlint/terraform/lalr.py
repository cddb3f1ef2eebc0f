"""lark's LALR parser, of whose tables nothing is made before a parse comes to it.

lark itself makes every action and every lexer of a grammar before the first token, and a text needs few of them. What
is kept here has lark's own numbers for states, and those of its ``memo`` for terminals and rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, TypeAlias

from lark import Lark
from lark.common import LexerConf
from lark.grammar import NonTerminal, Rule, RuleOptions, Terminal
from lark.lark import PostLex
from lark.lexer import BasicLexer, TerminalDef
from lark.parsers.lalr_analysis import Action, Reduce, Shift
from msgspec import Struct


class _Symbol(Struct, array_like=True, frozen=True):
    name: str
    terminal: bool
    left_out: bool


class _Rule(Struct, array_like=True, frozen=True):
    """A rule of the grammar, with its symbols by number."""

    origin: str
    expansion: list[int]
    order: int
    alias: str | None
    keep_all_tokens: bool
    expand1: bool
    priority: int | None
    empty_indices: list[bool]


class _Rows(Struct, array_like=True, frozen=True):
    """What to do in each state at each symbol: go to a state, or ``~n`` for a reduction by the rule of number n."""

    symbols: list[str]
    states: list[dict[int, int]]
    starts: dict[str, int]
    ends: dict[str, int]


class Tables(Struct, array_like=True, frozen=True):
    """The parser of a grammar; ``data`` is what lark writes of the rest, with numbers for terminals and rules."""

    data: dict[str, Any]
    terminals: dict[int, dict[str, Any]]
    symbols: list[_Symbol]
    rules: dict[int, _Rule]
    rows: _Rows


LARGEST = (1 << 63) - 1
"""The largest number that MessagePack can write; the width of a terminal that has no end is larger."""


def tables_of(parser: Lark) -> Tables:
    """The tables of a parser."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"]["postlex"] = None
    found = data["parser"].pop("parser")
    terminals = {number: kept for number, kept in memo.items() if kept["__type__"] == "TerminalDef"}
    symbols: dict[_Symbol, int] = {}
    rules = {number: _numbered(kept, symbols) for number, kept in memo.items() if number not in terminals}
    rows = _Rows(
        list(found["tokens"].values()),
        [{symbol: _action(*told) for symbol, told in row.items()} for _, row in sorted(found["states"].items())],
        found["start_states"],
        found["end_states"],
    )
    return Tables(_bounded(data), _bounded(terminals), list(symbols), rules, rows)


def _numbered(rule: Mapping[str, Any], symbols: dict[_Symbol, int]) -> _Rule:
    def number(symbol: Mapping[str, Any]) -> int:
        kept = _Symbol(symbol["name"], symbol["__type__"] == "Terminal", symbol.get("filter_out", False))
        return symbols.setdefault(kept, len(symbols))

    options = rule["options"]
    return _Rule(
        rule["origin"]["name"],
        [number(symbol) for symbol in rule["expansion"]],
        rule["order"],
        rule["alias"],
        options["keep_all_tokens"],
        options["expand1"],
        options["priority"],
        options["empty_indices"],
    )


def _action(reduces: int, told: Any) -> int:
    return ~int(told["@"]) if reduces else int(told)


def _bounded(data: Any) -> Any:
    """The data with no number that is larger than MessagePack can write."""
    match data:
        case dict():
            return {key: _bounded(value) for key, value in data.items()}
        case list() | tuple():
            return [_bounded(value) for value in data]
        case int():
            return min(data, LARGEST)
    return data


def parser_of(tables: Tables, postlex: PostLex) -> Lark:
    """The parser of such tables. Raises what lark and Python do where they are not what :func:`tables_of` made."""
    rules = _rules(tables)
    empty = {"tokens": {}, "states": {}, "start_states": tables.rows.starts, "end_states": tables.rows.ends}
    load: Callable[..., Lark] = Lark._load_from_dict
    made = load(
        {**tables.data, "parser": {**tables.data["parser"], "parser": empty}},
        {**tables.terminals, **rules},
        postlex=postlex,
        propagate_positions=False,
    )
    front: Any = made.parser
    front.parser._parse_table.states = _States(tables.rows, rules)
    front.lexer.lexer.lexers = _Lexers(made.lexer_conf, tables.rows)
    return made


class _OneRule(Rule):
    """A rule that equals itself alone: lark compares and hashes one at each reduction."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


def _rules(tables: Tables) -> dict[int, Rule]:
    symbols = [
        Terminal(kept.name, kept.left_out) if kept.terminal else NonTerminal(kept.name) for kept in tables.symbols
    ]
    return {
        number: _OneRule(
            NonTerminal(rule.origin),
            [symbols[symbol] for symbol in rule.expansion],
            rule.order,
            rule.alias,
            RuleOptions(rule.keep_all_tokens, rule.expand1, rule.priority, None, tuple(rule.empty_indices)),
        )
        for number, rule in tables.rules.items()
    }


_Actions: TypeAlias = dict[str, tuple[Action, Any]]


class _States(dict[int, _Actions]):
    """lark's actions by state and symbol, made of a state's row when they are asked for."""

    def __init__(self, rows: _Rows, rules: Mapping[int, object]) -> None:
        super().__init__()
        self._rows = rows
        self._rules = rules

    def __missing__(self, state: int) -> _Actions:
        row, symbols, rules = self._rows.states[state], self._rows.symbols, self._rules
        actions = {symbols[at]: (Shift, told) if told >= 0 else (Reduce, rules[~told]) for at, told in row.items()}
        self[state] = actions
        return actions


class _Lexers(dict[int, BasicLexer]):
    """lark's lexers by state, each made when it is asked for: of the terminals that can come there."""

    def __init__(self, conf: LexerConf, rows: _Rows) -> None:
        super().__init__()
        self._conf = conf
        self._rows = rows
        always = conf.postlex.always_accept if conf.postlex is not None else ()
        self._always = conf.terminals_by_name.keys() & set(always)
        self._made: dict[frozenset[str], BasicLexer] = {}

    def __missing__(self, state: int) -> BasicLexer:
        known = self._conf.terminals_by_name
        names = frozenset(name for at in self._rows.states[state] if (name := self._rows.symbols[at]) in known)
        if names not in self._made:
            conf = copy(self._conf)
            conf.terminals = [known[name] for name in {*names, *conf.ignore, *self._always}]
            self._made[names] = BasicLexer(conf)
        self[state] = self._made[names]
        return self[state]
