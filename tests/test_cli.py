"""Whole runs of the command line: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import forked as run
from tests.command_line import started

ESTATE = """\
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "spoke" {
  cidr_block = var.cidr
}

variable "cidr" {
  default = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "hub_spoke" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.spoke.id
  auto_accept = true
}
"""
RULE = '''\
"""A VPC has a block.

## Why

For the tests.
"""

from peerlint.network.model import Vpc
from peerlint.network.values import Known
from peerlint.rule import Finding, Severity, Undecided, rule


@rule("XX101", "vpc-with-block", Severity.WARNING)
def check(network):
    for vpc in network.all(Vpc):
        for block in vpc.blocks:
            if isinstance(block.cidr, Known):
                yield Finding(f"{vpc.origin.address} has {block.cidr.value}", block.at, (vpc.origin.address,))
            else:
                yield Undecided(f"which block {vpc.origin.address} has", block.cidr.reason, block.at, ())
'''
BROKEN_RULE = RULE.replace("XX101", "XX102").replace("vpc-with-block", "broken").replace("network.all(Vpc)", "1 / 0")


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """A directory with an estate ``main.tf`` and a folder ``rules`` with one rule, which finds two VPCs."""
    (tmp_path / "main.tf").write_text(ESTATE)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "vpc_with_block.py").write_text(RULE)
    return tmp_path


def mine(directory: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A run with the rule of the test only."""
    return run(directory, "--rules", "rules", "--select", "XX101", *arguments, **environment)


def test_a_path_alone_is_checked(estate: Path) -> None:
    short = mine(estate, ".")
    long = started(estate, "check", "--rules", "rules", "--select", "XX101", ".")
    default = mine(estate)
    assert short.returncode == long.returncode == default.returncode == 1
    for done in (short, long, default):
        assert "warning[XX101] vpc-with-block\n  aws_vpc.hub has 10.0.0.0/16\n --> main.tf:2:" in done.stdout
        assert "1 stack, 1 peering: 2 warnings; " in done.stdout
        assert done.stderr == ""


@pytest.mark.parametrize(
    ("fail_on", "code"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)], ids=lambda value: str(value)
)
def test_the_exit_code_follows_fail_on(estate: Path, fail_on: str, code: int) -> None:
    assert mine(estate, "--fail-on", fail_on).returncode == code


def test_the_configuration_is_found_and_the_command_line_goes_before_it(estate: Path) -> None:
    (estate / "peerlint.toml").write_text(
        'fail-on = "never"\nseverity = {vpc-with-block = "error"}\nselect = ["PL9"]\n'
    )
    configured = mine(estate)
    assert configured.returncode == 0
    assert "2 errors" in configured.stdout
    assert mine(estate, "--fail-on", "error").returncode == 1
    assert "2 errors" not in run(estate, "--rules", "rules").stdout


def test_ignored_rules_do_not_run(estate: Path) -> None:
    done = run(estate, "--rules", "rules", "--select", "XX1,PL904", "--ignore", "vpc-with-block")
    assert done.returncode == 0
    assert "1 stack, 1 peering: nothing to report; " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "PL999"], "no rule is called 'PL999': `peerlint rules` lists them"),
        (["gone"], "gone: no such file or directory"),
        (["--frmat", "text"], "No such option '--frmat'. Did you mean '--format'?"),
        (["--format", "xml"], "Invalid value for '--format': 'xml' is not one of 'text', 'sarif', 'json'."),
        (["--config", "gone.toml"], "gone.toml: No such file or directory"),
        (["--rules", "gone"], "the rules of gone cannot be read: No such file or directory"),
        (["--var-file", "gone.tfvars"], "gone.tfvars: no such variable file"),
        (["--parameters", "gone.json"], "gone.json: no such parameter file"),
        (["--account", "12"], "Invalid value for '--account': an account id has 12 digits"),
        (["--output", "gone/report"], "gone/report: No such file or directory"),
        (["explain", "PL999"], "no rule is called 'PL999': `peerlint rules` lists them"),
    ],
    ids=lambda value: str(value),
)
def test_a_mistake_is_one_line_on_stderr(estate: Path, arguments: list[str], said: str) -> None:
    done = run(estate, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("peerlint: ")
    assert done.stderr.endswith(said + "\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("given", ["cidr", "=x", " =x"])
def test_a_variable_that_cannot_be_set_is_a_mistake(estate: Path, given: str) -> None:
    done = mine(estate, "--var", given)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_broken_configuration_is_one_line_with_file_and_key(estate: Path) -> None:
    (estate / "peerlint.toml").write_text("selct = []\n")
    done = run(estate)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"peerlint: {estate / 'peerlint.toml'}: selct is not a setting\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", "declares no rule: it has no `check` under @rule(…)"),
        ("import gone\n", "ModuleNotFoundError: No module named 'gone'"),
        (RULE, "two rules are called XX101: "),
        (RULE.replace("XX101", "XX102"), "two rules are called vpc-with-block: "),
        (RULE.replace("XX101", "PL901"), "two rules are called PL901: "),
    ],
)
def test_a_rule_that_cannot_be_used_is_a_mistake(estate: Path, text: str, said: str) -> None:
    (estate / "rules" / "z.py").write_text(text)
    done = run(estate, "--rules", "rules")
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_pack_joins_by_its_entry_point(estate: Path, tmp_path: Path) -> None:
    """The door that the built-in rules use as well."""
    pack, told = tmp_path / "site" / "their_rules", tmp_path / "site" / "their_rules-1.0.dist-info"
    pack.mkdir(parents=True)
    told.mkdir()
    (pack / "__init__.py").touch()
    (pack / "_helper.py").write_text("x = 1\n")
    (pack / "vpc_with_block.py").write_text(RULE)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: their-rules\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[peerlint.rules]\ntheirs = their_rules\n")
    done = started(estate, "--select", "XX101", "main.tf", PYTHONPATH=str(tmp_path / "site"))
    assert done.stdout.count("warning[XX101] vpc-with-block") == 2


