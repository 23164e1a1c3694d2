"""Duties of communes by size: one line a duty, how many communes owe it, the largest of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.french import listing, number, plural, typographic
from ui.widgets.parts import clear, column, picture, row, text

if TYPE_CHECKING:
    from app.domain.conformity import DutyOf
    from ui.theme import Theme

NAMED = 4


class DutiesCard(QWidget):
    """Populations are those in force on the day; the source of each duty is in its hint."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines = QVBoxLayout()
        self.lines.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(text("Obligations selon la taille des communes", "section", wrap=True))
        layout.addLayout(self.lines)

    def show_duties(self, duties: Sequence[DutyOf]) -> None:
        """Show what the communes of a convention owe."""
        clear(self.lines)
        by_code: dict[str, list[DutyOf]] = {}
        for held in duties:
            by_code.setdefault(held.duty.code, []).append(held)
        for held_by in by_code.values():
            self.lines.addLayout(_line(held_by))
        if not by_code:
            self.lines.addWidget(text("Aucune obligation connue à cette date.", "second", wrap=True))


def _line(held: list[DutyOf]) -> QVBoxLayout:
    duty = held[0].duty
    above = f"plus de {number(duty.above)} habitants" if duty.above else "toutes les communes"
    named = [f"{h.name} ({number(h.population)})" for h in held[:NAMED]]
    left = len(held) - NAMED
    names = listing([*named, plural(left, "autre")]) if left > 0 else listing(named)
    title = text(duty.label, "label", wrap=True)
    title.setToolTip(duty.source)
    census = held[0].census_year
    said = f"{above}, {plural(len(held), 'commune')} : {names} ; populations {census}. {duty.source}."
    words = column(title, text(typographic(said), "hint", wrap=True), gap=1)
    mark = picture("building", "texte2", 16)
    line = row(mark, words, gap=8)
    line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    whole = QVBoxLayout()
    whole.addLayout(line)
    return whole
