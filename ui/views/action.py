"""The editor of a fiche action: its sections, one document, its summary."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from ui.errors import sentence
from ui.folders import open_folder
from ui.views import action_calls as calls
from ui.views.action_body import OPTIONAL, WORDS, ActionBody, ActionHead
from ui.views.action_forms import SideForms
from ui.views.action_parts import Write
from ui.views.action_summary import ActionSummary
from ui.views.page import Kit
from ui.widgets.action_communes import communes_map
from ui.widgets.action_nav import ActionNav
from ui.widgets.parts import Banner

if TYPE_CHECKING:
    from app.changes import Changes
    from ui.tasks import Task
    from ui.views.action_calls import ActionRead
    from ui.views.action_history import ActionHistory

NAV, NAV_COMPACT = 216, 204
SIDE, SIDE_COMPACT = 290, 252
LEAST = 430
"""Pixels at 100 % that the document needs."""


class ActionView(QWidget):
    """`closed` carries the convention to come back to, empty when it is not known."""

    own_margins = True
    closed = Signal(str)
    title = "Fiche action"

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.action = ""
        self.read: ActionRead | None = None
        self._reading: Task | None = None
        self._map_of: tuple[object, ...] = ()
        self._history: ActionHistory | None = None
        self._build()
        self._lay_out()
        self._wire()

    def _build(self) -> None:
        exports = [("Une page PDF…", "file-text", partial(self.ask_export, ".pdf")),
                   ("Une page Word…", "file-description", partial(self.ask_export, ".docx"))]  # fmt: skip
        self.head = ActionHead(self, exports, [("Supprimer la fiche", "trash", self.remove)])
        self.body = ActionBody(self, self.head)
        self.nav = ActionNav(list(WORDS.items()))
        self.summary = ActionSummary(self.kit.theme)
        self.side = SideForms(self, self.summary)
        self.banner = Banner()

    def _lay_out(self) -> None:
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.centre = QStackedWidget()
        self.centre.addWidget(self.body)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.banner)
        middle.addWidget(self.centre, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.nav)
        layout.addLayout(middle, 1)
        layout.addWidget(self.side)
        self.set_compact(False, False)

    def _wire(self) -> None:
        self.nav.left.connect(self.leave)
        self.nav.chosen.connect(self._go_to)
        self.nav.asked.connect(self.show_action)
        self.body.read_section.connect(self.nav.mark)
        self.summary.opened.connect(self.show_action)
        self.summary.section_asked.connect(self._go_to)
        self.head.history.clicked.connect(self.show_history)
        self.head.details.toggled.connect(lambda _on: self._fit())
        for keys, act in (
            ("Alt+PgUp", partial(self.nav.step, "before")),
            ("Alt+PgDown", partial(self.nav.step, "after")),
            ("Ctrl+E", partial(self.ask_export, ".pdf")),
            ("Esc", self.leave),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- reading -----------------------------------------------------------------------------------------

    def show_action(self, uuid: str) -> None:
        """Show a fiche from its title."""
        if uuid != self.action:
            self.action, self.read = uuid, None
            self.banner.hide()
            self.side.show_summary()
            self.show_history(False)
        self.reload()

    def reload(self) -> None:
        """Read again; what is shown and what is being typed stay until then."""
        if not self.action:
            return
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(calls.read_action, self.kit.services, self.action)
        self._reading = self.kit.runner.read(call, self._show, refused=self._gone)

    def _show(self, read: ActionRead) -> None:
        first = self.read is None
        self.read = read
        detail = read.detail
        self.setAccessibleName(f"Fiche {detail.row.number}, {detail.row.title}")
        self.body.show_read(read)
        self.summary.show_read(read)
        self.nav.show_neighbours(detail.before, detail.after)
        filled = {**dict(detail.sections), "retex": bool(detail.retex)}
        self.nav.show_states(filled, OPTIONAL, WORDS)
        if first:
            self.body.to_top()
            self.nav.mark("identite")
            self.nav.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read_map(read)
        if self._history is not None and self.centre.currentWidget() is self._history:
            self._history.reload()

    def _read_map(self, read: ActionRead) -> None:
        """Draw the map when its communes are other ones."""
        whole = frozenset(member.code for member in read.ctg.members)
        wanted = (whole, read.detail.communes)
        if wanted != self._map_of:
            self._map_of = wanted
            call = partial(communes_map, self.kit.services, whole, read.detail.communes)
            self.kit.runner.read(call, self.summary.show_map)

    def _gone(self, error: DomainError) -> None:
        """The fiche is not there any more: an action was undone, or it was removed."""
        self.kit.notify(sentence(error))
        self.leave()

    # -- writing -----------------------------------------------------------------------------------------

    def write(self, call: Write, refused: Callable[[DomainError], None] | None = None) -> None:
        """Run a write; refused gets the error instead of the banner."""
        self.kit.runner.write(call, self.changed, refused=refused or self.refused)

    def changed(self, changes: Changes) -> None:
        """Tell the window what changed."""
        self.banner.hide()
        if changes.topics:
            self.kit.hub.changed.emit(changes)

    def refused(self, error: DomainError) -> None:
        """Say why, and show again what the base holds."""
        self.banner.say(sentence(error), "rouge")
        self.reload()

    def remove(self) -> None:
        """Remove the fiche and come back to the plan; Ctrl+Z brings it back."""
        call = partial(calls.remove_action, self.kit.services, self.action)
        self.kit.runner.write(call, self._removed, refused=self.refused)

    def _removed(self, changes: Changes) -> None:
        title = self.read.detail.row.title if self.read is not None else ""
        self.leave()
        self.action, self.read = "", None
        self.kit.hub.changed.emit(changes)
        self.kit.notify(f"Fiche «\u202f{title}\u202f» supprimée. Ctrl+Z la ramène.")

    # -- around ------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Come back: from a form to the summary, from the history to the fiche, then to the plan."""
        if self.side.form is not None:
            self.side.show_summary()
        elif self.centre.currentWidget() is not self.body:
            self.show_history(False)
        else:
            self.closed.emit(self.read.ctg.row.uuid if self.read is not None else "")

    def _go_to(self, code: str) -> None:
        self.show_history(False)
        self.body.go_to(code)

    def show_history(self, shown: bool = True) -> None:
        """Show the history in place of the document, or the document again."""
        self.head.history.setChecked(shown)
        if not shown:
            self.centre.setCurrentWidget(self.body)
            return
        if self._history is None:
            from ui.views.action_history import ActionHistory

            self._history = ActionHistory(self)
            self._history.closed.connect(partial(self.show_history, False))
            self.centre.addWidget(self._history)
        self.centre.setCurrentWidget(self._history)
        self._history.reload()
        self._history.first.setFocus()

    # -- paper -------------------------------------------------------------------------------------------

    def choose_path(self, proposed: str, suffix: str) -> str:
        """Ask where to write."""
        from PySide6.QtWidgets import QFileDialog

        kind = {".pdf": "PDF", ".docx": "Word"}[suffix]
        return QFileDialog.getSaveFileName(self, "Exporter la fiche", proposed, f"{kind} (*{suffix})")[0]

    def ask_export(self, suffix: str) -> None:
        """Write the fiche on one page."""
        if self.read is None:
            return
        folder = self.kit.services.base.path.parent
        name = f"fiche_{self.read.detail.row.number}{suffix}"
        chosen = self.choose_path(str(folder / name), suffix)
        if chosen:
            path = Path(chosen).with_suffix(suffix)
            call = partial(calls.export, self.kit.services, self.action, path)
            self.kit.runner.read(call, self._exported, name="Export de la fiche", refused=self._not_exported)

    def _exported(self, path: Path) -> None:
        self.kit.notify(
            f"Fiche exportée\u202f: {path.name}.", "Ouvrir le dossier", partial(open_folder, path.parent)
        )

    def _not_exported(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")

    # -- frame -------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A panel gives way when the document lacks room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The summary opens with « Résumé » when the three do not hold; the list gives it its place."""
        least = self.kit.theme.px(LEAST)
        narrow = self.width() - self.nav.width() - self.side.width() < least
        asked = self.head.details.isChecked()
        self.head.details.setVisible(narrow)
        self.side.setVisible(not narrow or asked)
        self.nav.setVisible(not narrow or (not asked and self.width() - self.nav.width() >= least))

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        px = self.kit.theme.px
        self.nav.setFixedWidth(px(NAV_COMPACT if compact else NAV))
        self.side.setFixedWidth(px(SIDE_COMPACT if compact else SIDE))
        self._fit()
        self.body.set_compact(compact, low)
        self.summary.set_compact(compact)
