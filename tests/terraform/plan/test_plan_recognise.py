"""Which files are plans and states, and which are something else of Terraform's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peerlint.discover import Exclude, discover
from peerlint.terraform.plan.recognise import Form, form_of
from tests.terraform.plan.made import Planned, plan, state, written

VPC = Planned("aws_vpc.app", {"cidr_block": "10.20.0.0/16"})
STATE_FILE = {
    "version": 4,
    "terraform_version": "1.11.4",
    "serial": 3,
    "lineage": "5d9e",
    "outputs": {},
    "resources": [],
}
SAVED = b"PK\x03\x04\x14\x00\x08\x00\x08\x00" + b"\x00" * 20 + b"tfplan" + b"\x00" * 40
LOG = (
    b'{"@level":"info","@message":"Terraform 1.11.4","@module":"terraform.ui","terraform":"1.11.4","type":"version"}\n'
)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (json.dumps(plan(VPC)).encode(), Form.SHOWN),
        (json.dumps(plan(VPC), indent=2, sort_keys=True).encode(), Form.SHOWN),
        (json.dumps(state(VPC)).encode("utf-16"), Form.SHOWN),
        (json.dumps(state(VPC)).encode("utf-8-sig"), Form.SHOWN),
        (json.dumps(STATE_FILE, indent=2).encode(), Form.STATE_FILE),
        (SAVED, Form.SAVED_PLAN),
        (LOG, Form.LOG),
        (b'{"format_version":"1.0","provider_schemas":{}}', None),
        (b'{"terraform_version":"1.11.4","platform":"linux_amd64"}', None),
        (b'{"Resources":{"Vpc":{"Type":"AWS::EC2::VPC"}}}', None),
        (b"PK\x03\x04" + b"\x00" * 26 + b"README.md", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_how_it_begins(tmp_path: Path, content: bytes, form: Form | None) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert form_of(str(path)) is form


def test_a_plan_is_read_where_it_is_named_and_passed_over_in_a_directory(tmp_path: Path) -> None:
    named = written(tmp_path / "out" / "tfplan.json", plan(VPC))
    assert discover([str(named)], Exclude(str(tmp_path))).plans == (str(named),)
    found = discover([str(tmp_path)], Exclude(str(tmp_path)))
    assert (found.plans, found.templates, found.problems) == ((), (), ())


def test_a_plan_that_holds_a_template_is_no_template(tmp_path: Path) -> None:
    body = "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n"
    written(tmp_path / "tfplan.json", plan(Planned("aws_cloudformation_stack.app", {"template_body": body})))
    assert discover([str(tmp_path)], Exclude(str(tmp_path))).templates == ()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("terraform.tfstate", json.dumps(STATE_FILE).encode(), "`terraform show -json` writes one that is read"),
        ("tfplan", SAVED, "`terraform show -json tfplan`"),
        ("plan.json", LOG, "`terraform plan -out=tfplan`"),
    ],
)
def test_what_is_not_shown_as_json_is_said_where_it_is_named(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (problem,) = discover([str(path)], Exclude(str(tmp_path))).problems
    assert problem.at.file == str(path)
    assert said in problem.message
    assert discover([str(tmp_path)], Exclude(str(tmp_path))).problems == ()
