"""Roots of AWS resources: planned and applied by the real Terraform, and evaluated by peerlint.

They are all Terraform fixtures, the scenarios, and the roots in ``tests/oracle/resource_roots``, which are about
evaluation. The ordinary suite takes those, the broken edition of each scenario, and every eighth case of each rule,
from its first on; `make plans` takes the others. A plan with nothing applied must have the same instances, provider
configurations, Regions and arguments, known or unknown. Once applied, what peerlint knew must be so, and what it took
for one thing must be one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

pytest.importorskip("tf", reason="the provider framework is not installed")

from peerlint.discover import Exclude, terraform_directories
from peerlint.terraform.roots import find_roots
from tests.oracle.agreement import disagreements, disagreements_once_applied, planned
from tests.oracle.plan_differences import unexplained
from tests.oracle.terraform_plan import TERRAFORM
from tests.oracle.workspace import RefusedError, Workspace, workspace

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="the terraform binary is not installed")

TOP = Path(__file__).parents[2]
FIXTURES, ROOTS = TOP / "fixtures", TOP / "tests" / "oracle" / "resource_roots"
CASES = {
    f"{path.parent.name}/{path.name}": path
    for path in sorted([*FIXTURES.glob("*/*_*"), *FIXTURES.glob("scenarios/*/*"), *ROOTS.iterdir()])
    if path.is_dir() and any(path.rglob("*.tf"))
}

NOT_ON_DISK = {
    "classiclink-option/unknown_modules": "its module is in a registry",
    "dns-options-inactive/unknown_module_between": "its module is in a registry",
    "dns-resolution-disabled/unknown_options_elsewhere": "its module is in a registry",
    "mixed-route-style/unknown_module": "its module is in a registry",
    "registry-modules/broken": "its modules are in a registry: peerlint knows them by their summaries",
    "registry-modules/clean": "its modules are in a registry: peerlint knows them by their summaries",
    "sg-unpeered-reference/unknown_module": "its module is in a registry",
    "unresolved-reference/unknown_other_state": "a variable names the bucket of the state that it reads",
    "unresolved-module/bad_not_fetched": "its modules were not fetched: that is the finding",
    "unresolved-module/unknown_other_modules": "its module is in a private registry",
}
"""Cases that no plan can be made of without a network."""

JOINED = (
    "duplicate-peering/bad_each_teams_own",
    "remote-state/broken",
    "remote-state/clean",
    "sg-reference-ordering/good_deployed_apart",
    "two-teams/broken",
    "two-teams/clean",
    "unresolved-reference/bad_other_state",
)
"""Cases whose roots read each other's state: ``test_remote_state_oracle.py`` plans each after those that it reads."""

PAST_LIMITS = ("unreadable-input/bad_without_end",)
"""Cases that peerlint does not evaluate to the end, as it says of them; ``terraform plan`` has no limits."""

OLD_PROVIDER = "Unsupported argument"
REFUSED = {
    "classiclink-option/bad_lock_file": OLD_PROVIDER,
    "classiclink-option/bad_no_constraint": OLD_PROVIDER,
    "classiclink-option/bad_old_provider": OLD_PROVIDER,
    "unreadable-input/bad_hcl1": 'Blocks of type "default" are not expected here',
    "unreadable-input/bad_unclosed_block": "Argument or block definition required",
    "unresolved-reference/bad_circle": r"Cycle: (local\.(estate|hub_cidr|spoke_cidr) \(expand\)(, |\Z)){3}",
    "unresolved-reference/bad_lone_override": "Missing resource to override",
    "unresolved-reference/bad_peering_ends": "Reference to undeclared resource",
    "unresolved-reference/good_file_missing": "Unclosed configuration block",
    "unresolved-reference/unknown_generated": "Reference to undeclared resource",
}
"""Cases that are wrong on purpose, and what Terraform says of them; the stand-in is of version 6 of the provider."""


def _workspaces(case: str, scratch: Path) -> list[Workspace]:
    """A workspace for each root of a case."""
    roots = find_roots(terraform_directories(str(CASES[case]), Exclude(str(CASES[case]))))
    spaces = []
    for number, root in enumerate(roots):
        (folder := scratch / str(number)).mkdir()
        spaces.append(workspace(Path(root.directory), CASES[case], folder))
    return spaces


APART = (*NOT_ON_DISK, *REFUSED, *JOINED, *PAST_LIMITS)


WHOLE = [case for case in CASES if case not in APART]


def _sampled() -> Iterator[str]:
    seen: Counter[str] = Counter()
    for case in WHOLE:
        folder = CASES[case].parent
        if folder == ROOTS or folder.parent.name == "scenarios":
            is_taken = CASES[case].name != "clean"
        else:
            is_taken = seen[folder.name] % 8 == 0
            seen[folder.name] += 1
        if is_taken:
            yield case


SAMPLE = list(_sampled())


@pytest.mark.parametrize("case", SAMPLE)
def test_it_is_planned_as_peerlint_evaluates_it(
    case: str, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    _compare(case, worlds, tmp_path)


@pytest.mark.plans
@pytest.mark.parametrize("case", [case for case in WHOLE if case not in SAMPLE])
def test_every_other_fixture_is_planned_as_peerlint_evaluates_it(
    case: str, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    _compare(case, worlds, tmp_path)


def _compare(case: str, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path) -> None:
    for space in _workspaces(case, tmp_path):
        space.prepare(worlds[0])
        found = [*disagreements(space, planned(space, worlds)), *disagreements_once_applied(space, worlds[0])]
        assert list(map(str, unexplained(found))) == []


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_on_purpose_is_refused(
    case: str, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    (space,) = _workspaces(case, tmp_path)
    space.prepare(worlds[0])
    with pytest.raises(RefusedError, match=REFUSED[case]):
        space.plan(worlds[0], "plan")


@pytest.mark.parametrize("case", PAST_LIMITS)
def test_past_a_limit_values_are_unknown_and_not_others(
    case: str, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    (space,) = _workspaces(case, tmp_path)
    space.prepare(worlds[0])
    found = list(disagreements(space, planned(space, worlds)))
    assert found
    assert [each for each in found if not each.ours.startswith("unknown")] == []
    assert list(disagreements_once_applied(space, worlds[0])) == []


def test_every_exception_is_a_case() -> None:
    assert CASES.keys() >= set(APART)
