"""Place where files are dropped, or chosen with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSizePolicy, QWidget

from ui.icons import draw
from ui.theme import Theme

SUFFIXES = ("csv", "xlsx", "ods", "zip", "gpkg", "geojson", "json", "shp")
FILE_FILTER = "Fichiers de données ({});;Tous les fichiers (*)".format(" ".join(f"*.{s}" for s in SUFFIXES))


def dropped_files(mime: QMimeData) -> list[Path]:
    """Local files of a drag, in its order; folders are left out."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


def choose_files(parent: QWidget) -> list[Path]:
    """Let the user choose files; empty if they gave up."""
    names, _filter = QFileDialog.getOpenFileNames(parent, "Choisir des fichiers à importer", "", FILE_FILTER)
    return [Path(name) for name in names]


class DropZone(QAbstractButton):
    """Dashed frame: drop files on it, click it, or press Espace to choose them. `dropped` carries paths."""

    dropped = Signal(list)

    def __init__(
        self,
        theme: Theme,
        title: str,
        note: str,
        parent: QWidget | None = None,
        *,
        choose: Callable[[QWidget], Sequence[Path]] = choose_files,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._note = note
        self._choose = choose
        self._hovering = False
        self.setText(title)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(88)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{note}. Espace ouvre le choix de fichiers.")
        self.clicked.connect(self.open_dialog)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A card wide, three lines high."""
        return QSize(282, 90)

    def open_dialog(self) -> None:
        """Choose files in the system's dialog."""
        self._deliver(list(self._choose(self)))

    def _deliver(self, paths: list[Path]) -> None:
        if paths:
            self.dropped.emit(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files only, and show it."""
        if dropped_files(event.mimeData()):
            self._hovering = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Back to rest."""
        self._hovering = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self._hovering = False
        self.update()
        event.acceptProposedAction()
        self._deliver(dropped_files(event.mimeData()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dashed frame, icon, two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lively = self._hovering or self.underMouse()
        frame = QPen(self._theme.token("encre" if lively else "trait_fort"))
        frame.setStyle(Qt.PenStyle.DashLine)
        frame.setWidthF(2 if self._hovering else 1)
        painter.setPen(frame)
        painter.setBrush(self._theme.token("encre_doux") if self._hovering else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        top = (self.height() - 66) // 2
        draw(painter, "file-import", "texte2", QRectF((self.width() - 20) / 2, top, 20, 20))
        self._write(painter, self.text(), top + 26, "label", "texte2")
        self._write(painter, self._note, top + 46, "dense", "texte3")

    def _write(self, painter: QPainter, text: str, top: int, role: str, token: str) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.token(token))
        painter.drawText(QRectF(8, top, self.width() - 16, 20), Qt.AlignmentFlag.AlignCenter, text)
