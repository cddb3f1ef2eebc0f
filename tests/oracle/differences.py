"""Where peerlint knows something else than ``terraform plan``, on purpose; docs/terraform.md has the same table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.terraform_batch import ERROR
from tests.oracle.terraform_plan import UNKNOWN

SOME = "(some value)"
"""A value that plan knows and that is another one each time."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An expression over the names of ``generated.PREAMBLE``, what plan and peerlint know of it, and why."""

    expression: str
    planned: object
    ours: object
    why: str


DIFFERENCES = [
    Difference('false && local.open == "x"', UNKNOWN, False, "one side decides, as in Terraform 1.12 and later"),
    Difference('alltrue([local.open == "x", false])', UNKNOWN, False, "one element decides"),
    Difference('local.open == "x" ? "a" : "a"', UNKNOWN, "a", "both results are the same"),
    Difference(
        'local.open == "x" ? { a = 1, b = 2 } : { a = 1, b = 3 }',
        UNKNOWN,
        {"a": 1, "b": UNKNOWN},
        "both results have the same attributes, and some of them the same value",
    ),
    Difference("local.open == local.open", UNKNOWN, True, "a value is equal to itself"),
    Difference('local.open == ""', UNKNOWN, False, "an id is never empty once it is known"),
    Difference('[local.open, 1] == ["x", 2]', UNKNOWN, False, "another element differs"),
    Difference('(local.open == "x") == length(local.open)', UNKNOWN, False, "values of two types are never equal"),
    Difference('endswith("${local.open}/32", "/32")', UNKNOWN, True, "the end of the text is written"),
    Difference("distinct([local.open])", UNKNOWN, [UNKNOWN], "a single element is distinct"),
    Difference("try([local.open], [])", UNKNOWN, [UNKNOWN], "an attribute of a resource does not fail at apply"),
    Difference("can(local.ids)", UNKNOWN, True, "an attribute of a resource does not fail at apply"),
    Difference('matchkeys(["a"], ["x"], [local.open])', [], UNKNOWN, "the unknown key may turn out to be the same"),
    Difference("toset([local.open, local.open])", [UNKNOWN, UNKNOWN], [UNKNOWN], "a value is in a set once"),
    Difference("reverse(toset(local.ids))", [UNKNOWN, UNKNOWN], UNKNOWN, "the two may turn out to be one"),
    Difference(
        "setunion(toset([1]), sort(keys({})))",
        ["1"],
        [1],
        "the type of an empty collection's elements is not followed",
    ),
    Difference(
        'false ? sort(regexall("(a)(b)", "c")) : tomap({ a = "x" })',
        {"a": "x"},
        ERROR,
        "the type of an empty collection's elements is not followed",
    ),
    Difference(
        "can(tolist([terraform_data.u, terraform_data.each]))", False, True, "the types of resources are not followed"
    ),
    Difference('true ? "a" : []', ERROR, "a", "the type of the result that is not taken does not matter to a text"),
    Difference('element(["a", "b"], -1)', ERROR, "b", "OpenTofu and later versions of Terraform count from the end"),
    Difference(
        'coalesce({ a = "x", b = [] }, tomap({ for id in [local.open] : id => "y" }))',
        {"a": "x", "b": []},
        UNKNOWN,
        "apply refuses what plan lets through, once the unknown value is there",
    ),
    Difference('issensitive("x")', False, UNKNOWN, "sensitivity is not followed: values pass through"),
    Difference('yamldecode("a\\n\\tb")', "a b", UNKNOWN, "a tab that begins a line of YAML is not read"),
    Difference("10 < 1 / 0", True, UNKNOWN, "infinite numbers are not computed"),
    Difference('format("%v", tostring(null))', "null", UNKNOWN, "the type of a null is not followed"),
    Difference("plantimestamp()", SOME, UNKNOWN, "it is another time when the plan is made"),
    Difference('base64gzip("x")', SOME, UNKNOWN, "the bytes depend on the compressor"),
    Difference("tostring(-1 * 0)", "-0", "0", "zero has no sign"),
    Difference(
        "tostring(1.1 * 1.1 * 1.1)",
        f"1.331{'0' * 150}2",
        "1.331",
        "fractions are decimal, not binary: the last of some 155 digits may differ",
    ),
    Difference(
        "log(10, 2) + 100",
        Decimal("103.32192809488736262579777758219279348850250244140625"),
        Decimal("103.3219280948873626"),
        "results of `log` and `pow` are decimal, not binary",
    ),
]


def shown(value: object) -> str:
    """A value as the page shows it."""
    match value:
        case str() if value == UNKNOWN:
            return "unknown"
        case str() if value == ERROR:
            return "an error"
        case str() if value == SOME:
            return "a value"
        case _:
            return f"`{_written(value)}`"


def _written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return "unknown" if value == UNKNOWN else f'"{value}"'
        case list() as items:
            return f"[{', '.join(map(_written, items))}]"
        case dict() as entries:
            return "{ " + ", ".join(f"{name} = {_written(item)}" for name, item in entries.items()) + " }"
    return str(value)


def table() -> str:
    """The rows of the page's table."""
    rows = [f"| `{d.expression}` | {shown(d.planned)} | {shown(d.ours)} | {d.why} |" for d in DIFFERENCES]
    return "\n".join(["| Expression | `terraform plan` | peerlint | Why |", "| --- | --- | --- | --- |", *rows])
