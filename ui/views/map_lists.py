"""« Listes »: the basket of services with its rule, agréments, Qpv, and the lists declared whole."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from app.changes import Changes
from ui.folders import open_folder
from ui.views.map_column import OFFERS, LeftColumn
from ui.views.map_linked import LinkedMap
from ui.views.map_lists_query import ListsWish, Shown, place_of_code, read_lists, state_words, whats
from ui.views.map_lists_side import ListsSide
from ui.views.map_lists_table import TITLES, ListTable
from ui.widgets.map_card import ChoiceCard
from ui.widgets.parts import button, clear, line, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.domain.coverage_basket import BasketRule
    from app.domain.errors import DomainError
    from app.progress import Progress
    from maps.choropleth import Choropleth
    from ui.theme import Theme
    from ui.views.map_lists_query import ListsAnswer, WholeLine
    from ui.views.page import Kit

SUBTITLES: dict[Shown, str] = {
    Shown.BASKET: "",
    Shown.LICENCES: "Centres sociaux et EVS, agréments terminés ou qui se terminent sous {months} mois",
    Shown.QPV: "Un centre social ou un EVS se trouve-t-il dans le quartier\u202f?",
    Shown.WHOLE: "Là où le registre contient tout, ce qui n’y est pas est absent",
}


class ListChoice(LeftColumn):
    """The four lists, how each stands, the offer counted, the legend of the map."""

    list_chosen = Signal(object)
    effective_chosen = Signal(bool)
    rule_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Listes de la couverture")
        self.cards: dict[Shown, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(6)
        self.edit = button("Modifier la règle du panier", self.rule_wanted.emit, icon="pencil", role="link")
        self.edit.setToolTip("F2")
        self.offer = Segments(OFFERS, "Offre comptée")
        self.offer.chosen.connect(self._offer_chosen)
        self._rule = line()
        self.fill(
            text("Listes", "strong"), self._lists, self.edit, row(text("Offre", "hint"), None, self.offer),
            self._rule, self.legend, None, gap=9,
        )  # fmt: skip

    def show_answer(self, answer: ListsAnswer) -> None:
        """Show how each list stands; the one on the page is chosen, and keeps the focus it had."""
        focused = next((shown for shown, card in self.cards.items() if card.hasFocus()), None)
        clear(self._lists)
        self.cards.clear()
        for shown, title in TITLES.items():
            words, tone = state_words(answer, shown)
            card = ChoiceCard(self._theme, shown.value, title, words, tone=tone)
            card.setChecked(shown is answer.wish.shown)
            card.clicked.connect(partial(self.list_chosen.emit, shown))
            self._group.addButton(card)
            self._lists.addWidget(card)
            self.cards[shown] = card
        if focused is not None:
            self.cards[focused].setFocus()
        self.offer.set_current("effective" if answer.wish.effective else "nominal")
        for part in (self._rule, self.legend, self.edit):
            part.setVisible(answer.wish.shown is Shown.BASKET)

    def _offer_chosen(self, code: str) -> None:
        self.effective_chosen.emit(code == "effective")


class ListsPage(LinkedMap):
    """A list at a time; that of the basket has its map."""

    title = "Listes"
    icon = "map-2"

    def __init__(self, kit: Kit) -> None:
        choice, side = ListChoice(kit.theme), ListsSide(kit.theme)
        super().__init__(kit, choice, side, None)
        self.choice, self.panel = choice, side
        self.lists = ListTable(kit.theme)
        self._wish = ListsWish()
        self._answer: ListsAnswer | None = None
        self._proposed: tuple[str, str] | None = None
        self.put_below(self.lists)
        self.head.levels.hide()
        self.stage.timeline.hide()
        self._wire()

    def _wire(self) -> None:
        self.choice.list_chosen.connect(self.show_list)
        self.choice.effective_chosen.connect(self._choose_offer)
        self.choice.rule_wanted.connect(self.edit_rule)
        self.lists.chosen.connect(self._line_chosen)
        self.lists.opened.connect(self._line_opened)
        self.lists.export_asked.connect(self._export)
        self.panel.editor.saved.connect(self._save_rule)
        self.panel.form.declared.connect(self._declare)
        self.panel.withdrawn.connect(self._withdraw)
        self.panel.declare_asked.connect(self.propose)
        self.panel.opened.connect(self._open_service)
        self.panel.register_asked.connect(self._open_register)
        self.key("F2", self.edit_rule)
        self.key("Ctrl+F", self.lists.filter.setFocus)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the sub-page."""
        return (
            ("F2", "Modifier la règle du panier de services"),
            ("Ctrl+F", "Filtrer la liste"),
            ("Entrée", "Ouvrir la structure dans le registre"),
        )

    # -- reading -----------------------------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """show: basket, licences, qpv or whole; what and place: of a list that may be declared whole."""
        if wishes.get("what"):
            self.propose(wishes["what"], wishes.get("place", ""))
        elif wishes.get("show"):
            self.show_list(Shown(wishes["show"]))

    def reload(self) -> None:
        """Read the lists again; what is shown stays meanwhile."""
        context = self.kit.context.value
        self._wish = replace(self._wish, departement=context.departement, epci=context.epci)
        call = partial(read_lists, self.kit.services, self._wish)
        self.read_again(call, self._show, "Lecture des listes")

    def _show(self, answer: ListsAnswer) -> None:
        self._answer = answer
        shown = answer.wish.shown
        self.choice.show_answer(answer)
        self.panel.show_answer(answer)
        self.lists.show_answer(answer)
        self.stage.say("")
        mapped = shown is Shown.BASKET
        self.stack.setVisible(mapped)
        self.export.setVisible(mapped)
        self.head.table_button.setVisible(mapped)
        if mapped:
            made = answer.choropleth
            self.head.show_words(made.title, made.subtitle)
            self.show_choropleth(made)
        else:
            self.head.show_words(TITLES[shown], SUBTITLES[shown].format(months=answer.months))
            self.panel.show_line(shown, self.lists.table.current_row())
        if self._proposed is not None and shown is Shown.WHOLE:
            self.panel.form.propose(*self._proposed)
            self._proposed = None

    # -- what is said ------------------------------------------------------------------------------------

    def show_legend(self, shown: Choropleth, radius_of_one: float) -> None:
        """Legend under the lists."""
        self.choice.show_legend(shown, radius_of_one)

    def show_selected(self, code: str | None) -> None:
        """The basket of the territory."""
        if self._answer is not None and self._answer.wish.shown is Shown.BASKET:
            self.lists.select(code)
            self.panel.show_line(Shown.BASKET, self._answer.basket(code))

    def _line_chosen(self, told: Any) -> None:
        if self._answer is None:
            return
        shown = self._answer.wish.shown
        if shown is not Shown.BASKET:
            self.panel.show_line(shown, told)
        elif told is not None and told.code != self.selected:
            self.selected = told.code
            self.stage.view.select(told.code)
            self.panel.show_line(shown, told)

    def _line_opened(self, told: Any) -> None:
        if self.lists.shown is Shown.LICENCES:
            self._open_service(told.uuid)
            return
        self._line_chosen(told)
        self.panel.show_side("line")
        self.show_drawer(True)

    # -- choices -----------------------------------------------------------------------------------------

    def show_list(self, shown: Shown) -> None:
        """Show another list."""
        self._wish = replace(self._wish, shown=shown)
        self.reload()

    def edit_rule(self) -> None:
        """Open the rule of the basket."""
        if self._wish.shown is not Shown.BASKET:
            self.show_list(Shown.BASKET)
        self.panel.show_side("rule")
        self.show_drawer(True)
        self.panel.editor.name.control.setFocus()

    def propose(self, what: str, place: str) -> None:
        """Open the form of a whole list, filled."""
        self._proposed = (what, place)
        self.show_drawer(True)
        self.show_list(Shown.WHOLE)

    def _choose_offer(self, effective: bool) -> None:
        self._wish = replace(self._wish, effective=effective)
        self.reload()

    # -- what is written ---------------------------------------------------------------------------------

    def _save_rule(self, rule: BasketRule) -> None:
        call = partial(_rule_saved, self.kit, rule)
        self.kit.runner.write(call, self._rule_written, refused=self.panel.editor.refuse)

    def _rule_written(self, changes: Changes) -> None:
        self.kit.hub.changed.emit(changes)
        self.kit.notify("Règle du panier enregistrée")

    def _declare(self, what: str, place: str, on: object, source: str) -> None:
        call = partial(_declared, self.kit, what, place, on, source)
        self.kit.runner.write(call, self.kit.hub.changed.emit, refused=self.refuse)

    def _withdraw(self, told: WholeLine) -> None:
        call = partial(_withdrawn, self.kit, told)
        self.kit.runner.write(call, self.kit.hub.changed.emit, refused=self.refuse)

    # -- what leaves the page ----------------------------------------------------------------------------

    def _open_service(self, uuid: str) -> None:
        self.kit.navigate("equipment", equipment=uuid)

    def _open_register(self, kinds: tuple[str, ...]) -> None:
        self.kit.navigate("equipment", kinds=kinds)

    def _export(self, headers: list[str], rows: list[list[object]], path: Path) -> None:
        call = partial(
            _exported, self.kit, TITLES[self.lists.shown], headers, rows, self.lists.sources(), path
        )
        self.kit.runner.read(call, self._written, name=f"Export de {path.name}", refused=self.refuse)

    def _written(self, path: Path) -> None:
        words = f"Liste exportée\u202f: {path.name}"
        self.kit.notify(words, "Ouvrir le dossier", partial(open_folder, path.parent))

    def refuse(self, error: DomainError) -> None:
        """Say at the bottom why something is refused: the map is not always there."""
        from ui.errors import sentence

        self.kit.notify(sentence(error), tone="rouge")


def _rule_saved(kit: Kit, rule: BasketRule, _progress: Progress) -> Changes:
    return kit.services.coverage.save_basket(rule)


def _declared(kit: Kit, what: str, place: str, on: Any, source: str, _progress: Progress) -> Changes:
    label, kinds = whats()[what]
    level, code = place_of_code(place)
    return kit.services.coverage.declare_kinds(kinds, level, code, on, source, label)


def _withdrawn(kit: Kit, told: WholeLine, _progress: Progress) -> Changes:
    return kit.services.coverage.withdraw_kinds(told.kinds, told.level, told.code, told.label)


def _exported(
    kit: Kit, title: str, headers: list[str], rows: list[list[object]], sources: list[tuple[str, str]],
    path: Path, _progress: Progress,
) -> Path:  # fmt: skip
    kit.services.coverage.export_list(title, headers, rows, sources, path)
    return path
