"""What becomes of the request for a peering."""

from __future__ import annotations

from peerlint.network.link import link
from peerlint.network.model import Fragment, Peering
from peerlint.network.peerings.acceptance import Verdict, verdict
from peerlint.network.settings import Settings
from peerlint.network.values import Known, Maybe
from peerlint.records import replace
from tests.network.build import Estate

PARTNER = "210987654321"


def _requested(settings: Settings) -> object:
    estate = Estate()
    own, peer = estate.vpc("own", "10.0.0.0/16"), estate.vpc("peer", "10.1.0.0/16", outside=True)
    estate.peering("request", own, peer)
    entities = [
        replace(entity, peer_owner=Known(PARTNER), auto_accept=None) if isinstance(entity, Peering) else entity
        for entity in estate.entities
    ]
    network = link([Fragment(estate.stack, estate.language, tuple(entities))], (), settings)
    (peering,) = network.peerings.declared
    return verdict(network, peering)


def test_an_account_that_accepts_by_hand_leaves_no_question() -> None:
    assert _requested(Settings(third_parties=frozenset({PARTNER}))) is Verdict.ELSEWHERE


def test_another_account_may_accept_in_code_that_is_not_here() -> None:
    assert isinstance(_requested(Settings(third_parties=frozenset({"111122223333"}))), Maybe)
