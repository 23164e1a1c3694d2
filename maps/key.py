"""The legend of a printed map: classes, absences met, sizes of circles, convention of limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.french import THIN, listing, number
from app.domain.indicator import ValueState
from app.domain.territory import Level
from maps.canvas import BORDER, TEXT, TEXT2, TEXT3, WHITE, Box, Canvas, Face, Pen, shrunk, wrap, write_lines
from maps.choropleth import Choropleth, Mark
from maps.classes import bound_labels, limit_text
from maps.palettes import ink_on
from maps.sketch import nice_length
from maps.textures import WORDS, draw_absence

METHODS = {
    "fixed": "Bornes fixes",
    "quantiles": "Classes d’effectifs égaux",
    "natural": "Seuils naturels",
    "equal": "Classes d’amplitude égale",
    "q6": "Méthode Q6",
    "manual": "Bornes choisies",
}
NOUNS = {Level.EPCI: "EPCI", Level.COMMUNE: "communes", Level.DEPARTEMENT: "départements"}
SHORT = {
    ValueState.NOT_PUBLISHED: "non publié",
    ValueState.MASKED: "secret",
    ValueState.NO_DATA: "sans donnée",
}
CONVENTION = "Borne basse incluse, borne haute exclue."
SWATCH = (17.0, 9.5)
OUTLINE = Pen(BORDER, 0.45)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend: words, how many territories, a colour or the look of an absence."""

    words: str
    count: int
    fill: str = WHITE
    state: ValueState = ValueState.VALUE


def class_entries(choropleth: Choropleth) -> list[Entry]:
    """Return the classes, high to low."""
    words = bound_labels(choropleth.classes, choropleth.indicator.decimals)
    rows = zip(words, choropleth.classes.counts, choropleth.palette, strict=True)
    return [Entry(word, count, fill) for word, count, fill in rows][::-1]


def absence_entries(choropleth: Choropleth) -> list[Entry]:
    """Return zero and the absences that are on the map, and only those."""
    found = []
    for state in (ValueState.ZERO, ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED):
        there = choropleth.states == state
        if there.any():
            found.append(Entry(WORDS[state], int(there.sum()), _zero_fill(choropleth), state))
    return found


def method_words(choropleth: Choropleth) -> str:
    """Return « Bornes fixes. Borne basse incluse, borne haute exclue. », or how circles are made."""
    if choropleth.mark is Mark.SYMBOL:
        return "Surface des cercles proportionnelle à la valeur."
    if len(choropleth.classes.counts) < 2:
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
    estimated = f"≈{THIN}: valeur estimée." if choropleth.estimated else ""
    return [text for text in (method_words(choropleth), reference_words(choropleth), estimated) if text]


def draw_panel(
    canvas: Canvas, choropleth: Choropleth, box: Box, radius_of_one: float, *, narrow: bool = False
) -> float:
    """Draw the legend as a column, high class on top; return the ordinate under it.

    A narrow one is small, shortens its words, and leaves its sentences to the caller.
    """
    step = 13.0 if narrow else 16.0
    y = box.y + 9
    canvas.text(box.x, y, "Légende", Face(7.8 if narrow else 9.5, 600))
    canvas.text(box.right, y, NOUNS.get(choropleth.layer.level, ""), Face(7.2, 400, TEXT3), "end")
    y += 9
    if choropleth.mark is Mark.SYMBOL:
        _, y = _draw_sizes(canvas, choropleth, box.x, y, radius_of_one, column=narrow)
    for entry in class_entries(choropleth):
        y = _draw_row(canvas, entry, Box(box.x, y, box.w, step))
    absences = absence_entries(choropleth)
    if absences:
        y += 5
        rule = np.array([[box.x, y], [box.right, y]])
        canvas.path([rule], pen=Pen("#D5D1C8", 0.6, (1.5, 2.0)), closed=False)
        y += 5
    for entry in absences:
        y = _draw_row(canvas, entry, Box(box.x, y, box.w, step))
    if narrow:
        return y
    y += 14
    face = Face(7.4, 400, TEXT2)
    for note in note_lines(choropleth):
        y = write_lines(canvas, wrap(note, face, box.w), box.x, y, face, 10.4) + 1.5
    return y


