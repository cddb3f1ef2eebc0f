"""The configuration: ``[tool.peerlint]`` in pyproject.toml, or peerlint.toml."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct, field

from peerlint import filesystem
from peerlint.limits import LIMITS, Limits
from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.outside import OutsideVpc
from peerlint.network.settings import Quotas, Settings
from peerlint.project import repository_root
from peerlint.records import field_names
from peerlint.rule import Severity
from peerlint.toml_table import TableError, TableReader, one_of, positive, string, strings
from peerlint.usage import ACCOUNT, FAIL_ON, ConfigError

DEFAULTS = Settings()
FILE_NAMES = ("peerlint.toml", "pyproject.toml")


class StatedStack(Struct, frozen=True):
    """A stack that a template is deployed as; paths are absolute, and ``parameters`` are files."""

    template: str
    name: str | None = None
    parameters: tuple[str, ...] = ()
    region: str | None = None
    account: str | None = None


class Config(Struct, frozen=True):
    """What the configuration says; paths are absolute.

    ``file`` is where it was read from, ``None`` for the defaults. ``exclude`` holds glob patterns relative to
    ``directory``.
    """

    file: str | None = None
    directory: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "warning"
    severity: Mapping[str, Severity] = field(default_factory=dict)
    settings: Settings = DEFAULTS
    exclude: tuple[str, ...] = ()
    region: str | None = None
    account: str | None = None
    workspace: str | None = None
    limits: Limits = LIMITS
    var_files: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    inventory: tuple[str, ...] = ()
    outside: tuple[OutsideVpc, ...] = ()
    stacks: tuple[StatedStack, ...] = ()


def find(start: str) -> str | None:
    """The configuration file that applies to a path: the nearest one upward, no further than the repository's root.

    Without a repository only the path's own directory is looked at. peerlint.toml wins over pyproject.toml.
    Raises ConfigError for a pyproject.toml that is not TOML.
    """
    directory = start if filesystem.is_directory(start) else os.path.dirname(start)
    top = repository_root(directory) or directory
    while True:
        for name in FILE_NAMES:
            path = os.path.join(directory, name)
            if filesystem.is_file(path) and (name == "peerlint.toml" or _table(path, _parse(path)) is not None):
                return path
        if directory == top or directory == os.path.dirname(directory):
            return None
        directory = os.path.dirname(directory)


def load(path: str) -> Config:
    """The configuration that a file holds. Raises ConfigError, naming the file and the key, for what it may not say."""
    document = _parse(path)
    table = _table(path, document)
    if table is None:
        raise ConfigError(f"{path}: no [tool.peerlint] table")
    reader = TableReader(path, table, "" if _is_own(path) else "tool.peerlint.")
    try:
        config = _config(reader)
        reader.finish()
    except TableError as error:
        raise ConfigError(str(error)) from error
    return config


def _is_own(path: str) -> bool:
    return os.path.basename(path) != "pyproject.toml"


def _parse(path: str) -> Mapping[str, object]:
    import tomllib

    try:
        return tomllib.loads(filesystem.read(path).decode())
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from error
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error


def _table(path: str, document: Mapping[str, object]) -> Mapping[str, object] | None:
    if _is_own(path):
        return document
    tool = document.get("tool")
    table = tool.get("peerlint") if isinstance(tool, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise ConfigError(f"{path}: tool.peerlint is not a table")


def _config(reader: TableReader) -> Config:
    directory = os.path.dirname(reader.file)
    return Config(
        file=reader.file,
        directory=directory,
        select=reader.take("select", strings, ()),
        ignore=reader.take("ignore", strings, ()),
        fail_on=reader.take("fail-on", one_of(FAIL_ON), "warning"),
        severity=reader.take("severity", _severities, {}),
        settings=_settings(reader),
        exclude=reader.take("exclude", strings, ()),
        region=reader.take("region", string, None),
        account=reader.take("account", _account, None),
        workspace=reader.take("workspace", _workspace, None),
        limits=_limits(reader),
        var_files=_paths(directory, reader.take("var-files", strings, ())),
        parameters=_paths(directory, reader.take("parameters", strings, ())),
        inventory=_paths(directory, reader.take("inventory", strings, ())),
        outside=tuple(_outside(table) for table in reader.tables("vpc")),
        stacks=tuple(_stack(table, directory) for table in reader.tables("stack")),
    )


def _paths(directory: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(os.path.normpath(os.path.join(directory, name)) for name in names)


def _settings(reader: TableReader) -> Settings:
    return Settings(
        public_ports=reader.take("public-ports", _ports, DEFAULTS.public_ports),
        ignored_ranges=reader.take("ignored-ranges", _cidrs, DEFAULTS.ignored_ranges),
        mesh_size=reader.take("mesh-size", _mesh_size, DEFAULTS.mesh_size),
        third_parties=reader.take("third-parties", _accounts, DEFAULTS.third_parties),
        quotas=_quotas(reader),
    )


def _quotas(reader: TableReader) -> Quotas:
    table = reader.table("quotas")
    names = field_names(Quotas)
    given = {name: table.take(name.replace("_", "-"), positive, getattr(DEFAULTS.quotas, name)) for name in names}
    table.finish()
    return Quotas(**given)


def _limits(reader: TableReader) -> Limits:
    table = reader.table("limits")
    names = field_names(Limits)
    given = {name: table.take(name.replace("_", "-"), positive, getattr(LIMITS, name)) for name in names}
    table.finish()
    return Limits(**given)


def _outside(table: TableReader) -> OutsideVpc:
    vpc = OutsideVpc(
        at=table.at,
        id=table.take("id", string, None),
        name=table.take("name", string, None),
        tags=table.take("tags", _tags, ()),
        cidrs=table.take("cidrs", _cidrs, ()),
        region=table.take("region", string, None),
        account=table.take("account", _account, None),
    )
    table.finish()
    if vpc.id is None and vpc.name is None and not vpc.tags:
        raise ConfigError(f"{table.file}: {table.prefix.rstrip('.')} must have an id, a name or tags")
    return vpc


def _stack(table: TableReader, directory: str) -> StatedStack:
    template = table.take("template", string, "")
    if not template:
        raise ConfigError(f"{table.file}: {table.prefix.rstrip('.')} must have a template")
    (path,) = _paths(directory, (template,))
    stack = StatedStack(
        template=path,
        name=table.take("name", string, None),
        parameters=_paths(directory, table.take("parameters", strings, ())),
        region=table.take("region", string, None),
        account=table.take("account", _account, None),
    )
    table.finish()
    return stack


def _severities(value: object) -> Mapping[str, Severity]:
    names = {severity.value: severity for severity in Severity}
    if isinstance(value, dict) and all(isinstance(name, str) and name in names for name in value.values()):
        return {rule: names[name] for rule, name in value.items()}
    raise ValueError("a table from rules to " + ", ".join(names))


def _ports(value: object) -> frozenset[int]:
    if isinstance(value, list) and all(type(port) is int and 0 <= port <= 65535 for port in value):
        return frozenset(value)
    raise ValueError("a list of ports")


def _mesh_size(value: object) -> int:
    if type(value) is int and value >= 3:
        return value
    raise ValueError("a whole number from 3 on")


def _accounts(value: object) -> frozenset[str]:
    if isinstance(value, list):
        return frozenset(_account(account) for account in value)
    raise ValueError("a list of account ids: 12 digits in quotes each")


def _account(value: object) -> str:
    if isinstance(value, str) and ACCOUNT.fullmatch(value):
        return value
    raise ValueError('an account id: 12 digits in quotes, "123456789012"')


def _workspace(value: object) -> str:
    if isinstance(value, str) and value and "/" not in value:
        return value
    raise ValueError("the name of a workspace")


def _tags(value: object) -> tuple[tuple[str, str], ...]:
    if isinstance(value, dict) and value.keys() == {"Name"} and isinstance(value["Name"], str):
        return tuple(value.items())
    raise ValueError('{Name = "…"}: VPCs are not told apart by other tags')


def _cidrs(value: object) -> tuple[Cidr, ...]:
    return tuple(_cidr(text) for text in strings(value))


def _cidr(text: str) -> Cidr:
    cidr = parse_cidr(text)
    if cidr is None:
        raise ValueError(f'a list of CIDR blocks, which "{text}" is not')
    return cidr
