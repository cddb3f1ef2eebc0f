"""Each summary beside the module's own source: the same calls make the same network.

``PEERLINT_MODULES`` names a folder with the sources, as ``make summaries-check MODULES=…`` sets it. The calls are in
``tests/oracle/module_calls/``: a file for each module, a ``module`` block for each call, without source and version.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.network.model import Fragment, ProblemKind
from peerlint.terraform import Root, TerraformOptions, read
from peerlint.terraform.arguments import META_ARGUMENTS
from peerlint.terraform.ast import Block
from peerlint.terraform.ast_text import render
from peerlint.terraform.config import load_module
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.root_state import RootState
from peerlint.terraform.site import Site
from peerlint.terraform.summaries import FOLDER, Summary, summaries
from tests.oracle.models import Plain, entities, others, plain
from tests.oracle.module_sources import Sources, forget, install

GIVEN = os.environ.get("PEERLINT_MODULES", "")
THERE = Sources(Path(GIVEN))
CALLS = Path(__file__).parent.parent / "oracle" / "module_calls"
MODULES = sorted(path.name.replace("__", "/") for path in Path(FOLDER).iterdir() if (path / "summary.toml").exists())
CALL = re.compile(r'^module "(\w+)" \{\n(.*?)^\}\n', re.MULTILINE | re.DOTALL)
ARGUMENT = re.compile(r"^  (\w+) *=", re.MULTILINE)
EVERY = [summary for module in MODULES for summary in summaries(module)]
CASES = [(summary, release) for summary in EVERY for release in (THERE.releases(summary) if GIVEN else [])]

pytestmark = pytest.mark.skipif(not GIVEN, reason="PEERLINT_MODULES names no folder with the sources of modules")


@dataclass(frozen=True, slots=True)
class Call:
    """A module call of the collection: its name, what is between its braces, and what stands around it."""

    name: str
    body: str
    around: str

    @property
    def inputs(self) -> set[str]:
        """The inputs that it gives."""
        return set(ARGUMENT.findall(self.body)) - META_ARGUMENTS


def calls(module: str) -> list[Call]:
    text = (CALLS / f"{module.replace('/', '__')}.tf").read_text(encoding="utf-8")
    around = CALL.sub("", text)
    return [Call(match[1], match[2], around) for match in CALL.finditer(text)]


def calls_of(summary: Summary, release: str) -> list[Call]:
    """The calls of a module that a release of it takes."""
    taken = load_module(str(THERE.directory(summary.module, release))).variables.keys()
    return [call for call in calls(summary.module) if call.inputs <= taken]


@dataclass(frozen=True, slots=True)
class Model:
    """What a root with one module call makes; ``summarised`` are the calls for which a summary stands in."""

    summarised: set[str]
    entities: list[Plain]
    others: list[Plain]
    outputs: dict[str, Plain]


def _model(folder: Path) -> Model:
    fragment = read(Root(str(folder), "root"), TerraformOptions("/"))
    summarised = {basis.address for basis in fragment.bases}
    return Model(summarised, entities(fragment), others(fragment), _outputs(folder, fragment))


def _outputs(folder: Path, fragment: Fragment) -> dict[str, Plain]:
    config = load_module(str(folder))
    top = ModuleInstance(Site(RootState(str(folder), str(folder), "/"), config))
    children = list(top.modules.all_children(lambda _: True))
    return {
        f"{child.address}.{name}": plain(child.output(name), fragment.stack)
        for child in children
        for name in child.site.config.outputs
    }


def _both(folder: Path, summary: Summary, release: str, call: Call) -> tuple[Model, Model]:
    """The model with the real module, and the one with its summary. The folder is one that was never read."""
    text = f'{call.around}\nmodule "{call.name}" {{\n  source  = "{summary.module}"\n  version = "{release}"\n'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf").write_text(f"{text}{call.body}}}\n", encoding="utf-8")
    forget()
    described = _model(folder)
    assert described.summarised
    assert not [other for other in described.others if ProblemKind.UNRESOLVED_MODULE.value in other], described.others
    install(folder, summary.module, release, call.name, THERE)
    forget()
    real = _model(folder)
    assert not real.summarised
    (folder / ".terraform" / "modules" / "modules.json").unlink()
    return real, described


def _differences(real: Model, described: Model) -> Iterator[str]:
    yield from (f"only the module: {entity}" for entity in real.entities if entity not in described.entities)
    yield from (f"only the summary: {entity}" for entity in described.entities if entity not in real.entities)
    if len(real.entities) != len(described.entities):
        yield f"{len(real.entities)} entities of the module, {len(described.entities)} of the summary"
    read = [other for other in real.others if not _is_of_unread(other)]
    yield from (f"only the module: {other}" for other in read if other not in described.others)
    yield from (f"only the summary: {other}" for other in described.others if other not in real.others)
    for name, value in described.outputs.items():
        if name in real.outputs and real.outputs[name] != value:
            yield f"{name}: {real.outputs[name]} of the module, {value} of the summary"


def _is_of_unread(other: Plain) -> bool:
    """Whether it is about a module in the module of which the source is not there: what it exports is unknown."""
    return "not read" in str(other)


def test_every_module_has_its_calls() -> None:
    assert {module: len(calls(module)) >= 15 for module in MODULES} == dict.fromkeys(MODULES, True)


def test_a_release_of_each_summary_is_there() -> None:
    assert [summary.title for summary in EVERY if not THERE.releases(summary)] == []


@pytest.mark.parametrize(("summary", "release"), CASES, ids=lambda it: it.module if isinstance(it, Summary) else it)
def test_the_same_calls_make_the_same_network(summary: Summary, release: str, tmp_path: Path) -> None:
    found = [
        f"{call.name}: {difference}"
        for call in calls_of(summary, release)
        for difference in _differences(*_both(tmp_path / call.name, summary, release, call))
    ]
    assert "\n".join(found) == ""


@pytest.mark.parametrize(("summary", "release"), CASES, ids=lambda it: it.module if isinstance(it, Summary) else it)
def test_every_input_and_output_of_the_module_is_known(summary: Summary, release: str) -> None:
    real, described = load_module(str(THERE.directory(summary.module, release))), summary.configuration()
    assert real.variables.keys() - described.variables.keys() - summary.without_effect == set()
    assert real.outputs.keys() - described.outputs.keys() - summary.unstated == set()
    assert described.variables.keys() & summary.without_effect == set()
    assert described.outputs.keys() & summary.unstated == set()


def _toggles(summary: Summary, release: str) -> dict[str, list[str]]:
    """Values for the simple inputs of a summary that a release has."""
    found: dict[str, list[str]] = {}
    real = load_module(str(THERE.directory(summary.module, release))).variables
    for name, block in summary.configuration().variables.items():
        if name not in real:
            continue
        constraint = block.body.attributes.get("type")
        match render(constraint.expr) if constraint is not None else "":
            case "bool":
                found[name] = ["true", "false", "var.unknown_flag"]
            case "list(string)" if name.endswith("subnets"):
                blocks = [f'"10.{sum(map(ord, name)) % 200}.{index}.0/24"' for index in range(3)]
                found[name] = ["[]", *(f"[{', '.join(blocks[:size])}]" for size in (1, 2, 3))]
            case "number":
                found[name] = ["0", "1", "2", *(["null"] if _may_be_null(real[name]) else [])]
    return found


def _may_be_null(variable: Block) -> bool:
    """Whether a module expects that an input is null: of another one, null is what its own expressions fail at."""
    default = variable.body.attributes.get("default")
    return default is not None and render(default.expr) == "null"


@st.composite
def varied(draw: st.DrawFn, summary: Summary, release: str) -> Call:
    """A call of the collection with some more simple inputs."""
    call = draw(st.sampled_from(calls_of(summary, release)))
    toggles = {name: values for name, values in _toggles(summary, release).items() if not _writes(call, name)}
    names = draw(st.lists(st.sampled_from(sorted(toggles)), max_size=6, unique=True)) if toggles else []
    more = "".join(f"  {name} = {draw(st.sampled_from(toggles[name]))}\n" for name in names)
    return Call(call.name, call.body + more, call.around)


def _writes(call: Call, name: str) -> bool:
    return re.search(rf"^\s*{name}\s*=", call.body, re.MULTILINE) is not None


@pytest.mark.parametrize("summary", EVERY, ids=lambda summary: f"{summary.module} {summary.versions}")
def test_varied_calls_make_the_same_network(summary: Summary, tmp_path: Path) -> None:
    release = THERE.releases(summary)[-1]

    @settings(max_examples=int(os.environ.get("PEERLINT_EXAMPLES", "40")), deadline=None, database=None)
    @given(call=varied(summary, release))
    def check(call: Call) -> None:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        assert list(_differences(*_both(folder, summary, release, call))) == []

    check()
