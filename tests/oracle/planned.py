"""What a plan or state says of each resource instance and data source, out of Terraform's JSON.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.oracle.terraform_plan import masked


@dataclass(frozen=True, slots=True)
class Planned:
    """One instance. ``UNKNOWN`` stands among its values where plan does not know.

    ``provider`` is the provider configuration in use, which a state does not tell.
    """

    address: str
    type: str
    data: bool
    values: Mapping[str, Any]
    provider: str | None = None


def of_plan(shown: Any) -> dict[str, Planned]:
    """Everything that a plan creates or reads, by address."""
    keys = dict(_provider_keys(shown["configuration"]["root_module"], ""))
    found = {instance.address: instance for instance in _changes(shown, keys)}
    for resource in _resources(shown.get("prior_state", {}).get("values", {}).get("root_module", {})):
        address = resource["address"]
        key = keys.get(KEY.sub("", address), "")
        found.setdefault(address, Planned(address, resource["type"], True, resource["values"], key))
    return found


def outputs_of_plan(shown: Any) -> dict[str, Any]:
    """The outputs of the root as planned."""
    changes = shown.get("output_changes", {})
    return {name: masked(change.get("after"), change.get("after_unknown")) for name, change in changes.items()}


def of_state(shown: Any) -> dict[str, Planned]:
    """Everything that a state holds, by address."""
    return {
        resource["address"]: Planned(
            resource["address"], resource["type"], resource["mode"] == "data", resource["values"]
        )
        for resource in _resources(shown["values"]["root_module"])
    }


KEY = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
"""An instance key in an address."""


def _changes(shown: Any, keys: Mapping[str, str]) -> Iterator[Planned]:
    for resource in shown.get("resource_changes", ()):
        change = resource["change"]
        values: Any = masked(change.get("after"), change.get("after_unknown"))
        address = resource["address"]
        key = keys.get(KEY.sub("", address), "")
        yield Planned(address, resource["type"], resource["mode"] == "data", values, key)


def _resources(module: Any) -> Iterator[Any]:
    yield from module.get("resources", ())
    for child in module.get("child_modules", ()):
        yield from _resources(child)


def _provider_keys(module: Any, prefix: str) -> Iterator[tuple[str, str]]:
    """The provider configuration of each resource, by the resource's address without keys."""
    for resource in module.get("resources", ()):
        yield prefix + resource["address"], resource["provider_config_key"]
    for name, call in module.get("module_calls", {}).items():
        yield from _provider_keys(call["module"], f"{prefix}module.{name}.")
