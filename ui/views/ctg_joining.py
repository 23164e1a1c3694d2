"""Forms of what joins a CTG: communes before its signature, an avenant with what it brings after."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.domain.ctg import AmendmentKind
from app.domain.ctg_themes import load_themes
from app.domain.errors import DomainError
from ui.errors import sentence
from ui.labels_ctg import AMENDMENT
from ui.widgets.check_list import CheckList
from ui.widgets.fields import ChoiceField, DateField, TextField
from ui.widgets.parts import Banner, Card, button, column, row, text

if TYPE_CHECKING:
    from app.services.ctg_rows import CtgDetail
    from ui.views.page import Kit

HEIGHT = 150


def joinable(kit: Kit, detail: CtgDetail) -> list[tuple[str, str, str]]:
    """Communes of the EPCI and départements of a convention that it does not have: (code, name, words)."""
    held = {member.code for member in detail.members if member.present}
    reference = kit.services.territory.reference
    near = {code for epci in detail.row.codes_epci for code in reference.members(epci)}
    near |= {c.code for dep in detail.row.departements for c in reference.communes(departement=dep)}
    found = sorted((reference.commune(code) for code in near - held), key=lambda c: c.name)
    return [(c.code, c.name, f"{c.code} {' '.join(c.former_names)}") for c in found]


class JoinForm(Card):
    """Communes of a convention that is not signed yet: no avenant is needed. `asked` carries their codes."""

    asked = Signal(object)
    given_up = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__("Ajouter des communes")
        self._kit = kit
        self.banner = Banner()
        self.communes = CheckList("Communes à ajouter", "Filtrer les communes")
        self.communes.setFixedHeight(kit.theme.px(HEIGHT + 40))
        self.keep = button("Ajouter", self.send, icon="check", role="primary")
        self.body.addWidget(self.banner)
        self.body.addWidget(text("La CTG n’est pas signée\u202f: aucun avenant n’est nécessaire.", "hint"))
        self.body.addWidget(self.communes)
        self.body.addLayout(row(self.keep, button("Abandonner", self.given_up.emit), None))

    def start(self, detail: CtgDetail) -> None:
        """Nothing ticked."""
        self.banner.hide()
        self.communes.show_lines(joinable(self._kit, detail))
        self.show()
        self.communes.field.setFocus()

    def send(self) -> None:
        """Ask for the communes ticked."""
        if self.communes.ticked():
            self.asked.emit(self.communes.ticked())

    def refuse(self, error: DomainError) -> None:
        """Say why nothing was written."""
        self.banner.say(sentence(error), "rouge")


class AmendForm(Card):
    """`asked` carries communes, themes and fields; nothing of what was signed is overwritten."""

    asked = Signal(object, object, object)
    given_up = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__("Nouvel avenant")
        self._kit = kit
        self.banner = Banner()
        self.kind = ChoiceField(
            "Objet", [(code, words.capitalize()) for code, words in AMENDMENT.items()], required=True
        )
        self.name = TextField("Intitulé", required=True)
        self.signed_on = DateField("Signé le")
        self.effective_on = DateField("Effet le", required=True)
        self.new_ends_on = DateField("Nouvelle fin de la CTG")
        self.communes = CheckList("Communes qui adhèrent", "Filtrer les communes")
        self.themes = CheckList("Thèmes ajoutés", "Filtrer les thèmes")
        for made in (self.communes, self.themes):
            made.setFixedHeight(kit.theme.px(HEIGHT))
        self.keep = button("Ajouter l’avenant", self.send, icon="check", role="primary")
        self.give_up = button("Abandonner", self.given_up.emit)
        dates = row(self.signed_on, self.effective_on, self.new_ends_on, gap=10)
        left = column(row(self.kind, self.name, gap=10), dates, row(self.give_up, self.keep, None), None)
        lists = row(
            column(text("Communes qui adhèrent", "label"), self.communes, gap=4),
            column(text("Thèmes ajoutés", "label"), self.themes, gap=4),
            gap=12,
        )
        both = row(gap=16)
        both.addLayout(left, 1)
        both.addLayout(lists, 1)
        self.body.addWidget(self.banner)
        self.body.addLayout(both)

    def start(self, detail: CtgDetail) -> None:
        """An empty form, with the communes and themes that the convention does not have."""
        self.banner.hide()
        self.communes.show_lines(joinable(self._kit, detail))
        chosen = {theme.code for theme in detail.themes if theme.chosen}
        self.themes.show_lines(
            [(theme.code, theme.label, theme.short) for theme in load_themes().values()
             if theme.code not in chosen]
        )  # fmt: skip
        self.kind.set_value(AmendmentKind.JOINING)
        for field in (self.name, self.signed_on, self.new_ends_on):
            field.set_value(None)
        self.effective_on.set_value(datetime.date.today())
        self.show()
        self.name.control.setFocus()

    def send(self) -> None:
        """Ask for the avenant once its fields are read."""
        fields = {
            "kind": self.kind, "title": self.name, "signed_on": self.signed_on,
            "effective_on": self.effective_on, "new_ends_on": self.new_ends_on,
        }  # fmt: skip
        if all([field.commit() for field in fields.values()]):
            values = {name: field.read() for name, field in fields.items()}
            self.asked.emit(self.communes.ticked(), self.themes.ticked(), values)

    def refuse(self, error: DomainError) -> None:
        """Say why nothing was written."""
        self.banner.say(sentence(error), "rouge")
