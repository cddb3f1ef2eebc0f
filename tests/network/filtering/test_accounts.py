"""How groups of other accounts are named."""

from __future__ import annotations

import pytest

from peerlint.network.filtering.accounts import Misnamed, misnamed
from peerlint.network.model import Direction, Language, Place
from peerlint.network.values import Known, Maybe, Unknown, Value, Why, Written
from tests.network.build import unknown
from tests.network.ordered import Ordered


def place(account: str, region: str = "eu-west-1") -> Place:
    """A place; an account without digits is one that is not told."""
    told: Written[str] = Known(account) if account.isdigit() else unknown(account, "account")
    return Place(Known(region), told)


def faults(estate: Ordered) -> list[tuple[Misnamed, bool | Maybe]]:
    return [(naming.fault, naming.truth) for naming in misnamed(estate.network)]


@pytest.mark.parametrize(
    ("language", "type", "direction", "fault"),
    [
        (Language.TERRAFORM, "aws_security_group_rule", Direction.INGRESS, Misnamed.BARE),
        (Language.TERRAFORM, "aws_security_group_rule", Direction.EGRESS, Misnamed.BARE),
        (Language.TERRAFORM, "awscc_ec2_security_group_ingress", Direction.INGRESS, Misnamed.UNOWNED),
        (Language.TERRAFORM, "awscc_ec2_security_group_egress", Direction.EGRESS, Misnamed.OWNERLESS),
        (Language.CLOUDFORMATION, "FromApp", Direction.INGRESS, Misnamed.UNOWNED),
        (Language.CLOUDFORMATION, "ToApp", Direction.EGRESS, Misnamed.OWNERLESS),
    ],
)
@pytest.mark.parametrize(
    ("own", "far", "account", "expected"),
    [
        ("111122223333", "444455556666", None, True),
        ("111122223333", "444455556666", Known("444455556666"), False),
        ("111122223333", "111122223333", None, False),
        ("default", "default", None, False),
        ("default", "other", None, None),
    ],
)
def test_a_group_of_another_account_is_named_with_it(
    language: Language,
    type: str,
    direction: Direction,
    fault: Misnamed,
    own: str,
    far: str,
    account: Value[str],
    expected: bool | None,
) -> None:
    estate = Ordered(language=language)
    one, other = estate.vpc("one", "10.0.0.0/16"), estate.vpc("other", "10.1.0.0/16")
    named, group = estate.group("named", other, place(far)), estate.group("group", one, place(own))
    estate.rule("r", group, named, direction=direction, account=account, type=type)
    found = faults(estate)
    if expected is None:
        assert [(what, isinstance(truth, Maybe)) for what, truth in found] == [(fault, True)]
    else:
        assert found == ([(fault, True)] if expected else [])


def test_a_group_of_another_region_is_asked_about_no_more() -> None:
    estate = Ordered()
    one, other = estate.vpc("one", "10.0.0.0/16"), estate.vpc("other", "10.1.0.0/16")
    named = estate.group("named", other, place("other", "us-east-1"))
    estate.rule("r", estate.group("group", one, place("default")), named)
    assert faults(estate) == []


SLASHED = Known("111122223333/sg-0a1b2c3d")
JOINED = Unknown(Why.VARIABLE, "joined", parts=(unknown("Account"), Known("/"), unknown("Group")))
PLAIN = Unknown(Why.VARIABLE, "joined", parts=(Known("sg-"), unknown("Group")))


@pytest.mark.parametrize(
    ("language", "id", "expected"),
    [
        (Language.CLOUDFORMATION, SLASHED, [(Misnamed.SLASHED, True)]),
        (Language.CLOUDFORMATION, JOINED, [(Misnamed.SLASHED, True)]),
        (Language.CLOUDFORMATION, PLAIN, []),
        (Language.TERRAFORM, SLASHED, []),
        (Language.TERRAFORM, JOINED, []),
    ],
)
def test_an_account_stands_in_an_id_in_terraform_only(language: Language, id: Written[str], expected: object) -> None:
    estate = Ordered(language=language)
    group = estate.group("group", estate.vpc("one", "10.0.0.0/16"))
    estate.rule("r", group, id)
    assert faults(estate) == expected