def test_what_cannot_be_read_makes_the_exit_code_3_and_the_rest_is_reported(estate: Path) -> None:
    (estate / "other").mkdir()
    (estate / "other" / "main.tf").write_text('resource "aws_vpc" "x" {\n')
    done = mine(estate)
    assert done.returncode == 3
    assert "error[PL901] unreadable-input" in done.stdout
    assert "other/main.tf:" in done.stdout
    assert "aws_vpc.hub has 10.0.0.0/16" in done.stdout
    assert mine(estate, "--ignore", "PL901").returncode == 1


def test_a_rule_that_fails_makes_the_exit_code_4_and_the_rest_is_reported(estate: Path) -> None:
    (estate / "rules" / "broken.py").write_text(BROKEN_RULE)
    (estate / "unreadable.tf").write_text("{")
    done = run(estate, "--rules", "rules", "--select", "XX", "--format", "json", "--output", "report.json")
    assert (done.returncode, done.stdout, done.stderr) == (4, "", "")
    found = json.loads((estate / "report.json").read_text())["findings"]
    assert {"XX101", "PL900", "PL901"} == {finding["rule"] for finding in found}
    (bug,) = (finding for finding in found if finding["rule"] == "PL900")
    assert bug["message"].startswith("the rule XX102 broken failed: ZeroDivisionError")
    ignored = run(estate, "--rules", "rules", "--select", "XX", "--ignore", "PL900", "--format", "sarif")
    assert ignored.returncode == 4
    assert json.loads(ignored.stdout)["runs"][0]["invocations"][0]["executionSuccessful"] is False
    traced = run(estate, "--rules", "rules", "--select", "XX", "--traceback")
    assert "Traceback" in traced.stderr
    assert "Traceback" not in done.stderr + traced.stdout


def test_variables_come_from_the_command_line_in_its_order(estate: Path) -> None:
    (estate / "given").mkdir()
    (estate / "given" / "a.tfvars").write_text('cidr = "10.2.0.0/16"\n')

    def block(*arguments: str, **environment: str) -> str:
        found = json.loads(mine(estate, "--format", "json", *arguments, **environment).stdout)["findings"]
        message: str = next(f["message"] for f in found if "spoke" in f["message"])
        return message.rpartition(" ")[2]

    assert block() == "10.1.0.0/16"
    assert block("--var-file", "given/a.tfvars") == "10.2.0.0/16"
    assert block("--var-file=given/a.tfvars", "--var", "cidr=10.3.0.0/16") == "10.3.0.0/16"
    assert block("--var", "cidr=10.3.0.0/16", "--var-file", "given/a.tfvars") == "10.2.0.0/16"
    assert block(TF_VAR_cidr="10.4.0.0/16") == "10.1.0.0/16"
    assert block("--env", TF_VAR_cidr="10.4.0.0/16") == "10.4.0.0/16"
    (estate / "peerlint.toml").write_text('var-files = ["given/a.tfvars"]\n')
    assert block() == "10.2.0.0/16"
    assert block("--var", "cidr=10.3.0.0/16") == "10.3.0.0/16"


