"""Generated expressions have the values that moto's CloudFormation gives them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.cloudformation.client import Place
from tests.oracle.cloudformation.estate import Comparison, compare
from tests.oracle.cloudformation.planned import Estate, Planned

HEAD = {
    "Parameters": {
        "Text": {"Type": "String", "Default": "a-b-c"},
        "Block": {"Type": "String", "Default": "10.20.0.0/16"},
        "Number": {"Type": "Number", "Default": "7"},
        "List": {"Type": "CommaDelimitedList", "Default": "red,green,blue"},
        "Stage": {"Type": "String", "AllowedValues": ["dev", "prod"]},
    },
    "Mappings": {
        "Stages": {"dev": {"Name": "development", "Zones": ["x", "y"]}, "prod": {"Name": "live", "Zones": ["z", "w"]}},
        "Regions": {"eu-west-1": {"Name": "ireland", "Zones": ["i1", "i2"]}},
    },
    "Conditions": {
        "Live": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
        "Seven": {"Fn::Equals": ["7", {"Ref": "Number"}]},
        "Neither": {"Fn::Not": [{"Fn::Or": [{"Condition": "Live"}, {"Fn::Equals": [{"Ref": "Text"}, "x"]}]}]},
    },
}
Json = object
LITERALS = st.text("abcXYZ019 _-./", max_size=5)
CONDITIONS = st.sampled_from(["Live", "Seven", "Neither"])
SEPARATORS = st.sampled_from(["", "-", ", "])
LEAVES = st.one_of(
    LITERALS,
    st.sampled_from(
        [
            {"Ref": "Text"},
            {"Ref": "Number"},
            {"Ref": "AWS::Region"},
            {"Ref": "AWS::AccountId"},
            {"Fn::GetAtt": ["Net", "CidrBlock"]},
            {"Fn::FindInMap": ["Stages", {"Ref": "Stage"}, "Name"]},
            {"Fn::FindInMap": ["Regions", {"Ref": "AWS::Region"}, "Name"]},
            {"Fn::Sub": "${Text}/${AWS::Region}${Net.CidrBlock}"},
        ]
    ),
)
FIXED_LISTS = [
    ({"Ref": "List"}, 3),
    ({"Fn::Split": ["-", {"Ref": "Text"}]}, 3),
    ({"Fn::FindInMap": ["Stages", {"Ref": "Stage"}, "Zones"]}, 2),
    ({"Fn::Cidr": [{"Fn::GetAtt": ["Net", "CidrBlock"]}, 4, 8]}, 4),
    ({"Fn::Cidr": [{"Ref": "Block"}, "3", {"Ref": "Number"}]}, 3),
]


def _lists(texts: st.SearchStrategy[Json]) -> st.SearchStrategy[tuple[Json, int]]:
    """Lists with their lengths."""
    written = st.lists(texts, min_size=1, max_size=4).map(lambda items: (items, len(items)))
    chosen = st.tuples(CONDITIONS, st.lists(texts, min_size=2, max_size=2), st.lists(texts, min_size=2, max_size=2))
    return st.one_of(
        st.sampled_from(FIXED_LISTS), written, chosen.map(lambda c: ({"Fn::If": [c[0], c[1], c[2]]}, len(c[1])))
    )


def _selected(drawn: tuple[tuple[Json, int], int]) -> Json:
    (items, length), index = drawn
    return {"Fn::Select": [str(index % length), items]}


def _texts(texts: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.one_of(
        st.tuples(SEPARATORS, _lists(texts)).map(lambda j: {"Fn::Join": [j[0], j[1][0]]}),
        st.tuples(_lists(texts), st.integers(0, 11)).map(_selected),
        st.tuples(CONDITIONS, texts, texts).map(lambda arms: {"Fn::If": list(arms)}),
        texts.map(lambda text: {"Fn::Sub": ["<${Own}|${Text}>", {"Own": text}]}),
        LEAVES.map(lambda text: {"Fn::Base64": text}),
    )


# moto looks for variables in what it has put in for one, so no text here has a literal "${".
EXPRESSIONS = st.recursive(LEAVES, _texts, max_leaves=6)


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(EXPRESSIONS, min_size=25, max_size=40), st.integers(0, 1))
def test_an_expression_has_the_value_that_the_service_gives_it(expressions: list[Json], answer: int) -> None:
    net = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.20.0.0/16"}}
    named = {
        f"E{number}": {
            "Type": "AWS::SSM::Parameter",
            "Properties": {"Name": f"/e/{number}", "Type": "String", "Value": {"Fn::Join": ["", ["=", expression]]}},
        }
        for number, expression in enumerate(expressions)
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "net.json"
        path.write_text(json.dumps({**HEAD, "Resources": {"Net": net, **named}}))
        assert compare(Estate((Planned(path, "net", Place()),)), answer) == Comparison([], [])
