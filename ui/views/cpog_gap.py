"""The gap of a year: its cause, its origin, what was decided; written as one goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.domain.cpog_codes import Origin
from app.domain.french import long_date
from app.services.cpog_rows import GapRow
from ui import labels_cpog
from ui.views.cpog_writing import Writer
from ui.widgets.fields import LongTextField, TextField
from ui.widgets.parts import row, set_tone, text
from ui.widgets.segments import Segments


class OriginChoice(Segments):
    """Three exclusive origins, none of them chosen at first."""

    def __init__(self) -> None:
        super().__init__([(code, labels_cpog.ORIGIN[code]) for code in Origin], "Origine de l’écart")
        for place in range(len(self._codes)):
            self._group.button(place).setProperty("dense", True)
        self.choose(None)

    def choose(self, origin: Origin | None) -> None:
        """Show an origin, or none."""
        self._group.setExclusive(False)
        for place, code in enumerate(self._codes):
            self._group.button(place).setChecked(code == origin)
        self._group.setExclusive(True)

    @property
    def origin(self) -> Origin | None:
        """The origin chosen."""
        place = self._group.checkedId()
        return Origin(self._codes[place]) if place >= 0 else None


class GapEditor(QWidget):
    """One gap at a time, that of the year first."""

    year_asked = Signal(int)

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._gaps: tuple[GapRow, ...] = ()
        self._gap: GapRow | None = None
        self.title = text("", "section")
        self.periods = QComboBox()
        self.periods.setProperty("role", "flat")
        self.periods.setAccessibleName("Année de l’écart")
        self.difference = text("", "strong")
        self.origin = OriginChoice()
        self.cause = LongTextField("Cause", lines=2)
        self.action = LongTextField("Action décidée", lines=1)
        self.author = TextField("Fonction de l’auteur")
        self.missing = text("", "hint", tone="ocre", wrap=True)
        self.signed = text("", "hint", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self.title, self.periods, None, self.difference))
        for part in (self.origin, self.missing, self.cause, self.action, self.author, self.signed):
            layout.addWidget(part)
        self.periods.activated.connect(self._period_chosen)
        self.origin.chosen.connect(lambda _code: self.write())
        for field in (self.cause, self.action, self.author):
            field.committed.connect(lambda _value: self.write())

    def show_gaps(self, gaps: Sequence[GapRow], year: int, *, neutral: bool) -> None:
        """Show the gap of a year, else the last one; hidden when there is none."""
        self._gaps = tuple(gaps)
        self.setVisible(bool(gaps))
        if not gaps:
            self._gap = None
            return
        chosen = next((g for g in gaps if g.period.year == year and not g.period.quarter), gaps[-1])
        self.periods.clear()
        for gap in gaps:
            self.periods.addItem(gap.period.label)
        self.periods.setCurrentIndex(self._gaps.index(chosen))
        self.periods.setVisible(len(gaps) > 1)
        self._show(chosen, neutral=neutral)

    def _show(self, gap: GapRow, *, neutral: bool) -> None:
        other = self._gap is None or (self._gap.indicator_uuid, self._gap.period) != (
            gap.indicator_uuid,
            gap.period,
        )
        self._gap = gap
        self.title.setText("Écart de" if len(self._gaps) > 1 else f"Écart de {gap.period.label}")
        self.difference.setText(gap.difference_text)
        set_tone(self.difference, "rouge" if gap.adverse and not neutral else "")
        if other or gap.explained:
            self.origin.choose(gap.origin)
        for field, value in ((self.cause, gap.cause), (self.action, gap.action), (self.author, gap.author)):
            if other or gap.explained:
                field.set_value(value)
        self.author.edit.setCursorPosition(0)
        self.signed.setText(f"Écrit le {long_date(gap.written_on)}" if gap.written_on else "")
        self.signed.setVisible(bool(gap.written_on))
        self._say_missing()

    def _say_missing(self) -> None:
        if self._gap is not None and self._gap.explained:
            self.missing.hide()
            return
        cause, origin = bool(self.cause.read()), self.origin.origin is not None
        words = "À expliquer : cause et origine avant l’arrêté du bilan."
        if cause and not origin:
            words = "Il manque l’origine pour que l’explication soit écrite."
        if origin and not cause:
            words = "Il manque la cause pour que l’explication soit écrite."
        self.missing.setText(words.replace(" :", "\u202f:"))
        self.missing.show()

    def write(self) -> None:
        """Write the explanation once cause and origin are there."""
        gap = self._gap
        if gap is None:
            return
        cause, origin = self.cause.read(), self.origin.origin
        self._say_missing()
        if cause and origin is not None:
            self._writer.write(
                "explain",
                gap.indicator_uuid,
                gap.period,
                cause,
                origin,
                self.action.read(),
                self.author.read(),
            )

    def flush(self) -> None:
        """Write what is being typed."""
        for field in (self.cause, self.action, self.author):
            if field.isVisible():
                field.commit()

    def _period_chosen(self, place: int) -> None:
        self.flush()
        self._show(self._gaps[place], neutral=False)
