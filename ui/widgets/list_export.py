"""« Exporter la liste »: a button whose menu offers a workbook or a CSV, and the question of the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from ui import icons

FILES = (("xlsx", "Classeur Excel (.xlsx)"), ("csv", "Fichier CSV (.csv)"))


def choose_file(title: str, parent: QWidget, proposed: str, filters: str) -> str:
    """Ask where to write; empty when the user gives up."""
    return QFileDialog.getSaveFileName(parent, title, proposed, filters)[0]


def with_suffix(chosen: str, kind: str) -> Path:
    """The file chosen, with the suffix of its kind if it was typed without."""
    path = Path(chosen)
    return path if path.suffix.lower() == f".{kind}" else path.with_name(f"{path.name}.{kind}")


class ListExportButton(QToolButton):
    """Calls what it is given with « xlsx » or « csv »; shows its icon alone where room lacks."""

    def __init__(self, name: str, export: Callable[[str], None]) -> None:
        super().__init__()
        self.setText("Exporter la liste")
        self.setAccessibleName(name)
        self.setProperty("role", "framed")
        self.setIcon(icons.icon("file-spreadsheet", "texte2"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self)
        menu.setAccessibleName(name)
        for kind, label in FILES:
            menu.addAction(label).triggered.connect(partial(_call, export, kind))
        self.setMenu(menu)
        self.fold(False)

    def fold(self, tight: bool) -> None:
        """Show the icon alone, or its words beside it."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if tight else style.ToolButtonTextBesideIcon)


def _call(export: Callable[[str], None], kind: str, _checked: bool = False) -> None:
    export(kind)
