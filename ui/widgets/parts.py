"""Small bricks of pages: texts, buttons, lines, cards, badge, all named for screen readers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, labels

ICON = QSize(18, 18)
ICON_AND_ROOM = QSize(23, 18)


def text(words: str = "", role: str = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    """Return a label in plain text; role and tone are those of the style sheet."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    if tone:
        label.setProperty("tone", tone)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


class Elided(QLabel):
    """A text on one line, cut with an ellipsis when it lacks room; the hint holds it whole."""

    def __init__(self, words: str = "", role: str = "") -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(40)
        if role:
            self.setProperty("role", role)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone of a widget and have the style sheet read it again."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    words: str, action: Callable[[], object] | None = None, *, icon: str = "", role: str = ""
) -> QPushButton:
    """Return a push button; role: primary, link, danger or nothing."""
    made = QPushButton(words)
    made.setAccessibleName(words)
    if icon:
        token = {"primary": "sur_encre", "link": "encre", "danger": "rouge"}.get(role, "texte2")
        made.setIcon(icons.icon(icon, token))
        made.setIconSize(ICON if icon == "arrow-right" else ICON_AND_ROOM)
        if icon == "arrow-right":
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    if role:
        made.setProperty("role", role)
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if action is not None:
        made.clicked.connect(lambda _checked=False: action())
    return made


def icon_button(
    icon: str, name: str, action: Callable[[], object] | None = None, *, framed: bool = False, size: int = 18
) -> QToolButton:
    """Return a button with an icon alone: its name is its hint and what a screen reader says."""
    made = QToolButton()
    made.setIcon(icons.icon(icon, "texte2", on="encre"))
    made.setIconSize(QSize(size, size))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setFixedSize(30, 30)
    if framed:
        made.setProperty("role", "framed")
    if action is not None:
        made.clicked.connect(lambda _checked=False: action())
    return made


class Picture(QWidget):
    """An icon that is not a control: it says nothing to a screen reader, and follows the theme."""

    def __init__(self, icon: str, token: str = "texte2", size: int = 18) -> None:
        super().__init__()
        self._icon = icon
        self._token = token
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def change(self, icon: str, token: str) -> None:
        """Show another icon."""
        self._icon, self._token = icon, token
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        icons.draw(painter, self._icon, self._token, QRectF(self.rect()))


def picture(icon: str, token: str = "texte2", size: int = 18) -> Picture:
    """Return an icon that is not a control."""
    return Picture(icon, token, size)


def fictitious() -> QLabel:
    """Return the badge « fictif » for what is not real."""
    badge = text(labels.FICTITIOUS, "fictif")
    badge.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    badge.setToolTip("Donnée fictive, pour la démonstration")
    return badge


def line() -> QFrame:
    """Return a hairline across a layout."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


Item = QWidget | QLayout | int | None


def lay(layout: QBoxLayout, *items: Item) -> None:
    """Fill a layout: widgets, layouts, a number for a fixed space, None for a stretch."""
    layout.setContentsMargins(0, 0, 0, 0)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def row(*items: Item, gap: int = 8) -> QHBoxLayout:
    """Return a horizontal layout of these items; see lay."""
    layout = QHBoxLayout()
    layout.setSpacing(gap)
    lay(layout, *items)
    return layout


def column(*items: Item, gap: int = 8) -> QVBoxLayout:
    """Return a vertical layout of these items; see lay."""
    layout = QVBoxLayout()
    layout.setSpacing(gap)
    lay(layout, *items)
    return layout


class Card(QFrame):
    """A white card with its title; pages add to `body`."""

    def __init__(self, title: str, *, padding: int = 16) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.title = text(title, "section")
        self.head = row(self.title, gap=8)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding - 2, padding, padding - 2)
        self.body.setSpacing(8)
        self.body.addLayout(self.head)

    def mark_fictitious(self, value: bool) -> None:
        """Add or remove the badge beside the title."""
        badge = self.findChild(QLabel, "fictif")
        if value and badge is None:
            badge = fictitious()
            badge.setObjectName("fictif")
            self.head.insertWidget(1, badge)
        elif not value and badge is not None:
            badge.deleteLater()
            badge.setObjectName("")
            badge.hide()


TONE_ICONS = {"ocre": "alert-triangle", "rouge": "help-octagon", "vert": "circle-check", "": "info-circle"}


class Banner(QFrame):
    """A sentence across a page, two verbs at most; hidden until shown. Tone: ocre, rouge, vert or none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._picture = Picture("info-circle", "encre")
        self._text = text("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._verbs = row()
        layout = row(self._picture, self._text, self._verbs, gap=10)
        layout.setStretch(1, 1)
        layout.setContentsMargins(12, 6, 10, 6)
        self.setLayout(layout)
        self.hide()

    def say(self, words: str, tone: str = "", *verbs: tuple[str, Callable[[], object]]) -> None:
        """Show the banner."""
        set_tone(self, tone)
        self._text.setText(words)
        self.setAccessibleName(words)
        self._picture.change(TONE_ICONS[tone], tone or "encre")
        clear(self._verbs)
        for word, action in verbs:
            made = button(word, action)
            made.setProperty("dense", True)
            self._verbs.addWidget(made)
        self.show()

    def words(self) -> str:
        """What the banner says."""
        return self._text.text()


def clear(layout: QLayout) -> None:
    """Remove and delete everything of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def scrolled(inside: QWidget) -> QScrollArea:
    """Return a vertical scroll around a widget, without a horizontal bar."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def centred(inside: QWidget, share: int) -> QWidget:
    """Return a page that scrolls a column in its middle; share: its part of the width, margins have 1."""
    page = QWidget()
    held = QHBoxLayout(page)
    held.setContentsMargins(0, 0, 0, 0)
    held.addStretch(1)
    held.addWidget(inside, share)
    held.addStretch(1)
    return scrolled(page)


def short_grid(*, across: int = 8, down: int = 3, stretched: int = 0) -> QGridLayout:
    """A grid without margins for labels and their figures; stretched: column that takes what is left."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(across)
    grid.setVerticalSpacing(down)
    grid.setColumnStretch(stretched, 1)
    return grid


def on_right(label: QLabel) -> QLabel:
    """The same label, its text against the right edge."""
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label
