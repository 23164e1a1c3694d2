"""Table of findings about files: one line each, the answer proposed already chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.models.table import Column, Index
from ui.theme import Theme
from ui.widgets.finding import DecisionDelegate, Finding, FindingDelegate, SeverityDelegate
from ui.widgets.table_view import Table

SEVERITY_WORDS = ("information", "question", "erreur")
MANY = 400
"""Beyond that many lines, every line takes the height of the tallest of the first ones."""


class AnomalyTable(Table):
    """Findings with their answers. `decided` carries the finding and the code of the answer chosen.

    Left and right arrows change the answer of the current line; up and down change line.
    """

    decided = Signal(object, str)

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, with_file: bool = False
    ) -> None:
        """with_file: show the column of the file (several imports at once)."""
        files: tuple[Column[Finding], ...] = (Column("Fichier", lambda row: row.file),) if with_file else ()
        columns: tuple[Column[Finding], ...] = (
            Column("", lambda row: -row.severity, lambda value: SEVERITY_WORDS[-value], right=False),
            *files,
            Column("Ligne", lambda row: row.span, lambda span: span.words, right=True),
            Column("Colonne", lambda row: row.column, hint=lambda row: row.column),
            Column("Valeur", lambda row: row.value, hint=lambda row: row.value),
            Column("Constat", _said, hint=_said),
            Column("Décision", lambda row: row.answer, right=True),
        )
        super().__init__(theme, columns, name, parent)
        self._finding_column = len(columns) - 2
        self._severity = SeverityDelegate(self.finding_at, self)
        self._finding = FindingDelegate(theme, self.finding_at, self)
        self._decision = DecisionDelegate(theme, self.finding_at, self.decided.emit, self)
        self.setItemDelegateForColumn(0, self._severity)
        self.setItemDelegateForColumn(self._finding_column, self._finding)
        self.setItemDelegateForColumn(self._finding_column + 1, self._decision)
        self.setProperty("role", "framed")
        self.setAccessibleDescription(
            "Flèches haut et bas pour changer de ligne, gauche et droite pour changer la réponse."
        )
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(self._finding_column, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._plan_heights)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.fit_rows)
        self.proxy.layoutChanged.connect(self._plan_heights)
        self.proxy.modelReset.connect(self._plan_heights)

    def finding_at(self, index: Index) -> Finding:
        """The finding of a line shown."""
        found = self.proxy.row_at(index)
        assert isinstance(found, Finding)
        return found

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings; the current line stays on the same finding if it is still there."""
        here = self.current_row()
        self.table.replace_rows(findings)
        self._fit_columns()
        keys = [finding.key for finding in findings]
        if here is not None and here.key in keys:
            index = self.proxy.mapFromSource(self.table.index(keys.index(here.key), 0))
            self.setCurrentIndex(index)

    def keep_severity(self, severity: int | None) -> None:
        """Show only the findings of that severity; None shows all."""
        self.proxy.set_keep(None if severity is None else lambda row: row.severity == severity)
        self._plan_heights()

    def same_rule(self, finding: Finding) -> list[Finding]:
        """The findings, other than this one, that the same answer may settle."""
        return [
            row
            for row in self.table.rows
            if row.rule == finding.rule and row.key != finding.key and row.answers == finding.answers
        ]

    def fit_rows(self) -> None:
        """Give each line the height of its text in the width at hand."""
        width = self.columnWidth(self._finding_column)
        count = self.proxy.rowCount()
        rows = [self.finding_at(self.proxy.index(row, 0)) for row in range(min(count, MANY))]
        heights = [max(self._finding.height_for(row, width), self._theme.px(44)) for row in rows]
        if count > MANY:
            self.verticalHeader().setDefaultSectionSize(max(heights))
            return
        for row, height in enumerate(heights):
            self.setRowHeight(row, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right change the answer."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        finding = self.current_row()
        if not step or finding is None:
            super().keyPressEvent(event)
        elif len(finding.answers) > 1:
            self.decided.emit(finding, finding.next_answer(step))

    def focusInEvent(self, event: QEvent) -> None:
        """Entering by the keyboard takes the first line."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self.proxy.rowCount():
            self.setCurrentIndex(self.proxy.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts wrap again."""
        super().resizeEvent(event)
        self._plan_heights()

    def _fit_columns(self) -> None:
        px = self._theme.px
        first = 1 if self._finding_column == 4 else 2
        self.setColumnWidth(0, px(36))
        if first == 2:
            self.setColumnWidth(1, px(170))
        for column, least, most in ((first, 56, 96), (first + 1, 70, 120), (first + 2, 60, 110)):
            needed = self.sizeHintForColumn(column) + 12
            self.setColumnWidth(column, min(max(needed, px(least)), px(most)))
        widths = [self._decision.width_for(row) for row in self.table.rows[:MANY]]
        self.setColumnWidth(self._finding_column + 1, max([*widths, px(110)]))
        self._plan_heights()

    def _plan_heights(self, *_unused: object) -> None:
        self._timer.start()

    def _row_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        super()._row_changed(current, previous)
        self.viewport().update()

    def _theme_changed(self) -> None:
        self.viewport().update()


def _said(row: Finding) -> str:
    return f"{row.title}. {row.explanation}" if row.explanation else row.title
