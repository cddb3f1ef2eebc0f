"""What peerlint makes of a root: every resource instance and data source, by its address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from peerlint.terraform.config import load_module
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.root_state import RootState
from peerlint.terraform.site import Site
from peerlint.terraform.values import EvaluationError, TfValue
from peerlint.terraform.variables import root_values


def module_of(directory: Path, project: Path, values: Mapping[str, TfValue] | None = None) -> ModuleInstance:
    """A root module, of which nothing is evaluated yet."""
    state = RootState(str(directory), str(directory), str(project))
    return ModuleInstance(Site(state, load_module(str(directory))), values)


def evaluated(directory: Path, project: Path, variables: Path | None = None) -> ModuleInstance:
    """A root module with the values of its variable files, and of ``variables``."""
    options = TerraformOptions(str(project), (("file", str(variables)),) if variables is not None else ())
    config = load_module(str(directory))
    values, _, problems = root_values(config, options, module_of(directory, project).scope)
    assert not problems
    return module_of(directory, project, values)


def instances(module: ModuleInstance) -> Iterator[ResourceInstance]:
    """The instances of every resource and data source, in modules as well."""
    for data in (False, True):
        for type, name in module.site.config.data if data else module.site.config.resources:
            try:
                group = module.resources.group(data, type, name)
            except EvaluationError:
                continue
            yield from group.instances if group is not None else ()
    for child in module.modules.all_children(lambda _: True):
        yield from instances(child)
