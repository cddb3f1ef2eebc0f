"""``--inventory`` and ``inventory`` of the configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from peerlint.cli import cli
from peerlint.config import load
from peerlint.usage import ConfigError
from tests.inventory.account import Account, id_of
from tests.inventory.checked import PROVIDER

ROUTE = f"""
resource "aws_route" "r" {{
  route_table_id            = "{id_of("rtb", "a")}"
  destination_cidr_block    = "10.9.0.0/16"
  vpc_peering_connection_id = "{id_of("pcx", "ab")}"
}}
"""


def _project(folder: Path) -> tuple[Path, Path, Path]:
    """A root, and the inventory in two files."""
    account = Account()
    account.vpc("a", "10.0.0.0/16")
    account.vpc("b", "10.1.0.0/16")
    account.peering("a", "b")
    root, one, two = folder / "root", folder / "one.json", folder / "two.json"
    root.mkdir()
    (root / "main.tf").write_text(PROVIDER + ROUTE, encoding="utf-8")
    one.write_text(account.text("VpcPeeringConnections"), encoding="utf-8")
    two.write_text(account.text("Vpcs", "Subnets", "RouteTables"), encoding="utf-8")
    return root, one, two


def _run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["check", "--no-color", *map(str, arguments)], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.output


def test_files_of_the_command_line(tmp_path: Path) -> None:
    root, one, two = _project(tmp_path)
    assert _run(root)[0] == 0
    code, output = _run(root, "--inventory", one, "--inventory", two)
    assert code == 1
    assert "error[PL206]" in output
    assert "1 stack, 1 peering" in output


def test_files_of_the_configuration_are_relative_to_it(tmp_path: Path) -> None:
    root, one, two = _project(tmp_path)
    settings = root / "peerlint.toml"
    settings.write_text('inventory = ["../one.json", "../two.json"]\n', encoding="utf-8")
    assert load(str(settings)).inventory == (str(one), str(two))
    assert _run(root)[0] == 1


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    root, one, _ = _project(tmp_path)
    with pytest.raises(ConfigError, match=r"gone\.json: no such inventory file"):
        _run(root, "--inventory", one, "--inventory", tmp_path / "gone.json")


def test_a_file_that_cannot_be_read_is_reported_and_the_rest_is_judged(tmp_path: Path) -> None:
    root, one, two = _project(tmp_path)
    bad = tmp_path / "bad.json"
    bad.write_text('{\n  "Vpcs": [\n', encoding="utf-8")
    code, output = _run(root, *(part for file in (one, two, bad) for part in ("--inventory", file)))
    assert code == 3
    assert "error[PL901]" in output
    assert "bad.json:2:" in output
    assert "error[PL206]" in output


def test_an_inventory_alone_is_nothing_to_check(tmp_path: Path) -> None:
    _, one, two = _project(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    code, output = _run(empty, "--inventory", one, "--inventory", two)
    assert code == 0
    assert "no VPC peering here" in output


def test_an_excerpt_of_the_inventory_shows_the_line_of_a_note(tmp_path: Path) -> None:
    root, one, two = _project(tmp_path)
    (root / "main.tf").write_text(PROVIDER + ROUTE.replace("10.9.0.0/16", "10.1.0.0/16"), encoding="utf-8")
    code, output = _run(root, "--inventory", one, "--inventory", two)
    assert code == 1
    assert "which has no route back to 10.0.0.0/16 over it, as the inventory shows it" in " ".join(output.split())
    assert f'"VpcId": "{id_of("vpc", "b")}"' in output
