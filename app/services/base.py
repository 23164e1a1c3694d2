"""The base as a whole: identity, undo and redo, history, copies, check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.changes import Changes, Topic
from app.services.rows import HistoryRow

if TYPE_CHECKING:
    from db.session import Base

EVERYTHING = Changes(frozenset(Topic))


class BaseService:
    """What concerns the file itself."""

    def __init__(self, base: Base, *forget: Callable[[], None]) -> None:
        """forget: what the other services keep in memory and must read again after an undo or a redo."""
        self._base = base
        self._forget = forget
        self.path: Path = base.path
        self.name: str = base.info.name
        self.departements: tuple[str, ...] = base.info.departements
        self.demo: bool = base.info.demo

    @property
    def read_only(self) -> bool:
        """True if nothing can be written; the reason is in read_only_reason."""
        return self._base.read_only

    @property
    def read_only_reason(self) -> str:
        """Empty, « file », « folder », or « locked:<holder> »."""
        return self._base.read_only_reason

    def undo(self) -> tuple[str, Changes]:
        """Undo the last action; its French name and everything to read again. Raises NothingToUndo."""
        name = self._base.undo()
        self.forget()
        return name, EVERYTHING

    def redo(self) -> tuple[str, Changes]:
        """Redo the last action undone. Raises NothingToUndo."""
        name = self._base.redo()
        self.forget()
        return name, EVERYTHING

    def forget(self) -> None:
        """Have every service read again what it keeps in memory."""
        for forget in self._forget:
            forget()

    def undo_name(self) -> str | None:
        """French name of the action that undo would cancel."""
        return self._base.undo_name()

    def redo_name(self) -> str | None:
        """French name of the action that redo would do again."""
        return self._base.redo_name()

    def history(self, limit: int = 200) -> list[HistoryRow]:
        """Latest actions first."""
        return [
            HistoryRow(row.at, row.name, row.device == self._base.device, row.undone)
            for row in self._base.history(limit)
        ]

    def backup(self, path: Path | None = None) -> Path:
        """Copy the base through the engine, to path or to a dated file beside it; returns the copy."""
        if path is None:
            stamp = datetime.now().strftime("%Y-%m-%d_%Hh%M%S")
            path = self.path.parent / "sauvegardes" / f"{self.path.stem}_{stamp}.maillage"
            path.parent.mkdir(parents=True, exist_ok=True)
        self._base.backup_to(path)
        return path

    def check(self) -> list[str]:
        """Problems found in the file, empty if sound."""
        return self._base.check()

    def close(self) -> None:
        """Let the file go."""
        self._base.close()
