"""The fiche territoire: two A4 pages for an Epci, no figure without spread, reference and origin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.domain.french import NBSP, THIN, long_date, plural
from app.domain.indicator import ValueState
from maps.canvas import DISPLAY, INK, LINE, TEXT, TEXT2, TEXT3, Box, Face, Pen, wrap, write_lines
from maps.choropleth import Choropleth, Mark
from maps.draw import draw_badge, source_words, write_whole
from maps.key import draw_panel, draw_strip, note_lines, strip_height
from maps.pdf import PdfCanvas
from maps.plan import Plan
from reports.charts import births_words, draw_births, draw_modes, draw_sentences, missing_words
from reports.content import CommuneRow, FicheContent, KeyFigure, ModeRow, known, shown
from reports.figures import draw_figures, figures_height
from reports.lead import lead_runs
from reports.notes import Notebook, draw_notes, notes_height
from reports.prose import draw_prose
from reports.table import HEAD, absent_words, draw_communes, shown_columns

__all__ = ["CommuneRow", "FicheContent", "KeyFigure", "ModeRow", "fiche_bytes", "write_fiche"]

WIDTH, HEIGHT, MARGIN = 595.28, 841.89, 45.35
PAGES = 2
STATES = (
    f"n.d.{THIN}: pas de donnée importée. n.p.{THIN}: non publié à cette maille. s{THIN}: masqué, secret "
    f"statistique. 0{THIN}: zéro, une valeur. ·{THIN}: sans objet. ≈{THIN}: valeur estimée."
)
LEAST_ROOM_FOR_MAP = 190.0
PANEL = 92.0
"""Width of the legend beside a wide map."""
SMALL = Face(6.4, 400, TEXT3)


def write_fiche(content: FicheContent, path: Path) -> None:
    """Write the two pages; same content, same bytes, whole file or none.

    Raises DiskFull, or WriteRefused when the system says no.
    """
    write_whole(path, fiche_bytes(content))


def fiche_bytes(content: FicheContent) -> bytes:
    """Return the PDF of the fiche."""
    title = f"Fiche territoire, {content.epci.name}, {content.year}"
    pdf = PdfCanvas(WIDTH, HEIGHT, title, f"Petite enfance, {content.departement_name}")
    pages = _Pages(content, pdf, Notebook())
    pages.draw_first()
    pdf.next_page()
    pages.draw_second()
    return pdf.finish()


@dataclass(frozen=True)
class _Pages:
    """The two pages being drawn."""

    content: FicheContent
    pdf: PdfCanvas
    notes: Notebook

    @property
    def _area(self) -> Box:
        return Box(MARGIN, 58.0, WIDTH - 2 * MARGIN, HEIGHT - 58.0 - 58.0)

    def draw_first(self) -> None:
        """Title, message, key figures, map and childcare by mode."""
        area = self._area
        self._draw_frame(1)
        y = self._draw_title(area)
        y = self._draw_lead(area, y)
        figures = self._figures()
        if figures:
            self.pdf.bookmark("Chiffres clés", "figures", 1, y)
            draw_figures(self.pdf, figures, Box(area.x, y, area.w, 0), self.notes, self.content.year)
            y += figures_height(figures) + 2
        mode_mark = self.notes.mark(known(row.total for row in self.content.modes))
        height = self._notes_height(0)
        column = (area.w - 20) * 0.5
        bottom = area.bottom - height - 10
        left = Box(area.x, y, column - 4 if self.content.modes else area.w, bottom - y)
        self._draw_map(self.content.map, left, "Carte 1", "map")
        if self.content.modes:
            self._draw_modes(Box(left.right + 24, y, area.right - left.right - 24, bottom - y), mode_mark)
        self._draw_notes(0, area)

    def draw_second(self) -> None:
        """Births, communes, sources and states."""
        area, before = self._area, len(self.notes)
        self._draw_frame(2)
        self._mark_second()
        absent = absent_words(self.content.communes) if self.content.communes else ""
        states = [line for text in (absent, STATES) if text for line in wrap(text, Face(6.8), area.w)]
        foot = self._notes_height(before) + 9.6 * (len(states) + len(self._source_lines())) + 20
        room = area.h - foot - 30
        top_height = self._top_height(room - _table_height(len(self.content.communes)))
        y = self._draw_top(Box(area.x, area.y + 8, area.w, top_height))
        table_bottom = self._draw_table(Box(area.x, y + 18, area.w, area.y + 8 + room - y), y + 8)
        y = write_lines(self.pdf, states, area.x, table_bottom + 12, Face(6.8, 400, TEXT2), 9.6)
        self.pdf.bookmark("Sources et notes", "sources", 1, y)
        write_lines(self.pdf, self._source_lines(), area.x, y, Face(6.8, 400, TEXT2), 9.6)
        self._draw_notes(before, area)

    def _top_height(self, left: float) -> float:
        """Height of the map of communes and of births: what the table leaves, within reason."""
        births = self.content.births[0][1] if self.content.births else ()
        if self.content.communes_map is None and not known(births):
            return 32.0
        return max(min(left, 280.0), LEAST_ROOM_FOR_MAP)

    def _figures(self) -> list[KeyFigure]:
        """Key figures, with every Epci of the map as dots where it is the same indicator and year."""
        shown_map = self.content.map
        same = (shown_map.indicator.code, shown_map.year)
        peers = tuple(float(x) for x in shown_map.numbers[np.isfinite(shown_map.numbers)])
        return [
            replace(figure, peers=peers)
            if not figure.peers and (figure.indicator.code, figure.value.year) == same
            else figure
            for figure in self.content.key_figures
        ]

    def _draw_frame(self, page: int) -> None:
        content, face = self.content, Face(7.4, 400, TEXT2)
        right = WIDTH - MARGIN
        self.pdf.text(MARGIN, 40, f"Fiche territoire, {content.epci.name}", face)
        self.pdf.text(right, 40, content.departement_name, face, "end")
        foot = HEIGHT - 46
        for y in (48.0, foot):
            self.pdf.path([np.array([[MARGIN, y], [right, y]])], pen=Pen("#CFCBC2", 0.7), closed=False)
        made = f"Fiche faite le {long_date(content.made_on)}"
        self.pdf.text(MARGIN, foot + 14, f"{made}, base de démonstration" if content.demo else made, face)
        self.pdf.text(right, foot + 14, f"{page} / {PAGES}", face, "end")

    def _draw_title(self, area: Box) -> float:
        content = self.content
        self.pdf.bookmark(f"Fiche territoire, {content.epci.name}", "top", 0, 0.0)
        size = min(24.0, 24.0 * area.w * 0.86 / Face(24.0, DISPLAY).width(content.epci.name))
        face = Face(size, DISPLAY, INK)
        self.pdf.text(area.x, area.y + 26, content.epci.name, face)
        if content.fictitious:
            draw_badge(self.pdf, area.x + face.width(content.epci.name) + 10, area.y + 23, 8)
        items = [plural(len(content.communes), "commune")] if content.communes else []
        if content.epci.population:
            items.append(plural(content.epci.population, "habitant"))
        if len(content.epci.departements) > 1:
            items.append(f"sur {len(content.epci.departements)}{NBSP}départements")
        items += [f"Siren {content.epci.code}", f"chiffres {content.year} sauf mention"]
        self.pdf.text(area.x, area.y + 42, ", ".join(items), Face(8.6, 400, TEXT2))
        return area.y + 62

    def _draw_lead(self, area: Box, y: float) -> float:
        runs = lead_runs(self.content, self.notes)
        return draw_prose(self.pdf, runs, area.x, y, area.w, 8.8, 13.4) + 2 if runs else y

    def _draw_map(self, choropleth: Choropleth, box: Box, number_: str, key: str) -> None:
        self.pdf.bookmark(f"{number_}. {choropleth.title}", key, 1, box.y)
        y = self._caption(box, number_, choropleth.title, choropleth.fictitious)
        lines = wrap(source_words(choropleth), SMALL, box.w)
        wide = box.w > 0.8 * (box.bottom - y)
        if wide:  # the legend stands beside, its sentences under
            lines = wrap(" ".join(note_lines(choropleth)), SMALL, box.w) + lines
        room = Box(box.x, y, box.w, box.bottom - y - 8.2 * len(lines) - 4)
        beside = PANEL if wide else 0.0
        below = 0.0 if wide else strip_height(choropleth, box.w)
        frame = Box(room.x, room.y, room.w - beside, room.h - below)
        fine = min(max(min(frame.w, frame.h) / 300, 0.62), 0.9)
        values = choropleth.mark is not Mark.SYMBOL  # circles say them, the table prints them
        plan = Plan(choropleth, frame, values=values, context=False, fine=fine)
        plan.draw(self.pdf)
        if wide:
            legend = Box(frame.right + 8, room.y, beside - 8, room.h)
            draw_panel(self.pdf, choropleth, legend, plan.radius_of_one, narrow=True)
            under = room.bottom
        else:
            legend = Box(box.x, frame.bottom + 6, box.w, below)
            under = draw_strip(self.pdf, choropleth, legend, plan.radius_of_one)
        write_lines(self.pdf, lines, box.x, under + 6, SMALL, 8.2)

    def _draw_modes(self, box: Box, mark: str) -> None:
        rows = self.content.modes
        self.pdf.bookmark("Figure 1. Places par mode d’accueil", "modes", 1, box.y)
        y = self._caption(box, "Figure 1", "Places pour 100 enfants, par mode d’accueil", mark=mark)
        references = 2 if len(rows) > 2 else 0
        y = draw_modes(self.pdf, rows, Box(box.x, y, box.w, box.bottom - y - 56), references)
        focus = next((row for row in rows if row.is_focus), None)
        texts = [missing_words(rows), _reading(focus)]
        y = draw_sentences(self.pdf, [text for text in texts if text], box.x, y + 12, box.w)
        note = "Les parts étant arrondies, leur somme peut différer de 0,1 de l’ensemble."
        write_lines(self.pdf, wrap(note, SMALL, box.w), box.x, y, SMALL, 8.2)

    def _mark_second(self) -> None:
        """Give their numbers to the notes of the page before their height is needed."""
        for _, values in self.content.births:
            self.notes.mark(known(values))
        for column in shown_columns(self.content.communes):
            self.notes.mark(known(map(column.read, self.content.communes)))

    def _draw_top(self, box: Box) -> float:
        half = (box.w - 20) / 2
        right = Box(box.x + half + 20, box.y, half, box.h)
        if self.content.communes_map is None:
            right = box
        else:
            self._draw_map(self.content.communes_map, Box(box.x, box.y, half, box.h), "Carte 2", "map2")
        self._draw_births(right)
        return box.bottom

    def _draw_births(self, box: Box) -> None:
        self.pdf.bookmark("Figure 2. Naissances domiciliées", "births", 1, box.y)
        values = self.content.births[0][1] if self.content.births else ()
        mark = self.notes.mark(known(values))
        y = self._caption(box, "Figure 2", "Naissances domiciliées, par an", mark=mark)
        texts = births_words(self.content.births)
        if not known(values):
            draw_sentences(self.pdf, [_no_births(self.content), *texts], box.x, y + 8, box.w)
            return
        lines = sum(len(wrap(text, Face(7.4), box.w)) for text in texts)
        below = 10.4 * lines + 2 * len(texts) + 10
        room = Box(box.x, y, min(box.w, 320.0), max(min(box.bottom - y - below, 150.0), 40.0))
        draw_births(self.pdf, values, room)
        draw_sentences(self.pdf, texts, box.x, room.bottom + 16, box.w)

    def _draw_table(self, box: Box, caption_at: float) -> float:
        self.pdf.bookmark("Tableau 1. Communes", "communes", 1, caption_at)
        title = f"Les {plural(len(self.content.communes), 'commune')} du territoire"
        if len(self.content.communes) < 2:
            title = "Les communes du territoire"
        self._caption(Box(box.x, caption_at, box.w, 0), "Tableau 1", title)
        if not self.content.communes:
            self.pdf.text(
                box.x, box.y + 12, "Pas de commune connue pour ce territoire.", Face(7.6, 400, TEXT2)
            )
            return box.y + 16
        return draw_communes(self.pdf, self.content.communes, box, self.notes)

    def _caption(self, box: Box, number_: str, text: str, fictitious: bool = False, mark: str = "") -> float:
        size = 8.4
        strong = Face(size, 700, INK)
        self.pdf.text(box.x, box.y + 9, f"{number_}.", strong)
        indent = strong.width(f"{number_}. ")
        lines = wrap(text, Face(size, 600), box.w - indent - (34 if fictitious else 6))
        y = box.y + 9
        for rank, line in enumerate(lines):
            last = rank == len(lines) - 1
            self.pdf.text(box.x + indent, y, line, Face(size, 600, TEXT))
            if last and mark:
                at = box.x + indent + Face(size, 600).width(line) + 0.8
                self.pdf.text(at, y - 3, mark, Face(5.4, 600, INK))
            if last and fictitious:
                draw_badge(self.pdf, box.x + indent + Face(size, 600).width(line) + 8, y, 6)
            y += 11
        return y - 2

    def _source_lines(self) -> list[str]:
        origins = dict.fromkeys(
            f"{origin.source}{f' ({origin.licence})' if origin.licence else ''}"
            for origin in self.content.sources
        )
        items = [*origins, self.content.fond_label]
        text = f"{'Source' if len(items) == 1 else 'Sources'}{THIN}: {f'{THIN}; '.join(items)}."
        return wrap(text, Face(6.8, 400, TEXT2), self._area.w)

    def _notes_height(self, first: int) -> float:
        return notes_height(self.notes.since(first), self._area.w)

    def _draw_notes(self, first: int, area: Box) -> None:
        found = self.notes.since(first)
        if not found:
            return
        top = area.bottom - notes_height(found, area.w)
        line = np.array([[area.x, top - 5], [area.right, top - 5]])
        self.pdf.path([line], pen=Pen(LINE, 0.7), closed=False)
        draw_notes(self.pdf, found, Box(area.x, top, area.w, 0))


def _no_births(content: FicheContent) -> str:
    """Return why there is no bar of births."""
    if known(row.births for row in content.communes):
        return "Pas de total pour le territoire, faute de donnée importée pour toutes ses communes."
    return "Pas de donnée de naissances importée."


def _reading(row: ModeRow | None) -> str:
    """Return « Lecture : pour Niortais, 49,0 places sur 74,2 sont chez un assistant maternel. »."""
    if row is None or not row.total.number:
        return ""
    for indicator, value in row.parts:
        if indicator.code == "couv_am" and value.state is ValueState.VALUE:
            places = f"{shown(value)}{NBSP}places sur {shown(row.total)}"
            return f"Lecture{THIN}: pour {row.name}, {places} sont chez un assistant maternel."
    return ""


def _table_height(count: int) -> float:
    """Return the height a table of so many communes would like."""
    rows = count if count <= 12 else -(-count // 2) if count <= 80 else -(-count // 3)
    return HEAD + rows * (11.5 if count <= 80 else 9.0) + 26
