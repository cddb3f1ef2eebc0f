"""The rules: those of every installed pack, and those of folders of one's own."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import os
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import entry_points
from types import ModuleType

from peerlint import filesystem
from peerlint.rule import Declared, Rule
from peerlint.usage import ConfigError

GROUP = "peerlint.rules"


def load(folders: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Every rule, by id: those of the packs that the entry points name, then those of the folders.

    A rule is a module with a ``check`` that :func:`peerlint.rule.rule` declared; modules whose name begins with an
    underscore are not rules. Raises ConfigError for a pack that cannot be imported, a module without a check, and an id
    or name that two rules have.
    """
    modules = [module for pack in _packs() for module in _modules_of(pack)]
    modules += [module for folder in folders for module in _modules_in(folder)]
    found: dict[str, ModuleType] = {}
    rules = []
    for module in modules:
        rule = _rule(module)
        for key in (rule.id, rule.name):
            if key in found:
                raise ConfigError(f"two rules are called {key}: {_place(found[key])} and {_place(module)}")
            found[key] = module
        rules.append(rule)
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _packs() -> Iterator[ModuleType]:
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        yield _imported(point.value)


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:  # a pack is foreign code: whatever it raises is the user's to know
        raise ConfigError(f"the rules of {name} cannot be imported: {type(error).__name__}: {error}") from error


def _modules_of(pack: ModuleType) -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(pack.__path__, pack.__name__ + "."):
        if not info.name.rpartition(".")[2].startswith("_"):
            yield _imported(info.name)


def _modules_in(folder: str) -> Iterator[ModuleType]:
    try:
        names = filesystem.names(folder)
    except OSError as error:
        raise ConfigError(f"the rules of {folder} cannot be read: {error.strerror}") from error
    for name in names:
        if name.endswith(".py") and not name.startswith("_"):
            yield _loaded(os.path.join(folder, name))


def _loaded(path: str) -> ModuleType:
    name = "peerlint_rules_of_a_folder_" + os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ConfigError(f"the rule {path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # foreign code, as above
        raise ConfigError(f"the rule {path} cannot be imported: {type(error).__name__}: {error}") from error
    return module


def _rule(module: ModuleType) -> Rule:
    declared = getattr(module, "check", None)
    if not isinstance(declared, Declared):
        raise ConfigError(f"{_place(module)} declares no rule: it has no `check` under @rule(…)")
    return Rule(
        id=declared.id,
        name=declared.name,
        severity=declared.severity,
        fix=declared.fix,
        check=declared.check,
        page=inspect.cleandoc(module.__doc__ or ""),
        enabled=declared.enabled,
    )


def _place(module: ModuleType) -> str:
    return module.__file__ or module.__name__


def matching(rules: Iterable[Rule], pattern: str) -> tuple[Rule, ...]:
    """The rules that a pattern names: an id, the beginning of ids (``PL2``), a name, or ``ALL``.

    Raises ConfigError where it names none.
    """
    rules = tuple(rules)
    wanted = pattern.strip()
    found = tuple(
        rule
        for rule in rules
        if wanted.upper() == "ALL" or rule.name == wanted or (wanted and rule.id.startswith(wanted.upper()))
    )
    if not found:
        raise ConfigError(f"no rule is called {pattern!r}: `peerlint rules` lists them")
    return found


def selected(rules: Sequence[Rule], select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """The rules to run: those selected (every enabled one by default) without those ignored.

    Raises ConfigError for a pattern that names no rule.
    """
    chosen = {rule.id for pattern in select for rule in matching(rules, pattern)}
    if not select:
        chosen = {rule.id for rule in rules if rule.enabled}
    dropped = {rule.id for pattern in ignore for rule in matching(rules, pattern)}
    return tuple(rule for rule in rules if rule.id in chosen - dropped)
