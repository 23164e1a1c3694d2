"""Small forms of a scheme, shown at its right: another stage, an avenant, a renewal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from app.domain.french import plural, typographic
from app.domain.sdsf import LONGEST_YEARS, Stage, next_period
from app.domain.sdsf_errors import ForbiddenStage
from ui import labels_sdsf as labels
from ui.errors import sentence
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, TextField, form_key
from ui.widgets.parts import Banner, button, row, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.errors import DomainError
    from app.services.sdsf_rows import SdsfRow

SUBJECTS = ("prolongation", "nouveau signataire", "nouvel axe", "modification")
YEARS = re.compile(r"\s*\d{4}\s*[-\u2013]\s*\d{4}\s*$")


class SchemeForm(QWidget):
    """`asked` carries what was typed, by name, once every field holds; `given_up` says that it was closed."""

    asked = Signal(object)
    given_up = Signal()

    def __init__(self, title: str, verb: str, fields: Mapping[str, Field]) -> None:
        super().__init__()
        self.fields = dict(fields)
        self.setAccessibleName(title)
        self.said = text("", "second", wrap=True)
        self.banner = Banner()
        self.verb = button(verb, self.submit, role="primary")
        self.leave = button("Fermer", self.given_up.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(text(title, "section", wrap=True))
        layout.addWidget(self.said)
        for field in self.fields.values():
            layout.addWidget(field)
        layout.addWidget(self.banner)
        layout.addLayout(row(self.verb, self.leave, None))

    def open(self, row_: SdsfRow) -> None:
        """Ask about a scheme."""
        raise NotImplementedError

    def start(self, said: str, **values: Any) -> None:
        """Open empty but for some values; the first field takes the keyboard."""
        self.said.setText(typographic(said))
        self.banner.hide()
        for name, field in self.fields.items():
            field.set_value(None)
            field.write(None)
            field.accept()
            if values.get(name) is not None:
                field.set_value(values[name])
        self.show()
        next(iter(self.fields.values())).control.setFocus()

    def submit(self) -> None:
        """Send what was typed; the first refused field takes the keyboard."""
        shown = {name: field for name, field in self.fields.items() if not field.isHidden()}
        refused = [field for field in shown.values() if not field.commit()]
        if refused:
            refused[0].control.setFocus()
        else:
            self.asked.emit({name: field.value for name, field in shown.items()})

    def refuse(self, error: DomainError) -> None:
        """Say what the base refused, under its field when it is known."""
        name = "stage" if isinstance(error, ForbiddenStage) else str(error.facts.get("field", ""))
        field = self.fields.get(name)
        if field is None:
            self.banner.say(sentence(error), "rouge")
        else:
            field.refuse(sentence(error))
            field.control.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Entrée sends, Échap closes."""
        if not form_key(event, self.submit, self.given_up.emit):
            super().keyPressEvent(event)


class StageForm(SchemeForm):
    """Where the scheme stands from now on; a scheme that starts may say when it was signed."""

    def __init__(self) -> None:
        self.stage = ChoiceField("Nouvelle étape", [], required=True)
        self.signed_on = DateField("Signé le")
        super().__init__(
            "Changer d’étape", "Changer l’étape", {"stage": self.stage, "signed_on": self.signed_on}
        )
        self.stage.committed.connect(self._stage_chosen)

    def open(self, row_: SdsfRow) -> None:
        """Ask about a scheme."""
        others = [stage for stage in Stage if stage not in (row_.stage, Stage.UNKNOWN)]
        self.stage.set_choices([(stage.value, labels.STAGE[stage].capitalize()) for stage in others])
        self.start(f"Aujourd'hui « {labels.STAGE[row_.stage]} ».", signed_on=row_.signed_on)
        self.signed_on.hide()

    def _stage_chosen(self, stage: object) -> None:
        self.signed_on.setVisible(stage == Stage.RUNNING)


class AmendmentForm(SchemeForm):
    """What an avenant changes; it adds to the scheme and never rewrites it."""

    def __init__(self) -> None:
        self.kind = TextField("Objet", required=True)
        made = QCompleter(list(SUBJECTS), self.kind)
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.kind.edit.setCompleter(made)
        self.signed_on = DateField("Signé le", required=True)
        self.ends_on = DateField("Nouvelle fin du schéma")
        self.text = LongTextField("Ce qu’il change, référence du document", lines=3)
        super().__init__(
            "Ajouter un avenant",
            "Ajouter l’avenant",
            {"kind": self.kind, "signed_on": self.signed_on, "ends_on": self.ends_on, "text": self.text},
        )

    def open(self, row_: SdsfRow) -> None:
        """Ask about a scheme."""
        del row_
        self.start("L'avenant s'ajoute au schéma, ses dates d'origine restent.", kind=SUBJECTS[0])


class RenewalForm(SchemeForm):
    """Name and period of the scheme that follows."""

    def __init__(self) -> None:
        self.label = LongTextField("Intitulé du nouveau schéma", required=True, lines=3)
        self.starts_on = DateField("Début", required=True)
        self.ends_on = DateField("Fin", required=True)
        super().__init__(
            "Renouveler le schéma",
            "Renouveler",
            {"label": self.label, "starts_on": self.starts_on, "ends_on": self.ends_on},
        )

    def open(self, row_: SdsfRow) -> None:
        """Propose the longest period after the scheme."""
        over = row_.stage in (Stage.EVALUATION, Stage.EXPIRED)
        then = "passe à « renouvelé »" if over else f"reste « {labels.STAGE[row_.stage]} »"
        said = (
            "Axes, objectifs et signataires sont repris ; les actions restent dans le schéma actuel, "
            f"qui {then}. {plural(LONGEST_YEARS, 'an')} au plus."
        )
        end = row_.ends_with_amendments
        first, last = next_period(end) if end is not None else (None, None)
        years = f" {first.year}-{last.year}" if first and last else ""
        self.start(said, label=YEARS.sub("", row_.label) + years, starts_on=first, ends_on=last)
