"""What the legend of a map says: classes, absences met, method, references, sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.french import THIN, listing, number
from app.domain.indicator import ValueState
from app.domain.territory import Level
from maps.canvas import WHITE
from maps.choropleth import Choropleth, Mark
from maps.classes import bound_labels
from maps.layers import Symbols
from maps.sketch import nice_length
from maps.textures import WORDS

METHODS = {
    "fixed": "Bornes fixes",
    "quantiles": "Classes d’effectifs égaux",
    "natural": "Seuils naturels",
    "equal": "Classes d’amplitude égale",
    "q6": "Méthode Q6",
    "manual": "Bornes choisies",
    "around": "Bornes à égale distance du repère",
}
NOUNS = {Level.EPCI: "EPCI", Level.COMMUNE: "communes", Level.DEPARTEMENT: "départements"}
SHORT = {
    ValueState.NOT_PUBLISHED: "non publié",
    ValueState.MASKED: "secret",
    ValueState.NO_DATA: "sans donnée",
}
BLANK = "aucun service (zone blanche)"
CONVENTION = "Borne basse incluse, borne haute exclue."
ABSENCES = (ValueState.ZERO, ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend: words, how many territories, a colour or the look of an absence."""

    words: str
    count: int
    fill: str = WHITE
    state: ValueState = ValueState.VALUE
    rank: int = -1
    """Number of the class, -1 for an absence."""


def class_entries(choropleth: Choropleth) -> list[Entry]:
    """Return the classes, high to low; those of a bivariate map name both classes."""
    words = class_words(choropleth)
    rows = zip(words, choropleth.classes.counts, choropleth.palette, range(len(words)), strict=True)
    return [Entry(word, count, fill, rank=rank) for word, count, fill, rank in rows][::-1]


def class_words(choropleth: Choropleth) -> list[str]:
    """Return the words of each class, low to high."""
    decimals, second = choropleth.indicator.decimals, choropleth.second
    if choropleth.class_labels:
        return list(choropleth.class_labels)
    if second is None:
        return list(bound_labels(choropleth.classes, decimals, signed=choropleth.signed))
    first = bound_labels(second.first, decimals)
    other = bound_labels(second.classes, second.indicator.decimals)
    return [f"{a}\u00a0· {b}" for a in first for b in other]


def absence_entries(choropleth: Choropleth) -> list[Entry]:
    """Return zero and the absences that are on the map, and only those."""
    found = []
    for state in ABSENCES:
        there = choropleth.states == state
        if there.any():
            words = BLANK if state is ValueState.ZERO and choropleth.blank_zero else WORDS[state]
            found.append(Entry(words, int(there.sum()), _zero_fill(choropleth), state))
    return found


def method_words(choropleth: Choropleth) -> str:
    """Return « Bornes fixes. Borne basse incluse, borne haute exclue. », or how circles are made."""
    if choropleth.mark is Mark.SYMBOL:
        return "Surface des cercles proportionnelle à la valeur."
    second = choropleth.second
    if second is not None:
        pair = dict.fromkeys(METHODS.get(c.method, c.method) for c in (second.first, second.classes))
        return f"{' et '.join(pair)}. {CONVENTION}"
    if len(choropleth.classes.counts) < 2 or choropleth.class_labels:
        return ""
    return f"{METHODS.get(choropleth.classes.method, choropleth.classes.method)}. {CONVENTION}"


def reference_words(choropleth: Choropleth) -> str:
    """Return « Repères : France 60,9 et Deux-Sèvres 70,6. », empty without any."""
    decimals = choropleth.indicator.decimals
    items = [f"{ref.name}\u00a0{number(ref.number, decimals)}" for ref in choropleth.references]
    if not items:
        return ""
    return f"{'Repère' if len(items) == 1 else 'Repères'}{THIN}: {listing(items)}."


def note_lines(choropleth: Choropleth) -> list[str]:
    """Return every sentence under a legend, empty ones left out."""
    symbols, second = choropleth.symbols, choropleth.second
    guessed = choropleth.estimated or (symbols and symbols.estimated) or (second and second.estimated)
    circles = "Surface des cercles proportionnelle à la valeur." if symbols else ""
    lines = (
        method_words(choropleth),
        circles,
        _without_circle(symbols) if symbols else "",
        reference_words(choropleth),
        f"≈{THIN}: valeur estimée." if guessed else "",
        *choropleth.notes,
    )
    return [text for text in lines if text]


def _without_circle(symbols: Symbols) -> str:
    """« Sans cercle : 2 EPCI sans donnée, 1 à zéro. »: a missing circle is not a zero."""
    noun = NOUNS.get(symbols.level, "territoires")
    words = {
        ValueState.NO_DATA: "sans donnée",
        ValueState.NOT_PUBLISHED: "non publié à cette maille",
        ValueState.MASKED: "au secret",
        ValueState.ZERO: "à zéro",
    }
    counts = {state: int((symbols.states == state).sum()) for state in words}
    found = [f"{count}\u00a0{noun} {words[state]}" for state, count in counts.items() if count]
    return f"Sans cercle{THIN}: {', '.join(found)}." if found else ""


def size_steps(numbers: Sequence[float]) -> list[float]:
    """Return three round values, high to low, for the circles of the legend."""
    highest = max(numbers, default=0.0)
    if highest <= 0:
        return []
    power = 10.0 ** np.floor(np.log10(highest))
    first = float(np.floor(highest / power + 1e-9) * power)
    steps = [first, nice_length(first / 4), nice_length(first / 20)]
    whole = [step for step in steps if step >= 1 or highest < 1]
    return list(dict.fromkeys(whole or steps[:1]))


def _zero_fill(choropleth: Choropleth) -> str:
    if choropleth.blank_zero:
        return WHITE
    classes = choropleth.class_of[(choropleth.states == ValueState.ZERO) & (choropleth.class_of >= 0)]
    return choropleth.palette[int(classes[0])] if len(classes) and choropleth.palette else WHITE
