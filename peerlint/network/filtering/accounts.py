"""Groups of other accounts in rules, and how each language names them.

Terraform writes ``123456789012/sg-…``, which is how the provider reads such a rule back
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule). CloudFormation and
the Cloud Control API have a property for the owner of an ingress rule's source, and take nothing but an id for the
group (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from peerlint.network.filtering.references import Reference, crossing, references
from peerlint.network.model import Direction, Language, Permission
from peerlint.network.network import Network
from peerlint.network.places import same_account
from peerlint.network.values import Known, Maybe, Truth, Unknown, Value, Written, first_doubt, negate, unless


class Misnamed(Enum):
    """What is wrong with how a group is named."""

    BARE = "an id without its account"
    UNOWNED = "no owner"
    OWNERLESS = "no property for an owner"
    SLASHED = "an account in the place of an id"


class Naming(Struct, frozen=True):
    """A reference to a group that is, or (``truth`` undecided) may be, named in the wrong way."""

    reference: Reference
    fault: Misnamed
    truth: Truth
    account: Value[str]
    far_account: Value[str]


_CLOUD_CONTROL = re.compile(r"(?:^|\.)awscc_\w+\.")


def misnamed(network: Network) -> Iterator[Naming]:
    """The groups of other accounts that are named as one's own, and accounts where only an id may stand."""
    for reference in references(network):
        found = _naming(network, reference)
        if found is not None and found.truth is not False:
            yield found


def _naming(network: Network, reference: Reference) -> Naming | None:
    permission, peer, named = reference.permission, reference.peer, reference.named
    has_owner = _has_owner_property(permission)
    if has_owner and _is_slashed(peer.group):
        doubt = reference.doubt
        return Naming(reference, Misnamed.SLASHED, True if doubt is None else doubt, None, None)
    if named is None or peer.account is not None:
        return None
    own = reference.group.place if reference.group is not None else permission.place
    truth = negate(same_account(own, named.place))
    if truth is False or (isinstance(truth, Maybe) and not _is_asked(network, reference)):
        return None
    fault = Misnamed.BARE
    if has_owner:
        fault = Misnamed.UNOWNED if permission.direction is Direction.INGRESS else Misnamed.OWNERLESS
    if truth is True:
        truth = unless(first_doubt(reference.doubt, None if has_owner else _unwritten(peer.group)))
    return Naming(reference, fault, truth, own.account, named.place.account)


def _unwritten(group: Written[str]) -> Maybe | None:
    """Why it is not told how an id is written: a plan only lists what the expression refers to."""
    if isinstance(group, Unknown) and not group.source:
        return Maybe(f"the plan does not tell how `{group.name}` is written")
    return None


def _has_owner_property(permission: Permission) -> bool:
    """Whether the rule is CloudFormation's, or one of the Cloud Control API, which takes the same properties."""
    origin = permission.origin
    return origin.language is Language.CLOUDFORMATION or _CLOUD_CONTROL.search(origin.address) is not None


def _is_slashed(group: Written[str]) -> bool:
    """Whether a text is certainly more than an id: ``111122223333/sg-…``."""
    match group:
        case Known(value=text):
            return "/" in text
        case Unknown(parts=parts):
            return any(isinstance(part, Known) and "/" in part.value for part in parts)


def _is_asked(network: Network, reference: Reference) -> bool:
    """Whether it matters that the accounts are not told: both groups are of one stack, and within reach of each other.

    Two stacks of which nothing tells the accounts are mostly of one; a group of another Region is out of reach.
    """
    permission, named = reference.permission, reference.named
    if named is None or named.outside or named.origin.stack != permission.origin.stack:
        return False
    return crossing(network, reference).truth is False
