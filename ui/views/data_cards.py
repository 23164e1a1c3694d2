"""Cards of the files being imported, at the left of the wizard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.theme import Theme
from ui.views.data_card_words import card_names, card_source, card_state
from ui.views.data_session import FileEntry
from ui.widgets.drop_zone import DropZone

WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
FILE_ICONS = {
    ".zip": "file-zip",
    ".xlsx": "file-spreadsheet",
    ".ods": "file-spreadsheet",
    ".csv": "file-text",
}
OUTLINE_ICON = "vector"
LEFT = 38


def file_icon(path: Path) -> str:
    """Name of the icon of a file, by its suffix."""
    suffix = path.suffix.lower()
    if suffix in {".gpkg", ".geojson", ".json", ".shp"}:
        return OUTLINE_ICON
    return FILE_ICONS.get(suffix, "file")


class FileCard(QAbstractButton):
    """One file: icon, name, source recognised, state in a sentence; its cross removes it."""

    removed = Signal()

    def __init__(self, theme: Theme, entry: FileEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._theme = theme
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.cross = QToolButton(self)
        self.cross.setIcon(icons.icon("x", "texte3"))
        self.cross.setIconSize(QSize(14, 14))
        self.cross.setToolTip("Retirer ce fichier")
        self.cross.setAccessibleName(f"Retirer {entry.name}")
        self.cross.setFixedSize(28, 28)
        self.cross.clicked.connect(self.removed.emit)
        self.setToolTip(f"{entry.path}, {entry.part}" if entry.part else str(entry.path))
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what became of the file."""
        _icon, _token, state = card_state(self.entry)
        source = card_source(self.entry)
        parts = [self.entry.name, source, state]
        self.setAccessibleName(", ".join(part for part in parts if part))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its wrapped texts."""
        return QSize(240, self._layout()[-1])

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the cross in the corner."""
        self.cross.move(self.width() - 32, 4)
        self._fit()

    def _fit(self) -> None:
        height = self._layout()[-1]
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _layout(self) -> tuple[QRect, QRect, QRect, int]:
        """Boxes of name, source and state, and the height of the card."""
        width = max(self.width() - LEFT - 12, 80)
        strong = QFontMetrics(self._theme.font("strong"))
        dense = QFontMetrics(self._theme.font("dense"))
        name = QRect(LEFT, 10, width - 22, strong.height() + 2)
        source_text, state_text = card_names(self.entry)[1], card_state(self.entry)[2]
        source = QRect(LEFT, name.bottom() + 2, width, _height(dense, source_text, width))
        state = QRect(LEFT + 18, source.bottom() + 4, width - 18, _height(dense, state_text, width - 18))
        return name, source, state, state.bottom() + 12

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card; chosen is said by the ground and by a thicker line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = self._theme.token
        chosen = self.isChecked()
        painter.setPen(
            QPen(token("encre" if chosen or self.hasFocus() else "trait"), 2 if self.hasFocus() else 1)
        )
        ground = "encre_doux" if chosen else "survol" if self.underMouse() else "surface"
        painter.setBrush(token(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        name, source, state, _total = self._layout()
        icons.draw(painter, file_icon(self.entry.path), "texte2", QRectF(12, 11, 18, 18))
        painter.setFont(self._theme.font("strong"))
        painter.setPen(token("texte"))
        metrics = painter.fontMetrics()
        painter.drawText(
            name,
            WRAP,
            metrics.elidedText(card_names(self.entry)[0], Qt.TextElideMode.ElideMiddle, name.width()),
        )
        painter.setFont(self._theme.font("dense"))
        painter.setPen(token("texte2"))
        painter.drawText(source, WRAP, card_names(self.entry)[1])
        icon, colour, text = card_state(self.entry)
        icons.draw(painter, icon, colour, QRectF(LEFT, state.top(), 14, 14))
        painter.setPen(token(colour))
        painter.drawText(state, WRAP, text)


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(0, 0, width, 400, WRAP, text).height() if text else 0


class FileList(QWidget):
    """The cards, one chosen at a time, then a place to drop more files."""

    chosen = Signal(object)
    removed = Signal(object)
    dropped = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[FileCard] = []
        self._group = QButtonGroup(self)
        self.zone = DropZone(theme, "Déposer d’autres fichiers", "csv, xlsx, zip, gpkg, geojson")
        self.zone.dropped.connect(self.dropped.emit)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.zone)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName("Fichiers à importer")
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    @property
    def cards(self) -> tuple[FileCard, ...]:
        """The cards, top to bottom."""
        return tuple(self._cards)

    def show_entries(self, entries: Sequence[FileEntry], chosen: FileEntry | None) -> None:
        """Show exactly these files."""
        for card in [card for card in self._cards if card.entry not in entries]:
            self._cards.remove(card)
            self._group.removeButton(card)
            card.deleteLater()
        known = [card.entry for card in self._cards]
        for entry in entries:
            if entry not in known:
                self._add(entry)
        for card in self._cards:
            card.setChecked(card.entry is chosen)
            card.refresh()

    def _add(self, entry: FileEntry) -> None:
        card = FileCard(self._theme, entry)
        card.clicked.connect(self._choose)
        card.removed.connect(self._remove)
        self._group.addButton(card)
        self._column.insertWidget(len(self._cards), card)
        self._cards.append(card)

    def _choose(self) -> None:
        card = self._group.checkedButton()
        if isinstance(card, FileCard):
            self.chosen.emit(card.entry)

    def _remove(self) -> None:
        card = self.sender()
        if isinstance(card, FileCard):
            self.removed.emit(card.entry)
