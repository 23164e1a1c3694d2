"""Right column of « Listes »: the line chosen, the rule of the basket, a list to declare whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.domain.coverage import Answer
from app.domain.french import long_date, typographic
from app.domain.territory import Level
from ui.labels_register import kind_label
from ui.views.map_basket_editor import BasketEditor
from ui.views.map_column import RightColumn, label_lines, surface
from ui.views.map_lists_query import Shown, kinds_text, place_code, what_of, whats
from ui.views.map_lists_table import BASKET_WORDS, QPV_WORDS
from ui.widgets.fields import ChoiceField, DateField, TextField
from ui.widgets.parts import button, clear, line, row, scrolled, short_grid, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.domain.coverage_basket import Basket
    from ui.theme import Theme
    from ui.views.map_lists_query import LicenceLine, ListsAnswer, QpvLine, WholeLine

SIDES = (("line", "Territoire"), ("rule", "Règle du panier"))
HINTS: dict[Shown, str] = {
    Shown.BASKET: "Choisissez un territoire sur la carte ou dans la liste.",
    Shown.LICENCES: "Choisissez un agrément\u202f; Entrée ouvre la structure dans le registre.",
    Shown.QPV: "Choisissez un QPV dans la liste.",
    Shown.WHOLE: "Choisissez une déclaration pour la retirer.",
}


class WholeForm(QWidget):
    """Says that the register lists everything of a kind somewhere; `declared` carries what is declared."""

    declared = Signal(str, str, object, str)
    """What (see `whats`), place code, date, source."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.what = ChoiceField(
            "Liste", [(code, label) for code, (label, _k) in whats().items()], required=True
        )
        self.place = ChoiceField("Territoire", (), required=True)
        self.on = DateField("Complète depuis le", required=True)
        self.source = TextField("Source", placeholder="service, courrier, réunion…")
        self.save = button("Déclarer la liste complète", self._save, icon="circle-check", role="primary")
        hint = (
            "Là où la liste est complète, ce qui n’est pas dans le registre est « absent »\u202f; ailleurs, "
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        layout.addWidget(text("Déclarer la liste complète", "section", wrap=True))
        layout.addWidget(text(f"{hint}il est « non connu ».", "hint", wrap=True))
        for field in (self.what, self.place, self.on, self.source):
            layout.addWidget(field)
        layout.addLayout(row(self.save, None))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_answer(self, answer: ListsAnswer) -> None:
        """Offer the territories of the page; what was chosen stays."""
        self.place.set_choices(answer.places)
        if self.what.value is None:
            self.what.set_value("laep")
        if self.on.value is None:
            self.on.set_value(answer.on)
        if self.place.value is None and answer.places:
            self.place.set_value(answer.places[0][0])

    def propose(self, what: str, place: str) -> None:
        """Fill the form from another page: what is not known there."""
        self.what.set_value(what)
        self.place.set_value(place)
        self.save.setFocus()

    def _save(self) -> None:
        fields = (self.what, self.place, self.on, self.source)
        if all([field.commit() for field in fields]):
            self.declared.emit(self.what.value, self.place.value, self.on.value, self.source.value or "")


class ListsSide(RightColumn):
    """What is shown depends on the list."""

    opened = Signal(str)
    """Uuid of a service to open in the register."""
    register_asked = Signal(object)
    """Kinds of services to list in the register."""
    declare_asked = Signal(str, str)
    """What, and place code, of a list that may be declared whole."""
    withdrawn = Signal(object)
    """A declaration to take back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Détail de la liste")
        self.choice = Segments(SIDES, "Panneau de droite")
        self.editor = BasketEditor(theme)
        self.form = WholeForm()
        self._ground, self._body = surface(7)
        self._stack = QStackedWidget()
        for page in (self._ground, self.editor):
            self._stack.addWidget(scrolled(page))
        self.choice.chosen.connect(self.show_side)
        self._rule = line()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 12, 10, 12)
        outer.setSpacing(10)
        outer.addWidget(self.choice)
        outer.addWidget(self.form)
        outer.addWidget(self._rule)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self.editor.foot)
        self.editor.foot.hide()

    def show_side(self, code: str) -> None:
        """Show the line or the rule."""
        self.choice.set_current(code)
        self._stack.setCurrentIndex(0 if code == "line" else 1)
        self.editor.foot.setVisible(code == "rule")

    def show_answer(self, answer: ListsAnswer) -> None:
        """Follow the list on the page."""
        shown = answer.wish.shown
        self.choice.setVisible(shown is Shown.BASKET)
        self.form.setVisible(shown is Shown.WHOLE)
        self._rule.setVisible(shown is Shown.WHOLE)
        if shown is not Shown.BASKET:
            self.show_side("line")
        self.form.show_answer(answer)
        self.editor.show_rules(answer.rules, answer.on)

    def show_line(self, shown: Shown, told: Any) -> None:
        """Show the line under the cursor, or invite to choose one."""
        clear(self._body)
        if told is None:
            self._body.addWidget(text(HINTS[shown], "second", wrap=True))
        elif shown is Shown.BASKET:
            self._basket(told)
        elif shown is Shown.LICENCES:
            self._licence(told)
        elif shown is Shown.QPV:
            self._qpv(told)
        else:
            self._whole(told)
        self._body.addStretch(1)

    # -- each kind of line -------------------------------------------------------------------------------

    def _title(self, name: str, state: str, *, ocre: bool = False) -> None:
        self._body.addWidget(text(name, "object", wrap=True))
        if state:
            tone = "ocre" if ocre else ""
            self._body.addWidget(text(f"{state[:1].upper()}{state[1:]}", "strong", tone=tone, wrap=True))

    def _say(self, *lines: tuple[str, str]) -> None:
        self._body.addLayout(label_lines(short_grid(), list(lines)))

    def _verb(self, label: str, icon: str, action: Any) -> None:
        self._body.addLayout(row(button(label, action, icon=icon), None))

    def _basket(self, told: Basket) -> None:
        self._title(told.name, BASKET_WORDS[told.complete], ocre=told.complete is Answer.NO)
        for label, kinds in (
            ("Présents", told.present), ("Absents", told.absent), ("Non connus", told.unknown),
        ):  # fmt: skip
            if kinds:
                self._body.addWidget(line())
                self._body.addWidget(text(label, "hint"))
            for kind in kinds:
                self._body.addWidget(text(kind_label(kind), wrap=True))
        if told.unknown:
            hint = "Si le registre les contient tous ici, déclarez leur liste complète\u202f:"
            self._body.addWidget(text(hint, "hint", wrap=True))
        for what in dict.fromkeys(what_of(kind) for kind in told.unknown):
            asked = partial(self.declare_asked.emit, what, place_code(Level.EPCI, told.code))
            name = kinds_text(whats()[what][1])
            words = f"Liste complète\u202f: {name}"
            made = button(words, asked, icon="circle-check", role="link")
            self._body.addLayout(row(made, None))
        kinds = (*told.present, *told.absent, *told.unknown)
        self._verb("Voir dans le registre", "building-community", partial(self.register_asked.emit, kinds))

    def _licence(self, told: LicenceLine) -> None:
        over = told.days <= 0
        self._title(told.title, "agrément terminé" if over else "agrément à renouveler", ocre=True)
        self._say(
            ("Type", kind_label(told.kind)), ("Commune", told.commune),
            ("Gestionnaire", told.manager or "n.d."), ("Fin d’agrément", long_date(told.ends_on)),
        )  # fmt: skip
        self._verb("Ouvrir dans le registre", "building-community", partial(self.opened.emit, told.uuid))

    def _qpv(self, told: QpvLine) -> None:
        self._title(told.name, QPV_WORDS[told.answer], ocre=told.answer is Answer.NO)
        self._say(("Commune", ", ".join(told.communes) or "n.d."))
        if told.answer is Answer.UNKNOWN:
            hint = (
                "Le contour du QPV ou la liste des structures manque : une structure de la commune peut s’y "
                "trouver, ou non."
            )
            self._body.addWidget(text(typographic(hint), "hint", wrap=True))
        kinds = whats()["avs"][1]
        verb = "Structures dans le registre"
        self._verb(verb, "building-community", partial(self.register_asked.emit, kinds))

    def _whole(self, told: WholeLine) -> None:
        self._title(told.label, "liste complète")
        self._say(
            ("Territoire", told.place), ("Depuis le", long_date(told.on)), ("Source", told.source or "n.d.")
        )
        self._verb("Retirer la déclaration", "trash", partial(self.withdrawn.emit, told))
