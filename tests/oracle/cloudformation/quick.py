"""moto without what it does again for each call and each template: the results are the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from unittest import mock

import yaml
from moto.cloudformation import models
from moto.cloudformation.utils import yaml_tag_constructor
from moto.core import responses, utils
from yaml.parser import ParserError
from yaml.scanner import ScannerError

_names = lru_cache(utils.method_names_from_class)


class _Loader(yaml.CLoader):
    """YAML as moto reads it, read by libyaml."""


_Loader.add_multi_constructor("", yaml_tag_constructor)


@contextmanager
def quick() -> Iterator[None]:
    """moto, with the names of its actions kept and templates parsed by libyaml: a fifth of the time less."""
    names = mock.patch.object(responses, "method_names_from_class", _names)
    with names, mock.patch.object(models.Stack, "parse_template", staticmethod(_parsed)):
        yield


def _parsed(template: str) -> Any:
    try:
        return yaml.load(template, _Loader)
    except (ParserError, ScannerError):
        return json.loads(template)
