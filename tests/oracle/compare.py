"""peerlint's evaluation of a root against Terraform's plans of it, resource by resource."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.values import NULL, EvaluationError, TfValue, make_object, make_set
from tests.oracle.judge import Disagreement, Judge
from tests.oracle.ours import instances
from tests.oracle.planned import Planned
from tests.oracle.provider.schema import Block, block_of
from tests.oracle.terraform_plan import UNKNOWN


@dataclass(frozen=True, slots=True)
class Comparison:
    """``worlds`` are plans of one root; where there are several, what is the same in all follows from the code."""

    worlds: Sequence[Mapping[str, Planned]]
    judge: Judge

    def outputs(self, top: ModuleInstance, worlds: Sequence[Mapping[str, Any]]) -> Iterator[Disagreement]:
        """Every output of the root that differs."""
        for name in top.site.config.outputs:
            try:
                ours = top.output(name)
            except EvaluationError as error:
                ours = Unknown(Why.UNSUPPORTED, str(error))
            if ours is not None:
                yield from self.judge.value(ours, [world.get(name) for world in worlds], f"output.{name}", "value")

    def root(self, top: ModuleInstance) -> Iterator[Disagreement]:
        """Every place where peerlint's evaluation of the root differs from the plans."""
        ours = list(instances(top))
        yield from self._missing(ours)
        for instance in ours:
            yield from self._instance(instance)

    def _missing(self, ours: Sequence[ResourceInstance]) -> Iterator[Disagreement]:
        """The instances of a plan that none of peerlint's stands for."""
        pattern = re.compile("|".join(_pattern(instance) for instance in ours) or "(?!)")
        for address in dict.fromkeys(address for world in self.worlds for address in world):
            if pattern.fullmatch(address) is None:
                yield Disagreement(address, "instance", "none", ("exists",))

    def _instance(self, instance: ResourceInstance) -> Iterator[Disagreement]:
        matching = re.compile(_pattern(instance))
        for group in self._groups(matching):
            yield from self._one(instance, group)
        if instance.presence.doubt is None and not all(instance.address in world for world in self.worlds):
            yield Disagreement(instance.address, "instance", "exists", ("none",))
        if instance.presence.doubt is not None and not self.judge.is_open(UNCOUNTED):
            there = tuple("exists" if instance.address in world else "none" for world in self.worlds)
            yield Disagreement(instance.address, "instance", f"undecided ({instance.presence.doubt})", there)

    def _groups(self, matching: re.Pattern[str]) -> Iterator[list[Planned]]:
        """The planned instances that one of peerlint's stands for, each in all the worlds that have it."""
        for address in dict.fromkeys(a for world in self.worlds for a in world if matching.fullmatch(a)):
            yield [world[address] for world in self.worlds if address in world]

    def _one(self, instance: ResourceInstance, planned: Sequence[Planned]) -> Iterator[Disagreement]:
        address = planned[0].address
        provider = instance.provider.address.removeprefix("provider.")
        if any(one.provider is not None and one.provider.replace(":", ".") != provider for one in planned):
            yield Disagreement(address, "provider", provider, tuple(str(one.provider) for one in planned))
        block = block_of(instance.type, instance.data)
        if block is None:
            return
        yield from self._written(instance, block, address, planned)
        for name, described in block.attributes.items():
            known = attribute(instance, name) if name != "region" or not described.optional else None
            if isinstance(known, Known) and instance.arguments.get(name) is None:
                theirs = [one.values.get(name) for one in planned]
                yield from self.judge.typed(known, described.type, theirs, address, name)

    def _written(
        self, instance: ResourceInstance, block: Block, address: str, planned: Sequence[Planned]
    ) -> Iterator[Disagreement]:
        for name in (*block.attributes, *block.blocks):
            ours = argument(instance.arguments, block, name)
            if name == "region" and instance.type.startswith("aws_") and block.attributes[name].optional:
                ours = _region(instance, planned)
            theirs = [one.values.get(name) for one in planned]
            if ours is not None and ours != NULL:
                path = f"{name} (dynamic)" if ours == UNCOUNTED and all(map(_is_one_unknown, theirs)) else name
                yield from self.judge.typed(ours, block.type_of(name), theirs, address, path)
            elif not instance.data and planned[0].provider is not None and not all(map(_is_unwritten, theirs)):
                yield Disagreement(address, name, "not written", tuple(map(str, theirs)))


UNCOUNTED = Unknown(Why.CHOICE, "the number of blocks")
"""An unknown number of nested blocks."""


def _is_one_unknown(value: object) -> bool:
    """Whether it is how plan shows an unknown number of objects in an attribute that may be written as blocks."""
    match value:
        case [dict() as fields]:
            return UNKNOWN in fields.values() and all(field in (UNKNOWN, None) for field in fields.values())
    return False


def _is_unwritten(value: object) -> bool:
    """Whether it is what a plan says of an argument that is not written."""
    return value is None or value == UNKNOWN or value == []


def argument(arguments: Arguments, block: Block, name: str) -> TfValue | None:
    """An argument's value; nested blocks are a collection of objects. ``None`` where it is not written."""
    nested = block.nested(name)
    if nested is None:
        return arguments.get(name)
    written = arguments.blocks(name)
    if not written:
        return arguments.get(name)
    if any(inner.presence.doubt != arguments.presence.doubt for inner in written):
        return UNCOUNTED
    values = [_object(inner, nested.content) for inner in written]
    match nested.nesting:
        case "single":
            return values[0]
        case "set":
            return Known(make_set(values))
        case _:
            return Known(tuple(values))


def _object(arguments: Arguments, content: Block) -> TfValue:
    found = {name: argument(arguments, content, name) for name in (*content.attributes, *content.blocks)}
    written = {name: value for name, value in found.items() if value is not None and value != NULL}
    return Known(make_object({name: written.get(name, _unwritten(content, name)) for name in found}))


def _unwritten(content: Block, name: str) -> TfValue:
    if name in content.blocks:
        return NULL if content.blocks[name].nesting == "single" else Known(())
    return Unknown(Why.COMPUTED, name) if content.attributes[name].computed else NULL


def _region(instance: ResourceInstance, planned: Sequence[Planned]) -> TfValue | None:
    """The Region it is made in; for a data source, where the plan has read it."""
    if instance.data and any(one.values.get("region") == UNKNOWN for one in planned):
        return None
    region = instance.place.region
    return region if isinstance(region, Known) or not instance.data else None


def attribute(instance: ResourceInstance, name: str) -> TfValue | None:
    """An attribute as others would see it, or ``None`` where it cannot be evaluated."""
    try:
        return instance.attribute(name)
    except EvaluationError:
        return None


def _pattern(instance: ResourceInstance) -> str:
    """What the addresses match that an instance stands for: any key where their number is not decided."""
    return re.escape(instance.address).replace(re.escape("[*]"), r"\[[^\]]*\]")
