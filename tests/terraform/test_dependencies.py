"""What waits for what in a root, as the real Terraform's graph has it."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product
from pathlib import Path
from random import Random

import pytest

from peerlint.limits import LIMITS
from peerlint.network.values import Maybe
from peerlint.terraform.config import load_module, read_file
from peerlint.terraform.dependencies import TerraformOrder
from peerlint.terraform.module_paths import ModulePaths
from tests.oracle.terraform_plan import TERRAFORM, terraform
from tests.terraform.estate import write

oracle = pytest.mark.skipif(TERRAFORM is None, reason="terraform is not installed")

MODULE = """
variable "p" {}
variable "q" { default = 0 }
locals { only_q = var.q }
resource "terraform_data" "of_p" { input = var.p }
resource "terraform_data" "of_q" { input = local.only_q }
resource "terraform_data" "of_none" {}
output "constant" { value = "c" }
output "from_p" { value = terraform_data.of_p.id }
output "late" {
  value      = terraform_data.of_none.id
  depends_on = [terraform_data.of_q]
}
"""

ROOTS = {
    "every way to refer": """
variable "given" { default = "x" }
locals {
  through = "${terraform_data.a.id}-${local.further}"
  further = terraform_data.b.output
}
resource "terraform_data" "a" { input = var.given }
resource "terraform_data" "b" {}
resource "terraform_data" "c" {
  count = 2
}
resource "terraform_data" "by_local" { input = local.through }
resource "terraform_data" "by_count" { count = length(terraform_data.c) }
resource "terraform_data" "by_each" {
  for_each = toset([for item in terraform_data.c : item.id])
}
resource "terraform_data" "by_index" { input = terraform_data.c[0].id }
resource "terraform_data" "by_splat" { input = terraform_data.c[*].id }
resource "terraform_data" "by_directive" {
  input = "%{ if terraform_data.a.id == "" }no%{ else }%{ for x in terraform_data.c }${x.id}%{ endfor }%{ endif }"
}
resource "terraform_data" "by_connection" {
  connection {
    host = terraform_data.a.id
  }
  provisioner "local-exec" {
    command = terraform_data.b.id
  }
}
resource "terraform_data" "by_condition" {
  lifecycle {
    precondition {
      condition     = terraform_data.b.id != ""
      error_message = "no"
    }
    replace_triggered_by = [terraform_data.a]
  }
}
resource "terraform_data" "by_depends_on" { depends_on = [terraform_data.by_local] }
data "terraform_remote_state" "read" {
  backend = "local"
  config  = { path = terraform_data.b.id }
}
resource "terraform_data" "by_data" { input = data.terraform_remote_state.read.outputs.x }
resource "terraform_data" "alone" {}
""",
    "modules": """
resource "terraform_data" "a" {}
resource "terraform_data" "b" {}
resource "terraform_data" "c" {}
module "one" {
  source = "./module"
  p      = terraform_data.a.id
  q      = terraform_data.b.id
}
module "many" {
  source     = "./module"
  for_each   = toset(["x"])
  p          = terraform_data.b.id
  depends_on = [terraform_data.c]
}
module "none" {
  source = "./module"
  count  = 0
  p      = terraform_data.a.id
}
resource "terraform_data" "constant" { input = module.one.constant }
resource "terraform_data" "from_p" { input = module.one.from_p }
resource "terraform_data" "late" { input = module.one.late }
resource "terraform_data" "whole" { input = module.one }
resource "terraform_data" "after" { depends_on = [module.one] }
resource "terraform_data" "keyed" { input = module.many["x"].constant }
resource "terraform_data" "any_key" { input = [for k, v in module.many : v.constant] }
resource "terraform_data" "computed_key" { input = module.many[terraform_data.a.input].constant }
resource "terraform_data" "splat" { input = module.none[*].constant }
resource "terraform_data" "after_none" { depends_on = [module.none] }
""",
    "modules in modules": """
