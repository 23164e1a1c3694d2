"""What the list of refused entries says, in French, and that nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from app.domain.action import ActionState, NodeKind
from app.domain.ctg import CtgStatus, Scope
from app.domain.errors import DomainError
from app.services import Services
from app.services.ctg_rows import NewCtg
from tests.services.ctg_cases import HAUT_VAL, NIORT, Small, make_ctg, make_small
from ui.errors import sentence

Act = Callable[[Services, Small], object]
SAID: dict[str, tuple[Act, str]] = {
    "overlap": (
        lambda s, _: s.ctg.create(
            NewCtg("Autre", Scope.EPCI, (HAUT_VAL,), starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1))
        ),
        "est déjà dans la CTG|sont déjà dans la CTG",
    ),
    "end before start": (lambda s, c: s.ctg.edit("ctg", c.ctg, ends_on="01/01/2020"), "vient avant le début"),
    "transition": (
        lambda s, c: s.ctg.advance(c.ctg, CtgStatus.RUNNING, date(2024, 2, 1)), "ne peut pas passer à"
    ),
    "étape after the end": (
        lambda s, c: s.ctg.add("step", c.action, title="Tard", planned_on="01/01/2028"), "31 décembre 2027"
    ),
    "amount with text": (
        lambda s, c: s.ctg.set_amount(c.action, 2026, "Caf", "caf", "fonctionnement", "prevu", "beaucoup"),
        "un nombre est attendu",
    ),
    "cycle": (lambda s, c: s.ctg.link("action", c.action, "action", c.action), "elle-même"),
    "orphan decision": (
        lambda s, _: s.steering.add_decision("absente", "Décider"), "La décision n’a pas de séance"
    ),
    "postponed without reason": (lambda s, c: s.ctg.set_status(c.action, ActionState.POSTPONED), "le motif"),
    "enjeu under an objective": (
        lambda s, c: s.ctg.add("node", c.ctg, kind=NodeKind.ISSUE, title="x", parent_uuid=c.goal),
        "L’ordre est",
    ),
    "commune outside": (lambda s, c: s.ctg.edit("action", c.action, communes=[NIORT]), "Niort|CTG"),
    "unknown date": (lambda s, c: s.ctg.edit("action", c.action, ends_on="bientôt"), "une date est attendue"),
    "stage not reached": (
        lambda s, c: s.ctg.correct_stage(c.ctg, CtgStatus.SIGNED, date(2024, 1, 2)), "pas encore passée"
    ),
}  # fmt: skip


@pytest.fixture
def small(empty: Services) -> Small:
    return make_small(empty)


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_refusal_is_said_in_french_and_changes_nothing(empty: Services, small: Small, name: str) -> None:
    act, expected = SAID[name]
    before = empty.ctg.ctg(small.ctg), empty.ctg.action(small.action), len(empty.base.history())
    with pytest.raises(DomainError) as raised:
        act(empty, small)
    said = sentence(raised.value)
    assert re.search(expected, said), said
    assert re.search(r"Rien n’a été écrit|La valeur précédente est gardée", said), said
    assert not re.search(r"[ \u00a0][;:!?»]|« ", said), said
    after = empty.ctg.ctg(small.ctg), empty.ctg.action(small.action), len(empty.base.history())
    assert after == before


def test_paid_above_voted_is_a_warning_not_a_refusal(empty: Services, small: Small) -> None:
    for state, amount in (("vote", 1000), ("paye", 1200)):
        empty.ctg.set_amount(small.action, 2026, "Caf", "caf", "fonctionnement", state, amount)
    budget = empty.ctg.action(small.action).budget
    (warning,) = budget.warnings
    assert (warning.funder, warning.year) == ("Caf", 2026)
    assert {cell.state.value: cell.cents for cell in budget.cells} == {"vote": 100_000, "paye": 120_000}


def test_a_commune_of_two_conventions_is_named(empty: Services, small: Small) -> None:
    other = make_ctg(empty, name="CTG de Niort", scope=Scope.COMMUNE, codes=(NIORT,))
    with pytest.raises(DomainError) as raised:
        empty.ctg.join(small.ctg, (NIORT,), date(2025, 1, 1))
    assert "Niort" in sentence(raised.value)
    assert "CTG de Niort" in sentence(raised.value)
    assert [row.code for row in empty.ctg.members(other)] == [NIORT]
