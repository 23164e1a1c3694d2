"""Without a contract, or to add one: load a delivered one, create one from a grid, a copy or nothing."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.cpog import Cpog
from app.domain.errors import DomainError
from app.services.cpog_reading import today
from ui.errors import sentence
from ui.views.cpog_parts import pair
from ui.widgets.fields import CheckField, ChoiceField, DateField, TextField
from ui.widgets.parts import Banner, Card, Picture, button, centred, clear, row, text

if TYPE_CHECKING:
    from app.changes import Changes
    from app.progress import Progress
    from app.services import Services
    from ui.views.page import Kit

WIDTH = 620
BLANK, FROM_COG, COPY = "vide", "cog:", "cpog:"
YEARS = 5
Known = tuple[list[tuple[str, str]], list[tuple[str, str]]]


class EmptyView(QWidget):
    """« Aucun CPOG »: one sentence, then the ways to have one. `created` carries the key of the new one."""

    created = Signal(str)
    given_up = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.asked = False
        self._proposed = ("", "")
        self.banner = Banner()
        self.icon = Picture("file-certificate", "texte3", 36)
        self.sentence = text("", "second", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.delivered = QVBoxLayout()
        self.delivered.setSpacing(8)
        self.loads: dict[str, Any] = {}
        self.form = Card("Créer un CPOG")
        self.code = TextField("Code", required=True, placeholder="79-2023-2027")
        self.label = TextField("Intitulé", required=True, placeholder="CPOG 2023 à 2027")
        places = [(d.code, d.name) for d in kit.services.territory.departements()]
        self.departement = ChoiceField("Département", places, required=True)
        self.starts_on = DateField("Début", required=True)
        self.ends_on = DateField("Fin", required=True)
        self.source = ChoiceField("Indicateurs", (), required=True)
        self.targets = CheckField("Reprendre aussi les cibles annuelles de la COG")
        self.make = button("Créer le CPOG", self.write, role="primary")
        self.file = button(
            "Importer un fichier", partial(kit.navigate, "data", tab="import"), icon="file-import"
        )
        self.back = button("Revenir", self._give_up, icon="arrow-left")
        self._lay_out()
        for field in (self.departement, self.starts_on, self.ends_on):
            field.committed.connect(lambda _value: self._propose())
        self.source.committed.connect(self._source_chosen)
        self.source.box.activated.connect(lambda _row: self._source_chosen(self.source.read()))

    def _lay_out(self) -> None:
        self.form.body.addLayout(pair(self.code, self.label))
        self.form.body.addLayout(pair(self.departement, self.source))
        self.form.body.addWidget(self.targets)
        self.form.body.addLayout(pair(self.starts_on, self.ends_on))
        self.form.body.addLayout(row(self.make, self.file, None))
        inside = QWidget()
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 24, 20, 24)
        column.setSpacing(14)
        column.addLayout(row(self.back, None))
        column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self.sentence, self.banner):
            column.addWidget(part)
        column.addLayout(self.delivered)
        column.addWidget(self.form)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(centred(inside, 6))

    def open(self, known: bool) -> None:
        """Show the ways to have a contract; known: the base holds some already."""
        self.asked = known
        self.banner.hide()
        self.back.setVisible(known)
        self.icon.setVisible(not known)
        self.sentence.setText(
            "Ajouter un CPOG à ceux de la base."
            if known
            else "Aucun CPOG. Chargez celui qui est livré, ou créez-en un d’après la grille de la COG."
        )
        self.kit.runner.read(partial(_known, self.kit.services), self._offer)

    def _offer(self, known: Known) -> None:
        delivered, sources = known
        clear(self.delivered)
        self.loads = {}
        for place, (code, label) in enumerate(delivered):
            role = "primary" if place == 0 else ""
            words = f"Charger le CPOG livré\u202f: {label.removeprefix('CPOG ')}"
            made = button(words, partial(self.load, code), icon="file-certificate", role=role)
            self.loads[code] = made
            self.delivered.addWidget(made)
        self.make.setProperty("role", "" if delivered else "primary")
        self.make.style().unpolish(self.make)
        self.make.style().polish(self.make)
        self.source.set_choices([(BLANK, "Aucun, à saisir ou importer"), *sources])
        first = next((code for code, _ in sources), BLANK)
        self.source.set_value(first)
        self.targets.setVisible(first.startswith(FROM_COG))
        only = self.kit.context.value.departement or self.kit.services.base.departements[0]
        self.departement.set_value(only)
        self._proposed = ("", "")
        start = today().year
        self.starts_on.set_value(datetime.date(start, 1, 1))
        self.ends_on.set_value(datetime.date(start + YEARS - 1, 12, 31))
        self._propose()

    def _propose(self) -> None:
        """Propose code and label from département and dates, unless somebody wrote others."""
        code, start, end = self.departement.value, self.starts_on.value, self.ends_on.value
        if code is None or start is None or end is None:
            return
        name = self.kit.services.territory.reference.departement(code).caf_name
        said = (f"{code}-{start.year}-{end.year}", f"CPOG {start.year} à {end.year}, {name}")
        for field, new, old in zip((self.code, self.label), said, self._proposed, strict=True):
            if field.edit.text() in ("", old):
                field.set_value(new)
                field.edit.setCursorPosition(0)
        self._proposed = said

    def _source_chosen(self, source: str) -> None:
        self.targets.setVisible(source.startswith(FROM_COG))

    def _give_up(self) -> None:
        self.asked = False
        self.given_up.emit()

    # -- writing -----------------------------------------------------------------------------------------

    def load(self, code: str) -> None:
        """Load a delivered contract."""
        self.kit.runner.write(partial(_load, self.kit.services, code), self._written, refused=self._refuse)

    def write(self) -> None:
        """Create the contract of the form."""
        fields = (self.code, self.label, self.departement, self.starts_on, self.ends_on, self.source)
        if all([field.commit() for field in fields]):
            new = Cpog("", self.code.value, self.label.value, self.departement.value, self.starts_on.value,
                       self.ends_on.value)  # fmt: skip
            call = partial(_create, self.kit.services, new, self.source.value, self.targets.box.isChecked())
            self.kit.runner.write(call, self._written, refused=self._refuse)

    def _written(self, result: tuple[str, Changes]) -> None:
        uuid, changes = result
        self.created.emit(uuid)
        self.kit.hub.changed.emit(changes)

    def _refuse(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")


def _known(services: Services, _progress: Progress) -> Known:
    held = {row_.code for row_ in services.cpog.contracts()}
    own = services.cpog.delivered_for(services.base.departements)
    labels = services.cpog.delivered()
    first = [code for code in own if code in labels]
    delivered = [
        (code, labels[code]) for code in [*first, *(c for c in labels if c not in first)] if code not in held
    ]
    sources = [(f"{FROM_COG}{cog.code}", f"Grille de la {cog.label}") for cog in services.cpog.cogs()]
    sources += [(f"{COPY}{row_.code}", f"Copie de {row_.label}") for row_ in services.cpog.contracts()]
    return delivered, sources


def _load(services: Services, code: str, _progress: Progress) -> tuple[str, Changes]:
    return services.cpog.load_delivered(code)


def _create(
    services: Services, new: Cpog, source: str, targets: bool, _progress: Progress
) -> tuple[str, Changes]:
    if source.startswith(FROM_COG):
        return services.cpog.create_from_cog(source.removeprefix(FROM_COG), new, with_targets=targets)
    if source.startswith(COPY):
        return services.cpog.copy(source.removeprefix(COPY), new)
    return services.cpog.create(new)
