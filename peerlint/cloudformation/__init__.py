"""CloudFormation templates: decoded with cfn-lint, evaluated here, lifted into the model of the network."""

from __future__ import annotations

import os

from peerlint.cloudformation.options import CloudFormationOptions, read_parameters
from peerlint.cloudformation.recognise import bears_on_network, is_template
from peerlint.cloudformation.source import content_of, unreadable
from peerlint.cloudformation.syntax import Unreadable
from peerlint.network.model import Fragment, Language

__all__ = ["CloudFormationOptions", "is_template", "read", "read_parameters"]


def read(path: str, options: CloudFormationOptions) -> Fragment:
    """What a template declares; ``path`` as given is the stack's name in identities.

    A file that cannot be read or is no template gives a fragment with one PL901 problem, never an exception. A template
    that names nothing of a network is not decoded, and cfn-lint is not imported for it.
    """
    file = os.path.abspath(path)
    try:
        content = content_of(file)
        if not bears_on_network(content):
            return Fragment(path, Language.CLOUDFORMATION, files=(file,))
        from peerlint.cloudformation.reader import read_content

        return read_content(content, path, file, options)
    except Unreadable as error:
        return unreadable(path, file, error)
