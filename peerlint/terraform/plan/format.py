"""The JSON of ``terraform show -json`` and ``tofu show -json``, decoded and validated.

https://developer.hashicorp.com/terraform/internals/json-format: properties with other names are passed over, as the
page asks, and an unknown major version is refused. A plan has ``planned_values``, a state has ``values``.
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from peerlint import filesystem
from peerlint.encodings import encoding_of
from peerlint.network.values import Span

MAX_PLAN_SIZE = 256 << 20
"""Bytes; a larger file is PL901. Plans of a thousand resources have a few megabytes."""

Json = dict[str, object]


class PlanError(Exception):
    """A plan or state that cannot be read; ``at`` is the place of the mistake."""

    def __init__(self, message: str, at: Span) -> None:
        """A mistake at its place."""
        super().__init__(message)
        self.at = at


class Instance(msgspec.Struct):
    """A resource instance or data source of a state, planned or real. A ``deposed`` one is being replaced."""

    address: str
    type: str
    name: str
    mode: str = "managed"
    index: int | str | None = None
    deposed_key: str | None = None
    values: Json | None = None


class Output(msgspec.Struct):
    """The value of an output; absent where it is not known yet."""

    value: object = msgspec.UNSET


class Module(msgspec.Struct):
    """A module instance of a state."""

    address: str = ""
    resources: list[Instance] | None = None
    child_modules: list[Module] | None = None


class Values(msgspec.Struct):
    """A state: what exists, or will."""

    root_module: Module = msgspec.field(default_factory=Module)
    outputs: dict[str, Output] | None = None


class State(msgspec.Struct):
    """A state inside a plan."""

    values: Values | None = None


class Change(msgspec.Struct):
    """What happens to an instance; ``after_unknown`` has ``true`` where ``after`` is known only after apply."""

    actions: list[str] = []
    after: object = None
    after_unknown: object = None


class ResourceChange(msgspec.Struct):
    """The change of one instance."""

    address: str
    type: str
    name: str
    change: Change
    mode: str = "managed"
    index: int | str | None = None
    deposed: str | None = None
    module_address: str = ""


class ConfiguredResource(msgspec.Struct):
    """A ``resource`` or ``data`` block. ``expressions`` are those of its arguments, nested as blocks are."""

    type: str
    name: str
    mode: str = "managed"
    provider_config_key: str = ""
    expressions: Json | None = None
    provisioners: object = None


class ConfiguredOutput(msgspec.Struct):
    """An ``output`` block."""

    expression: object = None


class ModuleCall(msgspec.Struct):
    """A ``module`` block, with the configuration that it calls."""

    expressions: Json | None = None
    module: ConfiguredModule | None = None


class ConfiguredModule(msgspec.Struct):
    """The configuration of a module."""

    resources: list[ConfiguredResource] | None = None
    module_calls: dict[str, ModuleCall] | None = None
    outputs: dict[str, ConfiguredOutput] | None = None


class ConfiguredProvider(msgspec.Struct):
    """A ``provider`` block."""

    name: str = ""
    alias: str = ""
    module_address: str = ""
    expressions: Json | None = None


class Configuration(msgspec.Struct):
    """The configuration that a plan was made of."""

    root_module: ConfiguredModule = msgspec.field(default_factory=ConfiguredModule)
    provider_config: dict[str, ConfiguredProvider] | None = None


class Variable(msgspec.Struct):
    """The value of a root's variable."""

    value: object = None


class Document(msgspec.Struct):
    """A plan or a state. ``complete`` is false where something of the configuration was left for later."""

    format_version: str
    terraform_version: str = ""
    variables: dict[str, Variable] | None = None
    planned_values: Values | None = None
    values: Values | None = None
    resource_changes: list[ResourceChange] | None = None
    prior_state: State | None = None
    configuration: Configuration | None = None
    complete: bool = True
    errored: bool = False

    @property
    def is_plan(self) -> bool:
        """Whether it is a plan, and not a state."""
        return self.planned_values is not None or self.configuration is not None


_DECODER = msgspec.json.Decoder(Document, float_hook=Decimal)
_BYTE = re.compile(r" \(byte (\d+)\)")


def read_document(path: str) -> tuple[Document, str]:
    """The document in a file, and its text. Raises PlanError."""
    text = _text(path)
    try:
        document = _DECODER.decode(text)
    except msgspec.ValidationError as error:
        raise PlanError(f"not a plan or state as `terraform show -json` writes it: {error}", _start(path)) from None
    except msgspec.DecodeError as error:
        raise _malformed(str(error), text, path) from None
    except RecursionError:
        raise PlanError("nested too deeply", _start(path)) from None
    if document.format_version.partition(".")[0] not in ("0", "1"):
        message = f"format_version is {document.format_version[:20]!r}, and versions 0 and 1 are read"
        raise PlanError(message, place_in(text, text.find("format_version") - 1, path))
    return document, text


def _text(path: str) -> str:
    try:
        data = filesystem.read(path, MAX_PLAN_SIZE + 1)
    except OSError as error:
        raise PlanError(f"cannot be read: {error.strerror}", _start(path)) from None
    if len(data) > MAX_PLAN_SIZE:
        raise PlanError(f"larger than {MAX_PLAN_SIZE >> 20} MiB", _start(path))
    encoding = encoding_of(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data[: error.start].decode(encoding, errors="replace")
        raise PlanError("not UTF-8", place_in(text, len(text), path)) from None


def _malformed(message: str, text: str, path: str) -> PlanError:
    found = _BYTE.search(message)
    end = len(text.rstrip())
    offset = len(text.encode()[: int(found[1])].decode(errors="replace")) if found is not None else end
    reason = "it ends too early" if found is None else _BYTE.sub("", message).removeprefix("JSON is malformed: ")
    return PlanError(f"not JSON: {reason}", place_in(text, offset, path))


def place_in(text: str, offset: int, path: str, length: int = 1) -> Span:
    """The place of ``length`` characters of a text on one line."""
    offset = max(0, min(offset, len(text)))
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Span(path, line, column, line, column + length)


def _start(path: str) -> Span:
    return Span(path, 1, 1, 1, 1)
