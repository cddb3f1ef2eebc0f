"""The place of every node: cut out of the text, it is read back as the node."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerlint.cloudformation.decode import decode_mapping
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode

LETTERS = st.text(st.sampled_from("abzÄß漢😀:#-'\"\\ {}[],&*!|>%@`~$\u2028\u00a0"), min_size=1, max_size=12)
WORDS = st.sampled_from(["vpc-1", "10.0.0.0/16", "yes", "null", "012", "${A}", "a: b", "- x", "#", "true", "1e3", ""])
LINES = st.lists(st.sampled_from(["one", "  two", "drei Ä", "# four", ""]), min_size=2, max_size=4).map("\n".join)
KEYS = st.sampled_from(["Type", "Key", "ä b", "a:b", "x", "y", "z.1", "Fn::Sub"])
SCALARS = st.one_of(LETTERS, WORDS, LINES, st.booleans(), st.integers(-99, 10**12), st.none())
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)
ROOTS = st.dictionaries(KEYS, TREES, min_size=1, max_size=4)
PLAIN = re.compile(r"[a-z][a-z0-9./-]*\Z")


class Writer:
    """Writes a tree as YAML; ``draw`` picks one of the ways to write a thing."""

    def __init__(self, draw: st.DrawFn, newline: str) -> None:
        self._draw = draw
        self._newline = newline
        self._anchors = 0

    def document(self, tree: object) -> str:
        return self._block(tree, 0).lstrip("\n").replace("\n", self._newline)

    def _pick(self, *ways: str) -> str:
        return self._draw(st.sampled_from(ways))

    def _block(self, tree: object, depth: int) -> str:
        """What stands after a key or a dash, on the same line or on lines of its own."""
        pad = "  " * depth
        match tree:
            case dict() if tree and self._pick("block", "flow") == "block":
                lines = [f"{pad}{self._key(k)}:{self._block(v, depth + 1)}" for k, v in tree.items()]
                return self._anchor() + self._pick("", " # why Ä") + "\n" + "\n".join(lines)
            case list() if tree and self._pick("block", "flow") == "block":
                return "\n" + "\n".join(f"{pad}-{self._block(item, depth + 1)}" for item in tree)
            case str() if "\n" in tree and not tree.startswith((" ", "\n")) and tree.strip() and tree[-1] not in " \n":
                return self._scalar_block(tree, depth)
            case _:
                return self._anchor() + " " + self._flow(tree) + self._pick("", "  # a comment Ä")

    def _anchor(self) -> str:
        if self._pick("no", "no", "yes") == "no":
            return ""
        self._anchors += 1
        return f" &a{self._anchors}"

    def _scalar_block(self, text: str, depth: int) -> str:
        pad = "  " * depth
        lines = "\n".join(f"{pad}  {line}" if line else "" for line in text.split("\n"))
        return f" |-\n{lines}\n" + self._pick("", "\n", f"{pad}# between\n")

    def _key(self, key: str) -> str:
        return self._flow(key) if not PLAIN.match(key) else self._pick(key, json.dumps(key))

    def _flow(self, tree: object) -> str:
        match tree:
            case {"Fn::Sub": str(text), **rest} if not rest and self._pick("long", "short") == "short":
                return f"!Sub {quoted(text)}"
            case dict():
                inner = ", ".join(f"{quoted(k)}: {self._flow(v)}" for k, v in tree.items())
                return "{" + inner + "}"
            case list():
                return "[" + self._pick("", " ") + ", ".join(map(self._flow, tree)) + "]"
            case str() if PLAIN.match(tree) and tree not in ("yes", "null", "true", "no", "on", "off", "y", "n"):
                return self._pick(tree, json.dumps(tree), f"'{tree}'")
            case str() if not re.search(r"['\n]|\s\u2028|\u2028\s|^\u2028|\u2028$", tree):
                return self._pick(f"'{tree}'", quoted(tree))
            case str():
                return quoted(tree)
            case _:
                return json.dumps(tree)


def quoted(text: object) -> str:
    """A value as JSON that is YAML as well."""
    return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028")


def plain(node: Node) -> object:
    match node:
        case ScalarNode(value=value):
            return value
        case SequenceNode(items=items):
            return [plain(item) for item in items]
        case MappingNode(entries=entries):
            return {key: plain(entry.value) for key, entry in entries.items()}


def nodes(node: Node) -> Iterator[Node | Entry]:
    yield node
    match node:
        case SequenceNode(items=items):
            for item in items:
                yield from nodes(item)
        case MappingNode(entries=entries):
            for entry in entries.values():
                yield entry
                yield from nodes(entry.value)
        case ScalarNode():
            pass


def cut(text: str, node: Node | Entry) -> str:
    """The text of a node, its first line put at the column where it stands."""
    lines, span = text.split("\n"), node.span
    taken = lines[span.line - 1 : span.end_line]
    taken[-1] = taken[-1][: span.end_column - 1]
    taken[0] = " " * (span.column - 1) + taken[0][span.column - 1 :]
    return "\n".join(taken)


class Loader(yaml.SafeLoader):
    """PyYAML's own loader, which reads ``!Sub x`` as a mapping."""


