"""Right side of a fiche: its state, how far it is, where, what result, what it is linked to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.action import NEEDS_REASON, ActionState
from app.domain.ctg_sentences import decided_text, progress_text
from app.domain.ctg_words import ACTION_STATE
from app.domain.french import number, plural, short_date
from ui import icons
from ui import labels_plan as labels
from ui.theme import Theme
from ui.views.action_public import concerned
from ui.widgets.action_result_line import ResultLine
from ui.widgets.mini_map import MiniMapView
from ui.widgets.parts import Picture, button, clear, icon_button, line, row, text
from ui.widgets.plan_tree_draw import draw_segments

if TYPE_CHECKING:
    from app.domain.action import Progress
    from ui.views.action_calls import ActionRead, Linked
    from ui.widgets.mini_map import MiniMap

MAP_HEIGHT = 130
LINK_ICONS = {
    "sdsf": "sitemap", "cpog": "target-arrow", "cog": "target-arrow", "conformity": "clipboard-list",
    "commitment": "users", "decision": "gavel",
}  # fmt: skip
OTHERS = (
    ActionState.TO_START, ActionState.RUNNING, ActionState.DONE, ActionState.CONDITIONAL,
    ActionState.DESCHEDULED, ActionState.DROPPED,
)  # fmt: skip


class SegmentLine(QWidget):
    """Étapes as segments."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._progress: Progress | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A short line."""
        return QSize(self._theme.px(150), self._theme.px(18))

    def show_progress(self, progress: Progress) -> None:
        """Show another progress."""
        self._progress = progress
        self.setVisible(bool(progress.total))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the segments and « 2/4 »."""
        if self._progress is not None and self._progress.total:
            box = QRect(0, 0, self.width() + self._theme.px(14), self.height())
            draw_segments(QPainter(self), self._theme, box, self._progress.done, self._progress.total)


class ActionSummary(QWidget):
    """What is known at a glance; verbs ask the view."""

    state_asked = Signal(str)
    progress_asked = Signal()
    link_asked = Signal()
    unlink_asked = Signal(str)
    section_asked = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self._build_state()
        self._build_place()
        self._build_links()
        self.column.addStretch(1)

    def _build_state(self) -> None:
        self.shape = Picture("circle", "texte3", 18)
        self.state = text("", "label")
        self.segments = SegmentLine(self._theme)
        self.progress = text("", "second", wrap=True)
        self.late = text("", "", tone="rouge", wrap=True)
        self.decided = text("", "hint", wrap=True)
        self.postpone = button(labels.VERB[ActionState.POSTPONED], self._postpone, icon="clock-pause")
        self.other = _menu_button("Autre état")
        self.correct = button("Corriger l’avancement", self.progress_asked.emit, role="link")
        self.column.addLayout(row(text("État", "section"), None, self.shape, self.state, gap=6))
        for part in (self.segments, self.progress, self.late, self.decided):
            self.column.addWidget(part)
        self.column.addLayout(row(self.postpone, self.other, None))
        self.column.addLayout(row(self.correct, None))
        self.column.addWidget(line())

    def _build_place(self) -> None:
        self.where = text("", "strong")
        self.map = MiniMapView(self._theme)
        self.map.setFixedHeight(self._theme.px(MAP_HEIGHT))
        self.map.asked.connect(partial(self.section_asked.emit, "publics"))
        self.column.addLayout(row(text("Communes concernées", "hint"), None, self.where))
        self.column.addWidget(self.map)
        self.column.addWidget(line())
        self.result = text("", "label", wrap=True)
        self.result_line = ResultLine(self._theme)
        self.column.addWidget(text("Résultat attendu", "hint"))
        self.column.addWidget(self.result)
        self.column.addWidget(self.result_line)
        self.column.addWidget(line())

    def _build_links(self) -> None:
        add = icon_button("plus", "Relier la fiche", self.link_asked.emit)
        self.column.addLayout(row(text("Reliée à", "hint"), None, add))
        self.links = QVBoxLayout()
        self.links.setSpacing(4)
        self.column.addLayout(self.links)
        self.more = QVBoxLayout()
        self.more.setSpacing(6)
        self.column.addLayout(self.more)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_read(self, read: ActionRead) -> None:
        """Show another fiche."""
        fiche = read.detail.row
        icon, token = labels.LOOK[fiche.status]
        self.shape.change(icon, token)
        self.state.setText(ACTION_STATE[fiche.status])
        self.segments.show_progress(fiche.progress)
        self._say_progress(read)
        self._say_late(read)
        self._say_decided(read)
        self._fill_states(fiche.status)
        self._show_place(read)
        self._show_links(read)
        self._show_more(read)

    def _say_progress(self, read: ActionRead) -> None:
        words = progress_text(read.detail.row.progress)
        if read.detail.row.progress.overridden:
            words = f"{words}. {read.detail.progress_reason}"
        self.progress.setText(words)

    def _say_late(self, read: ActionRead) -> None:
        fiche = read.detail.row
        late = [(at, step.late_days) for at, step in enumerate(read.detail.steps, 1) if step.late_days]
        said = ""
        if fiche.late_days and late:
            said = f"Étape {late[0][0]} {labels.late(late[0][1])}"
            if len(late) > 1:
                said += f", {plural(len(late) - 1, 'autre étape', 'autres étapes')} en retard"
        elif fiche.late_days:
            said = f"Échéance passée depuis {plural(fiche.late_days, 'jour')}"
        self.late.setText(f"▲\u00a0{said}" if said else "")
        self.late.setVisible(bool(said))

    def _say_decided(self, read: ActionRead) -> None:
        status = read.detail.row.status
        last = next((one for one in reversed(read.detail.statuses) if one.after is status), None)
        known = last is not None and status in NEEDS_REASON
        said = decided_text(last.reason, last.decider, last.decided_on) if last and known else ""
        self.decided.setText(said)
        self.decided.setVisible(bool(said))

    def _fill_states(self, status: ActionState) -> None:
        menu = self.other.menu()
        menu.clear()
        for state in OTHERS:
            if state is not status:
                menu.addAction(icons.icon(*labels.LOOK[state]), labels.VERB[state],
                               partial(self.state_asked.emit, state.value))  # fmt: skip
        self.postpone.setEnabled(status is not ActionState.DONE)

    def set_compact(self, compact: bool) -> None:
        """Verbs lose their shape in a narrow panel."""
        self.postpone.setIcon(QIcon() if compact else icons.icon("clock-pause"))
        for made in (self.postpone, self.other):
            made.setProperty("dense", compact)
            made.style().polish(made)

    def _postpone(self) -> None:
        self.state_asked.emit(ActionState.POSTPONED.value)

    def _show_place(self, read: ActionRead) -> None:
        count, whole = concerned(read)
        words = f"{number(count)} sur {number(whole)}"
        self.where.setText(words)
        self.map.setAccessibleName(f"Communes concernées\u202f: {words}, choisir les communes")
        first = next(iter(read.detail.indicators), None)
        self.result.setText(first.label if first else read.detail.expected_result or "À dire")
        self.result_line.setVisible(first is not None)
        self.result_line.show_row(first)

    def show_map(self, shown: MiniMap | None) -> None:
        """Show the map once it is drawn."""
        self.map.show_map(shown)

    def _show_links(self, read: ActionRead) -> None:
        clear(self.links)
        for linked in read.linked:
            self.links.addWidget(LinkChip(linked, self.unlink_asked.emit))
        if not read.linked:
            self.links.addWidget(text("Rien pour l’instant.", "hint"))

    def _show_more(self, read: ActionRead) -> None:
        clear(self.more)
        if read.detail.decisions:
            self.more.addWidget(line())
            self.more.addWidget(text("Décisions de comité", "hint"))
        for _uuid, words, due, done in read.detail.decisions:
            when = f", faite le {short_date(done)}" if done else f", pour le {short_date(due)}" if due else ""
            self.more.addWidget(text(f"{words}{when}", "second", wrap=True))
        if read.retex:
            self.more.addWidget(line())
            self.more.addWidget(text("Appris de fiches semblables", "hint"))
        for hit in read.retex:
            opener = button(hit.title, partial(self.opened.emit, hit.action_uuid), role="link")
            opener.setToolTip(f"{hit.title}, {hit.ctg_name}")
            opener.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.more.addWidget(opener)
            self.more.addWidget(text(hit.retex, "second", wrap=True))


class LinkChip(QFrame):
    """One link: shape, words, and its removal."""

    def __init__(self, linked: Linked, unlink: Callable[[str], None]) -> None:
        super().__init__()
        self.setProperty("role", "lane")
        icon = LINK_ICONS.get(linked.kind.split("_")[0], "link")
        words = text(linked.words, "second", wrap=True)
        self.setToolTip(linked.hint)
        cut = icon_button(
            "x", f"Retirer le lien\u202f: {linked.words}", partial(unlink, linked.uuid), size=14
        )
        cut.setFixedSize(28, 28)
        layout = row(Picture(icon, "texte2", 16), words, cut, gap=6)
        layout.setStretch(1, 1)
        layout.setContentsMargins(8, 2, 2, 2)
        self.setLayout(layout)


def _menu_button(words: str) -> QPushButton:
    made = button(words)
    made.setMenu(QMenu(made))
    return made
