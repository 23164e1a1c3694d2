"""« Suivi annuel »: what marked each year, and what to watch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.ctg_together import Cell
from ui.errors import sentence
from ui.views import action_calls as calls
from ui.views.action_parts import Desk, Section, quieten
from ui.widgets.fields import Field, LongTextField
from ui.widgets.parts import button, row, text

if TYPE_CHECKING:
    from app.domain.errors import DomainError
    from ui.views.action_calls import ActionRead


class YearBlock(QWidget):
    """A year: two texts, written as one goes."""

    def __init__(self, desk: Desk, year: int) -> None:
        super().__init__()
        self.desk = desk
        self.year = year
        self.highlights = LongTextField("Faits marquants", lines=2)
        self.vigilance = LongTextField("Points de vigilance", lines=2)
        self._fields: dict[str, Field] = {"highlights": self.highlights, "vigilance": self.vigilance}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(text(str(year), "strong"))
        both = row(self.highlights, self.vigilance, gap=16)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        layout.addLayout(both)
        for name, field in self._fields.items():
            quieten(field)
            field.control.setAccessibleName(f"{field.label.text()}, {year}")
            field.committed.connect(partial(self._committed, name))

    def show_texts(self, highlights: str, vigilance: str) -> None:
        """Show what is held."""
        for field, held in ((self.highlights, highlights), (self.vigilance, vigilance)):
            if not field.refused:
                field.set_value(held)

    def _committed(self, name: str, value: Any) -> None:
        cell = Cell("year", self.desk.action, {"year": self.year}, {name: value or ""})
        call = partial(calls.set_cells, self.desk.kit.services, [cell])
        self.desk.write(call, partial(self._refused, name))

    def _refused(self, name: str, error: DomainError) -> None:
        self._fields[name].refuse(sentence(error))


class YearSection(Section):
    """Years already told, and the one under way; « Ajouter » opens another one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("suivi", "Suivi annuel", desk)
        self.blocks: dict[int, YearBlock] = {}
        self._opened: set[int] = set()
        self._place = QVBoxLayout()
        self._place.setSpacing(10)
        self.body.addLayout(self._place)
        self.add = button("", self._open_next, icon="plus", role="link")
        self.body.addLayout(row(self.add, None))

    def show_read(self, read: ActionRead) -> None:
        """Show the years of a fiche."""
        if self.read is None or self.read.uuid != read.uuid:
            self._opened = set()
        super().show_read(read)
        self._fill()

    def _fill(self) -> None:
        read = self.read
        if read is None:
            return
        held = {year.year: year for year in read.detail.years}
        years = sorted({*held, *self._opened})
        if list(self.blocks) != years or any(b.desk.action != read.uuid for b in self.blocks.values()):
            for block in self.blocks.values():
                block.hide()
                block.deleteLater()
            self.blocks = {year: YearBlock(self.desk, year) for year in years}
            for block in self.blocks.values():
                self._place.addWidget(block)
        for year, block in self.blocks.items():
            told = held.get(year)
            block.show_texts(told.highlights if told else "", told.vigilance if told else "")
        following = self._next()
        self.add.setVisible(following is not None)
        self.add.setText(f"Ajouter l’année {following}")
        self.add.setAccessibleName(self.add.text())

    def _next(self) -> int | None:
        """The first year of the plan that is not told, not after this one."""
        if self.read is None:
            return None
        missing = [year for year in self.read.years if year not in self.blocks]
        past = [year for year in missing if year <= self.read.today.year]
        return next(iter([*past, *missing]), None)

    def _open_next(self) -> None:
        year = self._next()
        if year is not None:
            self._opened.add(year)
            self._fill()
            self.blocks[year].highlights.control.setFocus()
