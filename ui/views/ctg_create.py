"""Creation of a CTG in three fields: territory, period, signatories; an overlap is refused at its field."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.ctg import PartyKind, Scope
from app.domain.ctg_errors import EndBeforeStart, OverlappingCtg
from app.domain.errors import DomainError, UnknownTerritory
from app.domain.french import plural, typographic
from app.services.ctg_rows import NewCtg
from ui.errors import sentence
from ui.labels_ctg import PARTY
from ui.views import ctg_calls as calls
from ui.views.ctg_words import proposed_name
from ui.views.data_parts import SubPage
from ui.widgets.check_list import CheckList
from ui.widgets.fields import DateField, LongTextField, TextField
from ui.widgets.parts import Banner, Card, button, icon_button, row, set_tone, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.services.ctg_rows import Created
    from ui.views.page import Kit

SCOPES = (("epci", "EPCI"), ("commune", "Communes"), ("departement", "Département"))
YEARS = 4
"""Length proposed, in years."""
LEFT, RIGHT = 420, 380


class CreateView(SubPage):
    """`created` carries the key of the new convention, `given_up` that nothing was made."""

    created = Signal(str)
    given_up = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._named = ""
        self.banner = Banner()
        self.scope = Segments(SCOPES, "Périmètre de la CTG")
        self.scope.chosen.connect(self._scope_chosen)
        self.places = CheckList("Territoire de la CTG", "Filtrer par nom ou par code")
        self.places.changed.connect(self._ticked)
        self.places_note = text("", "hint", wrap=True)
        self.places_error = text("", "hint", tone="rouge", wrap=True)
        self.starts_on = DateField("Début")
        self.ends_on = DateField("Fin")
        self.period_error = text("", "hint", tone="rouge", wrap=True)
        self.parties = CheckList("Signataires à côté de la Caf et du territoire", "Filtrer")
        self.others = LongTextField(
            "Autres signataires, un par ligne", lines=2, placeholder="Association, organisme…"
        )
        self.name = TextField("Nom de la CTG", required=True)
        self.make = button("Créer la CTG", self.create_ctg, icon="check", role="primary")
        self.give_up = button("Abandonner", self.given_up.emit)
        self._lay_out()

    def _lay_out(self) -> None:
        back = icon_button("arrow-left", "Revenir aux CTG", self.given_up.emit)
        head = row(back, text("Nouvelle CTG", "title"), None, self.give_up, self.make)
        where = Card("1. Territoire")
        for item in (self.scope, self.places, self.places_note, self.places_error):
            where.body.addWidget(item)
        where.body.setStretch(2, 1)
        when = Card("2. Période")
        when.body.addLayout(row(self.starts_on, self.ends_on, gap=12))
        when.body.addWidget(self.period_error)
        hint = "Sans date de début, la CTG se prépare : elle ne recouvre encore aucune autre CTG."
        when.body.addWidget(text(typographic(hint), "hint", wrap=True))
        who = Card("3. Signataires")
        who.body.addWidget(text("La Caf et le territoire choisi sont ajoutés d’office.", "hint", wrap=True))
        who.body.addWidget(self.parties, 1)
        who.body.addWidget(self.others)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(when)
        right.addWidget(who, 1)
        right.addWidget(self.name)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.addWidget(where, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        body = QWidget()
        body.setMaximumWidth(self.theme.px(1100))
        body.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addLayout(head)
        self._column.addWidget(self.banner)
        self._column.addWidget(body, 1)
        for error in (self.places_error, self.period_error):
            error.hide()

    # -- filling -------------------------------------------------------------------------------------

    def start(self) -> None:
        """An empty form, with the territory shown ticked and the next years proposed."""
        context = self.kit.context.value
        self.banner.hide()
        self._forget_errors()
        self._named = ""
        self.name.set_value("")
        self.scope.set_current("epci")
        self._fill_places("epci")
        if context.epci:
            self.places.tick(context.epci)
        year = datetime.date.today().year + 1
        self.starts_on.set_value(datetime.date(year, 1, 1))
        self.ends_on.set_value(datetime.date(year + YEARS - 1, 12, 31))
        self._fill_parties()
        self.others.set_value("")
        self.places.field.setFocus()

    def reload(self) -> None:
        """What is being typed stays."""

    def _fill_places(self, scope: str) -> None:
        self.places.field.clear()
        territory = self.kit.services.territory
        wanted = self.kit.context.value.departement
        deps = [d for d in territory.departements() if wanted in (None, d.code)]
        if scope == "departement":
            lines = [(d.code, d.name, d.code) for d in deps]
        elif scope == "commune":
            lines = [
                (c.code, c.name, f"{c.code} {' '.join(c.former_names)}")
                for d in deps
                for c in territory.reference.communes(departement=d.code)
            ]
        else:
            lines = [
                (e.code, e.short_name, f"{e.name} {e.code}") for d in deps for e in territory.epcis(d.code)
            ]
        self.places.show_lines(sorted(dict.fromkeys(lines), key=lambda line: line[1]))
        self._ticked()

    def _fill_parties(self) -> None:
        territory = self.kit.services.territory
        lines = [
            (f"{PartyKind.DEPARTEMENT}:Département {d.of_name}", f"Département {d.of_name}", "")
            for d in territory.departements()
        ]
        lines += [
            (f"{kind}:{words}", words, "")
            for kind, words in (
                (PartyKind.MSA, "MSA"), (PartyKind.STATE, "État (préfecture)"),
                (PartyKind.EDUCATION, PARTY[PartyKind.EDUCATION]),
                (PartyKind.HEALTH, PARTY[PartyKind.HEALTH]), (PartyKind.REGION, "Région"),
            )
        ]  # fmt: skip
        self.parties.show_lines(lines)

    def _scope_chosen(self, scope: str) -> None:
        self._fill_places(scope)

    def _ticked(self) -> None:
        self._forget_errors()
        codes = self.places.ticked()
        words = {"epci": ("EPCI choisi", "EPCI choisis"), "commune": ("commune choisie", "communes choisies"),
                 "departement": ("département choisi", "départements choisis")}  # fmt: skip
        one, many = words[self.scope.current]
        self.places_note.setText(plural(len(codes), one, many) if codes else "Cochez au moins un territoire.")
        self._propose()

    def _propose(self) -> None:
        """A name from the territory, as long as nobody typed another one."""
        if self.name.edit.text() not in ("", self._named):
            return
        reference = self.kit.services.territory.reference
        codes, scope = self.places.ticked(), self.scope.current
        if scope == "departement":
            names, kind = [reference.departement(c).name for c in codes], PartyKind.DEPARTEMENT
        elif scope == "commune":
            names, kind = [reference.commune(c).name for c in codes], PartyKind.COMMUNE
        else:
            names, kind = [reference.epci(c).short_name for c in codes], PartyKind.EPCI
        self._named = proposed_name(names, kind) if names else ""
        self.name.set_value(self._named)

    # -- writing -------------------------------------------------------------------------------------

    def content(self) -> NewCtg:
        """What the form holds."""
        codes, scope = self.places.ticked(), self.scope.current
        kind = Scope.EPCIS if scope == "epci" and len(codes) > 1 else Scope(scope)
        parties = [line.split(":", 1) for line in self.parties.ticked()]
        others = [line.strip() for line in (self.others.read() or "").split("\n") if line.strip()]
        return NewCtg(
            name=self.name.read(),
            scope=kind,
            codes=codes,
            starts_on=self.starts_on.value,
            ends_on=self.ends_on.value,
            parties=(
                *((PartyKind(code), name) for code, name in parties),
                *((PartyKind.OTHER, name) for name in others),
            ),
            begun_on=datetime.date.today(),
        )

    def create_ctg(self) -> None:
        """Create the convention, or say at its field what is refused."""
        self._forget_errors()
        fields = (self.starts_on, self.ends_on, self.name)
        valid = all([field.commit() for field in fields])
        if not self.places.ticked():
            self._refuse_at(self.places_error, "Cochez au moins un territoire.")
            self.places.field.setFocus()
            return
        if valid:
            call = partial(calls.create, self.kit.services, self.content())
            self.kit.runner.write(call, self._made, refused=self._refused)

    def _made(self, made: Created) -> None:
        self.kit.hub.changed.emit(made.changes)
        self.created.emit(made.uuid)

    def _refused(self, error: DomainError) -> None:
        said = sentence(error)
        if isinstance(error, (OverlappingCtg, UnknownTerritory)):
            self._refuse_at(self.places_error, said)
            self.places.list.setFocus()
        elif isinstance(error, EndBeforeStart):
            self._refuse_at(self.period_error, said)
            self.ends_on.control.setFocus()
        else:
            self.banner.say(said, "rouge")

    def _refuse_at(self, label: object, said: str) -> None:
        place = self.places_error if label is self.places_error else self.period_error
        place.setText(typographic(said))
        place.show()
        list_view = self.places.list if place is self.places_error else self.ends_on.control
        list_view.setAccessibleDescription(said)
        set_tone(list_view, "rouge")

    def _forget_errors(self) -> None:
        for label, control in (
            (self.places_error, self.places.list), (self.period_error, self.ends_on.control)
        ):  # fmt: skip
            label.hide()
            label.setText("")
            control.setAccessibleDescription("")
            set_tone(control, "")
