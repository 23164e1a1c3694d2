"""The report of an unexpected error: shown once, copied by the user, sent by nobody."""

from __future__ import annotations

import platform
import traceback
from importlib import metadata

from PySide6 import __version__ as pyside_version
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from app.domain.french import typographic
from ui.errors import UNEXPECTED
from ui.widgets.parts import button, column, row, text


def version() -> str:
    """Return the version of Maillage, empty when it is not installed as a package."""
    try:
        return metadata.version("maillage")
    except metadata.PackageNotFoundError:
        return ""


def report_text(error: BaseException) -> str:
    """Return what helps to understand an error: versions, system, traceback; no data of the base."""
    head = (
        f"Maillage {version()}",
        f"Python {platform.python_version()}, PySide {pyside_version}",
        platform.platform(),
    )
    return "\n".join((*head, "", *traceback.format_exception(error)))


class ReportDialog(QDialog):
    """« Copier le rapport »: the only thing that leaves is what the user pastes somewhere."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Erreur inattendue")
        self.report = report_text(error)
        details = QPlainTextEdit(self.report)
        details.setReadOnly(True)
        details.setAccessibleName("Détails techniques")
        details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copied = text("", "hint")
        layout = column(
            text(UNEXPECTED, wrap=True),
            text(typographic("Détails techniques : aucune donnée de la base n’y figure."), "hint"),
            details,
            row(
                button("Copier le rapport", self.copy, icon="copy", role="primary"),
                self.copied, None, button("Fermer", self.accept),
            ),
            gap=12,
        )  # fmt: skip
        layout.setContentsMargins(20, 20, 20, 16)
        self.setLayout(layout)
        self.resize(640, 420)

    def copy(self) -> None:
        """Put the report in the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
        self.copied.setText("Rapport copié")
