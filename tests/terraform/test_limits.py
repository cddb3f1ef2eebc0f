"""What a hostile or broken root costs: each ends with a located finding, and the rest of the root is still read."""

from __future__ import annotations

import base64
import gzip
import os
from pathlib import Path

import pytest

from peerlint.limits import Limits
from peerlint.network.model import Fragment, Vpc
from peerlint.network.values import Unknown
from peerlint.records import field_names, replace
from peerlint.terraform import TerraformOptions
from peerlint.terraform.deployments import deployments_of, problems_of
from peerlint.terraform.functions import patterns
from tests.terraform.estate import estate, of, one, write
from tests.values import known

FINE = 'resource "aws_vpc" "fine" { cidr_block = "10.0.0.0/16" }\n'
USES = 'resource "aws_vpc" "uses" { cidr_block = local.x }\n'
SMALL = Limits(steps=20_000, instances=500, text=50_000, elements=5_000)


def doubled(count: int, step: str) -> str:
    lines = "\n".join(f"x{i + 1} = {step.replace('X', f'local.x{i}')}" for i in range(count))
    return f'locals {{\nx0 = ["a"]\n{lines}\nx = local.x{count}\n}}'


def nested(before: str, inside: str, after: str, depth: int = 10_000) -> str:
    return f"locals {{ x = {before * depth}{inside}{after * depth} }}"


BACKTRACKING = f'regex("^(x|xx)+$", "{"x" * 60}!")'
GZIP = base64.b64encode(gzip.compress(b"a" * 50_000_000)).decode()
ALIASES = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
HOSTILE = {
    "a list that doubles sixty times": doubled(60, "[X, X]"),
    "a list that is joined with itself": doubled(60, "concat(X, X)"),
    "a text that trebles forty times": doubled(40, '"${X}${X}${X}"').replace('["a"]', '"aaaaaaaaaa"'),
    "loops in loops": "locals { x = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]] }",
    "loops in a template": 'locals { x = "%{ for a in range(1000) }%{ for b in range(1000) }x%{ endfor }%{ endfor }" }',
    "a list of a thousand million": "locals { x = range(1000000000) }",
    "products of lists": "locals { x = setproduct(range(1000), range(1000), range(1000)) }",
    "a text that is repeated": 'locals { x = join("", [for i in range(1000) : format("%2000s", "a")]) }',
    "padding without end": 'locals { x = format("%1000000000d", 1) }',
    "an indentation without end": 'locals { x = indent(1000000000, "a\\nb") }',
    "a replacement that grows": f'locals {{ x = replace("{"a" * 2000}", "a", "{"b" * 2000}") }}',
    "subnets of subnets": 'locals { x = [for i in range(1000) : cidrsubnets("10.0.0.0/8", range(1, 20)...)] }',
    "a number of a million digits": "locals { x = pow(10, 1000000) }",
    "a product of large numbers": doubled(40, "X * X").replace('["a"]', "10"),
    "a search that never ends": f"locals {{ x = {BACKTRACKING} }}",
    "what unpacks to a thousand times as much": f'locals {{ x = base64gunzip("{GZIP}") }}',
    "aliases of aliases": f"locals {{\nx = yamldecode(<<EOT\n{ALIASES}EOT\n)\n}}",
    "YAML that is nested": f'locals {{ x = yamldecode("{"[" * 3000}") }}',
    "JSON that is nested": f'locals {{ x = jsondecode("{"[" * 100_000}") }}',
    "a chain of references": doubled(5_000, "X"),
    "nested lists": nested("[", "1", "]"),
    "nested parentheses": nested("(", "1", ")"),
    "nested objects": nested("{a=", "1", "}", 4_000),
    "nested templates": nested('"${', "1", '}"', 4_000),
    "nested calls": nested("upper(", '"a"', ")", 4_000),
    "nested conditionals": nested("true ? 1 : ", "2", "", 4_000),
    "nested blocks": nested("1 }\nlocals {\nx {\n", "", "}", 4_000),
    "a long sum": nested("1 + ", "1", "", 6_000),
    "a million instances": """
        locals { x = "10.9.0.0/16" }
        resource "aws_subnet" "s" {
          count      = 1000000
          vpc_id     = aws_vpc.fine.id
          cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
        }
    """,
    "a dynamic block without end": """
        locals { x = "10.9.0.0/16" }
        resource "aws_security_group" "s" {
          vpc_id = aws_vpc.fine.id
          dynamic "ingress" {
            for_each = setproduct(range(1000), range(900))
            content {
              from_port   = 1
              to_port     = 2
              protocol    = "tcp"
              cidr_blocks = ["10.0.0.0/8"]
            }
          }
        }
    """,
    "more instances than there are atoms": """
        locals { x = "10.9.0.0/16" }
        resource "aws_subnet" "s" {
          count  = 1e300
          vpc_id = aws_vpc.fine.id
        }
    """,
}


