"""Look-ups of VPCs and of their address blocks."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.handles import Handle, grouped, handle, indexed
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.elsewhere import elsewhere
from peerlint.network.lookups.kept import kept
from peerlint.network.lookups.subnets import Subnets
from peerlint.network.members import Members
from peerlint.network.model import Block, BlockAssociation, BlockKind, Kind, Origin, Place, Vpc
from peerlint.network.places import same_account, same_region
from peerlint.network.presence import uncertain
from peerlint.network.values import Identity, Known, Maybe, Truth, Unknown, Why, Written, same
from peerlint.records import replace


class PlacedBlock(Struct, frozen=True):
    """A VPC's block; ``doubt`` says why the resource that adds it may not exist."""

    block: Block
    doubt: Maybe | None = None


class Vpcs:
    """The VPCs: declared, looked up, or only named."""

    def __init__(self, declarations: Declarations, subnets: Subnets) -> None:
        """Look up what these declarations hold."""
        self._declarations = declarations
        self._subnets = subnets
        self._synthetic: dict[Handle, Vpc] = {}
        self._seen: dict[tuple[Handle, str], Vpc] = {}
        self._unnamed: dict[tuple[int, int], tuple[Written[str], Origin, Vpc]] = {}

    @cached_property
    def _index(self) -> dict[Handle, Vpc]:
        return indexed(self._declarations.all(Vpc), lambda vpc: (vpc.outside,))

    @cached_property
    def _by_block(self) -> dict[Identity, Vpc]:
        found: dict[Identity, Vpc] = {}
        for vpc in self._declarations.all(Vpc):
            for block in self.blocks(vpc):
                if isinstance(block.cidr, Unknown) and block.cidr.of is not None and not is_any_element(block.cidr):
                    found.setdefault(block.cidr.of, self.by_id(vpc.id, vpc.origin))
        return found

    def by_id(self, id: Written[str], origin: Origin) -> Vpc:
        """The VPC with this id; one that nothing declares is an outside VPC of which only the id is known.

        ``origin`` is that of the entity that names it, from whose stack it is seen.
        """
        key = handle(id)
        if key is None:
            return self._unnamed_vpc(id, origin)
        seen = self._seen.get((key, origin.stack))
        if seen is not None:
            return seen
        if key in self._index:
            return self.seen_from(self._index[key], origin.stack)
        if key not in self._synthetic:
            self._synthetic[key] = _outside_vpc(id, origin)
        return self._synthetic[key]

    def _unnamed_vpc(self, value: Written[str], origin: Origin) -> Vpc:
        """The VPC that one entity names in a way that tells nothing of what it is; one object for each such use."""
        key = (id(value), id(origin))
        if key not in self._unnamed:
            self._unnamed[key] = value, origin, _outside_vpc(value, origin)
        return self._unnamed[key][2]

    def declared(self, id: Written[str]) -> Vpc | None:
        """The VPC of which this is the id, where the input declares one."""
        key = handle(id)
        found = self._index.get(key) if key is not None else None
        return None if found is None or found.outside else found

    def seen_from(self, vpc: Vpc, stack: str) -> Vpc:
        """A VPC as what a stack refers to; it is one and the same object for the whole stack."""
        key = handle(vpc.id)
        if key is None or key not in self._index:
            return vpc
        if (key, stack) not in self._seen:
            own = self._index[key]
            origin = self._declarations.seen_from(own.origin, stack)
            self._seen[key, stack] = replace(own, origin=origin) if origin.label else own
        return self._seen[key, stack]

    def same(self, left: Vpc, right: Vpc) -> Truth:
        """Whether two are one VPC. Two declared ones never are; a declared one and one of another stack may be."""
        if left is right or (left.id == right.id and left.origin == right.origin):
            return same(left.id, right.id)
        if self._made_and_given(left, right) or self._made_and_given(right, left):
            return False
        if _made_otherwise(left, right) or _made_otherwise(right, left):
            return False
        if not left.outside and not right.outside:
            return False
        if (left.owner is None) != (right.owner is None) and left.shown is None and right.shown is None:
            return False
        places = (same_region(left.place, right.place), same_account(left.place, right.place))
        return False if False in places else same(left.id, right.id)

    def _made_and_given(self, made: Vpc, given: Vpc) -> bool:
        """Whether one VPC is made by a stack that is given the other, or looks it up.

        What is not there yet cannot be given. The VPC of something else that is looked up, a subnet or a route table,
        may be one that is made: such a look-up waits for what it is asked with.
        """
        if made.outside or not given.outside or made.id == given.id:
            return False
        match given.id:
            case Known(value=id):
                return id in self._declarations.named_vpcs.get(made.origin.stack, ())
            case Unknown(why=Why.VARIABLE | Why.LOOKUP, of=Identity(computed=False) as of):
                return of.attribute != "vpc_id" and made.origin.stack == given.origin.stack
            case _:
                return False

    @kept
    def blocks(self, vpc: Vpc) -> Members[Block]:
        """Every address block of a VPC, those of association resources included."""
        placed = self.placed_blocks(vpc)
        return Members(tuple(item.block for item in placed), placed.open)

    @kept
    def placed_blocks(self, vpc: Vpc) -> Members[PlacedBlock]:
        """Every address block of a VPC, with the doubt about those that may not be added."""
        placed = [PlacedBlock(block) for block in vpc.blocks]
        key = handle(vpc.id)
        for other in self._outside_twins.get(key, ()) if key is not None else ():
            doubt = None if vpc.outside or other.shown is None else _undeclared(vpc)
            more = [block for block in other.blocks if all(block.cidr != item.block.cidr for item in placed)]
            placed += [PlacedBlock(block, doubt) for block in more]
        added = self._associations.get(key, ()) if key is not None else ()
        placed += [PlacedBlock(a.block, uncertain(a.origin.presence)) for a in added]
        return Members(tuple(placed), self._open_blocks(vpc))

    @cached_property
    def _outside_twins(self) -> dict[Handle, list[Vpc]]:
        twins: dict[Handle, list[Vpc]] = defaultdict(list)
        for vpc in self._declarations.all(Vpc):
            key = handle(vpc.id)
            if key is not None and vpc.outside and self._index[key] is not vpc:
                twins[key].append(vpc)
        return twins

    @cached_property
    def _associations(self) -> dict[Handle, list[BlockAssociation]]:
        return grouped(self._declarations.all(BlockAssociation), lambda a: a.vpc)

    def _open_blocks(self, vpc: Vpc) -> tuple[Maybe, ...]:
        reasons = list(self._declarations.openness(Kind.BLOCK, vpc.origin.stack, vpc.id))
        for association in self._stray_associations.get(vpc.origin.stack, ()):
            if association.vpc != vpc.id and same(association.vpc, vpc.id) is not False:
                reasons.append(Maybe(f"{association.origin.name} may add an address block to {vpc.origin.name}"))
        if vpc.outside and not self.all_stated(vpc):
            reasons.append(elsewhere("address blocks", vpc))
        return tuple(reasons)

    @kept
    def all_stated(self, vpc: Vpc) -> bool:
        """Whether the blocks of an outside VPC are all told: by the configuration, or by a third party's resource.

        A block of it that is unknown is then one of those that are known.
        """
        key = handle(vpc.id)
        described = (vpc, *(self._outside_twins.get(key, ()) if key is not None else ()))
        return any(v.complete or (v.owner is not None and v.blocks) for v in described)

    @cached_property
    def _stray_associations(self) -> dict[str, list[BlockAssociation]]:
        """Those whose VPC is not told to be a declared one, by the stack that they and the VPC may share."""
        found: dict[str, list[BlockAssociation]] = defaultdict(list)
        for association in self._declarations.all(BlockAssociation):
            key = handle(association.vpc)
            vpc = self._index.get(key) if key is not None else None
            if vpc is None or vpc.outside:
                found[association.origin.stack].append(association)
        return found

    def may_be_added(self, cidr: Written[Cidr]) -> Maybe | None:
        """Why an address may be in a block that a stack adds to a VPC of which it only knows the look-up."""
        if not isinstance(cidr, Known):
            return None
        for association in (a for found in self._stray_associations.values() for a in found):
            block = association.block.cidr
            if isinstance(block, Unknown) or block.value.overlaps(cidr.value):
                return Maybe(f"{association.origin.name} adds a block to a VPC that is not told")
        return None

    def of_cidr(self, cidr: Written[Cidr]) -> Vpc | None:
        """The VPC of which this unknown value is an address block, that of an association, or of one of its subnets."""
        if not isinstance(cidr, Unknown) or cidr.of is None or is_any_element(cidr):
            return None
        subnet = self._subnets.of_cidr(cidr)
        of_subnet = self.by_id(subnet.vpc, subnet.origin) if subnet is not None else None
        found = self._by_block.get(cidr.of) or self._by_block.get(_primary(cidr.of)) or of_subnet
        return found or (
            self._looked_up.get((cidr.of.stack, cidr.of.address))
            if cidr.of.attribute.startswith("cidr_block")
            else None
        )

    @cached_property
    def _looked_up(self) -> dict[tuple[str, str], Vpc]:
        """The look-ups of VPCs whose blocks an inventory shows, so that none of them is an unknown value any more."""
        lookups = [vpc for vpc in self._declarations.all(Vpc) if vpc.shown is not None and not vpc.origin.observed]
        return {(v.origin.stack, v.origin.address): self.by_id(v.id, v.origin) for v in lookups}


