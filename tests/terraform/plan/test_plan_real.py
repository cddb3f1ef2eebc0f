"""Plans and states that the real Terraform makes of the fixtures, against the fixtures themselves.

Beside its root, a plan with nothing applied shows what the root shows, at the same places, and so do the state and the
plan of what was applied. A plan elsewhere shows the same about the same resources, except where its references alone do
not tell what an id is of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("tf", reason="the provider framework is not installed")

from peerlint import filesystem, run
from peerlint.config import Config
from peerlint.discover import Exclude, terraform_directories
from peerlint.merge import Report
from peerlint.terraform.config import ModuleConfig, load_module, read_file
from peerlint.terraform.roots import called_directories, find_roots
from tests.oracle.invented import values
from tests.oracle.terraform_plan import TERRAFORM
from tests.oracle.workspace import Workspace, workspace

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="the terraform binary is not installed")

FIXTURES = Path(__file__).parents[3] / "fixtures"

BY_KEY = "its references name all instances of a resource, and not which of them"
BY_PLACE = "of two routes that are alike, the second is told by its place in the source"
BY_ORDER = "what waits for what is read from the source, and undecided without it"
AS_WRITTEN = "how an id is written is read from the source, and undecided without it"
NOT_KNOWN_YET = "a block that is not known yet may be made of the one that is referred to"
ALL_TAGS = "the stand-in tells the tags that a provider adds only once they are applied"
REFERENCES_TELL_LESS = {
    "dns-options-inactive/bad_beside_the_accepter": BY_ORDER,
    "dns-vpc-attributes/bad_hub_once": BY_KEY,
    "duplicate-peering/bad_cross_product": BY_KEY,
    "duplicate-route/bad_prefix_list": BY_PLACE,
    "duplicate-route/bad_two_targets": BY_PLACE,
    "missing-reciprocal-route/bad_loop": BY_KEY,
    "nacl-blocks-peer/bad_ipv6": NOT_KNOWN_YET,
    "missing-reciprocal-route/bad_ipv6": NOT_KNOWN_YET,
    "redundant-accepter/bad_default_tags": ALL_TAGS,
    "route-to-own-cidr/bad_swapped": BY_KEY,
    "scenarios/full-mesh/broken": BY_KEY,
    "secondary-cidr-blocked/bad_after_the_route": BY_ORDER,
    "secondary-cidr-blocked/bad_pending_request": BY_ORDER,
    "secondary-cidr-blocked/bad_route_to_the_office": BY_ORDER,
    "self-peering/bad_copied_block": BY_KEY,
    "sg-cross-account-format/bad_bare_id": AS_WRITTEN,
    "sg-cross-account-format/bad_bare_id_inline": AS_WRITTEN,
    "sg-reference-ordering/bad_beside_the_peering": BY_ORDER,
    "sg-reference-ordering/bad_in_a_module": BY_ORDER,
    "sg-reference-ordering/bad_inline_twice": BY_ORDER,
    "sg-reference-ordering/bad_waits_for_the_request": BY_ORDER,
    "transit-gateway-candidate/bad_hub": BY_KEY,
    "transit-gateway-candidate/bad_mesh": BY_KEY,
    "wide-ingress/bad_every_port": BY_ORDER,
}
"""Cases of which a plan elsewhere shows something else, and why."""

LEFT_OUT = (
    "classiclink-option",
    "invalid-value",
    "noncanonical-cidr/bad_vpc_used_elsewhere",
    "unreadable-input",
    "unresolved-module",
    "unresolved-reference",
    "unused-suppression",
)
"""Rules and cases of what there is no plan: Terraform, or the provider of today, refuses the configuration."""


def _cases() -> Iterator[str]:
    """The estates, and the fixtures with findings, that need nothing else: no look-up, variable or fetched module."""
    for path in sorted([*FIXTURES.glob("*/bad_*"), *FIXTURES.glob("scenarios/*/*")]):
        name = path.relative_to(FIXTURES).as_posix()
        left_out = name in LEFT_OUT or name.split("/")[0] in LEFT_OUT
        if path.is_dir() and any(path.rglob("*.tf")) and not left_out and _is_closed(path):
            yield name


def _is_closed(case: Path) -> bool:
    load_module.cache_clear()
    read_file.cache_clear()
    directories = terraform_directories(str(case), Exclude(str(case)))
    roots = [Path(root.directory) for root in find_roots(directories)]
    return all(map(_is_on_disk, map(load_module, directories))) and not any(values(root, 0) for root in roots)


def _is_on_disk(config: ModuleConfig) -> bool:
    return not config.data and len(list(called_directories(config))) == len(config.modules)


@dataclass(frozen=True)
class Shown:
    """What Terraform shows of each root of a case."""

    spaces: Sequence[Workspace]

    def beside(self, name: str) -> list[Path]:
        return [space.directory / f"{name}.json" for space in self.spaces]

    def elsewhere(self, name: str) -> list[Path]:
        return [space.scratch / "shown" / f"{name}.json" for space in self.spaces]


def _reports(top: Path, paths: Sequence[Path]) -> tuple[Report, ...]:
    filesystem.forget()
    load_module.cache_clear()
    read_file.cache_clear()
    result = run.analyse(run.Request(paths=tuple(map(str, paths))), Config(directory=str(top)), lambda _: None)
    assert [crash.trace for crash in result.crashes] == []
    return result.reports


def _places(reports: Sequence[Report]) -> list[tuple[str, str, int]]:
    return sorted((r.rule.id, r.finding.at.file, r.finding.at.line) for r in reports)


def _subjects(reports: Sequence[Report]) -> list[tuple[str, str]]:
    return sorted((r.rule.id, r.finding.addresses[0]) for r in reports)


CASES = list(_cases())

SAMPLE = (
    "cidr-overlap/bad_secondary",
    "dns-options-conflict/bad_inline",
    "dns-vpc-attributes/bad_hostnames_by_default",
    "missing-reciprocal-route/bad_third_party",
    "peering-not-accepted/bad_accepter_off",
    "route-outside-peer/bad_wrong_connection",
    "scenarios/cross-account/broken",
    "scenarios/full-mesh/broken",
    "scenarios/inter-region/clean",
    "sg-cross-region-reference/bad_inline_rule",
    "transitive-route/bad_prefix_list",
    "wide-ingress/bad_world_in_halves",
)
"""The cases of every run; ``make plans`` takes all."""


@pytest.fixture(params=[pytest.param(case, marks=() if case in SAMPLE else pytest.mark.plans) for case in CASES])
def case(
    request: pytest.FixtureRequest, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> tuple[str, Shown]:
    """A case, planned, applied and planned again; what Terraform shows lies elsewhere."""
    name: str = request.param
    copy = workspace(FIXTURES / name, FIXTURES / name, tmp_path)
    for template in copy.project.rglob("*.yaml"):
        template.unlink()
    spaces = []
    for number, root in enumerate(find_roots(terraform_directories(str(copy.project), Exclude(str(copy.project))))):
        space = Workspace(Path(root.directory), copy.project, tmp_path / str(number))
        (space.scratch / "shown").mkdir(parents=True)
        space.prepare(worlds[0])
        for kind, shown in (
            ("plan", space.plan(worlds[0], "first")),
            ("state", space.apply(worlds[0], "first")),
            ("again", space.plan(worlds[0], "again")),
        ):
            (space.scratch / "shown" / f"{kind}.json").write_text(json.dumps(shown))
        (space.directory / "oracle_override.tf").unlink(missing_ok=True)
        spaces.append(space)
    return name, Shown(spaces)


def test_a_plan_shows_what_its_root_shows(case: tuple[str, Shown], tmp_path: Path) -> None:
    name, shown = case
    source = _reports(tmp_path, [space.directory for space in shown.spaces])
    elsewhere = _subjects(_reports(tmp_path, shown.elsewhere("plan")))
    assert (elsewhere == _subjects(source)) == (name not in REFERENCES_TELL_LESS)
    for kind in ("plan", "state", "again"):
        for there, here in zip(shown.elsewhere(kind), shown.beside(kind), strict=True):
            here.write_bytes(there.read_bytes())
        assert _places(_reports(tmp_path, shown.beside(kind))) == _places(source), kind


def test_every_exception_is_a_case() -> None:
    assert set(CASES) >= REFERENCES_TELL_LESS.keys() | set(SAMPLE)
