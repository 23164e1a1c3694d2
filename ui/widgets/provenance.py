"""« Comment est-ce calculé ? »: everything that explains one figure, in a popover beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain import french
from ui.widgets.parts import button, column, fictitious, line, picture, row, text
from ui.widgets.provenance_words import citation, control_lines, part_lines, source_lines

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from ui.theme import Theme

WIDTH = 338
TITLE = "Comment est-ce calculé\u202f?"
SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class ProvenancePopover(QFrame):
    """Closed by Escape or a click beside it."""

    copied = Signal(str)
    """The citation, once it is in the clipboard."""

    def __init__(
        self, theme: Theme, value: Value, place: str, parent: QWidget | None = None, *, waits: bool = False
    ) -> None:
        """place: name of the territory. waits: nothing can be copied until `quote` gives what may leave."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._place = place
        self._wanted = False
        self._citation = "" if waits else citation(value, place)
        self._formula: QLabel | None = None
        self.setProperty("role", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(TITLE)
        self.setFixedWidth(theme.px(WIDTH))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 16, 18, 14)
        self._column.setSpacing(8)
        self._head(value, place)
        self._parts(value)
        self._origin(value)
        self.copy_button = button("Copier la citation", self.copy, icon="copy")
        self._column.addLayout(row(self.copy_button, None))

    def show_beside(self, anchor: QWidget) -> None:
        """Open on the left of a widget, or on its right, always inside the screen."""
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))
        screen = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(QPoint(0, 0))
        left = corner.x() - self.width() - 10
        if left < screen.left():
            left = min(corner.x() + anchor.width() + 10, screen.right() - self.width())
        top = corner.y() + anchor.height() // 2 - self.height() // 2
        top = max(screen.top() + 4, min(top, screen.bottom() - self.height() - 4))
        self.move(max(left, screen.left()), top)
        self.show()
        self.copy_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def quote(self, value: Value) -> None:
        """Let this value be copied: the one shown, as those outside may read it."""
        self._citation = citation(value, self._place)
        if self._formula is not None and value.formula:
            self._formula.setTextInteractionFlags(SELECTABLE)
        if self._wanted:
            self.copy()

    def copy(self) -> None:
        """Put the citation in the clipboard, as soon as it is known."""
        self._wanted = not self._citation
        if self._wanted:
            return
        QGuiApplication.clipboard().setText(self._citation)
        self.copy_button.setText("Citation copiée")
        self.copied.emit(self._citation)

    def _head(self, value: Value, place: str) -> None:
        key = text("Échap", "shortcut")
        key.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._column.addLayout(row(text(TITLE, "section"), None, key))
        where = text(f"{place}, {value.year}", "label", wrap=True)
        self._column.addLayout(row(where, fictitious()) if value.fictitious else row(where))
        self._column.addWidget(text(french.typographic(value.indicator.definition), "second", wrap=True))

    def _parts(self, value: Value) -> None:
        control = control_lines(value)
        lines = part_lines(value)
        if lines:
            self._column.addLayout(self._figures(lines))
        if control is not None:
            total, published, sentence, within = control
            self._column.addWidget(line())
            sums = [(f"Somme des {len(lines)} parts", total), ("Valeur publiée", published)]
            self._column.addLayout(self._figures(sums))
            tone, icon = ("vert", "circle-check") if within else ("ocre", "alert-triangle")
            words = text(sentence, tone=tone, wrap=True)
            held = row(picture(icon, tone, 16), words)
            held.setStretch(1, 1)
            self._column.addLayout(held)
        if value.formula:
            formula = text(french.typographic(value.formula), "strong", wrap=True)
            if self._citation:
                formula.setTextInteractionFlags(SELECTABLE)
            self._formula = formula
            self._column.addLayout(column(text("Calcul", "legend"), formula, gap=2))

    def _origin(self, value: Value) -> None:
        self._column.addWidget(line())
        self._column.addLayout(self._facts(source_lines(value)))

    def _figures(self, lines: list[tuple[str, str]]) -> QGridLayout:
        grid = _grid()
        for place, (name, figure) in enumerate(lines):
            grid.addWidget(text(name, wrap=True), place, 0)
            grid.addWidget(_right(text(figure, "strong")), place, 1)
        return grid

    def _facts(self, lines: list[tuple[str, str]]) -> QGridLayout:
        grid = _grid()
        grid.setColumnStretch(0, 0)
        grid.setColumnStretch(1, 1)
        for place, (name, fact) in enumerate(lines):
            label = text(name, "hint")
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setMinimumWidth(self._theme.px(78))
            words = text(fact, wrap=True)
            words.setTextInteractionFlags(SELECTABLE)
            grid.addWidget(label, place, 0)
            grid.addWidget(words, place, 1)
        return grid


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    return grid


def _right(label: QLabel) -> QLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return label