def test_a_variable_that_no_root_declares_is_a_mistake_of_the_user(estate: Path) -> None:
    done = mine(estate, "--var", "nowhere=1")
    assert done.returncode == 2
    assert "--var nowhere: no root that is checked declares this variable" in done.stderr
    assert "Traceback" not in done.stderr


def test_each_var_file_of_a_root_is_a_deployment_of_it(estate: Path) -> None:
    (estate / "env").mkdir()
    for name, block in (("dev", "10.2.0.0/16"), ("prod", "10.3.0.0/16"), ("stage", "10.3.0.0/16")):
        (estate / "env" / f"{name}.tfvars").write_text(f'cidr = "{block}"\n')
    main = (estate / "main.tf").read_text()
    (estate / "main.tf").write_text(main.replace('  default = "10.1.0.0/16"\n', ""))
    done = mine(estate)
    assert "1 stack in 3 deployments, 1 peering: 3 warnings; " in done.stdout
    found = json.loads(mine(estate, "--format", "json").stdout)
    said = {
        finding["message"]: [
            [os.path.relpath(path, estate) for path in one["var_files"]] for one in finding["deployments"]
        ]
        for finding in found["findings"]
    }
    assert said == {
        "aws_vpc.hub has 10.0.0.0/16": [["env/dev.tfvars"], ["env/prod.tfvars"], ["env/stage.tfvars"]],
        "aws_vpc.spoke has 10.2.0.0/16": [["env/dev.tfvars"]],
        "aws_vpc.spoke has 10.3.0.0/16": [["env/prod.tfvars"], ["env/stage.tfvars"]],
    }
    assert (found["summary"]["stacks"], found["summary"]["deployments"], found["summary"]["peerings"]) == (1, 3, 1)
    assert "1 stack, 1 peering: 2 warnings; " in mine(estate, "--var-file", "env/dev.tfvars").stdout
    assert "1 stack in 3 deployments, 1 peering: 3 warnings; " in mine(estate, "env/dev.tfvars").stdout


def test_sarif_of_a_finding_is_the_same_whether_one_var_file_agrees_or_several(estate: Path) -> None:
    (estate / ".git").mkdir()
    (estate / "env").mkdir()

    def marks(*names: str) -> list[str]:
        for name in names:
            (estate / "env" / f"{name}.tfvars").write_text('cidr = "10.0.0.0/16"\n')
        log = json.loads(run(estate, "--format", "sarif", "--select", "PL101").stdout)
        return [result["partialFingerprints"]["peerlint/v1"] for result in log["runs"][0]["results"]]

    assert marks("dev") == marks("prod", "stage")
    assert len(marks("dev")) == 1


def test_templates_take_parameters_files(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "vpc_with_block.py").write_text(RULE)
    (tmp_path / "stack.yaml").write_text(
        "Parameters:\n  Block:\n    Type: String\nResources:\n  Hub:\n    Type: AWS::EC2::VPC\n"
        "    Properties:\n      CidrBlock: !Ref Block\n"
    )
    assert "1 undecided" in mine(tmp_path, "stack.yaml").stdout
    (tmp_path / "values.json").write_text('[{"ParameterKey": "Block", "ParameterValue": "10.9.0.0/16"}]')
    given = mine(tmp_path, "stack.yaml", "--parameters", "values.json").stdout
    assert "Hub has 10.9.0.0/16" in given
    assert "values.json" not in given
    assert "note: found with values.json" in mine(tmp_path, "stack.yaml").stdout
    (tmp_path / "values.json").write_text("{")
    assert mine(tmp_path, "--parameters", "values.json").returncode == 2


def test_undecided_questions_are_listed_on_demand(estate: Path) -> None:
    (estate / "main.tf").write_text(ESTATE.replace('default = "10.1.0.0/16"', "type = string"))
    assert "1 undecided (--show-undecided)" in mine(estate).stdout
    shown = mine(estate, "--show-undecided").stdout
    assert "undecided[XX101] vpc-with-block\n  which block aws_vpc.spoke has: `var.cidr` has no value\n" in shown


def test_sarif_and_json_go_to_a_file_or_to_stdout(estate: Path) -> None:
    for format_ in ("sarif", "json"):
        printed = mine(estate, "--format", format_)
        written = mine(estate, "--format", format_, "--output", "report")
        assert printed.returncode == written.returncode == 1
        assert written.stdout == ""
        assert json.loads((estate / "report").read_text()).keys() == json.loads(printed.stdout).keys()


