"""Plans and states as ``terraform show -json`` and ``tofu show -json`` write them → fragments of the network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from peerlint.network.model import Fragment, Language, Problem, ProblemKind
from peerlint.network.values import Span
from peerlint.terraform.options import TerraformOptions

if TYPE_CHECKING:
    from peerlint.terraform.plan.root import Opened

__all__ = ["Opened", "open_plan", "read_plan"]


def open_plan(path: str, candidates: Sequence[str]) -> Opened:
    """The plan or state in a file, and the directory of its root: the file's own, or one of the candidates.

    Raises PlanError for a file that cannot be read.
    """
    from peerlint.terraform.plan.format import read_document
    from peerlint.terraform.plan.root import Opened
    from peerlint.terraform.plan.source import find_source
    from peerlint.terraform.plan.table import Table

    document, text = read_document(path)
    table = Table(document)
    return Opened(path, text, table, find_source(path, table, candidates))


def read_plan(opened: Opened, options: TerraformOptions) -> Fragment:
    """What exists once the plan is applied, or what the state tells; a problem where its values are nested too deeply.

    Raises VariableError for a ``--var`` or ``--var-file`` that cannot be used.
    """
    from peerlint.terraform.plan.fragment import fragment_of_plan

    try:
        return fragment_of_plan(opened, options)
    except RecursionError:
        at = Span(opened.path, 1, 1, 1, 1)
        problem = Problem(ProblemKind.UNREADABLE_INPUT, "its values are nested too deeply", at, opened.path)
        return Fragment(opened.path, Language.TERRAFORM, problems=(problem,))
