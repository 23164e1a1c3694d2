"""What leaves the map page: the proof of a figure, the fiche of an Epci."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.domain.french import fold
from app.domain.territory import Level
from ui.widgets.map_export import open_folder
from ui.widgets.map_words import said_value, told
from ui.widgets.provenance import ProvenancePopover

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from app.progress import Progress
    from maps.choropleth import Choropleth
    from ui.views.page import Kit


def explain(kit: Kit, value: Value, anchor: QWidget) -> ProvenancePopover:
    """Open « Comment est-ce calculé ? » beside a figure."""
    place = kit.services.territory.reference.name(value.level, value.code)
    popover = prove(kit, value, place, anchor.window())
    popover.show_beside(anchor)
    return popover


def prove(kit: Kit, value: Value, place: str, window: QWidget) -> ProvenancePopover:
    """The proof of a figure; what can be copied of it is what may leave the base."""
    popover = ProvenancePopover(kit.theme, value, place, window, waits=True)
    kit.runner.read(partial(_leaving, kit, value), popover.quote)
    return popover


def _leaving(kit: Kit, value: Value, _progress: Progress) -> Value:
    return kit.services.secrecy.value(value)


def value_menu(
    kit: Kit, parent: QWidget, shown: Choropleth, code: str, *verbs: tuple[str, Callable[[], object]]
) -> QMenu:
    """Menu of a territory: copy its value, as it may leave the base, and what else the page offers."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("Copier la valeur", partial(copy_value, kit, shown, code))
    for verb, action in verbs:
        menu.addAction(verb, partial(_act, action))
    return menu


def copy_value(kit: Kit, shown: Choropleth, code: str) -> None:
    """Put the value of a territory in the clipboard, as those outside may read it."""
    kit.runner.read(partial(_said, kit, shown, code), QGuiApplication.clipboard().setText)


def _said(kit: Kit, shown: Choropleth, code: str, _progress: Progress) -> str:
    return said_value(told(kit.services.secrecy.choropleth(shown)), code)


def _act(action: Callable[[], object]) -> None:
    action()


def choose_fiche(parent: QWidget, proposed: str) -> str:
    """Ask where to write the fiche; empty when the user gives up."""
    return QFileDialog.getSaveFileName(parent, "Fiche territoire", proposed, "Page PDF (*.pdf)")[0]


class FicheWriter:
    """Writes the fiche territoire of an Epci in a task."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        self._kit = kit
        self._parent = parent
        self.choose = choose_fiche

    def write(self, code: str) -> None:
        """Ask for a file, then write it."""
        name = self._kit.services.territory.reference.name(Level.EPCI, code)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / f"fiche_{fold(name).replace(' ', '-')}.pdf"
        chosen = self.choose(self._parent, str(proposed))
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
            call = partial(self._call, code, path)
            self._kit.runner.read(call, self._written, name=f"Fiche territoire\u202f: {name}")

    def _call(self, code: str, path: Path, progress: Progress) -> Path:
        self._kit.services.reports.fiche(code, path, progress=progress)
        return path

    def _written(self, path: Path) -> None:
        self._kit.notify(
            f"Fiche écrite\u202f: {path.name}", "Ouvrir le dossier", partial(open_folder, path.parent)
        )
