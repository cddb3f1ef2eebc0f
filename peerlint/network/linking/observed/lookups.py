"""What look-ups of code find in an inventory.

A Name tag, a block or "the default VPC" tells a VPC of one account and Region only, and an inventory may be that of
another: such a look-up joins where nothing speaks for another account, and the Region is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from peerlint.network.handles import handle
from peerlint.network.linking.observed.things import Observed
from peerlint.network.mentions import literals
from peerlint.network.model import (
    BlockKind,
    Entity,
    Fragment,
    Peering,
    Place,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
)
from peerlint.network.places import same_account, same_region
from peerlint.network.values import Identity, Known, Unknown, Value, Written


def findings(fragment: Fragment, code: Sequence[Fragment], observed: Observed) -> Mapping[Identity, Written[object]]:
    """What the look-ups of a stack find in the inventory, with what that tells of their attributes."""
    found: dict[Identity, Written[object]] = {}
    regions: dict[Identity, set[str]] = defaultdict(set)
    for lookup, vpc in _vpcs_found(fragment, code, observed):
        found |= _attributes(lookup, vpc, observed)
        region = lookup.place.region
        if isinstance(region, Unknown) and region.of is not None and isinstance(vpc.place.region, Known):
            regions[region.of].add(vpc.place.region.value)
    for entity in fragment.entities:
        found |= _of_id(entity, observed)
    return found | {of: Known(next(iter(names))) for of, names in regions.items() if len(names) == 1}


def _vpcs_found(fragment: Fragment, code: Sequence[Fragment], observed: Observed) -> Iterator[tuple[Vpc, Vpc]]:
    """Every look-up of a VPC with the one that it finds."""
    lookups = [e for e in fragment.entities if isinstance(e, Vpc) and e.outside and e.owner is None]
    named = {known.value for known in literals(fragment.entities)}
    for lookup in lookups:
        if isinstance(lookup.id, Known):
            vpc = observed.vpcs.get(handle(lookup.id))
            if vpc is not None:
                yield lookup, vpc
            continue
        candidates = [vpc for vpc in observed.vpcs.values() if _meets(lookup, vpc)]
        if len(candidates) == 1 and _is_unmistakable(lookup, candidates[0], fragment, named):
            (vpc,) = candidates
            if not any(_may_be_deployed_as(e, vpc) for f in code for e in f.entities):
                yield lookup, vpc


def _meets(lookup: Vpc, vpc: Vpc) -> bool:
    """Whether a VPC of the inventory, of the same Region, has all that a look-up asks for, which is something."""
    if same_region(lookup.place, vpc.place) is not True or same_account(lookup.place, vpc.place) is False:
        return False
    block = _primary(lookup)
    asked = (
        lookup.name is None or lookup.name == vpc.name,
        not isinstance(block, Known) or block == _primary(vpc),
        not lookup.is_default or vpc.is_default,
    )
    return all(asked) and (lookup.name is not None or isinstance(block, Known) or lookup.is_default)


def _primary(vpc: Vpc) -> Value[object]:
    return next((b.cidr for b in vpc.blocks if b.kind is BlockKind.PRIMARY and b.version == 4), None)


def _is_unmistakable(lookup: Vpc, vpc: Vpc, fragment: Fragment, named: set[str]) -> bool:
    """Whether nothing in the stack speaks for another account than that of the inventory.

    A stack of several accounts may look up VPCs that are called alike in each; one that names the VPC by its id has no
    need to look it up.
    """
    if same_account(lookup.place, vpc.place) is True:
        return True
    accounts = {place.account for place in _places(fragment.entities)}
    return len(accounts) == 1 and not (isinstance(vpc.id, Known) and vpc.id.value in named)


def _places(entities: Sequence[Entity]) -> Iterator[Place]:
    for entity in entities:
        place = getattr(entity, "place", None)
        if isinstance(place, Place):
            yield place


def _may_be_deployed_as(entity: Entity, vpc: Vpc) -> bool:
    """Whether code declares a VPC that may be this one, which the look-up would find with it."""
    if not isinstance(entity, Vpc) or entity.outside or same_region(entity.place, vpc.place) is False:
        return False
    if isinstance(entity.name, Known) and isinstance(vpc.name, Known) and entity.name != vpc.name:
        return False
    primary = _primary(entity)
    return not isinstance(primary, Known) or any(block.cidr == primary for block in vpc.blocks)


def _attributes(lookup: Vpc, vpc: Vpc, observed: Observed) -> Iterator[tuple[Identity, Written[object]]]:
    """The attributes of a data source, where their identities are told by that of its id or of its block."""
    stack, address = lookup.origin.stack, lookup.origin.address
    yield Identity(stack, address, "id"), vpc.id
    primary = _primary(vpc)
    if isinstance(primary, Known):
        yield Identity(stack, address, "cidr_block"), Known(str(primary.value), primary.at)
    main = observed.main_tables.get(handle(vpc.id))
    if main is not None:
        yield Identity(stack, address, "main_route_table_id"), main


def _of_id(entity: Entity, observed: Observed) -> Iterator[tuple[Identity, Written[object]]]:
    """The VPC of a table, subnet or group that is looked up by its id; the id of a connection by its ends."""
    match entity:
        case RouteTable(outside=True) | Subnet(outside=True) | SecurityGroup(outside=True):
            vpc = observed.vpc_of.get(handle(entity.id))
            of = entity.vpc.of if isinstance(entity.vpc, Unknown) else None
            if vpc is not None and of is not None and of.address == entity.origin.address:
                yield of, vpc
        case Peering(outside=True, third_party=None, id=Unknown(of=Identity() as of), vpc=Known(), peer_vpc=Known()):
            ends = {entity.vpc, entity.peer_vpc}
            found = [p for p in observed.peerings.values() if {p.vpc, p.peer_vpc} == ends]
            if len(found) == 1:
                yield of, found[0].id
