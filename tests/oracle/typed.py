"""Random type constraints, and constants that most likely can be converted to them."""

from __future__ import annotations

from hypothesis import strategies as st

_SIMPLE = {
    "string": ['"a"', '"1"', '"true"', "1", "1.50", "true", "null", '"é"'],
    "number": ["1", '"2"', "1.5", '"1e3"', "0", "null", '"x"', "true"],
    "bool": ["true", '"false"', '"1"', '"0"', '"yes"', "null", "1"],
    "any": ['"a"', "1", "true", "null", "[1, 2]", '[1, "a"]', "{ a = 1 }", "[]", "{}"],
}
_NAMES = ["a", "b", "c"]


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, str]:
    """A type constraint and a constant, as text."""
    constraint = draw(_constraints(3))
    return constraint[0], draw(constraint[1])


Constraint = tuple[str, st.SearchStrategy[str]]


@st.composite
def _constraints(draw: st.DrawFn, depth: int) -> Constraint:
    kinds = [*_SIMPLE, *["list", "set", "map", "tuple", "object"] * (2 if depth else 0)]
    kind = draw(st.sampled_from(kinds))
    if kind in _SIMPLE:
        return kind, st.sampled_from(_SIMPLE[kind])
    if kind in ("list", "set", "map"):
        inner, values = draw(_constraints(depth - 1))
        many = st.lists(values, max_size=3)
        return f"{kind}({inner})", many.map(_map if kind == "map" else _list)
    parts = [draw(_constraints(depth - 1)) for _ in range(draw(st.integers(0, 3)))]
    if kind == "tuple":
        return f"tuple([{', '.join(text for text, _ in parts)}])", st.tuples(*(values for _, values in parts)).map(
            _list
        )
    return _object(draw, parts)


def _object(draw: st.DrawFn, parts: list[Constraint]) -> Constraint:
    attributes: list[str] = []
    for name, (text, values) in zip(_NAMES, parts, strict=False):
        form = draw(st.sampled_from(["{}", "{}", "optional({})", "optional({}, {})"]))
        attributes.append(f"{name} = {form.format(text, draw(values))}")
    given = st.tuples(*(st.one_of(values, values, st.just("")) for _, values in parts))
    return f"object({{ {', '.join(attributes)} }})", given.map(_map)


def _list(items: list[str] | tuple[str, ...]) -> str:
    return f"[{', '.join(items)}]"


def _map(items: list[str] | tuple[str, ...]) -> str:
    """An object of the values; an empty text stands for an attribute that is not given."""
    pairs = [f"{name} = {item}" for name, item in zip(_NAMES, items, strict=False) if item]
    return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
