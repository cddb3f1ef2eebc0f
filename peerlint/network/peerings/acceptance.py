"""Whether anything accepts the request for a peering."""

from __future__ import annotations

from enum import Enum

from peerlint.network.model import Peering, Side, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import accepted, may_be_shared, same_place, self_peered
from peerlint.network.places import is_told, same_account
from peerlint.network.values import Known, Maybe, Unknown, all_of, negate, unless


class Verdict(Enum):
    """What becomes of a request."""

    ACCEPTED = "accepted"
    PENDING = "nothing accepts it"
    ELSEWHERE = "its acceptance is no matter of this code"


def verdict(network: Network, peering: Peering) -> Verdict | Maybe:
    """What becomes of a peering's request. Third parties accept in a way of their own."""
    if peering.third_party is not None or self_peered(network, peering) is True or _accepted_by_hand(network, peering):
        return Verdict.ELSEWHERE
    if peering.accepted:
        return Verdict.ACCEPTED
    found = _by_service(network, peering) if peering.service_accepts else _terraform(network, peering)
    existing = network.peerings.may_exist(peering) if found is Verdict.PENDING else None
    return found if existing is None else existing


def _accepted_by_hand(network: Network, peering: Peering) -> bool:
    """Whether the accepter's account is one of which the configuration says that it accepts by hand."""
    account = network.peerings.end(peering, Side.ACCEPTER).place.account
    return isinstance(account, Known) and account.value in network.settings.third_parties


def _by_service(network: Network, peering: Peering) -> Verdict | Maybe:
    """Within one account the service accepts by itself; for another one it needs a role there
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-vpcpeeringconnection.html).
    """
    requester, accepter = (end.place for end in network.peerings.ends(peering))
    foreign = negate(same_account(requester, accepter))
    if foreign is False or isinstance(peering.peer_role, Known):
        return Verdict.ACCEPTED
    if isinstance(peering.peer_role, Unknown):
        return Verdict.ACCEPTED if peering.peer_role.of is not None else Maybe(peering.peer_role.reason)
    if isinstance(foreign, Maybe):
        return foreign
    adopters = network.peerings.accepters(peering).items
    if adopters:
        return Maybe(f"whether the service waits until {adopters[0].origin.name} accepts it is not told")
    return Verdict.PENDING


def _terraform(network: Network, peering: Peering) -> Verdict | Maybe:
    answer = accepted(network, peering)
    if answer is not False:
        return Verdict.ACCEPTED if answer is True else answer
    _, accepter = network.peerings.ends(peering)
    near = all_of((same_place(network, peering), unless(_may_be_of_another(peering, accepter.vpc))))
    if near is True or not accepter.vpc.outside:
        return Verdict.PENDING
    name = accepter.vpc.origin.name
    if isinstance(near, Maybe):
        return Maybe(f"whether {name}, the accepter, is in the requester's account and Region is not told")
    return Maybe(f"the code of the account or Region of {name}, the accepter, is not in the input")


def _may_be_of_another(peering: Peering, vpc: Vpc) -> Maybe | None:
    """Why a VPC that is looked up in the requester's account may be of another one, if an owner is named for it."""
    is_looked_up = peering.peer_owner not in (None, Known("")) and is_told(vpc.place.account)
    return may_be_shared(vpc) if is_looked_up else None
