"""Which file holds which function. A file is imported when one of its functions is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from peerlint.terraform.functions.signature import Function

FAMILIES = {
    "collections": "chunklist coalescelist compact concat distinct element flatten length list one range reverse slice "
    "sort",
    "conversions": "coalesce ephemeralasnull issensitive nonsensitive sensitive tobool tolist tomap tonumber toset "
    "tostring",
    "encoding": "base64decode base64encode base64gunzip base64gzip csvdecode jsondecode jsonencode textdecodebase64 "
    "textencodebase64 urldecode urlencode yamldecode yamlencode",
    "files": "abspath basename dirname file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset "
    "filesha1 filesha256 filesha512 pathexpand templatefile templatestring",
    "formatting": "format formatlist",
    "hashes": "base64sha256 base64sha512 bcrypt md5 plantimestamp rsadecrypt sha1 sha256 sha512 timestamp uuid uuidv5",
    "mappings": "keys lookup map merge transpose values zipmap",
    "membership": "alltrue anytrue contains index matchkeys",
    "networks": "cidrcontains cidrhost cidrnetmask cidrsubnet cidrsubnets",
    "numbers": "abs ceil floor log max min parseint pow signum sum",
    "patterns": "regex regexall replace",
    "sets": "setintersection setproduct setsubtract setunion",
    "strings": "chomp endswith indent join lower split startswith strcontains strrev substr title trim trimprefix "
    "trimspace trimsuffix upper",
    "tfvars": "provider::terraform::decode_tfvars provider::terraform::encode_expr provider::terraform::encode_tfvars",
    "times": "formatdate timeadd timecmp",
}
"""The functions of each file, which are all that its ``FUNCTIONS`` has."""

_FAMILY_OF = {name: family for family, names in FAMILIES.items() for name in names.split()}


class Functions(Mapping[str, Function]):
    """Every function by its name."""

    def __init__(self) -> None:
        self._read: dict[str, Function] = {}

    def __getitem__(self, name: str) -> Function:
        if name not in self._read:
            module = import_module(f"{__package__}.{_FAMILY_OF[name]}")
            self._read.update(module.FUNCTIONS)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_FAMILY_OF)

    def __len__(self) -> int:
        return len(_FAMILY_OF)
