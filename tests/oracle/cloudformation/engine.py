"""The types of this suite in moto's CloudFormation engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from unittest import mock

from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel

from tests.oracle.cloudformation import filters, peerings, routes, stacks, types
from tests.oracle.cloudformation.client import Place
from tests.oracle.cloudformation.peerings import CUSTOM
from tests.oracle.cloudformation.types import Made, Maker, PlacedMaker, Properties


@contextmanager
def known_types() -> Iterator[None]:
    """moto's engine with these types, in place of its own where it has them."""
    own = parsing.resource_class_from_type

    def known(kind: str) -> type[CloudFormationModel]:
        name = CUSTOM if kind.startswith(CUSTOM) and kind not in _models() else kind
        return _models()[name] if name in _models() else own(kind)

    with mock.patch.object(parsing, "resource_class_from_type", known):
        yield


@lru_cache
def _models() -> Mapping[str, type[CloudFormationModel]]:
    """The types as moto's engine takes them."""
    placed = {kind: _placed(maker) for kind, maker in {**types.MAKERS, **filters.MAKERS}.items()}
    makers = {**placed, **routes.MAKERS, **peerings.MAKERS, **stacks.MAKERS}
    return {kind: _model(kind, maker) for kind, maker in makers.items()}


def _placed(maker: Maker) -> PlacedMaker:
    """A maker of a type of EC2, in any place."""

    def make(place: Place, name: str, properties: Properties) -> Made:
        return maker(place.client("ec2"), name, properties)

    return make


def _model(kind: str, maker: PlacedMaker) -> type[CloudFormationModel]:
    """A type of moto's engine."""

    class Model(CloudFormationModel):
        def __init__(self, made: Made) -> None:
            self._made = made

        @staticmethod
        def cloudformation_name_type() -> str:
            return ""

        @staticmethod
        def cloudformation_type() -> str:
            return kind

        @classmethod
        def has_cfn_attr(cls, attr: str) -> bool:
            return True

        @classmethod
        def create_from_cloudformation_json(
            cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str, **kwargs: Any
        ) -> Any:
            place = Place(region_name, account_id)
            return cls(maker(place, resource_name, cloudformation_json["Properties"]))

        @property
        def physical_resource_id(self) -> str:
            return self._made.id

        def get_cfn_attribute(self, attribute: str) -> object:
            return self._made.attributes[attribute]()

    return Model
