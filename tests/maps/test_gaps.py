"""The map of a rule: met, missing, unknown and outside are four different things."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from app.domain.coverage import Answer
from app.domain.indicator import ValueState
from app.domain.maillage import Condition, Rule
from app.domain.maillage_gaps import RuleResult
from app.domain.territory import Level
from maps.answers import OUTSIDE
from maps.gaps import MET, MISSING, gap_map
from tests.ui.map_cases import epci_code, fond

RULE = Rule("avs", "Une structure par EPCI rural", ("centre_social", "evs"), Level.EPCI,
            condition=Condition.RURAL, threshold=10_000, source="CPOG", version=2)  # fmt: skip


def result(*answers: Answer) -> RuleResult:
    told = tuple((epci_code(i), answer) for i, answer in enumerate(answers))
    return RuleResult(RULE, told, (), 4 - len(answers))


def test_each_answer_has_its_own_look() -> None:
    made = gap_map(fond(), result(Answer.YES, Answer.NO, Answer.UNKNOWN), day="5 mars 2026")
    assert made.class_of.tolist() == [0, 1, -1, -1]
    assert made.class_labels == (MET, MISSING)
    assert made.classes.counts == (1, 1)
    assert made.states[2] == ValueState.NO_DATA
    assert made.states[3] == ValueState.VALUE
    assert made.unclassed == OUTSIDE
    assert made.textures
    assert made.year == 2026


def test_it_says_what_hatches_and_blanks_mean() -> None:
    made = gap_map(fond(), result(Answer.YES, Answer.UNKNOWN), where="Deux-Sèvres", day="5 mars 2026")
    assert made.title == "Une structure par EPCI rural, Deux-Sèvres"
    assert "Version 2, au 5 mars 2026" in made.subtitle
    assert any("rien ne prouve un manque" in note for note in made.notes)
    assert any(note.startswith("2\u00a0EPCI hors de la règle") for note in made.notes)
    assert gap_map(fond(), result(*[Answer.YES] * 4)).notes == ()


def test_arrondissements_are_made_of_their_communes() -> None:
    base = fond()
    rule = Rule("laep", "Un Laep par arrondissement", ("laep",), Level.ARRONDISSEMENT)
    half = len(base.communes.codes) // 2
    groups = {
        "791": ("Bressuire", base.communes.codes[:half]),
        "792": ("Niort", base.communes.codes[half:]),
        "793": ("Ailleurs", ("01001",)),
    }
    made = gap_map(base, RuleResult(rule, (("791", Answer.NO), ("792", Answer.YES))), groups=groups)
    assert made.layer.names == ("Bressuire", "Niort")
    assert made.class_of.tolist() == [1, 0]
    whole = shapely.area(base.departements.polygons).sum()
    assert np.isclose(shapely.area(made.layer.polygons).sum(), whole)


def test_a_level_without_outline_is_refused() -> None:
    rule = Rule("laep", "Un Laep par arrondissement", ("laep",), Level.ARRONDISSEMENT)
    with pytest.raises(ValueError, match="no outline"):
        gap_map(fond(), RuleResult(rule))
