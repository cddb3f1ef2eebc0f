"""The parameters that a template declares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.oracle.cloudformation.service import RefusedError


class _Loader(yaml.CSafeLoader):
    """YAML without the functions."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


@cache
def declared(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """The parameters of a template. Raises RefusedError for a file that is not YAML, or holds no mapping."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except yaml.YAMLError as error:
        raise RefusedError("not YAML") from error
    if not isinstance(document, dict):
        raise RefusedError("not a mapping")
    return document.get("Parameters") or {}
