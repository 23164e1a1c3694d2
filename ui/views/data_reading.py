"""The beginning of an import: each file read in the background, stopped when it is removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.errors import UnreadableFile
from app.progress import Progress
from app.services.rows import Forecast, Prepared
from ui.tasks import Task
from ui.views.data_session import FileEntry, Mappable
from ui.views.page import Kit

T = TypeVar("T")


class ImportReader(QObject):
    """Reads files, and counts again what they would change when the user answers otherwise."""

    moved = Signal()
    """A file is further."""
    ended = Signal()
    """A file was read, well or not, or counted again."""
    parted = Signal(object, list)
    """A file holds several tables: its entry, and those of the other tables."""

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._tasks: dict[int, Task] = {}

    def read(self, entry: FileEntry) -> None:
        """Read one file; its entry then holds what was prepared."""
        task = self._kit.runner.read(
            partial(self._prepare, entry),
            _Receiver(self._read, entry),
            name=f"Lecture de {entry.path.name}",
        )
        task.progressed.connect(partial(self._progressed, entry))
        task.finished.connect(partial(self._finished, entry))
        self._tasks[id(entry)] = task

    def forget(self, entry: FileEntry) -> None:
        """Stop reading a file."""
        task = self._tasks.pop(id(entry), None)
        if task is not None:
            task.cancel()

    def forget_all(self) -> None:
        """Stop reading."""
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()

    def count(self, entry: FileEntry) -> None:
        """Count what a file would change with the answers in force."""
        self._kit.runner.read(partial(self._forecast, entry), _Receiver(self._counted, entry))

    def _prepare(self, entry: FileEntry, progress: Progress) -> list[FileEntry]:
        imports = self._kit.services.imports
        return [
            FileEntry(entry.path, prepared=item, asked=entry.asked, tables=self._mappable(item))
            for item in imports.prepare([entry.path], progress, entry.asked)
        ]

    def _mappable(self, prepared: Prepared) -> tuple[Mappable, ...]:
        choices = self._kit.services.imports.choices
        grids = prepared.grids or ((prepared.table.grid,) if prepared.table else ())
        return tuple(Mappable(grid, tuple(choices(grid.headers))) for grid in grids)

    def _progressed(self, entry: FileEntry, share: float, _step: str) -> None:
        entry.share = share
        self.moved.emit()

    def _read(self, entry: FileEntry, found: list[FileEntry]) -> None:
        entry.prepared, entry.tables = found[0].prepared, found[0].tables
        if found[1:]:
            self.parted.emit(entry, found[1:])

    def _finished(self, entry: FileEntry) -> None:
        """A read that failed on a bug must not leave its file « en cours » for ever."""
        if self._tasks.pop(id(entry), None) is None:
            return
        if entry.prepared is None:
            entry.prepared = Prepared(entry.path, error=UnreadableFile(entry.path, reason="unexpected"))
        self.ended.emit()

    def _forecast(self, entry: FileEntry, _progress: Progress) -> Forecast:
        assert entry.prepared is not None
        return self._kit.services.imports.forecast(entry.prepared, entry.decisions())

    def _counted(self, entry: FileEntry, forecast: Forecast) -> None:
        entry.forecast = forecast
        self.ended.emit()


class _Receiver(Generic[T]):
    """Delivers to a method with the file it is about; the owner of the method tells whether it is alive."""

    def __init__(self, method: Callable[[FileEntry, T], None], entry: FileEntry) -> None:
        self.__self__ = getattr(method, "__self__", None)
        self._method = method
        self._entry = entry

    def __call__(self, result: T) -> None:
        self._method(self._entry, result)
