"""What « Accueil » writes, away from the screen: answers, the choice of tiles, the page on paper."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.french import fold
from ui.folders import open_folder
from ui.views.home_answer import DONE

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.alerts import Alert
    from app.domain.errors import DomainError
    from app.progress import Progress
    from app.services import Services
    from ui.context import Context
    from ui.views.home_todo import Line
    from ui.views.page import Kit


class HomeWriter(QObject):
    """One write, one step to undo; `refused` carries the error of one that could not be."""

    refused = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, today: Callable[[], datetime.date]) -> None:
        super().__init__(parent)
        self._today = today
        self._kit = kit
        self._parent = parent
        self.choose_file = choose_file

    def answer(self, line: Line, mode: str, until: datetime.date | None, reason: str) -> None:
        """Mark an alert done, or put it off."""
        assert line.alert is not None
        words = "Marqué comme fait" if mode == DONE else "Reporté"
        call = partial(_answer, self._kit.services, line.alert, until, reason, self._today())
        self._write(call, f"{words}. Ctrl+Z pour y revenir.")

    def reopen(self, alert: Alert) -> None:
        """Show again an alert put off or done."""
        self._write(partial(_reopen, self._kit.services, alert), "Remis à traiter.")

    def choose_tiles(self, codes: Sequence[str]) -> None:
        """Keep these tiles."""
        self._write(partial(_choose, self._kit.services, tuple(codes)), "")

    def _write(self, call: object, words: str) -> None:
        self._kit.runner.write(call, partial(self._written, words), refused=self._refused)  # type: ignore[arg-type]

    def _written(self, words: str, changes: Changes) -> None:
        self._kit.hub.changed.emit(changes)
        if words:
            self._kit.notify(words)

    def _refused(self, error: DomainError) -> None:
        self.refused.emit(error)

    # -- paper -------------------------------------------------------------------------------------------

    def print_page(self) -> None:
        """Ask for a file, then write the page as PDF."""
        context = self._kit.context.value
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / f"tableau-de-bord_{self._place()}_{self._today():%Y-%m-%d}.pdf"
        chosen = self.choose_file(self._parent, str(proposed))
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
            call = partial(_print, self._kit.services, path, self._today(), context)
            self._kit.runner.read(call, self._printed, name="Tableau de bord en PDF", refused=self._refused)

    def _place(self) -> str:
        context, territory = self._kit.context.value, self._kit.services.territory
        if context.epci:
            name = territory.reference.epci(context.epci).short_name
        elif context.departement:
            name = territory.reference.departement(context.departement).name
        else:
            name = territory.caf_name()
        return "-".join(fold(name).replace("'", " ").replace("’", " ").split())

    def _printed(self, path: Path) -> None:
        self._kit.notify(
            f"Page écrite\u202f: {path.name}", "Ouvrir le dossier", partial(open_folder, path.parent)
        )


def choose_file(parent: QWidget, proposed: str) -> str:
    """Ask where to write the page; empty when the user gives up."""
    return QFileDialog.getSaveFileName(parent, "Tableau de bord", proposed, "Page PDF (*.pdf)")[0]


def _answer(
    services: Services,
    alert: Alert,
    until: datetime.date | None,
    reason: str,
    on: datetime.date,
    _progress: Progress,
) -> Changes:
    if until is None:
        return services.alerts.mark_done(alert, reason)
    return services.alerts.put_off(alert, until, reason, on)


def _reopen(services: Services, alert: Alert, _progress: Progress) -> Changes:
    return services.alerts.reopen(alert)


def _choose(services: Services, codes: tuple[str, ...], _progress: Progress) -> Changes:
    return services.dashboard.choose(codes)


def _print(services: Services, path: Path, on: datetime.date, context: Context, _progress: Progress) -> Path:
    departement, epci = context.departement or "", context.epci or ""
    services.dashboard.write_pdf(path, on, departement, epci, context.year or None)
    return path
