"""Terraform and CloudFormation twins of a fixture are reported alike: the same sentences, of things with other names.

Compared are the findings of the fixture's rule (severity and message), the notes under each, and the questions that
stay undecided, in all of which the names of resources, variables and arguments are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from peerlint.engine import Result
from tests.test_rules import FOLDERS, RULES, SUFFIXES, Case

Said: TypeAlias = Counter[tuple[str, ...]]

TWINLESS = {
    "auto-accept-unsupported": "CloudFormation has no auto_accept: it accepts a same-account request by itself",
    "cidr-overlap/bad_default_vpcs": "CloudFormation can neither declare nor look up a default VPC",
    "cidr-overlap/bad_var_files": "var files are Terraform's",
    "cidr-overlap/good_var_files": "var files are Terraform's",
    "cidr-overlap/unknown_var_files": "var files are Terraform's",
    "peering-not-accepted/bad_accepter_off": "CloudFormation has no accepter resource",
    "peering-not-accepted/bad_same_account": "CloudFormation accepts a request within one account by itself",
    "peering-not-accepted/good_under_one_condition": "CloudFormation has no accepter resource",
    "peering-not-accepted/unknown_accepter": "CloudFormation has no accepter resource",
    "peering-not-accepted/good_third_party": "CloudFormation has no resources of third-party networks",
    "dns-resolution-disabled/good_each_side_its_own": "no reference of a template names a stack of another account",
    "inter-region-cost/bad_two_providers": "a template is one Region",
    "mixed-route-style": "CloudFormation has no route tables that list their routes",
    "sg-cross-region-reference": "a template is one Region, and only the configuration says which",
    "dns-options-inactive": "CloudFormation has no property for the options of a connection",
    "sg-cross-account-format": "each language has a form of its own for the groups of other accounts",
    "secondary-cidr-blocked/bad_pending_request": "CloudFormation accepts a request, or fails",
    "sg-reference-ordering/bad_waits_for_the_request": "CloudFormation has no accepter resource",
    "sg-reference-ordering/unknown_program_between": "CloudFormation has no accepter resource",
    "sg-reference-ordering/bad_group_with_its_account": "CloudFormation has no accepter resource",
    "sg-reference-ordering/good_group_with_its_account": "CloudFormation has no accepter resource",
    "sg-reference-ordering/good_nothing_accepts": "CloudFormation accepts a request, or fails",
    "missing-reciprocal-route/bad_third_party": "CloudFormation has no resources of third-party networks",
    "missing-reciprocal-route/bad_services": "CloudFormation has no resources of third-party networks",
    "missing-reciprocal-route/good_services": "CloudFormation has no resources of third-party networks",
    "cidr-overlap/bad_third_parties": "CloudFormation has no resources of third-party networks",
    "cidr-overlap/good_third_parties": "CloudFormation has no resources of third-party networks",
    "cidr-overlap/unknown_third_parties": "CloudFormation has no resources of third-party networks",
    "route-outside-peer/bad_third_parties": "CloudFormation has no resources of third-party networks",
    "route-outside-peer/good_third_parties": "CloudFormation has no resources of third-party networks",
    "dns-resolution-disabled/unknown_third_party": "CloudFormation has no resources of third-party networks",
    "edge-to-edge-route/bad_service_prefix_list": "CloudFormation cannot look up the prefix list of a service",
    "missing-reciprocal-route/good_associated_blocks": "CloudFormation cannot look up a VPC",
    "peering-not-accepted/unknown_shared": "CloudFormation cannot look up a VPC",
    "peer-traffic-blocked/bad_no_egress": "CloudFormation leaves the rule that lets everything out",
    "private-zone-unassociated/bad_unauthorized": "CloudFormation associates no zone with a VPC of another account",
    "private-zone-unassociated/good_authorized": "CloudFormation associates no zone with a VPC of another account",
    "peer-traffic-blocked/unknown_left_to_others": "CloudFormation leaves no property of a resource to others",
    "nacl-blocks-peer/bad_beside_one_left_to_others": "CloudFormation leaves no property of a resource to others",
    "dns-options-wrong-side/unknown_dynamic_blocks": "CloudFormation has no blocks that a condition adds to a resource",
    "dns-options-conflict/good_one_of_two_blocks": "CloudFormation has no blocks that a condition adds to a resource",
    "dns-options-conflict/unknown_dynamic_block": "CloudFormation has no blocks that a condition adds to a resource",
    "nacl-blocks-peer/unknown_left_to_others": "CloudFormation leaves no property of a resource to others",
    "nacl-blocks-peer/bad_default_adopted": "CloudFormation cannot take away the entries of a default ACL",
    "ineffective-peer-route/bad_main_table": "CloudFormation cannot name a VPC's main route table",
    "ineffective-peer-route/good_main_table": "CloudFormation cannot name a VPC's main route table",
    "ineffective-peer-route/unknown_main_table": "Terraform can name a VPC's main route table",
    "peer-locator-mismatch/bad_no_region": "a template is one Region, and only the configuration says which",
    "peer-locator-mismatch/bad_own_accepter": "CloudFormation has no accepter resource",
    "peer-locator-mismatch/bad_partitions": "a template is one Region, and only the configuration says which",
    "peer-locator-mismatch/bad_module_providers": "a template is one Region, and only the configuration says which",
    "peer-locator-mismatch/good_told_by_provider": "a template is one Region, and only the configuration says which",
    "peer-locator-mismatch/good_region_argument": "a template is one Region, and only the configuration says which",
    "peer-locator-mismatch/unknown_region": "a template is one Region, and only the configuration says which",
    "peer-locator-mismatch/unknown_shared": "CloudFormation cannot look up a VPC",
    "classiclink-option": "CloudFormation has no options of peerings",
    "redundant-accepter": "CloudFormation has no accepter resource",
    "provider-mismatch": "a template is one account and Region, in which all of it is made",
    "dns-options-wrong-side/bad_both_sides": "a template is one Region, and only the configuration says which",
    "dns-options-wrong-side/bad_other_provider": "a template is one Region, and only the configuration says which",
    "dns-options-wrong-side/bad_inline": "CloudFormation has no accepter resource, and its connections no options",
    "dns-options-wrong-side/good_each_side": "a template has only the side of its own Region",
    "dns-options-wrong-side/unknown_condition": "a template is one Region, and only the configuration says which",
    "dns-options-conflict/bad_inline": "connections have no options in CloudFormation",
    "dns-options-conflict/bad_accepter_block": "CloudFormation has no accepter resource",
    "duplicate-peering/bad_cross_product": "CloudFormation has no loops over pairs",
    "missing-reciprocal-route/good_main_tables": "CloudFormation cannot name a VPC's main route table",
}
"""Rules, and cases (``rule/case``), that one of the two languages cannot express, with the reason."""


UNLIKE = {
    "dns-resolution-disabled/bad_far_account": "CloudFormation can set the option of neither side",
    "dns-resolution-disabled/bad_neither_side": "CloudFormation can set the option of neither side",
    "dns-resolution-disabled/bad_one_way": "a template has only the side of its own Region",
    "peering-not-accepted/bad_cloud_control": "what fails is a stack",
    "peering-not-accepted/bad_other_account": "CloudFormation accepts by a role, and fails without it",
    "sg-reference-ordering/bad_in_a_module": "a nested stack has a place of its own in the stack around it",
    "noncanonical-cidr/bad_filters": "CloudFormation leaves it to AWS, which takes it",
    "noncanonical-cidr/bad_route": "CloudFormation leaves it to AWS, which takes it",
    "noncanonical-cidr/bad_vpc_used_elsewhere": "CloudFormation leaves it to AWS, which takes it",
    "wide-ingress/bad_world": "a rule of CloudFormation names one block, and not one of each address family",
}
"""Cases whose twins differ in more than names, with what CloudFormation does otherwise."""

ADDRESS = re.compile(r"(?:module\.\w+(?:\[[^]]*\])?\.)*(?:data\.)?aws\w*\.\w+(?:\[[^]]*\])?(?:\.\w+)*")
VARIABLE = re.compile(r"\b(?:var|local)\.[\w.]+")
LOGICAL_ID = re.compile(r"^  (\w+):$", re.MULTILINE)
IN_CODE = re.compile(r"`[^`]*`")
OPTION = "AllowDnsResolutionFromRemoteVpc"
"""What CloudFormation and the API call ``allow_remote_vpc_dns_resolution``."""

NAMED = re.compile(r"…(?:\[[^]]*\]|\.\w+)*(?: in network(?:\.yaml)?)?")
"""A name with what follows it; the root or template that other ones of a case refer to is called ``network``."""


def _of_terraform(case: Case, result: Result) -> Callable[[str], str]:
    return lambda text: VARIABLE.sub("…", ADDRESS.sub("…", text))


def _of_template(case: Case, result: Result) -> Callable[[str], str]:
    """The logical ids of a template are plain words: those that it declares, or that a loop of it makes. Of a nested
    stack they stand after its own.
    """
    texts = [file.read_text(encoding="utf-8") for file in case.files]
    made = [*(r.finding.addresses for r in result.active), *(q.undecided.addresses for q in result.questions)]
    declared = {name for text in texts for name in LOGICAL_ID.findall(text)}
    names = sorted({*declared, *(name for each in made for name in each if name.isalnum())}, key=len, reverse=True)
    one = rf"(?:{'|'.join(names)})"
    pattern = re.compile(rf"\b{one}(?:/{one})*\b")
    return lambda text: pattern.sub("…", text)


UNNAMED = {"Terraform": _of_terraform, "CloudFormation": _of_template}


def plain_of(case: Case, result: Result) -> Callable[[str], str]:
    """A text without names; arguments are called alike but for their case."""
    unnamed = UNNAMED[case.language](case, result)

    def plain(text: str) -> str:
        alike = IN_CODE.sub("…", text).replace(OPTION, "allow_remote_vpc_dns_resolution")
        return NAMED.sub("…", unnamed(alike)).replace("_", "").lower()

    return plain


def findings_of(result: Result, plain: Callable[[str], str]) -> Said:
    return Counter((r.severity.value, plain(r.finding.message)) for r in result.active)


def _notes(result: Result, plain: Callable[[str], str]) -> Said:
    """The notes of each finding, each sentence once, without those about the way of a value."""
    return Counter(
        (plain(report.finding.message), text)
        for report in result.active
        for text in {plain(note.message) for note in report.finding.notes if note.step is None}
    )


def _questions(result: Result, plain: Callable[[str], str]) -> Said:
    return Counter((q.rule.id, plain(q.undecided.question)) for q in result.questions)


def _differences(folder: Path) -> list[tuple[Said, Said]]:
    """What only the one and what only the other of two twins says, where they differ."""
    cases = [Case(folder, language) for language in SUFFIXES]
    results = [(result, plain_of(case, result)) for case in cases for result in [case.result()]]
    said = [[what(*result) for result in results] for what in (findings_of, _notes, _questions)]
    return [(one - other, other - one) for one, other in said if one != other]


def _has_twins(folder: Path) -> bool:
    return not {folder.parent.name, f"{folder.parent.name}/{folder.name}"} & TWINLESS.keys()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_case_is_written_in_both_languages_or_the_table_says_why_not(folder: Path) -> None:
    terraform, template = (Case(folder, language) for language in SUFFIXES)
    if _has_twins(folder):
        assert terraform.files
        assert template.files
    else:
        assert not (terraform.files and template.files), "it has both: take it out of TWINLESS"


@pytest.mark.parametrize(
    "folder", [path for path in FOLDERS if _has_twins(path)], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_twins_say_the_same(folder: Path) -> None:
    if f"{folder.parent.name}/{folder.name}" in UNLIKE:
        assert _differences(folder) != [], "they agree: take it out of UNLIKE"
    else:
        assert _differences(folder) == []


def test_every_exemption_is_of_something() -> None:
    cases = {f"{folder.parent.name}/{folder.name}" for folder in FOLDERS}
    assert TWINLESS.keys() <= cases | set(RULES)
    assert UNLIKE.keys() <= cases - TWINLESS.keys()
