"""« Exporter »: the map as an image, a drawing or a page, always with the light palette."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from app.domain.french import fold
from maps.layers import Multiples
from ui import icons
from ui.widgets.map_words import place_of

if TYPE_CHECKING:
    from app.progress import Progress
    from maps.choropleth import Choropleth
    from ui.views.page import Kit

CLIPBOARD_DPI = 150
CHOICES = (
    ("png150", "Image PNG (150\u202fppp)", ".png", 150, "a4"),
    ("png300", "Image PNG (300\u202fppp)", ".png", 300, "a4"),
    ("png_slide", "Image PNG (diapositive 16/9)", ".png", 150, "16:9"),
    ("svg", "Dessin SVG", ".svg", 150, "a4"),
    ("pdf", "Page PDF (A4)", ".pdf", 150, "a4"),
    ("pdf_a3", "Page PDF (A3)", ".pdf", 150, "a3"),
    ("pdf_slide", "Page PDF (diapositive 16/9)", ".pdf", 150, "16:9"),
)
"""Code, words, suffix, dots per inch, sheet."""

Choose = Callable[[QWidget, str, str], str]


def choose_file(parent: QWidget, proposed: str, filters: str) -> str:
    """Ask where to write; empty when the user gives up."""
    return QFileDialog.getSaveFileName(parent, "Exporter la carte", proposed, filters)[0]


def proposed_name(content: Choropleth | Multiples, suffix: str) -> str:
    """« 2023_couverture-petite-enfance_deux-sevres.png »."""
    choropleth = content.maps[-1] if isinstance(content, Multiples) else content
    what = fold(choropleth.indicator.short_label).replace(" ", "-")
    where = fold(place_of(choropleth)).replace(" ", "-")
    return "_".join(part for part in (str(choropleth.year), what, where) if part) + suffix


def open_folder(folder: Path) -> None:
    """Show a folder in the file manager of the system."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class ExportButton(QToolButton):
    """Menu of exports; works in a task and says where the file is."""

    def __init__(
        self, kit: Kit, current: Callable[[], Choropleth | Multiples | None], choose: Choose = choose_file
    ):
        super().__init__()
        self._kit = kit
        self._current = current
        self._choose = choose
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.setText("Exporter")
        self.setAccessibleName("Exporter la carte")
        self.setProperty("role", "framed")
        self.setIcon(icons.icon("download", "texte2"))
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self)
        menu.setAccessibleName("Exporter la carte")
        for code, words, _suffix, _dpi, _sheet in CHOICES:
            menu.addAction(words).triggered.connect(partial(self._asked, code))
        menu.addSeparator()
        self.patterns = menu.addAction("Gris et motifs (impression noir et blanc)")
        self.patterns.setCheckable(True)
        menu.addAction(icons.icon("copy"), "Copier l’image").triggered.connect(self._copy_asked)
        self.setMenu(menu)

    def export(self, code: str) -> None:
        """Ask for a file and write the map there."""
        choropleth = self._current()
        if choropleth is None:
            return
        _, words, suffix, dpi, sheet = next(choice for choice in CHOICES if choice[0] == code)
        proposed = str(Path(self._folder) / proposed_name(choropleth, suffix))
        chosen = self._choose(self, proposed, f"{words} (*{suffix})")
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
        self._folder = str(path.parent)
        call = partial(self._write, choropleth, path, dpi, sheet)
        self._kit.runner.read(call, self._written, name=f"Export de {path.name}")

    def copy_image(self) -> None:
        """Put the map in the clipboard, as it would be exported."""
        choropleth = self._current()
        if choropleth is not None:
            call = partial(self._draw, choropleth)
            self._kit.runner.read(call, self._copied, name="Copie de l’image")

    def _asked(self, code: str, _checked: bool = False) -> None:
        self.export(code)

    def _copy_asked(self, _checked: bool = False) -> None:
        self.copy_image()

    def _write(
        self, content: Choropleth | Multiples, path: Path, dpi: int, sheet: str, _progress: Progress
    ) -> Path:
        maps, plain = self._kit.services.maps, self.patterns.isChecked()
        maps.write(content, path, dpi, maps.sheet(sheet, grey=plain, textures=plain))
        return path

    def _written(self, path: Path) -> None:
        self._kit.notify(
            f"Carte exportée\u202f: {path.name}", "Ouvrir le dossier", partial(open_folder, path.parent)
        )

    def _draw(self, choropleth: Choropleth | Multiples, _progress: Progress) -> QImage:
        handle, name = tempfile.mkstemp(suffix=".png")
        os.close(handle)
        path = Path(name)
        try:
            self._kit.services.maps.write(choropleth, path, CLIPBOARD_DPI)
            return QImage(str(path))
        finally:
            path.unlink(missing_ok=True)

    def _copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._kit.notify("Carte copiée dans le presse-papiers")
