"""The real ``terraform`` on a root, offline: the stand-in providers take the place of those of the registry."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerlint.terraform.config import load_module, read_file
from tests.oracle.terraform_plan import TERRAFORM

OVERRIDE = 'terraform {\n  backend "local" {}\n}\n'
"""What keeps the state of a root with a backend on this machine."""


class RefusedError(Exception):
    """Terraform's own words for why it does not take a root."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A copy of a root and of everything around it. ``directory`` is the root in it; ``scratch`` holds what is made."""

    directory: Path
    project: Path
    scratch: Path

    def plan(self, environment: Mapping[str, str], name: str, variables: Path | None = None) -> Any:
        """What ``terraform show -json`` says of a plan with nothing applied, which is kept by that name.

        Raises RefusedError.
        """
        options = ["-input=false", "-lock=false", "-refresh=false", f"-out={self.scratch / name}"]
        files = [f"-var-file={variables}"] if variables is not None else []
        self._run(environment, "plan", *options, *files)
        return json.loads(self._run(environment, "show", "-json", str(self.scratch / name)))

    def apply(self, environment: Mapping[str, str], name: str) -> Any:
        """What ``terraform show -json`` says of the state after a plan was applied. Raises RefusedError.

        Nothing else is run: the copy has no provisioners.
        """
        self._run(environment, "apply", "-input=false", "-lock=false", str(self.scratch / name))
        return json.loads(self._run(environment, "show", "-json"))

    def prepare(self, environment: Mapping[str, str]) -> None:
        """Have the modules installed, and the state kept here. Raises RefusedError, as for a module of a registry."""
        config = load_module(str(self.directory))
        backends = {inner.type for block in config.settings for inner in block.body.blocks} & {"backend", "cloud"}
        if backends:
            (self.directory / "oracle_override.tf").write_text(OVERRIDE)
            self._run(environment, "init", "-input=false")
        elif config.modules:
            self._run(environment, "get")
        load_module.cache_clear()
        read_file.cache_clear()

    def initialize(self, environment: Mapping[str, str]) -> None:
        """Have the modules installed and the backend used that is written. Raises RefusedError."""
        self._run(environment, "init", "-input=false")

    def _run(self, environment: Mapping[str, str], command: str, *arguments: str) -> str:
        assert TERRAFORM is not None
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
        quiet = {"TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull}
        offline = {"AWS_EC2_METADATA_DISABLED": "true"}
        short = {"GOGC": "400"}  # a run this short need not collect its garbage as often
        done = subprocess.run(
            [TERRAFORM, command, *([] if command == "show" else ["-no-color"]), *arguments],
            cwd=self.directory,
            env={
                **kept,
                **quiet,
                **offline,
                **short,
                "TF_DATA_DIR": str(self.scratch / "data"),
                "HOME": str(self.scratch),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RefusedError(f"terraform {command}: {done.stderr.strip()}")
        return done.stdout


def workspace(root: Path, project: Path, scratch: Path) -> Workspace:
    """A copy of a project, with the workspace of one of its roots in it."""
    copy = scratch / "project"
    shutil.copytree(project, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", ".terraform"))
    for directory in {path.parent for path in copy.rglob("*.tf")}:
        _take_out_provisioners(directory)
    load_module.cache_clear()
    read_file.cache_clear()
    return Workspace(copy / root.relative_to(project), copy, scratch)


def _take_out_provisioners(directory: Path) -> None:
    """Leave the lines of each ``provisioner`` block empty."""
    for resource in load_module(str(directory)).resources.values():
        body = resource.read()
        inside = body.blocks if body is not None else ()
        for at in (inner.extent for inner in inside if inner.type == "provisioner"):
            path = Path(at.file)
            lines = path.read_text(encoding="utf-8").split("\n")
            lines[at.line - 1 : at.end_line] = [""] * (at.end_line - at.line + 1)
            path.write_text("\n".join(lines), encoding="utf-8")
