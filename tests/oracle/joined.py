"""Roots that read each other's state: planned and applied one after the other, and evaluated by peerlint together.

The states lie in files of one folder here, under the bucket and key that the roots name.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from peerlint.discover import Exclude, terraform_directories
from peerlint.network.values import Identity, Unknown, Why
from peerlint.records import replace
from peerlint.terraform.config import load_module
from peerlint.terraform.evaluation import evaluated_root
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.others import Others, unit_of
from peerlint.terraform.roots import find_roots
from tests.oracle.applied import Place, identified, shared
from tests.oracle.compare import Comparison
from tests.oracle.judge import Disagreement, Judge
from tests.oracle.planned import of_plan, of_state, outputs_of_plan
from tests.oracle.workspace import Workspace

BACKEND = re.compile(
    r'(?P<before>backend\s+(?:=\s*)?)"s3"(?P<between>\s*(?:config\s*=\s*)?)\{(?P<settings>(?:\$\{[^}]*\}|[^}])*)\}'
)


@dataclass(frozen=True, slots=True)
class JoinedRoot:
    """One of the roots: as peerlint evaluates it, and where Terraform plans it."""

    top: ModuleInstance
    space: Workspace

    @property
    def reads_states(self) -> bool:
        """Whether it reads any state."""
        return any(type == "terraform_remote_state" for type, _ in self.top.site.config.data)


def joined_roots(project: Path, scratch: Path) -> list[JoinedRoot]:
    """The roots of a project, those first that read no state of another one."""
    copy = scratch / "project"
    shutil.copytree(project, copy)
    for path in copy.rglob("*.tf"):
        path.write_text(BACKEND.sub(lambda found: _in_folder(found, scratch / "states"), path.read_text()))
    load_module.cache_clear()
    options = TerraformOptions(str(project))
    found = find_roots(terraform_directories(str(project), Exclude(str(project))))
    units = [unit_of(root.directory, options) for root in found]
    others = Others(lambda: units)
    roots = []
    for unit in units:
        top = evaluated_root(unit.stack, unit.directory, replace(options, others=others)).top
        relative = Path(unit.directory).relative_to(project)
        (own := scratch / "-".join(relative.parts)).mkdir()
        roots.append(JoinedRoot(top, Workspace(copy / relative, copy, own)))
    return sorted(roots, key=lambda root: root.reads_states)


def _in_folder(found: re.Match[str], folder: Path) -> str:
    """A local backend in the place of one on S3."""
    settings = dict(re.findall(r"^\s*(\w+)\s*=\s*(.*\S)", found["settings"], re.MULTILINE))
    bucket, key = settings["bucket"], settings["key"].strip('"')
    place = bucket.strip('"') if bucket.startswith('"') else f"${{{bucket}}}"
    return f'{found["before"]}"local"{found["between"]}{{\n path = "{folder}/{place}/{key}"\n}}'


def disagreements_of_joined(roots: Sequence[JoinedRoot], environment: Mapping[str, str]) -> Iterator[Disagreement]:
    """Where peerlint differs from the plans and states of roots that are applied in this order. Raises RefusedError."""
    values: dict[Identity, dict[Place, Any]] = defaultdict(dict)
    for root in roots:
        root.space.initialize(environment)
        shown = root.space.plan(environment, "joined")
        judge = Judge(partial(_is_of_another, root.top.site.root.stack))
        comparison = Comparison((of_plan(shown),), judge)
        yield from comparison.root(root.top)
        yield from comparison.outputs(root.top, (outputs_of_plan(shown),))
        state = of_state(root.space.apply(environment, "joined"))
        for identity, places in identified(root.top, state).items():
            values[identity] |= {(f"{root.space.directory.name}: {at}", path): it for (at, path), it in places.items()}
    yield from shared(values)


def _is_of_another(stack: str, unknown: Unknown) -> bool:
    """Whether a value is known to Terraform as another root has been applied, or as it has looked it up."""
    if unknown.why is Why.LOOKUP:
        return True
    of = unknown.of or unknown.cause
    return of is not None and of.stack != stack
