"""The message at the top of the fiche: two or three sentences, each number with its mark."""

from __future__ import annotations

from app.domain.french import NBSP, THIN, number
from reports.charts import share_words
from reports.content import FicheContent, KeyFigure, known, shown
from reports.notes import Notebook
from reports.prose import Run, marked


def lead_runs(content: FicheContent, notes: Notebook) -> list[Run]:
    """Return the sentences, ready to be set."""
    return [*_first(content, notes), *_modes(content, notes), *_births(content, notes)]


def _first(content: FicheContent, notes: Notebook) -> list[Run]:
    if not content.key_figures:
        return [Run("Pas de chiffre importé pour ce territoire.")]
    figure = content.key_figures[0]
    label, value = figure.indicator.label, figure.value
    if not value.state.is_known:
        return [Run(f"{label} en {value.year}{THIN}: {shown(value)} pour ce territoire.")]
    text = f"{shown(value)} {figure.indicator.unit}"
    runs = [Run(f"En {value.year}, le territoire compte ")]
    runs += marked(text, notes.mark([value]), bold=True)
    held = [(name, ref) for name, ref in figure.references if ref.state.is_known]
    for rank, (name, ref) in enumerate(held):
        runs.append(Run(", contre " if rank == 0 else " et "))
        runs += marked(f"{shown(ref)} ({name})", notes.mark([ref]))
    return [*runs, Run(". "), *_spread(figure)]


def _spread(figure: KeyFigure) -> list[Run]:
    if figure.spread is None:
        return []
    low, median, high, count = figure.spread
    texts = [number(x, figure.indicator.decimals) for x in (low, high, median)]
    extent = f"de {texts[0]} à {texts[1]} (médiane {texts[2]})"
    if figure.rank is None:
        return [Run(f"Les {count}{NBSP}EPCI vont {extent}. ")]
    return [Run(f"Il est au rang{NBSP}{figure.rank[0]} parmi {count}{NBSP}EPCI, qui vont {extent}. ")]


def _modes(content: FicheContent, notes: Notebook) -> list[Run]:
    focus = next((row for row in content.modes if row.is_focus), None)
    words, formula = share_words(focus) if focus else ("", "")
    return [*marked(words, notes.mark_text(formula)), Run(". ")] if words else []


def _births(content: FicheContent, notes: Notebook) -> list[Run]:
    values = content.births[0][1][-3:] if content.births else ()
    held = known(values)
    if not held or len(held) < len(values):
        return []
    total = sum(value.number or 0.0 for value in held)
    years = f"de {held[0].year} à {held[-1].year}" if len(held) > 1 else f"en {held[0].year}"
    runs = marked(f"{number(total)}{NBSP}naissances", notes.mark(held))
    return [Run("Le territoire compte "), *runs, Run(f" {years}.")]
