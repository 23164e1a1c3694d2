"""Left column of « Maillage »: the rules, how each stands, the offer counted, the legend of the map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from app.domain.coverage import Answer
from ui.views.maillage_query import line_words
from ui.views.map_column import OFFERS, LeftColumn
from ui.widgets.map_card import ChoiceCard
from ui.widgets.parts import button, clear, line, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from ui.theme import Theme
    from ui.views.maillage_query import GapsAnswer


class RuleList(LeftColumn):
    """Chooses the rule on the map."""

    rule_chosen = Signal(str)
    rule_wanted = Signal()
    effective_chosen = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Règles de maillage")
        self.cards: dict[str, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        self._rules = QVBoxLayout()
        self._rules.setSpacing(6)
        self.add_button = button("Ajouter une règle", self.rule_wanted.emit, icon="plus", role="link")
        self.add_button.setToolTip("Ctrl+N")
        self.offer = Segments(OFFERS, "Offre comptée")
        self.offer.chosen.connect(self._offer_chosen)
        self.fill(
            text("Règles", "strong"), self._rules, self.add_button,
            row(text("Offre", "hint"), None, self.offer), line(), self.legend, None, gap=9,
        )  # fmt: skip

    def show_answer(self, answer: GapsAnswer) -> None:
        """Show the rules; the one on the map is chosen, and keeps the focus it had."""
        focused = next((code for code, card in self.cards.items() if card.hasFocus()), "")
        clear(self._rules)
        self.cards.clear()
        for told in answer.lines:
            tone = "ocre" if told.live and told.count(Answer.NO) else ""
            card = ChoiceCard(
                self._theme, told.rule.code, told.rule.label, line_words(told), tone=tone, live=told.live
            )
            card.setChecked(told.rule.code == answer.wish.rule)
            card.clicked.connect(partial(self.rule_chosen.emit, told.rule.code))
            self._group.addButton(card)
            self._rules.addWidget(card)
            self.cards[told.rule.code] = card
        if focused in self.cards:
            self.cards[focused].setFocus()
        self.offer.set_current("effective" if answer.wish.effective else "nominal")

    def _offer_chosen(self, code: str) -> None:
        self.effective_chosen.emit(code == "effective")
