"""The import wizard: drop, recognise, verify, confirm; nothing is written before the end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from app.services.table_imports import Asked
from ui import icons
from ui.errors import read_only_text
from ui.views.data_apply import Written
from ui.views.data_cards import FileList
from ui.views.data_panels import ConfirmPanel, DonePanel, DropPanel
from ui.views.data_parts import SubPage, tell
from ui.views.data_reading import ImportReader
from ui.views.data_recognise import RecognisePanel
from ui.views.data_session import FileEntry, FileState, ImportSession
from ui.views.data_texts import SAFE
from ui.views.data_verify import VerifyPanel
from ui.views.data_writing import ImportWriter
from ui.views.page import Kit
from ui.widgets.parts import button, text
from ui.widgets.steps import Step, Stepper

DROP, RECOGNISE, VERIFY, CONFIRM, DONE = range(5)
STEPS = (Step("Déposer"), Step("Reconnaître"), Step("Vérifier"), Step("Confirmer"))
CARDS_WIDTH = 282
CARDS_COMPACT = 224


class ImportView(SubPage):
    """Wizard in the page: file cards at the left, one panel a step at the right, verbs at the bottom."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.session = ImportSession()
        self._chosen: FileEntry | None = None
        self._step = DROP
        self.reader = ImportReader(kit, self)
        self.writer = ImportWriter(kit, self)
        self.stepper = Stepper(kit.theme, STEPS)
        self.files = FileList(kit.theme)
        self.drop = DropPanel(kit.theme)
        self.recognise = RecognisePanel(kit.theme)
        self.verify = VerifyPanel(kit.theme)
        self.confirm = ConfirmPanel(kit.theme)
        self.done = DonePanel(
            undo=self.undo,
            again=self.restart,
            runs=partial(kit.navigate, "data", tab="runs"),
            show=kit.navigate,
        )
        self.cancel = button("Annuler", self.restart, icon="x", role="link")
        self.back = button("Retour", self._back)
        self.next = button("Continuer", self.advance, role="primary")
        self._lay_out()
        self._connect()
        self._refresh()

    # -- building ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.stepper, 1)
        head.addWidget(self.cancel)
        self.panels = QStackedWidget()
        for panel in (self.drop, self.recognise, self.verify, self.confirm, self.done):
            self.panels.addWidget(panel)
        self.files.setFixedWidth(CARDS_WIDTH)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.files)
        middle.addWidget(self.panels, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addWidget(self._footer())

    def _footer(self) -> QFrame:
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        self._shield = QLabel()
        row.addWidget(self._shield)
        self.safe = text(SAFE, "second")
        row.addWidget(self.safe, 1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        self._draw_shield()
        return frame

    def _connect(self) -> None:
        self.stepper.pressed.connect(self.go)
        self.files.chosen.connect(self.choose)
        self.files.removed.connect(self.remove)
        self.files.dropped.connect(self.open_files)
        self.drop.dropped.connect(self.open_files)
        self.recognise.asked.connect(self._ask)
        self.verify.answered.connect(self._answer)
        self.kit.theme.changed.connect(self._draw_shield)
        self.reader.moved.connect(self._refresh_cards)
        self.reader.ended.connect(self._refresh)
        self.reader.parted.connect(self._part)
        self.writer.moved.connect(self.confirm.show_progress)
        self.writer.wrote.connect(self._wrote)
        self.writer.refused.connect(self._refused)
        self.writer.ended.connect(self._writing_ended)
        self.writer.undone.connect(self._undone)

    def _draw_shield(self) -> None:
        self._shield.setPixmap(icons.pixmap("archive", "texte2", 16, self.devicePixelRatioF()))

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """Narrow cards in a narrow window."""
        self.files.setFixedWidth(CARDS_COMPACT if compact else CARDS_WIDTH)
        self.safe.setWordWrap(compact)
        self.verify.set_compact(compact)

    # -- files ---------------------------------------------------------------------------------------

    def open_files(self, paths: Sequence[Path]) -> None:
        """Take files, read them, and show what they are."""
        if self.writer.busy:
            return
        if self._step == DONE:
            self.restart()
        added = self.session.add([Path(path) for path in paths])
        for entry in added:
            self.reader.read(entry)
        if added:
            self._chosen = added[0] if self._chosen is None else self._chosen
            self.go(RECOGNISE)

    def remove(self, entry: FileEntry) -> None:
        """Forget a file; the last one leads back to the first step."""
        self.reader.forget(entry)
        self.session.remove(entry)
        if self._chosen is entry:
            self._chosen = self.session.entries[0] if self.session.entries else None
        if not self.session.entries:
            self._step = DROP
        self._refresh()

    def _ask(self, asked: Asked) -> None:
        """Read the chosen file again, as the user says."""
        entry = self._chosen
        if entry is not None and not self.writer.busy:
            entry.asked, entry.prepared, entry.tables, entry.forecast = asked, None, (), None
            entry.answers.clear()
            self.reader.read(entry)
            self._refresh()

    def _part(self, entry: FileEntry, others: list[FileEntry]) -> None:
        """A file holds several tables: one card each."""
        if entry in self.session.entries:
            self.session.put_after(entry, others)

    def choose(self, entry: FileEntry) -> None:
        """Show another file."""
        self._chosen = entry
        self._refresh()

    # -- steps ---------------------------------------------------------------------------------------

    def go(self, step: int) -> None:
        """Show a step."""
        self._step = step
        if step == VERIFY and (self._chosen is None or self._chosen.state is not FileState.READY):
            self._chosen = self.session.ready[0] if self.session.ready else self._chosen
        if step == CONFIRM:
            self._count_again()
        self._refresh()

    def _count_again(self) -> None:
        """Answers changed by the user change what would be written."""
        for entry in self.session.ready:
            if entry.answers:
                self.reader.count(entry)

    def advance(self) -> None:
        """The primary verb: next step, or write."""
        if self._step == CONFIRM:
            self._write()
        else:
            self.go(self._step + 1)

    def _back(self) -> None:
        self.go(self._step - 1)

    def restart(self) -> None:
        """Forget everything that is not written; a write under way is stopped and taken back."""
        self.reader.forget_all()
        if self.writer.busy:
            self.writer.stop()
            return
        self.session = ImportSession()
        self._chosen = None
        self.go(DROP)

    def _answer(self, rank: int, code: str) -> None:
        if self._chosen is not None:
            self._chosen.answers[rank] = code
            self.verify.show_entry(self._chosen)
            self._refresh_steps()

    # -- writing -------------------------------------------------------------------------------------

    def _write(self) -> None:
        self.confirm.banner.hide()
        self.writer.write(self.session.ready)
        self.confirm.show_progress(0.0, "Copie de la base")
        self._refresh()

    def _writing_ended(self, stopped: bool) -> None:
        """The write ended, well or not: the verbs come back."""
        self.confirm.show_progress(None, "")
        if stopped:
            tell(self.confirm.banner, "Import arrêté\u202f: la base est restée telle qu’elle était.")
        self._refresh()

    def _wrote(self, written: Written) -> None:
        tell(self.done.banner, written.sentence(), "vert")
        self.done.show_changes(written.changes)
        self.done.undo.setVisible(written.can_be_undone)
        self.done.undo.setEnabled(True)
        self.go(DONE)

    def undo(self) -> None:
        """Take back the import just made."""
        self.done.undo.setEnabled(False)
        self.writer.undo()

    def _undone(self) -> None:
        self.done.undo.setVisible(False)
        tell(self.done.banner, "Import annulé\u202f: la base est comme avant.")

    def _refused(self, said: str) -> None:
        self.done.undo.setEnabled(True)
        tell(self.done.banner if self._step == DONE else self.confirm.banner, said, "rouge")

    # -- showing -------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        self.panels.setCurrentIndex(self._step)
        has_files = bool(self.session.entries)
        self.files.setVisible(has_files and self._step < DONE)
        self.cancel.setVisible(has_files and self._step < DONE)
        self._refresh_cards()
        self._refresh_steps()
        if self._step == RECOGNISE:
            self.recognise.show_entry(self._chosen)
        elif self._step == VERIFY:
            self.verify.show_entry(self._chosen)
        elif self._step == CONFIRM:
            refused = len(self.session.entries) - len(self.session.ready)
            self.confirm.show_entries(self.session.ready, refused)
        self._refresh_verbs()

    def _refresh_cards(self) -> None:
        self.files.show_entries(self.session.entries, self._chosen)

    def _refresh_steps(self) -> None:
        self.stepper.set_current(self._step)
        for index, note in enumerate(self.session.notes()):
            self.stepper.set_note(index, note if self._step < DONE else "")

    def _refresh_verbs(self) -> None:
        writing = self.writer.busy
        self.back.setVisible(DROP < self._step < DONE)
        self.back.setEnabled(not writing)
        self.next.setVisible(self._step < DONE and bool(self.session.entries))
        self.next.setText("Importer" if self._step == CONFIRM else "Continuer")
        self.next.setAccessibleName(self.next.text())
        base = self.kit.services.base
        blocked = self._step == CONFIRM and base.read_only
        self.next.setEnabled(not writing and not blocked and self._can_go_on())
        self.next.setToolTip("La base est en lecture seule" if blocked else "")
        if blocked:
            self.confirm.banner.say(read_only_text(base.read_only_reason), "ocre")
        self.cancel.setText("Arrêter" if writing else "Annuler")

    def _can_go_on(self) -> bool:
        if self._step == DROP:
            return bool(self.session.entries)
        return not self.session.reading and bool(self.session.ready)
