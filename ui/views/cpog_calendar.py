"""« Calendrier »: deadlines of the contracts, kept or not, in this page and in other calendars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.domain.cpog_calendar import DeadlineRule
from app.domain.french import plural, short_date
from app.services.cpog_reading import today
from app.services.cpog_rows import DeadlineRow
from ui.models.table import Column
from ui.views.cpog_parts import CpogView, PaperWriter
from ui.views.cpog_writing import Writer
from ui.views.data_parts import FittedTable
from ui.widgets.fields import CheckField, NumberField
from ui.widgets.parts import Banner, button, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.views.cpog_focus import CpogFocus
    from ui.views.page import Kit

PANEL = 268
NEXT, LATE, ALL = "next", "late", "all"
RECENT = 400
"""Days after which an open deadline of a past contract is only in « Toutes »."""


def when(found: DeadlineRow) -> str:
    """« dans 12 jours », « en retard de 3 jours », « tenue le 30/04/2025 »."""
    if found.done_on is not None:
        return f"tenue le {short_date(found.done_on)}"
    if found.days == 0:
        return "aujourd’hui"
    return (
        f"en retard de {plural(-found.days, 'jour')}" if found.late else f"dans {plural(found.days, 'jour')}"
    )


def _tone(found: DeadlineRow) -> str:
    return "vert" if found.done_on else "rouge" if found.late else ""


COLUMNS: tuple[Column[DeadlineRow], ...] = (
    Column("Date", lambda found: found.due_on),
    Column("Échéance", lambda found: found.label),
    Column("Sur", lambda found: f"T{found.quarter} {found.year}" if found.quarter else str(found.year)),
    Column("CPOG", lambda found: found.cpog_code),
    Column("Où en est-on ?".replace(" ?", "\u202f?"), when, tone=_tone),
)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Deadlines and the rules they come from."""

    rows: tuple[DeadlineRow, ...]
    rules: dict[str, DeadlineRule]


class CalendarView(CpogView):
    """Every contract at once; Espace marks a deadline as kept, or opens it again."""

    by_year = False

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__(kit, focus)
        self._agenda = Agenda((), {})
        self.banner = Banner()
        self._writer = Writer(kit, self.banner, self)
        self._paper = PaperWriter(kit, self, self.banner)
        self.shown = Segments([(NEXT, "À venir"), (LATE, "En retard"), (ALL, "Toutes")], "Échéances montrées")
        self.count = text("", "second")
        self.done = button("Marquer tenue", self.toggle_done, icon="calendar-check")
        self.export = button("Exporter iCalendar", self.write_ical, icon="download")
        self.table = FittedTable(kit.theme, COLUMNS, "Échéances des CPOG", flexible=(1,))
        self.table.setProperty("role", "framed")
        self.panel = QFrame()
        self.panel.setProperty("role", "card")
        self.panel.setFixedWidth(kit.theme.px(PANEL))
        self.rule_title = text("", "section", wrap=True)
        self.day = NumberField("Jour", least=1, required=True)
        self.month = NumberField("Mois", least=1, required=True)
        self.active = CheckField("Échéance suivie")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self.panel)
        inner.setContentsMargins(16, 14, 16, 14)
        inner.setSpacing(10)
        inner.addWidget(self.rule_title)
        inner.addWidget(text("La date vaut pour chaque année et chaque CPOG de la base.", "hint", wrap=True))
        inner.addLayout(row(self.day, self.month))
        inner.addWidget(self.active)
        inner.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 14)
        layout.setSpacing(10)
        layout.addLayout(row(self.shown, 8, self.count, None, self.done, self.export))
        layout.addWidget(self.banner)
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(self.table, 1)
        both.addWidget(self.panel)
        layout.addLayout(both, 1)

    def _wire(self) -> None:
        self.shown.chosen.connect(lambda _code: self._keep())
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _row: self.toggle_done())
        for field in (self.day, self.month, self.active):
            field.committed.connect(lambda _value: self._save_rule())
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self.toggle_done)

    # -- content -----------------------------------------------------------------------------------------

    def question(self) -> Callable[[Progress], Agenda]:
        """Read the deadlines."""
        return partial(_read, self.kit.services)

    def show_answer(self, agenda: Agenda) -> None:
        """Show the deadlines; those late first if there are some, else those to come."""
        self._agenda = agenda
        late = [found for found in agenda.rows if found.late and found.days > -RECENT]
        self.shown.set_label(LATE, f"En retard ({len(late)})")
        here = self.table.currentIndex().row()
        self._keep()
        if self.table.proxy.rowCount():
            self.table.setCurrentIndex(
                self.table.proxy.index(min(max(here, 0), self.table.proxy.rowCount() - 1), 0)
            )
            self._chosen(self.table.current_row())

    def _keep(self) -> None:
        which = self.shown.current
        self.table.show_rows([found for found in self._agenda.rows if _is_kept(found, which)])
        self.count.setText(plural(self.table.proxy.rowCount(), "échéance"))
        if self.table.proxy.rowCount():
            self.table.setCurrentIndex(self.table.proxy.index(0, 0))

    def _chosen(self, found: DeadlineRow | None) -> None:
        rule = self._agenda.rules.get(found.code) if found is not None else None
        self.done.setEnabled(found is not None)
        self.panel.setVisible(rule is not None)
        if found is None or rule is None:
            return
        words = "Rouvrir" if found.done_on else "Marquer tenue"
        self.done.setText(words)
        self.done.setAccessibleName(words)
        self.rule_title.setText(rule.label)
        self.day.set_value(rule.day)
        self.month.set_value(rule.month)
        self.active.set_value(rule.active)

    # -- writing -----------------------------------------------------------------------------------------

    def toggle_done(self) -> None:
        """Mark the deadline as kept today, or open it again."""
        found: DeadlineRow | None = self.table.current_row()
        if found is None:
            return
        if found.done_on is not None:
            self._writer.write("unmark", found.cpog_uuid, found.code, found.year)
        else:
            self._writer.write("mark_done", found.cpog_uuid, found.code, found.year, today())

    def _save_rule(self) -> None:
        found: DeadlineRow | None = self.table.current_row()
        if found is None or self.day.value is None or self.month.value is None:
            return
        rule = self._agenda.rules[found.code]
        changed = replace(
            rule, day=int(self.day.value), month=int(self.month.value), active=bool(self.active.value)
        )
        if changed != rule:
            self._writer.write("save_deadline", changed)

    def write_ical(self) -> None:
        """Write the deadlines to come for another calendar."""
        self._paper.write("Échéances des CPOG", "echeances-cpog", ".ics", partial(_ical, self.kit.services))


def _is_kept(found: DeadlineRow, which: str) -> bool:
    if which == NEXT:
        return found.days >= 0
    return which == ALL or (found.late and found.days > -RECENT)


def _read(services: Services, _progress: Progress) -> Agenda:
    return Agenda(
        tuple(services.cpog.calendar()), {rule.code: rule for rule in services.cpog.deadline_rules()}
    )


def _ical(services: Services, path: Path, _progress: Progress) -> None:
    services.cpog.write_ical(path)
