"""Visit mode: one column, big targets, no network; notes are kept at once, then put away one by one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.french import long_date, number, plural, short_date, typographic
from ui.views import meetings_visit_calls as calls
from ui.widgets.fields import LongTextField
from ui.widgets.parts import Banner, button, centred, clear, fictitious, line, row, text

if TYPE_CHECKING:
    from app.changes import Changes
    from app.services.steering_rows import AgendaRow, DecisionRow, MeetingDetail
    from ui.views.page import Kit

MEASURE = 620
TARGET = 44
GIGABYTE = 1_000_000_000
LOW_SPACE = 1.0
"""Gigabytes under which the free space is said in red."""
STYLE = (
    "QLabel, QPlainTextEdit { font-size: 18px; } QLabel[role=title] { font-size: 26px; } "
    f"QPushButton {{ min-height: {TARGET}px; font-size: 17px; }}"
)


class VisitWindow(QWidget):
    """Nothing but the notes and the photos of the visit can be changed here."""

    def __init__(self, kit: Kit, changed: Callable[[Changes], None], closed: Callable[[], None]) -> None:
        super().__init__()
        self._kit = kit
        self._changed = changed
        self._closed = closed
        self.detail: MeetingDetail | None = None
        self.notes: dict[str, LongTextField] = {}
        self.setWindowTitle("Visite")
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(STYLE)
        self.title = text("", "title", wrap=True)
        self.badge = fictitious()
        self.where = text("", "second", wrap=True)
        self.space = text("", "hint", wrap=True)
        self.banner = Banner()
        self.decisions = QVBoxLayout()
        self.points = QVBoxLayout()
        self.points.setSpacing(12)
        self.away = QVBoxLayout()
        self.away.setSpacing(10)
        self.add = button("Ajouter un point à vérifier", self.add_point, icon="plus")
        self.photo = button("Joindre une photo", self.ask_photos, icon="photo")
        self.tidy = button("Ranger les notes", self.show_away, icon="archive", role="primary")
        self.leave = button("Terminer la visite", self.close, icon="x")
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(self._kit.theme.px(MEASURE))
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 24)
        column.setSpacing(12)
        due = text("Décisions à suivre", "section")
        head = row(self.title, self.badge, gap=10)
        head.setStretch(0, 1)
        column.addLayout(head)
        above: tuple[QWidget, ...] = (self.where, self.space, self.banner, due)
        for part in above:
            column.addWidget(part)
        column.addLayout(self.decisions)
        column.addWidget(text("À vérifier", "section"))
        column.addLayout(self.points)
        below: tuple[QWidget, ...] = (self.add, self.photo, line(), self.tidy)
        for part in below:
            column.addWidget(part)
        column.addLayout(self.away)
        column.addWidget(self.leave)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(centred(inside, 100))

    # -- showing -----------------------------------------------------------------------------------------

    def show_visit(
        self, detail: MeetingDetail, decisions: list[DecisionRow], *, invented: bool = False
    ) -> None:
        """Show a séance as a visit; what is being typed stays. invented: its CTG is not real."""
        self.detail = detail
        self.badge.setVisible(invented)
        held = detail.row
        place = f", {held.place}" if held.place else ""
        self.title.setText(held.title or held.instance)
        self.where.setText(typographic(f"{held.owner_name}. {long_date(held.held_on)}{place}."))
        self._say_space()
        clear(self.decisions)
        for decision in decisions:
            due = f", avant le {short_date(decision.due_on)}" if decision.due_on else ""
            late = f", en retard de {plural(decision.late_days, 'jour')}" if decision.late_days else ""
            said = typographic(f"{decision.text} ({decision.owner or 'sans porteur'}){due}{late}")
            self.decisions.addWidget(text(said, wrap=True, tone="rouge" if late else ""))
        if not decisions:
            self.decisions.addWidget(text("Aucune décision à suivre.", "second"))
        self._show_points(detail.agenda)

    def _say_space(self) -> None:
        free = shutil.disk_usage(self._kit.services.base.path.parent).free / GIGABYTE
        self.space.setText(typographic(f"Tout reste sur ce poste : {number(free, 1)} Go libres."))
        self.space.setProperty("tone", "rouge" if free < LOW_SPACE else "")

    def _show_points(self, agenda: tuple[AgendaRow, ...]) -> None:
        if list(self.notes) != [item.uuid for item in agenda]:
            clear(self.points)
            self.notes = {}
            for item in agenda:
                field = LongTextField(item.title, lines=2, placeholder="Noter ce qui est vu ou dit")
                field.committed.connect(partial(self._note, item.uuid))
                self.notes[item.uuid] = field
                self.points.addWidget(field)
        for item in agenda:
            self.notes[item.uuid].set_value(item.note)

    # -- notes and photos --------------------------------------------------------------------------------

    def _run(self, call: Callable[..., Changes]) -> None:
        self.banner.hide()
        self._kit.runner.write(call, self._changed, refused=self._refused)

    def _refused(self, error: Exception) -> None:
        from app.domain.errors import DomainError
        from ui.errors import sentence

        if isinstance(error, DomainError):
            self.banner.say(sentence(error), "rouge")

    def _note(self, item: str, words: object) -> None:
        self._run(partial(calls.note, self._kit.services, item, str(words or "")))

    def add_point(self) -> None:
        """Add a point to the list of what is to be checked."""
        if self.detail is not None:
            self._run(partial(calls.add_point, self._kit.services, self.detail.row.uuid))

    @staticmethod
    def choose(parent: QWidget) -> list[str]:
        """Ask for pictures; none when the user gives up."""
        kinds = "Images (*.jpg *.jpeg *.png *.heic);;Tous les fichiers (*)"
        return QFileDialog.getOpenFileNames(parent, "Joindre une photo", "", kinds)[0]

    def ask_photos(self) -> None:
        """Attach pictures to the visit, copied beside the base."""
        if self.detail is not None:
            for name in self.choose(self):
                self._run(partial(calls.attach, self._kit.services, self.detail.row.uuid, Path(name)))

    # -- after the visit ---------------------------------------------------------------------------------

    def show_away(self) -> None:
        """Propose a place to each note; nothing is written alone."""
        clear(self.away)
        noted = [(item, field) for item, field in self.notes.items() if field.commit() and field.value]
        if not noted or self.detail is None:
            self.away.addWidget(text("Aucune note à ranger.", "second"))
            return
        for item, field in noted:
            self.away.addWidget(text(typographic(f"« {field.value} »"), wrap=True))
            verbs: list[tuple[str, Callable[..., Changes]]] = [("En décision", calls.to_decision)]
            if self.detail.row.owner_kind == "ctg":
                verbs.append(("En constat de la CTG", calls.to_finding))
            made = [
                button(words, partial(self._put_away, act, item), icon="arrow-right") for words, act in verbs
            ]
            for (words, _), verb in zip(verbs, made, strict=True):
                verb.setAccessibleName(f"{words}\u202f: {field.value}")
            self.away.addLayout(row(*made, gap=10))

    def _put_away(self, act: Callable[..., Changes], item: str, _checked: bool = False) -> None:
        if self.detail is not None:
            words = str(self.notes[item].value)
            self._run(partial(act, self._kit.services, self.detail, item, words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap ends the visit."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was being typed, then tell the page."""
        for field in self.notes.values():
            field.commit()
        self._closed()
        super().closeEvent(event)
