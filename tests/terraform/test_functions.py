"""Functions by what their documentation says: results, errors, limits; no Terraform needed."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform import functions
from peerlint.terraform.functions import FileContext, TooLarge, UnknownFunction, call, patterns
from peerlint.terraform.functions.families import FAMILIES
from peerlint.terraform.functions.json_text import encode
from peerlint.terraform.values import EvaluationError, TfList, TfMap, TfValue
from tests.oracle.literals import Literal, tolist, tomap, toset, value

HERE = FileContext("/nowhere", "/nowhere", "/nowhere")


def result(name: str, *args: Literal) -> TfValue:
    return call(name, [value(arg) for arg in args], HERE)


def json(name: str, *args: Literal) -> str:
    return encode(result(name, *args))


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [
        ("cidrsubnet", ("172.16.0.0/12", 4, 2), '"172.18.0.0/16"'),
        ("cidrsubnet", ("10.1.2.0/24", 4, 15), '"10.1.2.240/28"'),
        ("cidrsubnet", ("fd00:fd12:3456:7890::/56", 16, 162), '"fd00:fd12:3456:7800:a200::/72"'),
        (
            "cidrsubnets",
            ("10.1.0.0/16", 4, 4, 8, 4),
            '["10.1.0.0/20","10.1.16.0/20","10.1.32.0/24","10.1.48.0/20"]',
        ),
        ("cidrhost", ("10.12.112.0/20", 268), '"10.12.113.12"'),
        ("cidrhost", ("10.0.0.0/24", -2), '"10.0.0.254"'),
        ("cidrnetmask", ("172.16.0.0/12",), '"255.240.0.0"'),
        ("cidrcontains", ("192.168.2.0/20", "192.168.2.1"), "true"),
        ("cidrcontains", ("192.168.2.0/20", "192.126.2.1"), "false"),
        ("cidrcontains", ("10.0.0.0/8", "10.1.0.0/16"), "true"),
        ("cidrcontains", ("10.1.0.0/16", "10.0.0.0/8"), "false"),
        ("concat", (["a", ""], ["b", "c"]), '["a","","b","c"]'),
        ("merge", ({"a": "b", "c": "d"}, {"e": "f", "c": "z"}), '{"a":"b","c":"z","e":"f"}'),
        ("flatten", ([["a", "b"], [], ["c"]],), '["a","b","c"]'),
        ("setproduct", (["dev", "prod"], ["a", "b"]), '[["dev","a"],["dev","b"],["prod","a"],["prod","b"]]'),
        ("lookup", ({"a": "ay"}, "c", "what?"), '"what?"'),
        ("element", (["a", "b", "c"], 3), '"a"'),
        ("keys", ({"b": 2, "a": 1},), '["a","b"]'),
        ("values", ({"b": 2, "a": 1},), "[1,2]"),
        ("zipmap", (["a", "b"], [1, 2]), '{"a":1,"b":2}'),
        ("format", ("%s-%02d", "subnet", 7), '"subnet-07"'),
        ("formatlist", ("%s/32", ["10.0.0.1", "10.0.0.2"]), '["10.0.0.1/32","10.0.0.2/32"]'),
        ("replace", ("10.0.0.0/16", "/\\/.*/", ""), '"10.0.0.0"'),
        ("regex", ("^(vpc|pcx)-", "pcx-1"), '["pcx"]'),
        ("split", ("/", "10.0.0.0/16"), '["10.0.0.0","16"]'),
        ("coalesce", ("", None, "x"), '"x"'),
        ("toset", (["b", "a", "b"],), '["a","b"]'),
        ("yamldecode", ("Version: 2012-10-17",), '{"Version":"2012-10-17T00:00:00Z"}'),
        ("jsondecode", ('{"a": [1, 2.5]}',), '{"a":[1,2.5]}'),
        ("pow", (2, 64), "18446744073709551616"),
        ("core::upper", ("a",), '"A"'),
        ("list", ("a", 1), '["a","1"]'),
        ("map", ("k", "v", "l", 1), '{"k":"v","l":"1"}'),
        ("urldecode", ("a%20b+c",), '"a b c"'),
        ("base64gunzip", ("H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==",), '"hello"'),
    ],
)
def test_result(name: str, args: tuple[Literal, ...], expected: str) -> None:
    assert json(name, *args) == expected


@pytest.mark.parametrize(
    ("name", "args", "message"),
    [
        ("cidrsubnet", ("10.0.0.0/16", 17, 0), "insufficient address space to extend prefix of 16 by 17"),
        ("cidrsubnet", ("10.0.0.0/16", 8, 256), "prefix extension of 8 does not accommodate a subnet numbered 256"),
        ("cidrsubnet", ("10.0.0.0", 8, 0), 'invalid value for "prefix" parameter: invalid CIDR expression'),
        ("cidrsubnet", ("10.0.0.0/16", "x", 0), 'invalid value for "newbits" parameter: a number is required'),
        ("cidrsubnet", ("10.0.0.0/16", 8), 'missing value for "netnum"'),
        ("cidrsubnet", (None, 8, 0), "must not be null"),
        ("cidrsubnets", ("10.0.0.0/16", 1, 1, 1), "not enough remaining address space"),
        ("cidrhost", ("10.0.0.0/24", 256), "prefix of 24 does not accommodate a host numbered 256"),
        ("element", ([], 0), "empty list"),
        ("lookup", ({"a": 1}, "b"), 'failed to find key "b"'),
        ("merge", ({"a": 1}, ["b"]), "arguments must be maps or objects"),
        ("range", (2000,), "more than 1024 values"),
        ("upper", ("a", "b"), "expects only 1"),
        ("regex", ("(", "a"), "invalid regexp"),
        ("regex", ("a(?=b)", "ab"), "invalid regexp"),
        ("map", ("k",), "even number"),
    ],
)
def test_error(name: str, args: tuple[Literal, ...], message: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        result(name, *args)
    assert message in str(caught.value)


def test_a_function_that_is_not_there() -> None:
    with pytest.raises(UnknownFunction, match="cidrsubnett"):
        result("cidrsubnett", "10.0.0.0/16", 8, 0)


@pytest.mark.parametrize("name", ["timestamp", "uuid", "plantimestamp"])
def test_what_only_apply_can_tell(name: str) -> None:
    made = result(name)
    assert isinstance(made, Unknown)
    assert made.why is Why.COMPUTED


def test_two_impure_results_are_not_one_value() -> None:
    first, second = result("uuid"), result("uuid")
    assert isinstance(first, Unknown)
    assert isinstance(second, Unknown)
    assert first.of is None
    assert second.of is None


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("provider::aws::arn_parse", ("arn:aws:s3:::b",)),
        ("bcrypt", ("secret",)),
        ("rsadecrypt", ("a", "b")),
        ("base64gzip", ("a",)),
        ("regex", (r"\p{Greek}", "α")),
        ("regex", ("a(?i)b", "aB")),
        ("pathexpand", ("~/.ssh/id_rsa.pub",)),
        ("issensitive", (1,)),
    ],
)
def test_what_is_not_evaluated(name: str, args: tuple[Literal, ...]) -> None:
    assert isinstance(result(name, *args), Unknown)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("format", ("%999999999s", "x")),
        ("format", ("%900000s%900000s", "x", "y")),
        ("formatlist", ("x" * 2000 + "%s", tolist(*["a"] * 1000))),
        ("replace", ("a" * 2000, "a", "b" * 2000)),
        ("replace", ("a" * 2000, "/a/", "b" * 2000)),
        ("join", ("x" * 2000, ["a"] * 2000)),
        ("indent", (1_000_000_000, "a\nb")),
        ("setproduct", tuple(list(range(1000)) for _ in range(3))),
        ("jsonencode", ('"' * 600_000,)),
        ("yamldecode", ("a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
        ),)),
        ("jsondecode", ("[" * 100_000,)),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)  # fmt: skip
def test_a_bomb_is_too_large(name: str, args: tuple[Literal, ...]) -> None:
    with pytest.raises(TooLarge):
        result(name, *args)


@pytest.mark.parametrize(("name", "args"), [("pow", (10, 5000)), ("parseint", ("9" * 100_000, 10))])
def test_a_number_of_too_many_digits_is_not_evaluated(name: str, args: tuple[Literal, ...]) -> None:
    assert isinstance(result(name, *args), Unknown)


def test_a_pattern_that_backtracks_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.05)
    for name, args in (("regex", ("^(x|xx)+$", "x" * 60 + "!")), ("replace", ("x" * 60 + "!", "/^(x|xx)+$/", ""))):
        with pytest.raises(TooLarge):
            result(name, *args)


def test_what_comes_out_is_a_list_or_a_map_where_terraform_makes_one() -> None:
    kinds = {
        TfList: [
            result("split", ",", "a"),
            result("keys", tomap(a="1")),
            result("concat", tolist("a"), tolist("b")),
            result("sort", toset("b", "a")),
            result("reverse", toset("b", "a")),
            result("cidrsubnets", "10.0.0.0/16", 4),
        ],
        TfMap: [result("merge", tomap(a="1"), tomap(b="2")), result("zipmap", ["a"], tolist("x"))],
        tuple: [result("keys", {"a": 1}), result("concat", tolist("a"), ["b"]), result("flatten", [["a"]])],
        dict: [result("merge", tomap(a="1"), {"b": 2}), result("zipmap", ["a"], ["x"])],
    }
    for kind, results in kinds.items():
        assert [type(made.value) for made in results if isinstance(made, Known)] == [kind] * len(results)


def test_every_function_is_in_the_file_that_the_table_says() -> None:
    holding = {module.name for module in pkgutil.iter_modules(functions.__path__)}
    imported = {name: import_module(f"{functions.__name__}.{name}") for name in holding}
    found = {name: set(module.FUNCTIONS) for name, module in imported.items() if hasattr(module, "FUNCTIONS")}
    assert {name: set(names.split()) for name, names in FAMILIES.items()} == found
