"""Templates that are deployed in moto's service together, and read by peerlint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from peerlint import cloudformation, config
from peerlint.cloudformation import CloudFormationOptions
from peerlint.discover import Exclude, discover
from peerlint.network.link import link
from peerlint.network.model import Fragment
from peerlint.read import read
from peerlint.read_options import ReadOptions
from tests.oracle.cloudformation.client import ACCOUNT, REGION
from tests.oracle.cloudformation.declared import declared
from tests.oracle.cloudformation.described import Fact, described
from tests.oracle.cloudformation.modelled import modelled
from tests.oracle.cloudformation.packaged import packaged
from tests.oracle.cloudformation.parameters import given
from tests.oracle.cloudformation.planned import Estate, Planned
from tests.oracle.cloudformation.service import RefusedError, Stack, create, service
from tests.oracle.cloudformation.store import fill

_Parameters: TypeAlias = Mapping[Planned, Mapping[str, str]]


@dataclass(frozen=True)
class Comparison:
    """What the service and the model say, as far as they differ."""

    service: list[Fact]
    model: list[Fact]


def compare(estate: Estate, answer: int) -> Comparison:
    """The facts that the two do not share; parameters without a default get the ``answer``-th of their values.

    Raises RefusedError where the service does not make one of the stacks.
    """
    parameters, theirs = _deployed(estate.stacks, answer)
    fragments = _read(estate.stated) if estate.stated is not None else [_fragment(*each) for each in parameters.items()]
    ours = modelled(link(fragments).fragments)
    return Comparison(sorted(theirs - ours), sorted(ours - theirs))


def _parameters(stack: Planned, answer: int) -> Mapping[str, str]:
    if stack.parameters is not None:
        return stack.parameters
    return given(declared(stack.template), stack.place, answer)


class _RefusedAtError(RefusedError):
    """Which of the stacks of an attempt is refused."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index


def _deployed(stacks: Sequence[Planned], answer: int) -> tuple[_Parameters, set[Fact]]:
    """The parameters of the stacks, and what the service says of them.

    A stack that uses what another gives is made after it: where one is refused, all starts anew with it as the last.
    Where each is refused, what they look up in the parameter store is invented.
    """
    order, filling = list(stacks), len(stacks)
    refused: dict[Planned, _RefusedAtError] = {}
    while True:
        try:
            return _attempt(order, filling, answer)
        except _RefusedAtError as error:
            at = error.index
            refused = {stack: before for stack, before in refused.items() if before.index == at}
            refused[order[at]] = error
            if len(refused) < len(order) - at:
                order.append(order.pop(at))
            elif filling <= at:
                raise refused[order[at]] from None
            else:
                filling, refused = at, {}


def _attempt(order: Sequence[Planned], filling: int, answer: int) -> tuple[_Parameters, set[Fact]]:
    """The stacks made in an order; what those from ``filling`` on look up is there when the first of them is made."""
    with service():
        parameters = {stack: _parameters(stack, answer) for stack in order}
        made: list[Stack] = []
        invented: dict[str, str] = {}
        for index, stack in enumerate(order):
            if index == filling:
                for later in order[index:]:
                    invented.update(fill(declared(later.template), parameters[later], later.place))
            text = packaged(stack.template, stack.place)
            try:
                made.append(create(stack.name, text, parameters[stack], stack.place))
            except RefusedError as error:
                raise _RefusedAtError(index, str(error)) from error
        return parameters, described(made, invented)


def _fragment(stack: Planned, parameters: Mapping[str, str]) -> Fragment:
    place = stack.place
    options = CloudFormationOptions(parameters, region=place.region, account=place.account)
    return cloudformation.read(str(stack.template), options)


def _read(directory: Path) -> Sequence[Fragment]:
    """What peerlint reads of a directory whose manifest or configuration states the stacks."""
    file = directory / "peerlint.toml"
    stated = config.load(str(file)) if file.is_file() else config.Config(directory=str(directory))
    exclude = Exclude(str(directory), ())
    options = ReadOptions(exclude, region=REGION, account=ACCOUNT, stacks=stated.stacks)
    return read(discover([str(directory)], exclude), options, lambda _: None).fragments