def draw_strip(canvas: Canvas, choropleth: Choropleth, box: Box, radius_of_one: float) -> float:
    """Draw the legend as lines under a map, low class first; return the ordinate under it."""
    face = Face(7.0, 400, TEXT2)
    x, y, under = box.x, box.y, box.y
    if choropleth.mark is Mark.SYMBOL:
        x, under = _draw_sizes(canvas, choropleth, x, y, radius_of_one)
        y = max((y + under) / 2 - 8, y)
    for entry in [*class_entries(choropleth)[::-1], *absence_entries(choropleth)]:
        words = f"{entry.words} ({entry.count})"
        width = SWATCH[0] + 4 + face.width(words)
        if x > box.x and x + width > box.right:
            x, y = box.x, y + 13
        _draw_swatch(canvas, entry, x, y)
        canvas.text(x + SWATCH[0] + 4, y + 7.4, words, face)
        x += width + 10
    y = max(y + 21, under + 7) if x > box.x else y + 8
    lines = wrap(" ".join(note_lines(choropleth)), face, box.w)
    return write_lines(canvas, lines, box.x, y, face, 9.6)


def strip_height(choropleth: Choropleth, width: float) -> float:
    """Return an upper estimate of the height `draw_strip` takes."""
    face = Face(7.0)
    entries = [*class_entries(choropleth), *absence_entries(choropleth)]
    wanted = sum(SWATCH[0] + 14 + face.width(f"{e.words} ({e.count})") for e in entries)
    rows = int(wanted * 1.15 / width) + 1 if entries else 0
    notes = len(wrap(" ".join(note_lines(choropleth)), face, width))
    return rows * 13.0 + 9.6 * notes + (66.0 if choropleth.mark is Mark.SYMBOL else 0.0) + 10


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


def _draw_sizes(
    canvas: Canvas, choropleth: Choropleth, x: float, y: float, radius_of_one: float, *, column: bool = False
) -> tuple[float, float]:
    """Draw the circles of the legend; return what is right of them and under them."""
    finite = choropleth.numbers[np.isfinite(choropleth.numbers)]
    steps = size_steps(finite.tolist())
    radii = [radius_of_one * float(np.sqrt(step)) for step in steps]
    if not radii:
        return x, y
    face, highest, top = Face(7.4, 400, TEXT), radii[0], y + 1
    for step, radius in zip(steps, radii, strict=True):
        words = limit_text(step, choropleth.indicator.decimals)
        middle = top + (radius if column else highest)
        centre = x + (highest if column else radius)
        canvas.circles(np.array([[centre, middle]]), [radius], fill=WHITE, pen=Pen(BORDER, 0.8))
        canvas.text(centre + (highest if column else radius) + 4, middle + 2.6, words, face)
        if column:
            top = max(middle + radius, middle + 4.0) + 4
        else:
            x += 2 * radius + face.width(words) + 14
    return x, (top if column else y + 1 + 2 * highest) + 8


def _draw_row(canvas: Canvas, entry: Entry, box: Box) -> float:
    _draw_swatch(canvas, entry, box.x, box.y)
    size, count = (7.0 if box.h < 15 else 8.2), str(entry.count)
    face = Face(size, 400, TEXT)
    room = box.w - SWATCH[0] - 11 - face.width(count)
    words = entry.words if face.width(entry.words) <= room else SHORT.get(entry.state, entry.words)
    canvas.text(box.x + SWATCH[0] + 7, box.y + 7.7, words, shrunk(words, face, room))
    canvas.text(box.right, box.y + 7.7, count, Face(size, 400, TEXT2), "end")
    return box.bottom


def _draw_swatch(canvas: Canvas, entry: Entry, x: float, y: float) -> None:
    box = Box(x, y, *SWATCH)
    corners = np.array([[x, y], [box.right, y], [box.right, box.bottom], [x, box.bottom]])
    if entry.state in (ValueState.VALUE, ValueState.ZERO):
        canvas.rect(box, fill=entry.fill, pen=OUTLINE, radius=1.5)
    else:
        draw_absence(canvas, entry.state, [corners], scale=0.75)
        canvas.rect(box, pen=OUTLINE, radius=1.5)
    if entry.state is ValueState.ZERO:
        face = Face(7.0, 700, ink_on(entry.fill))
        canvas.text(x + SWATCH[0] / 2, y + 7.2, "0", face, "middle")


def _zero_fill(choropleth: Choropleth) -> str:
    classes = choropleth.class_of[(choropleth.states == ValueState.ZERO) & (choropleth.class_of >= 0)]
    return choropleth.palette[int(classes[0])] if len(classes) and choropleth.palette else WHITE