def limits_of(fragment: Fragment) -> list[str]:
    """Where the limits were passed."""
    return [Path(p.at.file).name for p in fragment.problems if p.kind.value == "PL901"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_limit_is_said_and_the_rest_is_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.05)
    files = {"fine.tf": FINE, "main.tf": HOSTILE[name].strip() + "\n" + USES}
    fragment = estate(tmp_path, files, limits=SMALL)
    assert limits_of(fragment) == ["main.tf"]
    assert "aws_vpc.fine" in [vpc.origin.address for vpc in of(fragment, Vpc)]


CIRCLES = {
    "a local of itself": ("locals { x = local.x }", ["local.x"]),
    "locals": ("locals {\n  x = local.y\n  y = [local.z]\n  z = { a = local.x }\n}", ["local.x", "local.y", "local.z"]),
    "locals in `try`": ('locals {\n  x = try(local.y, "10.0.0.0/16")\n  y = local.x\n}', ["local.x", "local.y"]),
    "an output and a variable of a module": (
        'module "m" {\n  source = "./m"\n  v = local.x\n}\nlocals { x = module.m.o }',
        ["local.x", "module.m.output.o", "module.m.var.v"],
    ),
    "a count": (
        'locals { x = length(aws_eip.e) }\nresource "aws_eip" "e" { count = local.x }',
        ["aws_eip.e", "local.x"],
    ),
    "the count of a module": (
        'module "m" {\n  source = "./m"\n  count = length(module.m)\n  v = var.nothing\n}\n'
        'locals { x = module.m[0].o }\nvariable "nothing" {}',
        ["module.m"],
    ),
}


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_is_said_once_with_all_that_is_in_it(name: str, tmp_path: Path) -> None:
    text, members = CIRCLES[name]
    module = 'variable "v" {}\noutput "o" { value = var.v }\n'
    fragment = estate(tmp_path, {"fine.tf": FINE, "main.tf": f"{text}\n{USES}", "m/main.tf": module})
    (problem,) = fragment.problems
    assert problem.kind.value == "PL905"
    assert [member for member in members if f"`{member}`" not in problem.message] == []
    assert {Path(at.file).name for _, at in problem.notes} <= {"main.tf"}
    assert isinstance(one(fragment, Vpc, "aws_vpc.uses").blocks[0].cidr, Unknown)
    assert one(fragment, Vpc, "aws_vpc.fine")


MODULES = {
    "one that calls itself": {"m/main.tf": FINE + 'module "again" { source = "../m" }\n'},
    "two that call each other": {
        "m/main.tf": FINE + 'module "other" { source = "../n" }\nmodule "too" { source = "../n" }\n',
        "n/main.tf": 'module "other" { source = "../m" }\nmodule "too" { source = "../m" }\n',
    },
    "one that calls itself by a link": {"m/main.tf": FINE + 'module "again" { source = "./link/link/link" }\n'},
}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_that_calls_itself_is_said_where_it_does(name: str, tmp_path: Path) -> None:
    write(tmp_path, MODULES[name])
    (tmp_path / "m" / "link").symlink_to(tmp_path / "m")
    fragment = estate(tmp_path, 'module "m" { source = "./m" }\n')
    told = [problem for problem in fragment.problems if problem.kind.value == "PL905"]
    assert told == list(fragment.problems)
    assert {Path(problem.at.file).parent.name for problem in told} <= {"m", "n"}
    assert one(fragment, Vpc).origin.address == "module.m.aws_vpc.fine"


