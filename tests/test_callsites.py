"""A finding inside a module says where the module is called."""

from __future__ import annotations

from pathlib import Path

from peerlint.callsites import CallSites
from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.rule import Finding
from tests.terraform.estate import estate

FILES = {
    "main.tf": 'module "outer" {\n  source   = "./outer"\n  for_each = toset(["a.b"])\n}\n',
    "outer/main.tf": '\nmodule "inner" {\n  source = "./inner"\n}\n',
    "outer/inner/main.tf": 'resource "aws_vpc" "v" {\n  cidr_block = "10.0.0.0/16"\n}\n',
}
ADDRESS = 'module.outer["a.b"].module.inner.aws_vpc.v'


def notes(sites: CallSites, finding: Finding) -> list[tuple[str, str, int]]:
    return [(n.message, Path(n.at.file).parent.name, n.at.line) for n in sites.told(finding).notes]


def test_each_call_between_the_root_and_the_module_is_told(tmp_path: Path) -> None:
    fragment = estate(tmp_path, FILES)
    inner = str(tmp_path / "outer" / "inner" / "main.tf")
    finding = Finding("m", Span(inner, 1, 1, 1, 2), (ADDRESS,), stack=fragment.stack)
    assert notes(CallSites([fragment]), finding) == [
        ('module.outer["a.b"].module.inner is called here', "outer", 1),
        ('module.outer["a.b"] is called here', tmp_path.name, 1),
    ]
    elsewhere = Span(str(tmp_path / "outer" / "inner" / "options.tf"), 1, 1, 1, 2)
    assert notes(CallSites([fragment]), replace(finding, at=elsewhere)) == notes(CallSites([fragment]), finding)
    for outside in ("main.tf", "outer/main.tf", "outer/inner/template.yaml"):
        at = Span(str(tmp_path / outside), 1, 1, 1, 2)
        assert notes(CallSites([fragment]), replace(finding, at=at)) == []


def test_a_finding_of_another_root_is_not_told_the_calls_of_this_one(tmp_path: Path) -> None:
    fragment = estate(tmp_path, FILES)
    at = Span(str(tmp_path / "outer" / "inner" / "main.tf"), 1, 1, 1, 2)
    assert notes(CallSites([fragment]), Finding("m", at, (ADDRESS,), stack="another")) == []