resource "terraform_data" "a" {}
resource "terraform_data" "b" {}
module "outer" {
  source     = "./outer"
  p          = terraform_data.a.id
  depends_on = [terraform_data.b]
}
resource "terraform_data" "inner" { input = module.outer.inner }
resource "terraform_data" "other" { input = module.outer.other }
""",
}
OUTER = """
variable "p" {}
resource "terraform_data" "own" {}
module "inner" {
  source = "../module"
  p      = var.p
}
module "after" {
  source     = "../module"
  p          = 1
  depends_on = [module.inner]
}
output "inner" { value = module.inner.from_p }
output "other" { value = terraform_data.own.id }
"""


def order_of(root: Path) -> TerraformOrder:
    load_module.cache_clear()
    read_file.cache_clear()
    return TerraformOrder(ModulePaths(str(root), str(root), LIMITS))


def graph_of(root: Path) -> tuple[set[str], set[tuple[str, str]]]:
    """The resources of the real graph, and every pair of which the first waits for the second."""
    terraform(root, "init", "-input=false", "-backend=false")
    text = terraform(root, "graph")
    nodes = set(re.findall(r'^\s*"([^"]+)" \[label=', text, re.MULTILINE))
    steps = defaultdict(set)
    for one, other in re.findall(r'^\s*"([^"]+)" -> "([^"]+)"', text, re.MULTILINE):
        steps[one].add(other)
    found = set()
    for start in nodes:
        pending = list(steps[start])
        while pending:
            name = pending.pop()
            if (start, name) not in found:
                found.add((start, name))
                pending += steps[name]
    return nodes, found


@oracle
@pytest.mark.parametrize("name", ROOTS)
def test_waits_as_the_real_graph_does(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": ROOTS[name], "module/main.tf": MODULE, "outer/main.tf": OUTER})
    nodes, expected = graph_of(tmp_path)
    order = order_of(tmp_path)
    assert {(a, b) for a, b in product(nodes, nodes) if order.waits_for(a, b) is True} == expected
    assert {(a, b) for a, b in product(nodes, nodes) if order.waits_for(a, b) is False} == set(
        product(nodes, nodes)
    ) - expected


def generated(random: Random) -> str:
    """A root whose resources, local values and modules refer to some of what comes before them."""
    names: list[str] = []
    lines: list[str] = []
    for number in range(random.randint(6, 12)):
        some = random.sample(names, min(len(names), random.randint(0, 2)))
        value = f"[{', '.join(some)}]"
        match random.choice(["resource", "resource", "local", "module", "after"]):
            case "resource":
                lines.append(f'resource "terraform_data" "r{number}" {{ input = {value} }}')
                names.append(f"terraform_data.r{number}.id")
            case "local":
                lines.append(f"locals {{ l{number} = {value} }}")
                names.append(f"local.l{number}")
            case "module":
                given = random.choice(["p", "q"])
                other = "p = 0" if given == "q" else ""
                wait = [n.rsplit(".", 1)[0] for n in names if n.startswith("terraform_data.")][:1]
                late = f"depends_on = [{', '.join(wait)}]" if random.random() < 0.3 else ""
                lines.append(
                    f'module "m{number}" {{\n  source = "./module"\n  {given} = {value}\n  {other}\n  {late}\n}}'
                )
                output = random.choice([".constant", ".from_p", ".late", ""])
                names.append(f"module.m{number}{output}")
            case _:
                wait = [n if n.count(".") == 1 else n.rsplit(".", 1)[0] for n in some if not n.startswith("local.")]
                lines.append(f'resource "terraform_data" "r{number}" {{ depends_on = [{", ".join(wait)}] }}')
                names.append(f"terraform_data.r{number}.id")
    return "\n".join(lines) + "\n"


@oracle
@pytest.mark.parametrize("seed", range(12))
def test_waits_as_the_real_graph_does_in_generated_roots(seed: int, tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": generated(Random(seed)), "module/main.tf": MODULE})
    nodes, expected = graph_of(tmp_path)
    order = order_of(tmp_path)
    assert {(a, b) for a, b in product(nodes, nodes) if order.waits_for(a, b) is True} == expected
    assert not any(isinstance(order.waits_for(a, b), Maybe) for a, b in product(nodes, nodes))


UNREAD = """
resource "terraform_data" "a" {}
resource "terraform_data" "b" {}
resource "terraform_data" "c" {}
module "unread" {
  source     = "example.com/unread"
  given      = terraform_data.a.id
  depends_on = [terraform_data.b]
}
resource "terraform_data" "user" { input = module.unread.out }
resource "terraform_data" "after" { depends_on = [module.unread] }
"""


def test_what_an_unread_module_gives_may_wait_for_what_it_is_given_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": UNREAD})
    order = order_of(tmp_path)
    assert order.waits_for("terraform_data.user", "terraform_data.b") is True
    assert order.waits_for("terraform_data.user", "terraform_data.a") == Maybe("module `module.unread` was not read")
    assert order.waits_for("terraform_data.user", "terraform_data.c") is False
    assert order.waits_for("terraform_data.after", "terraform_data.a") is True
    assert order.waits_for("terraform_data.after", "terraform_data.c") is False


def test_a_file_that_cannot_be_read_may_declare_what_is_referred_to(tmp_path: Path) -> None:
    text = 'resource "terraform_data" "a" { input = local.elsewhere }\nresource "terraform_data" "b" {}\n'
    write(tmp_path, {"main.tf": text, "broken.tf": "locals {"})
    order = order_of(tmp_path)
    assert order.waits_for("terraform_data.a", "terraform_data.b") == Maybe("not every file of the root could be read")
    assert order.waits_for("terraform_data.b", "terraform_data.a") is False


def test_instances_are_told_apart_by_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": ROOTS["modules"], "module/main.tf": MODULE})
    order = order_of(tmp_path)
    assert order.waits_for('module.many["a.b"].terraform_data.of_p[0]', "terraform_data.b") is True
    assert order.waits_for('module.many["a.b"].terraform_data.of_p[0]', "terraform_data.a") is False


@pytest.mark.parametrize("text", ['depends_on = ["terraform_data.b"]', 'depends_on = ["terraform_data.b[0]"]'])
def test_references_of_older_releases_are_quoted(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": f'resource "terraform_data" "a" {{ {text} }}\nresource "terraform_data" "b" {{}}\n'})
    assert order_of(tmp_path).waits_for("terraform_data.a", "terraform_data.b") is True


def test_json_is_read_alike(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "main.tf.json": '{"resource": {"terraform_data": {"a": {"depends_on": ["module.m"]}, "b": {}}},'
            ' "module": {"m": {"source": "./module", "p": "${terraform_data.b.id}"}}}',
            "module/main.tf": MODULE,
        },
    )
    assert order_of(tmp_path).waits_for("terraform_data.a", "terraform_data.b") is True