def is_any_element(cidr: Unknown) -> bool:
    """Whether it is some element of a collection that the input is given, of which another may be another VPC's."""
    return cidr.of is not None and cidr.of.many and cidr.why not in (Why.COMPUTED, Why.LOOKUP)


def _primary(of: Identity) -> Identity:
    """The identity of a looked-up VPC's primary block, for that of any of its ``cidr_block_associations``."""
    attribute = "cidr_block" if of.attribute.startswith("cidr_block_associations") else of.attribute
    return Identity(of.stack, of.address, attribute)


def _made_otherwise(made: Vpc, shown: Vpc) -> bool:
    """Whether a declared VPC cannot be one that an inventory shows: the primary block of a VPC never changes
    (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html).
    """
    if made.outside or shown.shown is None or not shown.complete:
        return False
    primary = next((b.cidr for b in made.blocks if b.kind is BlockKind.PRIMARY and b.version == 4), None)
    there = [block.cidr for block in shown.blocks if block.version == 4]
    return isinstance(primary, Known) and bool(there) and primary not in there


def _undeclared(vpc: Vpc) -> Maybe:
    return Maybe(f"the inventory shows an address block of {vpc.origin.address} that the code does not declare")


def _outside_vpc(id: Written[str], origin: Origin) -> Vpc:
    """A VPC that is only referred to. It borrows the origin of what names it, under its own name."""
    name = id.value if isinstance(id, Known) else str(id.of or id.source or "an unknown VPC")
    nothing = Unknown(Why.LOOKUP, name, id.at)
    place = Place(nothing, nothing)
    return Vpc(replace(origin, address=name), id, (), nothing, nothing, place, outside=True)
