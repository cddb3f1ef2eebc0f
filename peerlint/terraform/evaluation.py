"""A root module with the values of its variables, ready to be asked for what it declares."""

from __future__ import annotations

from msgspec import Struct

from peerlint import filesystem
from peerlint.network.model import Problem
from peerlint.terraform import recursion
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.limits import Budget
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.root_state import RootState, Told
from peerlint.terraform.site import Site
from peerlint.terraform.variables import root_values


class EvaluatedRoot(Struct, frozen=True):
    """A root module instance of which nothing is evaluated yet; ``files`` and ``problems`` are its var files'."""

    top: ModuleInstance
    files: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def state(self) -> RootState:
        """What all of its module instances share."""
        return self.top.site.root


def evaluated_root(stack: str, directory: str, options: TerraformOptions) -> EvaluatedRoot:
    """The root in a directory; ``stack`` is what its identities belong to.

    Raises VariableError for a ``--var`` or ``--var-file`` that cannot be used.
    """
    bare, state = state_of(stack, directory, options), state_of(stack, directory, options)
    scope = ModuleInstance(Site(bare, bare.module(directory))).scope
    values, files, problems = root_values(state.module(directory), options, scope)
    here = (filesystem.target(directory),)
    top = ModuleInstance(Site(state, state.module(directory), directories=here), values)
    return EvaluatedRoot(top, tuple(files), tuple(problems))


def state_of(stack: str, directory: str, options: TerraformOptions, plan: Told | None = None) -> RootState:
    """The state of a root of which nothing is evaluated yet, with what a ``plan`` tells of it."""
    recursion.allow()
    budget = Budget(options.limits)
    return RootState(stack, directory, options.project_dir, budget, options.workspace, options.others, plan)
