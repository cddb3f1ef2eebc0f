"""What a file tells beside its fragments."""

from __future__ import annotations

from pathlib import Path

from peerlint.engine import Crash
from peerlint.exchange.exporting import Repository, exported
from peerlint.exchange.importing import Imports
from peerlint.exchange.relocation import Relocation
from peerlint.network.model import Fragment, Language
from tests.made import span

HOME = "/srv/net"


def test_bugs_that_the_export_met_are_told_again(tmp_path: Path) -> None:
    met = Crash(f"reading {HOME}/prod failed: KeyError: 'x'", span(f"{HOME}/prod", 1), "a traceback of one machine")
    file = tmp_path / "net.json"
    file.write_bytes(exported((), (met,), Repository(HOME, "acme/net", 1000)))
    (told,) = Imports().read(str(file)).crashes
    assert (told.message, told.at.file) == ("reading acme/net/prod failed: KeyError: 'x'", "acme/net/prod")
    assert b"a traceback" not in file.read_bytes()


def test_parts_of_one_repository_add_to_each_other_and_what_comes_twice_counts_once(tmp_path: Path) -> None:
    prod, dev = (Fragment(f"{HOME}/{name}", Language.TERRAFORM, files=(f"{HOME}/{name}/main.tf",)) for name in "pd")
    imports, found = Imports(), []
    for number, part in enumerate(((prod,), (prod, dev))):
        file = tmp_path / f"{number}.json"
        file.write_bytes(exported(part, (), Repository(HOME, "net", 1000)))
        found += [fragment.stack for fragment in imports.read(str(file)).fragments]
    assert found == ["net/p", "net/d"]


def test_only_the_directory_itself_is_taken_out_of_texts() -> None:
    relocation = Relocation(HOME, [f"{HOME}/main.tf", "/srv/common.tfvars"])
    said = {
        f"{HOME}/a + env/dev.tfvars": ["", "/a + env/dev.tfvars"],
        f"`{HOME}/a` and {HOME}.": ["`", "/a` and ", "."],
        "/srv/network": "/srv/network",
        "/srv/net-2/a": "/srv/net-2/a",
        "/else/srv/net/a": "/else/srv/net/a",
        "/srv/common.tfvars": ["", "/../common.tfvars"],
        "/an/ssm/parameter": "/an/ssm/parameter",
        "a\udcff": "a?",
    }
    assert {text: relocation.text(text) for text in said} == said
    assert relocation.file("/srv/common.tfvars") == "../common.tfvars"
