"""« À traiter » and « Ce qui dérive »: the two lists of « Accueil » made of alerts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.domain.alerts import concerns
from app.domain.french import plural
from ui.views.home_history import HistoryBox
from ui.views.home_list import TodoList
from ui.views.home_parts import can_open
from ui.views.home_todo import Group, day_month, drift_lines, todo_groups
from ui.widgets.parts import Card, button, fictitious, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.domain.alerts import Alert, Answer
    from ui.context import Context
    from ui.theme import Theme
    from ui.views.home_data import HomeAlerts

MINE, ALL = "mine", "all"


class TodoCard(Card):
    """What is due, for the territory of the window or the whole Caf, and what was answered."""

    opened = Signal(str, object)
    answered = Signal(object, str, object, str)
    reopened = Signal(object)
    filtered = Signal(str)

    def __init__(self, theme: Theme, *, writable: bool) -> None:
        super().__init__("À traiter")
        self._read: HomeAlerts | None = None
        self._context: Context | None = None
        self.badge = fictitious()
        self.badge.hide()
        self.filter = Segments(((MINE, "Mes dossiers"), (ALL, "Toute la Caf")), "Dossiers à traiter")
        self.filter.hide()
        self.filter.chosen.connect(self._chosen)
        for item in (self.badge, None, self.filter):
            self.head.addStretch(1) if item is None else self.head.addWidget(item)
        self.list = TodoList(theme, writable=writable)
        self.list.opened.connect(self.opened)
        self.list.answered.connect(self.answered)
        self.quiet = text("", "second", wrap=True)
        self.quiet.hide()
        self.history = HistoryBox(theme, writable=writable)
        self.history.reopened.connect(self.reopened)
        self.history.hide()
        self.history_button = button("", self._toggle_history, icon="history", role="link")
        self.history_button.hide()
        for widget in (self.list, self.quiet):
            self.body.addWidget(widget)
        self.body.addLayout(row(self.history_button, None))
        self.body.addWidget(self.history)
        self.body.addStretch(1)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_waiting(self) -> None:
        """Hold the place of the list until it is read; a list already shown stays."""
        if self._read is None:
            self.list.hide()
            self.quiet.setText("Lecture des échéances…")
            self.quiet.show()
        self.show()

    def show_alerts(self, read: HomeAlerts, context: Context, *, several: bool) -> None:
        """Show what was read; several: the base holds more than one département."""
        self._read, self._context = read, context
        self.filter.setVisible(bool(context.epci) or (several and bool(context.departement)))
        self._refresh()

    def kept(self) -> tuple[Alert, ...]:
        """Alerts of the filter in force."""
        if self._read is None:
            return ()
        return tuple(alert for alert in self._read.shown if self._concerns(alert))

    def _concerns(self, alert: Alert) -> bool:
        context = self._context
        if context is None or self._whole():
            return True
        return concerns(alert.subject, context.departement or "", context.epci or "")

    def _whole(self) -> bool:
        return self.filter.isHidden() or self.filter.current == ALL

    def _refresh(self) -> None:
        read = self._read
        if read is None:
            return
        groups = todo_groups(self.kept(), read.tasks, read.on, can_open)
        lines = [line for group in groups for line in group.lines if line.alert is not None]
        invented = [line for line in lines if line.fictitious]
        self.badge.setVisible(bool(lines) and len(invented) == len(lines))
        self.list.show_groups(groups, read.on, badges=0 < len(invented) < len(lines))
        self.list.setVisible(bool(groups))
        self.quiet.setText(self._quiet_words(read))
        self.quiet.setVisible(not lines)
        self._show_history(read)

    def _quiet_words(self, read: HomeAlerts) -> str:
        if read.next_due is None:
            return "Aucune échéance connue."
        return f"Rien à traiter avant le {day_month(read.next_due, read.on)}."

    def _show_history(self, read: HomeAlerts) -> None:
        put_off: Sequence[tuple[Alert, Answer]] = [pair for pair in read.put_off if self._concerns(pair[0])]
        self.history_button.setVisible(bool(read.answers))
        waiting = plural(len(put_off), "reportée ou traitée", "reportées ou traitées")
        words = f"Réponses données\u202f: {waiting}" if put_off else "Réponses données"
        self.history_button.setText(words)
        self.history_button.setAccessibleName(words)
        self.history.show_answers(read)
        if not read.answers:
            self.history.hide()

    def _chosen(self, code: str) -> None:
        self._refresh()
        self.filtered.emit(code)

    def _toggle_history(self) -> None:
        self.history.setVisible(self.history.isHidden())

    def focus_first(self) -> None:
        """Give the keyboard to the first line."""
        if self.list.rows:
            self.list.rows[0].main.setFocus(Qt.FocusReason.OtherFocusReason)


class DriftCard(Card):
    """What drifts, then the data that are too old or disagree; hidden while nothing is known."""

    opened = Signal(str, object)
    answered = Signal(object, str, object, str)

    def __init__(self, theme: Theme, *, writable: bool) -> None:
        super().__init__("Ce qui dérive")
        self.badge = fictitious()
        self.badge.hide()
        self.head.addWidget(self.badge)
        self.head.addStretch(1)
        self.list = TodoList(theme, writable=writable)
        self.list.opened.connect(self.opened)
        self.list.answered.connect(self.answered)
        self.quiet = text("Rien ne dérive.", "second")
        self.body.addWidget(self.list)
        self.body.addWidget(self.quiet)
        self.hide()

    def show_alerts(self, alerts: Sequence[Alert], on: datetime.date) -> None:
        """Show these alerts."""
        lines = drift_lines(alerts, can_open)
        invented = [line for line in lines if line.fictitious]
        self.badge.setVisible(bool(lines) and len(invented) == len(lines))
        groups = (Group("drift", "", lines),) if lines else ()
        self.list.show_groups(groups, on, badges=0 < len(invented) < len(lines))
        self.list.setVisible(bool(lines))
        self.quiet.setVisible(not lines)
        self.show()

    def focus_first(self) -> None:
        """Give the keyboard to the first line."""
        if self.list.rows:
            self.list.rows[0].main.setFocus(Qt.FocusReason.OtherFocusReason)
