"""« Comment est-ce calculé ? » of one point of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.services.cpog_rows import IndicatorCard
from ui import labels_cpog
from ui.views.cpog_words import point_facts, with_colon
from ui.widgets.parts import button, fictitious, line, row, text
from ui.widgets.provenance import SELECTABLE, TITLE, WIDTH

if TYPE_CHECKING:
    from ui.theme import Theme


class PointPopover(QFrame):
    """Closed by Échap or a click beside it."""

    def __init__(
        self, theme: Theme, card: IndicatorCard, kind: str, column: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("role", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(TITLE)
        self.setFixedWidth(theme.px(WIDTH))
        point = card.points(kind)[column]
        period = card.periods[column].label
        facts = point_facts(kind, point) if point is not None else [("Valeur", "rien d’écrit")]
        self._citation = f"{card.row.label}, {labels_cpog.SERIES[kind].lower()} {period} : " + ", ".join(
            words for _, words in facts
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(8)
        key = text("Échap", "shortcut")
        key.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        layout.addLayout(row(text(TITLE, "section"), None, key))
        head = text(f"{labels_cpog.SERIES[kind]}, {period}", "label")
        badge = fictitious() if point is not None and point.fictitious else None
        layout.addLayout(row(head, badge) if badge is not None else row(head))
        layout.addWidget(text(_definition(card), "second", wrap=True))
        layout.addWidget(line())
        layout.addLayout(_facts(theme, facts))
        self.copy_button = button("Copier la citation", self.copy, icon="copy")
        layout.addLayout(row(self.copy_button, None))

    def show_beside(self, anchor: QWidget, at: QPoint | None = None) -> None:
        """Open near a place of a widget, always inside the screen."""
        layout = self.layout()
        assert layout is not None
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        screen = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(at or QPoint(anchor.width() // 2, anchor.height() // 2))
        left = min(max(corner.x() + 16, screen.left()), screen.right() - self.width())
        top = min(max(corner.y() - self.height() // 2, screen.top() + 4), screen.bottom() - self.height() - 4)
        self.move(left, top)
        self.show()
        self.copy_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def copy(self) -> None:
        """Put the citation in the clipboard."""
        QGuiApplication.clipboard().setText(self._citation)
        self.copy_button.setText("Citation copiée")


def _definition(card: IndicatorCard) -> str:
    indicator = card.indicator
    said = [indicator.label]
    said += [indicator.unit_detail] if indicator.unit_detail else []
    said += [indicator.note] if indicator.note else []
    return ". ".join(part.rstrip(".") for part in said) + "."


def _facts(theme: Theme, facts: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for place, (name, words) in enumerate(facts):
        label = text(name, "hint")
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setMinimumWidth(theme.px(84))
        said = text(words, "strong" if place == 0 else "", wrap=True)
        said.setTextInteractionFlags(SELECTABLE)
        said.setAccessibleName(with_colon(name, words))
        grid.addWidget(label, place, 0)
        grid.addWidget(said, place, 1)
    return grid
