"""Schemas out of a ``@cdktf/provider-*`` package, in the notation of ``schemas/``.

Run by hand where a type is missing, with the folder of the unpacked package, which lies outside of the repository:

    npm pack @cdktf/provider-aws && tar xzf cdktf-provider-aws-*.tgz
    python -m tests.oracle.provider.extract package aws_vpc data.aws_vpc >> tests/oracle/provider/schemas/aws.yaml

Only facts are taken: names, types, whether an attribute is required, optional or computed, and how blocks nest.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import yaml

Notation: TypeAlias = dict[str, "str | Notation"]

MARKS = {"required": "!", "optional": "?", "computed": "="}
ATTRIBUTE = re.compile(
    r"// (?P<name>\w+) - computed: (?P<computed>\w+), optional: (?P<optional>\w+), required: (?P<required>\w+)\n"
    r"(?P<field> +private .*\n)?"
    r"(?P<getter> +public get .*\n.*\n)?"
)
COMPLEX = re.compile(r'= new (\w+?)(List|MapList|OutputReference)\(this, "\w+"(?:, (true|false))?\)')
GETTERS = {
    "cdktf.Fn.tolist(this.getListAttribute": "set(string)",
    "cdktf.token.asNumberList(cdktf.Fn.tolist(this.getNumberListAttribute": "set(number)",
    "this.getListAttribute": "list(string)",
    "this.getNumberListAttribute": "list(number)",
    "this.getStringMapAttribute": "map(string)",
    "this.getBooleanMapAttribute": "map(bool)",
    "this.getNumberMapAttribute": "map(number)",
    "this.getNumberAttribute": "number",
    "this.getBooleanAttribute": "bool",
}
FIELDS = {"string[]": "list(string)", "boolean": "bool", "number": "number", "{ [key": "map(string)"}


def schema(package: Path, type: str) -> Notation:
    """The schema of a resource type, or of ``data.`` and a data source's."""
    text = _source(package, type)
    top = next(name for name in re.findall(r"^export class (\w+) extends cdktf\.Terraform", text, re.MULTILINE))
    return _block(text, top, _piece(text, f"class {top} "))


def _source(package: Path, type: str) -> str:
    """The TypeScript of the folder whose class has this Terraform type; it lies in the source map."""
    for folder in sorted((package / "lib").iterdir()):
        script = folder / "index.js"
        if not script.exists() or folder.name.startswith("data-") != type.startswith("data."):
            continue
        if f'.tfResourceType = "{type.removeprefix("data.")}";' in (text := script.read_text(encoding="utf-8")):
            encoded = text.rpartition("base64,")[2].strip()
            return str(json.loads(base64.b64decode(encoded))["sourcesContent"][0])
    raise SystemExit(f"{package} has no {type}")


def _block(text: str, name: str, written: str) -> Notation:
    """The attributes and blocks of the class that stands for a resource, data source or block.

    ``written`` is the code that writes its arguments as HCL.
    """
    simple: dict[str, list[str]] = {}
    nested: dict[str, Notation] = {}
    for found in ATTRIBUTE.finditer(_piece(text, f"class {name} ")):
        marks = "".join(mark for word, mark in MARKS.items() if found[word] == "true")
        inner = COMPLEX.search(found["field"] or "")
        if inner is None:
            simple.setdefault(_simple_type(found), []).append(found["name"] + marks)
            continue
        function = f"function {inner[1][0].lower()}{inner[1][1:]}ToHclTerraform("
        content = _block(text, f"{inner[1]}OutputReference", _piece(text, function))
        nested[_nesting(found["name"], marks, inner, written)] = content
    return {type: " ".join(names) for type, names in sorted(simple.items(), reverse=True)} | dict(
        sorted(nested.items())
    )


def _piece(text: str, start: str) -> str:
    """The class or function that begins so, or nothing."""
    found = re.search(rf"^export {re.escape(start)}.*?^}}", text, re.MULTILINE | re.DOTALL)
    return found[0] if found is not None else ""


def _simple_type(found: re.Match[str]) -> str:
    for start, type in GETTERS.items():
        if f"return {start}(" in (found["getter"] or ""):
            return type
    field = (found["field"] or "").partition("?: ")[2]
    if (collection := re.search(r"= new cdktf\.(String|Number|Boolean)Map\(", found["field"] or "")) is not None:
        return {"String": "map(string)", "Number": "map(number)", "Boolean": "map(bool)"}[collection[1]]
    return next((type for start, type in FIELDS.items() if field.startswith(start)), "string")


def _nesting(name: str, marks: str, inner: re.Match[str], written: str) -> str:
    """``block route list``, ``object ingress?= set``: an object is an attribute whose value is one or more objects."""
    nesting = {"List": "set" if inner[3] == "true" else "list", "MapList": "map", "OutputReference": "single"}[inner[2]]
    argument = re.search(rf"^ +{name}: {{\n(?P<value>.*)\n.*\n +type: \"(?P<type>\w+)\"", written, re.MULTILINE)
    if argument is None or "ToHclTerraform, false)" in argument["value"]:
        return f"object {name}{marks} {nesting}"
    if nesting == "single" and argument["type"] in ("list", "set"):
        nesting = f"{argument['type']} 1"
    return f"block {name}{'!' if '!' in marks else ''} {nesting}"


def main(arguments: list[str]) -> None:
    """Write the schemas of the types that are named."""
    package, *types = arguments
    schemas: Mapping[str, Notation] = {type: schema(Path(package), type) for type in sorted(types)}
    yaml.safe_dump(schemas, sys.stdout, sort_keys=False, width=118, allow_unicode=True)


if __name__ == "__main__":
    main(sys.argv[1:])
