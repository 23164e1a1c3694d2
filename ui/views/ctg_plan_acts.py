"""What one does with a plan: add, rename, move, change the state, copy, remove; each act is one write."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.domain.action import ActionState, NodeKind
from app.domain.ctg_words import ACTION_STATE
from app.domain.errors import DomainError
from app.domain.french import plural, typographic
from ui import icons
from ui import labels_plan as labels
from ui.views import ctg_plan_calls as calls
from ui.views.writing import Writes
from ui.widgets.action_status_form import StatusWish, needs_form
from ui.widgets.plan_tree_items import ACTION, GROUP, Line

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.maillage import Gap
    from app.services.ctg_rows import Created
    from ui.views.page import Kit

NEW = {
    "enjeu": "Nouvel enjeu",
    "strategique": "Nouvel objectif stratégique",
    "operationnel": "Nouvel objectif opérationnel",
}
PARENTS: dict[str, tuple[str, ...]] = {
    "enjeu": (), "strategique": ("enjeu",), "operationnel": ("strategique", "enjeu"),
}  # fmt: skip
"""Levels that hold each level, the best first."""


class PlanActs(Writes, QWidget):
    """The half of PlanView that writes; the other half reads and shows."""

    ctg: str
    read: Any
    tree: Any
    kanban: Any
    side: Any
    banner: Any
    bar: Any
    views: Any
    status_form: Any
    copy_form: Any
    gap_form: Any

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self._made = ""
        """Thing just made, to be named once it is shown."""

    # -- import --------------------------------------------------------------------------------------

    def ask_import(self) -> None:
        """Ask for a table; the wizard reads it for this CTG, whose column it need not have."""
        chosen = self.choose_file(self)
        if chosen:
            path = Path(chosen)
            self.kit.services.ctg.import_into(path, self.ctg)
            self.kit.navigate("data", files=[path])

    @staticmethod
    def choose_file(parent: QWidget) -> str:
        """Ask for a file; empty when the user gives up."""
        kinds = "Tableaux (*.xlsx *.csv *.ods *.xls);;Tous les fichiers (*)"
        return QFileDialog.getOpenFileName(parent, "Importer un plan d’action", "", kinds)[0]

    def wire_acts(self) -> None:
        """Connect what asks for a write."""
        self.tree.shifted.connect(self._move)
        self.tree.plan.renamed.connect(self._rename)
        self.tree.removal_asked.connect(self._remove)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.kanban.wanted.connect(self._want_state)
        self.status_form.asked.connect(self._set_status)
        self.copy_form.asked.connect(self._copy)
        self.gap_form.asked.connect(self._from_gap)
        for form in (self.status_form, self.copy_form, self.gap_form):
            form.given_up.connect(self._close_form)

    def reload(self) -> None:
        """Read again."""

    # -- add ---------------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Ctrl+N: a fiche under the line chosen."""
        self.add_action()

    def add_action(self) -> None:
        """Add a fiche under the line chosen, named in place."""
        call = partial(calls.add_action, self.kit.services, self.ctg, self._node(), "Nouvelle fiche")
        self.kit.runner.write(call, self._added, refused=self._refused)

    def add_node(self, kind: str) -> None:
        """Add an enjeu or an objective under the line chosen, named in place."""
        parent = self._above(PARENTS[kind])
        if parent is None and kind != NodeKind.ISSUE:
            self.banner.say(
                typographic("Choisissez d'abord un enjeu : un objectif se range dessous."), "ocre"
            )
            return
        key = parent.key if parent is not None else ""
        call = partial(calls.add_node, self.kit.services, self.ctg, kind, key, NEW[kind])
        self.kit.runner.write(call, self._added, refused=self._refused)

    def _added(self, made: Created) -> None:
        self._made = made.uuid
        self._changed(made.changes)

    def _after_read(self) -> None:
        """Name what was just made in the tree; elsewhere a new fiche opens."""
        made, self._made = self._made, ""
        if not made:
            return
        if self.views.currentWidget() is self.tree:
            self.tree.rename(made)
        elif any(fiche.uuid == made for fiche in self.read.actions):
            self.open_action(made)

    def _node(self) -> str:
        """The node that a new fiche goes under: that of the line chosen."""
        line = self.tree.current_line() if self.tree.plan.movable else None
        while line is not None and line.kind == ACTION:
            line = line.parent
        return line.key if line is not None and line.kind != GROUP else ""

    def _above(self, kinds: tuple[str, ...]) -> Line | None:
        """The nearest line of one of these levels above the cursor, itself included; the best level first."""
        lines: list[Line] = []
        line = self.tree.current_line()
        while line is not None:
            lines.append(line)
            line = line.parent
        found = (one for kind in kinds for one in lines if one.kind == kind)
        return next(found, None)

    def ask_gap(self) -> None:
        """Offer the gaps of the maillage on this territory."""
        self.kit.runner.read(partial(calls.gaps_of, self.kit.services, self.ctg), self._gaps_read)

    def _gaps_read(self, gaps: list[Gap]) -> None:
        self._open_form(self.gap_form)
        self.gap_form.open(gaps)

    def _from_gap(self, gap: Gap) -> None:
        call = partial(calls.action_from_gap, self.kit.services, self.ctg, gap, self._node())
        self.kit.runner.write(call, self._gap_filed, refused=self._refused)

    def _gap_filed(self, made: Created) -> None:
        self._close_form()
        self._changed(made.changes)
        self.kit.notify("Fiche créée depuis la lacune.", "Ouvrir", partial(self.open_action, made.uuid))

    def open_action(self, uuid: str) -> None:
        """Show a fiche."""
        self.action_opened.emit(uuid)  # type: ignore[attr-defined]

    # -- move, name, remove ------------------------------------------------------------------------------

    def shift(self, step: int) -> None:
        """Move the line chosen up or down."""
        self.tree.shift(step)

    def _move(self, uuid: str, parent: str, position: int) -> None:
        self._write(partial(calls.move, self.kit.services, uuid, parent, position))

    def rename_current(self) -> None:
        """Type the title of the line chosen."""
        line = self.tree.current_line()
        if line is not None:
            self.tree.rename(line.key)

    def _rename(self, line: Line, title: str) -> None:
        kind = "action" if line.kind == ACTION else "node"
        self._write(partial(calls.rename, self.kit.services, kind, line.key, title))

    def remove_current(self) -> None:
        """Remove the line chosen; Ctrl+Z brings it back."""
        line = self.tree.current_line()
        if line is not None:
            self._remove(line)

    def _remove(self, line: Line) -> None:
        if line.kind != GROUP:
            kind = "action" if line.kind == ACTION else "node"
            self._write(partial(calls.remove, self.kit.services, kind, line.key))

    # -- states ------------------------------------------------------------------------------------------

    def _want_state(self, uuid: str, status: str) -> None:
        """Pass a fiche to a state, after its reason if it needs one."""
        wanted = ActionState(status)
        fiche = next((row for row in self.read.actions if row.uuid == uuid), None)
        if fiche is None or fiche.status is wanted:
            return
        if needs_form(wanted):
            self._open_form(self.status_form)
            self.status_form.open(uuid, f"{fiche.number} {fiche.title}", wanted)
        else:
            self._set_status(StatusWish(uuid, wanted))

    def _set_status(self, wish: StatusWish) -> None:
        call = partial(calls.set_status, self.kit.services, wish)
        self.kit.runner.write(call, self._status_set, refused=self._status_refused)

    def _status_set(self, changes: Changes) -> None:
        self._close_form()
        self._changed(changes)

    def _status_refused(self, error: DomainError) -> None:
        if self.side.form is self.status_form:
            self.status_form.refuse(error)
        else:
            self._refused(error)

    def _open_form(self, form: QWidget) -> None:
        """Show a form at the right, which opens if it was closed."""
        self.bar.details.setChecked(True)
        self.side.show_form(form)

    def _close_form(self) -> None:
        self.bar.details.setChecked(False)
        self.side.show_overview()
        self.views.currentWidget().setFocus()

    # -- copy --------------------------------------------------------------------------------------------

    def ask_copy(self) -> None:
        """Offer the conventions that the fiches chosen may be copied to."""
        if not self._chosen():
            self.banner.say("Choisissez d’abord une ou plusieurs fiches.", "ocre")
            return
        self.kit.runner.read(partial(calls.other_ctgs, self.kit.services, self.ctg), self._ctgs_read)

    def _chosen(self) -> list[str]:
        found: list[str] = self.tree.chosen_actions()
        return found

    def _ctgs_read(self, ctgs: list[tuple[str, str]]) -> None:
        self._open_form(self.copy_form)
        self.copy_form.open(self._chosen(), ctgs)

    def _copy(self, uuids: list[str], ctg: str) -> None:
        call = partial(calls.copy, self.kit.services, uuids, ctg)
        self.kit.runner.write(call, partial(self._copied, len(uuids)), refused=self._refused)

    def _copied(self, count: int, changes: Changes) -> None:
        self._close_form()
        self._changed(changes)
        self.kit.notify(f"{plural(count, 'fiche copiée', 'fiches copiées')}.")

    # -- menu --------------------------------------------------------------------------------------------

    def _menu(self, at: QPoint) -> None:
        line = self.tree.current_line()
        if line is None or line.kind == GROUP:
            return
        self.menu_of(line).popup(self.tree.viewport().mapToGlobal(at))

    def menu_of(self, line: Line) -> QMenu:
        """What can be done with a line."""
        menu = QMenu(self.tree)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if line.kind == ACTION:
            menu.addAction(icons.icon("external-link"), "Ouvrir", partial(self.open_action, line.key))
            states = menu.addMenu("État")
            for state, word in ACTION_STATE.items():
                pick = partial(self._want_state, line.key, state.value)
                states.addAction(icons.icon(*labels.LOOK[state]), word, pick)
            menu.addAction(icons.icon("copy"), "Copier vers une autre CTG…", self.ask_copy)
        menu.addAction(icons.icon("pencil"), "Renommer", self.rename_current)
        menu.addAction(icons.icon("arrow-up"), "Monter", partial(self.shift, -1))
        menu.addAction(icons.icon("arrow-down"), "Descendre", partial(self.shift, 1))
        menu.addSeparator()
        menu.addAction(icons.icon("trash"), "Supprimer", self.remove_current)
        return menu

    # -- writing -----------------------------------------------------------------------------------------

    def _refused(self, error: DomainError) -> None:
        super()._refused(error)
        self.reload()
