"""The end of an import: files written in the background, stopped or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.domain.errors import DomainError
from app.progress import Progress
from ui.errors import sentence
from ui.tasks import Task
from ui.views.data_apply import Written, undo_all, write_all
from ui.views.data_session import FileEntry
from ui.views.page import Kit


class ImportWriter(QObject):
    """Writes one import at a time, and undoes the one just made."""

    moved = Signal(float, str)
    """Share done, and step."""
    wrote = Signal(object)
    """Written: everything went well."""
    refused = Signal(str)
    """The sentence that says why nothing was written, or undone."""
    ended = Signal(bool)
    """The write is over, well or not; True if the user stopped it."""
    undone = Signal()

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._task: Task | None = None
        self._delivered = False
        self.written: Written | None = None

    @property
    def busy(self) -> bool:
        """True while files are being written."""
        return self._task is not None

    def write(self, entries: Sequence[FileEntry]) -> None:
        """Copy the base, then write the files."""
        self._delivered = False
        call = partial(write_all, self._kit.services, tuple(entries))
        self._task = self._kit.runner.write(call, self._wrote, name="Import", refused=self._refused)
        self._task.progressed.connect(self.moved)
        self._task.finished.connect(self._ended)

    def stop(self) -> None:
        """Ask the write to stop: the base stays as it was."""
        if self._task is not None:
            self._task.cancel()

    def undo(self) -> None:
        """Take back the import just made."""
        if self.written is not None:
            self._kit.runner.write(
                self._undo, self._undone, name="Annulation de l’import", refused=self._refused
            )

    def _undo(self, _progress: Progress) -> Changes:
        assert self.written is not None
        return undo_all(self._kit.services, self.written)

    def _wrote(self, written: Written) -> None:
        self._delivered = True
        self.written = written
        self.wrote.emit(written)
        self._kit.hub.changed.emit(written.changes)

    def _ended(self) -> None:
        stopped = self._task is not None and self._task.cancelled and not self._delivered
        self._task = None
        self.ended.emit(stopped)

    def _undone(self, changes: Changes) -> None:
        self.written = None
        self.undone.emit()
        self._kit.hub.changed.emit(changes)

    def _refused(self, error: DomainError) -> None:
        self.refused.emit(sentence(error))
