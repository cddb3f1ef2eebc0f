"""The deployments of a root: one for each var file that is given by hand, as it says nowhere which of them is meant.

Without any of them a root is deployed only where every variable then has a value, as ``terraform plan`` asks for the
others (https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from peerlint.network.model import Deployment, Problem, ProblemKind
from peerlint.network.values import Span
from peerlint.terraform import ast
from peerlint.terraform.ast import Body, Expr
from peerlint.terraform.config import load_module, read_file, unreadable
from peerlint.terraform.errors import HclError
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.var_files import VarFile, automatic_files, is_layer, optional_files

MAX_DEPLOYMENTS = 30
"""Of one root; each costs as much as the root itself."""


def deployments_of(directory: str, options: TerraformOptions) -> tuple[Deployment, ...]:
    """The deployments of the root in a directory, at least one; ``stack`` of each is that of its fragment.

    It is one, with no var files of its own, where the root has none or the command line says which to take.
    """
    candidates = _candidates(directory, options)
    given = [Deployment(directory, files) for files in _given(candidates)][:MAX_DEPLOYMENTS]
    if not given or _plans_without(directory, options, candidates):
        return (Deployment(directory), *given)
    return tuple(given)


def problems_of(directory: str, options: TerraformOptions) -> list[Problem]:
    """The var files of a root that could not be read, and one question for those that are too many."""
    if _are_told(options):
        return []
    problems: list[Problem] = []
    for file in _optional(directory, options):
        body = read_file(file.path, options.limits.file_size)
        if isinstance(body, HclError):
            problems.append(unreadable(str(body), body.at))
    left_out = list(_given(_candidates(directory, options)))[MAX_DEPLOYMENTS:]
    if left_out:
        files = [path for files in left_out for path in files]
        named = ", ".join(f"`{Deployment(directory, files).name}`" for files in left_out[:3])
        more = f" and {len(left_out) - 3} more" if len(left_out) > 3 else ""
        reason = f"a root is analysed with {MAX_DEPLOYMENTS} var files at most: {named}{more} were left out"
        question = "whether anything is wrong with the other var files of this root"
        kind = ProblemKind.UNREADABLE_INPUT
        problems.append(Problem(kind, reason, Span(files[0], 1, 1, 1, 1), question=question))
    return problems


def layers(deployment: Deployment, options: TerraformOptions) -> tuple[str, ...]:
    """The var files that may be given together with those of a deployment.

    Files that set mostly the same variables are alternatives, and so are those in the folder of another environment.
    """
    readable = list(_readable(deployment.root, options))
    own = [one for one in readable if one.file.path in deployment.files]
    others = [one for one in readable if one not in own] if own else []
    return tuple(one.file.path for one in others if not any(_are_alternatives(o, one, deployment.label) for o in own))


class _Candidate(Struct, frozen=True):
    """A var file that sets variables of the root: these."""

    file: VarFile
    names: frozenset[str]


def _are_told(options: TerraformOptions) -> bool:
    """Whether the command line or the configuration says which var files to take."""
    return any(kind == "file" for kind, _ in options.assignments)


def _candidates(directory: str, options: TerraformOptions) -> Sequence[_Candidate]:
    """The var files that are given, each alone or on top of others: not those that are only layers below others."""
    if _are_told(options):
        return ()
    readable = list(_readable(directory, options))
    return [one for one in readable if not one.file.is_layer_by_name] or readable


def _optional(directory: str, options: TerraformOptions) -> Iterator[VarFile]:
    return (file for file in optional_files(directory) if file.path not in options.exclude)


def _readable(directory: str, options: TerraformOptions) -> Iterator[_Candidate]:
    """The optional var files of a root. One that sets nothing of it is for something else, as for its backend."""
    most = options.limits.file_size
    declared = load_module(directory, most).variables.keys()
    for file in _optional(directory, options):
        body = read_file(file.path, most)
        names = body.attributes.keys() & declared if isinstance(body, Body) else ()
        if names:
            yield _Candidate(file, frozenset(names))


def _given(candidates: Sequence[_Candidate]) -> Iterator[tuple[str, ...]]:
    """The files that are given at once: one, or all of an environment's folder where none sets what another does."""
    for one in candidates:
        beside = [c for c in candidates if c.file.environment == one.file.environment]
        if one.file.environment and len(set().union(*(c.names for c in beside))) == sum(len(c.names) for c in beside):
            if one is beside[0]:
                yield tuple(c.file.path for c in beside)
        else:
            yield (one.file.path,)


def _are_alternatives(own: _Candidate, other: _Candidate, label: str) -> bool:
    """Whether a file is never given together with one of a deployment, which is called ``label``."""
    folder = other.file.folder
    elsewhere = other.file.environment != own.file.environment
    if elsewhere and folder not in ("", label) and not is_layer(folder):
        return True
    by_name = own.file.is_layer_by_name != other.file.is_layer_by_name
    return not by_name and 2 * len(own.names & other.names) >= len(own.names | other.names)


def _plans_without(directory: str, options: TerraformOptions, candidates: Sequence[_Candidate]) -> bool:
    """Whether every variable of a root has a value without an optional var file.

    An empty default of a variable that the var files set only waits for them: the root is not deployed with it.
    """
    awaited = {name for one in candidates for name in one.names}
    without = {
        name
        for name, block in load_module(directory, options.limits.file_size).variables.items()
        if (body := block.read()) is not None
        and ((default := body.attributes.get("default")) is None or (name in awaited and _is_empty(default.expr)))
    }
    return without <= set(_set_otherwise(directory, options))


def _is_empty(expr: Expr) -> bool:
    match expr:
        case ast.Literal(value=None | "") | ast.Tuple(items=()) | ast.Object(items=()):
            return True
        case _:
            return False


def _set_otherwise(directory: str, options: TerraformOptions) -> Iterator[str]:
    yield from (name.removeprefix("TF_VAR_") for name in options.environment if name.startswith("TF_VAR_"))
    yield from (text.partition("=")[0] for kind, text in options.assignments if kind == "var")
    for path in automatic_files(directory):
        body = read_file(path, options.limits.file_size)
        yield from body.attributes if isinstance(body, Body) else ()