def _short_form(loader: Loader, suffix: str, node: yaml.Node) -> object:
    assert isinstance(node, yaml.ScalarNode)
    return {f"Fn::{suffix}": loader.construct_scalar(node)}


Loader.add_multi_constructor("!", _short_form)


def read_back(text: str) -> object:
    return yaml.load(text, Loader=Loader)


def as_yaml(value: object) -> object:
    """What PyYAML makes of a plain value."""
    return read_back(quoted(value))


@st.composite
def documents(draw: st.DrawFn) -> tuple[object, str, bytes]:
    tree = draw(ROOTS)
    newline, mark = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    text = Writer(draw, newline).document(tree)
    return tree, text, mark + text.encode()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_yaml(document: tuple[object, str, bytes]) -> None:
    tree, text, content = document
    root = decode_mapping(content, "/net.yaml")[0]
    assert plain(root) == tree
    for node in nodes(root):
        inner = node.value if isinstance(node, Entry) else node
        expected = as_yaml(plain(inner))
        found = read_back(cut(text, node).replace("\r\n", "\n"))
        if isinstance(node, Entry):
            assert isinstance(found, dict)
            assert list(found.values()) == [expected]
        else:
            assert found in (expected, {"Fn::Sub": expected})  # the text of a short form begins at its tag


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROOTS, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_json(tree: dict[str, object], indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
    root = decode_mapping(text.encode(), "/net.json")[0]
    assert plain(root) == tree
    for node in nodes(root):
        if isinstance(node, Entry):
            assert json.loads("{" + cut(text, node).lstrip(" ") + "}").popitem()[1] == plain(node.value)
        else:
            assert json.loads(cut(text, node)) == plain(node)


def test_places_behind_aliases_merges_and_nested_short_forms() -> None:
    text = """\
Base: &base {a: 1,
  b: !Join ['-', [!Ref X, "y"]]}
Own:
  <<: *base
  c: *base
"""
    root = decode_mapping(text.encode(), "/net.yaml")[0]
    own = root.get("Own")
    assert isinstance(own, MappingNode)
    assert [cut(text, own.entries[key].value).strip() for key in "ab"] == ["1", "!Join ['-', [!Ref X, \"y\"]]"]
    assert cut(text, own.entries["a"]).strip() == "a: 1"
    assert cut(text, own.entries["c"].value).strip().startswith("&base {a: 1,")
    assert cut(text, own.entries["c"]).strip() == "c"
    join = own.entries["b"].value
    assert isinstance(join, MappingNode)
    calls = [cut(text, node).strip() for node in nodes(join) if isinstance(node, MappingNode)]
    assert calls == ["!Join ['-', [!Ref X, \"y\"]]", "!Ref X"]
