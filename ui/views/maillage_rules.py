"""Left column of « Maillage »: the rules, how each stands, the offer counted, the legend of the map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.domain.coverage import Answer
from ui.views.maillage_query import line_words
from ui.widgets.legend import Legend
from ui.widgets.parts import button, clear, column, line, row, scrolled, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from ui.theme import Theme
    from ui.views.maillage_query import GapsAnswer, RuleLine

WIDTH, LEAST = 264, 170
OFFERS = (("nominal", "Nominale"), ("effective", "Effective"))


class RuleCard(QAbstractButton):
    """One rule: its label, how many territories lack it, how many nobody knows."""

    def __init__(self, theme: Theme, told: RuleLine) -> None:
        super().__init__()
        self._theme = theme
        self.code = told.rule.code
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        words = line_words(told)
        name = text(told.rule.label, "label", wrap=True)
        tone = "ocre" if told.live and told.count(Answer.NO) else ""
        state = text(words, "hint", tone=tone, wrap=True)
        for label in (name, state):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        name.setEnabled(told.live)
        self._held = column(name, state, gap=2)
        self._held.setContentsMargins(10, 7, 10, 8)
        self.setLayout(self._held)
        self.setAccessibleName(f"{told.rule.label}\u202f: {words}")

    def sizeHint(self) -> QSize:
        """As high as its words at its width."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else self._theme.px(220)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Its words wrap."""
        return QSize(self._theme.px(100), self.heightForWidth(max(self.width(), self._theme.px(100))))

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped words."""
        return self._held.totalHeightForWidth(width)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be chosen."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Back to rest."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A framed ground, blue when chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "encre_doux" if self.isChecked() else "survol" if self.underMouse() else "surface"
        painter.setBrush(self._theme.token(ground))
        painter.setPen(QPen(self._theme.token("encre" if self.isChecked() else "trait"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.end()


class RuleList(QFrame):
    """Chooses the rule on the map."""

    rule_chosen = Signal(str)
    rule_wanted = Signal()
    effective_chosen = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "panel")
        self.setProperty("side", "left")
        self.setProperty("zone", "composer")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setAccessibleName("Règles de maillage")
        self.cards: dict[str, RuleCard] = {}
        self._group = QButtonGroup(self)
        self._rules = QVBoxLayout()
        self._rules.setSpacing(6)
        self.add_button = button("Ajouter une règle", self.rule_wanted.emit, icon="plus", role="link")
        self.add_button.setToolTip("Ctrl+N")
        self.offer = Segments(OFFERS, "Offre comptée")
        self.offer.chosen.connect(self._offer_chosen)
        self.legend = Legend(theme)
        inside = QWidget()
        inside.setProperty("role", "surface")
        body = column(
            text("Règles", "strong"), self._rules, self.add_button,
            row(text("Offre", "hint"), None, self.offer), line(), self.legend, None, gap=9,
        )  # fmt: skip
        body.setContentsMargins(16, 14, 16, 14)
        inside.setLayout(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def sizeHint(self) -> QSize:
        """264 pixels at 100 %."""
        return QSize(self._theme.px(WIDTH), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Less when the texts are zoomed and the window narrow: its content wraps."""
        return QSize(self._theme.px(LEAST), 100)

    def show_answer(self, answer: GapsAnswer) -> None:
        """Show the rules; the one on the map is chosen, and keeps the focus it had."""
        focused = next((code for code, card in self.cards.items() if card.hasFocus()), "")
        clear(self._rules)
        self.cards.clear()
        for told in answer.lines:
            card = RuleCard(self._theme, told)
            card.setChecked(told.rule.code == answer.wish.rule)
            card.clicked.connect(partial(self.rule_chosen.emit, told.rule.code))
            self._group.addButton(card)
            self._rules.addWidget(card)
            self.cards[told.rule.code] = card
        if focused in self.cards:
            self.cards[focused].setFocus()
        self.offer.set_current("effective" if answer.wish.effective else "nominal")

    def show_legend(self, shown: Choropleth, radius_of_one: float) -> None:
        """Show the legend, in the colours of the screen."""
        self.legend.show_map(shown, radius_of_one)

    def _offer_chosen(self, code: str) -> None:
        self.effective_chosen.emit(code == "effective")