def test_modules_that_multiply_end(tmp_path: Path) -> None:
    """Twenty directories, each of which calls the next one twice, are a million modules."""
    calls = 'module "a" { source = "../N" }\nmodule "b" { source = "../N" }\n'
    files = {f"m{i}/main.tf": calls.replace("N", f"m{i + 1}") for i in range(20)}
    files |= {"m20/main.tf": FINE, "main.tf": FINE + 'module "m" { source = "./m0" }\n'}
    fragment = estate(tmp_path, files, limits=SMALL)
    (problem,) = fragment.problems
    assert problem.kind.value == "PL901"
    assert "500 instances" in problem.message
    assert one(fragment, Vpc, "aws_vpc.fine")


def test_modules_of_many_instances_end(tmp_path: Path) -> None:
    outer = 'module "m" {\n  source = "./m"\n  count = 1000\n}\n'
    inner = 'module "n" {\n  source = "../n"\n  count = 1000\n}\n'
    files = {"main.tf": FINE + outer, "m/main.tf": inner, "n/main.tf": FINE}
    fragment = estate(tmp_path, files, limits=SMALL)
    assert limits_of(fragment) == ["main.tf"]
    assert one(fragment, Vpc, "aws_vpc.fine")


def test_modules_in_modules_end(tmp_path: Path) -> None:
    files = {f"m{i}/main.tf": f'module "m" {{ source = "../m{i + 1}" }}\n' for i in range(10)}
    files |= {"m10/main.tf": FINE, "main.tf": FINE + 'module "m" { source = "./m0" }\n'}
    fragment = estate(tmp_path, files, limits=Limits(depth=5))
    (problem,) = fragment.problems
    assert problem.message.startswith("modules are nested more than 5 deep")
    assert problem.at.file == os.path.join(tmp_path, "m4", "main.tf")
    assert estate(tmp_path, files).problems == ()


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    files = {"fine.tf": FINE, "main.tf": USES + "#" * 2_000}
    fragment = estate(tmp_path, files, limits=Limits(file_size=1_000))
    assert [(p.kind.value, p.message) for p in fragment.problems] == [
        ("PL901", "larger than 1,000 bytes (limits.file-size)")
    ]
    assert one(fragment, Vpc).origin.address == "aws_vpc.fine"


def chain(count: int) -> dict[str, str]:
    files = {f"m{i}/main.tf": f'module "m" {{ source = "../m{i + 1}" }}\n' for i in range(count)}
    return {**files, f"m{count}/main.tf": FINE, "main.tf": 'module "m" { source = "./m0" }\n'}


PAST = {
    "steps": {"main.tf": 'locals { x = [for i in range(100) : "${i}"] }\n' + USES},
    "instances": {"main.tf": 'resource "aws_vpc" "many" {\n  count = 100\n  cidr_block = "10.0.0.0/16"\n}\n'},
    "text": {"main.tf": 'locals { x = "${join("", range(100))}x" }\n' + USES},
    "elements": {"main.tf": "locals { x = range(100) }\n" + USES},
    "depth": chain(100),
    "file_size": {"main.tf": "#" * 100},
}


OF_INVENTORIES = ("inventory_size",)


@pytest.mark.parametrize("limit", [name for name in field_names(Limits) if name not in OF_INVENTORIES])
def test_what_is_past_a_limit_says_which_one_would_have_to_be_raised(limit: str, tmp_path: Path) -> None:
    at_fifty = replace(Limits(), **{limit: 50})
    (problem,) = (p for p in estate(tmp_path, PAST[limit], limits=at_fifty).problems if p.kind.value == "PL901")
    assert "50 " in problem.message
    assert f"(limits.{limit.replace('_', '-')})" in problem.message
    assert limits_of(estate(tmp_path, PAST[limit], limits=Limits(depth=200))) == []


