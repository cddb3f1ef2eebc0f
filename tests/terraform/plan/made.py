"""Plans and states written by hand, as ``terraform show -json`` writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peerlint.network.model import Fragment
from peerlint.terraform import TerraformOptions
from peerlint.terraform.config import load_module, read_file
from peerlint.terraform.plan import open_plan, read_plan

Json = dict[str, Any]
ADDRESS = re.compile(r"(?P<module>(?:module\.[^.]+\.)*)(?P<data>data\.)?(?P<type>\w+)\.(?P<name>\w+)(?P<key>\[.+\])?\Z")


@dataclass(frozen=True)
class Planned:
    """One instance. ``unknown`` are its values that are not known; ``refers`` are the references of its arguments."""

    address: str
    values: Json
    unknown: Json = field(default_factory=dict)
    refers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    provider: str = "aws"

    @property
    def module(self) -> str:
        return self._parts["module"].rstrip(".")

    @property
    def resource(self) -> Json:
        """The instance as a state tells it."""
        parts = self._parts
        told: Json = {"address": self.address, "mode": "data" if parts["data"] else "managed"}
        told |= {"type": parts["type"], "name": parts["name"], "values": self.values, "sensitive_values": {}}
        return told | ({"index": json.loads(parts["key"][1:-1])} if parts["key"] else {})

    @property
    def change(self) -> Json:
        """Its change."""
        told = {name: value for name, value in self.resource.items() if name not in ("values", "sensitive_values")}
        change = {"actions": ["create"], "before": None, "after": self.values, "after_unknown": self.unknown}
        return told | {"module_address": self.module, "change": change}

    @property
    def block(self) -> Json:
        """Its block in the configuration; an argument without references is a constant."""
        arguments: Json = {name: {"constant_value": value} for name, value in self.values.items()}
        arguments |= {name: {"references": _with_beginnings(names)} for name, names in self.refers.items()}
        told = {name: self.resource[name] for name in ("mode", "type", "name")}
        return told | {"provider_config_key": self.provider, "expressions": arguments}

    @property
    def _parts(self) -> re.Match[str]:
        found = ADDRESS.match(self.address)
        assert found is not None, self.address
        return found


def _with_beginnings(names: Sequence[str]) -> list[str]:
    """Each reference and its beginnings, as Terraform lists them."""
    found: list[str] = []
    for name in names:
        found.append(name)
        while name.count(".") > 1 or name.endswith("]"):
            name = name[: name.rindex("[")] if name.endswith("]") else name.rpartition(".")[0]
            found.append(name)
    return found


def state(*instances: Planned, **more: Any) -> Json:
    """A state."""
    return {"format_version": "1.0", "terraform_version": "1.11.4", "values": _values(instances), **more}


def _values(instances: Sequence[Planned]) -> Json:
    modules = dict.fromkeys(instance.module for instance in instances if instance.module)
    children = [{"address": m, "resources": [i.resource for i in instances if i.module == m]} for m in modules]
    resources = [instance.resource for instance in instances if not instance.module]
    return {"root_module": {"resources": resources, "child_modules": children}}


def plan(*instances: Planned, calls: Mapping[str, Json] | None = None, **more: Any) -> Json:
    """A plan; ``calls`` are the arguments and outputs of module calls, as the configuration has them."""
    told: Json = {"root_module": _module(instances, "")}
    for name, call in (calls or {}).items():
        inner = _module(instances, f"module.{name}") | {"outputs": call.get("outputs", {})}
        told["root_module"].setdefault("module_calls", {})[name] = {**call, "module": inner}
    told["provider_config"] = more.pop("providers", {"aws": {"name": "aws"}})
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": _values(instances),
        "resource_changes": [instance.change for instance in instances],
        "configuration": told,
        "complete": True,
        "errored": False,
        **more,
    }


def _module(instances: Sequence[Planned], address: str) -> Json:
    inside = [i for i in instances if re.sub(r"\[.*?\]", "", i.module) == address]
    return {"resources": list({(i.block["type"], i.block["name"]): i.block for i in inside}.values())}


def written(path: Path, document: Json, **layout: Any) -> Path:
    """The document in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, **layout))
    return path


def fragment(path: Path, document: Json, *candidates: Path) -> Fragment:
    """The fragment of a document in a file."""
    load_module.cache_clear()
    read_file.cache_clear()
    opened = open_plan(str(written(path, document)), [str(candidate) for candidate in candidates])
    return read_plan(opened, TerraformOptions(opened.directory or str(path.parent)))
