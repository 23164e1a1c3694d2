"""Every error of the subject has its sentence; every code has its word."""

from __future__ import annotations

import inspect

import pytest

from app.domain import cpog_errors
from app.domain.cpog_codes import (
    Act,
    ActionState,
    ContractState,
    IndicatorType,
    LinkKind,
    MovementNature,
    Nature,
    Origin,
    Sense,
    SeriesKind,
    TargetKind,
    TargetStatus,
)
from app.domain.errors import DomainError
from app.domain.trajectory import IndicatorState
from ui import error_words_cpog, labels_cpog
from ui.errors import sentence

ERRORS = [kind for _, kind in inspect.getmembers(cpog_errors, inspect.isclass) if kind is not DomainError]
FACTS = {
    "code": "x", "known": ("79",), "what": "ligne", "field": "cible", "value": "", "reason": "empty",
    "texts": ("Un.", "Deux."), "indicator": "Taux", "period": "2025", "year": 2025, "version": 1,
    "indicators": ("A", "B"), "state": "reportee", "day": 31, "month": 2, "delivered": ("79",),
}  # fmt: skip


@pytest.mark.parametrize("kind", ERRORS)
def test_every_error_has_a_sentence(kind: type[DomainError]) -> None:
    assert kind in error_words_cpog.BUILDERS
    for facts in (FACTS, {}):
        said = sentence(kind(**facts))
        assert said
        assert "'" not in said
        assert not said[0].islower()


def test_every_code_has_a_word() -> None:
    words = labels_cpog
    pairs = (
        (Act, words.ACT), (ActionState, words.ACTION), (ContractState, words.CONTRACT_STATE),
        (IndicatorType, words.TYPE), (LinkKind, words.LINK), (MovementNature, words.MOVEMENT),
        (Nature, words.NATURE), (Origin, words.ORIGIN), (Sense, words.SENSE), (SeriesKind, words.SERIES),
        (TargetKind, words.TARGET_KIND), (TargetStatus, words.TARGET_STATUS), (IndicatorState, words.STATE),
    )  # fmt: skip
    for kind, said in pairs:
        assert set(kind) <= set(said)
