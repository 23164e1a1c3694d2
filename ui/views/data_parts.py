"""What the sub-pages of the data page share: the sub-page itself, its empty state, a banner that hides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QVBoxLayout, QWidget

from ui import icons
from ui.models.table import Column
from ui.theme import Theme
from ui.views.page import Kit
from ui.widgets.parts import Banner, button, row, text
from ui.widgets.table_view import Table


def tell(banner: Banner, sentence: str, tone: str = "") -> None:
    """Show a sentence, or hide the banner when there is nothing to say."""
    if sentence:
        banner.say(sentence, tone)
    else:
        banner.hide()


def confirm(parent: QWidget, question: str, verb: str) -> bool:
    """Ask before something that Ctrl+Z does not take back; the button says the verb."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(question)
    agree = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    give_up = box.addButton("Ne rien changer", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(give_up)
    box.exec()
    return box.clickedButton() is agree


class Empty(QWidget):
    """First use: one icon, one sentence, one button."""

    def __init__(
        self, theme: Theme, icon: str, sentence: str, verb: str, action: Callable[[], object]
    ) -> None:
        super().__init__()
        self._icon_name = icon
        self._icon = QLabel()
        self.sentence = text(sentence, "second", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setFixedWidth(440)
        self.verb = button(verb, action, role="primary")
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        # a wrapped text has its height only where nothing aligns it
        column.addLayout(row(None, self.sentence, None))
        column.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._column = column
        theme.changed.connect(self._redraw)
        self._redraw()

    def add(self, widget: QWidget) -> None:
        """Add a second way in, under the button."""
        self._column.insertWidget(self._column.count() - 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def _redraw(self) -> None:
        self._icon.setPixmap(icons.pixmap(self._icon_name, "texte3", 36, self.devicePixelRatioF()))


class FittedTable(Table):
    """A table that holds in its width: flexible columns give way first, and take what is left."""

    LEAST = 96

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column[Any]],
        name: str,
        parent: QWidget | None = None,
        *,
        flexible: tuple[int, ...] = (0,),
    ) -> None:
        super().__init__(theme, columns, name, parent)
        self._flexible = flexible
        self._natural: list[int] = []
        self.horizontalHeader().setStretchLastSection(False)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, columns fitted again."""
        self.table.replace_rows(rows)
        self.fit_columns()

    def fit_columns(self, most: int = 420) -> None:
        """Give each column the width of its contents, then share the room."""
        header = QFontMetrics(self._theme.font("dense_label"))
        self._natural = [
            0
            if self.isColumnHidden(place)
            else min(
                max(self.sizeHintForColumn(place) + 8, header.horizontalAdvance(column.header) + 34),
                self._theme.px(most),
            )
            for place, column in enumerate(self.table.columns)
        ]
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room again."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        widths = list(self._natural)
        if not widths:
            return
        left = self.viewport().width() - sum(widths)
        if left >= 0:
            widths[self._flexible[0]] += left
        else:
            room = left + sum(widths[place] for place in self._flexible)
            for place, width in _shared([widths[place] for place in self._flexible], room, self._flexible):
                widths[place] = max(width, self._theme.px(self.LEAST))
        for place, width in enumerate(widths):
            if width:
                self.setColumnWidth(place, width)


def _shared(wanted: Sequence[int], room: int, places: Sequence[int]) -> list[tuple[int, int]]:
    """Widths that hold in a room: the narrow ones get what they want, the others share the rest."""
    given = []
    rest = sorted(zip(wanted, places, strict=True))
    for rank, (width, place) in enumerate(rest):
        part = min(width, room // (len(rest) - rank))
        given.append((place, part))
        room -= part
    return given


class SubPage(QWidget):
    """One sub-page of « Données »: built at its first visit, read again when shown after a change."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.theme = kit.theme

    def reload(self) -> None:
        """Read again what is shown."""

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""

    def import_files(self) -> None:
        """Lead to the wizard: the verb of every empty state."""
        self.kit.navigate("data", tab="import")
