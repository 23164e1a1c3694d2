"""« Mise en page… »: format, title, author and what the sheet shows, with its preview beside."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from maps.options import SHEET_LABELS
from ui.widgets.parts import button, column, row, scrolled, short_grid, text

if TYPE_CHECKING:
    from app.progress import Progress
    from maps.choropleth import Choropleth
    from maps.layers import Multiples
    from maps.options import SheetOptions
    from ui.tasks import Task
    from ui.views.page import Kit

FILES = (
    ("pdf", "Page PDF", ".pdf", 150),
    ("png150", "Image PNG (150\u202fppp)", ".png", 150),
    ("png300", "Image PNG (300\u202fppp)", ".png", 300),
    ("svg", "Dessin SVG", ".svg", 150),
)
"""Code, words, suffix, dots per inch."""
PARTS = (
    ("title", "Titre"),
    ("legend", "Légende"),
    ("scale", "Échelle"),
    ("north", "Orientation"),
    ("labels", "Noms"),
    ("values", "Valeurs"),
    ("patterns", "Gris et motifs (impression noir et blanc)"),
)
"""Field of SheetChoice, words."""
WAIT_MS = 250
POINTS_PER_INCH = 72
FORM, PREVIEW = 330, (380, 300)
TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What was chosen last; None keeps what the map says."""

    sheet: str = "a4"
    file: str = "pdf"
    author: str | None = None
    title: bool = True
    legend: bool = True
    scale: bool = True
    north: bool = True
    labels: bool = True
    values: bool = True
    patterns: bool = False

    def options(self, kit: Kit) -> SheetOptions:
        """Options of the sheet, dated of today."""
        made = kit.services.maps.sheet(self.sheet, grey=self.patterns, textures=self.patterns)
        return replace(
            made, author=made.author if self.author is None else self.author, title=self.title,
            legend=self.legend, scale=self.scale, north=self.north, labels=self.labels, values=self.values,
        )  # fmt: skip


class SheetPreview(QWidget):
    """The sheet as it will be written, as large as can be."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setAccessibleName("Aperçu de la page")
        self.setMinimumSize(QSize(*PREVIEW))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage) -> None:
        """Show another sheet."""
        self.image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet in the middle, with its edge."""
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.rect().adjusted(1, 1, -1, -1)
        size = self.image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            room.center().x() - size.width() / 2, room.center().y() - size.height() / 2, size.width(),
            size.height(),
        )  # fmt: skip
        painter.drawImage(place, self.image)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawRect(place)


