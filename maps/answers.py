"""A map of answers: yes, no and not known told apart by colour and by texture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.coverage import Answer
from app.domain.french import plural, typographic
from app.domain.indicator import Direction, Indicator, Kind, ValueState
from app.domain.territory import Level
from maps.choropleth import Choropleth, Classes, Fond, Mark, OutlineLayer
from maps.palettes import palette

OUTSIDE = "hors de la règle"
COLOURS = (palette("lagune", 5)[1], palette("terre", 5)[2])
"""Yes, then no; the lines over the second one are read without colour."""
NOUNS = {Level.COMMUNE: ("commune", "communes"), Level.EPCI: ("EPCI", "EPCI")}


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """Words of the map; yes and no: classes of the legend, unknown: what its texture means."""

    title: str
    subtitle: str
    yes: str
    no: str
    unknown: str
    source: str = ""
    rule: str = ""
    """Printed beside the map when its title does not say it."""


def answer_map(
    fond: Fond,
    layer: OutlineLayer,
    told: Sequence[Answer | None],
    words: AnswerWords,
    indicator: Indicator,
    year: int,
) -> Choropleth:
    """Return the map of one answer a territory, in the order of the layer; None: the question is not asked.

    A territory of which nothing is asked has neither class nor absence. Raises ValueError when the answers
    are not as many as the territories.
    """
    if len(told) != len(layer.codes):
        raise ValueError(f"{len(told)} answers for {len(layer.codes)} territories")
    ranks = np.array([{Answer.YES: 0, Answer.NO: 1}.get(a, -1) if a else -1 for a in told], dtype=np.int16)
    unknown = np.array([answer is Answer.UNKNOWN for answer in told], dtype=bool)
    states = np.where(unknown, ValueState.NO_DATA, ValueState.VALUE).astype(np.uint8)
    return Choropleth(
        title=words.title,
        subtitle=words.subtitle,
        indicator=indicator,
        year=year,
        mark=Mark.AREA,
        fond=fond,
        layer=layer,
        numbers=np.where(ranks >= 0, ranks.astype(np.float64), np.nan),
        states=states,
        class_of=ranks,
        classes=Classes("manual", (0.0, 1.0, 2.0), (int((ranks == 0).sum()), int((ranks == 1).sum()))),
        palette=COLOURS,
        sources=(typographic(words.source),) if words.source else (),
        textures=True,
        class_labels=(words.yes, words.no),
        unclassed=OUTSIDE,
        notes=_notes(layer, told, words),
    )


def question(code: str, label: str, source: str, *, theme: str = "", definition: str = "") -> Indicator:
    """What stands for the question where a map names its quantity."""
    return Indicator(
        code=code, label=label, short_label=label, theme=theme, definition=definition, numerator="",
        denominator="", unit="", decimals=0, kind=Kind.RATIO, direction=Direction.NONE, source=source,
        masking="", valid_from="",
    )  # fmt: skip


def _notes(layer: OutlineLayer, told: Sequence[Answer | None], words: AnswerWords) -> tuple[str, ...]:
    notes = [words.rule] if words.rule else []
    if any(answer is Answer.UNKNOWN for answer in told):
        notes.append(f"Hachures : {words.unknown}")
    outside = sum(answer is None for answer in told)
    if outside:
        one, many = NOUNS.get(layer.level, ("territoire", "territoires"))
        notes.append(f"{plural(outside, one, many)} hors de la règle, sans couleur.")
    return tuple(typographic(note) for note in notes)
