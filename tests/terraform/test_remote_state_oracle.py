"""Roots that read each other's state: planned and applied by the real Terraform, and evaluated by peerlint.

A root that others read is applied before them. What peerlint knows must be so in each plan, and what it takes for one
thing, in whichever of the roots, must have one value in their states.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("tf", reason="the provider framework is not installed")

from tests.oracle.joined import disagreements_of_joined, joined_roots
from tests.oracle.plan_differences import unexplained
from tests.oracle.terraform_plan import TERRAFORM
from tests.oracle.workspace import RefusedError

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="the terraform binary is not installed")

FIXTURES = Path(__file__).parents[2] / "fixtures"


READ_STATES = {"remote-state": [False, False, True, True], "two-teams": [False, False, True]}
"""Which roots of a scenario read the state of another one, those first that read none."""


@pytest.mark.parametrize("case", ["clean", "broken"])
@pytest.mark.parametrize("scenario", READ_STATES)
def test_roots_are_planned_with_each_others_states_as_peerlint_evaluates_them(
    scenario: str, case: str, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    roots = joined_roots(FIXTURES / "scenarios" / scenario / case, tmp_path)
    assert [root.reads_states for root in roots] == READ_STATES[scenario]
    assert list(map(str, unexplained(disagreements_of_joined(roots, worlds[0])))) == []


@pytest.mark.parametrize("case", ["duplicate-peering/bad_each_teams_own", "sg-reference-ordering/good_deployed_apart"])
def test_a_root_of_a_rules_fixture_is_planned_with_the_state_of_the_other(
    case: str, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    roots = joined_roots(FIXTURES / case, tmp_path)
    assert [root.reads_states for root in roots] == [False, True]
    assert list(map(str, unexplained(disagreements_of_joined(roots, worlds[0])))) == []


def test_a_state_that_is_taken_for_another_one_is_seen(
    worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    roots = joined_roots(FIXTURES / "scenarios" / "remote-state" / "clean", tmp_path)
    path = roots[-1].space.directory / "networks.tf"
    path.write_text(path.read_text().replace('network["ireland"]', 'network["frankfurt"]'))
    found = list(map(str, disagreements_of_joined(roots, worlds[0])))
    assert any(line.startswith("aws_route.frankfurt_to_ireland[0]: destination_cidr_block") for line in found)
    assert any("peering: aws_vpc_peering_connection.this vpc_id" in line for line in found)


def test_an_output_that_the_state_lacks_is_refused(
    worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    roots = joined_roots(FIXTURES / "unresolved-reference" / "bad_other_state", tmp_path)
    with pytest.raises(RefusedError, match='object does not have an attribute named "vpc_id"'):
        list(disagreements_of_joined(roots, worlds[0]))
