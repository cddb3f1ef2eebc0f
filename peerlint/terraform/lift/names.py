"""Things that a service gives several names, whose texts differ; the model knows each by one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from peerlint.network.values import Identity, Unknown
from peerlint.records import replace
from peerlint.terraform.root_state import RootState
from peerlint.terraform.values import EvaluationError, TfValue

NAMES: Mapping[tuple[str, str], str] = {
    ("confluent_network", "aws.vpc"): "id",
    ("hcp_aws_network_peering", "self_link"): "provider_peering_id",
    ("mongodbatlas_network_container", "id"): "container_id",
    ("mongodbatlas_network_container", "vpc_id"): "container_id",
}
"""Attributes that name the same thing as another one does, by type: a network is asked for by its id in the service's
own resources, and by that of its VPC in those of AWS.
"""

KEY = re.compile(r"\[[^]]*\]\Z")


def named_once(value: Unknown, root: RootState) -> TfValue:
    """The value of the name by which the model knows the thing, whichever of its names this is."""
    of = value.of
    attribute = NAMES.get((_type(of), of.attribute)) if of is not None and not of.computed else None
    if of is None or attribute is None:
        return value
    declared = root.declared(of) if not of.many else None
    if declared is None:
        return replace(value, of=replace(of, attribute=attribute))
    try:
        return declared.attribute(attribute)
    except EvaluationError:
        return value


def _type(of: Identity) -> str:
    """The type of the resource or data source that it is of."""
    steps = KEY.sub("", of.address).rsplit(".", 2)
    return steps[-2] if len(steps) > 1 else ""
