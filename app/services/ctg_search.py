"""Search in the texts of fiches, accents ignored, and likeness between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.ctg_themes import theme_label
from app.domain.french import fold

if TYPE_CHECKING:
    from app.services.ctg_plan_data import PlanData
    from db.models.ctg_plan import ActionSheet

TEXT_FIELDS = (
    "title", "description", "finding", "expected_result", "audience", "deliverables", "partners", "origin",
    "pilot_organisation", "pilot_function", "elected_function", "vigilance", "retex", "gap_reason",
    "reference",
)  # fmt: skip
"""Fields searched, the most telling first."""

AROUND = 60
"""Characters shown on each side of a word found."""

_EMPTY_WORDS = frozenset(
    ("a", "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "la", "le", "les", "ou", "par",
     "pour", "sur", "un", "une")
)  # fmt: skip


def _texts(data: PlanData, action: ActionSheet) -> Iterator[tuple[str, str]]:
    for name in TEXT_FIELDS:
        value = getattr(action, name)
        if value:
            yield name, value
    for step in data.steps.get(action.uuid, ()):
        yield "step", step.title
    if action.theme:
        yield "theme", theme_label(action.theme)
    yield "number", data.numbers[action.uuid]


def matches(data: PlanData, action: ActionSheet, text: str) -> bool:
    """Tell whether a fiche holds every word of a text, as the beginning of one of its words."""
    wanted = fold(text).split()
    held = " " + " ".join(fold(value) for _, value in _texts(data, action))
    return bool(wanted) and all(f" {word}" in held for word in wanted)


def best_excerpt(data: PlanData, action: ActionSheet, text: str) -> tuple[str, str]:
    """Field that holds most of the words asked, and its text around the first of them."""
    wanted = fold(text).split()

    def score(value: str) -> int:
        folded = f" {fold(value)}"
        return sum(f" {word}" in folded for word in wanted)

    name, value = max(_texts(data, action), key=lambda item: score(item[1]))
    return name, _around(value, wanted)


def _around(value: str, wanted: list[str]) -> str:
    words = value.split()
    at = next((i for i, word in enumerate(words) if any(w in fold(word) for w in wanted)), 0)
    start = at
    while start > 0 and len(" ".join(words[start - 1 : at])) <= AROUND:
        start -= 1
    end = at + 1
    while end < len(words) and len(" ".join(words[at : end + 1])) <= AROUND:
        end += 1
    before, after = "… " if start else "", " …" if end < len(words) else ""
    return before + " ".join(words[start:end]) + after


def _meaning(text: str) -> set[str]:
    return {word[:6] for word in fold(text).split() if word not in _EMPTY_WORDS and len(word) > 2}


def similarity(title: str, theme: str, action: ActionSheet) -> float:
    """Likeness from 0 to 1: words in common over all words (Jaccard), a little more for the same theme."""
    mine, theirs = _meaning(title), _meaning(action.title)
    both = len(mine | theirs)
    common = len(mine & theirs) / both if both else 0.0
    return min(common + (0.1 if theme and theme == action.theme and common else 0.0), 1.0)