def test_a_var_file_is_read_within_the_configured_limit(tmp_path: Path) -> None:
    files = {
        "main.tf": 'variable "cidr" {}\nresource "aws_vpc" "v" { cidr_block = var.cidr }\n',
        "env/prod.tfvars": 'cidr = "10.7.0.0/16"\n' + "#" * 200,
    }
    root = str(write(tmp_path, files))
    for most, expected in ((100, [()]), (1_000, [("prod.tfvars",)])):
        found = deployments_of(root, TerraformOptions(root, limits=Limits(file_size=most)))
        assert [tuple(map(os.path.basename, one.files)) for one in found] == expected
    (problem,) = problems_of(root, TerraformOptions(root, limits=Limits(file_size=100)))
    assert (problem.at.file, problem.message) == (
        os.path.join(root, "env", "prod.tfvars"),
        "larger than 100 bytes (limits.file-size)",
    )


def test_a_file_of_too_many_interpolations_is_not_read(tmp_path: Path) -> None:
    text = "locals {\n  x = <<EOT\n" + "${1}" * 60_000 + "\nEOT\n}\n"
    fragment = estate(tmp_path, {"fine.tf": FINE, "main.tf": text})
    assert limits_of(fragment) == ["main.tf"]
    assert one(fragment, Vpc).origin.address == "aws_vpc.fine"


@pytest.mark.parametrize("escape", [r"\ud83d", r"\U00110000", r"\ud83d\ude00"])
def test_an_escape_that_is_no_character_ends_nothing(escape: str, tmp_path: Path) -> None:
    """Terraform refuses it."""
    text = f'locals {{ x = jsonencode(sha1("{escape}")) }}\n'
    files = {"fine.tf": FINE, "odd.tf": FINE.replace("fine", escape), "main.tf": text + USES}
    fragment = estate(tmp_path, files)
    assert "aws_vpc.fine" in [vpc.origin.address for vpc in of(fragment, Vpc)]
    for vpc in of(fragment, Vpc):
        vpc.origin.address.encode()


def test_what_try_catches_is_no_limit(tmp_path: Path) -> None:
    text = 'locals { x = try(range(2000)[0], "10.1.0.0/16") }\n'
    fragment = estate(tmp_path, {"main.tf": text + USES})
    assert fragment.problems == ()


def test_a_slow_search_is_waited_for_a_few_times_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.05)
    text = f"locals {{ x = [for i in range(1000) : {BACKTRACKING}] }}\n"
    assert limits_of(estate(tmp_path, {"main.tf": text + USES})) == ["main.tf"]


def test_many_resources_are_read(tmp_path: Path) -> None:
    text = "".join(FINE.replace("fine", f"v{i}") for i in range(2_000))
    assert len(of(estate(tmp_path, text), Vpc)) == 2_000


def test_what_is_written_once_is_past_no_limit(tmp_path: Path) -> None:
    vpcs = "".join(f'resource "aws_vpc" "v{n}" {{\n  cidr_block = "10.{n}.0.0/16"\n}}\n' for n in range(40))
    limits = Limits(steps=30, instances=3)
    fragment = estate(tmp_path, vpcs, limits=limits)
    assert [problem.message for problem in fragment.problems] == []
    assert {str(known(vpc.blocks[0].cidr)) for vpc in of(fragment, Vpc)} == {f"10.{n}.0.0/16" for n in range(40)}
    repeated = 'resource "aws_vpc" "r" {\n  count = 4\n  cidr_block = "10.99.0.0/16"\n}\n'
    (problem,) = estate(tmp_path, vpcs + repeated, limits=limits).problems
    assert "limits.instances" in problem.message
    assert problem.at.line == 121
