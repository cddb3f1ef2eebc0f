"""Public roots: planned by the real Terraform, and evaluated by peerlint; prints where the two differ.

    make oracle-roots ROOTS="path/to/repository …"

Every module below a path is planned as a root, in a copy. Nothing is applied, fetched or run: all providers are
stand-ins. A root that Terraform refuses (for a registry module, or the syntax of 0.11) is named with the reason.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from peerlint.discover import Exclude, terraform_directories
from peerlint.terraform.ast import Block
from peerlint.terraform.ast_text import render
from peerlint.terraform.config import ModuleConfig, load_module
from peerlint.terraform.errors import UnreadError
from peerlint.terraform.roots import called_directories
from tests.oracle.agreement import PROVIDERS, Plans, disagreements, planned
from tests.oracle.plan_differences import unexplained
from tests.oracle.provider.inferred import providers_of
from tests.oracle.provider.server import serving
from tests.oracle.provider.world import World
from tests.oracle.workspace import RefusedError, Workspace, workspace

ANY_VERSION = 'terraform {\n  required_version = ">= 1.0"\n}\n'


def modules(directory: Path) -> Iterator[ModuleConfig]:
    """The configurations of a root and of the local modules below it."""
    pending, seen = [str(directory)], set()
    while pending:
        here = pending.pop()
        if here not in seen:
            seen.add(here)
            yield load_module(here)
            pending += (called for called in called_directories(load_module(here)) if os.path.isdir(called))


def check(root: Path, project: Path) -> list[str]:
    """The differences of one root. Raises RefusedError where there is no plan of it."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        space = workspace(root, project, Path(scratch))
        for module in list(modules(space.directory)):
            _refuse_remote(module)
            (Path(module.directory) / "version_override.tf").write_text(ANY_VERSION)
        _declare_aliases(space.directory)
        schemas = providers_of(modules(space.directory), PROVIDERS)
        worlds = [stack.enter_context(serving(schemas, World(f"w{parity}", parity))) for parity in (0, 1)]
        space.prepare(worlds[0])
        plans = _planned_with_files(space, worlds)
        return list(dict.fromkeys(map(str, unexplained(disagreements(space, plans)))))


def _refuse_remote(module: ModuleConfig) -> None:
    """Raises RefusedError where a module is not on this machine."""
    for name, block in module.modules.items():
        source = block.body.attributes.get("source")
        written = render(source.expr).strip('"') if source is not None else ""
        if not written.startswith(("./", "../")):
            raise RefusedError(f"module `{name}` is not local: {written}")


def _declare_aliases(directory: Path) -> None:
    """Give a module that is planned as a root the provider configurations that its caller would pass in."""
    config = load_module(str(directory))
    text = "".join(Path(path).read_text(encoding="utf-8", errors="replace") for path in config.files)
    wanted = set(re.findall(r"configuration_aliases\s*=\s*\[([^\]]*)\]", text))
    names = {name for each in wanted for name in re.findall(r"(\w+\.\w+)", each)}
    declared = {f"{block.labels[0]}.{_alias(block)}" for block in config.providers}
    for local, alias in (name.split(".") for name in sorted(names - declared)):
        (directory / f"{local}-{alias}.tf").write_text(f'provider "{local}" {{\n  alias = "{alias}"\n}}\n')


def _alias(provider: Block) -> str:
    alias = provider.body.attributes.get("alias")
    return render(alias.expr).strip('"') if alias is not None else ""


def _planned_with_files(space: Workspace, worlds: Sequence[Mapping[str, str]]) -> Plans:
    """The plans of a root; files that it reads and that are not in the repository, as keys, are made up."""
    for _ in range(10):
        try:
            return planned(space, worlds)
        except RefusedError as error:
            missing = re.search(r'no file exists at "([^"]+)"', " ".join(str(error).split()))
            path = (space.directory / missing[1]).resolve() if missing is not None else None
            if path is None or not path.is_relative_to(space.scratch.resolve()):
                raise
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("made up\n")
    return planned(space, worlds)


def main(paths: list[str]) -> int:
    """Check every module below the paths; 1 where one differs."""
    count: Counter[str] = Counter()
    for path in map(Path, paths):
        project = path.resolve()
        for directory in map(Path, terraform_directories(str(project), Exclude(str(project)))):
            label = f"{path.name}/{directory.relative_to(project)}"
            try:
                found = check(directory, project)
            except (RefusedError, UnreadError) as error:
                count["refused"] += 1
                print(f"refused  {label}: {_first_error(str(error))}")
                continue
            count["differs" if found else "agrees"] += 1
            print(f"{'differs ' if found else 'agrees  '} {label}", *found, sep="\n    ", flush=True)
    print(", ".join(f"{number} {what}" for what, number in count.items()))
    return 1 if count["differs"] else 0


def _first_error(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = next((i for i, line in enumerate(lines) if "Error: " in line), 0)
    return " ".join(lines[first : first + 4])[:300]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