class SheetDialog(QDialog):
    """Composes the sheet; `content` and `choice` are what is to be written once it is accepted."""

    def __init__(self, kit: Kit, content: Choropleth | Multiples, choice: SheetChoice, parent: QWidget):
        super().__init__(parent)
        self._kit = kit
        self._content = content
        self._drawing: Task | None = None
        self.setWindowTitle("Mise en page de la carte")
        self.sheet, self.file = QComboBox(), QComboBox()
        for box in (self.sheet, self.file):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title = QPlainTextEdit(content.title)
        self.author = QLineEdit(choice.options(kit).author)
        self.checks: dict[str, QCheckBox] = {}
        self.preview = SheetPreview()
        self.state = text("", "hint")
        self.accept_button = button("Écrire le fichier…", self.accept, icon="download", role="primary")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WAIT_MS)
        self._later.timeout.connect(self.draw)
        self._lay(choice)
        self._wire()
        self.draw()

    def _lay(self, choice: SheetChoice) -> None:
        theme = self._kit.theme
        for box, name, lines, chosen in (
            (self.sheet, "Format de la page", tuple(SHEET_LABELS.items()), choice.sheet),
            (self.file, "Type de fichier", tuple((one[0], one[1]) for one in FILES), choice.file),
        ):
            box.setAccessibleName(name)
            for code, words in lines:
                box.addItem(words, code)
            box.setCurrentIndex(max(box.findData(chosen), 0))
        self.title.setAccessibleName("Titre de la carte")
        self.title.setTabChangesFocus(True)
        self.title.setFixedHeight(self.title.fontMetrics().lineSpacing() * TITLE_LINES + 26)
        self.author.setAccessibleName("Auteur")
        self.author.setCursorPosition(0)
        kinds = row(
            column(text("Format", "label"), self.sheet, gap=3),
            column(text("Fichier", "label"), self.file, gap=3),
        )
        form = column(
            kinds, text("Titre", "label"), self.title, text("Auteur", "label"), self.author,
            text("Sur la page", "label"), gap=5,
        )  # fmt: skip
        shown = short_grid(stretched=1)
        for place, (code, words) in enumerate(PARTS):
            check = QCheckBox(words)
            check.setChecked(bool(getattr(choice, code)))
            wide = place == len(PARTS) - 1
            shown.addWidget(check, place // 2, place % 2, 1, 2 if wide else 1)
            self.checks[code] = check
        form.addLayout(shown)
        form.addStretch(1)
        inside = QWidget()
        form.setContentsMargins(0, 0, 10, 0)
        inside.setLayout(form)
        left = scrolled(inside)
        left.setFixedWidth(theme.px(FORM))
        top = row(left, column(self.preview, self.state, gap=4), gap=14)
        top.setStretch(1, 1)
        give_up = button("Fermer", self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 16, 18, 14)
        outer.setSpacing(12)
        outer.addLayout(top, 1)
        outer.addLayout(row(None, give_up, self.accept_button))
        self.accept_button.setDefault(True)
        self.resize(theme.px(960), min(theme.px(500), 560))

    def _wire(self) -> None:
        for box in (self.sheet, self.file):
            box.currentIndexChanged.connect(self._changed)
        self.title.textChanged.connect(self._changed)
        self.author.textChanged.connect(self._changed)
        for check in self.checks.values():
            check.toggled.connect(self._changed)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.accept)

    # -- what is chosen ----------------------------------------------------------------------------------

    @property
    def choice(self) -> SheetChoice:
        """What is ticked and typed."""
        ticked = {code: check.isChecked() for code, check in self.checks.items()}
        return SheetChoice(
            sheet=str(self.sheet.currentData()),
            file=str(self.file.currentData()),
            author=self.author.text().strip(),
            **ticked,
        )

    @property
    def content(self) -> Choropleth | Multiples:
        """The map under the title typed, its own when nothing is."""
        title = " ".join(self.title.toPlainText().split())
        return replace(self._content, title=title or self._content.title)

    def _changed(self, _value: object = None) -> None:
        self._later.start()

    # -- preview -----------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the preview; the former one stays meanwhile."""
        self._later.stop()
        if self._drawing is not None and self._drawing.running:
            self._drawing.cancel()
        options = self.choice.options(self._kit)
        room = self.preview.size() * self.preview.devicePixelRatioF()
        scale = min(room.width() / options.width_pt, room.height() / options.height_pt)
        dpi = max(round(scale * POINTS_PER_INCH), POINTS_PER_INCH // 2)
        self.state.setText("Aperçu en cours…")
        call = partial(_drawn, self._kit, self.content, options, dpi)
        self._drawing = self._kit.runner.read(call, self._show, name="Aperçu de la page")

    def _show(self, image: QImage) -> None:
        self.preview.show_image(image)
        self.state.setText(self.sheet.currentText())

    def done(self, result: int) -> None:
        """Forget the preview under way: nothing is left to receive it."""
        self._later.stop()
        if self._drawing is not None and self._drawing.running:
            self._drawing.cancel()
        super().done(result)


def _drawn(
    kit: Kit, content: Choropleth | Multiples, options: SheetOptions, dpi: int, _progress: Progress
) -> QImage:
    return sheet_image(kit, content, options, dpi)


def sheet_image(kit: Kit, content: Choropleth | Multiples, options: SheetOptions | None, dpi: int) -> QImage:
    """Return the sheet as a picture, as its file would be."""
    handle, name = tempfile.mkstemp(suffix=".png")
    os.close(handle)
    path = Path(name)
    try:
        kit.services.maps.write(content, path, dpi, options)
        return QImage(str(path))
    finally:
        path.unlink(missing_ok=True)