def test_sarif_paths_are_relative_to_the_repository_not_to_the_current_directory(estate: Path) -> None:
    (estate / ".git").mkdir()
    below = estate / "net"
    below.mkdir()
    (estate / "main.tf").rename(below / "main.tf")
    done = run(below, "--rules", "../rules", "--select", "XX101", "--format", "sarif")
    (uri, _) = (
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads(done.stdout)["runs"][0]["results"]
    )
    assert uri == "net/main.tf"


@pytest.mark.parametrize("format_", ["text", "sarif", "json"])
def test_a_file_name_that_is_not_utf8_is_no_obstacle(estate: Path, format_: str) -> None:
    os.mkdir(os.fsencode(estate) + b"/n\xff")
    with open(os.fsencode(estate) + b"/n\xff/main.tf", "w") as stream:
        stream.write(ESTATE)
    for where in ([], ["--output", "report"]):
        done = mine(estate, "--format", format_, *where)
        assert (done.returncode, done.stderr) == (1, "")


def test_colour_only_where_it_is_wanted(estate: Path) -> None:
    assert "\x1b" not in mine(estate).stdout
    assert "\x1b[" in mine(estate, "--color").stdout
    assert "\x1b" not in mine(estate, "--no-color").stdout


def test_quiet_says_nothing_about_a_clean_estate(estate: Path) -> None:
    done = run(estate, "-q", "--select", "PL904")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_estate_without_peering_is_said_to_be_one(estate: Path) -> None:
    (estate / "main.tf").write_text(ESTATE.partition('resource "aws_vpc_peering')[0])
    assert run(estate, "--select", "PL904").stdout.startswith("no VPC peering in 1 file; ")
    (estate / "main.tf").unlink()
    assert run(estate).stdout.startswith("no VPC peering here: no Terraform or CloudFormation files; ")


def test_files_as_pre_commit_names_them(estate: Path) -> None:
    """A file stands for its root; one of a module for the roots that call it; what is no input for nothing."""
    (estate / ".git").mkdir()
    (estate / "module").mkdir()
    (estate / "module" / "vpc.tf").write_text('resource "aws_vpc" "inner" {\n  cidr_block = "10.7.0.0/16"\n}\n')
    (estate / "main.tf").write_text(ESTATE + 'module "inner" {\n  source = "./module"\n}\n')
    (estate / "apart").mkdir()
    (estate / "apart" / "main.tf").write_text('resource "aws_vpc" "apart" {\n  cidr_block = "10.8.0.0/16"\n}\n')
    (estate / "README.md").touch()
    (estate / "values.yaml").write_text("a: 1\n")
    for named in (["main.tf"], ["module/vpc.tf"], ["main.tf", "module/vpc.tf", "README.md", "values.yaml"]):
        done = mine(estate, *named)
        assert "1 stack, 1 peering: 3 warnings; " in done.stdout, named
        assert "module.inner.aws_vpc.inner has 10.7.0.0/16" in done.stdout
    assert "1 stack, 0 peerings: 1 warning; " in mine(estate, "apart/main.tf").stdout
    nothing = mine(estate, "README.md", "values.yaml")
    assert (nothing.returncode, nothing.stderr) == (0, "")


def test_rules_are_listed_and_explained(estate: Path) -> None:
    table = run(estate, "rules", "--rules", "rules").stdout
    assert "XX101  warning  vpc-with-block" in table
    assert table.splitlines() == sorted(table.splitlines())
    rows = json.loads(run(estate, "rules", "--format", "json").stdout)
    assert {"id", "name", "severity", "title", "fix", "enabled", "url"} == rows[0].keys()
    assert run(estate, "rules", "--format", "markdown").stdout.startswith(
        "| id | name | severity | what it finds |\n|---"
    )
    page = run(estate, "explain", "unused-suppression").stdout
    assert page.startswith("# PL904 unused-suppression\n")
    assert page == run(estate, "explain", "PL904").stdout


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["rules"], ["explain", "PL901"]], ids=str)
def test_what_reads_no_input_imports_no_parser(estate: Path, arguments: list[str]) -> None:
    code = (
        "import sys, atexit; from peerlint.cli import main\n"
        "heavy = {'hcl2', 'lark', 'cfnlint', 'sarif_om'}\n"
        "atexit.register(lambda: print(sorted(heavy & sys.modules.keys()), file=sys.stderr))\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=estate, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "[]\n")


def test_a_reader_that_leaves_early_is_no_error(estate: Path) -> None:
    command = f"{sys.executable} -m peerlint explain PL | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=estate, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
