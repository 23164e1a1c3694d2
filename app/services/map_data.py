"""The values of a map as a workbook: one line a territory, what each rests on, how to read absences."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.french import long_date, typographic, value_text
from app.domain.indicator import ValueState

if TYPE_CHECKING:
    import datetime

    from maps.choropleth import Choropleth
    from maps.layers import Multiples

HEADERS = (
    "Code", "Territoire", "Indicateur", "Année", "Valeur", "Unité", "Précision", "Classe",
    "Second indicateur", "Seconde valeur", "Seconde unité", "Donnée",
)  # fmt: skip
SYMBOL_HEADERS = ("Code", "Territoire", "Indicateur", "Année", "Valeur", "Unité", "Donnée")
ABSENCES = (
    ("n.d.", "Pas de donnée : ce n’est pas un zéro."),
    ("n.p.", "Non publié par le producteur."),
    ("s", "Couvert par le secret statistique."),
    ("Précision « au moins »", "Une partie de la liste seulement est connue."),
)


def map_rows(choropleth: Choropleth) -> list[tuple[object, ...]]:
    """One line a territory, in the order of the map; numbers stay numbers, absences are words."""
    from maps.entries import class_words

    words, second, indicator = class_words(choropleth), choropleth.second, choropleth.indicator
    rows: list[tuple[object, ...]] = []
    for rank, code in enumerate(choropleth.layer.codes):
        placed = int(choropleth.class_of[rank])
        known = ValueState(int(choropleth.states[rank])).is_known
        label = words[placed] if 0 <= placed < len(words) else choropleth.unclassed if known else ""
        numbered = not choropleth.class_labels
        number = choropleth.numbers[rank] if numbered else math.nan
        value = label if label and not numbered else _value(number, choropleth.states[rank])
        other = _value(second.numbers[rank], second.states[rank]) if second else None
        rows.append((
            code, choropleth.layer.names[rank], indicator.label, choropleth.year, value, indicator.unit,
            _precision(choropleth, rank), label, second.indicator.label if second else None, other,
            second.indicator.unit if second else None, _real(choropleth.fictitious),
        ))  # fmt: skip
    return rows


def symbol_rows(choropleth: Choropleth) -> list[tuple[object, ...]]:
    """Quantities of the circles drawn over the areas; empty without circles."""
    circles = choropleth.symbols
    if circles is None:
        return []
    names = {
        code: name
        for layer in (choropleth.layer, choropleth.fond.epcis, choropleth.fond.communes)
        for code, name in zip(layer.codes, layer.names, strict=True)
    }
    return [
        (
            code, names.get(code, ""), circles.indicator.label, circles.year,
            _value(circles.numbers[rank], circles.states[rank]), circles.indicator.unit,
            _real(circles.fictitious),
        )
        for rank, code in enumerate(circles.codes)
    ]  # fmt: skip


def source_rows(content: Choropleth | Multiples, on: datetime.date, author: str) -> list[tuple[str, str]]:
    """Title, classes, sources, outlines, who and when, and what each absence means."""
    from maps.draw import maps_of, source_words
    from maps.entries import class_words, method_words

    maps = maps_of(content)
    told = [("Carte", content.title), ("", content.subtitle)]
    told += [(f"Sources, {made.year}", source_words(made)) for made in maps]
    told.append(("Classes", f"{method_words(maps[0])} {' | '.join(class_words(maps[0]))}".strip()))
    told += [(reference.name, f"{reference.number:g}".replace(".", ",")) for reference in maps[0].references]
    told += [("Note", note) for made in maps for note in made.notes]
    told += [("Auteur", author), ("Établi le", long_date(on)), *ABSENCES]
    return [(label, typographic(words)) for label, words in dict.fromkeys(told)]


def write_map_data(content: Choropleth | Multiples, path: Path, on: datetime.date, author: str) -> None:
    """Write the values of a map, or of several, to .xlsx. Raises WriteRefused, DiskFull."""
    from app.services.export import workbook
    from maps.draw import maps_of

    maps = maps_of(content)
    rows = [row for made in maps for row in map_rows(made)]
    kept = [place for place in range(len(HEADERS)) if any(row[place] not in (None, "") for row in rows)]
    circles = [row for made in maps for row in symbol_rows(made)]
    with workbook(path) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})

        def sheet(name: str, headers: list[str], lines: list[list[object]]) -> None:
            page = book.add_worksheet(name)
            page.write_row(0, 0, headers, bold)
            for place, line in enumerate(lines, start=1):
                page.write_row(place, 0, line)
            page.freeze_panes(1, 2)
            page.autofilter(0, 0, max(len(lines), 1), len(headers) - 1)
            page.autofit(420)

        sheet("Valeurs", [HEADERS[place] for place in kept], [[row[i] for i in kept] for row in rows])
        if circles:
            sheet("Cercles", list(SYMBOL_HEADERS), [list(row) for row in circles])
        origin = book.add_worksheet("Sources")
        for place, pair in enumerate(source_rows(content, on, author)):
            origin.write_row(place, 0, pair)
        origin.set_column(0, 0, 32)
        origin.set_column(1, 1, 110, book.add_format({"text_wrap": True, "valign": "top"}))


def _value(number: float, state: int) -> object:
    known = ValueState(int(state))
    if known.is_known and math.isfinite(number):
        return float(number)
    return value_text(None, known if not known.is_known else ValueState.NO_DATA, 0)


def _precision(choropleth: Choropleth, rank: int) -> str:
    if choropleth.layer.codes[rank] in choropleth.at_least:
        return "au moins"
    return "estimation" if choropleth.estimated else ""


def _real(fictitious: bool) -> str:
    return "fictive" if fictitious else ""
