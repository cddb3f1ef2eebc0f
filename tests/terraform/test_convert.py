"""Type constraints and conversion to them: as Terraform converts the value of a variable."""

from __future__ import annotations

from decimal import Decimal

import pytest

from peerlint.network.values import Identity, Known, Span, Unknown, Why
from peerlint.terraform.convert import convert, number, number_text, to_bool, to_number, to_string
from peerlint.terraform.functions.json_text import encode
from peerlint.terraform.types import (
    ANY,
    BOOL,
    NUMBER,
    QUOTED,
    STRING,
    Attribute,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    TypeConstraint,
    type_of,
    unify,
)
from peerlint.terraform.values import NULL, EvaluationError, TfList, TfMap, TfSet, element_of
from tests.oracle.literals import Literal, tolist, tomap, toset, value

CIDR = Unknown(Why.VARIABLE, of=Identity("root", "var.cidr"))

PEER = ObjectType(
    {
        "cidr": Attribute(STRING),
        "region": Attribute(STRING, optional=True, default=Known("eu-west-1")),
        "dns": Attribute(BOOL, optional=True),
        "routes": Attribute(
            ListType(ObjectType({"to": Attribute(STRING, optional=True, default=Known("0.0.0.0/0"))})),
            optional=True,
            default=Known((Known({}),)),
        ),
    }
)


@pytest.mark.parametrize(
    ("literal", "kind", "expected"),
    [
        (5, STRING, '"5"'),
        (Decimal("0.10"), STRING, '"0.1"'),
        (10**30, STRING, '"1000000000000000000000000000000"'),
        (True, STRING, '"true"'),
        ("5", NUMBER, "5"),
        ("1e3", NUMBER, "1000"),
        ("true", BOOL, "true"),
        ("1", BOOL, "true"),
        ("0", BOOL, "false"),
        (None, STRING, "null"),
        ([1, "a", True], ListType(STRING), '["1","a","true"]'),
        ([1, "a", True], ListType(ANY), '["1","a","true"]'),
        (["b", "a", "b"], SetType(STRING), '["a","b"]'),
        ([10, "9"], SetType(NUMBER), "[9,10]"),
        (toset("b", "a"), ListType(STRING), '["a","b"]'),
        ({"a": 1, "b": "x"}, MapType(STRING), '{"a":"1","b":"x"}'),
        ({"a": 1, "b": "x"}, MapType(ANY), '{"a":"1","b":"x"}'),
        ({"a": 1, "b": [True]}, ANY, '{"a":1,"b":[true]}'),
        ([1, "x"], TupleType((STRING, STRING)), '["1","x"]'),
        ([{"a": 1}, {"b": "x"}], ListType(ANY), '[{"a":"1"},{"b":"x"}]'),
        ([], ListType(STRING), "[]"),
    ],
)
def test_conversion(literal: Literal, kind: TypeConstraint, expected: str) -> None:
    assert encode(convert(value(literal), kind)) == expected


@pytest.mark.parametrize(
    ("literal", "kind"),
    [
        ("abc", NUMBER),
        ("", NUMBER),
        ("0x10", NUMBER),
        (True, NUMBER),
        (1, BOOL),
        ("True", BOOL),
        ("yes", BOOL),
        (["a"], STRING),
        ("a", ListType(STRING)),
        ({"a": 1}, ListType(STRING)),
        (["a"], MapType(STRING)),
        ([1, True], ListType(ANY)),
        ([["a"], "b"], ListType(ANY)),
        ({"a": [], "b": "x"}, MapType(ANY)),
        ([1], TupleType((STRING, STRING))),
        (["a", ["b"]], ListType(STRING)),
        ({"region": "x"}, PEER),
        ({"cidr": ["x"]}, PEER),
    ],
)
def test_no_conversion(literal: Literal, kind: TypeConstraint) -> None:
    with pytest.raises(EvaluationError):
        convert(value(literal), kind)


def test_an_error_names_the_element_and_the_attribute() -> None:
    with pytest.raises(EvaluationError, match='element 1: attribute "dns": a bool is required'):
        convert(value([{"cidr": "a"}, {"cidr": "b", "dns": "maybe"}]), ListType(PEER))
    with pytest.raises(EvaluationError, match='attribute "cidr" is required'):
        convert(value({}), PEER)


def test_an_object_gets_its_defaults_deeply_and_loses_what_it_does_not_name() -> None:
    converted = convert(value({"cidr": "10.0.0.0/16", "owner": "me"}), PEER)
    assert encode(converted) == ('{"cidr":"10.0.0.0/16","dns":null,"region":"eu-west-1","routes":[{"to":"0.0.0.0/0"}]}')


