"""Words of a point of a series: what is masked keeps its terms for itself."""

from __future__ import annotations

from dataclasses import replace

from app.domain.cpog_points import Period
from app.domain.indicator import ValueState
from app.services.cpog_point import Point
from ui.views.cpog_words import point_facts, terms

KNOWN = Point(
    Period(2023), 42.9, ValueState.VALUE, "42,9\u202f%", printed="3 sur 7", numerator=3, denominator=7
)


def test_a_masked_point_tells_neither_its_terms_nor_its_first_words() -> None:
    facts = dict(point_facts("realise", KNOWN))
    assert facts["Calcul"].startswith("3\u00a0/\u00a07")
    assert facts["Comme écrit"] == "3 sur 7"
    masked = replace(KNOWN, number=None, state=ValueState.MASKED, text="s")
    assert terms(masked) == ""
    assert not {"Calcul", "Comme écrit"} & dict(point_facts("realise", masked)).keys()
