"""« Exporter »: the map as an image, a drawing, a page or its values, always with the light palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QToolButton, QWidget

from app.domain.french import fold
from maps.layers import Multiples
from ui import icons
from ui.folders import open_folder
from ui.widgets.map_sheet import FILES, SheetChoice, SheetDialog, sheet_image
from ui.widgets.map_words import place_of

if TYPE_CHECKING:
    from app.progress import Progress
    from maps.choropleth import Choropleth
    from maps.options import SheetOptions
    from ui.views.page import Kit

__all__ = ["ExportButton", "choose_file", "open_folder", "proposed_name"]

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

DATA = ("data", "Données (Excel)", ".xlsx")
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


class ExportButton(QToolButton):
    """Menu of exports; works in a task and says where the file is."""

    def __init__(
        self, kit: Kit, current: Callable[[], Choropleth | Multiples | None], choose: Choose = choose_file
    ):
        super().__init__()
        self._kit = kit
        self._current = current
        self._choose = choose
        self.choice = SheetChoice()
        """Layout chosen last."""
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.setText("Exporter")
        self.setAccessibleName("Exporter la carte")
        self.setToolTip("Exporter la carte (Ctrl+E), la mettre en page (Ctrl+P)")
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
        menu.addAction(icons.icon("printer"), "Mise en page…\tCtrl+P").triggered.connect(self._layout_asked)
        menu.addAction(icons.icon("file-spreadsheet"), DATA[1]).triggered.connect(self._data_asked)
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
        plain = self.patterns.isChecked()
        options = self._kit.services.maps.sheet(sheet, grey=plain, textures=plain)
        self._ask(choropleth, words, suffix, dpi, options)

    def export_data(self) -> None:
        """Ask for a workbook and write the values of the map there."""
        content = self._current()
        if content is not None:
            self._ask(content, DATA[1], DATA[2], CLIPBOARD_DPI, self._kit.services.maps.sheet())

    def lay_out(self) -> None:
        """Compose the sheet with its preview, then write it."""
        content = self._current()
        if content is None:
            return
        dialog = SheetDialog(self._kit, content, self.choice, self.window())
        accepted = self.run_dialog(dialog)
        self.choice, content = dialog.choice, dialog.content
        dialog.deleteLater()
        if accepted:
            _, words, suffix, dpi = next(one for one in FILES if one[0] == self.choice.file)
            self._ask(content, words, suffix, dpi, self.choice.options(self._kit))

    def run_dialog(self, dialog: SheetDialog) -> bool:
        """Show the layout until it is accepted or closed."""
        return dialog.exec() == QDialog.DialogCode.Accepted

    def _ask(
        self, content: Choropleth | Multiples, words: str, suffix: str, dpi: int, options: SheetOptions
    ) -> None:
        proposed = str(Path(self._folder) / proposed_name(content, suffix))
        chosen = self._choose(self, proposed, f"{words} (*{suffix})")
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
        self._folder = str(path.parent)
        call = partial(self._write, content, path, dpi, options)
        self._kit.runner.read(call, self._written, name=f"Export de {path.name}")

    def copy_image(self) -> None:
        """Put the map in the clipboard, as it would be exported."""
        choropleth = self._current()
        if choropleth is not None:
            call = partial(self._draw, choropleth)
            self._kit.runner.read(call, self._copied, name="Copie de l’image")

    def _asked(self, code: str, _checked: bool = False) -> None:
        self.export(code)

    def _layout_asked(self, _checked: bool = False) -> None:
        self.lay_out()

    def _data_asked(self, _checked: bool = False) -> None:
        self.export_data()

    def _copy_asked(self, _checked: bool = False) -> None:
        self.copy_image()

    def _write(
        self, content: Choropleth | Multiples, path: Path, dpi: int, options: SheetOptions,
        _progress: Progress,
    ) -> Path:  # fmt: skip
        self._kit.services.maps.write(content, path, dpi, options)
        return path

    def _written(self, path: Path) -> None:
        self._kit.notify(
            f"Carte exportée\u202f: {path.name}", "Ouvrir le dossier", partial(open_folder, path.parent)
        )

    def _draw(self, choropleth: Choropleth | Multiples, _progress: Progress) -> QImage:
        return sheet_image(self._kit, choropleth, None, CLIPBOARD_DPI)

    def _copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._kit.notify("Carte copiée dans le presse-papiers")
