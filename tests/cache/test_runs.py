"""A run that is recalled prints what a new one would, and is recalled only where nothing has changed."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

import peerlint.progress
import peerlint.reporters.text
import peerlint.run
from peerlint import filesystem, registry
from peerlint.cache import runs
from peerlint.cache.runs import Printed
from peerlint.cache.store import Store
from peerlint.config import Config
from peerlint.engine import Result
from peerlint.exit_codes import BUG
from peerlint.network.network import Network
from peerlint.read import Progress
from peerlint.records import replace
from peerlint.request import Request
from peerlint.rule import Finding
from tests.cache.forked import checked, written

WARMED = (peerlint.progress, peerlint.reporters.text, peerlint.run)
"""Imported here, so that the copies of the process need not."""

ESTATE = {
    "net/main.tf": """
variable "cidr" {
  default = "10.0.0.0/16"
}
resource "aws_vpc" "a" {
  cidr_block = var.cidr
}
module "b" {
  source = "../modules/vpc"
}
resource "aws_vpc_peering_connection" "ab" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = module.b.id
  auto_accept = true
}
""",
    "modules/vpc/main.tf": """
resource "aws_vpc" "b" {
  cidr_block = trimspace(file("${path.module}/block"))
}
output "id" {
  value = aws_vpc.b.id
}
""",
    "modules/vpc/block": "10.0.0.0/16\n",
    "notes/data.json": "{}",
}

OVERLAP = "error[PL101]"


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    return written(tmp_path / "estate", ESTATE)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "kept"))


def _no_run() -> None:
    """Makes a run fail that is not recalled; the copy of the process ends before anyone else sees this."""

    def refused(request: Request, settings: Config, progress: Progress, store: Store | None = None) -> Result:
        raise AssertionError("this is a new run")

    peerlint.run.analyse = refused


def _entries(store: Store) -> list[Path]:
    return [path for path in Path(store.folder, runs.KIND).rglob("*") if path.is_file()]


def test_a_second_run_is_recalled(estate: Path, store: Store) -> None:
    first = checked(estate, store)
    assert OVERLAP in first.report
    assert first.code == 1
    assert checked(estate, store, before=_no_run) == first


CHANGES: dict[str, dict[str, str]] = {
    "a file": {"net/main.tf": ESTATE["net/main.tf"].replace("10.0.0.0/16", "10.1.0.0/16")},
    "a file of a module": {"modules/vpc/main.tf": 'output "id" {\n  value = "vpc-0a1b2c3d4e5f60718"\n}\n'},
    "a file that a function reads": {"modules/vpc/block": "10.9.0.0/16\n"},
    "a new file": {"net/more_override.tf": 'resource "aws_vpc" "a" {\n  cidr_block = "10.2.0.0/16"\n}\n'},
    "a new var file": {"net/terraform.tfvars": 'cidr = "10.3.0.0/16"\n'},
    "a new configuration": {"peerlint.toml": 'ignore = ["PL1"]\n'},
    "a new root": {
        "other/main.tf": 'resource "aws_vpc_peering_connection" "p" {\n  vpc_id = "vpc-0123456789abcdef0"\n'
    },
    "a new template": {"stack.yaml": "Resources:\n  P:\n    Type: AWS::EC2::VPCPeeringConnection\n"},
    "an ignored line": {
        "net/main.tf": ESTATE["net/main.tf"].replace(
            'resource "aws_vpc_peering', '# peerlint: ignore[PL101] known\nresource "aws_vpc_peering'
        )
    },
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_the_result_is_seen(change: str, estate: Path, store: Store) -> None:
    first = checked(estate, store)
    written(estate, CHANGES[change])
    second = checked(estate, store)
    assert second == checked(estate, None)
    assert second != first
    assert checked(estate, store, before=_no_run) == second


def test_what_was_undone_is_recalled_again(estate: Path, store: Store) -> None:
    first = checked(estate, store)
    written(estate, CHANGES["a new var file"])
    (estate / "net/terraform.tfvars").unlink()
    assert checked(estate, store, before=_no_run) == first


def test_another_directory_is_another_run(estate: Path, store: Store) -> None:
    assert OVERLAP in checked(estate, store).report
    assert OVERLAP not in checked(estate / "modules", store).report


def test_code_that_has_changed_is_another_peerlint(estate: Path, store: Store) -> None:
    checked(estate, store)
    (entry,) = _entries(store)
    kept = msgspec.msgpack.decode(entry.read_bytes())
    assert any(path == os.fsencode(runs.__file__) for path, _, _ in kept[1])
    kept[1] = [[path, size + (path == os.fsencode(runs.__file__)), time] for path, size, time in kept[1]]
    entry.write_bytes(msgspec.msgpack.encode(kept))
    with pytest.raises(AssertionError):
        checked(estate, store, before=_no_run)


def _report_replaced(content: bytes) -> bytes:
    kept = msgspec.msgpack.decode(content)
    return msgspec.msgpack.encode([kept[0], kept[1], 7, kept[3]])


def _asking_for(path: str) -> Callable[[bytes], bytes]:
    def damaged(content: bytes) -> bytes:
        kept = msgspec.msgpack.decode(content)
        return msgspec.msgpack.encode(
            [[*kept[0], ["content", path.encode(), -1, b"00"]], kept[1], b"nothing to report", 0]
        )

    return damaged


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "noise": lambda content: bytes(byte ^ 0x5A for byte in content),
    "another shape": lambda _: msgspec.msgpack.encode({"report": "nothing to report"}),
    "another type": _report_replaced,
    "nested without end": lambda _: b"\x91" * 100_000,
    "a device without end": _asking_for("/dev/zero"),
    "a path that is none": _asking_for("a\0b"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_as_if_it_were_not_there(damage: str, estate: Path, store: Store) -> None:
    first = checked(estate, store)
    (entry,) = _entries(store)
    entry.write_bytes(DAMAGES[damage](entry.read_bytes()))
    assert checked(estate, store) == first
    assert checked(estate, store, before=_no_run) == first


def test_a_folder_that_cannot_be_made_changes_nothing(estate: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert OVERLAP in checked(estate, Store(str(tmp_path / "file" / "kept"))).report


def test_a_full_disk_changes_nothing(estate: Path, store: Store) -> None:
    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))

    assert checked(estate, store, before=full) == checked(estate, None)
    assert _entries(store) == []


def test_many_may_run_at_once(estate: Path, store: Store) -> None:
    expected = checked(estate, None)
    with multiprocessing.get_context("fork").Pool(4) as pool:
        found = pool.starmap(checked, [(estate, store)] * 12)
    assert found == [expected] * 12
    assert len(_entries(store)) == 1
    assert checked(estate, store, before=_no_run) == expected


def test_a_run_whose_files_change_meanwhile_is_not_kept(estate: Path, store: Store) -> None:
    def changing() -> None:
        block, configuration = estate / "modules/vpc/block", peerlint.run.configuration

        def meanwhile(paths: Sequence[str], file: str | None) -> Config:
            filesystem.read(str(block), 1)
            block.write_text("x")
            filesystem.read(str(block), 1)
            return configuration(paths, file)

        peerlint.run.configuration = meanwhile

    checked(estate, store, before=changing)
    assert _entries(store) == []


def test_a_bug_is_not_kept(estate: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(network: Network) -> Iterator[Finding]:
        raise RuntimeError("a bug")

    load = registry.load
    monkeypatch.setattr(registry, "load", lambda folders: [replace(rule, check=broken) for rule in load(folders)])
    assert checked(estate, store).code == BUG
    assert _entries(store) == []


def test_the_name_of_a_run_says_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = runs.digest_of(["a", "b"])
    assert runs.digest_of(["ab", ""]) != here
    monkeypatch.chdir(tmp_path)
    assert runs.digest_of(["a", "b"]) != here
    assert runs.recall(Store(os.devnull), here) is None
    assert isinstance(checked(tmp_path, None), Printed)


def test_names_that_are_no_text_are_kept_as_well(estate: Path, store: Store) -> None:
    os.rename(estate / "net", os.path.join(os.fsencode(estate), b"n\xff"))
    first = checked(estate, store)
    assert OVERLAP in first.report
    assert checked(estate, store, before=_no_run) == first