def test_a_default_stands_for_a_null_attribute_but_not_for_a_null_object() -> None:
    converted = convert(
        value({"cidr": "a", "region": None, "dns": "true", "routes": [{"to": None}, {"to": "b"}]}), PEER
    )
    assert encode(converted) == '{"cidr":"a","dns":true,"region":"eu-west-1","routes":[{"to":"0.0.0.0/0"},{"to":"b"}]}'
    assert convert(NULL, PEER) == NULL


def test_an_unknown_stays_the_same_unknown_wherever_it_is() -> None:
    for kind in (STRING, NUMBER, BOOL, ANY, ListType(STRING), PEER):
        assert convert(CIDR, kind) is CIDR
    converted = convert(Known({"cidr": CIDR}), PEER)
    assert isinstance(converted, Known)
    assert isinstance(converted.value, dict)
    assert converted.value["cidr"] is CIDR
    assert convert(Known((CIDR, Known(1))), ListType(STRING)) == Known((CIDR, Known("1")))
    assert convert(Known((Known(1), CIDR, Known("a"))), ListType(ANY)) == Known((Known("1"), CIDR, Known("a")))


def test_a_set_with_an_unknown_element_is_open_and_has_no_order() -> None:
    opened = convert(Known((CIDR, Known("b"), Known("a"))), SetType(STRING))
    assert opened == Known(TfSet((Known("a"), Known("b"), CIDR)))
    listed = convert(opened, ListType(STRING))
    assert isinstance(listed, Unknown)
    assert listed.cause == CIDR.of
    assert convert(Known(TfSet((CIDR,))), ListType(STRING)) == Known((CIDR,))
    assert convert(Known((CIDR, CIDR)), SetType(STRING)) == Known(TfSet((CIDR,)))


def test_some_elements_of_a_collection_are_kept_apart_in_a_set() -> None:
    some, another = element_of(CIDR), element_of(CIDR)
    converted = convert(Known((some, another)), SetType(STRING))
    assert converted == Known(TfSet((some, another)))


def test_lists_and_maps_are_told_from_tuples_and_objects() -> None:
    for literal, kind in ((tolist("a"), TfList), (tomap(a="x"), TfMap), (["a"], tuple), ({"a": "x"}, dict)):
        converted = value(literal)
        assert isinstance(converted, Known)
        assert type(converted.value) is kind


def test_quoted_types_of_0_11_leave_elements_as_they_are() -> None:
    mixed = value({"a": 1, "b": ["x"]})
    assert encode(convert(mixed, QUOTED["map"])) == '{"a":1,"b":["x"]}'
    assert encode(convert(value([1, ["x"]]), QUOTED["list"])) == '[1,["x"]]'
    assert encode(convert(value(1), QUOTED["string"])) == '"1"'
    with pytest.raises(EvaluationError):
        convert(value("a"), QUOTED["list"])


def test_places_survive_the_conversion_of_a_primitive() -> None:
    at = Span("/main.tf", 1, 1, 1, 2)
    assert to_string(Known(5, at)).at == at
    assert to_number(Known("5", at)).at == at
    assert to_bool(Known("true", at)).at == at
    assert convert(Known((), at), SetType(STRING)).at == at


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ((STRING, NUMBER), STRING),
        ((NUMBER, BOOL), None),
        ((BOOL, BOOL), BOOL),
        ((ANY, NUMBER), NUMBER),
        ((), ANY),
        ((ListType(STRING), TupleType((NUMBER,))), ListType(STRING)),
        ((TupleType((STRING,)), TupleType((NUMBER,))), TupleType((STRING,))),
        ((TupleType((STRING,)), TupleType(())), ListType(STRING)),
        ((SetType(STRING), TupleType((STRING,))), SetType(STRING)),
        ((MapType(STRING), ObjectType({"a": Attribute(NUMBER)})), MapType(STRING)),
        ((ObjectType({"a": Attribute(NUMBER)}), ObjectType({"b": Attribute(BOOL)})), None),
        ((STRING, ListType(STRING)), None),
    ],
)
def test_unification(types: tuple[TypeConstraint, ...], expected: TypeConstraint | None) -> None:
    assert unify(types) == expected


def test_the_type_of_a_value() -> None:
    assert type_of(value({"a": [1, "x"]})) == ObjectType({"a": Attribute(TupleType((NUMBER, STRING)))})
    assert type_of(value(toset("a"))) == SetType(STRING)
    assert type_of(CIDR) == ANY


def test_numbers_are_exact_and_bounded() -> None:
    assert number(Decimal("1.0")) == Known(1)
    assert isinstance(number(Decimal("1e5000")), Unknown)
    assert isinstance(to_number(Known("1e999999999")), Unknown)
    assert isinstance(to_number(Known("Inf")), Unknown)
    assert number_text(Decimal("1e-7")) == "0.0000001"
