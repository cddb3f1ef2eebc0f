"""The language extensions, which cfn-lint writes out where moto's engine does not know them."""

from __future__ import annotations

import json
from pathlib import Path

from cfnlint.decode import decode
from cfnlint.template import Template
from cfnlint.template.transforms._language_extensions import language_extension

_TRANSFORM = "AWS::LanguageExtensions"


def extended(path: Path) -> str:
    """The text of a template, with its loops written out by cfn-lint where it asks for them."""
    text = path.read_text(encoding="utf-8")
    if _TRANSFORM not in text:
        return text
    document, _ = decode(str(path))
    _, written = language_extension(Template(str(path), document, ["eu-west-1"]))
    return json.dumps({key: value for key, value in written.items() if key != "Transform"}, default=str)
