"""CloudFormation templates: decoded with cfn-lint, evaluated here, lifted into the model of the network."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from peerlint.cloudformation.options import CloudFormationOptions, read_parameters
from peerlint.cloudformation.recognise import is_template
from peerlint.cloudformation.source import unreadable
from peerlint.cloudformation.syntax import Unreadable
from peerlint.network.model import Fragment, Language

if TYPE_CHECKING:
    from peerlint.cloudformation.stacks.files import TemplateFiles

__all__ = ["CloudFormationOptions", "is_template", "read", "read_parameters"]


def read(
    path: str, options: CloudFormationOptions, files: TemplateFiles | None = None, stack: str | None = None
) -> Fragment:
    """What a template and those that it nests declare; ``stack``, else ``path`` as given, keeps its identities apart.

    ``files`` are what the run has decoded so far. A file that cannot be read or is no template gives a fragment with
    one PL901 problem, never an exception. A template that names nothing of a network is not decoded, and cfn-lint is
    not imported for it.
    """
    from peerlint.cloudformation.stacks.files import TemplateFiles

    file, stack = os.path.abspath(path), stack or path
    files = files or TemplateFiles()
    try:
        if not files.bears_on_network(file):
            return Fragment(stack, Language.CLOUDFORMATION, files=(file,))
        from peerlint.cloudformation.reader import read_template

        return read_template(file, stack, options, files)
    except Unreadable as error:
        return unreadable(stack, file, error)
