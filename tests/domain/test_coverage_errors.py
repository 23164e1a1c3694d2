"""Each refusal about coverage has its French sentence."""

from __future__ import annotations

import inspect

import pytest

from app.domain import coverage_errors
from app.domain.errors import DomainError
from ui.error_words_coverage import BUILDERS
from ui.errors import sentence

KINDS = [
    kind
    for _, kind in inspect.getmembers(coverage_errors, inspect.isclass)
    if issubclass(kind, DomainError) and kind is not DomainError
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_error_has_a_sentence(kind: type[DomainError]) -> None:
    assert kind in BUILDERS
    facts = {"field": "km", "value": -1, "reason": "range", "code": "x", "known": ("a", "b"), "year": 2023}
    text = sentence(kind(indicator="Couverture", millesime=2016, **facts))
    assert text.endswith(".")
    assert "'" not in text
    assert " :" not in text
