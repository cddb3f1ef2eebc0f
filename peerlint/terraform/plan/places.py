"""Where the resources of a plan or state live: what their own attributes prove, else what their provider does.

An ARN holds Region and account (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). All resources of
one provider configuration live in its Region and account, unless they have a ``region`` of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from peerlint.network.model import Place
from peerlint.network.places import firmest
from peerlint.network.values import Known, Span, Unknown, Why, Written
from peerlint.terraform.plan.arguments import PlanArguments, is_expression
from peerlint.terraform.plan.format import Json
from peerlint.terraform.plan.table import Row, Table
from peerlint.terraform.providers import provider_of
from peerlint.terraform.values import TfValue

ARN = re.compile(r"\Aarn:aws[\w-]*:ec2:([a-z0-9-]+):(\d{12}):")
ACCOUNT = re.compile(r"\A\d{12}\Z")


class Fact(Struct, frozen=True):
    """A Region and an account, each ``None`` where nothing proves it."""

    region: str | None = None
    account: str | None = None

    def place(self) -> Place:
        """The place, unknown where nothing proves it."""
        nothing = Unknown(Why.VARIABLE)
        region: Written[str] = Known(self.region) if self.region is not None else nothing
        account: Written[str] = Known(self.account) if self.account is not None else nothing
        return Place(region, account)


def own_fact(row: Row) -> Fact:
    """What the attributes of an instance prove of its Region and account."""
    if not row.type.startswith("aws_"):
        return Fact()
    arn, owner, region = (row.values.get(name) for name in ("arn", "owner_id", "region"))
    found = ARN.match(arn) if isinstance(arn, str) else None
    account = owner if isinstance(owner, str) and ACCOUNT.match(owner) else None
    if found is not None:
        return Fact(found[1], found[2])
    own = region if isinstance(region, str) and region and not (row.data and "peering" in row.type) else None
    return Fact(own, account)


class Places:
    """The provider configurations of a document."""

    __slots__ = ("_at", "_facts", "_known", "_stack", "_table")

    def __init__(self, table: Table, stack: str, at: Span) -> None:
        """The configurations of a document, none of which is resolved yet."""
        self._table = table
        self._stack = stack
        self._at = at
        self._known: dict[str, Place] = {}
        self._facts = _facts_of(table, table.rows.values())

    def of(self, row: Row, twin: Place | None) -> Place:
        """The Region and account of an instance; ``twin`` is what the source says of it."""
        key = provider_key(self._table, row)
        told = _firmest(own_fact(row).place(), twin, self._facts.get(key, Fact()).place())
        return _firmest(told, self._provider(key, row))

    def _provider(self, key: str, row: Row) -> Place:
        """What the configuration says of a provider: without one, that two resources may have different ones."""
        if not key:
            nothing = Unknown(Why.VARIABLE, f"the provider of {row.address}")
            return Place(nothing, nothing)
        if key not in self._known:
            told = self._table.providers.get(key)
            expressions = told.expressions if told is not None else None
            arguments = self._arguments(expressions) if expressions else None
            self._known[key] = provider_of(f"provider.{key}", self._stack, arguments, certain=True).place
        return self._known[key]

    def _arguments(self, expressions: Json) -> PlanArguments:
        constants = {name: _constant(expression) for name, expression in expressions.items()}
        values: Json = {name: value for name, (value, _) in constants.items()}
        unknown: Json = {name: mask for name, (_, mask) in constants.items()}
        return PlanArguments(values, unknown, _NotTold(), self._at, expressions=expressions)


class _NotTold:
    """What the plan does not tell of the arguments of a provider: their references, but not what is made of them."""

    __slots__ = ()

    def value(self, argument: str, twin: TfValue | None, expression: object) -> TfValue:
        """An unknown without an identity."""
        return Unknown(Why.VARIABLE, f"{argument} of a provider")

    def is_known(self, expression: object) -> bool:
        """What is not a constant is not known."""
        return False


def _constant(expression: object) -> tuple[object, object]:
    """The JSON value of an expression of the configuration, and where it is not a constant."""
    match expression:
        case list():
            parts = [_constant(item) for item in expression]
            return [value for value, _ in parts], [mask for _, mask in parts]
        case {"constant_value": value}:
            return value, False
        case dict() if not is_expression(expression):
            inner = {name: _constant(item) for name, item in expression.items()}
            return {name: value for name, (value, _) in inner.items()}, {
                name: mask for name, (_, mask) in inner.items()
            }
        case _:
            return None, True


def provider_key(table: Table, row: Row) -> str:
    """The provider configuration of an instance, as ``provider_config`` calls it; empty where it is not told.

    A module without a configuration of its own (``module.net:aws``) uses that of the module around it.
    """
    block = table.configured(row)
    key = block.provider_config_key if block is not None else ""
    while ":" in key and key not in table.providers:
        module, _, name = key.partition(":")
        outer = ".".join(module.split(".")[:-2])
        key = f"{outer}:{name}" if outer else name
    return key


def _facts_of(table: Table, rows: Iterable[Row]) -> Mapping[str, Fact]:
    """What its managed instances and its look-ups of itself prove of each provider configuration, where they agree.

    An instance with a ``region`` argument need not be in its provider's Region.
    """
    regions: dict[str, set[str]] = defaultdict(set)
    accounts: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        key, block = provider_key(table, row), table.configured(row)
        fact = _told(row) if row.data else own_fact(row)
        if not key or block is None:
            continue
        elsewhere = {"region", "name", "endpoint"} if row.data else {"region"}
        if fact.region is not None and not elsewhere & set(block.expressions or {}):
            regions[key].add(fact.region)
        if fact.account is not None:
            accounts[key].add(fact.account)
    return {key: Fact(_only(regions[key]), _only(accounts[key])) for key in {*regions, *accounts}}


def _told(row: Row) -> Fact:
    """What a look-up of the provider's own Region or account tells."""
    region, account = row.values.get("region") or row.values.get("name"), row.values.get("account_id")
    if row.type == "aws_region" and isinstance(region, str):
        return Fact(region=region)
    if row.type == "aws_caller_identity" and isinstance(account, str):
        return Fact(account=account)
    return Fact()


def _only(found: set[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None


def _firmest(*places: Place | None) -> Place:
    """Region and account each as the first tells that knows it, else as the first that has an identity for it."""
    told = [place for place in places if place is not None]
    return Place(firmest(*(place.region for place in told)), firmest(*(place.account for place in told)))
