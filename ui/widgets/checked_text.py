"""A long text where what the base contradicts is underlined in ochre, with why in the hint."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip

from app.domain.french import typographic
from ui.theme import Theme
from ui.widgets.fields import LongTextField

Mark = tuple[int, int, str]
"""Start and end in the text, explanation."""


class CheckedText(LongTextField):
    """`underline` marks parts of the text as it was when they were checked."""

    def __init__(self, theme: Theme, label: str, *, lines: int = 3) -> None:
        super().__init__(label, required=True, lines=lines)
        self._theme = theme
        self.marks: tuple[Mark, ...] = ()
        self.edit.viewport().installEventFilter(self)
        self.edit.textChanged.connect(self._changed)
        theme.changed.connect(self._draw)

    def underline(self, marks: Sequence[Mark]) -> None:
        """Mark these parts."""
        self.marks = tuple(marks)
        self._draw()
        said = " ".join(typographic(words) for _, _, words in self.marks)
        self.edit.setAccessibleDescription(said)

    def _changed(self) -> None:
        if self.marks:
            self.underline(())

    def _draw(self) -> None:
        shown = []
        for start, end, words in self.marks:
            held = QTextCharFormat()
            held.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            held.setUnderlineColor(self._theme.token("ocre"))
            held.setBackground(self._theme.token("ocre_doux"))
            held.setToolTip(typographic(words))
            cursor = QTextCursor(self.edit.document())
            cursor.setPosition(min(start, len(self.edit.toPlainText())))
            cursor.setPosition(min(end, len(self.edit.toPlainText())), QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            selection.format = held
            shown.append(selection)
        self.edit.setExtraSelections(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say why over an underlined part."""
        over = watched is self.edit.viewport() and event.type() == QEvent.Type.ToolTip
        if over and isinstance(event, QHelpEvent):
            at = self.edit.cursorForPosition(event.pos()).position()
            said = [words for start, end, words in self.marks if start <= at <= end]
            QToolTip.showText(event.globalPos(), typographic(" ".join(said)), self.edit)
            return True
        return super().eventFilter(watched, event)
