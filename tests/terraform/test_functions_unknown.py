"""What functions make of unknown values: the same one, one of its elements, or a derived one that names its cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.values import Identity, Known, Unknown, Why
from peerlint.terraform.functions import FileContext, call
from peerlint.terraform.functions.signature import TooLarge
from peerlint.terraform.operators import binary
from peerlint.terraform.values import EvaluationError, TfList, TfMap, TfSet, TfValue, element_of
from tests.oracle.terraform_plan import UNKNOWN
from tests.terraform.outputs import outputs_of

SLICED = Path(__file__).parents[1] / "oracle" / "resource_roots" / "sliced-look-ups"
HERE = FileContext("/nowhere", "/nowhere", "/nowhere")
ID = Identity("root", "aws_vpc.b", "id")
IDS = Identity("root", "data.aws_subnets.all", "ids")
VPC = Unknown(Why.COMPUTED, of=ID)
SUBNETS = Unknown(Why.LOOKUP, of=IDS)
A, B = Known("a"), Known("b")


def result(name: str, *args: TfValue) -> TfValue:
    return call(name, list(args), HERE)


def derived(made: TfValue, cause: Identity) -> bool:
    return isinstance(made, Unknown) and made.of is None and made.cause == cause


@pytest.mark.parametrize(
    "name",
    [
        "tolist", "toset", "tomap", "tostring", "tonumber", "tobool", "sort", "distinct", "compact", "reverse",
        "flatten", "sensitive", "nonsensitive", "concat", "coalesce", "coalescelist", "merge", "setunion",
        "ephemeralasnull",
    ],
)  # fmt: skip
def test_the_same_unknown_comes_out(name: str) -> None:
    assert result(name, SUBNETS) == SUBNETS


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("join", (Known(","), Known((VPC,)))),
        ("join", (Known(","), Known((VPC,)), Known(()))),
        ("format", (Known("%s"), VPC)),
        ("one", (Known((VPC,)),)),
        ("one", (Known(TfSet((VPC,))),)),
        ("element", (Known((A, VPC)), Known(1))),
        ("lookup", (Known({"x": VPC}), Known("x"), A)),
        ("coalesce", (Known(None), VPC)),
        ("coalesce", (Known(""), VPC, Known(None))),
        ("coalescelist", (Known(()), VPC)),
    ],
)
def test_the_unknown_that_is_selected_comes_out(name: str, args: tuple[TfValue, ...]) -> None:
    assert result(name, *args) == VPC


@pytest.mark.parametrize(
    ("name", "args"),
    [("element", (SUBNETS, Known(0))), ("one", (SUBNETS,)), ("lookup", (SUBNETS, Known("x")))],
)
def test_some_element_of_an_unknown_collection(name: str, args: tuple[TfValue, ...]) -> None:
    made = result(name, *args)
    assert made == Unknown(Why.LOOKUP, of=Identity("root", "data.aws_subnets.all", "ids", many=True))
    assert made == element_of(SUBNETS)
    assert isinstance(binary("==", made, result(name, *args)), Unknown)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("upper", (VPC,)),
        ("cidrsubnet", (VPC, Known(8), Known(1))),
        ("cidrsubnet", (Known("10.0.0.0/16"), Known(8), VPC)),
        ("length", (VPC,)),
        ("keys", (SUBNETS,)),
        ("values", (SUBNETS,)),
        ("concat", (SUBNETS, Known(()))),
        ("merge", (SUBNETS, Known({}))),
        ("coalesce", (VPC, A)),
        ("coalescelist", (SUBNETS, Known((A,)))),
        ("lookup", (SUBNETS, A, B)),
        ("lookup", (Known({"a": A}), VPC, B)),
        ("element", (Known((A, B)), VPC)),
        ("contains", (SUBNETS, A)),
        ("contains", (Known((A,)), VPC)),
        ("format", (Known("%s-x"), VPC)),
        ("format", (Known("%s%s"), VPC, A)),
        ("join", (Known(","), Known((VPC, A)))),
        ("join", (Known(","), SUBNETS, Known((VPC,)))),
        ("jsonencode", (Known({"a": Known((VPC,))}),)),
        ("flatten", (Known((Known((A,)), SUBNETS)),)),
        ("compact", (Known((A, VPC)),)),
        ("distinct", (Known((A, VPC)),)),
        ("zipmap", (Known((VPC,)), Known((A,)))),
        ("setintersection", (Known((A,)), Known((VPC,)))),
        ("setsubtract", (Known((A,)), Known((VPC,)))),
        ("setproduct", (SUBNETS, Known((A,)))),
        ("setproduct", (Known(TfSet((A, VPC))), Known((A,)))),
        ("length", (Known(TfSet((A, VPC))),)),
        ("reverse", (Known(TfSet((A, VPC))),)),
        ("index", (Known((VPC, A)), A)),
        ("range", (VPC,)),
        ("templatefile", (VPC, Known({}))),
        ("alltrue", (Known((Known(True), VPC)),)),
        ("anytrue", (Known((Known(False), VPC)),)),
        ("sum", (Known((Known(1), VPC)),)),
        ("regex", (A, VPC)),
    ],
)
def test_a_derived_unknown_names_its_cause(name: str, args: tuple[TfValue, ...]) -> None:
    made = result(name, *args)
    assert derived(made, ID) or derived(made, IDS)


def test_the_cause_is_handed_on_through_several_functions() -> None:
    made = result("lower", result("upper", VPC))
    assert derived(made, ID)
    assert isinstance(made, Unknown)
    assert made.why is Why.COMPUTED


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [
        ("length", (Known((VPC, VPC)),), Known(2)),
        ("length", (Known(TfSet((VPC,))),), Known(1)),
        ("length", (Known({"a": VPC}),), Known(1)),
        ("keys", (Known({"a": VPC, "b": A}),), Known((A, B))),
        ("values", (Known({"x": VPC}),), Known((VPC,))),
        ("concat", (Known((A,)), Known((VPC,))), Known((A, VPC))),
        ("merge", (Known({"a": A}), Known({"b": VPC})), Known({"a": A, "b": VPC})),
        ("zipmap", (Known((A,)), Known((VPC,))), Known({"a": VPC})),
        ("slice", (Known((A, VPC)), Known(0), Known(1)), Known((A,))),
        ("reverse", (Known((A, VPC)),), Known((VPC, A))),
        ("chunklist", (Known((A, VPC)), Known(1)), Known((Known((A,)), Known((VPC,))))),
        ("setproduct", (Known((A,)), Known((VPC,))), Known((Known((A, VPC)),))),
        ("setunion", (Known((A,)), Known((VPC,))), Known(TfSet((A, VPC)))),
        ("toset", (Known((VPC, A)),), Known(TfSet((A, VPC)))),
        ("contains", (Known((VPC, A)), A), Known(True)),
        ("contains", (Known((VPC,)), VPC), Known(True)),
        ("index", (Known((A, VPC)), A), Known(0)),
        ("alltrue", (Known((Known(False), VPC)),), Known(False)),
        ("anytrue", (Known((VPC, Known(True))),), Known(True)),
        ("sort", (Known((VPC,)),), Known((VPC,))),
        ("distinct", (Known((VPC,)),), Known((VPC,))),
        ("formatlist", (Known("%s/32"), Known((A,))), Known((Known("a/32"),))),
        ("flatten", (Known((Known({"id": VPC}),)),), Known((Known({"id": VPC}),))),
        ("flatten", (Known((Known((A,)), VPC)),), Known((A, VPC))),
        ("lookup", (Known({"a": VPC}), Known("b"), A), A),
        ("coalesce", (A, VPC), A),
        ("coalescelist", (Known((A,)), VPC), Known((A,))),
    ],
)
def test_what_is_known_of_a_collection_with_unknown_elements(
    name: str, args: tuple[TfValue, ...], expected: TfValue
) -> None:
    assert result(name, *args) == expected


def test_formatlist_knows_its_length_and_the_rows_without_unknowns() -> None:
    made = result("formatlist", Known("%s/32"), Known((A, VPC)))
    assert isinstance(made, Known)
    assert isinstance(made.value, TfList)
    assert made.value[0] == Known("a/32")
    assert derived(made.value[1], ID)


def test_sort_knows_the_length_but_not_the_order() -> None:
    made = result("sort", Known((A, VPC)))
    assert isinstance(made, Known)
    assert isinstance(made.value, TfList)
    assert [derived(item, ID) for item in made.value] == [True, True]


def test_an_error_is_one_even_beside_an_unknown() -> None:
    for args in ((VPC, Known("x"), Known(1)), (VPC, Known(None), Known(1)), (VPC, Known(8)), (VPC,) * 4):
        with pytest.raises(EvaluationError):
            result("cidrsubnet", *args)


def test_elements_keep_their_identity_through_a_map() -> None:
    made = result("merge", Known(TfMap({"a": VPC})), Known(TfMap({"b": Known("vpc-1")})))
    assert isinstance(made, Known)
    assert isinstance(made.value, TfMap)
    assert made.value["a"] is VPC


@pytest.mark.parametrize("why", [Why.LOOKUP, Why.VARIABLE, Why.MODULE])
def test_a_slice_of_what_plan_knows_has_as_many_elements_as_are_asked_for(why: Why) -> None:
    zones = Unknown(why, of=Identity("root", "data.aws_availability_zones.all", "names"))
    assert result("slice", zones, Known(1), Known(3)) == Known(TfList([element_of(zones)] * 2))


def test_a_slice_of_what_only_apply_knows_is_unknown() -> None:
    made = Unknown(Why.COMPUTED, of=Identity("root", "aws_instance.a", "security_groups"))
    assert derived(result("slice", made, Known(0), Known(2)), Identity("root", "aws_instance.a", "security_groups"))


def test_a_slice_is_no_longer_than_a_list_may_be() -> None:
    with pytest.raises(TooLarge):
        result("slice", SUBNETS, Known(0), Known(10**9))


def test_a_slice_in_try_may_be_of_too_short_a_list() -> None:
    found = outputs_of(SLICED)
    assert found["blocks"] == ["10.1.0.0/20", "10.1.16.0/20"]
    assert found["zones"] == [UNKNOWN, UNKNOWN]
    assert [found[name] for name in ("has_four", "four_or_none", "how_many", "different_zones")] == [UNKNOWN] * 4
