"""Roots and templates of one run, written to a folder and joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from peerlint import cloudformation
from peerlint.cloudformation import CloudFormationOptions
from peerlint.network.link import link
from peerlint.network.model import Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.outside import OutsideVpc
from peerlint.network.values import Unknown
from peerlint.terraform import Root, TerraformOptions, read
from tests.terraform.estate import write

REGION, ACCOUNT = "eu-west-1", "111122223333"
HERE = f"""
provider "aws" {{
  region              = "{REGION}"
  allowed_account_ids = ["{ACCOUNT}"]
}}
"""
"""A provider of which the place is told."""

IN_PLACE = CloudFormationOptions(region=REGION, account=ACCOUNT)


def joined(
    folder: Path,
    roots: Mapping[str, str],
    templates: Mapping[str, str] | None = None,
    options: CloudFormationOptions = IN_PLACE,
    outside: Sequence[OutsideVpc] = (),
) -> Network:
    """The network of roots, by their directories, and templates, by their files."""
    templates = templates or {}
    write(folder, {**{f"{name}/main.tf": text for name, text in roots.items()}, **templates})
    fragments = [read(Root(str(folder / name), name), TerraformOptions(str(folder))) for name in roots]
    fragments += [cloudformation.read(str(folder / name), options) for name in templates]
    return link(fragments, outside)


def ends(network: Network, address: str = "") -> tuple[Vpc, Vpc]:
    """The VPCs of the only declared peering, or of the one with this address."""
    (peering,) = [p for p in network.peerings.declared if not address or p.origin.address == address]
    requester, accepter = network.peerings.ends(peering)
    return requester.vpc, accepter.vpc


def peer(network: Network) -> str:
    """What the accepter's VPC of the only declared peering is called."""
    return ends(network)[1].origin.name


def likely(network: Network) -> str:
    """What the accepter's VPC of the only declared peering likely is."""
    id = ends(network)[1].id
    assert isinstance(id, Unknown)
    return id.detail


def request(network: Network) -> Peering:
    """The only declared peering."""
    (peering,) = network.peerings.declared
    return peering
