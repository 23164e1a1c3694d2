"""« Préparer une réunion »: an existing comité, or a new one for a CTG or a SDSF; date, place, title."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from app.domain.steering import InstanceKind
from ui.labels_ctg import INSTANCE
from ui.widgets.fields import ChoiceField, DateField, TextField
from ui.widgets.parts import Card, button, row

if TYPE_CHECKING:
    from app.services.steering_rows import InstanceRow
    from ui.theme import Theme


class MeetingForm(Card):
    """Sends what was typed once it holds; nothing is written before."""

    def __init__(self, theme: Theme, create: Callable[[dict[str, Any]], None]) -> None:
        super().__init__("Préparer une réunion")
        self._theme = theme
        self._create = create
        self._instances: tuple[InstanceRow, ...] = ()
        self._owners: tuple[str, ...] = ()
        self.instance = ChoiceField("Comité", [])
        self.owner = ChoiceField("Nouveau comité pour", [])
        self.kind = ChoiceField("Type", [(kind.value, INSTANCE[kind]) for kind in InstanceKind])
        self.comite = TextField("Nom du comité")
        self.title_field = TextField("Titre de la séance", required=True)
        self.held_on = DateField("Date", required=True)
        self.place = TextField("Lieu")
        fields = QVBoxLayout()
        fields.setSpacing(8)
        for field in (
            self.instance, self.owner, self.kind, self.comite, self.title_field, self.held_on, self.place,
        ):  # fmt: skip
            fields.addWidget(field)
        self.body.addLayout(fields)
        self.ok = button("Créer la séance", self.submit, icon="check", role="primary")
        self.body.addLayout(row(self.ok, button("Fermer", self.hide), None))
        self.instance.committed.connect(self._instance_chosen)
        self.held_on.set_value(datetime.date.today())

    def show_choices(self, instances: Sequence[InstanceRow], owners: Mapping[str, str]) -> None:
        """Offer the comités and those that may own one."""
        self._instances, self._owners = tuple(instances), tuple(owners)
        self.instance.set_choices([(held.uuid, f"{held.title}, {held.owner_name}") for held in instances])
        self.owner.set_choices(list(owners.items()))
        self._instance_chosen(self.instance.value)

    def propose(self, owner: str) -> None:
        """Start from the comité of a CTG or a SDSF, else from a new one for it."""
        held = next((row_.uuid for row_ in self._instances if row_.owner_uuid == owner), None)
        self.instance.set_value(held)
        self.owner.set_value(next((key for key in self._owners if key.endswith(f":{owner}")), None))
        self._instance_chosen(held)

    def _instance_chosen(self, uuid: object) -> None:
        for field in (self.owner, self.kind, self.comite):
            field.setVisible(not uuid)

    def submit(self) -> None:
        """Check every field, then ask for the séance."""
        fine = [field.commit() for field in (self.title_field, self.held_on, self.place, self.comite)]
        if not self.instance.value and not self.owner.value:
            self.owner.refuse("Choisissez un comité, ou la CTG ou le SDSF du nouveau comité.")
            return
        if all(fine):
            self._create(
                {
                    "instance": self.instance.value or "",
                    "owner": self.owner.value or "",
                    "kind": self.kind.value or InstanceKind.STEERING.value,
                    "comite": self.comite.value or "Comité de pilotage",
                    "title": self.title_field.value,
                    "held_on": self.held_on.value,
                    "place": self.place.value or "",
                }
            )
