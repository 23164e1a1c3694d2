"""A text whose figures are checked: those that disagree with the base are underlined and explained."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip

from ui.widgets.fields import LongTextField

if TYPE_CHECKING:
    from app.domain.claims_model import Finding
    from ui.theme import Theme


_NUMBER = re.compile(r"[−-]?\d[\d\s\u202f\u00a0]*(?:[.,]\d+)?(?<=\d)")
"""A number as it is written, without its unit."""


class ClaimEdit(LongTextField):
    """A long text with its findings; `typed` carries the text at each change."""

    typed = Signal(str)

    def __init__(self, theme: Theme, label: str, *, lines: int = 8) -> None:
        super().__init__(label, lines=lines)
        self._theme = theme
        self.findings: tuple[Finding, ...] = ()
        self.edit.textChanged.connect(self._tell)
        self.edit.viewport().installEventFilter(self)
        theme.changed.connect(self._underline)

    def write(self, value: Any) -> None:
        """Show a text; spaces still being typed at its ends do not move the cursor."""
        if ("" if value is None else str(value)) != self.edit.toPlainText().strip():
            super().write(value)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Underline these; their places are those of the text now shown."""
        self.findings = tuple(findings)
        self._underline()
        said = " ".join(f"{found.written} : {found.explanation}." for found in findings)
        self.edit.setAccessibleDescription(said)

    def select(self, finding: Finding) -> None:
        """Put the cursor on a finding."""
        self.edit.setTextCursor(self._cursor(finding))
        self.edit.setFocus()

    def replace(self, finding: Finding) -> None:
        """Write what is suggested instead; the unit stays when the suggestion is a bare number."""
        if finding.suggestion:
            number = _NUMBER.match(finding.written)
            bare = _NUMBER.fullmatch(finding.suggestion)
            end = finding.start + number.end() if number and bare else finding.end
            self._cursor(replace(finding, end=end)).insertText(finding.suggestion)
            self.commit()

    def insert(self, words: str) -> None:
        """Write words at the cursor."""
        self.edit.textCursor().insertText(words)
        self.edit.setFocus()
        self.commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Explain the finding under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.edit.cursorForPosition(event.pos()).position()
            found = next(
                (f for f in self.findings if self._units(f.start) <= place <= self._units(f.end)), None
            )
            if found is not None:
                QToolTip.showText(event.globalPos(), found.explanation, self.edit)
                return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        self.typed.emit(self.edit.toPlainText())

    def _units(self, place: int) -> int:
        """Qt counts UTF-16 units, Python counts characters."""
        return len(self.edit.toPlainText()[:place].encode("utf-16-le")) // 2

    def _cursor(self, finding: Finding) -> QTextCursor:
        cursor = QTextCursor(self.edit.document())
        cursor.setPosition(self._units(finding.start))
        cursor.setPosition(self._units(finding.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _underline(self) -> None:
        made = []
        for finding in self.findings:
            selection = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            tone = "ocre" if finding.is_error else "texte3"
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setUnderlineColor(self._theme.token(tone))
            if finding.is_error:
                form.setBackground(self._theme.token("ocre_doux"))
            selection.format = form
            selection.cursor = self._cursor(finding)
            made.append(selection)
        self.edit.setExtraSelections(made)
