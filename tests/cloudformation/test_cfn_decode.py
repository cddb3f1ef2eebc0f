"""Templates as nodes: places in YAML and JSON, and what cannot be read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions, read
from peerlint.cloudformation.decode import decode_mapping
from peerlint.cloudformation.nodes import MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.syntax import Unreadable
from peerlint.network.model import Vpc
from tests.cloudformation.written import HEAD, fragment, only, place, unreadable
from tests.values import known

YAML = """\
Resources:
  Ärger: # the key has a two-byte letter
    Type: "AWS::EC2::VPC"
    Flag: true
    Number: 22
    Account: 012345678901
    Text: |
      one

      two

# a comment between
    Short: !Sub "${AWS::Region}"
    List:
      - !GetAtt A.B
      - {a: 1}
"""

JSON = """\
{
  "Resources": {
    "Ärger": { "Type": "AWS::EC2::VPC", "Flag": true,
      "Number": 22, "Account": "012345678901", "Text": "one\\n\\ntwo\\n",
      "Short": {"Fn::Sub": "${AWS::Region}"}, "List": [ {"Fn::GetAtt": "A.B"}, {"a": 1} ]
    }
  }
}
"""


def at(node: Node, *path: str | int) -> Node:
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, SequenceNode)
            node = node.items[step]
        else:
            assert isinstance(node, MappingNode)
            node = node.entries[step].value
    return node


def plain(node: Node) -> object:
    match node:
        case ScalarNode(value=value):
            return value
        case SequenceNode(items=items):
            return [plain(item) for item in items]
        case MappingNode(entries=entries):
            return {key: plain(entry.value) for key, entry in entries.items()}


def key_place(node: Node, key: str) -> tuple[int, int, int, int]:
    assert isinstance(node, MappingNode)
    return place(node.entries[key].key)


def test_yaml_and_json_give_one_tree() -> None:
    tree = plain(decode_mapping(YAML.encode(), "/net.yaml")[0])
    assert tree == plain(decode_mapping(JSON.encode(), "/net.json")[0])
    assert tree == {
        "Resources": {
            "Ärger": {
                "Type": "AWS::EC2::VPC",
                "Flag": True,
                "Number": 22,
                "Account": "012345678901",
                "Text": "one\n\ntwo\n",
                "Short": {"Fn::Sub": "${AWS::Region}"},
                "List": [{"Fn::GetAtt": "A.B"}, {"a": 1}],
            }
        }
    }


def test_places_in_yaml_count_code_points_and_end_with_the_text() -> None:
    root = decode_mapping(YAML.encode(), "/net.yaml")[0]
    resource = at(root, "Resources", "Ärger")
    assert key_place(at(root, "Resources"), "Ärger") == (2, 3, 2, 8)
    assert place(resource.span) == (3, 5, 16, 15)
    assert place(at(resource, "Type").span) == (3, 11, 3, 26)
    assert place(at(resource, "Flag").span) == (4, 11, 4, 15)
    assert place(at(resource, "Number").span) == (5, 13, 5, 15)
    assert place(at(resource, "Text").span) == (7, 11, 10, 10)
    assert place(at(resource, "Short").span) == (13, 12, 13, 33)
    assert place(at(resource, "List").span) == (15, 7, 16, 15)
    assert place(at(resource, "List", 0).span) == (15, 9, 15, 20)
    assert place(at(resource, "List", 1).span) == (16, 9, 16, 15)


def test_places_in_json() -> None:
    root = decode_mapping(JSON.encode(), "/net.json")[0]
    resource = at(root, "Resources", "Ärger")
    assert key_place(at(root, "Resources"), "Ärger") == (3, 5, 3, 12)
    assert key_place(resource, "Flag") == (3, 41, 3, 47)
    assert place(resource.span) == (3, 14, 6, 6)
    assert place(at(resource, "Type").span) == (3, 24, 3, 39)
    assert place(at(resource, "Flag").span) == (3, 49, 3, 53)
    assert place(at(resource, "Number").span) == (4, 17, 4, 19)
    assert place(at(resource, "List", 1, "a").span) == (5, 86, 5, 87)


def test_a_byte_order_mark_is_not_a_column() -> None:
    root = decode_mapping(b"\xef\xbb\xbfA: 1\n", "/net.yaml")[0]
    assert key_place(root, "A") == (1, 1, 1, 2)


def test_aliases_and_merged_mappings_are_written_out() -> None:
    text = "Base: &base\n  a: 1\n  b: 2\nOwn:\n  <<: *base\n  b: 3\nList: [*base]\n"
    root = decode_mapping(text.encode(), "/net.yaml")[0]
    assert plain(at(root, "Own")) == {"a": 1, "b": 3}
    assert plain(at(root, "List", 0)) == {"a": 1, "b": 2}


BAD_YAML = {
    "tab": ("Resources:\n\tVpc: 1\n", 2, 1),
    "unclosed": ("Resources: {Vpc: [1\n", 3, 1),
    "empty key": ("Resources:\n  : 1\n", 2, 3),
    "key that is a list": ("Resources:\n  ? [a]\n  : 1\n", 2, 5),
    "unknown alias": ("Resources: *none\n", 1, 12),
    "an alias inside its anchor": ("Resources: &r\n  A: *r\n", 2, 6),
    "control character": ("Resources:\n  A: '\x07'\n", 2, 7),
    "a list": ("- {}\n- AWSTemplateFormatVersion: 2010-09-09\n  Resources: {}\n", 2, 3),
    "Resources that is no mapping": ("Resources:\nVpc:\n  Type: AWS::EC2::VPC\n", 1, 1),
    "deep nesting": ("Resources: " + "[" * 200, 1, 111),
}


@pytest.mark.parametrize(("text", "line", "column"), BAD_YAML.values(), ids=BAD_YAML)
def test_unreadable_yaml_is_a_problem_at_its_place(tmp_path: Path, text: str, line: int, column: int) -> None:
    problem = unreadable(fragment(tmp_path, text + "# AWS::EC2::VPC\n"))
    assert (problem.at.line, problem.at.column) == (line, column)
    assert problem.at.file == str(tmp_path / "net.yaml")


@pytest.mark.parametrize("name", ["tests.yaml", "tests.json"])
def test_a_list_of_what_only_holds_templates_is_not_one(tmp_path: Path, name: str) -> None:
    cases = [
        {
            "name": "open",
            "input": {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"A": {"Type": "AWS::EC2::VPC"}}},
        }
    ]
    assert fragment(tmp_path, json.dumps(cases), name=name).problems == ()


BAD_JSON = {
    "trailing comma in a list": ('{"Resources": [1,\n]}', 2, 1),
    "trailing comma in a mapping": ('{"Resources": {"A": 1,\n}}', 2, 1),
    "comment": ('{\n// no\n"Resources": {}}', 2, 1),
    "not a number of JSON": ('{"Resources":\n NaN}', 2, 2),
    "deep nesting": ('{"Resources": ' + "[" * 150 + "]" * 150 + "}", 1, 115),
    "very deep nesting": ('{"Resources": ' + "[" * 100_000 + "]" * 100_000 + "}", 1, 1),
}


@pytest.mark.parametrize(("text", "line", "column"), BAD_JSON.values(), ids=BAD_JSON)
def test_unreadable_json_is_a_problem_at_its_place(tmp_path: Path, text: str, line: int, column: int) -> None:
    with pytest.raises(Unreadable) as raised:
        decode_mapping(text.encode(), str(tmp_path / "net.json"))[0]
    assert (raised.value.line, raised.value.column) == (line, column)


VPCS = {
    "net.yaml": "  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.1.0.0/16}}\n",
    "net.json": '"A": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.1.0.0/16"}}',
}


@pytest.mark.parametrize(
    ("name", "text", "line", "column"),
    [
        ("net.yaml", f"Resources:\n{VPCS['net.yaml']}{VPCS['net.yaml'].replace('10.1', '10.2')}", 3, 3),
        ("net.json", f'{{"Resources": {{{VPCS["net.json"]},\n{VPCS["net.json"].replace("10.1", "10.2")}}}}}', 2, 1),
        ("net.yaml", f"Resources:\n{VPCS['net.yaml'].replace('10.1', '10.2')}---\nMore: 1\n", 3, 1),
    ],
)
def test_what_hides_nothing_else_is_a_problem_and_the_rest_is_read(
    tmp_path: Path, name: str, text: str, line: int, column: int
) -> None:
    found = fragment(tmp_path, text, name=name)
    assert [(p.kind.value, p.at.line, p.at.column) for p in found.problems] == [("PL901", line, column)]
    (block,) = only(found, Vpc).blocks
    assert known(block.cidr).written == "10.2.0.0/16"


@pytest.mark.parametrize(("section", "most"), [("Resources", 500), ("Parameters", 200), ("Outputs", 200)])
def test_more_than_the_service_takes(tmp_path: Path, section: str, most: int) -> None:
    for count in (most, most + 1):
        many = "".join(f"  V{n}: {{Type: 'AWS::EC2::VPC', Value: a}}\n" for n in range(count))
        first = "" if section == "Resources" else "Resources: {V: {Type: 'AWS::EC2::VPC'}}\n"
        found = fragment(tmp_path, f"{section}:\n{many}{first}")
        expected = [("PL902", 1, 1)] if count > most else []
        assert [(p.kind.value, p.at.line, p.at.column) for p in found.problems] == expected
        assert len(found.entities) == (count if section == "Resources" else 1)


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "net.yaml"
    path.write_bytes(b"# \xc3\xa4\nResources: # AWS::EC2::VPC\n  A: \xff\n")
    problem = unreadable(read(str(path), CloudFormationOptions()))
    assert (problem.message, problem.at.line, problem.at.column) == ("not UTF-8", 3, 6)


def test_alias_bombs_are_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    problem = unreadable(fragment(tmp_path, "\n".join(lines) + "\n# AWS::EC2::VPC\n"))
    assert "250,000 values" in problem.message
    assert problem.at.line == 6


def test_aliases_do_not_nest_deeper_than_what_is_written(tmp_path: Path) -> None:
    inner = "a0: &a0 [x]\n"
    chain = "".join(f"a{n}: &a{n} {'[' * 60}*a{n - 1}{']' * 60}\n" for n in range(1, 40))
    problem = unreadable(fragment(tmp_path, f"{inner}{chain}# AWS::EC2::VPC\n"))
    assert (problem.message, problem.at.line) == ("nested more than 100 levels deep", 3)


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    problem = unreadable(fragment(tmp_path, HEAD + "# AWS::EC2::VPC\n" + "#" * 5_000_000))
    assert "5,000,000 bytes" in problem.message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in ("pipe.yaml", "absent.yaml", "."):
        unreadable(read(str(tmp_path / name), CloudFormationOptions()))


def test_a_file_that_only_mentions_a_template_deeper_down_is_none(tmp_path: Path) -> None:
    nested = "service: net\nresources:\n  Resources:\n    Vpc:\n      Type: AWS::EC2::VPC\n"
    found = fragment(tmp_path, nested)
    assert (found.entities, found.problems) == ((), ())


def test_a_resource_without_a_type_does_not_hide_the_others(tmp_path: Path) -> None:
    found = fragment(tmp_path, "Resources:\n  Bad: {}\n  Worse: 1\n  Vpc:\n    Type: AWS::EC2::VPC\n")
    assert [(problem.at.line, problem.address) for problem in found.problems] == [(2, "Bad"), (3, "Worse")]
    assert len(found.entities) == 1


@pytest.mark.parametrize("value", ["[]", "3", "", "text"])
@pytest.mark.parametrize("section", ["Parameters", "Mappings", "Conditions", "Outputs"])
def test_a_section_that_is_no_mapping_does_not_hide_the_others(tmp_path: Path, section: str, value: str) -> None:
    found = fragment(tmp_path, f"Resources: {{V: {{Type: 'AWS::EC2::VPC'}}}}\n{section}: {value}\n")
    assert [(p.kind.value, p.at.line, p.message) for p in found.problems] == [
        ("PL901", 2, f"`{section}` is not a mapping")
    ]
    assert len(found.entities) == 1


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fragment(tmp_path, "Resources:\n  A: 1\n  A: 2 # AWS::EC2::VPC\n")
    fragment(tmp_path, "Resources:\n\t- AWS::EC2::VPC\n")
    assert capfd.readouterr() == ("", "")
