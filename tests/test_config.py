"""What the configuration may say, where it is looked for, and how a mistake in it is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from peerlint import filesystem
from peerlint.config import Config, find, load
from peerlint.limits import Limits
from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.settings import Quotas, Settings
from peerlint.network.values import Span
from peerlint.rule import Severity
from peerlint.usage import ConfigError

WHOLE = """\
select = ["PL1", "missing-reciprocal-route"]
ignore = ["PL101"]
fail-on = "error"
public-ports = [443]
ignored-ranges = ["198.18.0.0/15"]
mesh-size = 4
third-parties = ["210987654321"]
exclude = ["examples/**"]
region = "eu-west-1"
account = "123456789012"
var-files = ["env/prod.tfvars"]
parameters = ["/etc/prod.json"]
workspace = "prod"

[severity]
PL301 = "note"

[quotas]
peerings-per-vpc = 125

[limits]
steps = 1000
file-size = 2000

[[vpc]]
id = "vpc-0abc"
cidrs = ["10.8.0.0/16", "fd00:8::/56"]
region = "eu-west-1"
account = "123456789012"

 [[ vpc ]]
name = "shared"
"""


def _own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "peerlint.toml"
    path.write_text(text)
    return path


def test_every_setting_is_read(tmp_path: Path) -> None:
    path = _own(tmp_path, WHOLE)
    config = load(str(path))
    assert config.select == ("PL1", "missing-reciprocal-route")
    assert config.ignore == ("PL101",)
    assert config.fail_on == "error"
    assert config.settings == Settings(
        frozenset({443}), (Cidr(4, 0xC6120000, 15),), 4, frozenset({"210987654321"}), Quotas(peerings_per_vpc=125)
    )
    assert config.exclude == ("examples/**",)
    assert (config.region, config.account) == ("eu-west-1", "123456789012")
    assert config.var_files == (str(tmp_path / "env" / "prod.tfvars"),)
    assert config.parameters == ("/etc/prod.json",)
    assert config.severity == {"PL301": Severity.NOTE}
    by_id, by_name = config.outside
    assert by_id.id == "vpc-0abc"
    assert by_id.cidrs == (parse_cidr("10.8.0.0/16"), parse_cidr("fd00:8::/56"))
    assert by_id.at == Span(str(path), 25, 1, 25, 8)
    assert (by_name.name, by_name.at.line, by_name.at.column) == ("shared", 31, 2)
    assert config.workspace == "prod"
    assert config.limits == Limits(steps=1000, file_size=2000)


def test_pyproject_holds_the_same_below_its_own_table(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(
        '[project]\nname = "x"\n[tool.peerlint]\nselect = ["PL1"]\n[[tool.peerlint.vpc]]\nid = "vpc-0abc"\n'
    )
    config = load(str(path))
    assert config.select == ("PL1",)
    assert config.outside[0].at.line == 5


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    path = str(_own(tmp_path, ""))
    assert load(path) == Config(file=path, directory=str(tmp_path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select = [1 2]", "not TOML: .*line 1"),
        ("selct = []", "selct is not a setting"),
        ('select = "PL1"', "select must be a list of strings"),
        ("ignore = [1]", "ignore must be a list of strings"),
        ('fail-on = "info"', "fail-on must be one of error, warning, note, never"),
        ("fail-on = true", "fail-on must be one of error, warning, note, never"),
        ('public-ports = ["443"]', "public-ports must be a list of ports"),
        ("public-ports = [65536]", "public-ports must be a list of ports"),
        ("public-ports = [true]", "public-ports must be a list of ports"),
        ('ignored-ranges = ["100.64.0.0"]', 'ignored-ranges must be a list of CIDR blocks, which "100.64.0.0" is not'),
        ("mesh-size = 2", "mesh-size must be a whole number from 3 on"),
        ('third-parties = ["me"]', "third-parties must be an account id"),
        ("third-parties = 1", "third-parties must be a list of account ids"),
        ("quotas = { peerings-per-vpc = 0 }", "quotas.peerings-per-vpc must be "),
        ("quotas = { peerings = 5 }", "quotas.peerings is not a setting"),
        ("account = 123456789012", "account must be an account id: 12 digits in quotes"),
        ("workspace = 1", "workspace must be the name of a workspace"),
        ("limits = 1", "limits must be a table"),
        ("[limits]\nsteps = 0", r"limits\.steps must be a whole number above 0"),
        ("[limits]\nsteps = true", r"limits\.steps must be a whole number above 0"),
        ("[limits]\nfile_size = 1", r"limits\.file_size is not a setting"),
        ('severity = "note"', "severity must be a table from rules to error, warning, note"),
        ('severity = {PL301 = "info"}', "severity must be a table from rules to error, warning, note"),
        ('vpc = {id = "vpc-0abc"}', "vpc must be an array of tables"),
        ("[[vpc]]\nid = 1", r"vpc\[0\]\.id must be a string"),
        ('[[vpc]]\nid = "a"\n[[vpc]]\nid = "b"\ncidr = []', r"vpc\[1\]\.cidr is not a setting"),
        ('[[vpc]]\ntags = {Env = "prod"}', r"vpc\[0\]\.tags must be \{Name = \"…\"\}"),
        ('[[vpc]]\ncidrs = ["10.0.0.0/8"]', r"vpc\[0\] must have an id, a name or tags"),
        (
            '[[vpc]]\nid = "a"\ncidrs = ["10.0.0.0"]',
            r"vpc\[0\]\.cidrs must be a list of CIDR blocks, which \"10.0.0.0\" is not",
        ),
    ],
)
def test_a_mistake_is_one_line_that_names_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = _own(tmp_path, text)
    with pytest.raises(ConfigError, match="^" + re.escape(str(path)) + ": " + said) as error:
        load(str(path))
    assert "\n" not in str(error.value)


def test_what_is_no_text_or_no_file_is_told(tmp_path: Path) -> None:
    path = _own(tmp_path, "")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(str(path))
    with pytest.raises(ConfigError, match="No such file"):
        load(str(tmp_path / "gone.toml"))


def test_the_nearest_configuration_up_to_the_repositorys_root_applies(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    deep = repository / "envs" / "prod"
    deep.mkdir(parents=True)
    (tmp_path / "peerlint.toml").touch()
    (repository / ".git").mkdir()
    assert _found(deep) is None
    (repository / "pyproject.toml").write_text("[project]\n")
    assert _found(deep) is None
    (repository / "pyproject.toml").write_text("[tool.peerlint]\n")
    assert _found(deep) == str(repository / "pyproject.toml")
    (repository / "peerlint.toml").touch()
    assert _found(deep) == str(repository / "peerlint.toml")
    (repository / "envs" / "peerlint.toml").touch()
    assert _found(deep) == str(repository / "envs" / "peerlint.toml")
    assert _found(repository) == str(repository / "peerlint.toml")


def _found(directory: Path) -> str | None:
    """What a new run finds."""
    filesystem.forget()
    return find(str(directory))


def test_without_a_repository_only_the_paths_own_directory_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "peerlint.toml").touch()
    (tmp_path / "below").mkdir()
    (tmp_path / "main.tf").touch()
    assert find(str(tmp_path / "below")) is None
    assert find(str(tmp_path / "main.tf")) == str(tmp_path / "peerlint.toml")
