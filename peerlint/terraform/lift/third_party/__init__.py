"""Peerings with the networks of other services: their VPC lies outside, with the block that their resource states.

What such a service does with its side (routes, acceptance, DNS) is as its resource says, and open where it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from peerlint.network.model import Entity
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.lift.third_party import atlas, confluent, hcp, redis

RESOURCES: Mapping[str, Callable[[Reader], Iterator[Entity]]] = {
    "hcp_hvn": hcp.hvn,
    "hcp_aws_network_peering": hcp.peering,
    "hcp_aws_transit_gateway_attachment": hcp.transit_attachment,
    "hcp_hvn_route": hcp.route,
    "mongodbatlas_network_container": atlas.container,
    "mongodbatlas_network_peering": atlas.peering,
    "rediscloud_subscription": redis.subscription,
    "rediscloud_active_active_subscription": redis.active_active_subscription,
    "rediscloud_active_active_subscription_regions": redis.active_active_regions,
    "rediscloud_subscription_peering": redis.peering,
    "rediscloud_active_active_subscription_peering": redis.active_active_peering,
    "confluent_network": confluent.network,
    "confluent_peering": confluent.peering,
    "confluent_transit_gateway_attachment": confluent.transit_attachment,
}
"""How each resource type of another service enters the model."""

DATA: Mapping[str, Callable[[Reader], Iterator[Entity]]] = {
    "hcp_hvn": hcp.looked_up_hvn,
    "hcp_aws_network_peering": hcp.looked_up_peering,
    "mongodbatlas_network_container": atlas.looked_up_container,
    "confluent_network": confluent.looked_up_network,
}
"""How each data source of another service enters the model."""
